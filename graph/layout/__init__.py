"""Give every node of a subgraph a place, the same in every process, so that a picture can be asked for twice.

Positions are in canvas units, y downwards, the middle near (0, 0); a node is about 30 units wide. Nothing here knows
a screen or a page. Nodes are sorted first and all chance is seeded: the order of a set never reaches a picture.
"""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from graph.layout.between import between
from graph.layout.rings import rings
from graph.layout.spring import spring
from graph.model import Subgraph

Point = tuple[float, float]
NO_POSITIONS: Mapping[str, Point] = MappingProxyType({})

__all__ = ["Point", "place", "place_new"]


def place(subgraph: Subgraph, *, focus: Sequence[str] = (), seed_positions: Mapping[str, Point] = NO_POSITIONS) -> dict[str, Point]:
    """A position for every node.

    Two connected nodes in `focus` stand left and right, what joins them between; otherwise communities gather.
    `seed_positions` are where nodes begin, so that a picture laid out again resembles the former one.
    """
    ends = [node for node in dict.fromkeys(focus) if node in subgraph.by_id()]
    found = between(subgraph, *ends) if len(ends) == 2 else None
    return found or spring(subgraph, seed_positions)


def place_new(positions: Mapping[str, Point], subgraph: Subgraph, new_ids: Collection[str], anchor: str) -> dict[str, Point]:
    """`positions`, unchanged, and a place for each of `new_ids` on rings around `anchor`, where most room is."""
    missing = sorted(set(new_ids) - set(positions))
    return {**positions, **rings(positions, subgraph, missing, anchor)}
