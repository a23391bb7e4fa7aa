"""Positions: the same in every process, nothing on top of anything, the old ones untouched."""

import math
import os
import subprocess
import sys
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.layout import place, place_new
from graph.model import Edge, Node, Subgraph, ordered
from tests.golden.subgraphs import bridge, crowd

TOP = Path(__file__).parents[2]
PRINT = """
import json
from graph.layout import place, place_new
from tests.golden.subgraphs import bridge, crowd
spread = place(crowd(120))
print(json.dumps([spread, place(bridge(), focus=("norland", "sudmark")), place_new(spread, crowd(150), {f"n{at:03}" for at in range(120, 150)}, "n007")]))
"""


def visible(subgraph):
    nodes = [node for node in subgraph.nodes if node.kind != "Source"]
    return ordered(nodes, subgraph.edges)


def printed(hash_seed):
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    done = subprocess.run([sys.executable, "-c", PRINT], env=environment, cwd=TOP, capture_output=True, text=True, check=True)
    return done.stdout


def test_every_process_gives_the_same_positions():
    assert printed("1") == printed("2")


def test_the_order_of_nodes_and_edges_does_not_matter():
    subgraph = crowd(60)
    turned = Subgraph(tuple(reversed(subgraph.nodes)), tuple(reversed(subgraph.edges)))
    assert place(subgraph) == place(turned)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 50, 200, 300])
def test_no_node_lies_on_another(count):
    positions = place(crowd(count))
    assert len(positions) == count
    assert all(math.dist(one, other) > 40 for one, other in combinations(positions.values(), 2))


@pytest.mark.parametrize("count", [50, 200, 300])
def test_a_layout_is_about_as_wide_as_a_page(count):
    xs, ys = zip(*place(crowd(count)).values(), strict=True)
    assert 1.1 < (max(xs) - min(xs)) / (max(ys) - min(ys)) < 2.4


def test_positions_are_plain_numbers():
    assert all(type(number) is float for point in place(crowd(30)).values() for number in point)


def test_between_two_the_start_is_left_the_end_right_and_what_they_share_in_the_middle():
    positions = place(visible(bridge()), focus=("norland", "sudmark"))
    left, right = positions["norland"][0], positions["sudmark"][0]
    assert left == -right < 0
    assert all(abs(positions[shared][0]) < 1 for shared in ("hydro", "alps", "accord"))
    assert left < positions["ada"][0] < 0 < positions["bo"][0] < right
    assert positions["cy"][0] < left
    assert all(positions[sector][1] > positions["accord"][1] > positions["hydro"][1] for sector in ("steel", "wind"))


def test_between_two_every_line_of_a_longer_way_goes_forward():
    chain = ["a", "b", "c", "d", "e", "f"]
    nodes = [Node(id, "Region", {"name": id}) for id in [*chain, "loose"]]
    edges = [Edge(f"{one}{two}", "TWINNED_WITH", one, two) for one, two in pairwise(chain)]
    positions = place(ordered(nodes, edges), focus=("a", "f"))
    assert [id for id, _ in sorted(positions.items(), key=lambda item: item[1][0]) if id != "loose"] == chain
    assert positions["loose"][1] > max(positions[id][1] for id in chain)


def test_two_that_nothing_joins_are_placed_like_any_others():
    nodes = [Node(id, "Region", {"name": id}) for id in "abc"]
    positions = place(ordered(nodes, []), focus=("a", "b"))
    assert set(positions) == set("abc")
    assert len(set(positions.values())) == 3


@pytest.mark.parametrize("shared", [1, 12, 40, 120])
def test_between_two_nothing_overlaps_however_much_they_share(shared):
    nodes = [Node("a", "Region", {"name": "A"}), Node("b", "Region", {"name": "B"})]
    nodes += [Node(f"s{at}", ("Network", "Agreement", "Sector", "Event")[at % 4], {"name": f"Shared {at}"}) for at in range(shared)]
    edges = [Edge(f"{end}{node.id}", "MEMBER_OF", end, node.id) for node in nodes[2:] for end in "ab"]
    positions = place(ordered(nodes, edges), focus=("a", "b"))
    assert all(math.dist(one, other) > 28 for one, other in combinations(positions.values(), 2))


POINTS = st.tuples(st.floats(-3000, 3000), st.floats(-3000, 3000))


@given(old=st.dictionaries(st.integers(0, 40).map("n{:03}".format), POINTS, max_size=40), new=st.sets(st.integers(0, 59), max_size=25),
       anchor=st.integers(0, 59))
def test_newcomers_move_nothing_and_find_room(old, new, anchor):
    new_ids = {f"n{at:03}" for at in new}
    positions = place_new(old, crowd(60), new_ids, f"n{anchor:03}")
    assert {id: positions[id] for id in old} == old
    assert set(positions) == set(old) | new_ids
    added = new_ids - set(old)
    assert all(math.dist(positions[id], point) > 70 for id in added for other, point in positions.items() if other != id)


def test_newcomers_gather_around_their_anchor():
    old = place(crowd(20))
    positions = place_new(old, crowd(26), {f"n{at:03}" for at in range(20, 26)}, "n007")
    assert all(math.dist(positions[f"n{at:03}"], old["n007"]) < 420 for at in range(20, 26))
