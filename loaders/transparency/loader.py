"""Read the EU Transparency Register: its organisations, where they sit, and the known networks that they say to be members of."""

import datetime
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from graph.model import Statement
from loaders.base import Run, Said
from loaders.known import OWN_COUNTRY
from loaders.reading import json_lines
from loaders.transparency import words
from loaders.transparency.membership import Item, Naming, host_of, members, memberships

OWN = "tr:"
"""What the ids of organisations begin with that nobody else states."""
NUMBER = re.compile(r"\d{6,}-\d\d")
NAMED = re.compile(r"(?P<name>.*\S)\s*\((?P<acronym>[^()]{2,20})\)")
PUBLIC = frozenset({"Regional structures", "Other sub-national public authorities",
                    "Transnational associations and networks of public regional or other sub-national authorities"})
PERSONS = ("Self-employed consultants",)
ISO_COUNTRIES = {"EL": "GR", "UK": "GB"}
REGION = re.compile(r"^(?:Region|Regione|Région|Región)\s+", re.IGNORECASE)
DATE = re.compile(r"((?:19|20)\d\d)(?:[-_](0[1-9]|1[0-2]))?")


def statements(run: Run) -> Iterator[Statement]:
    """Every organisation that is no person, and its memberships."""
    file = run.find("*.jsonl*") or run.need("*.json*")
    date = _date_of(file)
    run.source(date=date)
    register = _Register(run, date)
    for number, row in json_lines(file, run.notes):
        yield from register.entry(row, run.says(f"{file.name} row {number}", observed=date))


class _Register:
    """Tells who an entry is, what it belongs to, and who belongs to it."""

    def __init__(self, run: Run, date: str) -> None:
        self._run = run
        names = [name for name in run.known.names().values() if not name.id.startswith(OWN)]
        self._naming = Naming(names, run.known.nodes("Network"), date)
        self._kinds = {name.id: name.kind for name in names}
        self._told: set[str] = set()

    def entry(self, row: Mapping[str, Any], says: Said) -> Iterator[Statement]:
        """What one entry states. Persons are left out: who registers in the own name, or under a title."""
        text = {name: " ".join(str(value).split()) for name, value in row.items()}
        name, number, section = text.get("organisation_name", ""), text.get("identification_number", ""), text.get("subsection", "")
        if not name or not NUMBER.fullmatch(number):
            return self._run.notes.skip("no name, or no number of the register", says.place)
        if section in PERSONS or words.is_person(name, text.get("legal_status", "")):
            return self._run.notes.skip("a person, or in a person's name", says.place)
        country = self._country(text)
        found = NAMED.fullmatch(name)
        name, acronym = (found["name"], found["acronym"]) if found else (name, "")
        kind, id = self._who(name, acronym, country, text) or ("Organisation", f"{OWN}{number}")
        yield from self._tell(kind, id, says)
        if id.startswith(OWN):
            if country.startswith(OWN_COUNTRY) and country not in self._told:
                yield from self._tell("Country", country, says)
                yield from says.value("Country", country, "name", text.get("head_office_country", ""), language="en")
                yield from says.value("Country", country, "iso2", country.removeprefix(OWN_COUNTRY).upper())
            for property, value in (("name", name), ("acronym", acronym if acronym != name else ""), ("type", section), ("website", _link(text))):
                yield from says.value(kind, id, property, value)
            yield from says.value(kind, id, "country", country, as_stated=text.get("head_office_country", ""))
        yield from self._belongs(kind, id, str(row.get("membership") or ""), section, says)
        if kind == "Network":
            yield from self._has_members(id, str(row.get("member_organisations") or ""), says)
        return None

    def _belongs(self, kind: str, id: str, text: str, section: str, says: Said) -> Iterator[Statement]:
        for item in self._once(memberships(text, self._naming, public=section in PUBLIC)):
            if not item.id or item.id == id or kind == "Network":
                if not words.is_nothing(item.wording):
                    self._run.notes.unclear("membership", item.wording)
                continue
            yield from self._tell("Network", item.id, says)
            yield says.edge("MEMBER_OF", id, item.id, role=item.role, as_stated=item.wording)

    def _has_members(self, network: str, text: str, says: Said) -> Iterator[Statement]:
        codes = dict(self._run.known.codes("Country", "iso2"))
        for item in self._once(members(text, self._naming, codes | {eu: codes[iso] for eu, iso in ISO_COUNTRIES.items() if iso in codes})):
            if not item.id:
                if not words.is_nothing(item.wording):
                    self._run.notes.unclear("member of a network", item.wording)
                continue
            yield from self._tell("Region", item.id, says)
            yield says.edge("MEMBER_OF", item.id, network, role=item.role, as_stated=item.wording)

    def _once(self, items: Any) -> Iterator[Item]:
        """Each thing once, and what could not be told."""
        seen: set[str] = set()
        for item in items:
            if not item.id or item.id not in seen:
                yield item
            seen.add(item.id)

    def _tell(self, kind: str, id: str, says: Said) -> Iterator[Statement]:
        if id not in self._told:
            self._told.add(id)
            yield says.node(kind, id)

    def _who(self, name: str, acronym: str, country: str, text: Mapping[str, str]) -> tuple[str, str] | None:
        """The network, region or organisation that all views show and that an entry is: by its address, or by its name; a public body alone
        can be a region, of its own country."""
        host = host_of(text.get("website_address", ""))
        id = self._naming.hosts.get(host, "") if text.get("subsection") in PUBLIC else ""
        if not id and (len(name.split()) > 1 or name.casefold() in host):
            id = self._naming.exact(name, "Network", "Organisation")
        if not id and text.get("subsection") in PUBLIC and not words.says("office", name):
            parts = [REGION.sub("", part) for part in (name, acronym, *name.split("/ "))]
            id = next((id for part in (name, acronym, *parts) if (id := self._naming.exact(part, "Region", country=country))), "")
        return (self._kinds[id], id) if id else None

    def _country(self, text: Mapping[str, str]) -> str:
        code = text.get("country_code", "").upper()
        return self._run.known.country(ISO_COUNTRIES.get(code, code)) if re.fullmatch("[A-Z]{2}", code) else ""


def _link(text: Mapping[str, str]) -> str:
    address = text.get("website_address", "").split(" ")[0]
    return address if address.startswith(("http://", "https://")) else ""


def _date_of(file: Path) -> str:
    """The month or the year in the name of the file, else the day on which it was last changed."""
    found = DATE.search(file.name)
    return "-".join(filter(None, found.groups())) if found else datetime.datetime.fromtimestamp(file.stat().st_mtime, datetime.UTC).date().isoformat()
