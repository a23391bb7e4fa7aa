"""Read the entries of the register from either layout, today's XML or one JSON object a line, under one set of names."""

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from babel import Locale

from graph.search import fold
from loaders.base import Run
from loaders.reading import elements, json_lines

ISO_COUNTRIES = {"EL": "GR", "UK": "GB"}
"""Where the register's code of a country is not that of ISO 3166-1."""
OWN_NAMES = {"czech republic": "CZ", "turkey": "TR", "russia federation of": "RU", "korea republic of": "KR", "hong kong": "HK"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What one organisation says of itself; `country` is a code of ISO 3166-1, "" where it is none, beside it as stated."""

    place: str
    number: str
    name: str
    acronym: str
    section: str
    form: str
    country: str
    country_stated: str
    website: str
    membership: str
    members: str


def read_entries(run: Run, file: Path) -> Iterator[Entry]:
    """All entries of a file, in its order."""
    if file.name.casefold().endswith((".xml", ".xml.gz")):
        for number, element in enumerate(elements(file, run.notes, "interestRepresentative"), 1):
            run.notes.rows[file.name] += 1
            yield _of_xml(f"{file.name} entry {number}", element)
    else:
        for number, row in json_lines(file, run.notes):
            yield _of_json(f"{file.name} row {number}", row)


def _of_xml(place: str, element: Element) -> Entry:
    def said(path: str) -> str:
        return html.unescape((element.findtext(path) or "").strip())  # some texts were escaped twice

    stated = said("headOffice/country")
    return Entry(place, said("identificationCode"), _line(said("name/originalName")), _line(said("acronym")), _line(said("registrationCategory")),
                 _line(said("entityForm")), _code_of(stated), stated.title(), _line(said("webSiteURL")), said("structure/isMemberOf"),
                 said("structure/organisationMembers"))


def _of_json(place: str, row: Mapping[str, Any]) -> Entry:
    def said(key: str) -> str:
        return str(row.get(key) or "").strip()

    code = said("country_code").upper()
    name = _line(said("organisation_name"))
    bare, acronym = name, ""
    if name.endswith(")") and " (" in name:
        bare, _, acronym = name[:-1].rpartition(" (")
    return Entry(place, said("identification_number"), bare.strip(), acronym.strip(), _line(said("subsection")), _line(said("legal_status")),
                 ISO_COUNTRIES.get(code, code) if len(code) == 2 and code.isalpha() else "", _line(said("head_office_country")),
                 _line(said("website_address")), said("membership"), said("member_organisations"))


def _line(text: str) -> str:
    return " ".join(text.split())


def _code_of(country: str) -> str:
    return OWN_NAMES.get(fold(country)) or _codes().get(fold(country), "")


@cache
def _codes() -> Mapping[str, str]:
    return {fold(name): code for code, name in Locale("en").territories.items() if len(code) == 2 and code.isalpha()}
