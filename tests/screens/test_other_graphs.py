"""Other graphs than the curated one: empty, small, with odd names, and one to which a reader adds what a text says."""

from graph.model import Edge, Facts, Node, Source, Statement
from tests.screens.driver import ON_THE_LOCAL_SERVER, Screen

pytestmark = ON_THE_LOCAL_SERVER
HOSTILE = '<script>alert("1")</script><img src=x onerror=alert(2)>'
TEXT = """Regione Umbria, 4 maggio 2024. La Regione Umbria e la Baviera hanno firmato oggi a Perugia un memorandum d'intesa.
Il documento è stato sottoscritto dalla presidente della Regione Umbria Anna Prova e dal ministro-presidente della Baviera Markus Söder.
"""
AGREEMENT = "agr-umbria-bavaria-2024-05-04"


def region(id: str, name: str, **properties: str) -> Node:
    return Node(id, "Region", {"name": name, **properties})


def test_a_graph_from_which_all_was_taken_says_how_to_fill_it(empty):
    empty.write(Facts((region("aland", "Aland"),)))
    empty.write(Facts(gone_nodes=("aland",)))
    assert "The graph is empty. Fill it with “python -m loaders run”, or read a text under Review." in Screen.app().said("info")


def test_a_graph_without_an_agreement_opens_on_what_has_the_most_ties(empty):
    nodes = (region("aland", "Aland"), region("bland", "Bland"), region("cland", "Cland"), Node("net", "Network", {"name": "The Net"}))
    edges = (Edge("MEMBER_OF|bland|net", "MEMBER_OF", "bland", "net"), Edge("TWINNED_WITH|bland|cland", "TWINNED_WITH", "bland", "cland"))
    empty.write(Facts(nodes, edges))
    screen = Screen.app()
    assert screen.shown == {"bland", "cland", "net"}
    assert "Around Bland" in screen.lead


def test_a_name_that_several_have_lists_them(empty):
    empty.write(Facts((region("limburg-be", "Limburg", country="belgium"), region("limburg-nl", "Limburg", country="netherlands"), region("aland", "Aland"))))
    said = Screen.only("paths").type("paths_from", "Limburg").type("paths_to", "Aland").said("warning")
    assert "limburg-be" in said
    assert "limburg-nl" in said


def test_html_in_names_is_shown_as_text_everywhere(empty):
    source = Source("s", title=HOSTILE, publisher=HOSTILE, url="javascript:alert(3)", tier="press", date="2024-05-02")
    nodes = (region("a", f"A {HOSTILE}"), region("b", f"B {HOSTILE}"), Node("pact", "Agreement", {"name": HOSTILE, "date": "2024-05-01", "place": HOSTILE}))
    edges = tuple(Edge(f"PARTY_TO|{id}|pact", "PARTY_TO", id, "pact") for id in ("a", "b"))
    statements = tuple(Statement(e.kind, e.source, "s", object=e.target, quote=HOSTILE, place=HOSTILE, about=e.id, loader="test") for e in edges)
    empty.write(Facts(nodes, edges, statements, (source,)))
    explore, paths = Screen.app(), Screen.only("paths", {"from": "a", "to": "b"})
    for screen in (explore, paths):
        assert {f"A {HOSTILE}", f"B {HOSTILE}"} <= {node["title"].splitlines()[0] for node in screen.data["nodes"]}
        assert HOSTILE in screen.text
    others = [Screen.app(sel=edges[0].id), Screen.app(sel="a"), Screen.app(sel="a").set("toggle", "explore_table", True), Screen.app(lang=HOSTILE, around=HOSTILE, region=HOSTILE)]
    for screen in (explore, paths, *others):
        assert "<script>" not in screen.html
        assert "<img" not in screen.html
        assert "javascript:" not in screen.html
    asked = Screen.only("ask", {"tab": "own"}).type("ask_text", "MATCH (r:Region) RETURN r, r.name AS name ORDER BY r.id").press("ask_run")
    assert asked.rows[0]["name"] == f"A {HOSTILE}"
    assert "<img" not in asked.html


def test_an_empty_graph_is_filled_and_of_a_text_only_what_was_accepted_enters_it(empty):
    assert "agr-lom-fla-2026" in Screen.app().shown
    before = empty.counts()
    assert before["Region"] > 180

    screen = Screen.only("review").type("review_name", "Ann").type("review_paste", TEXT)
    screen.type("review_title", "Intesa Umbria").type("review_publisher", "Regione Umbria")
    for item in screen.data["items"]:
        screen.do("review_desk", "reject" if item["key"].startswith("SIGNED") else "accept", key=item["key"])
    assert {edge.source for edge in empty.adjacent([AGREEMENT], kinds=["PARTY_TO"])} == {"umbria", "bavaria"}
    after = empty.counts()
    assert (after["SIGNED"], after["Region"], after["Leader"]) == (before["SIGNED"], before["Region"], before["Leader"] + 1)
    assert any(row["Title"] == "Intesa Umbria" and row["Publisher"] == "Regione Umbria" for row in Screen.only("sources").rows)
    assert AGREEMENT in Screen.app(around="umbria,bavaria").shown

    again = Screen.only("review").type("review_paste", TEXT)
    assert not [item for item in again.data["items"] if not item["status"]]
    assert empty.counts() == after
