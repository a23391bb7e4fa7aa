"""Find the shortest paths between two things, level by level from both ends, each hop judged before it is taken.

It knows no database: a function gives the edges that touch some nodes. Conditions (a date, names and kinds to avoid) are applied
in each hop, because a server that searches first and filters after says "no path" where there is one.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from graph.model import Cut, Edge, Path
from graph.schema import Schema

Adjacent = Callable[[Sequence[str]], Sequence[Edge]]
MOST_PATHS = 2_000
"""How many shortest paths are looked at before the best are chosen."""
MOST_EDGES = 20_000
"""How many edges one step may bring: `Store.adjacent` gives no more."""


@dataclass(frozen=True, slots=True)
class PathSearch:
    """The shortest paths in a fixed order; `cut` when a limit was reached, `degrees` of the nodes met on the way."""

    paths: tuple[Path, ...]
    degrees: dict[str, int]
    cut: Cut | None = None

    @property
    def steps(self) -> int:
        """How long the shortest paths are; 0 where there is none."""
        return len(self.paths[0].edges) if self.paths else 0


@dataclass(frozen=True, slots=True)
class Judged:
    """How a tie stands in time: whether it is over or still to come, whether nobody confirmed it lately, and the day that it dates
    from ("" if unknown)."""

    absent: bool = False
    stale: bool = False
    day: str = ""


def unjudged(_: Edge) -> Judged:
    """The judgement of who knows no dates."""
    return Judged()


def everything(ids: Collection[str]) -> Collection[str]:
    """A filter that lets all nodes pass."""
    return ids


def shortest_paths(start: str, end: str, adjacent: Adjacent, *, max_steps: int = 6, allowed: Callable[[Edge], bool] = bool,
                   avoid: Collection[str] = (), passable: Callable[[Collection[str]], Collection[str]] = everything) -> PathSearch:
    """All shortest paths of at most `max_steps` edges, whatever their direction; parallel edges make paths of their own.

    Parameters
    ----------
    adjacent: gives the edges that touch some nodes.
    allowed: whether an edge may be walked (for example: it holds on a date).
    avoid: nodes that no path may touch; the two ends are never avoided.
    passable: of some nodes, those that a path may pass through (for example: of certain kinds).
    """
    if start == end or max_steps < 1:
        return PathSearch((), {})
    search = _Search(start, end, adjacent, allowed, frozenset(avoid) - {start, end}, passable)
    while search.steps < max_steps and search.both_alive() and not search.met():
        search.widen()
    if not search.met():
        return PathSearch((), search.degrees, search.cut)
    paths = sorted(search.walk(), key=lambda path: [edge.id for edge in path.edges])
    return PathSearch(tuple(paths), search.degrees, search.cut)


def ranked(search: PathSearch, schema: Schema, judged: Callable[[Edge], Judged] = unjudged) -> tuple[Path, ...]:
    """The paths by what they say: what holds before what does not, strong ties before weak, confirmed before stale, small circles
    before crowds, and of equals the newest.

    `judged` says how each tie stands in time. `Path.cost` is set; lower is better.
    """
    known = {edge.id: judged(edge) for path in search.paths for edge in path.edges}
    priced = [replace(path, cost=round(sum(_cost(edge, schema, known[edge.id]) for edge in path.edges) + _crowds(path, search.degrees), 4))
              for path in search.paths]

    def order(path: Path) -> tuple[int, bool, float, int, list[str]]:
        ties = [known[edge.id] for edge in path.edges]
        day = min((tie.day for tie in ties), default="").replace("-", "")
        return len(path.edges), any(tie.absent for tie in ties), path.cost, -int(day.ljust(8, "0")), [edge.id for edge in path.edges]

    return tuple(sorted(priced, key=order))


def _cost(edge: Edge, schema: Schema, judged: Judged) -> float:
    independent = edge.properties.get("independent", 1)
    support = 0.1 / max(1, independent if isinstance(independent, int) else 1)
    return 1.2 - schema.edges[edge.kind].strength + support + 0.25 * bool(edge.properties.get("inferred")) + 0.15 * judged.stale


def _crowds(path: Path, degrees: dict[str, int]) -> float:
    """A circle of thirty says less about two of its members than one of four."""
    return sum(0.12 * math.log2(max(2, degrees.get(node, 2))) for node in path.nodes[1:-1])


class _Search:
    """Two balls that grow until they touch: distances, and the edges that lead one step back."""

    def __init__(self, start: str, end: str, adjacent: Adjacent, allowed: Callable[[Edge], bool], avoid: frozenset[str],
                 passable: Callable[[Collection[str]], Collection[str]]) -> None:
        self._ends = (start, end)
        self._adjacent = adjacent
        self._allowed = allowed
        self._avoid = avoid
        self._passable = passable
        self._distance: tuple[dict[str, int], dict[str, int]] = ({start: 0}, {end: 0})
        self._back: tuple[dict[str, list[Edge]], dict[str, list[Edge]]] = (defaultdict(list), defaultdict(list))
        self._frontier: list[list[str]] = [[start], [end]]
        self._radius = [0, 0]
        self.degrees: dict[str, int] = {}
        self.cut: Cut | None = None

    @property
    def steps(self) -> int:
        """How long a path through both balls may be."""
        return sum(self._radius)

    def both_alive(self) -> bool:
        """Whether both balls can still grow."""
        return all(self._frontier)

    def met(self) -> bool:
        """Whether the balls touch."""
        near, far = self._distance
        return any(node in far for node in self._frontier[0]) if len(self._frontier[0]) <= len(far) else not near.keys().isdisjoint(far)

    def widen(self) -> None:
        """Let the smaller ball grow by one step."""
        side = 0 if len(self._frontier[0]) <= len(self._frontier[1]) else 1
        distance, back, radius = self._distance[side], self._back[side], self._radius[side] + 1
        frontier = set(self._frontier[side])
        edges = self._adjacent(sorted(frontier))
        if len(edges) >= MOST_EDGES:
            self.cut = Cut("rows", 1, at_least=True)
        steps = [(near, edge.other(near), edge) for edge in edges if self._allowed(edge)
                 for near in dict.fromkeys((edge.source, edge.target)) if near in frontier]
        fresh = {far for _, far, _ in steps} - distance.keys() - self._avoid
        inner = fresh - set(self._ends)
        fresh = set(self._passable(sorted(inner))) | (fresh - inner)
        degrees: dict[str, set[str]] = defaultdict(set)
        for near, far, edge in steps:
            degrees[near].add(far)
            if far in fresh:
                distance[far] = radius
                back[far].append(edge)
        self.degrees |= {node: len(others) for node, others in degrees.items()}
        self._frontier[side], self._radius[side] = sorted(fresh), radius

    def walk(self) -> Iterator[Path]:
        """All paths through the nodes where the balls touch, at most MOST_PATHS."""
        near, far = self._distance
        shortest = min(near[node] + far[node] for node in near.keys() & far.keys())
        cut = self._split(shortest)
        middle = sorted(node for node in near.keys() & far.keys() if near[node] == cut and cut + far[node] == shortest)
        count = 0
        for node in middle:
            for left in self._ways(0, node):
                for right in self._ways(1, node):
                    if count == MOST_PATHS:
                        self.cut = Cut("paths", 1, at_least=True)
                        return
                    count += 1
                    edges = (*reversed(left), *right)
                    yield Path(_nodes_of(self._ends[0], edges), edges)

    def _split(self, shortest: int) -> int:
        """How far from the start the paths are cut in two: each passes exactly one node there."""
        return min(self._radius[0], shortest)

    def _ways(self, side: int, node: str) -> Iterator[tuple[Edge, ...]]:
        if self._distance[side][node] == 0:
            yield ()
            return
        for edge in sorted(self._back[side][node], key=lambda e: e.id):
            for rest in self._ways(side, edge.other(node)):
                yield (edge, *rest)


def _nodes_of(start: str, edges: Sequence[Edge]) -> tuple[str, ...]:
    nodes = [start]
    for edge in edges:
        nodes.append(edge.other(nodes[-1]))
    return tuple(nodes)
