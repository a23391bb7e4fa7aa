"""Who is perhaps one and the same: like names, the same code, shared ties; and what tells two apart for certain."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.answers import resembling
from graph.answers.resembling import _like_named
from graph.model import NEGATIVE, POSITIVE, UNSURE, Name
from graph.schema import load_schema
from loaders.desk.recording import say
from tests.loaders.desk.test_recording import OWN, judged, load, named, stated

SCHEMA = load_schema()


def with_value(kind, id, property, value):
    return replace(stated(kind, id), property=property, value=value)


WORLD = [
    *named("Region", "lyonesse", "Lyonesse"), *named("Region", "lionesse", "Lyonessa"), *named("Region", "avalon", "Avalon"),
    *named("Region", "avalon-abroad", "Avalon"), with_value("Region", "avalon", "country", "cornwall"), with_value("Region", "avalon-abroad", "country", "brittany"),
    *named("Network", "league", "League of the Isles"), *named("Network", "isles", "Isles United"),
    with_value("Network", "league", "website", "https://isles.example"), with_value("Network", "isles", "website", "https://isles.example"),
    *named("Leader", "nimue-lake", "Nimue Lake"), *named("Leader", "n-lake", "N. Lake"),
    stated("LEADS", "nimue-lake", "lyonesse", office_kind="head", since="2010"), stated("LEADS", "n-lake", "lyonesse", office_kind="head", since="2011"),
    *named("Region", "old-mercia", "Mercia"), *named("Region", "new-mercia", "Mercia"), stated("SUCCEEDED_BY", "old-mercia", "new-mercia"),
    *named("Agreement", "pact-a", "Pact of the Lake"), *named("Agreement", "pact-b", "Pact of the Lake"),
    stated("PARTY_TO", "avalon", "pact-a"), stated("PARTY_TO", "lyonesse", "pact-b"),
    *named("Event", "forum-1", "Forum 2024"), *named("Event", "forum-2", "Forum 2025"),
]


def pairs(store, **more):
    return {frozenset((found.one.id, found.other.id)): found for found in resembling(store, SCHEMA, **more).candidates}


def test_each_pair_comes_with_its_reasons_and_none_that_is_two_for_certain(store):
    load(store, WORLD)
    found = pairs(store)
    assert set(found) == {frozenset(pair) for pair in (("lyonesse", "lionesse"), ("league", "isles"), ("nimue-lake", "n-lake"))}
    assert found[frozenset(("league", "isles"))].reasons == ("Website of both: https://isles.example",)
    alike, tied = found[frozenset(("nimue-lake", "n-lake"))].reasons
    assert "N. Lake" in alike
    assert "Nimue Lake" in alike
    assert tied == "Both are tied to Lyonesse"
    assert found[frozenset(("lyonesse", "lionesse"))].one.id == "lyonesse"


def test_italian_reasons_and_what_a_limit_left_out_is_counted(store):
    load(store, WORLD)
    found = resembling(store, SCHEMA, language="it", limit=1)
    assert (len(found.candidates), found.left_out) == (1, 2)
    assert any(reason.startswith(("Entrambi", "«", "“")) for reason in found.candidates[0].reasons)


def test_a_judged_pair_is_not_asked_again_but_an_unsure_one_comes_last(store):
    load(store, WORLD)
    say(store, [judged("lionesse", "lyonesse", NEGATIVE), judged("n-lake", "nimue-lake", UNSURE, kind="Leader")], sources=[OWN])
    found = resembling(store, SCHEMA).candidates
    assert [(pair.one.kind, pair.unsure) for pair in found] == [("Network", False), ("Leader", True)]
    say(store, [judged("isles", "league", POSITIVE, kind="Network")], sources=[OWN])
    assert frozenset(("league", "isles")) not in pairs(store)


@given(st.lists(st.text("abcde ", min_size=1, max_size=12), min_size=2, max_size=8))
def test_the_order_of_names_changes_nothing(texts):
    names = [Name(f"n{number}", "Region", (("", text),)) for number, text in enumerate(texts) if text.strip()]
    there, back = _like_named(names), _like_named(reversed(names))
    assert {pair: likeness.score for pair, likeness in there.items()} == {pair: likeness.score for pair, likeness in back.items()}


@pytest.mark.parametrize(("one", "other", "alike"), [("Lombardia", "Lombardía", True), ("Forum 2024", "Forum 2025", False), ("Upper Lake", "Lower Lake", False),
                                                     ("A. Fontana", "Attilio Fontana", True), ("A. Fontana", "Bruno Fontana", False)])
def test_what_counts_as_alike(one, other, alike):
    assert bool(_like_named([Name("a", "Leader", (("", one),)), Name("b", "Leader", (("", other),))])) == alike


def test_the_same_acronym_says_less_than_the_same_name():
    def likeness(text):
        (found,) = _like_named([Name("a", "Organisation", (("", text),)), Name("b", "Organisation", (("", text),))]).values()
        return found.score

    assert likeness("ESA") < likeness("European Seed Association")
