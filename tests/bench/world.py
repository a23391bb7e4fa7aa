"""Invent a graph of the size that the issues name; the same numbers give the same graph."""

import random

from graph.model import Edge, Facts, Node, Source, Statement
from graph.record import assemble
from graph.schema import load_schema

KINDS = ("Region", "Network", "Leader", "Agreement")
TIES = {("Region", "Network"): "MEMBER_OF", ("Leader", "Network"): "CHAIRS", ("Region", "Agreement"): "PARTY_TO", ("Leader", "Agreement"): "SIGNED"}


def statements_of(nodes: int, edges: int, seed: int = 7) -> tuple[list[Statement], dict[str, Source]]:
    """One statement for each of `nodes` nodes and their names, and one for each of `edges` edges; 200 sources."""
    dice = random.Random(seed)
    sources = {f"source-{i}": Source(f"source-{i}", title=f"Source {i}", publisher=f"Publisher {i % 40}", tier="press", date="2025-06-01")
               for i in range(200)}
    names = list(sources)
    kinds = {f"n{i}": KINDS[(i * 7) % 4] for i in range(nodes)}
    out: list[Statement] = []
    for key, kind in kinds.items():
        out.append(Statement(kind, key, dice.choice(names), loader="bench"))
        out.append(Statement(kind, key, dice.choice(names), property="name", value=f"Name of {key}", loader="bench"))
    left = [key for key, kind in kinds.items() if kind in ("Region", "Leader")]
    right = [key for key, kind in kinds.items() if kind in ("Network", "Agreement")]
    seen: set[tuple[str, str]] = set()
    while len(seen) < edges:
        ends = (dice.choice(left), dice.choice(right))
        if ends in seen:
            continue
        seen.add(ends)
        kind = TIES[kinds[ends[0]], kinds[ends[1]]]
        year = dice.randint(1990, 2024)
        dated = {"since": str(year), "until": str(year + dice.randint(1, 20))} if kind in ("MEMBER_OF", "CHAIRS") and dice.random() < 0.5 else {}
        out.append(Statement(kind, ends[0], dice.choice(names), object=ends[1], qualifiers=dated, place=f"row {len(seen)}",
                             observed="2025-06-01", loader="bench"))
    return out, sources


def facts_of(nodes: int = 20_000, edges: int = 100_000) -> Facts:
    """The facts of such a graph."""
    statements, sources = statements_of(nodes, edges)
    return assemble(statements, sources, load_schema())


def ends_of(facts: Facts, count: int, seed: int = 11) -> list[tuple[Node, Node]]:
    """Pairs of nodes that have ties, to ask paths between."""
    dice = random.Random(seed)
    tied = sorted({end for edge in facts.edges for end in (edge.source, edge.target)})
    by_id = {node.id: node for node in facts.nodes}
    return [(by_id[a], by_id[b]) for a, b in (dice.sample(tied, 2) for _ in range(count))]


def edges_by_end(edges: tuple[Edge, ...]) -> dict[str, list[Edge]]:
    """Each node's edges."""
    out: dict[str, list[Edge]] = {}
    for edge in edges:
        out.setdefault(edge.source, []).append(edge)
        out.setdefault(edge.target, []).append(edge)
    return out
