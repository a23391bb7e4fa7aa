"""Explore: a first view, a search that understands, and everything a reader does to a picture, with undo and a link that reopens it."""

import pytest

from tests.screens.driver import ON_THE_LOCAL_SERVER, Screen

CANVAS = "explore_canvas"
MEMORANDUM = "agr-lom-fla-2026"
pytestmark = [pytest.mark.usefixtures("curated"), ON_THE_LOCAL_SERVER]


def test_the_first_view_is_the_newest_memorandum_and_what_its_parties_share():
    screen = Screen.app()
    assert {MEMORANDUM, "lombardy", "flanders", "esra", "four-motors", "attilio-fontana", "matthias-diependaele"} <= screen.shown
    assert "Lombardy - Flanders, 3 March 2026, and what its parties share" in screen.lead
    assert "2 regions" in screen.lead
    assert screen.data["selected"] == MEMORANDUM
    assert "1 source" in screen.panel


@pytest.mark.parametrize(("typed", "id"), [
    ("vlaanderen", "flanders"), ("Lombardei", "lombardy"), ("lombary", "lombardy"), ("Quattro Motori", "four-motors"), ("auvergne rhone", "auvergne-rhone-alpes"),
    ("ILE DE FRANCE", "ile-de-france"), ("Diependale", "matthias-diependaele"),
])
def test_search_understands_other_languages_accents_and_typos(typed, id):
    screen = Screen.app().type("search_text", typed)
    found = [str(button.key) for button in screen.test.button if str(button.key).startswith("search_")]
    assert found[0] == f"search_{id}"
    screen.press(found[0])
    assert (screen.link["around"], screen.test.text_input(key="search_text").value) == (id, "")
    assert id in screen.shown


def test_search_says_when_nothing_is_named_like_it():
    assert "Nothing is named like “zqxwvk”." in Screen.app().type("search_text", "zqxwvk").text


def test_a_click_shows_what_is_known_with_sources_and_another_click_the_tie():
    screen = Screen.app().do(CANVAS, "select", node="flanders")
    assert screen.data["selected"] == "flanders"
    assert "Region · Belgium" in screen.panel
    assert "Matthias Diependaele" in screen.panel
    assert "data-cite" in screen.html
    tie = next(edge["id"] for edge in screen.data["edges"] if edge["kind"] == "MEMBER_OF" and {edge["from"], edge["to"]} == {"flanders", "four-motors"})
    screen.do(CANVAS, "select_edge", node=tie)
    assert "Flanders is an associate of Four Motors for Europe" in screen.panel
    assert screen.link["sel"] == tie


def test_what_sources_disagree_about_is_said_in_words_beside_the_picture():
    screen = Screen.app(around="ecrn", sel="ecrn")
    assert "sources disagree" in screen.panel
    assert "data-cite" in screen.html


def test_expanding_by_kind_adds_and_moves_nothing():
    screen = Screen.app().do(CANVAS, "select", node="flanders")
    before = screen.places
    screen.press("panel_expand_SERVES_IN")
    after = screen.places
    assert set(after) > set(before)
    assert {id: after[id] for id in before} == before
    assert len(set(after.values())) == len(after)
    assert screen.link["open"] == "flanders~SERVES_IN"


def test_a_double_click_expands_with_a_limit_and_says_what_was_left_out():
    screen = Screen.app(around="vanguard")
    before = screen.places
    assert len(before) <= 60
    assert "left out" not in screen.lead
    screen.do(CANVAS, "expand", node="lombardy")
    assert len(screen.shown) == len(before) + 25
    assert "more left out: expand a name to see its ties" in screen.lead
    assert {id: at for id, at in screen.places.items() if id in before} == before


def test_hide_undo_and_redo():
    screen = Screen.app().do(CANVAS, "hide", node="esra")
    assert "esra" not in screen.shown
    assert "1 hidden" in screen.lead
    assert screen.link["hide"] == "esra"
    screen.press("explore_undo")
    assert "esra" in screen.shown
    assert "hide" not in screen.link
    screen.press("explore_redo")
    assert "esra" not in screen.shown


def test_what_was_dragged_stays_there_until_it_is_let_go():
    screen = Screen.app().do(CANVAS, "moved", moved={"lombardy": [321, -123]})
    assert screen.places["lombardy"] == (321, -123)
    assert screen.data["pinned"] == ["lombardy"]
    screen.do(CANVAS, "select", node="lombardy").press("panel_unpin")
    assert screen.places["lombardy"] != (321, -123)


def test_filters_by_kind_sector_and_date():
    screen = Screen.app().set("toggle", "explore_filtering", True)
    everything = screen.places
    screen.set("checkbox", "explore_kind_Sector", False)
    assert not {node["kind"] for node in screen.data["nodes"]} & {"Sector"}
    assert all(everything[id] == at for id, at in screen.places.items())
    assert screen.link["off"] == "Sector"
    screen.set("checkbox", "explore_kind_Sector", True)
    screen.set("selectbox", "explore_sector", "chemistry")
    assert {"chemistry", MEMORANDUM, "lombardy", "flanders"} <= screen.shown < set(everything)
    screen.set("selectbox", "explore_sector", "")
    assert screen.shown == set(everything)
    screen.type("explore_on_", "2016-06-01")
    assert MEMORANDUM not in screen.shown
    assert "Only what holds on 1 June 2016" in screen.lead


def test_a_date_that_is_none_is_said_and_changes_nothing():
    screen = Screen.app().set("toggle", "explore_filtering", True)
    shown = screen.shown
    screen.type("explore_on_", "next Tuesday")
    assert "“next Tuesday” is no date. Write it as 2019, 2019-04 or 2019-04-30." in screen.said("error")
    assert screen.shown == shown


def test_the_link_opens_the_same_view_again():
    screen = Screen.app(around="lombardy", lang="it")
    screen.do(CANVAS, "expand", node="esra").do(CANVAS, "hide", node="four-motors").do(CANVAS, "moved", moved={"lombardy": [40, 50]})
    screen.do(CANVAS, "select", node="esra")
    again = Screen.app(**screen.link)
    assert again.data == screen.data
    assert again.lead == screen.lead
    assert again.panel == screen.panel
    assert again.link == screen.link


def test_the_link_that_is_offered_is_the_address_of_the_view():
    screen = Screen.app().do(CANVAS, "hide", node="esra")
    assert "hide=esra" in screen.test.code[0].value


@pytest.mark.parametrize("link", [
    {"around": "nobody"}, {"around": "lombardy", "sel": "nobody", "hide": "x,,y", "open": "lombardy~NO_KIND"}, {"at": "lombardy~a~b"},
    {"on": "yesterday"}, {"laid": "-1"}, {"sector": "no-such"}, {"lang": "xx"}, {"around": "<script>"},
])
def test_a_link_that_someone_mangled_opens_what_it_can(link):
    screen = Screen.app(**link)
    assert screen.said("info") or screen.shown


def test_a_view_of_nothing_says_so_and_leads_back():
    screen = Screen.app(around="nobody")
    assert "Nothing in the graph is in this view." in screen.text
    assert MEMORANDUM in screen.press("explore_first").shown


def test_events_that_come_twice_or_together_count_once_each():
    screen = Screen.app()
    for node in ("lombardy", "flanders"):
        screen._done.setdefault(CANVAS, []).append({"seq": len(screen._done[CANVAS]) + 1, "type": "hide", "node": node})
    screen.do(CANVAS, "select", node="esra")
    assert screen.link["hide"] == "lombardy,flanders"
    screen.press("explore_undo").run()
    assert screen.link["hide"] == "lombardy"


def test_the_picture_as_rows_for_who_cannot_see_it():
    screen = Screen.app().set("toggle", "explore_table", True)
    assert "<table>" in screen.html
    assert screen.html.count('<th scope="row">') == len(screen.data["edges"])
    assert "Matthias Diependaele" in screen.text


def test_the_panel_folds_away_and_comes_back_with_a_click():
    screen = Screen.app().press("panel_close")
    assert not screen.panel
    assert screen.link["sel"] == "-"
    assert "Lombardy" in screen.do(CANVAS, "select", node="lombardy").panel


def test_a_name_in_the_panel_that_is_not_in_the_picture_comes_in():
    screen = Screen.app().do(CANVAS, "select", node="flanders")
    assert "quebec" not in screen.shown
    screen.do(CANVAS, "go", node="belgium", by="flanders", known=False)
    assert "belgium" in screen.shown
    assert screen.data["selected"] == "belgium"
    screen.do(CANVAS, "go", node="lombardy", by="belgium", known=True)
    assert screen.data["selected"] == "lombardy"
