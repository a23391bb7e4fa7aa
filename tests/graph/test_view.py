"""Scenes: what is shown, how it is drawn, what the legend and the notes say of it."""

from collections import Counter

import pytest

from graph.errors import BadValue
from graph.model import Cut, Edge, Node, Source, Subgraph, ordered
from graph.schema import load_schema
from graph.view import ViewSpec, make_scene, source_line
from graph.view.label import clean, shorten, wrap
from graph.view.theme import THEMES
from tests.golden.subgraphs import bridge, crowd, twinned

SCHEMA = load_schema()


def scene_of(**spec):
    return make_scene(bridge(), ViewSpec(**spec), SCHEMA)


def named(name):
    return make_scene(ordered([Node("a", "Region", {"name": name})], []), ViewSpec(), SCHEMA).nodes[0]


def style_of(properties, on="2024-06-01", kind="MEMBER_OF"):
    nodes = [Node("a", "Region", {"name": "A"}), Node("b", "Network", {"name": "B"})]
    return make_scene(ordered(nodes, [Edge("e", kind, "a", "b", properties)]), ViewSpec(on=on), SCHEMA).edges[0].style


def test_the_same_input_is_the_same_picture():
    assert scene_of(on="2024-06-01") == scene_of(on="2024-06-01")


def test_the_record_is_never_in_a_picture():
    assert "src" not in {node.id for node in scene_of().nodes}


def test_the_legend_lists_exactly_the_kinds_shown_and_counts_them():
    scene = scene_of(hidden=frozenset({"bo"}))
    entries = {entry.key: entry for entry in scene.legend if entry.shape}
    assert {kind: entry.count for kind, entry in entries.items()} == Counter(node.kind for node in scene.nodes)
    assert entries["Leader"].label == "leaders"
    assert entries["Agreement"].label == "agreement"


def test_the_legend_explains_each_style_of_line_once_there_is_more_than_one():
    dated = [entry.key for entry in scene_of(on="2024-06-01", path=("SIGNED:bo:accord",)).legend if not entry.shape]
    assert dated == ["holds", "confirmed", "ended", "inferred", "path"]
    plain = make_scene(ordered([Node("a", "Region"), Node("b", "Region")], [Edge("e", "TWINNED_WITH", "a", "b")]), ViewSpec(), SCHEMA)
    assert [entry.key for entry in plain.legend] == ["Region"]


@pytest.mark.parametrize(("properties", "style"), [
    ({"since": "2020-01-01", "confirmed": "2024-05-01"}, "holds"), ({"confirmed": "2024-01-01"}, "holds"), ({}, "holds"),
    ({"confirmed": "2019-01-01"}, "confirmed"), ({"since": "2010-01-01", "until": "2012-12-31"}, "ended"),
    ({"since": "2030-01-01"}, "ahead"), ({"inferred": True, "confirmed": "2019-01-01"}, "inferred"),
])
def test_a_line_says_what_is_known_on_the_date(properties, style):
    assert style_of(properties) == style


def test_without_a_date_nothing_has_ended():
    assert style_of({"until": "2012-12-31"}, on="") == "holds"


def test_who_has_signed_has_signed_whenever_that_was_confirmed():
    nodes = [Node("a", "Leader", {"name": "A"}), Node("b", "Agreement", {"name": "B"})]
    scene = make_scene(ordered(nodes, [Edge("e", "SIGNED", "a", "b", {"confirmed": "2001-01-01"})]), ViewSpec(on="2024-06-01"), SCHEMA)
    assert scene.edges[0].style == "holds"


def test_parallel_lines_are_all_there_and_apart_whichever_way_they_point():
    nodes = [Node("a", "Region", {"name": "A"}), Node("b", "Region", {"name": "B"})]
    edges = [Edge("1", "TWINNED_WITH", "a", "b"), Edge("2", "PART_OF", "b", "a"), Edge("3", "PART_OF", "a", "b"), Edge("4", "SUCCEEDED_BY", "b", "a")]
    scene = make_scene(ordered(nodes, edges), ViewSpec(), SCHEMA)
    bows = {edge.id: edge.curve if edge.source == "a" else -edge.curve for edge in scene.edges}
    assert set(bows) == {"1", "2", "3", "4"}
    assert len(set(bows.values())) == 4


def test_a_line_goes_around_a_mark_in_its_way():
    nodes = [Node(id, "Region", {"name": id}) for id in "abc"]
    spots = {"a": (0.0, 0.0), "b": (200.0, 0.0), "c": (400.0, 0.0)}
    scene = make_scene(ordered(nodes, [Edge("e", "TWINNED_WITH", "a", "c"), Edge("f", "TWINNED_WITH", "a", "b")]), ViewSpec(positions=spots), SCHEMA)
    assert {edge.id: bool(edge.curve) for edge in scene.edges} == {"e": True, "f": False}


def test_only_ties_with_a_direction_have_an_arrow():
    nodes = [Node("a", "Region", {"name": "A"}), Node("b", "Region", {"name": "B"})]
    scene = make_scene(ordered(nodes, [Edge("1", "TWINNED_WITH", "a", "b"), Edge("2", "PART_OF", "a", "b")]), ViewSpec(), SCHEMA)
    assert [edge.directed for edge in scene.edges] == [False, True]


def test_the_stressed_path_and_the_focus_come_first_for_names():
    scene = scene_of(focus=("norland",), path=("SIGNED:bo:accord",))
    ranked = [node.id for node in sorted(scene.nodes, key=lambda node: -node.rank)]
    assert ranked[0] == "norland"
    assert set(ranked[1:3]) == {"bo", "accord"}
    assert {node.id for node in scene.nodes if node.stress} == {"bo", "accord"}
    assert {edge.id for edge in scene.edges if edge.stress} == {"SIGNED:bo:accord"}


def test_the_more_ties_the_larger():
    sizes = {node.id: node.size for node in scene_of().nodes}
    assert sizes["norland"] > sizes["sudmark"]
    assert sizes["steel"] > sizes["wind"]


def test_given_positions_stay_and_the_rest_finds_room_beside_them():
    spots = {"norland": (-500.0, 10.0), "sudmark": (500.0, 10.0)}
    scene = scene_of(positions=spots)
    found = {node.id: (node.x, node.y) for node in scene.nodes}
    assert {id: found[id] for id in spots} == spots
    assert len(set(found.values())) == len(found)


def test_what_is_not_shown_is_said():
    assert scene_of(hidden_kinds=frozenset({"Leader"}), hidden=frozenset({"alps", "hydro"})).notes == (
        "4 more are left out", "filtered out: 3 leaders", "2 are hidden")
    many = Subgraph(bridge().nodes, bridge().edges, Cut("paths", 7, at_least=True))
    assert make_scene(many, ViewSpec(), SCHEMA).notes == ("at least 7 more paths are left out",)


def test_names_and_kinds_are_in_the_language_of_the_view():
    scene = scene_of(language="it")
    assert {"Norlandia", "acciaio"} <= {node.label for node in scene.nodes}
    assert "esponenti" in {entry.label for entry in scene.legend}


def test_the_foot_tells_date_and_version_as_people_write_them():
    assert scene_of(on="2024-06-01", version="12").date_line == "as of 1 June 2024 · data version 12"


def test_a_leader_is_shown_with_the_office_and_an_agreement_with_its_date():
    details = {node.id: node.detail for node in scene_of().nodes}
    assert details["ada"] == "president"
    assert details["accord"] == "6 May 2024"


def test_nothing_invisible_reaches_a_picture():
    assert named("A\u202eb\x00c\x07\n d\ud800\ufffe").label == "Abc d"


def test_a_long_name_is_set_on_two_lines_or_as_its_acronym():
    assert wrap("European Chemical Regions Network") == ("European Chemical", "Regions Network")
    lines = wrap("Memorandum of Understanding on cooperation in the field of research and of many other things")
    assert len(lines) == 2
    assert lines[1].endswith("…")
    long = Node("n", "Network", {"name": "Association of all the regions and cities that border on the Great Lake", "acronym": "ARC"})
    assert make_scene(ordered([long], []), ViewSpec(), SCHEMA).nodes[0].lines == ("ARC",)


def test_words_are_kept_whole_where_a_text_is_shortened():
    assert shorten("one two three four", 12) == "one two…"
    assert clean("  a\t b ") == "a b"


@pytest.mark.parametrize("theme", THEMES)
def test_every_kind_can_be_told_apart_in_every_theme(theme):
    nodes = [Node(kind, kind, {"name": kind}) for kind in SCHEMA.visible]
    scene = make_scene(ordered(nodes, []), ViewSpec(theme=theme), SCHEMA)
    assert len({node.shape for node in scene.nodes}) == len(scene.nodes)
    if theme == "grey":
        assert all(node.fill[1:3] == node.fill[3:5] == node.fill[5:7] for node in scene.nodes)


def test_an_unknown_theme_is_refused_with_the_known_ones():
    with pytest.raises(BadValue, match=r"neon.*light, dark, print, grey"):
        scene_of(theme="neon")


def test_an_empty_picture_says_so():
    scene = make_scene(Subgraph(), ViewSpec(title="Nothing"), SCHEMA)
    assert scene.alt == "Nothing. The picture is empty."
    assert scene.legend == ()


def test_who_cannot_see_the_picture_hears_what_it_shows():
    alt = scene_of(title="Two regions").alt
    assert alt.startswith("Two regions. The picture shows 2 regions, 3 leaders, 2 networks, 2 sectors and 1 agreement. 15 lines join them.")
    assert "Norland" in alt


def test_the_source_line_names_who_gave_most():
    sources = [Source(f"s{at}", publisher=name) for at, name in enumerate(["B", "A", "B", "C", "D", "E"])]
    assert source_line(sources, "en") == "6 sources: B, A, C and 2 others"
    assert source_line(sources[:1], "en") == "1 source: B"
    assert source_line([], "en") == ""


def test_a_crowd_is_drawn_in_pale_lines():
    few, many = (make_scene(crowd(count), ViewSpec(), SCHEMA).edges[0] for count in (30, 250))
    assert many.width < few.width


def layered(**spec):
    return make_scene(twinned(), ViewSpec(**spec), SCHEMA)


def test_what_comes_from_another_layer_bears_its_mark_and_says_so_and_what_diplomacy_knows_does_not():
    scene = layered(layers=("twinning",))
    assert {node.id for node in scene.nodes if node.layer_mark} == {"place:q1", "place:q2"}
    assert {edge.kind for edge in scene.edges if edge.layer_mark} == {"TWINNED_WITH"}
    assert len({thing.layer_mark for thing in (*scene.nodes, *scene.edges)} - {""}) == 1
    assert next(node.title for node in scene.nodes if node.id == "place:q1").endswith("layer: twinned towns of Wikidata")
    assert all(edge.title.endswith("(layer: twinned towns of Wikidata)") for edge in scene.edges if edge.layer_mark)


def test_the_legend_and_the_words_name_each_layer_that_is_on_also_where_nothing_comes_from_it():
    scene = layered(layers=("lobbying", "twinning"), language="it")
    entries = [(entry.label, entry.count) for entry in scene.legend if entry.layer_mark]
    assert entries == [("strato: lobbying (qui nulla)", 0), ("strato: gemellaggi di Wikidata", 5)]
    assert len({entry.layer_mark for entry in scene.legend if entry.layer_mark}) == 2
    assert "Strato: gemellaggi di Wikidata." in scene.alt
    assert not [entry for entry in scene_of().legend if entry.layer_mark]
    assert "Layer" not in scene_of().alt


def test_a_layer_that_was_not_asked_for_is_named_all_the_same_where_something_comes_from_it():
    assert [entry.label for entry in layered().legend if entry.layer_mark] == ["layer: twinned towns of Wikidata"]
