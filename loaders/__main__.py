"""`python -m loaders list | run | read | remove | judge | status`: bring facts in from the command line."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskID, TextColumn, TimeRemainingColumn
from rich.text import Text

from graph.errors import BadFile, PonteError
from graph.settings import read_settings
from graph.store import Store, open_store
from graph.view.label import clean
from graph.words import write_utf8
from loaders import runner
from loaders.base import Notes, SourceInfo
from loaders.desk import command as desk_command
from loaders.folders import all_sources, open_loader
from loaders.press.loader import read_file, save_reading
from loaders.reporting import changes, note_lines, report_lines, write_list
from loaders.table import command
from loaders.table.mapping import PREFIX

STAGES = {"read": "Reading", "compare": "Comparing", "write": "Writing"}


def main(arguments: list[str] | None = None) -> int:
    """Do what the arguments say; 0 done, 1 it cannot be done, 2 wrong use."""
    write_utf8()
    options = _parser().parse_args(arguments)
    try:
        return int(options.act(options))
    except PonteError as problem:
        print(clean(" ".join([str(problem), *getattr(problem, "__notes__", ())])), file=sys.stderr)
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
    running.add_argument("names", nargs="*", metavar="NAME", help="all that come with Ponte where none is named")
    running.add_argument("--from", dest="given", action="append", type=Path, default=[], metavar="FILE", help="a file or a folder; may be repeated")
    running.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    running.add_argument("--again", action="store_true", help="read files that have not changed since the last run, too")
    running.add_argument("--accept-smaller", action="store_true", help="load a file with less than half of what was loaded before")
    running.add_argument("--report", type=Path, metavar="FILE", help="write all that was skipped or not resolved into a CSV file")
    running.add_argument("--if-empty", action="store_true", help="only when the graph is empty, or a load was cut off")
    running.set_defaults(act=_run)
    removing = commands.add_parser("remove", help="take away what only this source states")
    removing.add_argument("name", metavar="SOURCE", help="a source of the list, or the id of one document")
    removing.set_defaults(act=_remove)
    reading = commands.add_parser("read", help="read press releases (.txt, .html, .docx, .pdf) and show what they state")
    reading.add_argument("files", nargs="+", metavar="FILE", type=Path)
    reading.add_argument("--json", action="store_true", help="one JSON object a line")
    reading.add_argument("--save", action="store_true", help="write all of it into the graph")
    reading.set_defaults(act=_read)
    command.add_parser(commands, _store, _progress, _tell)
    desk_command.add_parser(commands, _store)
    status = commands.add_parser("status", help="what is loaded, when, and what could not be mapped")
    status.set_defaults(act=_status)
    return parser


def _list(_: argparse.Namespace) -> int:
    for name, info in all_sources().items():
        print(f"{name:13} {info.title} ({info.publisher}; {info.coverage})")
        print(f"{'':13} layer {info.layer}; {_how(name, info)}")
    return 0


def _how(name: str, info: SourceInfo) -> str:
    if info.included:
        return f"comes with Ponte: python -m loaders run {name}"
    return f"python -m loaders run {name} --from FILE" if info.file else "one at a time: python -m loaders read FILE --save"


def _run(options: argparse.Namespace) -> int:
    sources = all_sources()
    unknown = [name for name in options.names if name not in sources or not sources[name].runs]
    if unknown:
        print(f"There is no source “{unknown[0]}”. There is: {', '.join(name for name, info in sources.items() if info.runs)}.", file=sys.stderr)
        return 2
    names = options.names or [name for name, info in sources.items() if info.included]
    if options.given and len(options.names) != 1:
        print("--from wants the name of one source.", file=sys.stderr)
        return 2
    for name in names:
        open_loader(name, options.given)  # so that a wrong name or file is said before a server is started
    with _store() as store:
        if options.if_empty:
            with _progress("curated") as progress:
                report = runner.ensure_loaded(store, read_settings(), progress)
            print(*(report_lines(report) if report else ["The graph is loaded already."]), sep="\n")
            return 0
        for name in names:
            _run_one(name, store, options)
    return 0


def _run_one(name: str, store: Store, options: argparse.Namespace) -> None:
    loader = runner.open_source(name, store, options.given)
    if not options.again and not options.dry_run and runner.was_read(loader, store):
        print(f"{name}: skipped, these files have been read already and have not changed. To compare their contents: --again")
        return
    with _progress(name) as progress:
        report = runner.run(loader, store, progress, dry=options.dry_run, accept_smaller=options.accept_smaller, digest=loader.digest())
    _tell(report)
    if options.report:
        write_list(options.report, report.notes)


def _remove(options: argparse.Namespace) -> int:
    with _store() as store, _progress(options.name) as progress:
        written = runner.remove(options.name, store, progress)
    print(f"{options.name}: {changes(written)}")
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
                print(f"{file}: {changes(written)}", file=sys.stderr if options.json else sys.stdout)
    return 0


def _status(_: argparse.Namespace) -> int:
    notes = Notes()
    unread = ""
    try:
        for _statement in open_loader("curated").statements(notes):
            pass
    except BadFile as problem:
        unread = str(problem)
    with _store() as store:
        counts = store.counts()
        print(f"The graph in {store.address} ({store.server}), data version {store.version()}"
              + (f", written {store.written()}" if store.written() else ", is empty: python -m loaders run"))
        if loader := store.interrupted():
            again = "table FILE --mapping M.yml" if loader.startswith(PREFIX) else f"run {loader}"
            what, command = ("removal", loader) if loader.startswith("remove ") else (f"load of {loader}", again)
            print(f"A {what} was cut off: python -m loaders {command} finishes it.")
        print(f"{counts['Source']} sources make {counts['Statement']} statements")
        for kind, count in counts.items():
            if count and kind not in ("Source", "Statement"):
                print(f"  {count:6} {kind}")
    if unread:
        print(unread)
    print(*note_lines(notes), sep="\n")
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
    """A bar with rate and remaining time on a terminal; one plain line elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        print(f"Loading {name} …", file=sys.stderr)
        yield runner.silent
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,.0f}"), RateColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bar:
        tasks: dict[str, TaskID] = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(f"{STAGES[stage]} {name}", total=None)
            bar.update(tasks[stage], completed=done, total=total or None)

        yield advance


def _tell(report: runner.RunReport) -> None:
    print(*report_lines(report), sep="\n")


class RateColumn(ProgressColumn):
    """How many a second."""

    def render(self, task: Task) -> Text:
        """The rate, empty while it is not known."""
        return Text(f"{task.speed:,.0f}/s" if task.speed else "", style="progress.data.speed")


if __name__ == "__main__":
    sys.exit(main())
