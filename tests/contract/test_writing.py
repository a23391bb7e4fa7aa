"""What is written comes back; writing it again changes nothing; what is gone is gone; a write that was cut off is finished by the next."""

import dataclasses

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from graph.errors import SchemaError
from graph.model import Edge, Facts, Node, Source, Statement
from tests.contract.test_reading import edge, small_world

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60)
VALUE = st.one_of(TEXT, st.integers(-2**53, 2**53), st.booleans(), st.floats(allow_nan=False, allow_infinity=False), st.lists(TEXT, min_size=1, max_size=3).map(tuple))


def test_writing_twice_changes_nothing_and_keeps_the_version(store):
    first = store.write(small_world())
    assert (first.nodes_new, first.edges_new, first.statements_new) == (5, 6, 6)
    version = store.version()
    assert store.write(small_world()).nothing
    assert store.version() == version


def test_what_changed_is_changed_and_the_version_grows(store):
    store.write(small_world())
    version = store.version()
    facts = small_world()
    nodes = tuple(dataclasses.replace(n, properties={"name": "New"}) if n.id == "bland" else n for n in facts.nodes)
    edges = tuple(dataclasses.replace(e, properties={"since": "1999-01-01"}) if e.id == "MEMBER_OF|bland|net" else e for e in facts.edges)
    report = store.write(dataclasses.replace(facts, nodes=nodes, edges=edges))
    assert (report.nodes_changed, report.edges_changed, report.nodes_new) == (1, 1, 0)
    assert store.get(["bland"])[0].properties == {"name": "New"}
    assert {e.id: e.text("since") for e in store.adjacent(["bland"])}["MEMBER_OF|bland|net"] == "1999-01-01"
    assert int(store.version()) > int(version)


def test_what_is_gone_is_removed_with_its_statements_and_sources(store):
    facts = small_world()
    store.write(facts)
    gone = [s.id for s in facts.statements]
    report = store.write(Facts(gone_edges=tuple(e.id for e in facts.edges), gone_nodes=("cland",)), gone)
    assert (report.edges_gone, report.nodes_gone, report.statements_gone) == (6, 1, 6)
    counts = store.counts()
    assert (counts["Region"], counts["MEMBER_OF"], counts["Statement"], counts["Source"]) == (2, 0, 0, 0)


def test_a_kind_that_the_schema_does_not_know_never_reaches_the_server(store):
    with pytest.raises(SchemaError):
        store.write(Facts(nodes=(Node("x", "Region) DETACH DELETE (n"),)))
    with pytest.raises(SchemaError):
        store.write(Facts(nodes=(Node("a", "Region"), Node("b", "Network")), edges=(edge("a", "b", "HATES"),)))
    assert store.version() == "0"


def test_an_id_that_is_of_another_kind_already_is_refused(store):
    store.write(small_world())
    with pytest.raises(SchemaError, match="aland"):
        store.write(Facts(nodes=(Node("aland", "Network"),)))


def test_a_write_that_was_cut_off_is_seen_and_finished_by_running_it_again(store):
    facts = small_world()

    class Cut(Exception):
        pass

    def cut(done: int, total: int) -> None:
        if done > 6:
            raise Cut

    with pytest.raises(Cut):
        store.write(facts, loader="test", progress=cut)
    assert store.interrupted() == "test"
    store.write(facts, loader="test")
    assert store.interrupted() == ""
    assert store.counts()["MEMBER_OF"] == 3
    assert len(store.statement_ids("test")) == 6


@profile(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(properties=st.dictionaries(st.sampled_from(["name", "name_it", "acronym", "seat", "description"]), VALUE, max_size=4), quote=TEXT)
def test_any_text_comes_back_as_it_was(store, properties, quote):
    source = Source("s", title=quote)
    statement = Statement("Network", "n", "s", property="name", value=quote, quote=quote, about="n", loader="test")
    store.write(Facts((Node("n", "Network", properties),), (), (statement,), (source,)))
    assert store.get(["n"])[0].properties == properties
    assert statement in store.statements(["n"])
    assert store.sources(["s"])[0].title == quote


def test_edges_with_equal_ends_are_addressed_one_by_one(store):
    nodes = (Node("p", "Leader"), Node("r", "Region"))
    terms = tuple(Edge(f"LEADS|p|r|head|{i}", "LEADS", "p", "r", {"since": f"20{i}0-01-01"}) for i in (1, 2))
    store.write(Facts(nodes, terms))
    store.write(Facts(gone_edges=("LEADS|p|r|head|1",)))
    assert [e.id for e in store.adjacent(["p"])] == ["LEADS|p|r|head|2"]


def test_of_one_node_all_edges_can_go_at_once(store):
    nodes = tuple(Node(f"a{i}", "Agreement") for i in range(2_500))
    edges = tuple(edge("r", node.id, "PARTY_TO") for node in nodes)
    store.write(Facts((Node("r", "Region"), *nodes), edges))
    report = store.write(Facts(gone_edges=tuple(e.id for e in edges)))
    assert report.edges_gone == 2_500
    assert store.adjacent(["r"]) == ()
