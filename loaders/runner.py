"""Run a loader: check everything, compare with what is there, write once; nothing of a broken source is half-written."""

import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock

from graph.errors import BadValue, ExpectationFailed, StoreError
from graph.model import Source, Statement, WriteReport
from graph.record import APART, Gathering, Sameness, check_sources, sameness
from graph.schema import Schema, load_schema
from graph.settings import Settings, using
from graph.store import Store
from loaders.base import Loader, Notes, SourceInfo
from loaders.comparing import Difference, Rewriting
from loaders.folders import FolderLoader, open_loader
from loaders.known import Known

Progress = Callable[[str, int, int], None]
"""Told the stage ("read", "compare", "write"), how much is done, and of how much (0: not known)."""

ATTEMPTS = 5
"""How often facts are assembled again because somebody else wrote meanwhile."""


@dataclass(frozen=True, slots=True)
class _Note:
    """What is written down of a run: the digest of its files, "" where nobody knows it, and the sources that it took the place of."""

    scope: Sequence[str] | None
    digest: str = ""

    def among(self, others: Sequence[str]) -> list[str]:
        """The notes of all runs that are in force."""
        about = " ".join(self.scope or ())
        kept = [other for other in others if self.scope is not None and other.partition(" ")[2] not in ("", about)]
        return [*kept, f"{self.digest} {about}"] if self.digest else kept


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run read and changed, or would change where `dry`; `by_kind` counts the facts that it states."""

    loader: str
    statements: int
    written: WriteReport
    notes: Notes = field(default_factory=Notes)
    difference: Difference = field(default_factory=Difference)
    by_kind: Mapping[str, int] = field(default_factory=dict)
    dry: bool = False

    @property
    def unchanged(self) -> bool:
        """Whether the graph stayed as it was, or would."""
        return self.written.nothing and self.difference.nothing


def silent(stage: str, done: int, total: int) -> None:
    """A progress that says nothing."""


def known_to(store: Store) -> Known:
    """What the graph knows already, for a loader to tell who is meant."""
    return Known(store.codes, store.seeing(None).names, store.seeing(()).of_kind)


def open_source(name: str, store: Store, given: Sequence[Path] = ()) -> FolderLoader:
    """The loader of a source, which may ask this graph who is meant; errors as in `open_loader`."""
    return open_loader(name, given, known_to(store))


def was_read(loader: FolderLoader, store: Store) -> bool:
    """Whether a run that is in force read the same files with the same loader; what else the graph knows may have changed since."""
    noted = {note.partition(" ")[0] for note in store.run_digests(loader.info.name)}
    return loader.digest() in noted and store.interrupted() != loader.info.name


@contextmanager
def sparing_the_collector() -> Iterator[None]:
    """Python's garbage collector is kept from what a run has frozen: all of that stays, and going through it took a quarter of a large load."""
    try:
        yield
    finally:
        gc.unfreeze()


@sparing_the_collector()
def run(loader: Loader, store: Store, progress: Progress = silent, schema: Schema | None = None, *, dry: bool = False,
        accept_smaller: bool = False, digest: str = "") -> RunReport:
    """Load one source whole: afterwards the graph holds exactly what it states now (of its own editions, where it keeps others).

    With `dry` nothing is written. `digest` is noted, so that the same files need not be read again.
    Raises BadFile, SchemaError, ExpectationFailed before anything is written, StoreError, with a note that says so, while writing.
    """
    schema, notes, info = schema or load_schema(), Notes(), loader.info
    same = sameness(store.judgements())
    own = gather(loader, notes, schema, progress, same)
    sources = loader.sources()
    check_sources(own, sources)
    by_kind = check_expectations(info, own)
    progress("compare", 0, 0)
    scope = sorted(sources) if info.editions else None
    stored = store.statement_ids(info.name, scope)
    if len(own) * 2 < len(stored) and not accept_smaller:
        raise ExpectationFailed(source=info.name, problem=f"{len(own):,} statements instead of the {len(stored):,} of the run before")
    report = RunReport(info.name, len(own), WriteReport(), notes, by_kind=by_kind, dry=dry)
    return _rewrite(report, own, stored, sources, store, schema, same, progress, _Note(scope, digest))


def gather(loader: Loader, notes: Notes, schema: Schema, progress: Progress, same: Sameness = APART) -> Gathering:
    """All that a loader states, grouped and checked against the schema."""
    own = Gathering(schema, same=same)
    for count, statement in enumerate(loader.statements(notes), 1):
        own.add(statement)
        if count % 500 == 0:
            gc.freeze()
            done, of = notes.position
            progress("read", count, count * of // done if done else 0)
    check(own, schema, own.kinds)
    return own


@sparing_the_collector()
def write(loader: str, statements: Mapping[str, Statement], sources: Mapping[str, Source], store: Store, schema: Schema,
          progress: Progress = silent, scope: Iterable[str] | None = None) -> WriteReport:
    """Make the graph hold these statements of a loader, and no others of it; with `scope`, no others from these sources.

    Statements are compared by their ids, which are digests of all that they say.
    """
    progress("compare", 0, 0)
    same = sameness(store.judgements())
    own = Gathering(schema, statements.values(), same)
    check_sources(own, sources)
    stored = store.statement_ids(loader, scope)
    report = RunReport(loader, len(own), WriteReport())
    return _rewrite(report, own, stored, sources, store, schema, same, progress, _Note(None if scope is None else sorted(scope))).written


@sparing_the_collector()
def remove(name: str, store: Store, progress: Progress = silent, schema: Schema | None = None) -> WriteReport:
    """Take away exactly what only this source states: all that a loader of this name has loaded, or all from one source (its id).

    What others state too stays and is assembled anew without it. Raises BadValue where there is no such source.
    """
    schema = schema or load_schema()
    progress("compare", 0, 0)
    gone = store.statement_ids(name) or store.statement_ids("", [name])
    mark = f"remove {name}"
    if not gone and store.interrupted() != mark:
        raise BadValue(name="The source", value=name, remedy="Nothing from it is loaded; python -m loaders status names what is.")
    same = sameness(store.judgements())
    rewriting = Rewriting(Gathering(schema, same=same), frozenset(), store, schema, same, gone=gone)
    written = _write(rewriting, {}, store, mark, progress)
    for loader in {statement.loader for statement in rewriting.lost}:
        store.forget_runs(loader)
    return written


def check(statements: Iterable[Statement], schema: Schema, kinds: Mapping[str, str] | None = None) -> None:
    """Raise SchemaError at the first statement that contradicts the schema; `kinds` gives the kind of each node, where it is known."""
    if kinds is None:
        statements = list(statements)
        kinds = {statement.subject: statement.kind for statement in statements if statement.kind in schema.nodes}
    for statement in statements:
        schema.check(statement, kinds)


def check_expectations(info: SourceInfo, own: Gathering) -> dict[str, int]:
    """How many nodes and ties of each kind are stated.

    Raises ExpectationFailed where that is less or more than source.yml expects, or a property is stated of too few: a half file stops here.
    """
    counts = Counter([*own.kinds.values(), *(kind for kind, _ in own.ties)])
    for kind, (low, high) in info.expectations.items():
        if not low <= counts[kind] <= high:
            raise ExpectationFailed(source=info.name, problem=f"{counts[kind]} of {kind} instead of {low} to {high}")
    stated: dict[str, int] = defaultdict(int)
    for id, group in own.nodes.items():
        for property in {statement.property for statement in group.values()}:
            stated[f"{own.kinds[id]}.{property}"] += 1
    for what, least in info.filled.items():
        share = stated[what] / max(1, counts[what.partition(".")[0]])
        if share < least:
            raise ExpectationFailed(source=info.name, problem=f"only {share:.0%} state {what}, instead of {least:.0%}")
    return dict(counts)


def ensure_loaded(store: Store, settings: Settings, progress: Progress = silent) -> RunReport | None:
    """Load the curated data if the graph is empty or such a load was cut off; None where nothing was to do.

    Safe when two processes do it at once: the second waits and finds the work done.
    """
    if store.version() != "0" and store.interrupted() != "curated":
        return None
    with using(settings.home):
        settings.home.mkdir(parents=True, exist_ok=True)
        held = FileLock(settings.home / "load.lock").acquire()
    with held:
        if store.version() != "0" and store.interrupted() != "curated":
            return None
        return run(open_source("curated", store), store, progress)


def _rewrite(report: RunReport, own: Gathering, stored: Sequence[str], sources: Mapping[str, Source], store: Store, schema: Schema,
             same: Sameness, progress: Progress, note: "_Note") -> RunReport:
    """Write what is new or gone, if anything is; note that the run was."""
    name, version = report.loader, int(store.version())
    there, own_ids = frozenset(stored), frozenset(statement.id for statement in own)
    gone = [id for id in stored if id not in own_ids]
    cut_off = store.interrupted() == name
    written, difference = WriteReport(), Difference()
    if gone or cut_off or not own_ids <= there:
        rewriting = Rewriting(own, there, store, schema, same, gone=gone, whole=cut_off)
        difference = rewriting.difference(sources) if report.dry else rewriting.statements()
        written = WriteReport() if report.dry else _write(rewriting, sources, store, name, progress)
        for _ in range(ATTEMPTS):
            if (now := int(store.version())) <= version + 1:
                break
            version = now  # somebody else wrote meanwhile: what both touched is assembled again
            _write(Rewriting(own, own_ids, store, schema, sameness(store.judgements()), gone=(), whole=True), sources, store, name, progress)
    if not report.dry:
        store.note_run(name, {statement.source for statement in own}, note.among(store.run_digests(name)))
    return RunReport(name, report.statements, written, report.notes, difference, report.by_kind, report.dry)


def _write(rewriting: Rewriting, sources: Mapping[str, Source], store: Store, mark: str, progress: Progress) -> WriteReport:
    """Write it; what goes wrong from now on leaves a part, which is said."""
    gc.freeze()
    parts = rewriting.parts(sources)
    try:
        return store.write(parts, rewriting.gone, loader=mark, present=rewriting.present, total=rewriting.total,
                           progress=lambda done, total: progress("write", done, total))
    except StoreError as problem:
        problem.add_note(f"What was written of “{mark}” stays; running it again finishes it.")
        raise
