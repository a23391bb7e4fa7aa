"""Weigh statements against each other: which value is shown, which values contradict, which sources are independent.

Apart from assembling, because screens and answers ask the same of statements that they have read.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from graph.model import DECIDED, SAME_AS, TIERS, WRONG, Source, Statement, Value, dates_agree, first_day, last_day
from graph.record.deciding import denied_values
from graph.schema import Schema

NOWHERE = Source("")
STAGES: Mapping[str, int] = {"announced": 0, "negotiating": 1, "signed": 2, "in force": 2, "ended": 3}
"""A status grows: what is announced one day and signed later is no conflict; what is in force was signed."""
NEVER_DISPUTED = frozenset({"", "name", "aliases", "role", "founder"})
"""Names have no right one, and roles of one class are told together ("founder" and "member")."""
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?")
Said = tuple[Value, Statement]
Weight = tuple[str, bool, int, str]
PERSONAL = frozenset({"project", "own_knowledge"})
"""Tiers of what people judge or know themselves: they count as a source only where nobody else speaks."""


def day_of(statement: Statement, sources: Mapping[str, Source]) -> str:
    """The day that a statement speaks of: its own, else its source's; "" if neither is known.

    The date of a copy says when it was copied, so it counts for nothing.
    """
    source = sources.get(statement.source, NOWHERE)
    return statement.observed or ("" if source.tier == "copy" else source.date)


def weight(statement: Statement, sources: Mapping[str, Source]) -> Weight:
    """What orders statements, the strongest largest: a person's word (the last one most), stated, tier (copies last), newest day."""
    tier = sources.get(statement.source, NOWHERE).tier
    rank = TIERS.index(tier if tier in TIERS else "other")
    word = statement.decided if statement.verdict == DECIDED else ""
    return (word, statement.confidence == "stated", -rank, day_of(statement, sources))


def strongest(candidates: Iterable[Said], sources: Mapping[str, Source]) -> Said:
    """The value of most weight, the finer one of two equals, with who says it."""
    return max(candidates, key=lambda said: (weight(said[1], sources), len(str(said[0])) if is_date(said[0]) else 0, repr(said[0])))


def best(candidates: Sequence[Said], sources: Mapping[str, Source]) -> Value:
    """The value to show: the strongest, but a date in the finest form that agrees with it (no inferred one for a stated)."""
    if len(candidates) == 1:
        return candidates[0][0]
    chosen, speaker = strongest(candidates, sources)
    if speaker.confidence == "stated":
        candidates = [said for said in candidates if said[1].confidence == "stated"]
    while finer := [said for said in candidates if is_date(chosen) and _within(said[0], str(chosen))]:
        chosen, _ = strongest(finer, sources)
    return chosen


def best_status(candidates: Sequence[Said], sources: Mapping[str, Source], schema: Schema) -> Said:
    """The status to show, with who says it: a person's word, the furthest where one grew out of the other, else the strongest."""
    if is_disputed("status", candidates, schema) or any(statement.verdict == DECIDED for _, statement in candidates):
        return strongest(candidates, sources)
    furthest = max(_stage(value) for value, _ in candidates)
    return strongest([said for said in candidates if _stage(said[0]) == furthest], sources)


def values_agree(property: str, one: Value, other: Value, schema: Schema) -> bool:
    """Whether two values of a property can both be true; a coarser one agrees with a finer."""
    if one == other or property in NEVER_DISPUTED or property.startswith("name_") or not schema.compares(property):
        return True
    if isinstance(one, tuple) or isinstance(other, tuple):
        return True
    if is_date(one) and is_date(other):
        return dates_agree(str(one), str(other))
    if isinstance(one, float) or isinstance(other, float):
        return _numbers_agree(one, other)
    if isinstance(one, str) and isinstance(other, str):
        a, b = f" {_words(one)} ", f" {_words(other)} "
        return a in b or b in a
    return False


def is_disputed(name: str, said: Iterable[Said], schema: Schema) -> bool:
    """Whether any two of these values of one property contradict each other."""
    if name in NEVER_DISPUTED or name.startswith("name_") or not schema.compares(name):
        return False
    if name == "status":
        return _status_disputed(list(said))
    different = list(dict.fromkeys(value for value, _ in said))
    return any(not values_agree(name, one, other, schema) for i, one in enumerate(different) for other in different[i + 1:])


def stated_values(statement: Statement) -> list[tuple[str, Value]]:
    """The values that a statement gives: its property, or its qualifiers; none where it denies or judges."""
    if statement.verdict == WRONG or statement.property == SAME_AS:
        return []
    if statement.object and not statement.property:
        return [(name, value) for name, value in statement.qualifiers.items() if value != ""]
    return [(statement.property, statement.value)] if statement.property else []


def by_name(statements: Iterable[Statement]) -> dict[str, list[Said]]:
    """Who says what, by the name of the property or qualifier; what a person calls wrong is left out."""
    said = list(statements)
    denied = denied_values(said)
    found: dict[str, list[Said]] = defaultdict(list)
    for statement in said:
        for name, value in stated_values(statement):
            if (name, value) not in denied:
                found[name].append((value, statement))
    return found


def independent_sources(statements: Iterable[Statement], sources: Mapping[str, Source]) -> int:
    """How many say it independently: a copy or a register counts as whose text it holds, pages of one publisher count once,
    and what people judge or know themselves counts only where nobody else speaks."""
    found = [sources.get(id) or Source(id) for id in {statement.source for statement in statements if statement.verdict != WRONG}]
    origins = {_origin(source) for source in found if source.tier not in PERSONAL}
    return len(origins) or min(1, len(found))


def is_date(value: Value) -> bool:
    """Whether a value is a date or an interval of two."""
    return isinstance(value, str) and DATE.fullmatch(value) is not None


def _origin(source: Source) -> str:
    """Whose text it is: "Wikipedia (en), machine translation" and the publisher "Wikipedia" are one."""
    if source.origin:
        return _words(re.split(r"[(,]", source.origin)[0]) or _words(source.origin)
    return _words(source.publisher.split("(")[0]) or source.id


def _status_disputed(said: Sequence[Said]) -> bool:
    """Whether one says less than another without being certainly older."""
    steps = {(_stage(value), statement.observed) for value, statement in said}
    return any(lower < higher and not (day and later and last_day(day) < first_day(later))
               for lower, day in steps for higher, later in steps)


def _stage(value: Value) -> int:
    return STAGES.get(str(value).replace("_", " "), -1)


def _within(value: Value, coarse: str) -> bool:
    if not is_date(value) or value == coarse:
        return False
    first, last = first_day(str(value)), last_day(str(value))
    span = (first_day(coarse), last_day(coarse))
    return span[0] <= first and last <= span[1] and (first, last) != span


def _numbers_agree(one: Value, other: Value) -> bool:
    """Whether two numbers are the same as far as the shorter one goes: 45.46 and 45.4642."""
    if isinstance(one, str) or isinstance(other, str):
        return False
    places = min(len(str(number).partition(".")[2]) for number in (one, other))
    return abs(float(one) - float(other)) < 10.0 ** -places  # type: ignore[arg-type]


@lru_cache(4096)
def _words(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return " ".join(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)).casefold()))
