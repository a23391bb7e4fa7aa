"""Data for the canvas: plain JSON, complete, and nothing that a browser would take for markup."""

import json

from graph.model import Edge, Node, ordered
from graph.render.screen import canvas_data
from graph.schema import load_schema
from graph.view import ViewSpec, make_scene
from tests.golden.subgraphs import bridge, crowd

SCHEMA = load_schema()


def data_of(**spec):
    return canvas_data(make_scene(bridge(), ViewSpec(**spec), SCHEMA))


def test_everything_survives_json():
    data = canvas_data(make_scene(crowd(80), ViewSpec(title="T"), SCHEMA))
    assert json.loads(json.dumps(data, allow_nan=False)) == data


def test_every_node_and_every_line_is_there_parallel_ones_too():
    data = data_of()
    assert len(data["nodes"]) == 10
    assert len({edge["id"] for edge in data["edges"]}) == 15
    doubled = [edge for edge in data["edges"] if {edge["from"], edge["to"]} == {"norland", "hydro"}]
    assert len(doubled) == 2
    assert {edge["smooth"]["type"] for edge in doubled} == {"curvedCW", "curvedCCW"}


def test_the_canvas_draws_the_names_itself():
    node = next(node for node in data_of(focus=("norland",))["nodes"] if node["id"] == "norland")
    assert "label" not in node
    assert (node["name"], node["kind"], node["shape"], node["focus"]) == ("Norland", "Region", "square", True)
    assert {"x", "y", "size", "rank", "lines", "detail", "title"} <= set(node)
    assert set(node["color"]) >= {"background", "border"}


def test_physics_is_off_and_positions_are_the_scenes():
    data = data_of(positions={"norland": (-12.5, 7.0)})
    assert data["options"]["physics"] == {"enabled": False}
    assert set(data["options"]) <= {"physics", "layout", "nodes", "edges", "interaction"}, "vis-network complains of others in the console"
    assert next((node["x"], node["y"]) for node in data["nodes"] if node["id"] == "norland") == (-12.5, 7.0)


def test_only_directed_lines_have_arrows_and_dashes_follow_the_style():
    edges = {edge["id"]: edge for edge in data_of(on="2024-06-01")["edges"]}
    assert edges["SIGNED:bo:accord"]["arrows"]["to"]["enabled"] is True
    assert edges["SIGNED:bo:accord"]["dashes"] is False
    assert edges["MEMBER_OF:norland:alps"]["dashes"]
    assert "inferred" in edges["MEMBER_OF:norland:alps"]["title"]


def test_a_tie_without_a_direction_has_no_arrow():
    nodes = [Node("a", "Region", {"name": "A"}), Node("b", "Region", {"name": "B"})]
    data = canvas_data(make_scene(ordered(nodes, [Edge("e", "TWINNED_WITH", "a", "b")]), ViewSpec(), SCHEMA))
    assert data["edges"][0]["arrows"]["to"]["enabled"] is False


def test_tooltips_are_sentences_without_markup():
    edges = {edge["id"]: edge["title"] for edge in data_of()["edges"]}
    assert edges["PARTY_TO:norland:accord"] == "Norland is party to Accord Norland – Sudmark"


def test_the_legend_the_notes_and_the_words_for_readers_aloud_come_along():
    data = data_of(title="Two regions")
    assert [entry["key"] for entry in data["legend"]] == ["Region", "Leader", "Network", "Sector", "Agreement", "holds", "inferred"]
    assert data["notes"] == ["4 more are left out"]
    assert data["aria"].startswith("Two regions.")
    assert data["theme"]["ground"] == "#FFFFFF"
