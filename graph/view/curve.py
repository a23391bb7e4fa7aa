"""Bow lines so that each can be followed: parallel ones apart, and single ones around the marks in their way."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from graph.model import Edge
from graph.view.scene import Point, SceneEdge, SceneNode

BOW = 0.24
DETOURS = (0.0, 0.16, -0.16, 0.3, -0.3)
CLEAR = 5.0
MOST = 40_000
"""Pairs of lines and marks up to which detours are looked for (0.1 s); beyond, no line can be followed anyway."""


def parallel_curves(edges: Sequence[Edge]) -> dict[str, float]:
    """How far each edge bows: one alone is straight, several between the same two fan out, whichever way they point."""
    bundles: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        bundles.setdefault((min(edge.source, edge.target), max(edge.source, edge.target)), []).append(edge)
    return {edge.id: round((number - (len(bundle) - 1) / 2) * BOW * (1 if edge.source <= edge.target else -1), 3) + 0.0
            for bundle in bundles.values() for number, edge in enumerate(bundle)}


def bowed(edges: tuple[SceneEdge, ...], nodes: Sequence[SceneNode]) -> tuple[SceneEdge, ...]:
    """The same edges, those that are straight and run over a mark led around it."""
    if len(edges) * len(nodes) > MOST:
        return edges
    by_id = {node.id: node for node in nodes}
    alone = {edge.id for bundle in _bundles(edges).values() if len(bundle) == 1 for edge in bundle}
    return tuple(replace(edge, curve=_detour(edge, by_id)) if edge.id in alone else edge for edge in edges)


def _bundles(edges: Sequence[SceneEdge]) -> dict[frozenset[str], list[SceneEdge]]:
    bundles: dict[frozenset[str], list[SceneEdge]] = {}
    for edge in edges:
        bundles.setdefault(frozenset((edge.source, edge.target)), []).append(edge)
    return bundles


def _detour(edge: SceneEdge, nodes: Mapping[str, SceneNode]) -> float:
    a, b = nodes[edge.source], nodes[edge.target]
    start, end = (a.x, a.y), (b.x, b.y)
    length = math.dist(start, end)
    if length < 1e-6:
        return 0.0
    reach = length * 0.2 + 40
    near = [node for node in nodes.values() if node.id not in (edge.source, edge.target)
            and min(start[0], end[0]) - reach < node.x < max(start[0], end[0]) + reach
            and min(start[1], end[1]) - reach < node.y < max(start[1], end[1]) + reach]
    return min(DETOURS, key=lambda curve: (_hits(start, end, curve, near), abs(curve), -curve))


def _hits(start: Point, end: Point, curve: float, near: Sequence[SceneNode]) -> int:
    (x0, y0), (x2, y2) = start, end
    x1, y1 = (x0 + x2) / 2 - (y2 - y0) * curve, (y0 + y2) / 2 + (x2 - x0) * curve
    steps = 16 if curve else 1
    points = [((1 - t) ** 2 * x0 + 2 * t * (1 - t) * x1 + t * t * x2, (1 - t) ** 2 * y0 + 2 * t * (1 - t) * y1 + t * t * y2)
              for t in (step / steps for step in range(steps + 1))]
    return sum(any(_off((node.x, node.y), *piece) < node.size + CLEAR for piece in pairwise(points)) for node in near)


def _off(point: Point, start: Point, end: Point) -> float:
    """Distance of a point from a straight piece."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    along = max(0.0, min(1.0, ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / (dx * dx + dy * dy or 1.0)))
    return math.hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)
