"""Turn one row into statements: its source, its evidence and its day go with every one of them."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from graph.model import Source, Statement
from loaders.base import Notes, Said
from loaders.rows import Row

LOADER = "curated"


def slug(name: str) -> str:
    """The readable id of a person or a place: "María Chivite" -> "maria-chivite"."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss").replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("Ø", "O"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c)).casefold()).strip("-")


@dataclass(slots=True)
class Library:
    """The sources met so far, by id (the address), from sources.csv and from the rows that cite them."""

    known: dict[str, Source] = field(default_factory=dict)

    def cite(self, url: str, title: str, date: str) -> str:
        """The id of a source; what a row says of it completes what sources.csv says."""
        source = self.known.get(url) or Source(url, url=url if url.startswith("http") else "", loader=LOADER)
        if (title and not source.title) or (date > source.date):
            source = replace(source, title=source.title or title, date=max(source.date, date))
        self.known[url] = source
        return url


def said(row: Row, library: Library, *, as_of: str = "", evidence: Mapping[str, tuple[str, str]] | None = None) -> Said:
    """Who says a row; `evidence` gives quote and confidence by source where the table has none of its own."""
    url, title, date = row.need("source_url"), row.take("source_title"), row.date("source_date")
    if evidence is None:
        quote, confidence = row.take("evidence"), row.choice("confidence", ("stated", "inferred"))
    else:
        quote, confidence = evidence.get(url, ("", "stated"))
    return Said(LOADER, library.cite(url, title, date), row.place, quote, confidence, as_of or date)


@dataclass(slots=True)
class Known:
    """The ids that the tables define and refer to, and the map of sector strings."""

    regions: dict[str, str] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)
    country_of_code: dict[str, str] = field(default_factory=dict)
    organisations: dict[str, str] = field(default_factory=dict)
    networks: dict[str, str] = field(default_factory=dict)
    agreements: dict[str, str] = field(default_factory=dict)
    events: dict[str, str] = field(default_factory=dict)
    sectors: dict[str, str] = field(default_factory=dict)
    sector_map: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    gone: dict[str, tuple[str, Said]] = field(default_factory=dict)
    """Regions that no longer exist: the day, and who says so."""
    notes: Notes = field(default_factory=Notes)

    @property
    def members(self) -> dict[str, str]:
        """All that can be a member or a party, with its kind."""
        return {**dict.fromkeys(self.regions, "Region"), **dict.fromkeys(self.countries, "Country"),
                **dict.fromkeys(self.organisations, "Organisation"), **dict.fromkeys(self.networks, "Network")}

    def person(self, name: str, said: Said) -> tuple[str, list[Statement]]:
        """A person's id and the statements that make the person known."""
        id = slug(name)
        self.people.setdefault(id, name)
        return id, [said.node("Leader", id), *said.value("Leader", id, "name", name)]

    def covered(self, text: str, where: str) -> Iterator[tuple[str, str, str]]:
        """Sector, wording and relation for each string of a list; a string that maps to no sector is reported."""
        for string in filter(None, (part.strip() for part in text.split(";"))):
            pairs = self.sector_map.get(string)
            if not pairs:
                self.notes.unmapped.append(f"{where}: the sector “{string}” is in no row of sector_map.csv")
            for sector, relation in pairs or ():
                yield sector, string, relation
