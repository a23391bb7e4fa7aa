"""What a store reads is the same on both servers: ordered, bounded, and converted to Ponte's own values."""

import random
import threading

import pytest

from graph.errors import QueryCancelled, QueryFailed, QueryTimeout, QueryTooLarge, RefusedQuery
from graph.model import Cut, Edge, Facts, Node, Source, Statement
from graph.store import Cancel

SLOW = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a * b = -1 RETURN count(*) AS n"


def edge(source: str, target: str, kind: str = "MEMBER_OF", suffix: str = "", **properties) -> Edge:
    return Edge(f"{kind}|{source}|{target}{suffix}", kind, source, target, properties)


def small_world() -> Facts:
    nodes = (Node("aland", "Region", {"name": "Aland", "name_it": "Alandia", "aliases": ("Ahvenanmaa",), "country": "finland"}),
             Node("bland", "Region", {"name": "Bland"}), Node("cland", "Region", {"name": "Cland", "type": "predecessor"}),
             Node("net", "Network", {"name": "The Net", "acronym": "TN", "member_count": 3}), Node("pact", "Agreement", {"name": "Pact", "date": "2024-05-01"}))
    edges = (edge("aland", "net", since="2001-01-01"), edge("bland", "net"), edge("cland", "net"), edge("aland", "pact", "PARTY_TO"),
             edge("aland", "net", "CHAIRS", "|chair"), edge("aland", "bland", "TWINNED_WITH"))
    source = Source("http://example.org/1", title="A page", publisher="P", tier="press", date="2024-05-02")
    statements = tuple(Statement(e.kind, e.source, source.id, object=e.target, place=f"row {i}", about=e.id, loader="test",
                                 qualifiers={"role": "member"} if e.kind == "MEMBER_OF" else {}) for i, e in enumerate(edges))
    return Facts(nodes, edges, statements, (source,))


@pytest.fixture
def world(store):
    store.write(small_world())
    return store


def test_nodes_come_back_as_they_were_written_by_id_and_unknown_ids_are_left_out(world):
    assert [node.id for node in world.get(["net", "aland", "nobody"])] == ["aland", "net"]
    assert world.get(["aland"])[0] == small_world().nodes[0]
    assert world.get(["net"])[0].properties["member_count"] == 3


def test_only_nodes_with_dates_of_their_own_are_asked_for_dates(world):
    assert [node.id for node in world.dated(["pact", "aland", "net", "nobody"])] == ["pact"]
    assert world.dated(["pact"])[0] == world.get(["pact"])[0]


def test_neighbours_are_ordered_bounded_and_say_how_many_were_cut(world):
    around = world.neighbours("net")
    assert [node.id for node in around.nodes] == ["aland", "bland", "cland", "net"]
    assert len(around.edges) == 4
    assert around.cut is None
    assert world.neighbours("net", limit=3).cut == Cut("rows", 1)
    assert {e.kind for e in world.neighbours("net", kinds=["CHAIRS"]).edges} == {"CHAIRS"}
    alone = world.neighbours("pact", kinds=["COVERS"])
    assert ([n.id for n in alone.nodes], alone.edges) == (["pact"], ())


def test_edges_keep_their_direction_and_parallel_ones_stay_apart(world):
    found = {e.id: (e.source, e.target) for e in world.adjacent(["net"])}
    assert found["MEMBER_OF|aland|net"] == found["CHAIRS|aland|net|chair"] == ("aland", "net")
    assert len(world.adjacent(["net", "aland"])) == 6


def test_a_subgraph_has_all_edges_among_its_nodes(world):
    found = world.subgraph(["aland", "net", "bland"])
    assert {e.id for e in found.edges} == {"MEMBER_OF|aland|net", "MEMBER_OF|bland|net", "CHAIRS|aland|net|chair", "TWINNED_WITH|aland|bland"}


def test_shortest_paths_ignore_direction_and_never_walk_through_the_record(world):
    paths = world.shortest_paths("bland", "pact")
    assert [path.nodes for path in paths] == [("bland", "aland", "pact")]
    assert world.shortest_paths("bland", "pact", kinds=["MEMBER_OF", "PARTY_TO"])[0].nodes == ("bland", "net", "aland", "pact")
    assert world.shortest_paths("bland", "pact", max_steps=1) == ()


def test_names_come_with_languages_aliases_and_what_no_longer_exists(world):
    names = {name.id: name for name in world.names()}
    assert names["aland"].names == (("", "Aland"), ("it", "Alandia"), ("alias", "Ahvenanmaa"))
    assert ("alias", "TN") in names["net"].names
    assert names["cland"].former
    assert not names["aland"].former


def test_statements_are_found_by_what_they_are_about_and_by_tie(world):
    found = world.statements(["MEMBER_OF|aland|net"])
    assert [(s.subject, s.object, s.qualifiers, s.place) for s in found] == [("aland", "net", {"role": "member"}, "row 0")]
    assert world.statements_on([], [("MEMBER_OF", "aland", "net")]) == found
    assert len(world.statement_ids("test")) == 6
    assert world.statement_ids("test", ["http://example.org/2"]) == ()
    assert [source.title for source in world.sources()] == ["A page"]
    assert world.statements_by_source() == {"http://example.org/1": 6}


def test_counts_name_every_kind(world):
    counts = world.counts()
    assert (counts["Region"], counts["MEMBER_OF"], counts["Statement"], counts["Source"], counts["Leader"]) == (3, 3, 6, 1, 0)


def test_a_query_gives_plain_values_and_what_can_be_drawn(world):
    found = world.query("MATCH (a:Region {id: $id})-[r:MEMBER_OF]->(n) RETURN a, r, n.name AS name, date('2024-05-01') AS day, [1, 'x'] AS list, "
                        "{k: n.member_count} AS map, null AS nothing, 1.5 AS number, true AS flag", {"id": "aland"})
    (row,) = found.rows
    assert found.columns == ("a", "r", "name", "day", "list", "map", "nothing", "number", "flag")
    assert (row[0].id, row[0].kind, row[1].source, row[1].target) == ("aland", "Region", "aland", "net")
    assert row[2:] == ("The Net", "2024-05-01", [1, "x"], {"k": 3}, None, 1.5, True)
    assert [n.id for n in found.subgraph.nodes] == ["aland", "net"]
    assert [e.id for e in found.subgraph.edges] == ["MEMBER_OF|aland|net"]


def test_values_that_only_a_server_knows_become_text(world):
    found = world.query("RETURN point({x: 1, y: 2.5}) AS place, duration('P1Y2DT3H') AS span, datetime('2024-01-01T10:00:00+02:00') AS moment, "
                        "localtime('10:00:00.5') AS time, [date('2024-01-01'), {a: time('09:30+01:00')}] AS list")
    assert found.rows == (("point(1.0, 2.5)", "P1Y2DT3H", "2024-01-01T10:00:00+02:00", "10:00:00.500000000", ["2024-01-01", {"a": "09:30:00+01:00"}]),)


@pytest.mark.parametrize("text", ["RETURN reduce(s = 'x', i IN range(1, 25) | s + s) AS s",
                                  "UNWIND range(1, 400) AS n RETURN n, reduce(s = 'x', i IN range(1, 16) | s + s) AS s",
                                  "RETURN reduce(l = [], i IN range(1, 60) | [l]) AS l"], ids=["one cell", "many rows", "nested"])
def test_an_answer_that_is_too_large_to_hold_is_ended_and_the_store_goes_on(world, text):
    with pytest.raises(QueryTooLarge, match="Ask for less"):
        world.query(text)
    assert world.query("RETURN 1 AS one").rows == ((1,),)


def test_edges_returned_without_their_nodes_still_know_their_ends(world):
    found = world.query("MATCH ()-[r:PARTY_TO]->() RETURN r")
    assert (found.rows[0][0].source, found.rows[0][0].target) == ("aland", "pact")
    assert len(found.subgraph.nodes) == 2


def test_a_path_is_a_path(world):
    found = world.query("MATCH p = (:Region {id: 'aland'})-[:MEMBER_OF]->(:Network) RETURN p")
    assert found.rows[0][0].nodes == ("aland", "net")


def test_rows_are_cut_at_the_limit_and_that_is_said(world):
    found = world.query("UNWIND range(1, 50) AS n RETURN n ORDER BY n", limit=7)
    assert [row[0] for row in found.rows] == list(range(1, 8))
    assert found.truncated
    assert not world.query("UNWIND range(1, 7) AS n RETURN n", limit=7).truncated


def test_columns_are_known_without_any_row(world):
    assert world.query("MATCH (n:Region {id: 'nobody'}) RETURN n.name AS name, n.id AS id").columns == ("name", "id")


def test_the_time_limit_ends_a_query_and_the_store_goes_on(world):
    with pytest.raises(QueryTimeout, match=r"0\.5 s"):
        world.query(SLOW, seconds=0.5)
    assert world.query("RETURN 1 AS one").rows == ((1,),)


def test_a_query_can_be_cancelled_from_elsewhere(world):
    cancel = Cancel()
    threading.Timer(0.3, cancel).start()
    with pytest.raises(QueryCancelled):
        world.query(SLOW, seconds=60, cancel=cancel)


def test_a_query_that_was_cancelled_before_it_began_does_not_begin(world):
    cancel = Cancel()
    cancel()
    with pytest.raises(QueryCancelled):
        world.query("RETURN 1", cancel=cancel)


@pytest.mark.parametrize("text", ["CREATE (:Region {id: 'x'})", "MATCH (n:Region) SET n.name = 'x'", "MATCH (n:Region) DETACH DELETE n"])
def test_a_write_is_refused_even_where_no_guard_stood_before(world, text):
    with pytest.raises((RefusedQuery, QueryFailed)):
        world.query(text)
    assert world.counts()["Region"] == 3
    assert world.get(["aland"])[0].name == "Aland"


def test_of_many_shortest_paths_the_first_by_their_edges_are_given(store):
    between = [f"n{number:02}" for number in range(40)]
    shuffled = random.Random(7).sample(between, len(between))
    store.write(Facts(tuple(Node(id, "Region", {"name": id}) for id in ("a", "b")) + tuple(Node(id, "Network", {"name": id}) for id in shuffled),
                      tuple(edge(end, id) for id in shuffled for end in ("a", "b"))))
    assert [path.nodes for path in store.shortest_paths("a", "b", limit=3)] == [("a", id, "b") for id in between[:3]]


def test_what_the_server_cannot_read_is_one_sentence(world):
    with pytest.raises(QueryFailed) as caught:
        world.query("MATCH (n RETURN n")
    assert "\n" not in str(caught.value)
    with pytest.raises(QueryFailed):
        world.query("RETURN $nothing AS x")


def test_an_empty_store_answers(store):
    assert store.version() == "0"
    assert store.interrupted() == ""
    assert store.get(["x"]) == ()
    assert store.neighbours("x").nodes == ()
    assert store.shortest_paths("x", "y") == ()
    assert store.names() == ()
