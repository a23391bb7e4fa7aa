"""Say what becomes of the graph when some statements are said or taken back: the facts that they touch, assembled anew.

Apart from assembling, which is given all that has a bearing; here it is found, in whatever keeps the record.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from graph.model import Edge, Facts, Source, Statement
from graph.record.assembling import assemble
from graph.record.keys import Bearing, bearing
from graph.record.sameness import Sameness, sameness
from graph.schema import Schema

ALL = 10_000_000


class Recorded(Protocol):
    """What keeps the record, as a store does."""

    def judgements(self) -> tuple[Statement, ...]:
        """All judgements on which nodes are one."""
        ...

    def said_by_people(self, ids: Iterable[str], /) -> tuple[Statement, ...]:
        """What people said of these nodes and their ties."""
        ...

    def statements(self, about: Iterable[str], /) -> tuple[Statement, ...]:
        """What is stated about these nodes and ties."""
        ...

    def statements_on(self, nodes: Iterable[str], ties: Iterable[tuple[str, str, str]], /) -> tuple[Statement, ...]:
        """All statements on these nodes, and on ties of a kind between two."""
        ...

    def adjacent(self, ids: Sequence[str], /, *, kinds: Sequence[str] = (), limit: int = ...) -> tuple[Edge, ...]:
        """The edges that touch these nodes."""
        ...

    def sources(self, ids: Iterable[str], /) -> tuple[Source, ...]:
        """These sources."""
        ...


def facts_touched(new: Sequence[Statement], gone: Sequence[Statement], given: Mapping[str, Source], record: Recorded, schema: Schema) -> Facts:
    """Everything that the new and the gone statements touch; `given` are the sources of the new ones.

    A source that a loader brought is left as it is, whoever cites it.
    """
    left = {statement.id for statement in gone}
    judged = record.judgements()
    same = sameness(judged), sameness([*(judgement for judgement in judged if judgement.id not in left), *new])
    around = _around([*new, *gone], same, record, schema)
    everything = [*(statement for statement in around if statement.id not in left), *new]
    facts = assemble(everything, _known(everything, given, record), schema, same[1])
    there = {node.id for node in facts.nodes} | {edge.id for edge in facts.edges}
    lost = sorted({statement.about for statement in around} - there - {""})
    return Facts(facts.nodes, facts.edges, facts.statements, facts.sources,
                 tuple(id for id in lost if "|" not in id), tuple(id for id in lost if "|" in id))


def _known(statements: Iterable[Statement], given: Mapping[str, Source], record: Recorded) -> dict[str, Source]:
    known = {source.id: source for source in record.sources({statement.source for statement in statements})}
    return {**given, **{id: source for id, source in known.items() if id not in given or source.loader != given[id].loader}}


def _around(changed: Sequence[Statement], same: tuple[Sameness, Sameness], record: Recorded, schema: Schema) -> tuple[Statement, ...]:
    """The statements that have a bearing on what changes; where nodes are merged or taken apart, those on all their ties, on those
    too that are not in the graph because a person called them wrong."""
    touched = bearing(changed, schema, same)
    if touched.judged:
        edges = record.adjacent(sorted({same[0].of(id) for id in touched.judged}), limit=ALL)
        near = [*record.statements([edge.id for edge in edges]), *record.said_by_people(touched.judged)]
        touched = bearing([*changed, *near], schema, same)
    found = {statement.id: statement for statement in record.statements_on(touched.nodes, touched.ties)}
    found |= {statement.id: statement for statement in record.statements(_offices(touched, same[0], record))}
    return tuple(found.values())


def _offices(touched: Bearing, same: Sameness, record: Recorded) -> list[str]:
    """The edges of the offices that are touched."""
    offices = {(kind, same.of(holder)) for kind, holder in touched.offices}
    if not offices:
        return []
    edges = record.adjacent(sorted({holder for _, holder in offices}), kinds=sorted({kind for kind, _ in offices}), limit=ALL)
    return [edge.id for edge in edges if (edge.kind, edge.target) in offices]
