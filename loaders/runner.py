"""Run a loader: check everything, compare with what is there, write once; nothing of a broken source is half-written."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from filelock import FileLock

from graph.errors import ExpectationFailed
from graph.model import Facts, Source, Statement, WriteReport
from graph.record import Sameness, assemble, bearing, sameness
from graph.schema import Schema, load_schema
from graph.settings import Settings, using
from graph.store import Store
from loaders.base import Loader, Notes, SourceInfo

Progress = Callable[[str, int, int], None]
"""Told the stage ("read", "compare", "write"), how much is done, and of how much (0: not known)."""


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run read and changed."""

    loader: str
    statements: int
    written: WriteReport
    notes: Notes = field(default_factory=Notes)

    @property
    def unchanged(self) -> bool:
        """Whether the graph stayed as it was."""
        return self.written.nothing


def silent(stage: str, done: int, total: int) -> None:
    """A progress that says nothing."""


def run(loader: Loader, store: Store, progress: Progress = silent, schema: Schema | None = None) -> RunReport:
    """Load one source whole: afterwards the graph holds exactly what it states now.

    Raises BadFile, SchemaError, ExpectationFailed before anything is written, StoreError while writing.
    """
    schema = schema or load_schema()
    notes = Notes()
    statements: dict[str, Statement] = {}
    for statement in loader.statements(notes):
        statements[statement.id] = statement
        if len(statements) % 500 == 0:
            progress("read", len(statements), 0)
    check(statements.values(), schema)
    check_expectations(loader.info, statements.values())
    written = write(loader.info.name, statements, loader.sources(), store, schema, progress)
    return RunReport(loader.info.name, len(statements), written, notes)


def write(loader: str, statements: Mapping[str, Statement], sources: Mapping[str, Source], store: Store, schema: Schema,
          progress: Progress = silent, scope: Iterable[str] | None = None) -> WriteReport:
    """Make the graph hold these statements of a loader, and no others of it; with `scope`, no others from these sources.

    Statements are compared by their ids, which are digests of all that they say.
    """
    progress("compare", 0, 0)
    stored = store.statement_ids(loader, scope)
    new = [statement for id, statement in statements.items() if id not in stored]
    gone = [id for id in stored if id not in statements]
    if not new and not gone and store.interrupted() != loader:
        return WriteReport()
    facts = _facts_touched(new, gone, stored, statements, sources, store, schema)
    return store.write(facts, gone, loader=loader, progress=lambda done, total: progress("write", done, total))


def check(statements: Iterable[Statement], schema: Schema) -> None:
    """Raise SchemaError at the first statement that contradicts the schema."""
    all_of_them = list(statements)
    kinds = {statement.subject: statement.kind for statement in all_of_them if statement.kind in schema.nodes}
    for statement in all_of_them:
        schema.check(statement, kinds)


def check_expectations(info: SourceInfo, statements: Iterable[Statement]) -> None:
    """Raise ExpectationFailed if a kind has fewer or more facts than source.yml expects: a half file stops here."""
    counts = Counter({(statement.kind, statement.subject, statement.object) for statement in statements})
    by_kind = Counter(kind for kind, _, _ in counts)
    for kind, (low, high) in info.expectations.items():
        if not low <= by_kind[kind] <= high:
            raise ExpectationFailed(source=info.name, problem=f"{by_kind[kind]} of {kind} instead of {low} to {high}")


def ensure_loaded(store: Store, settings: Settings, progress: Progress = silent) -> RunReport | None:
    """Load the curated data if the graph is empty or such a load was cut off; None where nothing was to do.

    Safe when two processes do it at once: the second waits and finds the work done.
    """
    from loaders.curated.loader import CuratedLoader  # only when it is needed: it reads 22 files

    if store.version() != "0" and not store.interrupted():
        return None
    with using(settings.home):
        settings.home.mkdir(parents=True, exist_ok=True)
        held = FileLock(settings.home / "load.lock").acquire()
    with held:
        if store.version() != "0" and not store.interrupted():
            return None
        return run(CuratedLoader(), store, progress)


def _facts_touched(new: list[Statement], gone: list[str], stored: Mapping[str, str], statements: Mapping[str, Statement],
                   sources: Mapping[str, Source], store: Store, schema: Schema) -> Facts:
    """Everything that the new and the gone statements touch, assembled from all statements that have a bearing on it."""
    everything = dict(statements) if not stored else {statement.id: statement for statement in new}
    before: set[str] = set()
    same = sameness(store.judgements())
    if store.version() != "0" or store.interrupted():
        around = _stored_around(new, gone, stored, store, schema, same)
        before = {statement.about for statement in around}
        for statement in around:
            if statement.id not in everything and statement.id not in set(gone):
                everything[statement.id] = statement
    known = {**{source.id: source for source in store.sources({s.source for s in everything.values()} - set(sources))}, **sources}
    facts = assemble(everything.values(), known, schema, same)
    after = {node.id for node in facts.nodes} | {edge.id for edge in facts.edges}
    lost = sorted(before - after - {""})
    return Facts(facts.nodes, facts.edges, facts.statements, facts.sources,
                 tuple(id for id in lost if "|" not in id), tuple(id for id in lost if "|" in id))


def _stored_around(new: list[Statement], gone: list[str], stored: Mapping[str, str], store: Store, schema: Schema,
                   same: Sameness) -> list[Statement]:
    abouts = {stored[id] for id in gone}
    lost = [statement for statement in store.statements(abouts) if statement.id in set(gone)]
    touched = bearing([*new, *lost], schema, [same])
    found = {statement.id: statement for statement in store.statements_on(touched.nodes, touched.ties)}
    holders = {same.of(target) for _, target in touched.offices}
    kinds = sorted({kind for kind, _ in touched.offices})
    if holders:
        edges = [edge.id for edge in store.adjacent(sorted(holders), kinds=kinds) if edge.target in holders]
        found |= {statement.id: statement for statement in store.statements(edges)}
    return list(found.values())
