"""Who is who: candidates with reasons, a judgement that merges and is taken back, two that are found by name."""

import pytest

from tests.loaders.desk.test_recording import load, named, stated
from tests.screens.driver import ON_THE_LOCAL_SERVER, Screen

WORLD = [*named("Leader", "nimue-lake", "Nimue Lake"), *named("Leader", "n-lake", "N. Lake"), *named("Region", "lyonesse", "Lyonesse"),
         *named("Region", "avalon", "Avalon"), *named("Network", "league", "League"),
         stated("LEADS", "nimue-lake", "lyonesse", office_kind="head", since="2010"), stated("LEADS", "n-lake", "lyonesse", office_kind="head", since="2011"),
         stated("MEMBER_OF", "avalon", "league"), stated("MEMBER_OF", "lyonesse", "league")]
pytestmark = ON_THE_LOCAL_SERVER


@pytest.fixture
def screen(empty):
    load(empty, WORLD)
    return Screen.only("review", {"tab": "who"})


def press(screen, key):
    return screen.press(next(known for known in sorted(screen.keys) if known.startswith(key)))


def leaders(store):
    return [node.id for node in store.of_kind("Leader")]


def test_a_pair_is_shown_with_its_reasons_and_judged_and_taken_back(screen, empty):
    assert "Both are tied to Lyonesse" in screen.text
    press(screen, "who_positive_")
    assert "Say who you are" in screen.text
    assert leaders(empty) == ["n-lake", "nimue-lake"]
    press(screen.type("who_name", "Ann"), "who_positive_")
    assert len(leaders(empty)) == 1
    assert "“N. Lake” and “Nimue Lake” are the same" in screen.text or "“Nimue Lake” and “N. Lake” are the same" in screen.text
    assert "Ann (self-declared)" in screen.text
    press(screen, "who_back_")
    assert leaders(empty) == ["n-lake", "nimue-lake"]


def test_who_is_not_the_same_is_not_shown_again(screen, empty):
    press(screen.type("who_name", "Ann"), "who_negative_")
    assert "No two names in the record look like one." in screen.text
    assert leaders(empty) == ["n-lake", "nimue-lake"]


def test_two_that_are_not_listed_are_found_by_name(screen, empty):
    press(screen.type("who_name", "Ann"), "who_negative_")
    for number, name in enumerate(("Avalon", "Lyonesse")):
        screen.type(f"who_find_{number}_text", name).press(f"who_find_{number}_{name.lower()}")
    press(screen, "who_positive_")
    assert [node.id for node in empty.of_kind("Region")] == ["avalon"]
