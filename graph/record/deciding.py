"""Say what a person's word does to what sources state: it stands beside them, outweighs them, and can be taken back.

Nothing here forgets a statement. A word that is taken back is a statement that is gone, so the record is as if it had never been said.
"""

from collections import defaultdict
from collections.abc import Iterable

from graph.model import ACCEPTED, CORRECTED, DECIDED, REJECTED, SAME_AS, WRONG, Statement, Value

REVIEWED = frozenset({ACCEPTED, REJECTED, CORRECTED})
"""What a person made of a proposal; a corrected one is what stood there before a person put another in its place."""
WITHHELD = frozenset({REJECTED, CORRECTED})
WORDS = frozenset({DECIDED, WRONG})
Proposed = tuple[str, str, str, str, str]


def is_word(statement: Statement) -> bool:
    """Whether it is a person's own word on a fact, which outweighs what sources say."""
    return statement.verdict in WORDS


def makes_fact(statement: Statement) -> bool:
    """Whether it states that its node or edge is; a word on one value, a denial and a judgement presuppose it."""
    return statement.verdict != WRONG and not (statement.verdict == DECIDED and statement.property) and statement.property != SAME_AS


def held_back(statements: Iterable[Statement]) -> frozenset[str]:
    """The ids of statements that are kept and projected nowhere.

    Where a person has reviewed what a source says in one place of the record, only what was reviewed counts: what was rejected or
    corrected is held back, so is the same fact from that source as a loader states it, and what was accepted before it was rejected.
    """
    proposed: dict[Proposed, list[Statement]] = defaultdict(list)
    reviewed: set[Proposed] = set()
    for statement in statements:
        key = (statement.source, statement.kind, statement.subject, statement.object, statement.property)
        proposed[key].append(statement)
        if statement.verdict in REVIEWED:
            reviewed.add(key)
    return frozenset(statement.id for key in reviewed for statement in _held_back(proposed[key]))


def _held_back(group: list[Statement]) -> list[Statement]:
    rejected = max((statement.decided for statement in group if statement.verdict == REJECTED), default=None)
    return [statement for statement in group if statement.verdict in WITHHELD or not statement.verdict
            or (statement.verdict == ACCEPTED and rejected is not None and statement.decided <= rejected)]


def stands(group: Iterable[Statement]) -> bool:
    """Whether anyone states this node or edge, and no person has the last word that it is not so."""
    said = list(group)
    words = [statement for statement in said if is_word(statement) and not statement.property]
    return any(map(makes_fact, said)) and not (words and max(words, key=_when).verdict == WRONG)


def denied_values(statements: Iterable[Statement]) -> frozenset[tuple[str, Value]]:
    """The (property, value) pairs of which the last word is that they are not so."""
    last: dict[tuple[str, Value], Statement] = {}
    for statement in statements:
        key = (statement.property, statement.value)
        if statement.property and is_word(statement) and (key not in last or _when(statement) > _when(last[key])):
            last[key] = statement
    return frozenset(key for key, statement in last.items() if statement.verdict == WRONG)


def _when(statement: Statement) -> tuple[str, str]:
    return statement.decided, statement.id
