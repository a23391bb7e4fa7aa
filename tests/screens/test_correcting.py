"""Add and correct wherever a fact is shown: beside the others, with who and when, and taken back as if it had never been said."""

from dataclasses import replace

import pytest

from graph.record import State, standing
from loaders.desk.people import Reviewer
from screens.correcting import grounds
from tests.loaders.desk.test_recording import WORLD, load, stated
from tests.screens.driver import ON_THE_LOCAL_SERVER, Screen

CANVAS = "explore_canvas"
HEAD = "LEADS|mab|avalon|head"
MEMBER = "MEMBER_OF|avalon|league|member"
SEAT = [replace(stated("Network", "league", source=source), property=name, value=value)
        for source, name, value in (("page", "seat", "Camelot"), ("other page", "seat", "Tintagel"), ("page", "founded", "1990"))]


@pytest.fixture
def world(empty):
    """A small world that the screens show."""
    load(empty, [*WORLD, *SEAT])
    return empty


def opened(*facts: str, property: str = "", side: str = "") -> Screen:
    return Screen.app(around="avalon,league").do(CANVAS, "correct", facts=list(facts), property=property, side=side)


def edge(store, id):
    kind, source, _ = id.split("|")[:3]
    return next((e for e in store.adjacent([source], kinds=[kind]) if e.id == id), None)


def test_that_president_left_in_may_and_then_she_did_not(world):
    before = edge(world, HEAD)
    screen = opened(HEAD)
    assert "Mab leads Avalon" in screen.text
    screen.type("correct_until", "2026-05-31").type("correct_note", "told by the cabinet").type("correct_name", "Ann").press("correct_save")
    assert standing(edge(world, HEAD), "2026-06-15").state is State.ENDED
    assert "correct_save" not in screen.keys
    screen.do(CANVAS, "select", node="avalon")
    assert "ended by Ann (self-declared)" in screen.panel
    assert "told by the cabinet" in screen.html
    screen.do(CANVAS, "select_edge", node=HEAD)
    assert "ended by Ann (self-declared)" in screen.panel
    assert "Own knowledge" in screen.panel
    screen.do(CANVAS, "correct", facts=[HEAD], property="", side="")
    screen.press(next(key for key in screen.keys if key.startswith("correct_back_")))
    assert edge(world, HEAD) == before
    assert not world.said_by_people(["avalon"])


@ON_THE_LOCAL_SERVER
def test_the_name_is_asked_for_and_a_date_that_is_none_is_one_sentence_and_nothing_is_written(world):
    version = world.version()
    screen = opened(HEAD).press("correct_save")
    assert "Fill in what is to be said." in screen.text
    screen.type("correct_until", "last May").press("correct_save")
    assert len(screen.said("error").splitlines()) == 1
    assert "Say who you are" in screen.said("error")
    screen.type("correct_name", "Ann").press("correct_save")
    assert "“last May” cannot be used" in screen.said("error")
    assert world.version() == version


@ON_THE_LOCAL_SERVER
def test_another_value_and_one_that_is_only_known_to_be_wrong(world):
    opened("league", property="founded").type("correct_name", "Ann").type("correct_value_founded", "1991-03").press("correct_save")
    assert world.get(["league"])[0].properties["founded"] == "1991-03"
    opened("league", property="founded").type("correct_name", "Ann").press("correct_save")
    assert world.get(["league"])[0].properties["founded"] == "1990"


@ON_THE_LOCAL_SERVER
def test_a_wrong_tie_leaves_the_graph_and_comes_back_from_the_list_of_what_people_said(world):
    before = edge(world, MEMBER)
    screen = opened(MEMBER).set("button_group", "correct_mode_", "wrong").type("correct_name", "Ann").press("correct_save")
    assert edge(world, MEMBER) is None
    screen.do(CANVAS, "select", node="avalon")
    assert "Said by people" in screen.panel
    assert "takes part in League (role not stated)" in " ".join(screen.panel.split())
    assert "(wrong)" in screen.panel
    screen.do(CANVAS, "correct", facts=[MEMBER], property="", side="")
    assert "somebody called it wrong" in screen.text
    screen.press(next(key for key in screen.keys if key.startswith("correct_back_")))
    assert edge(world, MEMBER) == before


@ON_THE_LOCAL_SERVER
def test_one_side_is_preferred_from_the_list_of_all_conflicts(world):
    shown = world.get(["league"])[0].text("seat")
    screen = Screen.only("sources", {"tab": "conflicts"})
    assert "League, Seat: " in screen.said("expander")
    screen.press("prefer_0_1").type("correct_name", "Ann").press("correct_save")
    assert {world.get(["league"])[0].text("seat"), shown} == {"Camelot", "Tintagel"}


@ON_THE_LOCAL_SERVER
def test_one_side_of_a_conflict_is_preferred_and_the_other_stays(world):
    shown = world.get(["league"])[0].properties["seat"]
    screen = opened("league", property="seat", side="1")
    assert screen.test.radio(key="correct_side_seat").value == 1
    screen.type("correct_name", "Ann").press("correct_save")
    (league,) = world.get(["league"])
    assert {league.properties["seat"], shown} == {"Camelot", "Tintagel"}
    assert (league.properties["disputed"], league.properties["decided"]) == (("seat",), ("seat",))
    screen.do(CANVAS, "select", node="league")
    assert "preferred by Ann (self-declared)" in screen.panel
    assert "Sources disagree" in screen.panel or "sources disagree" in screen.panel


@ON_THE_LOCAL_SERVER
def test_someone_new_is_added_with_an_office(world):
    screen = opened("avalon").type("correct_name", "Ann")
    what = screen.test.selectbox(key="add_what_Region")
    what.select_index(what.options.index("Led by …"))
    screen.run().type("add_other_LEADS_True", "Nimue Lake")
    screen.set("radio", "add_hit_LEADS", "new:Leader:Nimue Lake")
    screen.type("add_LEADS_office", "president").type("add_LEADS_since", "2026-05-01").press("correct_save")
    assert world.get(["nimue-lake"])[0].name == "Nimue Lake"
    assert edge(world, HEAD).text("until") == "2026-04-30"
    screen.do(CANVAS, "select", node="avalon")
    assert "Nimue Lake" in screen.panel
    assert "added by Ann (self-declared)" in screen.panel


@ON_THE_LOCAL_SERVER
def test_someone_known_is_found_as_it_is_typed_and_given_a_tie(world):
    screen = opened("afallach").type("correct_name", "Ann")
    what = screen.test.selectbox(key="add_what_Region")
    what.select_index(what.options.index("Led by …"))
    screen.run().type("add_other_LEADS_True", "Mba")
    screen.set("radio", "add_hit_LEADS", "mab").press("correct_save")
    assert edge(world, "LEADS|mab|afallach|head") is not None


@ON_THE_LOCAL_SERVER
def test_nothing_private_is_asked_of_a_person(world):
    screen = opened("mab")
    asked = {*screen.test.selectbox(key="add_what_Leader").options, *(str(field.label) for field in screen.test.text_input)}
    assert "Party" not in asked
    screen = opened(HEAD).set("button_group", "correct_mode_", "other")
    assert "Party" not in screen.test.selectbox(key="correct_property").options


@ON_THE_LOCAL_SERVER
def test_in_paths_a_sentence_offers_its_facts_and_says_who_corrected_them(world):
    screen = Screen.only("paths", {"from": "avalon", "to": "league"})
    assert "data-facts" in screen.html
    screen.do("paths_canvas", "correct", facts=[MEMBER, "league"], property="", side="")
    assert screen.test.selectbox(key="correct_fact").options == ["Avalon takes part in League (role not stated)", "League"]
    screen.type("correct_name", "Ann").type("correct_until", "2030").press("correct_save")
    assert "ended by Ann (self-declared)" in screen.text


@ON_THE_LOCAL_SERVER
def test_who_is_named_by_a_trusted_proxy_is_not_asked(world, monkeypatch):
    monkeypatch.setattr(grounds, "reviewer_of", lambda headers, header, declared: Reviewer("Bob", declared=False))
    screen = opened(HEAD)
    assert "Recorded as the word of Bob." in screen.text
    screen.type("correct_until", "2026-05").press("correct_save")
    assert [s.reviewer for s in world.said_by_people(["avalon"])] == ["Bob"]


@ON_THE_LOCAL_SERVER
def test_the_dialog_speaks_italian_and_markup_in_a_note_is_text(world):
    screen = Screen.app(around="avalon,league", lang="it").do(CANVAS, "correct", facts=[HEAD], property="", side="")
    assert "È terminato" in screen.test.get("button_group")[0].options
    screen.type("correct_until", "2026-05").type("correct_note", "<b onclick=x>$x$</b>").type("correct_name", "<i>Ann</i>").press("correct_save")
    screen.do(CANVAS, "select", node="avalon")
    assert "&lt;i&gt;Ann&lt;/i&gt; (nome dichiarato)" in screen.html
    assert "<b onclick" not in screen.html
