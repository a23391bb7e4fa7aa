"""Load the 22 tables of `data/` in the order in which they refer to each other."""

from collections.abc import Callable, Iterator
from pathlib import Path

from graph.errors import BadFile
from graph.model import TIERS, Source, Statement
from graph.schema import load_schema
from loaders.base import Notes, Run
from loaders.curated import agreements, leaders, networks, regions
from loaders.curated.rows import LOADER, Known, Library
from loaders.rows import Row, read_table, report_left

KEYS = {"regions": ("regions.csv", "region_id"), "countries": ("countries.csv", "country_id"), "organisations": ("organisations.csv", "org_id"),
        "networks": ("networks.csv", "network_id"), "agreements": ("agreements.csv", "agreement_id"), "events": ("events.csv", "event_id")}


def statements(run: Run) -> Iterator[Statement]:
    """All statements of all tables."""
    folder, notes = run.need("regions.csv").parent, run.notes
    known, library = _ids(folder, notes), Library(run.sources)
    _read_sources(run, folder)
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
    stated = (statement for file, read in steps for statement in _table(folder / file, read, notes))
    yield from regions.ends(stated, known, load_schema())


def _table(file: Path, read: Callable[[list[Row]], Iterator[Statement]], notes: Notes) -> Iterator[Statement]:
    rows = list(read_table(file, ["source_url"], notes))
    try:
        yield from read(rows)
    except KeyError as missing:
        raise BadFile(file=file.name, line=1, column=str(missing.args[0]), problem="the column is missing",
                      remedy="Add it to the first line.") from missing
    report_left(file.name, rows, notes)


def _ids(folder: Path, notes: Notes) -> Known:
    """The ids that the tables define, read first because they refer to each other."""
    known = Known(notes=notes)
    for name, (file, column) in KEYS.items():
        for row in read_table(folder / file, [column], Notes()):
            getattr(known, name)[row.id(column)] = file
    return known


def _read_sources(run: Run, folder: Path) -> None:
    for row in read_table(folder / "sources.csv", ["source_url", "publisher", "tier"], run.notes):
        url = row.need("source_url")
        tier = row.choice("tier", TIERS)
        run.sources[url] = Source(
            url, url=url if url.startswith("http") else "", publisher=row.take("publisher"), tier=tier, origin=row.take("origin"),
            language=row.take("language"), note=row.take("note"), layer=run.info.layer, loader=LOADER, licence=run.info.licence)
        row.drop("used_in")
