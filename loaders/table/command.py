"""`python -m loaders table`: map a table on the command line, look at what it would become, load it."""

import argparse
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from graph.schema import load_schema
from graph.search import NameIndex
from graph.store import Store
from loaders import runner
from loaders.table.facts import Reading, statements
from loaders.table.grid import TableFile
from loaders.table.loader import TableLoader
from loaders.table.mapping_file import load_mapping
from loaders.table.naming import Naming
from loaders.table.opening import Given, open_tables
from loaders.table.preview import first_rows, outcome

OpenStore = Callable[[], AbstractContextManager[Store]]
Bar = Callable[[str], AbstractContextManager[runner.Progress]]
Tell = Callable[[runner.RunReport], None]
MOST_LISTED = 20


def add_parser(commands: Any, store: OpenStore, bar: Bar, tell: Tell) -> None:
    """Add the command to those of `python -m loaders`, which opens the store, shows the progress and tells the report."""
    parser = commands.add_parser("table", help="map a table of unknown make, or another tool's graph, and load it")
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path, help="CSV, TSV, XLSX, ODS, GraphML, GEXF, node-link JSON, Neo4j's CSV files")
    parser.add_argument("--mapping", type=Path, metavar="M.yml", required=True, help="how its columns become facts")
    parser.add_argument("--dry-run", action="store_true", help="say what would be loaded, and change nothing")
    parser.set_defaults(act=lambda options: _table(options, store, bar, tell))


def _table(options: argparse.Namespace, open_store: OpenStore, bar: Bar, tell: Tell) -> int:
    schema = load_schema()
    mapping = load_mapping(options.mapping, schema)
    file = open_tables([Given.path(path) for path in options.files], mapping.form)
    with open_store() as store:
        if options.dry_run:
            return _show(file, Reading(mapping, schema, naming_of(store)))
        loader = TableLoader(file, mapping, schema, lambda: naming_of(store))
        with bar(mapping.loader) as progress:
            report = runner.run(loader, store, progress)
        tell(report)
    return 0


def naming_of(store: Store) -> Naming:
    """The names and codes of a graph."""
    def codes(kind: str, property: str) -> dict[str, str]:
        return {node.text(property): node.id for node in store.of_kind(kind, limit=1_000_000) if node.text(property)}

    return Naming(NameIndex.build(store.names()), codes)


def _show(file: TableFile, reading: Reading) -> int:
    """Print the first rows as facts, what the whole file would become, and what is wrong with it."""
    for row in first_rows(file, Reading(reading.mapping, reading.schema, reading.naming), "en"):
        print(f"{f'{row.sheet} ' if row.sheet else ''}row {row.number}")
        for line in (*row.facts, *(f"! {problem.text}" for problem in row.problems)) or ("nothing new",):
            print(f"  {line}")
    found = outcome(statements(file, reading), reading)
    problems = reading.problems
    facts = ", ".join(f"{count:,} {kind}" + (f" ({found.new[kind]:,} new)" if found.new[kind] else "") for kind, count in found.facts.items())
    print(f"\n{problems.rows:,} rows would become {found.statements:,} statements: {facts or 'nothing'}.")
    print(f"{problems.left_out:,} rows would be left out.")
    for line in [*file.notes, *problems.notes]:
        print(f"Note: {line}")
    for title, lines in (("Left out", list(map(str, problems.problems))), ("Not known", problems.unknown_lines(reading.naming.suggest))):
        more = [f"… and {len(lines) - MOST_LISTED:,} more"] if len(lines) > MOST_LISTED else []
        if lines:
            print(f"{title}:", *lines[:MOST_LISTED], *more, sep="\n  ")
    return 0
