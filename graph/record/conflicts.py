"""List what sources contradict each other about, with who says what, for people to judge."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.model import Edge, Source, Statement, Value
from graph.record.deciding import stands
from graph.record.judging import Said, by_name, is_disputed, weight
from graph.record.offices import Holder, Term, clashes, offices
from graph.record.projecting import edge_properties
from graph.record.terms import stated_dates
from graph.schema import Schema


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values of one property of one node or edge that cannot all be true, the strongest first, each with who says it."""

    about: str
    property: str
    values: tuple[tuple[Value, tuple[Statement, ...]], ...]


def conflicts(statements: Iterable[Statement], sources: Mapping[str, Source], schema: Schema) -> tuple[Conflict, ...]:
    """All conflicts among assembled statements (`about` set), by what they are about and property.

    That two held one office at once is found where the statements on both terms are given.
    """
    everything: dict[str, list[Statement]] = defaultdict(list)
    for statement in sorted(statements, key=lambda s: (s.about, s.id)):
        everything[statement.about].append(statement)
    about = {id: group for id, group in everything.items() if id and stands(group)}
    found = {(id, name): Conflict(id, name, _grouped(said, sources))
             for id, group in about.items() for name, said in by_name(group).items() if len(said) > 1 and is_disputed(name, said, schema)}
    for earlier, later in _clashes(about, sources, schema):
        said = [*_last_words(earlier), *_said(later, 0)]
        for id, name in ((earlier.edge.id, "until"), (later.edge.id, "since")):
            found.setdefault((id, name), Conflict(id, name, _grouped(said, sources)))
    return tuple(found[key] for key in sorted(found))


def _clashes(about: Mapping[str, Sequence[Statement]], sources: Mapping[str, Source], schema: Schema) -> list[tuple[Holder, Holder]]:
    terms: list[Term] = []
    for id, group in about.items():
        spec = schema.edges.get(group[0].kind)
        if spec and spec.single_holder:
            source, target = id.split("|")[1:3]
            terms.append((Edge(id, spec.kind, source, target, edge_properties(group, spec, sources, schema)), group))
    return [pair for holders in offices(terms, sources, schema) for pair in clashes(holders)]


def _said(holder: Holder, index: int) -> list[Said]:
    """Who gives a first (0) or a last (1) date."""
    return [(stated_dates(statement)[index], statement) for statement in holder.statements if stated_dates(statement)[index]]


def _last_words(holder: Holder) -> list[Said]:
    """Who states the end; else who saw the holder in office last."""
    last = max(holder.statements, key=lambda statement: (statement.observed, statement.id))
    return _said(holder, 1) or ([(last.observed, last)] if last.observed else [])


def _grouped(said: Sequence[Said], sources: Mapping[str, Source]) -> tuple[tuple[Value, tuple[Statement, ...]], ...]:
    by_value: dict[Value, list[Statement]] = defaultdict(list)
    for value, statement in said:
        by_value[value].append(statement)
    ranked = [(value, sorted(who, key=lambda s: (weight(s, sources), s.id), reverse=True)) for value, who in by_value.items()]
    ranked.sort(key=lambda pair: (weight(pair[1][0], sources), repr(pair[0])), reverse=True)
    return tuple((value, tuple(who)) for value, who in ranked)
