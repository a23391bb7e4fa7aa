"""Find room for newcomers around one node while everything else stays; apart from the layouts, which move all."""

import math
from collections.abc import Mapping, Sequence

from graph.model import Subgraph

Point = tuple[float, float]
FIRST, STEP, APART = 130.0, 75.0, 78.0


def rings(positions: Mapping[str, Point], subgraph: Subgraph, missing: Sequence[str], anchor: str) -> dict[str, Point]:
    """A place for each of `missing`, none nearer than APART to another node; alike kinds side by side."""
    centre = positions.get(anchor) or _middle(positions)
    taken = list(positions.values())
    kinds = {node.id: node.kind for node in subgraph.nodes}
    ties = _ties(subgraph)
    away = _away(centre, taken)
    found: dict[str, Point] = {}
    for id in sorted(missing, key=lambda new: (kinds.get(new, ""), new)):
        if anchor not in positions and not taken:
            point = centre
        else:
            others = sorted(ties.get(id, set()) - {anchor})
            friends = [known for other in others if (known := positions.get(other) or found.get(other))]
            point = _free(centre, taken, friends, away)
        found[id] = point
        taken.append(point)
    return found


def _middle(positions: Mapping[str, Point]) -> Point:
    if not positions:
        return (0.0, 0.0)
    xs, ys = zip(*positions.values(), strict=True)
    return (sum(xs) / len(xs), sum(ys) / len(ys))


def _ties(subgraph: Subgraph) -> dict[str, set[str]]:
    ties: dict[str, set[str]] = {}
    for edge in subgraph.edges:
        ties.setdefault(edge.source, set()).add(edge.target)
        ties.setdefault(edge.target, set()).add(edge.source)
    return ties


def _away(centre: Point, taken: Sequence[Point]) -> float:
    """The direction, as an angle, that leads out of the crowd."""
    x = sum(centre[0] - other[0] for other in taken)
    y = sum(centre[1] - other[1] for other in taken)
    return math.atan2(y, x) if (x, y) != (0, 0) else -math.pi / 2


def _free(centre: Point, taken: Sequence[Point], friends: Sequence[Point], away: float) -> Point:
    """The best free slot on the innermost rings: out of the crowd, and near others that it is tied to."""
    ring, best, cheapest = 0, centre, math.inf
    while ring < 3 or cheapest == math.inf:
        radius = FIRST + STEP * ring
        slots = max(8, int(2 * math.pi * radius / (APART * 1.08)))
        for slot in range(slots):
            angle = away + 2 * math.pi * (slot + (ring % 2) / 2) / slots
            point = (round(centre[0] + radius * math.cos(angle), 2), round(centre[1] + radius * math.sin(angle), 2))
            if any(math.dist(point, other) < APART for other in taken):
                continue
            turn = abs(math.remainder(angle - away, 2 * math.pi)) / math.pi
            cost = ring + 0.8 * turn + sum(math.dist(point, friend) for friend in friends) / max(1, len(friends)) / 400
            if cost < cheapest - 1e-9:
                best, cheapest = point, cost
        ring += 1
    return best
