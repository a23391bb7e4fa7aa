"""What is known of one thing: what holds before what is past, every line with its sources, every conflict with both sides."""

import pytest

from graph.answers import describe
from graph.schema import load_schema
from tests.graph.answers_world import ON, world_in
from tests.graph.record_words import facts, head, member, value

SCHEMA = load_schema()


@pytest.fixture
def world(opened):
    return world_in(opened)


def lines(store, id, kind, **options):
    found = describe(store, SCHEMA, id, **{"on": ON, **options})
    return [(line.text, line.detail, line.past) for group in found.groups if group.kind == kind for line in group.lines]


def test_former_heads_follow_the_one_in_office(world):
    assert lines(world, "norland", "LEADS") == [
        ("Bo Lind", "premier, since 4 May 2020", False),
        ("Ada Brun", "premier, from 1 March 2010 to 3 May 2020 (the end follows from the successor's beginning)", True)]


def test_on_a_past_day_who_was_to_come_is_not_shown_as_in_office(world):
    assert [(text, past) for text, _, past in lines(world, "norland", "LEADS", on="2015-01-01")] == [("Ada Brun", False), ("Bo Lind", True)]


def test_agreements_are_dated_marked_while_they_are_no_more_than_meant_and_last_when_over(world):
    assert lines(world, "norland", "PARTY_TO", on="2031-01-01") == [
        ("Later Accord", "1 January 2030", False), ("Charter of Bells", "20 May 2024 (announced)", False),
        ("Pact to come", "(under negotiation)", False), ("Accord of the Coast", "10 February 2024", False), ("Old Treaty", "2001", True)]


def test_a_tie_says_role_time_and_whether_it_is_inferred(world):
    assert lines(world, "sudmark", "MEMBER_OF") == [
        ("Old Ring", "", False), ("Young Circle", "role not stated (inferred)", False),
        ("League of Lands", "associate (last confirmed on 1 July 2021)", False)]


def test_a_priority_has_its_period_and_ends_with_it(world):
    assert lines(world, "norland", "PRIORITISES") == [("tides", "plan, from 2021 to 2027", False), ("bells", "plan, from 2014 to 2020", True)]


def test_every_line_has_the_numbers_of_its_own_sources(world):
    found = describe(world, SCHEMA, "norland", on=ON)
    by_number = {citation.number: citation for citation in found.citations}
    assert list(by_number) == list(range(1, len(by_number) + 1))
    for group in found.groups:
        for line in group.lines:
            about = {statement.about for number in line.cites for statement in by_number[number].statements}
            assert line.cites
            assert line.fact in about


def test_both_sides_of_a_conflict_stand_with_their_sources_the_shown_one_first(world):
    found = describe(world, SCHEMA, "league", on=ON)
    (conflict,) = found.disagreements
    by_number = {citation.number: citation.source.id for citation in found.citations}
    assert (conflict.about, conflict.property) == ("League of Lands", "Founded")
    assert [(side.value, [by_number[number] for number in side.cites]) for side in conflict.sides] == [("1991", ["own_act"]), ("1990", ["gazette"])]


def test_a_conflict_on_a_tie_names_both_ends(store):
    store.write(facts(head("ada-brun", "own_act", region="norland", since="2010"), head("ada-brun", "gazette", region="norland", since="2012"),
                      value("name", "Norland", id="norland"), value("name", "Ada Brun", kind="Leader", id="ada-brun")))
    (conflict,) = describe(store, SCHEMA, "norland", on=ON).disagreements
    assert conflict.about == "Ada Brun (led by)"
    assert [side.value for side in conflict.sides] == ["2010", "2012"]
    (line,) = [line for group in describe(store, SCHEMA, "norland", on=ON).groups if group.kind == "LEADS" for line in group.lines]
    assert line.disputed == ("since",)


def test_what_does_not_exist_is_a_key_error(world):
    with pytest.raises(KeyError):
        describe(world, SCHEMA, "nowhere")


def test_names_and_dates_are_in_the_language_asked(world):
    found = describe(world, SCHEMA, "norland", on=ON, language="it")
    assert found.node.name_in("it") == "Norlandia"
    assert ("Bo Lind", "premier, dal 4 maggio 2020", False) in lines(world, "norland", "LEADS", language="it")


def test_what_anyone_wrote_stays_text(store):
    hostile = '<img src=x onerror=alert(1)> {office} [1] "'
    store.write(facts(value("name", hostile, id="norland"), member(region="norland", network="league", role="member"),
                      value("name", "{to}", kind="Network", id="league")))
    found = describe(store, SCHEMA, "norland", on=ON)
    assert found.node.name == hostile
    assert [line.text for group in found.groups if group.kind == "MEMBER_OF" for line in group.lines] == ["{to}"]
