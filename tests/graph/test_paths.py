"""Shortest paths are those of networkx, whatever holds on a date and whatever is avoided; the telling ones come first."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from graph.model import Edge, Path
from graph.paths import Judged, PathSearch, ranked, shortest_paths
from graph.record import holds
from graph.schema import load_schema

NODES = [f"n{i}" for i in range(9)]
YEARS = st.one_of(st.none(), st.integers(1990, 2020))


@st.composite
def edge_lists(draw):
    count = draw(st.integers(0, 22))
    edges = []
    for number in range(count):
        since, until = draw(YEARS), draw(YEARS)
        properties = {"confirmed": "2021-01-01"} | ({"since": f"{since}-01-01"} if since else {}) | ({"until": f"{until}-12-31"} if until else {})
        edges.append(Edge(f"e{number:02}", "MEMBER_OF", draw(st.sampled_from(NODES)), draw(st.sampled_from(NODES)), properties))
    return edges


def around(edges):
    return lambda ids: [edge for edge in edges if edge.source in ids or edge.target in ids]


@profile(max_examples=300, deadline=None)
@given(edges=edge_lists(), day=st.sampled_from(["", "1995-06-01", "2010-06-01", "2022-01-01"]), avoid=st.sets(st.sampled_from(NODES[2:]), max_size=3),
       steps=st.integers(1, 6))
def test_all_shortest_paths_and_no_others_are_found(edges, day, avoid, steps):
    found = shortest_paths("n0", "n1", around(edges), max_steps=steps, allowed=lambda edge: holds(edge, day), avoid=avoid)
    reference = nx.MultiGraph()
    reference.add_nodes_from(["n0", "n1"])
    reference.add_edges_from((e.source, e.target, e.id) for e in edges if holds(e, day) and not {e.source, e.target} & avoid)
    wanted = set()
    if nx.has_path(reference, "n0", "n1"):
        length = nx.shortest_path_length(reference, "n0", "n1")
        if length <= steps:
            wanted = {tuple(key for _, _, key in path) for path in nx.all_simple_edge_paths(reference, "n0", "n1", cutoff=length)}
    assert {tuple(edge.id for edge in path.edges) for path in found.paths} == wanted
    assert len(found.paths) == len(wanted)
    for path in found.paths:
        assert (path.nodes[0], path.nodes[-1]) == ("n0", "n1")
        assert all({a, b} == {e.source, e.target} for a, b, e in zip(path.nodes, path.nodes[1:], path.edges, strict=False))


@given(edges=edge_lists())
def test_the_order_of_edges_does_not_matter(edges):
    assert shortest_paths("n0", "n1", around(edges)).paths == shortest_paths("n0", "n1", around(edges[::-1])).paths


def test_nodes_of_some_kinds_are_not_passed_through_but_may_be_ends():
    edges = [Edge("a", "MEMBER_OF", "n0", "n2"), Edge("b", "MEMBER_OF", "n2", "n1"), Edge("c", "MEMBER_OF", "n0", "n3"), Edge("d", "MEMBER_OF", "n3", "n1")]
    found = shortest_paths("n0", "n1", around(edges), passable=lambda ids: [id for id in ids if id != "n2"])
    assert [path.nodes for path in found.paths] == [("n0", "n3", "n1")]


def test_from_a_thing_to_itself_there_is_nothing_to_say():
    assert shortest_paths("n0", "n0", around([])).paths == ()


def test_strong_confirmed_and_exclusive_ties_come_first():
    schema = load_schema()
    agreement = (Edge("a1", "PARTY_TO", "n0", "pact"), Edge("a2", "PARTY_TO", "n1", "pact"))
    sector = (Edge("s1", "PRIORITISES", "n0", "sector"), Edge("s2", "PRIORITISES", "n1", "sector"))
    guessed = (Edge("g1", "PARTY_TO", "n0", "plan", {"inferred": True}), Edge("g2", "PARTY_TO", "n1", "plan", {"inferred": True}))
    crowd = (Edge("c1", "MEMBER_OF", "n0", "crowd"), Edge("c2", "MEMBER_OF", "n1", "crowd"))
    circle = (Edge("k1", "MEMBER_OF", "n0", "circle"), Edge("k2", "MEMBER_OF", "n1", "circle"))
    paths = [Path(("n0", edges[0].target, "n1"), edges) for edges in (sector, crowd, guessed, circle, agreement)]
    order = ranked(PathSearch(tuple(paths), {"crowd": 120, "circle": 4, "pact": 2, "plan": 2, "sector": 40}), schema)
    names = [path.nodes[1] for path in order]
    assert names.index("pact") < names.index("plan")
    assert names.index("circle") < names.index("crowd") < names.index("sector")


@pytest.mark.parametrize("stale", [True, False])
def test_what_was_not_confirmed_lately_costs_more(stale):
    path = Path(("n0", "x", "n1"), (Edge("a", "MEMBER_OF", "n0", "x"), Edge("b", "MEMBER_OF", "n1", "x")))
    search = PathSearch((path,), {})
    assert (ranked(search, load_schema(), lambda _: Judged(stale=stale))[0].cost > ranked(search, load_schema())[0].cost) is stale


def test_what_is_over_comes_last_and_of_equals_the_newest_first():
    ties = {name: (Edge(f"{name}1", "PARTY_TO", "n0", name), Edge(f"{name}2", "PARTY_TO", "n1", name)) for name in ("old", "new", "undated")}
    weak = (Edge("w1", "PRIORITISES", "n0", "sector"), Edge("w2", "PRIORITISES", "n1", "sector"))
    ended = (Edge("e1", "PARTY_TO", "n0", "past"), Edge("e2", "PARTY_TO", "n1", "past"))
    paths = tuple(Path(("n0", edges[0].target, "n1"), edges) for edges in (ended, *ties.values(), weak))
    days = {"old": "1991", "new": "2019-01-18"}
    found = ranked(PathSearch(paths, {}), load_schema(), lambda edge: Judged(absent=edge.target == "past", day=days.get(edge.target, "")))
    assert [path.nodes[1] for path in found] == ["new", "old", "undated", "sector", "past"]
