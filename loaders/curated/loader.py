"""Load the 22 tables of `data/` in the order in which they refer to each other."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph.model import Source, Statement
from graph.schema import load_schema
from loaders.base import Notes, Row, SourceInfo, read_info, read_table
from loaders.curated import agreements, leaders, networks, regions
from loaders.curated.rows import LOADER, Known, Library

DATA = Path(__file__).parents[2] / "data"
KEYS = {"regions": ("regions.csv", "region_id"), "countries": ("countries.csv", "country_id"), "organisations": ("organisations.csv", "org_id"),
        "networks": ("networks.csv", "network_id"), "agreements": ("agreements.csv", "agreement_id"), "events": ("events.csv", "event_id")}


@dataclass(slots=True)
class CuratedLoader:
    """The curated facts, from a folder of CSV files."""

    folder: Path = DATA
    info: SourceInfo = field(default_factory=lambda: read_info(Path(__file__).parent))
    _library: Library = field(default_factory=Library)

    def sources(self) -> Mapping[str, Source]:
        """The sources cited by the rows, by address."""
        return self._library.known

    def statements(self, notes: Notes) -> Iterator[Statement]:
        """All statements of all tables."""
        known = self._ids(notes)
        library = self._library
        self._read_sources(notes)
        evidence: agreements.Evidence = {}
        steps: list[tuple[str, Callable[[list[Row]], Iterator[Statement]]]] = [
            ("sector_taxonomy.csv", lambda rows: networks.taxonomy(rows, library, known)),
            ("sector_map.csv", lambda rows: networks.sector_map(rows, library, known)),
            ("countries.csv", lambda rows: regions.countries(rows, library, known)),
            ("country_names.csv", lambda rows: regions.names(rows, library, known, "Country", "country_id")),
            ("regions.csv", lambda rows: regions.regions(rows, library, known)),
            ("region_names.csv", lambda rows: regions.names(rows, library, known, "Region", "region_id")),
            ("region_qids.csv", lambda rows: regions.qids(rows, library, known)),
            ("region_successions.csv", lambda rows: regions.successions(rows, library, known)),
            ("region_twinning.csv", lambda rows: regions.twinning(rows, library, known)),
            ("region_sectors.csv", lambda rows: networks.priorities(rows, library, known)),
            ("organisations.csv", lambda rows: regions.organisations(rows, library, known)),
            ("networks.csv", lambda rows: networks.networks(rows, library, known)),
            ("network_names.csv", lambda rows: regions.names(rows, library, known, "Network", "network_id")),
            ("memberships.csv", lambda rows: networks.memberships(rows, library, known)),
            ("leaders.csv", lambda rows: leaders.leaders(rows, library, known)),
            ("network_roles.csv", lambda rows: networks.roles(rows, library, known)),
            ("events.csv", lambda rows: agreements.events(rows, library, known)),
            ("agreements.csv", lambda rows: agreements.agreements(rows, library, known, evidence)),
            ("agreement_parties.csv", lambda rows: agreements.parties(rows, library, known, evidence)),
            ("agreement_signatories.csv", lambda rows: agreements.signatories(rows, library, known, evidence)),
            ("agreement_links.csv", lambda rows: agreements.links(rows, library, known)),
        ]
        stated = (statement for file, read in steps for statement in self._table(file, read, notes))
        yield from regions.ends(stated, known, load_schema())

    def _table(self, file: str, read: Callable[[list[Row]], Iterator[Statement]], notes: Notes) -> Iterator[Statement]:
        rows = list(read_table(self.folder / file, ["source_url"], notes))
        try:
            yield from read(rows)
        except KeyError as missing:
            raise _missing_column(file, str(missing.args[0])) from missing
        left = {column for row in rows for column in row.left()}
        notes.left_out += [f"{file}: nothing reads the column “{column}”" for column in sorted(left)]

    def _ids(self, notes: Notes) -> Known:
        """The ids that the tables define, read first because they refer to each other."""
        known = Known(notes=notes)
        for name, (file, column) in KEYS.items():
            for row in read_table(self.folder / file, [column], Notes()):
                getattr(known, name)[row.id(column)] = file
        return known

    def _read_sources(self, notes: Notes) -> None:
        for row in read_table(self.folder / "sources.csv", ["source_url", "publisher", "tier"], notes):
            url = row.need("source_url")
            tier = row.choice("tier", ("own_act", "official", "register", "press", "other", "project", "encyclopaedia", "copy"))
            self._library.known[url] = Source(
                url, url=url if url.startswith("http") else "", publisher=row.take("publisher"), tier=tier, origin=row.take("origin"),
                language=row.take("language"), note=row.take("note"), layer=self.info.layer, loader=LOADER, licence=self.info.licence)
            row.drop("used_in")


def _missing_column(file: str, column: str) -> Exception:
    from graph.errors import BadFile

    return BadFile(file=file, line=1, column=column, problem="the column is missing", remedy="Add it to the first line.")
