"""`python -m graph status | search | same | query | path | draw`: the same answers without a browser."""

import argparse
import datetime
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from graph.answers import Connection, PublicStore, around, connect, named_like_nothing, resembling, resolve, sources_behind, switch_on, withheld
from graph.answers.withholding import LEFT_OUT
from graph.errors import BadParameter, BadValue, InputError, PonteError
from graph.guard import check
from graph.model import DIPLOMACY, first_day
from graph.render.tables import plain, to_csv, to_text
from graph.schema import load_schema
from graph.search import NameIndex
from graph.settings import Settings, read_settings
from graph.store import Store, open_store
from graph.view.label import clean
from graph.words import LANGUAGES, date, kind_name, translate_count, translator, write_utf8

DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
FORMATS = (".svg", ".pdf", ".png")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say; 0 done, 1 it cannot be done, 2 wrong use."""
    write_utf8()
    options = _parser().parse_args(arguments)
    try:
        return int(options.act(options))
    except PonteError as problem:
        print(clean(str(problem)), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m graph", description="Ask the graph. Names are written in any language, or given as ids.")
    commands = parser.add_subparsers(dest="command", required=True)
    status = commands.add_parser("status", help="where the graph lies and what is in it")
    status.set_defaults(act=_status)
    _add_layer(status, "count this layer too")
    search = commands.add_parser("search", help="find names")
    search.add_argument("text")
    search.add_argument("--limit", type=_positive, default=10)
    search.set_defaults(act=_search)
    _add_layer(search, "find names of this layer too")
    same = commands.add_parser("same", help="who is perhaps one and the same, and why; python -m loaders judge decides it")
    same.add_argument("--limit", type=_positive, default=50, help="pairs at the most (50)")
    same.add_argument("--language", choices=tuple(LANGUAGES), default="")
    same.set_defaults(act=_same)
    _add_layer(same, "compare those of this layer too")
    query = commands.add_parser("query", help="run a Cypher query that only reads")
    query.add_argument("cypher", metavar="CYPHER")
    query.add_argument("--param", action="append", default=[], type=_parameter, metavar="k=v",
                       help="a value; numbers, true, false and JSON lists are read as such")
    query.add_argument("--limit", type=_positive, help="rows at the most")
    query.add_argument("--timeout", type=_seconds, metavar="S", help="seconds at the most")
    query.add_argument("--format", choices=("table", "json", "csv"), default="table")
    query.set_defaults(act=_query)
    _add_layer(query, "put this layer into $layers, by which saved questions filter; a query itself sees all layers")
    path = commands.add_parser("path", help="what connects two names, with its sources")
    path.add_argument("start", metavar="FROM")
    path.add_argument("end", metavar="TO")
    path.add_argument("--on", default="", type=_day, metavar="DATE", help="as of this day (2024, 2024-10, 2024-10-09)")
    path.add_argument("--avoid", action="append", default=[], metavar="NAME", help="touch this name in no path; may be repeated")
    path.add_argument("--steps", type=_positive, default=4, help="ties between the two at the most (4)")
    path.add_argument("--limit", type=_positive, default=10, help="paths at the most (10)")
    path.add_argument("--language", choices=tuple(LANGUAGES), default="")
    path.add_argument("--format", choices=("text", "json"), default="text")
    path.set_defaults(act=_path)
    _add_layer(path, "follow ties of this layer too")
    draw = commands.add_parser("draw", help="draw the surroundings of names into a file")
    draw.add_argument("names", nargs="+", metavar="NAME")
    draw.add_argument("--steps", type=_positive, default=1)
    draw.add_argument("--to", type=_target, required=True, metavar="FILE", help="its ending says what it is: .svg, .pdf or .png")
    draw.add_argument("--page", choices=("a4", "16:9"), default="a4", help="A4 landscape, or a slide")
    draw.add_argument("--on", default="", type=_day, metavar="DATE", help="as of this day")
    draw.add_argument("--title", default="")
    draw.add_argument("--grey", action="store_true", help="black and white")
    draw.add_argument("--language", choices=tuple(LANGUAGES), default="")
    draw.set_defaults(act=_draw)
    _add_layer(draw, "draw this layer too")
    return parser


def _add_layer(command: argparse.ArgumentParser, help: str) -> None:
    command.add_argument("--layer", action="append", default=[], metavar="NAME", help=f"{help}, besides {DIPLOMACY}; may be repeated")


def _status(options: argparse.Namespace) -> int:
    settings = read_settings()
    with _store(settings, options.layer, empty=True) as store:
        print(f"Graph:    {store.address} ({store.server})")
        version = store.version()
        print(f"Data:     version {version}" + (f", written {store.written()}" if version != "0" else ", empty: python -m loaders run fills it"))
        if loader := store.interrupted():
            what, command = ("removal", loader) if loader.startswith("remove ") else (f"load of {loader}", f"run {loader}")
            print(f"          a {what} was cut off: python -m loaders {command} finishes it")
        if store.layers():
            off = store.layers_off()
            print(f"Layers:   {', '.join(map(clean, (DIPLOMACY, *store.layers_on())))}"
                  + (f"; not counted here: {', '.join(map(clean, off))} (--layer NAME)" if off else ""))
        for kind, count in store.counts().items():
            if count:
                name = kind_name(load_schema(), kind, "en", count) if kind in load_schema().nodes else kind
                print(f"{count:9,} {name}")
    return 0


def _search(options: argparse.Namespace) -> int:
    with _store(read_settings(), options.layer, leaving=_to_a_file()) as store:
        index = NameIndex.build(store.names())
        hits = index.search(options.text, limit=options.limit)
        if not hits:
            print(clean(named_like_nothing(options.text, store, load_schema(), "en")), file=sys.stderr)
            return 1
        for hit in hits:
            own = index.own_name(hit.id)
            print(f"{clean(hit.id):40} {hit.kind:12} {clean(own)}" + (f" ({clean(hit.name)})" if hit.name != own else ""))
    return 0


def _same(options: argparse.Namespace) -> int:
    settings = read_settings()
    language = options.language or settings.language
    with _store(settings, options.layer, leaving=_to_a_file()) as store:
        found = resembling(store, load_schema(), language=language, limit=options.limit)
    if not found.candidates:
        print("No two names in the record look like one.", file=sys.stderr)
    for pair in found.candidates:
        print(clean(f"{pair.one.id}  {pair.other.id}  ({pair.one.name_in(language)} / {pair.other.name_in(language)}, {pair.score:.2f})"))
        for reason in pair.reasons:
            print(f"    {clean(reason)}")
    if found.left_out:
        print(f"{found.left_out:,} more; --limit gives more.", file=sys.stderr)
    return 0


def _query(options: argparse.Namespace) -> int:
    parameters = dict(options.param)
    settings = read_settings()
    with _store(settings, options.layer, leaving=options.format != "table" or _to_a_file()) as store:
        guarded = check(options.cypher, local=store.is_local)
        missing = [name for name in guarded.parameters if name not in parameters]
        if missing:
            raise BadParameter(name=missing[0], problem=f"it has no value; add --param {missing[0]}=…")
        result = store.query(guarded.text, parameters, limit=options.limit or settings.row_limit, seconds=options.timeout or settings.time_limit)
    if options.format == "json":
        rows = [[plain(value) for value in row] for row in result.rows]
        print(json.dumps({"columns": list(result.columns), "rows": rows, "truncated": result.truncated, "seconds": round(result.seconds, 4)},
                         ensure_ascii=False))
    elif options.format == "csv":
        sys.stdout.buffer.write(to_csv(result.columns, result.rows))
        sys.stdout.flush()
    else:
        print(to_text(result.columns, result.rows))
    if result.truncated and options.format != "json":
        print(f"Cut after {len(result.rows):,} rows; --limit gives more.", file=sys.stderr)
    return 0


def _path(options: argparse.Namespace) -> int:
    settings = read_settings()
    language = options.language or settings.language
    with _store(settings, options.layer, leaving=options.format != "text" or _to_a_file()) as store:
        index = NameIndex.build(store.names())
        start, end, *avoid = (resolve(index, name, store, load_schema(), language) for name in (options.start, options.end, *options.avoid))
        if start == end:
            raise BadValue(name="TO", value=options.end, remedy="It is the same as FROM; name another.")
        found = connect(store, load_schema(), start, end, on=options.on, avoid=avoid, max_steps=options.steps,
                        limit=options.limit, language=language)
        if options.format == "json":
            print(json.dumps(_path_json(found), ensure_ascii=False))
        else:
            _print_connection(found, options.on, language)
    if found.paths:
        return 0
    print(translate_count("No path of at most {count} step. Allow more steps, another date, or avoid fewer names.",
                          "No path of at most {count} steps. Allow more steps, another date, or avoid fewer names.", options.steps, language),
          file=sys.stderr)
    return 1


def _path_json(found: Connection) -> dict[str, object]:
    statements: dict[str, list[str]] = {}
    for citation in found.citations:
        for statement in citation.statements:
            statements.setdefault(statement.about, []).append(statement.id)
    paths = [{"nodes": list(told.path.nodes), "text": told.sentence.text,
              "edges": [{"kind": edge.kind, "from": edge.source, "to": edge.target, "statements": sorted(statements.get(edge.id, ()))}
                        for edge in told.path.edges]} for told in found.paths]
    cut = {"reason": found.cut.reason, "left_out": found.cut.left_out, "at_least": found.cut.at_least} if found.cut else None
    return {"from": found.start.id, "to": found.end.id, "paths": paths, "cut": cut}


def _print_connection(found: Connection, on: str, language: str) -> None:
    _ = translator(language)
    ends = _("{one} and {other}", one=found.start.name_in(language), other=found.end.name_in(language))
    print(clean(ends + (", " + _("as of {date}", date=date(on, language)) if on else "")))
    for sentence in found.sentences:
        print("- " + clean(sentence.marked + (" " + _("Sources disagree.") if sentence.disputed else "")))
    if found.paths:
        steps = len(found.paths[0].path.edges)
        print("\n" + translate_count("Shortest paths, {count} step:", "Shortest paths, {count} steps:", steps, language))
    for number, told in enumerate(found.paths, 1):
        print(f"{number}. {clean(told.sentence.marked)}")
    if found.cut:
        print(translate_count("{count} more path is left out.", "{count} more paths are left out.", found.cut.left_out, language))
    if found.citations:
        print("\n" + _("Sources"))
    for citation in found.citations:
        print(f"[{citation.number}] {clean(citation.text(language))}")


def _draw(options: argparse.Namespace) -> int:
    from graph.render.picture import draw  # typst and fonts are needed here alone
    from graph.view import ViewSpec, make_scene, source_line

    target: Path = options.to
    if not target.parent.is_dir():
        raise BadValue(name="--to", value=str(target), remedy=f"The folder {target.parent} does not exist; make it first.")
    settings = read_settings()
    language = options.language or settings.language
    day = options.on
    with _store(settings, options.layer, leaving=True) as store:
        index = NameIndex.build(store.names())
        ids = list(dict.fromkeys(resolve(index, name, store, load_schema(), language) for name in options.names))
        view = around(store, ids, steps=options.steps, on=day, language=language)
        sources = sources_behind(store, [edge.id for edge in view.subgraph.edges])
        spec = ViewSpec(title=options.title or view.title, language=language, focus=view.focus, on=day or _today(),
                        theme="grey" if options.grey else "print", version=store.version(), source_line=source_line(sources, language),
                        layers=store.layers_on(), remarks=(translator(language)(LEFT_OUT),) if isinstance(store, PublicStore) else ())
        content = draw(make_scene(view.subgraph, spec, load_schema()), target.suffix.lower()[1:], options.page)
    _write_whole(target, content)
    print(f"{target}: {len(view.subgraph.nodes)} names" + (f", {view.subgraph.cut.left_out} left out" if view.subgraph.cut else ""))
    return 0


def _write_whole(target: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    written: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as out:
            written = Path(out.name)
            out.write(content)
        written.chmod(0o644)
        written.replace(target)
    except OSError as problem:
        if written:
            written.unlink(missing_ok=True)
        raise BadValue(name="--to", value=str(target), remedy=f"It cannot be written ({problem.strerror}).") from problem


@contextmanager
def _store(settings: Settings, layers: Sequence[str] = (), *, empty: bool = False, leaving: bool = False) -> Iterator[Store]:
    """The store, open, with these layers switched on; for what is `leaving` in a file, without what internal sources say."""
    store = open_store(settings)
    try:
        if not empty and store.version() == "0":
            raise InputError(what="The graph is empty. Fill it first: python -m loaders run")
        shown = PublicStore.of(store, withheld(store, load_schema())) if leaving else store
        if isinstance(shown, PublicStore):
            print(f"{LEFT_OUT.capitalize()}.", file=sys.stderr)
        yield switch_on(shown, load_schema(), layers)
    finally:
        store.close()


def _to_a_file() -> bool:
    """Whether what is printed goes into a file or a pipe."""
    return not sys.stdout.isatty()


def _parameter(text: str) -> tuple[str, object]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise argparse.ArgumentTypeError(f"“{text}” is no parameter; write it as name=value")
    if re.fullmatch(r"-?\d+(\.\d+)?|true|false|null|\[.*\]", value):
        try:
            return name, json.loads(value)
        except json.JSONDecodeError as problem:
            raise argparse.ArgumentTypeError(f"“{value}” is no JSON") from problem
    return name, value


def _day(text: str) -> str:
    try:
        if not text:
            return ""
        if DATE.fullmatch(text):
            datetime.date.fromisoformat(first_day(text))
            return text
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"“{text}” is no date; write it as 2024, 2024-10 or 2024-10-09")


def _target(text: str) -> Path:
    if not text.lower().endswith(FORMATS):
        raise argparse.ArgumentTypeError(f"“{text}” must end with {', '.join(FORMATS)}")
    return Path(text)


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value


def _seconds(text: str) -> float:
    value = float(text)
    if not value > 0:
        raise argparse.ArgumentTypeError("must be more than 0")
    return value


if __name__ == "__main__":
    sys.exit(main())
