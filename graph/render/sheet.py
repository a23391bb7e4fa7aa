"""Compose a Scene on a page: where each mark, line, name and legend stands, in points; writing it is another's work.

Positions are the scene's own, scaled to the room between title and legend, so that paper shows what the screen
showed. Marks keep a legible size whatever the scale.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import BadValue
from graph.render.names import Box, Name, place_names
from graph.render.type import text_width
from graph.view import LegendEntry, Scene, SceneEdge, SceneNode
from graph.words import number, translate_count

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Paper:
    """A page in points; `text` scales titles and legend, `names` what stands at the marks: a slide is read from afar."""

    width: float
    height: float
    margin: float
    text: float
    names: float


PAPERS = {"a4": Paper(841.89, 595.28, 36.0, 1.0, 1.0), "16:9": Paper(960.0, 540.0, 34.0, 1.12, 1.06)}
LARGEST, SMALLEST = 1.9, 0.28
MARK_SCALE = (0.34, 0.8)
FEW = 12
OUTER, SEVERAL = 0.08, 4
"""The share of a picture's width that is a side, and how many marks there are a column whose names want room."""
WIDEN = 1.35
"""How much more a picture may be scaled across than down, where the page is wider than the screen was: room for names."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A node on the page."""

    node: SceneNode
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """An edge on the page, from rim to rim; `bend` is the control point of its bow, None where it is straight.
    `head` is the length of its arrowhead, 0 without one."""

    edge: SceneEdge
    start: Point
    bend: Point | None
    end: Point
    head: float


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; `anchor` start, middle or end; `tone` ink or muted."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    anchor: str = "start"
    tone: str = "ink"


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of the legend with its sample at (x, y)."""

    entry: LegendEntry
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A composed page; `rules` are the heights of its thin lines, `weight` turns a line's width into points."""

    paper: Paper
    scene: Scene
    marks: tuple[Mark, ...]
    strokes: tuple[Stroke, ...]
    names: tuple[Name, ...]
    texts: tuple[Text, ...]
    keys: tuple[Key, ...]
    rules: tuple[float, ...]
    weight: float


def compose(scene: Scene, page: str, notes: Sequence[str] = ()) -> Sheet:
    """The scene on a page, with `notes` besides its own. Raises BadValue for an unknown page."""
    if page not in PAPERS:
        raise BadValue(name="page", value=page, remedy=f"Use one of {', '.join(PAPERS)}.")
    paper = PAPERS[page]
    header, top = _header(scene, paper)
    keys, height = _legend(scene, paper)
    said, left_out = [*scene.notes, *notes], 0
    for reserved in ([], [_left_out(99, scene)]):
        foot = len(_wrapped(_sentence([*said, *reserved]), paper)) + max(1, len(_source_lines(scene, paper)))
        bottom = paper.height - paper.margin - foot * 10.5 * paper.text - height
        marks = _marks(scene, paper, top, bottom)
        strokes = _strokes(scene, marks)
        names, left_out = _names(scene, paper, marks, strokes, (paper.margin * 0.85, top - 2, paper.width - paper.margin * 0.85, bottom))
        if not left_out:
            break
    if left_out:
        said.append(_left_out(left_out, scene))
    keys = tuple(Key(key.entry, key.x, key.y + bottom, key.size) for key in keys)
    texts = (*header, *_key_texts(keys, scene), *_foot(scene, paper, said))
    return Sheet(paper, scene, marks, strokes, names, texts, keys, (bottom + 2 * paper.text,), 0.9 if len(scene.nodes) <= FEW else 0.62)


def _left_out(count: int, scene: Scene) -> str:
    return translate_count("{count} name left out for want of room", "{count} names left out for want of room", count, scene.language)


def _header(scene: Scene, paper: Paper) -> tuple[list[Text], float]:
    width, y = paper.width - 2 * paper.margin, paper.margin
    size = 19.0 * paper.text
    texts = []
    for line in fit_lines(scene.title, size, width, 2, bold=True):
        y += size * 1.02
        texts.append(Text(paper.margin, y, line, size, bold=True))
    small = 10.5 * paper.text
    for line in fit_lines(scene.subtitle, small, width, 2):
        y += small * 1.45
        texts.append(Text(paper.margin, y, line, small, tone="muted"))
    return texts, y + 10 * paper.text


def _legend(scene: Scene, paper: Paper) -> tuple[tuple[Key, ...], float]:
    """Keys in rows, relative to the top of the legend, and its height."""
    size, left = 9.2 * paper.text, paper.margin
    x, y = left, 17.0 * paper.text
    keys: list[Key] = []
    for entry in scene.legend:
        if keys and _row(entry) != _row(keys[-1].entry):
            x, y = left, y + 15.5 * paper.text
        width = _sample_width(entry, size) + text_width(_key_label(entry, scene), size) + 20 * paper.text
        if x > left and x + width - 20 * paper.text > paper.width - paper.margin:
            x, y = left, y + 15.5 * paper.text
        keys.append(Key(entry, x, y, size))
        x += width
    return tuple(keys), (y + 13.0 * paper.text if keys else 10.0)


def _row(entry: LegendEntry) -> str:
    """What stands in one row: kinds, styles of lines, layers."""
    return "kinds" if entry.shape else "layers" if entry.layer_mark else "lines"


def _sample_width(entry: LegendEntry, size: float) -> float:
    return size * (1.55 if entry.shape or entry.layer_mark else 3.1)


def _key_label(entry: LegendEntry, scene: Scene) -> str:
    return f"{number(entry.count, scene.language)} {entry.label}" if entry.shape else entry.label


def _key_texts(keys: Sequence[Key], scene: Scene) -> list[Text]:
    return [Text(key.x + _sample_width(key.entry, key.size), key.y + key.size * 0.34, _key_label(key.entry, scene), key.size)
            for key in keys]


def _sentence(notes: Sequence[str]) -> str:
    text = "; ".join(note for note in notes if note)
    return f"{text[0].upper()}{text[1:]}." if text else ""


def _wrapped(text: str, paper: Paper) -> list[str]:
    return fit_lines(text, 7.8 * paper.text, paper.width - 2 * paper.margin, 2)


def _source_lines(scene: Scene, paper: Paper) -> list[str]:
    taken = text_width(scene.date_line, 7.8 * paper.text) + 24
    return fit_lines(scene.source_line, 7.8 * paper.text, paper.width - 2 * paper.margin - taken, 2)


def _foot(scene: Scene, paper: Paper, notes: Sequence[str]) -> list[Text]:
    size, pitch, bottom = 7.8 * paper.text, 10.5 * paper.text, paper.height - paper.margin
    date = scene.date_line[:1].upper() + scene.date_line[1:]
    texts = [Text(paper.width - paper.margin, bottom, date, size, anchor="end", tone="muted")] if date else []
    lines = [*_wrapped(_sentence(notes), paper), *(_source_lines(scene, paper) or [""])]
    heights = [bottom - pitch * above for above in reversed(range(len(lines)))]
    return texts + [Text(paper.margin, y, line, size, tone="muted") for y, line in zip(heights, lines, strict=True) if line]


def fit_lines(text: str, size: float, width: float, most: int, *, bold: bool = False) -> list[str]:
    """A text in at most `most` lines of `width`; what does not fit is cut and marked with …"""
    lines: list[str] = []
    rest = text.split()
    while rest and len(lines) < most:
        count = len(rest)
        while count > 1 and text_width(" ".join(rest[:count]), size, bold=bold) > width:
            count -= 1
        lines.append(" ".join(rest[:count]))
        rest = rest[count:]
    if lines and rest:
        lines[-1] += " …"
    return [_cut(line, size, width, bold) for line in lines]


def _cut(line: str, size: float, width: float, bold: bool) -> str:
    if text_width(line, size, bold=bold) <= width:
        return line
    kept = line.rstrip("… ")
    while kept and text_width(kept + "…", size, bold=bold) > width:
        kept = kept[:-1].rstrip()
    return kept + "…"


def _marks(scene: Scene, paper: Paper, top: float, bottom: float) -> tuple[Mark, ...]:
    """Nodes scaled into the room, with a strip at each side for the names of those that stand there."""
    if not scene.nodes:
        return ()
    left, right = min(node.x for node in scene.nodes), max(node.x for node in scene.nodes)
    high, low = min(node.y for node in scene.nodes), max(node.y for node in scene.nodes)
    before, behind = (_strip(scene, paper, left, right, side) for side in (left, right))
    over = 22.0 * paper.text
    across = (paper.width - 2 * paper.margin - before - behind) / max(right - left, 1e-9)
    down = (bottom - top - 2 * over) / max(low - high, 1e-9)
    scale = min(across, down, LARGEST)
    most = MARK_SCALE[1] * (1.35 if len(scene.nodes) <= FEW else 1.0)
    factor = min(max(scale, MARK_SCALE[0]), most)
    if scale < SMALLEST:
        factor *= max(0.7, scale / SMALLEST)
    middle_x, middle_y = (paper.width + before - behind) / 2, (top + bottom) / 2
    wide = min(max(across / scale, 1.0), WIDEN) * scale
    return tuple(Mark(node, middle_x + (node.x - (left + right) / 2) * wide, middle_y + (node.y - (high + low) / 2) * scale,
                      node.size * factor) for node in scene.nodes)


def _strip(scene: Scene, paper: Paper, left: float, right: float, side: float) -> float:
    """The width that names want beside the marks at one side: that of the longest line there, where several stand there."""
    there = [node for node in scene.nodes if abs(node.x - side) <= OUTER * (right - left)]
    usual = (64.0 if len(scene.nodes) <= 80 else 46.0) * paper.names
    longest = max((text_width(line, _letters(len(scene.nodes)) * paper.names) for node in there for line in node.lines), default=0.0)
    return min(max(usual, longest + 16.0), 0.16 * paper.width) if len(there) >= SEVERAL else usual


def _strokes(scene: Scene, marks: Sequence[Mark]) -> tuple[Stroke, ...]:
    by_id = {mark.node.id: mark for mark in marks}
    crowd = 1.0 if len(scene.edges) < 120 else 0.75
    return tuple(_stroke(edge, by_id[edge.source], by_id[edge.target], crowd) for edge in scene.edges)


def _stroke(edge: SceneEdge, source: Mark, target: Mark, crowd: float) -> Stroke:
    a, b = (source.x, source.y), (target.x, target.y)
    length = math.dist(a, b)
    head = (3.4 + 1.6 * edge.width) * crowd if edge.directed else 0.0
    if length < 1e-6:  # a loop, drawn over its node
        up = source.y - source.radius
        half = source.radius * 0.4
        return Stroke(edge, (source.x - half, up), (source.x, up - source.radius * 3), (source.x + half, up), head)
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    bend = (middle[0] - (b[1] - a[1]) * edge.curve, middle[1] + (b[0] - a[0]) * edge.curve) if edge.curve else None
    start = _towards(a, bend or b, source.radius * REACH.get(source.node.shape, 1.0) + 1.0)
    end = _towards(b, bend or a, target.radius * REACH.get(target.node.shape, 1.0) + 1.4)
    fits = math.dist(start, end) > head + 2 and length > source.radius + target.radius + 3
    return Stroke(edge, start, bend, end, head if fits else 0.0)


REACH = {"square": 1.08, "diamond": 1.02, "triangle": 0.98, "triangleDown": 0.98, "star": 0.95}
"""How far the outline of a shape reaches on average, in parts of its radius."""


def _towards(start: Point, end: Point, distance: float) -> Point:
    length = math.dist(start, end)
    if length <= distance:
        return start
    return (start[0] + (end[0] - start[0]) * distance / length, start[1] + (end[1] - start[1]) * distance / length)


def _names(scene: Scene, paper: Paper, marks: Sequence[Mark], strokes: Sequence[Stroke], room: Box) -> tuple[tuple[Name, ...], int]:
    return place_names(marks, strokes, room, _letters(len(scene.nodes)) * paper.names, scene.max_labels)


def _letters(count: int) -> float:
    """The size of the names among so many marks, in points."""
    return 10.5 if count <= FEW else 9.0 if count <= 40 else 8.2 if count <= 80 else 7.2 if count <= 160 else 6.6
