"""`python -m loaders list | run | read | status`: bring facts in from the command line."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from graph.errors import BadFile, PonteError
from graph.model import WriteReport
from graph.settings import read_settings
from graph.store import Store, open_store
from graph.view.label import clean
from graph.words import write_utf8
from loaders import runner
from loaders.base import Loader, Notes
from loaders.curated.loader import CuratedLoader
from loaders.press.loader import read_file, save_reading
from loaders.table import command

LOADERS = {"curated": CuratedLoader}
STAGES = {"read": "Reading", "compare": "Comparing", "write": "Writing"}


def main(arguments: list[str] | None = None) -> int:
    """Do what the arguments say; 0 done, 1 it cannot be done, 2 wrong use."""
    write_utf8()
    options = _parser().parse_args(arguments)
    try:
        return int(options.act(options))
    except PonteError as problem:
        print(clean(str(problem)), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. What was begun is finished by running it again.", file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m loaders", description="Bring facts into the graph.")
    commands = parser.add_subparsers(dest="command", required=True)
    listing = commands.add_parser("list", help="the sources that can be loaded")
    listing.set_defaults(act=_list)
    running = commands.add_parser("run", help="load sources; loading twice changes nothing")
    running.add_argument("names", nargs="*", metavar="NAME", help="all of them where none is named")
    running.add_argument("--if-empty", action="store_true", help="only when the graph is empty, or a load was cut off")
    running.set_defaults(act=_run)
    reading = commands.add_parser("read", help="read press releases (.txt, .html, .docx, .pdf) and show what they state")
    reading.add_argument("files", nargs="+", metavar="FILE", type=Path)
    reading.add_argument("--json", action="store_true", help="one JSON object a line")
    reading.add_argument("--save", action="store_true", help="write all of it into the graph")
    reading.set_defaults(act=_read)
    command.add_parser(commands, _store, _progress, _tell)
    status = commands.add_parser("status", help="what is loaded, when, and what could not be mapped")
    status.set_defaults(act=_status)
    return parser


def _list(_: argparse.Namespace) -> int:
    for name, make in LOADERS.items():
        info = make().info
        print(f"{name:10} {info.title} ({info.publisher}; {info.coverage})")
    print(f"{'press':10} press releases, one at a time: python -m loaders read FILE --save")
    return 0


def _run(options: argparse.Namespace) -> int:
    unknown = [name for name in options.names if name not in LOADERS]
    if unknown:
        print(f"There is no source “{unknown[0]}”. There is: {', '.join(LOADERS)}.", file=sys.stderr)
        return 2
    with _store() as store:
        if options.if_empty:
            with _progress("curated") as progress:
                report = runner.ensure_loaded(store, read_settings(), progress)
            print(_said(report) if report else "The graph is loaded already.")
            return 0
        for name in options.names or LOADERS:
            loader: Loader = LOADERS[name]()
            with _progress(name) as progress:
                report = runner.run(loader, store, progress)
            print(_said(report))
            _print_notes(report.notes)
    return 0


def _read(options: argparse.Namespace) -> int:
    readings = [read_file(file) for file in options.files]
    for file, reading in zip(options.files, readings, strict=True):
        if options.json:
            for line in reading.lines():
                print(json.dumps(line, ensure_ascii=False))
            if not reading.proposals:
                print(f"{file}: {reading.summary()}", file=sys.stderr)
        else:
            print(f"{file}: {reading.summary()}")
    if options.save:
        with _store() as store:
            for file, reading in zip(options.files, readings, strict=True):
                written = save_reading(reading, store, text_name=file.name)
                print(f"{file}: {_changes(written)}", file=sys.stderr if options.json else sys.stdout)
    return 0


def _status(_: argparse.Namespace) -> int:
    notes = Notes()
    unread = ""
    try:
        for _statement in CuratedLoader().statements(notes):
            pass
    except BadFile as problem:
        unread = str(problem)
    with _store() as store:
        counts = store.counts()
        print(f"The graph in {store.address} ({store.server}), data version {store.version()}"
              + (f", written {store.written()}" if store.written() else ", is empty: python -m loaders run"))
        if loader := store.interrupted():
            print(f"A load of {loader} was cut off: python -m loaders run {loader} finishes it.")
        print(f"{counts['Source']} sources make {counts['Statement']} statements")
        for kind, count in counts.items():
            if count and kind not in ("Source", "Statement"):
                print(f"  {count:6} {kind}")
    if unread:
        print(unread)
    _print_notes(notes)
    return 0


@contextmanager
def _store() -> Iterator[Store]:
    store = open_store(read_settings())
    try:
        yield store
    finally:
        store.close()


@contextmanager
def _progress(name: str) -> Iterator[runner.Progress]:
    """A bar on a terminal; one plain line elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        print(f"Loading {name} …", file=sys.stderr)
        yield runner.silent
        return
    with Progress(TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:.0f}"), TimeRemainingColumn(), console=console) as bar:
        task = bar.add_task(name)
        yield lambda stage, done, total: bar.update(task, description=f"{STAGES[stage]} {name}", completed=done, total=total or None)


def _tell(report: runner.RunReport) -> None:
    print(_said(report))
    _print_notes(report.notes)


def _said(report: runner.RunReport) -> str:
    return f"{report.loader}: {report.statements} statements read; {_changes(report.written)}"


def _changes(written: WriteReport) -> str:
    if written.nothing:
        return "nothing changed"
    parts = {"nodes_new": "nodes new", "nodes_changed": "nodes changed", "nodes_gone": "nodes gone", "edges_new": "ties new",
             "edges_changed": "ties changed", "edges_gone": "ties gone", "statements_new": "statements new", "statements_gone": "statements gone"}
    return ", ".join(f"{getattr(written, field)} {text}" for field, text in parts.items() if getattr(written, field))


def _print_notes(notes: Notes) -> None:
    for title, lines in (("Left out", notes.left_out), ("Not mapped", notes.unmapped)):
        if lines:
            print(f"{title} ({len(lines)}):")
            for line in lines:
                print(f"  {clean(line)}")


if __name__ == "__main__":
    sys.exit(main())
