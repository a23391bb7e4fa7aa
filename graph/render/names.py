"""Find a free place for each name on a page, the important first; apart, because it is geometry and nothing else.

Never over another name, never over a mark, never outside the room; of eight places around a mark the one that
crosses fewest lines. A name that finds none is tried shorter, then left out and counted; what the picture is about is
tried further away before.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from graph.render.type import text_width
from graph.view import SceneEdge, SceneNode

Point = tuple[float, float]
Box = tuple[float, float, float, float]
CELL = 32.0
LEADING = 1.12
SMALL = 0.86
SPOILED = 9.0
"""What it costs to take the place of another name: less than a name's second line, more than half its date."""
CROWD = 120
"""Lines beyond which crossing one counts for less: there are too many to avoid."""
REACH = {"diamond": 1.16, "star": 1.15, "triangle": 1.0, "triangleDown": 1.0, "pentagon": 1.05}


class _Mark(Protocol):
    @property
    def node(self) -> SceneNode: ...
    @property
    def x(self) -> float: ...
    @property
    def y(self) -> float: ...
    @property
    def radius(self) -> float: ...


class _Stroke(Protocol):
    @property
    def edge(self) -> SceneEdge: ...
    @property
    def start(self) -> Point: ...
    @property
    def bend(self) -> Point | None: ...
    @property
    def end(self) -> Point: ...


@dataclass(frozen=True, slots=True)
class Name:
    """A placed name: its lines from the top, the last `small` of them in small muted type. `x` is where `anchor`
    (start, middle, end) says; `box` is what it covers."""

    id: str
    lines: tuple[str, ...]
    small: int
    x: float
    size: float
    bold: bool
    anchor: str
    box: Box


class _Grid:
    """What already lies on the page, by cells, so that only neighbours are compared."""

    def __init__(self) -> None:
        self.boxes: dict[tuple[int, int], list[Box]] = {}
        self.dots: dict[tuple[int, int], list[tuple[float, float, float]]] = {}
        self.wanted: dict[tuple[int, int], list[tuple[str, Box]]] = {}
        self.done: set[str] = set()

    def _cells(self, box: Box) -> Iterator[tuple[int, int]]:
        for column in range(math.floor(box[0] / CELL), math.floor(box[2] / CELL) + 1):
            for row in range(math.floor(box[1] / CELL), math.floor(box[3] / CELL) + 1):
                yield column, row

    def add(self, box: Box) -> None:
        for cell in self._cells(box):
            self.boxes.setdefault(cell, []).append(box)

    def add_line(self, stroke: _Stroke, share: float) -> None:
        weight = 9.0 if stroke.edge.stress else (0.6 + stroke.edge.width * 0.5) * share
        for x, y in _dots(stroke):
            self.dots.setdefault((math.floor(x / CELL), math.floor(y / CELL)), []).append((x, y, weight))

    def want(self, mark: _Mark, size: float) -> None:
        """Note where a name would stand beside a mark, on either side."""
        reach = _reach(mark) + 2 * size
        box = (mark.x - reach, mark.y - size * 0.45, mark.x + reach, mark.y + size * 0.45)
        for cell in self._cells(box):
            self.wanted.setdefault(cell, []).append((mark.node.id, box))

    def free(self, box: Box) -> bool:
        return not any(_overlap(box, other) for cell in self._cells(box) for other in self.boxes.get(cell, ()))

    def spoiled(self, box: Box, own: str) -> int:
        """How many marks that have no name yet would find its usual place taken."""
        return len({id for cell in self._cells(box) for id, other in self.wanted.get(cell, ())
                    if id != own and id not in self.done and _overlap(box, other)})

    def crossed(self, box: Box) -> float:
        return sum(weight for cell in self._cells(box) for x, y, weight in self.dots.get(cell, ())
                   if box[0] < x < box[2] and box[1] < y < box[3])


def _overlap(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def place_names(marks: Sequence[_Mark], strokes: Sequence[_Stroke], room: Box, size: float, most: int) -> tuple[tuple[Name, ...], int]:
    """Names of the nodes, then of stressed lines or of all where there are few; and how many nodes stay without."""
    grid = _Grid()
    for mark in marks:
        reach = _reach(mark)
        grid.add((mark.x - reach, mark.y - reach, mark.x + reach, mark.y + reach))
        if mark.node.lines:
            grid.want(mark, size)
    for stroke in strokes:
        grid.add_line(stroke, min(1.0, CROWD / max(1, len(strokes))))
    names: list[Name] = []
    named = [mark for mark in marks if mark.node.lines]
    for mark in sorted(named, key=lambda mark: (-mark.node.rank, mark.node.id)):
        found = _place(mark, grid, room, size) if len(names) < most else None
        grid.done.add(mark.node.id)
        if found:
            names.append(found)
            grid.add(found.box)
    left_out = len(named) - len(names)
    few = len(strokes) <= 14
    lines = [name for stroke in strokes if few or stroke.edge.stress if (name := _line_name(stroke, grid, room, size))]
    return (*names, *lines), left_out


def _reach(mark: _Mark) -> float:
    """How far the points of a mark stand out from its middle."""
    return mark.radius * REACH.get(mark.node.shape, 1.0)


def _place(mark: _Mark, grid: _Grid, room: Box, size: float) -> Name | None:
    bold = mark.node.focus or mark.node.stress
    large = size * (1.3 if mark.node.focus else 1.0)
    for away in (0.0, 0.6, 1.2, 1.8, 2.4, 3.0) if bold else (0.0,):
        tried = [_best(mark, lines, small, loss, grid, room, large, bold, away) for lines, small, loss in _wordings(mark.node)]
        found = [attempt for attempt in tried if attempt]
        if found:
            return min(found, key=lambda attempt: attempt[0])[1]
    return None


def _wordings(node: SceneNode) -> Iterator[tuple[tuple[str, ...], int, float]]:
    """Lines, how many of them small, and what is lost: the name with its detail, without, on one line, its acronym.

    A name is never cut further to fit: cut in the middle it says less than none.
    """
    whole = (" ".join(node.lines),)
    for lines, loss in {node.lines: 0.0, whole: 0.7}.items():
        if node.detail:
            yield (*lines, node.detail), 1, loss
        yield lines, 0, loss + (60.0 if node.stress else 14.0) * bool(node.detail)
    if node.short and (node.short,) != whole:
        yield (node.short,), 0, 60.0


def _best(mark: _Mark, lines: tuple[str, ...], small: int, loss: float, grid: _Grid, room: Box, size: float,
          bold: bool, away: float) -> tuple[float, Name] | None:
    """The cheapest free place, `away` letter sizes further from the mark than usual."""
    widths = [text_width(line, size * (SMALL if at >= len(lines) - small else 1), bold=bold and at < len(lines) - small)
              for at, line in enumerate(lines)]
    width, height = max(widths), size * (LEADING * len(lines) - 0.12)
    best, cheapest = None, math.inf
    for anchor, x, left, top, dislike in _spots(mark, width, height, size, away * size):
        box = (left - 1.2, top - 0.4, left + width + 1.2, top + height + 0.4)
        if box[0] < room[0] or box[1] < room[1] or box[2] > room[2] or box[3] > room[3] or not grid.free(box):
            continue
        cost = loss + dislike + grid.crossed(box) * 4 / size + SPOILED * grid.spoiled(box, mark.node.id)
        if cost < cheapest:
            best, cheapest = Name(mark.node.id, lines, small, x, size, bold, anchor, box), cost
    return (cheapest, best) if best else None


def _spots(mark: _Mark, width: float, height: float, size: float, away: float) -> Iterator[tuple[str, float, float, float, float]]:
    """Anchor, x of the anchor, left, top and how little it is liked, for eight places."""
    gap = _reach(mark) + size * 0.22 + away
    low, side = mark.y - height / 2, gap + size * 0.12
    slant = mark.radius * 0.72 + size * 0.2 + away * 0.7
    yield "middle", mark.x, mark.x - width / 2, mark.y + gap, 0.0
    yield "start", mark.x + side, mark.x + side, low, 0.5
    yield "end", mark.x - side, mark.x - side - width, low, 0.6
    yield "middle", mark.x, mark.x - width / 2, mark.y - gap - height, 0.8
    yield "start", mark.x + slant, mark.x + slant, mark.y + slant, 1.4
    yield "end", mark.x - slant, mark.x - slant - width, mark.y + slant, 1.5
    yield "start", mark.x + slant, mark.x + slant, mark.y - slant - height, 1.6
    yield "end", mark.x - slant, mark.x - slant - width, mark.y - slant - height, 1.7


def _dots(stroke: _Stroke) -> Iterator[Point]:
    """Points along a line, 4 points apart."""
    count = max(1, int(math.dist(stroke.start, stroke.end) / 4))
    for step in range(count + 1):
        yield point_on(stroke, step / count)


def point_on(stroke: _Stroke, share: float) -> Point:
    """The point of a line at a share of its way."""
    (x0, y0), (x2, y2) = stroke.start, stroke.end
    if stroke.bend is None:
        return (x0 + (x2 - x0) * share, y0 + (y2 - y0) * share)
    rest, (x1, y1) = 1 - share, stroke.bend
    return (rest * rest * x0 + 2 * rest * share * x1 + share * share * x2, rest * rest * y0 + 2 * rest * share * y1 + share * share * y2)


def _line_name(stroke: _Stroke, grid: _Grid, room: Box, size: float) -> Name | None:
    """What a line means, on the line, where it is long enough."""
    text = stroke.edge.label
    width, height = text_width(text, size * SMALL), size * SMALL
    if not text or math.dist(stroke.start, stroke.end) < 24:
        return None
    for share in (0.5, 0.4, 0.6, 0.3, 0.7):
        x, y = point_on(stroke, share)
        box = (x - width / 2 - 2, y - height / 2 - 1, x + width / 2 + 2, y + height / 2 + 1)
        if box[0] > room[0] and box[1] > room[1] and box[2] < room[2] and box[3] < room[3] and grid.free(box):
            grid.add(box)
            return Name(stroke.edge.id, (text,), 1, x, size, False, "middle", box)
    return None
