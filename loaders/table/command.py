"""`python -m loaders table`: map a table on the command line, look at what it would become, load it."""

import argparse
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.errors import BadFile
from graph.schema import Schema, load_schema
from graph.store import Store
from loaders import runner
from loaders.base import Notes
from loaders.reporting import write_list
from loaders.table.facts import Reading
from loaders.table.grid import TableFile
from loaders.table.loader import TableLoader, naming_of
from loaders.table.mapping import Mapping
from loaders.table.mapping_file import load_mapping, read_mapping
from loaders.table.mapping_text import mapping_text
from loaders.table.naming import Naming
from loaders.table.opening import Given, open_tables
from loaders.table.preview import try_out
from loaders.table.proposing import propose, propose_table, sketch
from loaders.table.proposing_graphs import is_graph, propose_graph

OpenStore = Callable[[], AbstractContextManager[Store]]
Bar = Callable[[str], AbstractContextManager[runner.Progress]]
Tell = Callable[[runner.RunReport], None]
MOST_LISTED = 20


def add_parser(commands: Any, store: OpenStore, bar: Bar, tell: Tell) -> None:
    """Add the command to those of `python -m loaders`, which opens the store, shows the progress and tells the report."""
    parser = commands.add_parser("table", help="map a table of unknown make, or another tool's graph, and load it")
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path, help="CSV, TSV, XLSX, ODS, GraphML, GEXF, node-link JSON, Neo4j's CSV files")
    parser.add_argument("--mapping", type=Path, metavar="M.yml", help="how its columns become facts; else that is guessed, and nothing is loaded")
    parser.add_argument("--sheet", default="", metavar="NAME", help="the sheet to guess the mapping of; the first without it")
    parser.add_argument("--save", type=Path, metavar="M.yml", help="write the guessed mapping there, to be corrected and run")
    parser.add_argument("--dry-run", action="store_true", help="say what would be loaded, and change nothing")
    parser.add_argument("--accept-smaller", action="store_true", help="load a table with less than half of what was loaded before")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write all that was left out or not known into a CSV file")
    parser.set_defaults(act=lambda options: _table(options, store, bar, tell))


def _table(options: argparse.Namespace, open_store: OpenStore, bar: Bar, tell: Tell) -> int:
    if options.mapping is None:
        return _guess(options, open_store)
    schema = load_schema()
    mapping = load_mapping(options.mapping, schema)
    file = open_tables([Given.path(path) for path in options.files], mapping.form)
    with open_store() as store:
        if options.dry_run:
            _show(file, Reading(mapping, schema, naming_of(store)))
        loader = TableLoader(file, mapping, schema, lambda: naming_of(store))
        with bar(mapping.loader) as progress:
            report = runner.run(loader, store, progress, schema, dry=options.dry_run, accept_smaller=options.accept_smaller)
    if options.report:
        write_list(options.report, report.notes)
    tell(replace(report, notes=Notes()) if options.dry_run else report)
    return 0


def _guess(options: argparse.Namespace, open_store: OpenStore) -> int:
    """Print the mapping that the table seems to want, why, and its first rows as facts; with --save, write it."""
    schema = load_schema()
    file = open_tables([Given.path(path) for path in options.files])
    with open_store() as store:
        naming = naming_of(store)
        mapping = _guessed(file, naming, schema, options.sheet)
        text = mapping_text(mapping)
        print(text)
        if options.save:
            write_new(options.save, text)
        return _show(file, Reading(read_mapping(text.encode(), "the guessed mapping", schema), schema, naming))


def _guessed(file: TableFile, naming: Naming, schema: Schema, sheet: str) -> Mapping:
    """The mapping that a file seems to want; of a table it prints why."""
    if is_graph(file):
        return propose(file, propose_graph(file, naming, schema))
    found = sketch(file, naming, sheet)
    for guess in found.guesses:
        meant = f"{guess.meaning} ({guess.confidence:.0%}: {guess.why('en')})" if guess.meaning else f"nothing ({guess.why('en')})"
        print(f"# {guess.column}: {meant}")
    if found.about:
        print(f"# all rows: {found.about[1]} ({found.reason})")
    table = propose_table(found, schema)
    if not table.nodes:
        raise BadFile(file=file.name, problem="no column of it was recognised",
                      remedy="Write a mapping by hand (docs/tables.md), or name another --sheet.")
    return propose(file, [table], next(iter(found.sample.titles), ""))


def write_new(path: Path, text: str) -> None:
    """Write a mapping into a file that is not there yet.

    Raises BadFile where it is, or cannot be written.
    """
    try:
        with path.open("x", encoding="utf-8") as out:
            out.write(text)
    except OSError as problem:
        raise BadFile(file=str(path), problem=f"it cannot be written ({problem.strerror})",
                      remedy="Give another name: nothing is overwritten.") from problem


def _show(file: TableFile, reading: Reading) -> int:
    """Print the first rows as facts, what the whole file would become, and what is wrong with it."""
    found = try_out(file, reading, "en")
    for row in found.first:
        print(f"{f'{row.sheet} ' if row.sheet else ''}row {row.number}")
        for line in (*row.facts, *(f"! {problem.text}" for problem in row.problems)) or ("nothing new",):
            print(f"  {line}")
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
