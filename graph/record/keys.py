"""Say which statements speak of one fact: the kind, the ends, and the classes of the key qualifiers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.model import SAME_AS, Statement, first_day, last_day
from graph.record.sameness import APART, Sameness
from graph.record.terms import split_terms, stated_dates
from graph.schema import EdgeKind, Schema

Classes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bearing:
    """What else must be known to assemble some statements: all statements on these nodes, on these ties (kind, subject,
    object), on every edge of these offices (kind, object), whose ends follow from each other, and on every edge of these
    `judged` nodes, which a person merges with others or takes apart."""

    nodes: frozenset[str]
    ties: frozenset[tuple[str, str, str]]
    offices: frozenset[tuple[str, str]]
    judged: frozenset[str] = frozenset()


def bearing(statements: Iterable[Statement], schema: Schema, same: Iterable[Sameness] = ()) -> Bearing:
    """What has a bearing on the facts that these statements touch; `same` says which nodes are one, before and after them."""
    known = tuple(same)
    nodes, ties, offices, judged = set(), set(), set(), set()
    for statement in statements:
        if not statement.object:
            ends = {statement.subject, str(statement.value)} if statement.property == SAME_AS else {statement.subject}
            nodes |= _all_of(ends, known)
            if statement.property == SAME_AS:
                judged |= _all_of(ends, known)
                ties |= {(kind, one, other) for kind in schema.edges for one in judged for other in judged if one != other}
            continue
        spec = schema.edges[statement.kind]
        for subject in _all_of({statement.subject}, known):
            for object in _all_of({statement.object}, known):
                ties |= {(statement.kind, subject, object)} | (set() if spec.directed else {(statement.kind, object, subject)})
                offices |= {(statement.kind, object)} if spec.single_holder else set()
    return Bearing(frozenset(nodes), frozenset(ties), frozenset(offices), frozenset(judged))


def _all_of(ids: Iterable[str], same: Iterable[Sameness]) -> set[str]:
    """These ids and all that are one with them."""
    return {*ids, *(other for known in same for id in ids for other in known.all_of(id))}


def ends_of(statement: Statement, schema: Schema, same: Sameness = APART) -> tuple[str, str]:
    """Both ends of an edge, as the nodes that stand for them; where its kind has no direction, sorted."""
    ends = (same.of(statement.subject), same.of(statement.object))
    return ends if schema.edges[statement.kind].directed else (min(ends), max(ends))


def classes_of(statement: Statement, spec: EdgeKind) -> Classes:
    """The classes of a statement's key qualifiers, "" where it does not say."""
    found = []
    for name in spec.key:
        value = str(statement.qualifiers.get(name, ""))
        found.append("" if spec.unknown_joins.get(name) == value else spec.class_of(name, value))
    return tuple(found)


def key_text(kind: str, ends: tuple[str, str], classes: Classes) -> str:
    """A key as text, which is the id of its first term: "MEMBER_OF|lombardy|four-motors|member"."""
    return "|".join([kind, *ends, *(part.replace("|", "/") for part in classes)]).rstrip("|")


def edge_key(statement: Statement, schema: Schema) -> str:
    """The key of the edge that a statement makes where no other statement says more than it."""
    spec = schema.edges[statement.kind]
    return key_text(statement.kind, ends_of(statement, schema), _filled(classes_of(statement, spec), spec))


def same_fact(one: Statement, other: Statement, schema: Schema) -> bool:
    """Whether two statements, taken alone, speak of one fact: one node, or one edge in one term."""
    if not one.object or not other.object:
        return not one.object and not other.object and one.subject == other.subject
    if one.kind != other.kind or ends_of(one, schema) != ends_of(other, schema):
        return False
    spec = schema.edges[one.kind]
    return _fits(classes_of(one, spec), classes_of(other, spec)) and len(split_terms([one, other])) == 1


def by_classes(group: Sequence[Statement], spec: EdgeKind) -> dict[Classes, list[Statement]]:
    """The statements on one tie by key; what leaves a qualifier open supports an edge that names it, and makes none beside it."""
    keys: dict[Classes, list[Statement]] = defaultdict(list)
    open_keys: dict[Classes, list[Statement]] = defaultdict(list)
    for statement in group:
        key = classes_of(statement, spec)
        (keys if all(key) else open_keys)[key].append(statement)
    for key in sorted(open_keys, key=lambda key: (-sum(map(bool, key)), key)):
        filled = _filled(key, spec)
        fitting = sorted(full for full in keys if _fits(key, full))
        if not fitting or filled in fitting:
            keys[filled] += open_keys[key]
            continue
        spans = {full: _span(keys[full]) for full in fitting}
        for statement in open_keys[key]:
            keys[_closest(statement, spans)].append(statement)
    return keys


def _fits(one: Classes, other: Classes) -> bool:
    return all(not a or not b or a == b for a, b in zip(one, other, strict=True))


def _filled(key: Classes, spec: EdgeKind) -> Classes:
    """A key in which what is open stands for the usual class: who takes part in a network is a member."""
    return tuple(own or spec.class_of(name, str(spec.unknown_joins.get(name, ""))) for name, own in zip(spec.key, key, strict=True))


def _span(statements: Iterable[Statement]) -> tuple[str, str]:
    """The first and the last day that these statements know of; "" where they know none."""
    dates = [stated_dates(statement) for statement in statements]
    first = min((first_day(since) for since, _ in dates if since), default="")
    return first, max((last_day(until) for _, until in dates if until), default="")


def _closest(statement: Statement, spans: Mapping[Classes, tuple[str, str]]) -> Classes:
    """The key whose days cover the statement's; else the last that had begun by then; else the first."""
    since, until = stated_dates(statement)
    day = first_day(since) or last_day(until) or last_day(statement.observed) or "9999"
    begun = [key for key in sorted(spans) if spans[key][0] <= day]
    covering = [key for key in begun if not spans[key][1] or day <= spans[key][1]]
    if not begun:
        return min(spans, key=lambda key: (spans[key], key))
    return max(covering or begun, key=lambda key: spans[key][0])
