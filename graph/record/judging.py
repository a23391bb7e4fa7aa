"""Weigh statements against each other: which value is shown, which values contradict, which sources are independent."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.model import TIERS, Source, Statement, Value, dates_agree
from graph.schema import Schema

NOWHERE = Source("")
LANGUAGE_FREE = ("name", "aliases")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values of one property of one node or edge that cannot all be true, the shown one first, each with who says it."""

    about: str
    property: str
    values: tuple[tuple[Value, tuple[Statement, ...]], ...]


def weight(statement: Statement, sources: Mapping[str, Source]) -> tuple[bool, bool, int, str, str]:
    """What orders statements, the strongest largest: stated, no copy, tier, day, and the id so that the order is fixed."""
    source = sources.get(statement.source, NOWHERE)
    tier = TIERS.index(source.tier) if source.tier in TIERS else len(TIERS)
    return (statement.confidence == "stated", source.tier != "copy", -tier, statement.observed or source.date, statement.id)


def day_of(statement: Statement, sources: Mapping[str, Source]) -> str:
    """The day that a statement speaks of: its own, else its source's; "" if neither is known."""
    return statement.observed or sources.get(statement.source, NOWHERE).date


def best(candidates: Sequence[tuple[Value, Statement]], sources: Mapping[str, Source]) -> Value:
    """The value to show: of the strongest statement, but in the finest form that agrees with it."""
    chosen, _ = max(candidates, key=lambda pair: weight(pair[1], sources))
    if isinstance(chosen, str) and _is_date(chosen):
        finer = [value for value, _ in candidates if isinstance(value, str) and _is_date(value) and value.startswith(chosen)]
        return max(finer, key=lambda value: (len(value), value), default=chosen) if _all_agree(finer) else chosen
    return chosen


def values_agree(property: str, one: Value, other: Value, schema: Schema) -> bool:
    """Whether two values of a property can both be true."""
    if one == other or not schema.compares(property) or property.startswith("name"):
        return True
    if isinstance(one, str) and isinstance(other, str):
        if _is_date(one) and _is_date(other):
            return dates_agree(one, other)
        a, b = _folded(one), _folded(other)
        return a in b or b in a
    return isinstance(one, tuple) or isinstance(other, tuple)


def conflicts(statements: Iterable[Statement], sources: Mapping[str, Source], schema: Schema) -> tuple[Conflict, ...]:
    """All conflicts among assembled statements (`about` set), by what they are about and property."""
    by_property: dict[tuple[str, str], list[tuple[Value, Statement]]] = defaultdict(list)
    for statement in statements:
        for name, value in stated_values(statement):
            by_property[statement.about, name].append((value, statement))
    found = []
    for (about, name), pairs in sorted(by_property.items()):
        if is_disputed(name, [value for value, _ in pairs], schema):
            found.append(Conflict(about, name, _grouped(pairs, sources)))
    return tuple(found)


def stated_values(statement: Statement) -> list[tuple[str, Value]]:
    """The values that a statement gives: its property, or its qualifiers; names are no values to compare."""
    if statement.object:
        return [(name, value) for name, value in statement.qualifiers.items() if value != ""]
    named = statement.property and statement.property not in LANGUAGE_FREE and not statement.property.startswith("name_")
    return [(statement.property, statement.value)] if named else []


def is_disputed(name: str, values: Iterable[Value], schema: Schema) -> bool:
    """Whether any two of these values contradict each other. Roles within one key are of one class and agree."""
    if name in ("role", "founder", "relation"):
        return False
    different = list(dict.fromkeys(values))
    return any(not values_agree(name, one, other, schema) for i, one in enumerate(different) for other in different[i + 1:])


def independent_sources(statements: Iterable[Statement], sources: Mapping[str, Source]) -> int:
    """How many say it independently: copies and registers count as whose text they hold, pages of one publisher once."""
    found = (sources.get(statement.source, Source(statement.source)) for statement in statements)
    return len({_folded(source.origin or source.publisher or source.id) for source in found})


def _grouped(pairs: Sequence[tuple[Value, Statement]], sources: Mapping[str, Source]) -> tuple[tuple[Value, tuple[Statement, ...]], ...]:
    by_value: dict[Value, list[Statement]] = defaultdict(list)
    for value, statement in sorted(pairs, key=lambda pair: weight(pair[1], sources), reverse=True):
        by_value[value].append(statement)
    return tuple((value, tuple(who)) for value, who in by_value.items())


def _is_date(text: str) -> bool:
    return text[:4].isdigit() and len(text) in (4, 7, 10) and all(part.isdigit() for part in text.split("-"))


def _all_agree(dates: Sequence[str]) -> bool:
    return all(dates_agree(one, other) for one in dates for other in dates)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())
