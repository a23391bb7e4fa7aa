"""Place two nodes left and right and what joins them between; the picture of every path and of “what connects us?”.

Three parts, each readable at a glance. The *bridge*: whatever lies on a way from one to the other, in columns by how
far along it is; in the middle column networks above, agreements below. The *branches*: what hangs on the bridge
without bridging (the sectors of an agreement), in rows above and below. The *sides*: what belongs to one of
the two alone, outside of it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.model import Node, Subgraph

Point = tuple[float, float]
Ties = Mapping[str, set[str]]
ROW, COLUMN, LANE = 68.0, 190.0, 210.0
HIGH = 13
AIRY = 1.7
"""How much further apart the rows beside the bridge may be than its own."""
ASPECT = 1.6
OUTWARDS = 1.5
BANDS = {"Event": 0, "Network": 1, "Organisation": 2, "Country": 3, "Region": 3, "Place": 3, "Leader": 4, "Agreement": 5, "Sector": 6}


@dataclass
class _Parts:
    """Which nodes go where; `lanes` by how far along they are, -1 (first end) … 1 (second); `detours` are those of the
    bridge that lie on no shortest way."""

    lanes: dict[float, list[str]] = field(default_factory=dict)
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    left: dict[int, list[str]] = field(default_factory=dict)
    right: dict[int, list[str]] = field(default_factory=dict)
    loose: list[str] = field(default_factory=list)
    detours: set[str] = field(default_factory=set)


def between(subgraph: Subgraph, first: str, second: str) -> dict[str, Point] | None:
    """Positions with `first` left and `second` right; None where no way leads from one to the other."""
    nodes, ties = subgraph.by_id(), _ties(subgraph)
    near, far = _steps(ties, first), _steps(ties, second)
    if second not in near:
        return None
    parts = _sort(nodes, ties, near, far, near[second])
    direct = second in ties[first]
    found = _lanes(parts, nodes, ties, direct)
    width = _half_width(parts, found)
    found |= {first: (-width, 0.0), second: (width, 0.0)}
    _spread(parts, ties, found, width)
    _sides(parts, nodes, ties, found, (first, second))
    _step_aside(subgraph, found, parts)
    _rows(parts, nodes, ties, found)
    return _widened(_beneath(parts, found))


def _ties(subgraph: Subgraph) -> dict[str, set[str]]:
    ties: dict[str, set[str]] = {node.id: set() for node in subgraph.nodes}
    for edge in subgraph.edges:
        if edge.source != edge.target:
            ties[edge.source].add(edge.target)
            ties[edge.target].add(edge.source)
    return ties


def _steps(ties: Ties, start: str) -> dict[str, int]:
    """How many steps each node is from `start`."""
    steps, wave = {start: 0}, [start]
    while wave:
        wave = sorted({other for id in wave for other in ties[id]} - set(steps))
        steps |= {id: steps[wave_from] + 1 for id in wave for wave_from in [min(ties[id] & set(steps), key=lambda o: (steps[o], o))]}
    return steps


def _sort(nodes: Mapping[str, Node], ties: Ties, near: Mapping[str, int], far: Mapping[str, int], apart: int) -> _Parts:
    parts = _Parts()
    for id in sorted(nodes):
        if id not in near:
            parts.loose.append(id)
        elif near[id] and far[id]:
            _sort_one(parts, id, near[id], far[id], apart, ties)
    _lower_sectors(parts, nodes)
    _branch(parts, nodes, ties)
    return parts


def _lower_sectors(parts: _Parts, nodes: Mapping[str, Node]) -> None:
    """Sectors leave the bridge for the rows below it, unless they alone are the bridge."""
    bridge = [id for ids in parts.lanes.values() for id in ids]
    if any(nodes[id].kind != "Sector" for id in bridge):
        parts.above += [id for id in bridge if nodes[id].kind == "Sector"]
        kept = {lane: [id for id in ids if nodes[id].kind != "Sector"] for lane, ids in parts.lanes.items()}
        parts.lanes = {lane: ids for lane, ids in kept.items() if ids}


def _sort_one(parts: _Parts, id: str, near: int, far: int, apart: int, ties: Ties) -> None:
    if far >= near + apart:
        parts.left.setdefault(near, []).append(id)
    elif near >= far + apart:
        parts.right.setdefault(far, []).append(id)
    elif near + far > apart + 1 or (near + far > apart and near > 1 and far > 1) or len(ties[id]) < 2:
        parts.above.append(id)
    else:
        detour = near + far > apart
        parts.detours |= {id} if detour else set()
        parts.lanes.setdefault(round((near - far) / (near + far) * (OUTWARDS if detour else 1.0), 3), []).append(id)


def _branch(parts: _Parts, nodes: Mapping[str, Node], ties: Ties) -> None:
    """Branches of agreements and meetings go below, the others stay above."""
    low = {id for id, node in nodes.items() if node.kind in ("Agreement", "Event")}
    every = parts.above
    parts.below = [id for id in every if nodes[id].kind == "Sector" or ties[id] & low]
    parts.above = [id for id in every if id not in set(parts.below)]


def _band(node: Node) -> int:
    return BANDS.get(node.kind, 3)


def _lanes(parts: _Parts, nodes: Mapping[str, Node], ties: Ties, direct: bool) -> dict[str, Point]:
    """The bridge in columns; a long column is set in two or three, offset by half a row like bricks."""
    tall = max((len(ids) for ids in parts.lanes.values()), default=0)
    found: dict[str, Point] = {}
    for lane in sorted(parts.lanes, key=lambda lane: (-len(parts.lanes[lane]), abs(lane), lane)):
        ids = _ordered(parts.lanes[lane], nodes, ties, found)
        columns = max(1, math.ceil(len(ids) / max(HIGH, math.ceil(tall / 3))))
        heights = _heights([nodes[id] for id in ids], columns, direct)
        for number, id in enumerate(ids):
            shift = (number % columns - (columns - 1) / 2) * COLUMN
            found[id] = (lane * LANE * 3 + shift, heights[number])
    return found


def _heights(column: Sequence[Node], columns: int, direct: bool) -> list[float]:
    """Heights of a column around 0, with a gap between kinds and more room for agreements, whose names are long and
    dated; where a direct line joins the ends, no node lies on it."""
    pitch = ROW / columns
    heights, y = [], 0.0
    for number, node in enumerate(column):
        before = column[number - 1] if number else node
        y += pitch * ((number > 0) + 0.3 * (_band(before) != _band(node)) + 0.3 * (before is not node and node.kind == "Agreement"))
        heights.append(y)
    middle = y / 2 + (pitch / 2 if direct and len(column) % 2 else 0.0)
    return [height - middle for height in heights]


def _ordered(ids: Sequence[str], nodes: Mapping[str, Node], ties: Ties, found: Mapping[str, Point]) -> list[str]:
    """By band, then beside what they are tied to, then the most tied, then by name."""
    def key(id: str) -> tuple[float, float, int, str]:
        heights = [found[other][1] for other in ties[id] if other in found]
        weight = len(ties[id]) if nodes[id].kind == "Agreement" else -len(ties[id])  # branches hang under the last agreement
        return (_band(nodes[id]), sum(heights) / len(heights) if heights else 0.0, weight, nodes[id].name)
    return sorted(ids, key=key)


def _half_width(parts: _Parts, found: Mapping[str, Point]) -> float:
    """Far enough apart that the whole is about as wide as a page, and no line steep."""
    height = 2 * max((y for _, y in found.values()), default=0.0) + 220.0 * (bool(parts.above) + bool(parts.below))
    outside = LANE * (bool(parts.left) + bool(parts.right))
    return max(max((abs(x) for x, _ in found.values()), default=0.0) + LANE, (height * ASPECT - outside) / 2, 330.0)


def _spread(parts: _Parts, ties: Ties, found: dict[str, Point], width: float) -> None:
    """Outer lanes take their share of the width, and each of their nodes the height of what it is tied to."""
    middle = set(parts.lanes.get(0.0, ()))
    for lane, ids in sorted(parts.lanes.items()):
        for id in ids:
            x, y = found[id]
            heights = [found[other][1] for other in ties[id] if other in middle]
            target = sum(heights) / len(heights) * (1 - abs(lane)) if heights else y
            outwards = 0.0 if id not in parts.detours else 60.0 if target >= 0 else -60.0
            if lane:
                found[id] = (lane * width + x - lane * LANE * 3, target + outwards + y if middle else y)


def _rows(parts: _Parts, nodes: Mapping[str, Node], ties: Ties, found: dict[str, Point]) -> None:
    """The branches in shallow arcs over and under the bridge, each near what it hangs on."""
    width = 2 * max(abs(x) for x, _ in found.values()) + 60.0
    for ids, side in ((parts.below, 1), (parts.above, -1)):
        edge = max((side * y for _, y in found.values()), default=0.0)
        across = max(1, int(width * 0.92 / 118.0))
        lines = math.ceil(len(ids) / across)
        ranked = sorted(ids, key=lambda branch: (_mean_x(branch, ties, found), nodes[branch].kind, nodes[branch].name))
        placed = {}
        for number, id in enumerate(ranked):
            line, slot = number % max(1, lines), number // max(1, lines)
            count = math.ceil((len(ids) - line) / max(1, lines))
            pitch = min(width * 0.92 / (count + (lines > 1) / 2), 190.0)
            x = (slot - (count - 1) / 2 + (lines > 1) * (line % 2 - 0.5) * 0.5 * (len(ids) % 2 == 0)) * pitch
            bow = 46.0 * (1 - (2 * x / width) ** 2)
            placed[id] = (x, side * (edge + 105.0 + line * 78.0 + bow))
        found.update(placed)


def _mean_x(id: str, ties: Ties, found: Mapping[str, Point]) -> float:
    xs = [found[other][0] for other in ties[id] if other in found]
    return round(sum(xs) / len(xs), 3) if xs else 0.0


def _sides(parts: _Parts, nodes: Mapping[str, Node], ties: Ties, found: dict[str, Point], ends: tuple[str, str]) -> None:
    """What belongs to one end alone, in arcs outside of it, step by step; as high as the bridge, so that there is room for names."""
    heights = [y for _, y in found.values()]
    high = max(heights) - min(heights)
    for end, groups, side in ((ends[0], parts.left, -1), (ends[1], parts.right, 1)):
        outer = found[end][0]
        for step in sorted(groups):
            ids = _ordered(groups[step], nodes, ties, found)
            columns = math.ceil(len(ids) / (HIGH + 3))
            pitch = min(max(high / max(1, len(ids) - 1), ROW / columns), ROW * AIRY / columns)
            for number, id in enumerate(ids):
                y = (number - (len(ids) - 1) / 2) * pitch
                bulge = 60.0 * (1 - (2 * number / max(1, len(ids) - 1) - 1) ** 2) if len(ids) > 2 else 0.0
                found[id] = (outer + side * (LANE * 0.85 + bulge + (number % columns) * COLUMN), y)
            outer = side * max(side * found[id][0] for id in ids)


def _step_aside(subgraph: Subgraph, found: dict[str, Point], parts: _Parts) -> None:
    """Move a bridging node up or down where a line that is not its own runs through it."""
    lines = [(edge.source, edge.target) for edge in subgraph.edges if edge.source in found and edge.target in found]
    middle = set(parts.lanes.get(0.0, ()))
    for id in sorted(id for ids in parts.lanes.values() for id in ids if id not in middle):
        x, y = found[id]
        others = [point for other, point in found.items() if other != id]
        foreign = [(found[a], found[b]) for a, b in lines if id not in (a, b)]
        def cost(shift: float, x: float = x, y: float = y, others: list[Point] = others,
                 foreign: list[tuple[Point, Point]] = foreign) -> tuple[float, float, float]:
            here = (x, y + shift)
            crowd = sum(abs(o[0] - x) < 150 and abs(o[1] - here[1]) < 58 for o in others)
            return (crowd * 3 + sum(_distance(here, *line) < 30 for line in foreign), abs(shift), shift)
        found[id] = (x, y + min((step * 18.0 for step in range(-9, 10)), key=cost))


def _distance(point: Point, start: Point, end: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    along = max(0.0, min(1.0, ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / (dx * dx + dy * dy or 1.0)))
    return math.hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)


def _beneath(parts: _Parts, found: dict[str, Point]) -> dict[str, Point]:
    """What nothing joins to either end, in rows under the rest."""
    width = max(x for x, _ in found.values()) - min(x for x, _ in found.values())
    across = max(1, int(width / 130.0))
    floor = max(y for _, y in found.values()) + 130.0
    for number, id in enumerate(parts.loose):
        row, slot = divmod(number, across)
        count = min(across, len(parts.loose) - row * across)
        found[id] = ((slot - (count - 1) / 2) * 130.0, floor + row * ROW)
    return found


def _widened(found: Mapping[str, Point]) -> dict[str, Point]:
    """The same, drawn out sideways or in height where it would leave much of a page empty."""
    xs, ys = zip(*found.values(), strict=True)
    width, height = max(max(xs) - min(xs), 1.0), max(max(ys) - min(ys), 1.0)
    across, down = min(max(height * ASPECT / width, 1.0), 1.35), min(max(width / height / ASPECT, 1.0), 1.7)
    return {id: (round(found[id][0] * across, 2), round(found[id][1] * down, 2)) for id in sorted(found)}
