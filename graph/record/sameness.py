"""Tell which nodes a person has judged to be one: a judgement is a statement, so merging is projection and can be taken back."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.model import NEGATIVE, POSITIVE, SAME_AS, UNSURE, Statement

JUDGEMENTS = frozenset({POSITIVE, NEGATIVE, UNSURE})
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sameness:
    """Which node stands for which: `stands_for` gives the canonical id of each node that was merged into another."""

    stands_for: Mapping[str, str] = field(default_factory=dict)
    merged: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, id: str) -> str:
        """The id under which a node is shown."""
        return self.stands_for.get(id, id)

    def all_of(self, id: str) -> frozenset[str]:
        """All ids of which the node is made, its own among them."""
        return self.merged.get(self.of(id), frozenset({id}))


APART = Sameness()
"""Where nobody has judged that two are one."""


def pair_of(judgement: Statement) -> Pair:
    """The two nodes of a judgement, in one order whoever is named first."""
    ends = (judgement.subject, str(judgement.value))
    return min(ends), max(ends)


def in_force(statements: Iterable[Statement]) -> dict[Pair, Statement]:
    """The last judgement on each pair."""
    last: dict[Pair, Statement] = {}
    for statement in statements:
        if statement.property == SAME_AS and statement.verdict in JUDGEMENTS:
            known = last.get(pair_of(statement))
            if known is None or (statement.decided, statement.id) > (known.decided, known.id):
                last[pair_of(statement)] = statement
    return last


def sameness(statements: Iterable[Statement]) -> Sameness:
    """What the judgements among these statements merge, whatever their order.

    A node is merged into the one that the judgement names as its value. Where several chains meet, the node that is merged into no
    other stands for all; of several such, or of none, the one that is named most often, then the first by id.
    """
    positive = [judgement for judgement in in_force(statements).values() if judgement.verdict == POSITIVE and judgement.subject != judgement.value]
    group: dict[str, set[str]] = {}
    for judgement in positive:
        joined = group.get(judgement.subject, {judgement.subject}) | group.get(str(judgement.value), {str(judgement.value)})
        group |= dict.fromkeys(joined, joined)
    named = Counter(str(judgement.value) for judgement in positive)
    subjects = {judgement.subject for judgement in positive}
    stands_for: dict[str, str] = {}
    merged: dict[str, frozenset[str]] = {}
    for members in {frozenset(joined) for joined in group.values()}:
        chosen = min(members, key=lambda node: (node in subjects, -named[node], node))
        merged[chosen] = members
        stands_for |= dict.fromkeys(members - {chosen}, chosen)
    return Sameness(stands_for, merged)
