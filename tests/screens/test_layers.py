"""A layer is off until a view switches it on; then it is found, drawn, counted and named, and the address keeps it."""

from pathlib import Path

import pytest

from loaders import runner
from tests.contract.clearing import prepared
from tests.screens.conftest import forget
from tests.screens.driver import ON_THE_LOCAL_SERVER, Screen

EXCERPTS = Path(__file__).parents[1] / "loaders" / "twinning"
CANVAS = "explore_canvas"
FIELD = "explore_layer_twinning"
ANGELES = "place:q65"
NAMED = "layer: twinned towns of Wikidata"


@pytest.fixture(autouse=True)
def twins(opened, environment):
    """Twinned towns beside the curated data; nothing that the screens kept of other tests' data."""
    def fill():
        runner.run(runner.open_source("curated", opened), opened)
        for year in ("2016", "2022"):
            runner.run(runner.open_source("twinning", opened, [EXCERPTS / f"excerpt-{year}"]), opened)

    forget()
    yield prepared(opened, "curated and twins", fill)
    forget()


pytestmark = ON_THE_LOCAL_SERVER


def legend(screen):
    return {entry["label"]: entry["layerMark"] for entry in screen.data["legend"] if entry["layerMark"]}


def marked(screen):
    return {node["id"] for node in screen.data["nodes"] if node["layerMark"]}


def filtering(**link):
    screen = Screen.app(region="none", **link)
    return screen.set("toggle", "explore_filtering", True)


def test_a_layer_is_switched_on_in_the_filter_and_off_by_undo():
    screen = filtering(around="berlin")
    assert ANGELES not in screen.shown
    box = next(found for found in screen.test.checkbox if str(found.key).startswith(FIELD))
    assert box.label.replace("\\", "") == "twinned towns of Wikidata (27)"
    screen.set("checkbox", FIELD, True)
    assert (screen.link["layers"], legend(screen)) == ("twinning", {NAMED: "diamond"})
    assert ANGELES in marked(screen)
    assert "berlin" not in marked(screen)
    tie = next(edge for edge in screen.data["edges"] if ANGELES in (edge["from"], edge["to"]))
    assert tie["arrows"]["middle"]["type"] == "diamond"
    assert NAMED in tie["title"]
    assert "twinned" in screen.data["aria"]
    assert "Twinned with 27 · layer: twinned towns of Wikidata" in " ".join(screen.panel.split())
    screen.set("toggle", "explore_table", True)
    assert "Berlin twinned with Los Angeles 2016 twinned towns of Wikidata" in " ".join(screen.text.split())
    screen.press("explore_undo")
    assert ANGELES not in screen.shown
    assert "layers" not in screen.link
    assert legend(screen) == {}
    assert "Twinned with" not in screen.panel


def test_with_the_layer_off_nothing_of_it_is_found_and_with_it_on_search_finds_it():
    said = "Nothing is named like “Los Angeles”. Not searched, because switched off: twinned towns of Wikidata."
    assert said in Screen.app(region="none").type("search_text", "Los Angeles").text
    screen = Screen.app(region="none", layers="twinning").type("search_text", "Los Angeles")
    screen.press(f"search_{ANGELES}")
    assert (screen.link["around"], screen.link["layers"]) == (ANGELES, "twinning")
    assert {"berlin", ANGELES} <= screen.shown
    assert NAMED in screen.panel


def test_expanding_by_kind_brings_in_the_ties_of_the_layer_and_moves_nothing():
    screen = Screen.app(region="none", layers="twinning", around="germany", sel="berlin")
    before = screen.places
    assert not marked(screen)
    assert legend(screen) == {f"{NAMED} (nothing of it here)": "diamond"}
    screen.press("panel_expand_TWINNED_WITH")
    assert ANGELES in marked(screen)
    assert {id: place for id, place in screen.places.items() if id in before} == before
    assert "panel_expand_TWINNED_WITH" not in Screen.app(region="none", around="germany", sel="berlin").keys
    # what was expanded goes with its layer, and comes back with it
    off = Screen.app(**{**screen.link, "layers": ""})
    assert ANGELES not in off.shown


def test_a_link_with_a_layer_that_nobody_has_loaded_says_so_shows_the_rest_and_keeps_it():
    screen = filtering(around="berlin", layers="lobbying,twinning")
    assert "Nothing is loaded here in the layer lobbying, which this view shows too" in screen.lead
    assert ANGELES in screen.shown
    assert screen.link["layers"] == "lobbying,twinning"
    assert set(legend(screen)) == {NAMED}
    said = "Nothing is loaded here in the layer lobbying, which this view shows too."
    for name in ("paths", "ask", "sources"):
        assert said in Screen.only(name, {"layers": "lobbying"}).text
    assert "Qui nulla è caricato nello strato lobbying" in Screen.only("paths", {"layers": "lobbying", "lang": "it"}).text


def test_a_view_about_what_lies_in_a_layer_that_is_off_offers_to_switch_it_on():
    screen = Screen.app(region="none", around=ANGELES)
    assert "What this view is about lies in a layer that is switched off: twinned towns of Wikidata." in screen.text
    screen.press("explore_layer_on")
    assert {"berlin", ANGELES} <= screen.shown
    assert screen.link["layers"] == "twinning"


def test_paths_follow_a_layer_that_is_switched_on_in_the_conditions():
    screen = Screen.only("paths", {"from": "Berlin", "to": "Los Angeles"})
    assert "“Los Angeles” lies in a layer that is switched off: twinned towns of Wikidata. Switch it on to find it." in screen.said("warning")
    screen.set("button_group", "paths_layers", ["twinning"])
    assert "Berlin is twinned with Los Angeles (last confirmed in 2016) (layer: twinned towns of Wikidata)." in screen.text
    assert (screen.link["layers"], screen.link["to"]) == ("twinning", ANGELES)
    assert legend(screen) == {NAMED: "diamond"}
    again = Screen.only("paths", {**screen.link, "lang": "it"})
    assert "Berlino è gemellata con Los Angeles" in again.text
    assert "(strato: gemellaggi di Wikidata)" in again.text


def test_saved_questions_answer_from_the_layers_that_are_on_and_own_queries_see_all():
    count = "MATCH (n:Place) RETURN count(n) AS n, sum(CASE WHEN any(l IN coalesce(n.layers, $layers) WHERE l IN $layers) THEN 1 ELSE 0 END) AS seen"
    screen = Screen.only("ask", {"question": "coverage-by-year"})
    off = screen.rows
    screen.set("button_group", "ask_layers", ["twinning"])
    assert screen.link["layers"] == "twinning"
    assert screen.rows != off
    own = Screen.only("ask", {"q": count, "layers": ""})
    assert "A query of your own sees all layers" in own.text
    own.press("ask_run")
    (row,) = own.rows
    assert row["n"] > row["seen"]
    own.set("button_group", "ask_layers", ["twinning"]).press("ask_run")
    assert own.rows[0]["n"] == own.rows[0]["seen"]


def test_the_picture_of_an_own_query_names_the_layers_of_what_is_in_it():
    screen = Screen.only("ask", {"q": "MATCH (n) WHERE n.id IN ['berlin', 'place:q65'] RETURN n"})
    screen.press("ask_run")
    assert legend(screen) == {NAMED: "diamond"}
    assert len(screen.data["edges"]) == 1


def test_sources_say_in_which_layer_each_lies_and_count_those_that_are_on():
    screen = Screen.only("sources")
    assert {row["Layer"] for row in screen.rows} == {"diplomacy", "twinned towns of Wikidata"}
    before = screen.lead
    screen.set("button_group", "sources_layers", ["twinning"])
    assert screen.lead != before


def test_where_nothing_is_loaded_in_a_layer_none_is_offered(twins):
    runner.remove("twinning", twins)
    forget()
    screen = filtering(around="berlin")
    assert not [found for found in screen.test.checkbox if str(found.key).startswith("explore_layer")]
    for name in ("paths", "ask", "sources"):
        assert not Screen.only(name).test.pills
