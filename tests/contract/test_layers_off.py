"""What is loaded into another layer changes no answer until that layer is switched on, and then it shows, on both servers."""

from pathlib import Path

import pytest

from graph.answers import PublicStore, around, connect, describe, find_paths, first_view, sources_behind, withheld
from graph.guard import check
from graph.model import DIPLOMACY, Edge, Source, Statement
from graph.questions import load_questions
from graph.record import assemble
from graph.record.touching import facts_touched
from graph.render.tables import plain
from graph.schema import load_schema
from graph.search import NameIndex
from loaders import runner
from loaders.folders import all_sources
from tests.contract.clearing import prepared

EXCERPTS = Path(__file__).parents[1] / "loaders"
LAYERED = [name for name, info in all_sources().items() if info.layer != DIPLOMACY]
TOUCHED = ("berlin", "brussels", "hamburg", "lombardy", "flanders")
TYPED = ("Berlin", "Paris", "Mailand", "Los Angeles", "Moskau", "warsaw", "Four Motors")
PAIRS = (("lombardy", "flanders"), ("berlin", "flanders"), ("berlin", "brussels"))
RECORD = ("Source", "Statement")


def load(store, name):
    for folder in sorted((EXCERPTS / name).glob("excerpt*")):
        runner.run(runner.open_source(name, store, [folder]), store)


@pytest.fixture
def both(opened):
    """The curated data and twinned towns beside them."""
    def fill():
        runner.run(runner.open_source("curated", opened), opened)
        load(opened, "twinning")

    return prepared(opened, "curated and twins", fill)


def ask(store, question):
    """The rows of a saved question as a table, a picture or a file would hold them, its layers aside."""
    guarded = check(question.cypher, local=store.is_local)
    result = store.query(guarded.text, {parameter.name: parameter.default for parameter in question.parameters}, limit=5000)
    return [[without_layers(plain(value)) for value in row] for row in result.rows]


def without_layers(value):
    """A thing without what a layer may add to it unasked: that it lies there too, and further names by which it is found."""
    return {name: inner for name, inner in value.items() if name not in ("layers", "aliases")} if isinstance(value, dict) else value


def seen(subgraph):
    return [without_layers(plain(thing)) for thing in (*subgraph.nodes, *subgraph.edges)], subgraph.cut


def answers(store):
    """Everything that a reader may ask, by what was asked."""
    schema = load_schema()
    index = NameIndex.build(store.names())
    found = {question.name: ask(store, question) for question in load_questions()}
    found["counts"] = {kind: count for kind, count in store.counts().items() if kind not in RECORD}
    found["disputed things"] = seen(store.disputed())
    found |= {f"search {text}": index.search(text)[:1] for text in TYPED}
    for pair in PAIRS:
        told = connect(store, schema, *pair)
        found[f"between {pair}"] = [s.text for s in told.sentences], [(p.path.nodes, p.sentence) for p in told.paths], [c.source for c in told.citations]
        found[f"short {pair}"] = [path.nodes for path in store.shortest_paths(*pair, limit=1000)]
    for region in ("", *TOUCHED):
        view = first_view(store, region=region)
        found[f"first view {region}"] = seen(view.subgraph), view.title, view.focus, view.stressed
        found[f"sources of it {region}"] = sources_behind(store, [edge.id for edge in view.subgraph.edges])
    for region in TOUCHED:
        told = describe(store, schema, region)
        found[f"panel {region}"] = told.summary, told.groups, told.disagreements, told.counts, told.cut, told.silence, told.citations
        found[f"around {region}"] = seen(around(store, [region]).subgraph)
    return found


@pytest.mark.parametrize("name", LAYERED)
def test_with_the_layer_off_every_answer_is_as_if_it_were_not_loaded(curated_store, name):
    before = answers(curated_store)
    load(curated_store, name)
    assert curated_store.layers()
    after = answers(curated_store)
    assert after.keys() == before.keys()
    assert [what for what in before if after[what] != before[what]] == []


def test_with_the_layer_on_it_shows_in_counts_names_pictures_panels_and_paths(both):
    schema, towns = load_schema(), both.seeing(["twinning"])
    assert both.layers() == towns.layers_on() == ("twinning",)
    assert both.layers_on() == ()
    assert towns.counts()["TWINNED_WITH"] > both.counts()["TWINNED_WITH"]
    assert NameIndex.build(towns.names()).resolve("Los Angeles").startswith("place:")
    told = describe(towns, schema, "berlin")
    twins = next(group for group in told.groups if group.kind == "TWINNED_WITH")
    assert told.counts["TWINNED_WITH"] == len(twins.lines) > 5
    assert {line.layer for line in twins.lines} == {"twinned towns of Wikidata"}
    assert {line.layer for group in told.groups if group.kind != "TWINNED_WITH" for line in group.lines} == {""}
    assert {"Wikidata"} < {citation.source.publisher for citation in told.citations}
    assert "TWINNED_WITH" in {edge.kind for edge in around(towns, ["berlin"], limit=200).subgraph.edges}
    town = twins.lines[0].node
    assert [path.nodes for path in find_paths(towns, "berlin", town).paths] == [("berlin", town)]
    assert find_paths(both, "berlin", town).paths == ()
    sentence = connect(towns, schema, "berlin", town, language="it").paths[0].sentence.text
    assert sentence.endswith("(strato: gemellaggi di Wikidata).")


def test_a_layer_that_is_on_takes_no_room_from_what_every_view_shows(both):
    towns = both.seeing(["twinning"])
    for few, more, room in ((around(both, ["berlin", "lombardy"], limit=20), around(towns, ["berlin", "lombardy"], limit=20), 10),
                            (first_view(both, region="quebec"), first_view(towns, region="quebec"), 20)):
        shown, added = ({node.id for node in view.subgraph.nodes} for view in (few, more))
        assert shown <= added
        assert 0 < len(added - shown) <= room
        assert (few.title, few.stressed, few.focus) == (more.title, more.stressed, more.focus)


def test_a_saved_question_answers_from_the_layers_that_are_on(both):
    years = next(question for question in load_questions() if question.name == "coverage-by-year")
    assert ask(both.seeing(["twinning"]), years) != ask(both, years)
    assert sum(row[3] for row in ask(both.seeing(["twinning"]), years)) == both.query("MATCH (s:Statement) RETURN count(s) AS n").rows[0][0]


def test_how_many_ties_of_a_layer_a_picture_could_have_is_counted_whether_it_is_on_or_off(both):
    twins = len(both.seeing(None).adjacent(["berlin"], kinds=["TWINNED_WITH"]))
    assert both.ties_in_layers(["berlin", "lombardy"]) == both.seeing(["twinning"]).ties_in_layers(["berlin", "lombardy"]) == {"twinning": twins}
    assert both.ties_in_layers(["lombardy"]) == {}


def test_a_panel_of_what_lies_in_a_layer_that_is_off_still_says_who_states_it(both):
    town = next(node.id for node in both.seeing(["twinning"]).of_kind("Place") if not both.sees(node))
    told = describe(both, load_schema(), town)
    assert "layer: twinned towns of Wikidata" in told.summary
    assert {citation.source.publisher for citation in told.citations} == {"Wikidata"}


REGISTER = Source("register", layer="lobbies", tier="register", date="2026-01-01")
PAGE = Source("page", tier="official", date="2019-01-01")
SOURCES = {source.id: source for source in (REGISTER, PAGE)}


def member(source, **qualifiers):
    return Statement("MEMBER_OF", "aland", source, object="net", qualifiers=qualifiers)


def facts_of(*statements):
    return assemble([Statement("Region", "aland", "page"), Statement("Network", "net", "page"), *statements], SOURCES, load_schema())


def test_what_diplomacy_states_is_told_from_diplomacy_whatever_a_register_adds():
    """The register confirms it later, gives it other dates, and would join both of its terms into one."""
    own = (member("page", since="2001", until="2005"), member("page", since="2012", until="2015"))
    alone = facts_of(*own)
    together = facts_of(*own, member("register", since="2003", until="2013"), Statement("Region", "aland", "register", property="website", value="x"))
    bare = [Edge(edge.id, edge.kind, edge.source, edge.target, {k: v for k, v in edge.properties.items() if k != "layers"}) for edge in together.edges]
    assert bare == list(alone.edges)
    assert [edge.properties.get("layers") for edge in together.edges] == [("diplomacy", "lobbies"), None]
    assert {node.id: node.properties.get("layers") for node in together.nodes} == {"aland": ("diplomacy", "lobbies"), "net": None}
    assert "website" not in together.nodes[0].properties
    assert {s.about for s in together.statements if s.source == "register"} == {"aland", together.edges[0].id}


def test_further_names_are_heard_from_every_layer_and_change_nothing_else():
    alone = assemble([Statement("Region", "aland", "page", property="name", value="Aland")], SOURCES, load_schema()).nodes[0]
    named = [Statement("Region", "aland", "register", property=name, value=value) for name, value in (("aliases", "Alandija"), ("name_de", "Aaland"))]
    both = facts_of(Statement("Region", "aland", "page", property="name", value="Aland"), *named).nodes[0]
    assert {name: both.properties.get(name) for name in alone.properties} == dict(alone.properties)
    assert {name: both.properties[name] for name in both.properties.keys() - alone.properties.keys()} == {
        "aliases": ("Alandija",), "layers": ("diplomacy", "lobbies")}


def test_an_office_in_diplomacy_does_not_end_with_what_another_layer_says_of_a_successor():
    held = [Statement("Leader", "ann", "page"), Statement("LEADS", "ann", "page", object="aland", qualifiers={"office_kind": "head", "since": "2015"}),
            Statement("Leader", "bob", "register"), Statement("LEADS", "bob", "register", object="aland", qualifiers={"office_kind": "head", "since": "2020"})]
    ann, bob = facts_of(*held).edges
    assert (ann.source, ann.text("until"), ann.properties.get("layers")) == ("ann", "", None)
    assert (bob.source, bob.properties["layers"]) == ("bob", ("lobbies",))


def test_a_person_who_calls_a_tie_wrong_means_it_in_every_layer():
    word = Statement("MEMBER_OF", "aland", "own", object="net", verdict="wrong", decided="2026-02-01T00:00:00Z", reviewer="Ada")
    sources = {**SOURCES, "own": Source("own", tier="own_knowledge")}
    said = [Statement("Region", "aland", "page"), Statement("Network", "net", "page"), member("page"), member("register"), word]
    assert assemble(said, sources, load_schema()).edges == ()
    assert assemble([s for s in said if s.object == "" or s.source != "page"], sources, load_schema()).edges == ()


def test_properties_that_another_layer_adds_are_told_where_it_is_on(store):
    facts = facts_of(Statement("Region", "aland", "register", property="website", value="https://aland.example"))
    store.write(facts)
    panels = [describe(seeing, load_schema(), "aland") for seeing in (store, store.seeing(["lobbies"]))]
    assert ["https://aland.example" in str(panel.groups) for panel in panels] == [False, True]


def test_taking_a_layer_away_leaves_what_diplomacy_says_as_it_was(store):
    facts = facts_of(member("page"), member("register"))
    store.write(facts)
    gone = [statement for statement in facts.statements if statement.source == "register"]
    left = facts_touched((), gone, {}, store.seeing(None), load_schema())
    assert left.edges == facts_of(member("page")).edges
    assert left.gone_edges == ()


def test_what_only_a_layer_says_once_an_internal_source_is_left_out_does_not_leave_unasked(store):
    """Both state the tie; without the internal one it lies in the layer alone, and its layer is off."""
    inside = Source("inside", tier="project", internal=True)
    town = [Statement("Place", "town", source) for source in ("inside", "register")]
    ties = [Statement("TWINNED_WITH", "aland", source, object="town") for source in ("inside", "register")]
    store.write(assemble([Statement("Region", "aland", "page"), *town, *ties], {**SOURCES, "inside": inside}, load_schema()))
    kept = withheld(store, load_schema())
    assert [edge.kind for edge in store.adjacent(["aland"])] == ["TWINNED_WITH"]
    public, more = (PublicStore.of(seeing, kept) for seeing in (store, store.seeing(["lobbies"])))
    assert (public.adjacent(["aland"]), public.neighbours("aland").edges, public.of_kind("Place"), public.layers()) == ((), (), (), ("lobbies",))
    assert {name.id for name in public.names()} == {"aland"}
    assert [edge.properties["layers"] for edge in more.adjacent(["aland"])] == [("lobbies",)]
    assert {name.id for name in more.names()} == {"aland", "town"}


def test_a_layer_of_which_only_internal_sources_know_is_not_named_in_a_file(store):
    inside = Source("inside", layer="secret", tier="project", internal=True)
    store.write(assemble([Statement("Place", "town", "inside")], {"inside": inside}, load_schema()))
    public = PublicStore.of(store, withheld(store, load_schema())).seeing(["secret"])
    assert (store.seeing(["secret"]).layers_on(), public.layers_on()) == (("secret",), ())
