"""Write a composed page as SVG: text stays text, one unit is one point, nothing is fetched from anywhere."""

import base64
import math
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from graph.render.names import LEADING, SMALL, Name
from graph.render.sheet import Key, Mark, Point, Sheet, Stroke, Text
from graph.render.type import FAMILY, woff2
from graph.view.theme import Theme, theme_of

FAMILIES = f"'{FAMILY}', 'Source Sans 3', 'Noto Sans', 'DejaVu Sans', sans-serif"
"""Quoted: one unquoted word that begins with a digit and a browser drops the whole list."""
BASELINE = 0.80
LAYER_MARK = 2.7
"""The radius of the mark of a layer, in points."""
POLYGONS = {"triangle": (3, 0.0, 1.18, 0.2), "triangleDown": (3, math.pi, 1.18, -0.2), "diamond": (4, 0.0, 1.16, 0.0),
            "pentagon": (5, 0.0, 1.08, 0.04), "hexagon": (6, math.pi / 6, 1.05, 0.0)}
"""Corners, turn of the first, reach in radii, shift downwards."""


def write_svg(sheet: Sheet, *, embed: bool = True) -> str:
    """The page as SVG text; with `embed`, the fonts lie in it, so that it looks the same on every machine."""
    scene, paper, theme = sheet.scene, sheet.paper, theme_of(sheet.scene.theme)
    width, height = paper.width / 72 * 25.4, paper.height / 72 * 25.4
    size = f'width="{width:.2f}mm" height="{height:.2f}mm" viewBox="0 0 {paper.width:g} {paper.height:g}"'
    look = f'role="img" xml:lang={quoteattr(scene.language)} font-family="{FAMILIES}" fill="{theme.ink}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {look}>',
        f"<title>{escape(scene.title)}</title><desc>{escape(scene.alt)}</desc>",
        f"<defs>{_fonts() if embed else ''}{_patterns(theme)}</defs>",
        f'<rect width="{paper.width:g}" height="{paper.height:g}" fill="{theme.ground}"/>',
        '<g id="lines" fill="none" stroke-linecap="round">',
        *(_line(stroke, sheet.weight) for stroke in _stressed_last(sheet.strokes)), "</g>",
        '<g id="layers">', *(_in_the_middle(stroke, theme) for stroke in sheet.strokes if stroke.edge.layer_mark), "</g>",
        f'<g id="shades" fill="{theme.ground}">', *map(_shade, sheet.names), "</g>",
        '<g id="marks" stroke-linejoin="round">', *(_mark(mark, theme) for mark in _greatest_last(sheet.marks)), "</g>",
        '<g id="names">', *(line for name in sheet.names for line in _name(name, theme)), "</g>",
        '<g id="legend">', *(_rule(sheet, y, theme) for y in sheet.rules), *map(_key, sheet.keys), "</g>",
        '<g id="texts">', *(_text(text, theme) for text in sheet.texts), "</g></svg>",
    ]
    return "\n".join(parts)


def _fonts() -> str:
    faces = "".join(f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};src:url(data:font/woff2;base64,"
                    f"{base64.b64encode(woff2(bold)).decode('ascii')}) format('woff2')}}" for bold, weight in ((False, 400), (True, 600)))
    return f"<style>{faces}</style>"


def _patterns(theme: Theme) -> str:
    if not theme.greys:
        return ""
    fills = {pattern: fill for fill, pattern in theme.greys.values() if pattern}
    inner = {"hatch": '<path d="M-1 1L1 -1M0 4L4 0M3 5L5 3" stroke="#000" stroke-width="0.7"/>',
             "dots": '<circle cx="1.2" cy="1.2" r="0.55" fill="#000"/><circle cx="3.2" cy="3.2" r="0.55" fill="#000"/>'}
    return "".join(f'<pattern id="{name}" width="4" height="4" patternUnits="userSpaceOnUse">'
                   f'<rect width="4" height="4" fill="{fill}"/>{inner[name]}</pattern>' for name, fill in sorted(fills.items()))


def _stressed_last(strokes: Iterable[Stroke]) -> list[Stroke]:
    return sorted(strokes, key=lambda stroke: (stroke.edge.stress, stroke.edge.width, stroke.edge.id))


def _greatest_last(marks: Iterable[Mark]) -> list[Mark]:
    return sorted(marks, key=lambda mark: (mark.node.rank, mark.node.id))


def _at(point: Point) -> str:
    return f"{point[0]:.2f} {point[1]:.2f}"


def _line(stroke: Stroke, weight: float) -> str:
    edge = stroke.edge
    end = _before_head(stroke)
    way = f"M{_at(stroke.start)}" + (f"Q{_at(stroke.bend)} {_at(end)}" if stroke.bend else f"L{_at(end)}")
    line = f'<path d="{way}" stroke="{edge.colour}" stroke-width="{edge.width * weight:.2f}"{_dashes(edge.dash, edge.width * weight)}/>'
    return line + (_head(stroke, end) if stroke.head else "")


def _in_the_middle(stroke: Stroke, theme: Theme) -> str:
    """The mark of the layer that a line comes from."""
    (ax, ay), (bx, by) = stroke.start, stroke.end
    x, y = stroke.bend or ((ax + bx) / 2, (ay + by) / 2)
    return shape(stroke.edge.layer_mark, (ax + bx) / 4 + x / 2, (ay + by) / 4 + y / 2, LAYER_MARK, theme.ink, theme.ground, 0.5)


def _dashes(dash: tuple[float, ...], width: float) -> str:
    """A pattern of dashes, longer for a broad line so that its gaps stay open."""
    if not dash:
        return ""
    scale = 0.6 * max(1.0, width)
    return f' stroke-linecap="butt" stroke-dasharray="{" ".join(f"{part * scale:.2f}" for part in dash)}"'


def _before_head(stroke: Stroke) -> Point:
    """Where the line stops so that the arrowhead keeps its point."""
    if not stroke.head:
        return stroke.end
    back = stroke.bend or stroke.start
    length = math.dist(back, stroke.end) or 1.0
    share = min(1.0, stroke.head * 0.8 / length)
    return (stroke.end[0] + (back[0] - stroke.end[0]) * share, stroke.end[1] + (back[1] - stroke.end[1]) * share)


def _head(stroke: Stroke, neck: Point) -> str:
    x, y = stroke.end
    length = math.dist(neck, stroke.end) or 1.0
    ux, uy = (x - neck[0]) / length, (y - neck[1]) / length
    back, half = stroke.head, stroke.head * 0.36
    base = (x - ux * back, y - uy * back)
    points = (stroke.end, (base[0] - uy * half, base[1] + ux * half), neck, (base[0] + uy * half, base[1] - ux * half))
    return f'<path d="M{"L".join(map(_at, points))}Z" fill="{stroke.edge.colour}"/>'


def _shade(name: Name) -> str:
    left, top, right, bottom = name.box
    return f'<rect x="{left:.2f}" y="{top:.2f}" width="{right - left:.2f}" height="{bottom - top:.2f}" rx="1.5"/>'


def _mark(mark: Mark, theme: Theme) -> str:
    node = mark.node
    fill = f"url(#{node.pattern})" if node.pattern else node.fill
    width = (2.0 if node.stress else 1.3 if node.focus else 0.75)
    corner = mark.radius * 0.8 + LAYER_MARK * 0.6
    layer = shape(node.layer_mark, mark.x - corner, mark.y - corner, LAYER_MARK, theme.ink, theme.ground, 0.5) if node.layer_mark else ""
    return f"<g><title>{escape(node.title)}</title>{shape(node.shape, mark.x, mark.y, mark.radius, fill, node.border, width)}{layer}</g>"


def shape(kind: str, x: float, y: float, radius: float, fill: str, border: str, width: float) -> str:
    """One mark: dots and rings are circles, the others polygons."""
    if kind == "ring":
        width = radius * 0.34
        kind, radius = "dot", radius - width / 2
    style = f'fill="{fill}" stroke="{border}" stroke-width="{round(width, 2):g}"'
    if kind == "dot":
        return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius:.2f}" {style}/>'
    points = ((x + dx * radius, y + dy * radius) for dx, dy in _corners(kind))
    return f'<path d="M{"L".join(map(_at, points))}Z" {style}/>'


def _corners(kind: str) -> list[Point]:
    """The corners of a polygon of radius 1 around (0, 0)."""
    if kind == "square":
        return [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]
    if kind == "star":
        return [_around(step * math.pi / 5, 0.5 if step % 2 else 1.15) for step in range(10)]
    count, turn, reach, drop = POLYGONS[kind]
    corners = (_around(turn + 2 * math.pi * step / count, reach) for step in range(count))
    return [(x, y + drop) for x, y in corners]


def _around(turn: float, reach: float) -> Point:
    """The point at a turn (clockwise from the top) and a distance from (0, 0)."""
    return (reach * math.sin(turn), -reach * math.cos(turn))


def _name(name: Name, theme: Theme) -> Iterator[str]:
    top = name.box[1] + 0.4
    for at, line in enumerate(name.lines):
        small = at >= len(name.lines) - name.small
        size = name.size * (SMALL if small else 1)
        weight = ' font-weight="600"' if name.bold and not small else ""
        fill = f' fill="{theme.muted}"' if small else ""
        yield (f'<text x="{name.x:.2f}" y="{top + name.size * (LEADING * at + BASELINE):.2f}" font-size="{size:.2f}" '
               f'text-anchor="{name.anchor}"{weight}{fill}>{escape(line)}</text>')


def _text(text: Text, theme: Theme) -> str:
    weight = ' font-weight="600"' if text.bold else ""
    fill = f' fill="{theme.muted}"' if text.tone == "muted" else ""
    place = f'x="{text.x:.2f}" y="{text.y:.2f}" font-size="{text.size:.2f}" text-anchor="{text.anchor}"'
    return f"<text {place}{weight}{fill}>{escape(text.text)}</text>"


def _rule(sheet: Sheet, y: float, theme: Theme) -> str:
    margin = sheet.paper.margin
    return f'<path d="M{margin:g} {y:.2f}H{sheet.paper.width - margin:.2f}" stroke="{theme.rule}" stroke-width="0.6"/>'


def _key(key: Key) -> str:
    entry = key.entry
    if entry.shape:
        fill = f"url(#{entry.pattern})" if entry.pattern else entry.fill
        return shape(entry.shape, key.x + key.size * 0.5, key.y, key.size * 0.46, fill, entry.border, 0.7)
    if entry.layer_mark:
        return shape(entry.layer_mark, key.x + key.size * 0.5, key.y, key.size * 0.3, entry.fill, entry.border, 0.0)
    width = entry.width * 0.75
    way = f"M{key.x:.2f} {key.y:.2f}h{key.size * 2.6:.2f}"
    return f'<path d="{way}" stroke="{entry.colour}" stroke-width="{width:.2f}" fill="none"{_dashes(entry.dash, width)}/>'
