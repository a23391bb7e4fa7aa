"""A view sees diplomacy and the layers that it has switched on: search, counts, neighbours, paths and subgraphs alike, on both servers."""

import pytest

from graph.answers import find_paths
from graph.model import Edge, Facts, Node, Source, Statement
from graph.record import assemble
from graph.schema import load_schema
from graph.search import NameIndex

TOWNS, LOBBIES = ("twinning",), ("transparency",)


def edge(source, target, kind="MEMBER_OF", *layers):
    return Edge(f"{kind}|{source}|{target}", kind, source, target, {"layers": layers} if layers else {})


@pytest.fixture
def world(store):
    """Two regions in one network; a town of another layer that is twinned with both, a lobby of a third that is a member too."""
    nodes = (Node("aland", "Region", {"name": "Aland"}), Node("bland", "Region", {"name": "Bland", "layers": ("diplomacy", "twinning")}),
             Node("net", "Network", {"name": "The Net"}), Node("town", "Place", {"name": "Town", "layers": TOWNS}),
             Node("lobby", "Organisation", {"name": "Lobby", "layers": LOBBIES}))
    edges = (edge("aland", "net"), edge("bland", "net"), edge("aland", "town", "TWINNED_WITH", *TOWNS),
             edge("bland", "town", "TWINNED_WITH", "diplomacy", *TOWNS), edge("lobby", "net", "MEMBER_OF", *LOBBIES))
    source = Source("register", layer="twinning")
    store.write(Facts(nodes, edges, (Statement("Place", "town", "register", about="town"),), (source, Source("page"))))
    return store


def test_what_no_view_has_switched_on_is_neither_listed_nor_counted_nor_found(world):
    assert (world.counts()["Place"], world.counts()["TWINNED_WITH"], world.counts()["MEMBER_OF"], world.counts()["Region"]) == (0, 1, 2, 2)
    assert world.of_kind("Place") == ()
    assert {name.id for name in world.names()} == {"aland", "bland", "net"}
    assert NameIndex.build(world.names()).search("Town") == ()


def test_a_layer_that_is_switched_on_is_seen_beside_diplomacy(world):
    towns = world.seeing(TOWNS)
    assert (towns.counts()["Place"], towns.counts()["TWINNED_WITH"], towns.counts()["Region"], towns.counts()["Organisation"]) == (1, 2, 2, 0)
    assert NameIndex.build(towns.names()).resolve("town") == "town"
    assert world.seeing(None).counts()["Organisation"] == 1
    assert world.counts()["Place"] == 0


def test_neighbours_subgraphs_and_steps_follow_the_layers(world):
    assert {e.id for e in world.neighbours("aland").edges} == {"MEMBER_OF|aland|net"}
    assert {e.id for e in world.seeing(TOWNS).neighbours("aland").edges} == {"MEMBER_OF|aland|net", "TWINNED_WITH|aland|town"}
    cut = world.neighbours("net", limit=1).cut
    assert cut is not None
    assert cut.left_out == 1
    assert {e.id for e in world.adjacent(["town"])} == {"TWINNED_WITH|bland|town"}
    assert {e.id for e in world.subgraph(["aland", "bland", "town"]).edges} == {"TWINNED_WITH|bland|town"}
    assert [n.id for n in world.get(["town", "lobby"])] == ["lobby", "town"]


def test_paths_lead_through_the_layers_that_are_seen_alone(world):
    assert [path.nodes for path in world.shortest_paths("aland", "bland")] == [("aland", "net", "bland")]
    assert [path.nodes for path in world.seeing(TOWNS).shortest_paths("aland", "bland")] == [("aland", "net", "bland"), ("aland", "town", "bland")]
    assert world.shortest_paths("lobby", "aland") == ()
    assert [path.nodes for path in find_paths(world.seeing(TOWNS), "aland", "town").paths] == [("aland", "town")]
    # the shortest of all leads through another layer: the longer one is found, not none
    assert [path.nodes for path in find_paths(world, "aland", "town").paths] == [("aland", "net", "bland", "town")]
    assert [path.nodes for path in world.shortest_paths("aland", "town")] == [("aland", "net", "bland", "town")]


def test_the_layers_that_are_there_can_be_named_and_a_query_knows_those_that_are_seen(world):
    assert world.layers() == ("twinning",)
    text = "MATCH (n:Entity) WHERE any(layer IN coalesce(n.layers, ['diplomacy']) WHERE layer IN $layers) RETURN count(n) AS n"
    assert world.query(text).rows == ((3,),)
    assert world.seeing(LOBBIES).query(text).rows == ((4,),)
    assert world.query("MATCH (n:Entity) RETURN count(n) AS n").rows == ((5,),)


def test_nodes_and_edges_know_the_layers_of_the_sources_that_state_them():
    sources = {"page": Source("page"), "register": Source("register", layer="twinning")}
    facts = assemble([Statement("Region", "aland", "page"), Statement("Region", "aland", "register"), Statement("Place", "town", "register"),
                      Statement("TWINNED_WITH", "aland", "register", object="town"), Statement("Region", "bland", "page")], sources, load_schema())
    assert {node.id: node.properties.get("layers") for node in facts.nodes} == {"aland": ("diplomacy", "twinning"), "bland": None, "town": TOWNS}
    assert facts.edges[0].properties["layers"] == TOWNS
