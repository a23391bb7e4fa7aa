"""Write what a person said into the record, and take it back: whole or not at all, and nothing that others say at once is lost."""

from collections.abc import Iterable, Mapping, Sequence

from graph.errors import RecordBusy
from graph.model import Facts, Source, Statement, WriteReport
from graph.record import Bearing, Sameness, assemble, bearing, sameness
from graph.schema import Schema, load_schema
from graph.store import Store

ATTEMPTS = 20
"""How often a decision is assembled again because somebody else wrote meanwhile."""
ALL = 10_000_000


def say(store: Store, new: Iterable[Statement] = (), taken_back: Iterable[Statement] = (), sources: Iterable[Source] = ()) -> WriteReport:
    """Write statements and remove others, in one step of the graph.

    Raises SchemaError before anything is written, RecordBusy where others wrote at each attempt, StoreError while writing.
    """
    schema, said, gone = load_schema(), tuple(new), tuple(taken_back)
    given = {source.id: source for source in sources}
    kinds = {node.id: node.kind for node in store.get({id for s in said for id in (s.subject, s.object) if id})}
    kinds |= {statement.subject: statement.kind for statement in said if statement.kind in schema.nodes}
    for statement in said:
        schema.check(statement, kinds)
    for _ in range(ATTEMPTS):
        version = store.version()
        facts = facts_touched(said, gone, given, store, schema)
        report = store.decide(facts, [statement.id for statement in gone], version=version)
        if report is not None:
            return report
    raise RecordBusy


def facts_touched(new: Sequence[Statement], gone: Sequence[Statement], sources: Mapping[str, Source], store: Store, schema: Schema) -> Facts:
    """Everything that the new and the gone statements touch, assembled from all statements that have a bearing on it."""
    left = {statement.id for statement in gone}
    judged = store.judgements()
    same = sameness(judged), sameness([*(judgement for judgement in judged if judgement.id not in left), *new])
    around = _around([*new, *gone], same, store, schema)
    everything = [*(statement for statement in around if statement.id not in left), *new]
    facts = assemble(everything, _known(everything, sources, store), schema, same[1])
    there = {node.id for node in facts.nodes} | {edge.id for edge in facts.edges}
    lost = sorted({statement.about for statement in around} - there - {""})
    return Facts(facts.nodes, facts.edges, facts.statements, facts.sources,
                 tuple(id for id in lost if "|" not in id), tuple(id for id in lost if "|" in id))


def _known(statements: Iterable[Statement], given: Mapping[str, Source], store: Store) -> dict[str, Source]:
    """The sources of these statements; one that a loader brought is left as it is, whoever cites it."""
    known = {source.id: source for source in store.sources({statement.source for statement in statements})}
    return {**given, **{id: source for id, source in known.items() if id not in given or source.loader != given[id].loader}}


def _around(changed: Sequence[Statement], same: tuple[Sameness, Sameness], store: Store, schema: Schema) -> tuple[Statement, ...]:
    """The stored statements that have a bearing on what changes; where nodes are merged or taken apart, those on all their ties,
    on those too that are not in the graph because a person called them wrong."""
    touched = bearing(changed, schema, same)
    if touched.judged:
        edges = store.seeing(None).adjacent(sorted({same[0].of(id) for id in touched.judged}), limit=ALL)
        near = [*store.statements(edge.id for edge in edges), *store.said_by_people(touched.judged)]
        touched = bearing([*changed, *near], schema, same)
    found = {statement.id: statement for statement in store.statements_on(touched.nodes, touched.ties)}
    found |= {statement.id: statement for statement in store.statements(_offices(touched, same[0], store))}
    return tuple(found.values())


def _offices(touched: Bearing, same: Sameness, store: Store) -> list[str]:
    """The edges of the offices that are touched."""
    offices = {(kind, same.of(holder)) for kind, holder in touched.offices}
    if not offices:
        return []
    edges = store.seeing(None).adjacent(sorted({holder for _, holder in offices}), kinds=sorted({kind for kind, _ in offices}), limit=ALL)
    return [edge.id for edge in edges if (edge.kind, edge.target) in offices]
