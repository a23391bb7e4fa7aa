"""Read the regions of NUTS, each once, with their names from Unicode CLDR in as many languages as there are files."""

from collections.abc import Iterator

from babel import Locale

from graph.model import Statement
from loaders.base import Run
from loaders.known import OWN_COUNTRY
from loaders.nuts.cldr import read_subdivisions
from loaders.nuts.matching import match, parts
from loaders.nuts.units import Unit, parent_of, read_units

TABLE = "Eurostat NUTS 2016 - NUTS 2021 table"
"""As the curated data call the table that they took their codes from: its text is one voice, however often it is read."""
OWN = "nuts:"
"""What the ids of regions begin with that nobody else states."""


def statements(run: Run) -> Iterator[Statement]:
    """The regions and countries, what lies in what, and how it is called."""
    yield from _Regions(run).all()


class _Regions:
    """Tells which region a unit is: one that the graph knows by its code, else one of its own."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._units = read_units(run)
        self._subdivisions = read_subdivisions(run)
        self._table = run.source(title="NUTS 2021 classification", origin=TABLE)
        self._names = run.source("cldr-subdivisions", title="Unicode CLDR, names of subdivisions", publisher="Unicode Consortium",
                                 licence="Unicode-DFS-2016, © Unicode, Inc.", url="https://cldr.unicode.org")
        self._ids = {unit.code: self._id(unit) for unit in self._units.values()}
        self._iso = {id: code for code, id in run.known.codes("Region", "iso").items() if not id.startswith(OWN) and code in self._subdivisions.names}

    def all(self) -> Iterator[Statement]:
        """The countries, the regions, then those that lie outside NUTS and are known by their ISO code."""
        units = [unit for code, unit in self._units.items() if code == unit.code]
        regions = [unit for unit in units if not unit.is_country]
        known = {unit.code: self._iso[id] for unit in regions if (id := self._ids[unit.code]) in self._iso}
        iso = match(regions, self._subdivisions, known)
        for unit in units:
            if unit.is_country:
                yield from self._country(unit)
        for unit in regions:
            yield from self._region(unit, iso.get(unit.code, ""))
        for id, code in sorted(self._iso.items()):
            if id not in self._ids.values():
                yield self._run.says(code, source=self._names).node("Region", id)
                yield from self._called(id, code)

    def _country(self, unit: Unit) -> Iterator[Statement]:
        id, code = self._ids[unit.code], unit.country
        says = self._run.says(unit.places[0], source=self._table)
        yield says.node("Country", id)
        if id.startswith(OWN_COUNTRY):
            yield from says.value("Country", id, "iso2", code)
            yield from says.value("Country", id, "aliases", unit.labels[0])
            name = Locale("en").territories.get(code, "")
            yield from self._run.says(f"territory {code}", source=self._names).value("Country", id, "name", name, language="en")

    def _region(self, unit: Unit, iso: str) -> Iterator[Statement]:
        id = self._ids[unit.code]
        says = self._run.says(unit.places[0], source=self._table)
        yield says.node("Region", id)
        own, english = id.startswith(OWN), self._subdivisions.names.get(iso, {}).get("en", "")
        yield from self._labelled(unit, named=own and not english)
        if parent := parent_of(unit, self._units):
            yield says.edge("PART_OF", id, self._ids[parent.code])
        if own:
            country = self._units.get(unit.code[:2])
            yield from says.value("Region", id, "nuts", unit.code)
            yield from says.value("Region", id, "nuts_level", str(len(unit.code) - 2))
            yield from says.value("Region", id, "country", self._ids[country.code] if country else "", as_stated=unit.code[:2])
            yield from self._run.says(iso, source=self._names, confidence="inferred").value("Region", id, "iso", iso)
        if iso:
            yield from self._called(id, iso)

    def _labelled(self, unit: Unit, *, named: bool) -> Iterator[Statement]:
        """The labels of the table: the first is the name, where there is no English one."""
        told: set[str] = set()
        for place, label in zip(unit.places, unit.labels, strict=True):
            says = self._run.says(place, source=self._table)
            for part in [part for part in (label, *parts(label)) if part not in told]:
                yield from says.value("Region", self._ids[unit.code], "aliases" if told or not named else "name", part)
                told.add(part)

    def _called(self, id: str, iso: str) -> Iterator[Statement]:
        """Its names in all languages; inferred, where its name alone tells that it is this subdivision. A region that is known keeps its own
        names: these are further ones, by which every view finds it."""
        own = id.startswith(OWN)
        confidence = "stated" if self._iso.get(id) == iso else "inferred"
        for language, name in sorted(self._subdivisions.names[iso].items()):
            says = self._run.says(f"{language}.xml {iso}", source=self._names, confidence=confidence)
            property = "aliases" if not own else "name" if language == "en" else f"name_{language}"
            yield from says.value("Region", id, property, name, language=language)

    def _id(self, unit: Unit) -> str:
        if unit.is_country:
            return self._run.known.country(unit.country)
        known = self._run.known.codes("Region", "nuts")
        return next((known[code] for code in unit.codes if code in known), f"{OWN}{unit.code.casefold()}")
