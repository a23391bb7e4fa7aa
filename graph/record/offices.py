"""Settle who holds an office that only one can hold: a later holder's beginning ends the earlier one's term."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.model import Edge, Source, Statement, Value, first_day, last_day
from graph.record.days import day_before
from graph.record.projecting import confirms
from graph.schema import Schema

Term = tuple[Edge, Sequence[Statement]]


@dataclass(frozen=True, slots=True)
class Holder:
    """One term in an office: its edge, who states it, the first day known of it (begun or seen), the last day it was seen."""

    edge: Edge
    statements: Sequence[Statement]
    first: str
    seen: str

    @property
    def acting(self) -> bool:
        """Whether it fills a gap: then it ends nobody's term."""
        return bool(self.edge.properties.get("acting"))

    @property
    def open(self) -> bool:
        """Whether nobody states its end."""
        return not self.edge.text("until_stated") and not self.edge.properties.get("former")

    def ends(self, earlier: "Holder") -> bool:
        """Whether it ends an earlier term: by its stated beginning; by what is inferred, or by the first day seen in office,
        only where the earlier holder was not seen after that."""
        begun, inferred = self.edge.text("since"), bool(self.edge.properties.get("inferred"))
        return bool(begun and not inferred) or (bool(begun or not inferred) and earlier.seen < self.first)


def settled(terms: Sequence[Term], sources: Mapping[str, Source], schema: Schema) -> list[Edge]:
    """The edges, with the ends of single-holder offices derived, and both marked as disputed where two terms clash."""
    changed: dict[str, Edge] = {}
    for holders in offices(terms, sources, schema):
        disputed: dict[str, set[str]] = defaultdict(set)
        for earlier, later in clashes(holders):
            disputed[earlier.edge.id].add("until")
            disputed[later.edge.id].add("since")
        for holder, successor in with_successors(holders):
            changed[holder.edge.id] = _disputing(_ended(holder, successor), disputed[holder.edge.id])
    return [changed.get(edge.id, edge) for edge, _ in terms]


def offices(terms: Iterable[Term], sources: Mapping[str, Source], schema: Schema) -> list[list[Holder]]:
    """The holders of each single-holder office, in the order in which they are known to have begun; those without a date left out."""
    found: dict[tuple[str, str], list[Holder]] = defaultdict(list)
    for edge, statements in terms:
        condition = schema.edges[edge.kind].single_holder
        if not condition or any(edge.properties.get(name) != value for name, value in condition.items()):
            continue
        days = [first_day(day) for statement in statements if (day := confirms(statement, sources))]
        first = edge.text("since") or min(days, default="")
        if first:
            found[edge.kind, edge.target].append(Holder(edge, statements, first, max(days, default="")))
    return [sorted(holders, key=lambda holder: (holder.first, holder.edge.id)) for _, holders in sorted(found.items())]


def with_successors(holders: Sequence[Holder]) -> list[tuple[Holder, Holder | None]]:
    """Each holder with the first of those who began later and end its term."""
    regular = [holder for holder in holders if not holder.acting]
    firsts = [holder.first for holder in regular]
    found: list[tuple[Holder, Holder | None]] = []
    for holder in holders:
        start = bisect_right(firsts, holder.first)
        found.append((holder, next((regular[i] for i in range(start, len(regular)) if regular[i].ends(holder)), None)))
    return found


def clashes(holders: Sequence[Holder]) -> list[tuple[Holder, Holder]]:
    """Pairs that cannot both be true: the later one certainly began before the earlier one's stated end, or before the day
    on which the earlier one was last seen."""
    found = []
    longest: Holder | None = None
    for holder in holders:
        if holder.acting:
            continue
        begun, end = last_day(holder.edge.text("since_stated")), _stated_end(holder)
        if longest and begun and begun < _stated_end(longest):
            found.append((longest, holder))
        if end and (longest is None or end > _stated_end(longest)):
            longest = holder
    for holder, later in with_successors(holders):
        if later and holder.open and holder.seen > (last_day(later.edge.text("since_stated")) or later.first):
            found.append((holder, later))
    return found


def _stated_end(holder: Holder) -> str:
    """The earliest day that the stated end can mean."""
    return first_day(holder.edge.text("until_stated"))


def _ended(holder: Holder, later: Holder | None) -> Edge:
    """The edge, ended the day before its successor's first; a stated year or month of the end is narrowed to it."""
    edge = holder.edge
    if later is None:
        return edge
    end, earliest = day_before(later.first), _stated_end(holder)
    if holder.open:
        derived: dict[str, Value] = {**edge.properties, "until": end, "until_derived": True}
        return replace(edge, properties=derived)
    begun = last_day(later.edge.text("since_stated")) or later.first
    if earliest and earliest <= begun and end < edge.text("until"):
        return replace(edge, properties={**edge.properties, "until": max(end, earliest)})
    return edge


def _disputing(edge: Edge, names: Iterable[str]) -> Edge:
    before = edge.properties.get("disputed", ())
    every = {*names, *(before if isinstance(before, tuple) else ())}
    return replace(edge, properties={**edge.properties, "disputed": tuple(sorted(every))}) if every else edge
