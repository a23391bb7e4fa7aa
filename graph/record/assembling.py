"""Assemble nodes and edges from statements: group by key, project the best values, mark what is disputed."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.errors import SchemaError
from graph.model import Edge, Facts, Node, Properties, Source, Statement, Value, first_day, last_day
from graph.record.judging import best, day_of, independent_sources, is_disputed, stated_values, weight
from graph.record.terms import bounds, split_terms
from graph.schema import EdgeKind, Schema

ROLES = ("founder", "lead", "member")
"""Of the roles that are one class, the most telling first."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """What else must be known to assemble some statements: nodes, ties (kind, subject, object), and the holders of offices
    (kind, object) whose ends follow from each other."""

    nodes: frozenset[str]
    ties: frozenset[tuple[str, str, str]]
    offices: frozenset[tuple[str, str]]


def bearing(statements: Iterable[Statement], schema: Schema) -> Bearing:
    """What has a bearing on the facts that these statements touch."""
    nodes, ties, offices = set(), set(), set()
    for statement in statements:
        if not statement.object:
            nodes.add(statement.subject)
            continue
        ties.add((statement.kind, statement.subject, statement.object))
        if not schema.edges[statement.kind].directed:
            ties.add((statement.kind, statement.object, statement.subject))
        if schema.edges[statement.kind].single_holder:
            offices.add((statement.kind, statement.object))
    return Bearing(frozenset(nodes), frozenset(ties), frozenset(offices))


def assemble(statements: Iterable[Statement], sources: Mapping[str, Source], schema: Schema) -> Facts:
    """The facts that these statements state together; their order does not matter.

    Raises SchemaError if one id is of two kinds.
    """
    on_nodes: dict[str, list[Statement]] = defaultdict(list)
    on_ties: dict[tuple[str, frozenset[str] | tuple[str, str]], list[Statement]] = defaultdict(list)
    for statement in sorted({s.id: s for s in statements}.values(), key=lambda s: s.id):
        if not statement.object:
            on_nodes[statement.subject].append(statement)
            continue
        ends = (statement.subject, statement.object)
        directed = schema.edges[statement.kind].directed
        on_ties[statement.kind, ends if directed else frozenset(ends)].append(statement)
    nodes, edges, about = [], [], []
    for id, group in on_nodes.items():
        nodes.append(_node(id, group, sources, schema))
        about += [replace(statement, about=id) for statement in group]
    for group in on_ties.values():
        for edge, stated in _edges(group, sources, schema):
            edges.append(edge)
            about += [replace(statement, about=edge.id) for statement in stated]
    edges = _with_derived_ends(edges, schema)
    used = {statement.source for statement in about}
    return Facts(tuple(sorted(nodes, key=lambda n: n.id)), tuple(sorted(edges, key=lambda e: e.id)),
                 tuple(sorted(about, key=lambda s: (s.about, s.id))), tuple(sources[id] for id in sorted(used) if id in sources))


def edge_key(statement: Statement, schema: Schema) -> tuple[str, ...]:
    """The classes of a statement's key qualifiers, "" where it does not say."""
    spec = schema.edges[statement.kind]
    return tuple("" if _says_nothing(spec, name, value := str(statement.qualifiers.get(name, ""))) else spec.class_of(name, value)
                 for name in spec.key)


def _says_nothing(spec: EdgeKind, name: str, value: str) -> bool:
    return not value or spec.unknown_joins.get(name) == value


def _node(id: str, group: Sequence[Statement], sources: Mapping[str, Source], schema: Schema) -> Node:
    kinds = {statement.kind for statement in group}
    if len(kinds) > 1:
        raise SchemaError(what=f"“{id}” is stated to be {' and '.join(sorted(kinds))}", remedy="Give one of them another id.")
    properties: dict[str, Value] = {}
    for name, pairs in _by_property(group).items():
        properties[name] = best(pairs, sources)
    names = {str(properties[name]) for name in properties if name == "name" or name.startswith("name_")}
    aliases = {str(s.value) for s in group if s.property == "aliases" or s.property == "name" or s.property.startswith("name_")}
    properties.pop("aliases", None)
    if aliases - names:
        properties["aliases"] = tuple(sorted(aliases - names))
    return Node(id, kinds.pop(), properties | _about_the_record(group, sources, schema))


def _by_property(group: Sequence[Statement]) -> dict[str, list[tuple[Value, Statement]]]:
    found: dict[str, list[tuple[Value, Statement]]] = defaultdict(list)
    for statement in group:
        if statement.property:
            found[statement.property].append((statement.value, statement))
    return found


def _edges(group: Sequence[Statement], sources: Mapping[str, Source], schema: Schema) -> list[tuple[Edge, list[Statement]]]:
    """The edges that the statements on one tie make: one for each key and term."""
    kind = group[0].kind
    spec = schema.edges[kind]
    source, target = min((statement.subject, statement.object) for statement in group)
    found = []
    for key, stated in sorted(_by_key(group, spec, schema).items()):
        parts = "|".join(part.replace("|", "/") for part in (kind, source, target, *key)).rstrip("|")
        for number, term in enumerate(split_terms(stated), 1):
            id = parts if number == 1 else f"{parts}|{number}"
            found.append((Edge(id, kind, source, target, _qualifiers(term, spec, sources, schema)), term))
    return found


def _by_key(group: Sequence[Statement], spec: EdgeKind, schema: Schema) -> dict[tuple[str, ...], list[Statement]]:
    """Statements by key; what leaves a qualifier open supports an edge that names it, and never overrides it."""
    keys: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    open_keys: list[tuple[tuple[str, ...], Statement]] = []
    for statement in group:
        key = edge_key(statement, schema)
        if all(key):
            keys[key].append(statement)
        else:
            open_keys.append((key, statement))
    default = tuple(spec.class_of(name, str(spec.unknown_joins.get(name, ""))) for name in spec.key)
    for key, statement in sorted(open_keys, key=lambda pair: (-sum(map(bool, pair[0])), pair[1].id)):
        fitting = [full for full in keys if all(not mine or mine == theirs for mine, theirs in zip(key, full, strict=True))]
        filled = tuple(mine or usual for mine, usual in zip(key, default, strict=True))
        keys[_closest(fitting, keys, statement, filled)].append(statement)
    return keys


def _closest(fitting: Sequence[tuple[str, ...]], keys: Mapping[tuple[str, ...], Sequence[Statement]], statement: Statement,
             filled: tuple[str, ...]) -> tuple[str, ...]:
    if not fitting or filled in fitting:
        return filled
    start, end = bounds(statement)
    day = start or end or first_day(statement.observed)

    def covered(key: tuple[str, ...]) -> bool:
        terms = [bounds(other) for other in keys[key]]
        first = min((start for start, _ in terms if start), default="")
        last = max((end for _, end in terms if end), default="")
        return bool(day) and (not first or first <= day) and (not last or day <= last)

    return max(sorted(fitting), key=covered)


def _qualifiers(term: Sequence[Statement], spec: EdgeKind, sources: Mapping[str, Source], schema: Schema) -> dict[str, Value]:
    pairs: dict[str, list[tuple[Value, Statement]]] = defaultdict(list)
    for statement in term:
        for name, value in statement.qualifiers.items():
            if value not in ("", spec.ends.get(name), spec.unknown_joins.get(name)):
                pairs[name].append((value, statement))
    found = {name: best(values, sources) for name, values in pairs.items() if name not in ("since", "until")}
    if "as_stated" in spec.qualifiers:
        found["as_stated"] = "; ".join(sorted({statement.as_stated for statement in term} - {""}))
    roles = {str(value) for value, _ in pairs.get("role", ())}
    telling = next((role for role in ROLES if role in roles), "")
    if telling:
        found["role"] = telling
        found["founder"] = "founder" in roles
    elif "role" in spec.key and "role" not in found and "role" in spec.unknown_joins:
        found["role"] = spec.unknown_joins["role"]
    for name, widen, part in (("since", first_day, 0), ("until", last_day, -1)):
        if pairs.get(name):
            stated = str(best(pairs[name], sources))
            found[name], found[f"{name}_stated"] = widen(stated.split("/")[part]), stated
    ends = [day_of(s, sources) for s in term for name, value in spec.ends.items() if s.qualifiers.get(name) == value]
    if ends and not any(_later_member(s, ends, spec, sources) for s in term):
        found["ended_by"] = max(ends) or "0001"
    return {name: value for name, value in found.items() if value != ""} | _about_the_record(term, sources, schema)


def _later_member(statement: Statement, ends: Sequence[str], spec: EdgeKind, sources: Mapping[str, Source]) -> bool:
    """Whether a newer statement says that the fact holds again."""
    says_ended = any(statement.qualifiers.get(name) == value for name, value in spec.ends.items())
    return not says_ended and first_day(day_of(statement, sources)) > last_day(max(ends))


def _about_the_record(group: Sequence[Statement], sources: Mapping[str, Source], schema: Schema) -> dict[str, Value]:
    """What the record says of itself: newest day, independent sources, disputed values, whether all of it is inferred."""
    values: dict[str, list[Value]] = defaultdict(list)
    for statement in group:
        for name, value in stated_values(statement):
            values[name].append(value)
    disputed = sorted(name for name, different in values.items() if is_disputed(name, different, schema))
    confirmed = max((_confirms(statement, sources) for statement in group), key=last_day, default="")
    found: dict[str, Value] = {"independent": independent_sources(group, sources)}
    if confirmed:
        found["confirmed"] = confirmed
    if disputed:
        found["disputed"] = tuple(disputed)
    if all(statement.confidence != "stated" for statement in group):
        found["inferred"] = True
    return found


def _confirms(statement: Statement, sources: Mapping[str, Source]) -> str:
    """The day on which a statement confirms its fact: the day that it speaks of, but no later than the end that it states."""
    day, until = day_of(statement, sources), str(statement.qualifiers.get("until", "")).split("/")[-1]
    return until if until and last_day(until) < first_day(day) else day


def _with_derived_ends(edges: Sequence[Edge], schema: Schema) -> list[Edge]:
    """The same edges, where an office with one holder ends the day before a later holder's first."""
    by_office: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        condition = schema.edges[edge.kind].single_holder
        if condition and all(edge.properties.get(name) == value for name, value in condition.items()):
            by_office[edge.kind, edge.target].append(edge)
    ended: dict[str, Edge] = {}
    for holders in by_office.values():
        for edge in holders:
            if end := _derived_end(edge, holders):
                ended[edge.id] = replace(edge, properties=_ended(edge.properties, end))
    return [ended.get(edge.id, edge) for edge in edges]


def _derived_end(edge: Edge, holders: Sequence[Edge]) -> str:
    if edge.text("until") or edge.text("ended_by"):
        return ""
    known = edge.text("since") or first_day(edge.text("confirmed"))
    later = sorted(other.text("since") for other in holders
                   if other.source != edge.source and not other.properties.get("acting") and known and other.text("since") > known)
    if not later:
        return ""
    return (datetime.date.fromisoformat(later[0]) - datetime.timedelta(days=1)).isoformat()


def _ended(properties: Properties, end: str) -> dict[str, Value]:
    found: dict[str, Value] = {**properties, "until": end, "until_derived": True}
    confirmed = first_day(str(properties.get("confirmed", "")))
    if confirmed > end:
        disputed = properties.get("disputed", ())
        found["disputed"] = tuple(sorted({*(disputed if isinstance(disputed, tuple) else ()), "until"}))
    return found


__all__ = ["Bearing", "assemble", "bearing", "edge_key", "weight"]
