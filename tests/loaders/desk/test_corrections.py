"""What a person says of a fact becomes a word on that very fact, whatever else is between the same two; nonsense is refused in a sentence."""

import pytest

from graph.errors import BadValue
from graph.record import State, standing
from graph.schema import load_schema
from loaders.desk import corrections as say_that
from loaders.desk.corrections import Speaker
from loaders.desk.grounds import ADDRESS, DOCUMENT, OWN, Grounds
from loaders.desk.people import Reviewer, reviewer_named, reviewer_of
from loaders.desk.recording import say
from tests.loaders.desk.test_recording import OWN as OWN_SOURCE
from tests.loaders.desk.test_recording import WORLD, judged, load, state, stated

SCHEMA = load_schema()
ANN = Speaker(Reviewer("Ann"), Grounds(), "heard it")


@pytest.fixture
def world(store):
    load(store)
    return store


def tie(store, source, target, kind="MEMBER_OF", since=""):
    return next(e for e in store.adjacent([source]) if (e.kind, e.target) == (kind, target) and e.text("since_stated").startswith(since))


def write(store, statements):
    say(store, statements, sources=[ANN.source, OWN_SOURCE])


def test_a_tie_is_ended(world):
    write(world, say_that.ended(ANN, tie(world, "avalon", "league"), "2024-05-31", world, SCHEMA))
    edge = tie(world, "avalon", "league")
    assert (edge.text("since_stated"), edge.text("until")) == ("2010", "2024-05-31")
    assert standing(edge, "2025-01-01").state is State.ENDED


def test_a_second_term_is_ended_and_the_first_is_left_alone(store):
    load(store, [*WORLD, stated("LEADS", "mab", "afallach", office_kind="head", since="2000", until="2004"),
                 stated("LEADS", "mab", "afallach", office_kind="head", since="2020")])
    write(store, say_that.ended(ANN, tie(store, "mab", "afallach", "LEADS", "2020"), "2022", store, SCHEMA))
    ends = {e.text("since_stated"): e.text("until_stated") for e in store.adjacent(["mab"], kinds=["LEADS"]) if e.target == "afallach"}
    assert ends == {"2000": "2004", "2020": "2022"}


def test_a_value_that_was_corrected_can_be_corrected_again(world):
    for until in ("2009", "2024"):
        write(world, say_that.ended(ANN, tie(world, "avalon", "league"), until, world, SCHEMA))
    write(world, say_that.another_value(ANN, tie(world, "avalon", "league"), "since", "2008", world, SCHEMA))
    edge = tie(world, "avalon", "league")
    assert (edge.text("since_stated"), edge.text("until_stated"), edge.properties["decided"]) == ("2008", "2024", ("since", "until"))


@pytest.mark.parametrize(("stated_role", "words"), [("member", 2), ("unknown", 1), ("", 1)])
def test_a_member_becomes_an_associate_because_the_membership_was_wrong_or_left_open(store, stated_role, words):
    load(store, [s for s in WORLD if (s.kind, s.subject) != ("MEMBER_OF", "avalon")] + [stated("MEMBER_OF", "avalon", "league", since="2010", **({"role": stated_role} if stated_role else {}))])
    world, before = store, state(store)
    write(world, say_that.another_value(ANN, tie(world, "avalon", "league"), "role", "associate", world, SCHEMA))
    assert len(world.said_by_people(["avalon"])) == words
    edge = tie(world, "avalon", "league")
    assert (edge.text("role"), edge.text("since_stated")) == ("associate", "2010")
    say(world, taken_back=world.said_by_people(["avalon"]))
    assert state(world) == before


def test_a_founder_is_a_member_still_so_the_tie_stays(world):
    write(world, say_that.another_value(ANN, tie(world, "avalon", "league"), "role", "founder", world, SCHEMA))
    assert [s.verdict for s in world.said_by_people(["avalon"])] == ["decided"]
    assert tie(world, "avalon", "league").text("role") == "founder"


def test_a_wrong_tie_goes_and_a_wrong_value_goes_without_the_tie(world):
    write(world, say_that.wrong_value(ANN, tie(world, "avalon", "league"), "since", "2010", world, SCHEMA))
    assert tie(world, "avalon", "league").text("since") == ""
    write(world, say_that.wrong(ANN, tie(world, "avalon", "league"), world, SCHEMA))
    assert not [e for e in world.adjacent(["avalon"]) if e.kind == "MEMBER_OF"]


def test_a_tie_of_a_merged_region_is_corrected_like_any_other(world):
    write(world, [judged("afallach", "avalon")])
    edge = next(e for e in world.adjacent(["puck"]) if e.kind == "LEADS")
    assert edge.target == "avalon"
    write(world, say_that.ended(ANN, edge, "2016", world, SCHEMA))
    assert next(e for e in world.adjacent(["puck"]) if e.kind == "LEADS").text("until_stated") == "2016"


def test_something_unknown_is_added_with_its_tie_and_holds_today(world):
    new = say_that.added_node(ANN, "Leader", "  Nimuë of the Lake ", taken={"nimue-of-the-lake"})
    write(world, [*new, *say_that.added_tie(ANN, "LEADS", new[0].subject, "avalon", {"office": "President", "office_kind": "head", "since": "2026-05", "until": ""}, SCHEMA)])
    (node,) = world.get(["nimue-of-the-lake-2"])
    assert node.name == "Nimuë of the Lake"
    edge = tie(world, node.id, "avalon", "LEADS")
    assert (edge.text("since_stated"), edge.properties["independent"]) == ("2026-05", 1)
    assert tie(world, "mab", "avalon", "LEADS").text("until") == "2026-04-30"
    assert standing(edge, ANN.source.date or "2026-12-01").state in (State.IN_FORCE, State.LAST_CONFIRMED)


def test_what_people_say_carries_who_when_and_why(world):
    write(world, say_that.another_value(ANN, world.get(["avalon"])[0], "capital", " Camelot\n", world, SCHEMA))
    (word,) = world.said_by_people(["avalon"])
    assert (word.value, word.reviewer, word.note, word.rule) == ("Camelot", "Ann (self-declared)", "heard it", "another value")
    assert word.decided.endswith("Z")
    assert world.sources([word.source])[0].tier == "own_knowledge"


@pytest.mark.parametrize(("property", "said"), [("since", "last spring"), ("since", "2024-13"), ("capital", "   "), ("capital", "x" * 2001)])
def test_a_value_that_cannot_be_is_refused(property, said):
    with pytest.raises(BadValue):
        say_that.checked(property, said, SCHEMA)


def test_a_name_that_is_none_is_refused():
    with pytest.raises(BadValue):
        say_that.added_node(ANN, "Leader", "«»", taken=())


@pytest.mark.parametrize("grounds", [Grounds(ADDRESS, "javascript:alert(1)"), Grounds(ADDRESS, "https://"), Grounds(ADDRESS, "https://a b.org"),
                                     Grounds(ADDRESS, "https://[bad"), Grounds(DOCUMENT, " "), Grounds(OWN, date="yesterday")])
def test_grounds_that_are_none_are_refused(grounds):
    with pytest.raises(BadValue):
        grounds.source(Reviewer("Ann"))


def test_an_address_is_the_source_of_that_address_and_an_internal_one_is_apart():
    page, inside = Grounds(ADDRESS, "https://www.example.org/a").source(Reviewer("Ann")), Grounds(ADDRESS, "https://www.example.org/a", internal=True).source(Reviewer("Ann"))
    assert (page.id, page.publisher, page.internal) == ("https://www.example.org/a", "example.org", False)
    assert (inside.id != page.id, inside.internal) == (True, True)
    assert Grounds().source(Reviewer("Ann")).id != Grounds().source(Reviewer("Ann", declared=False)).id


def test_only_the_header_of_the_setting_names_a_user_and_nobody_can_take_off_the_mark():
    headers = {"x-user": "Jos\u00c3\u00a9", "X-Other": "Eve"}
    assert reviewer_of(headers, "X-User", "Bob") == Reviewer("José", declared=False)
    assert reviewer_of(headers, "", "Bob") == Reviewer("Bob")
    assert reviewer_of(headers, "X-Absent", "Bob").text == "Bob (self-declared)"
    assert reviewer_of({}, "X-User", " \u200b ") is None
    assert reviewer_of({"X-User": "Eve (self-declared)"}, "X-User", "").text == "Eve"
    with pytest.raises(BadValue):
        reviewer_named(" ")


def test_names_for_search_know_what_was_added(world):
    write(world, say_that.added_node(ANN, "Network", "Round Table", ()))
    assert any(name.id == "round-table" for name in world.names())
