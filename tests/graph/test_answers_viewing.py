"""A picture begins with something worth seeing, keeps what was asked for, shows nothing of another day, and says what it left out."""

import pytest

from graph.answers import around, first_view
from graph.model import Cut
from tests.graph.answers_world import ON, agreement, thing, world_in
from tests.graph.record_words import facts, member

FAR = [*thing("Region", "norland", "Norland"), *thing("Region", "sudmark", "Sudmark")]


@pytest.fixture
def world(opened):
    return world_in(opened)


def ids(view):
    return {node.id for node in view.subgraph.nodes}


def test_the_first_view_is_the_memorandum_and_what_its_parties_share(curated_store):
    view = first_view(curated_store, on="2026-03-10")
    assert view.focus == ("flanders", "lombardy")
    assert view.title == "Memorandum of Understanding Lombardy - Flanders, 3 March 2026, and what its parties share"
    assert {"agr-lom-fla-2026", "attilio-fontana", "matthias-diependaele", "four-motors", "ecrn", "esra", "semiconductors", "innovation"} <= ids(view)
    assert len(view.subgraph.nodes) <= 40
    assert set(view.stressed) == {"PARTY_TO|flanders|agr-lom-fla-2026", "PARTY_TO|lombardy|agr-lom-fla-2026"}
    assert "roberto-maroni" not in ids(view)


def test_the_region_one_works_for_comes_first_where_it_has_an_agreement(curated_store):
    view = first_view(curated_store, region="wales", on="2026-03-10")
    assert view.focus[0] == "wales"
    assert first_view(curated_store, region="shandong", on="2026-03-10").focus == ("flanders", "lombardy")


def test_the_first_view_on_a_past_day_knows_nothing_later(curated_store):
    view = first_view(curated_store, on="2019-06-01")
    assert all(node.text("date") <= "2019-06-01" for node in view.subgraph.nodes if node.kind in ("Agreement", "Event"))
    assert "matthias-diependaele" not in ids(view)


def test_what_is_only_announced_is_no_first_view(store):
    store.write(facts(*FAR, *agreement("charter", "Charter", date="2024-05-20", status="announced"), *agreement("accord", "Accord", date="2020-01-01")))
    assert "Accord" in first_view(store, on=ON).title


def test_an_empty_graph_says_so(store):
    view = first_view(store)
    assert (view.subgraph.nodes, view.focus, view.title) == ((), (), "The graph is empty.")


def test_the_surroundings_are_those_of_the_day(world):
    today = around(world, ["norland", "sudmark"], on=ON)
    assert {"accord", "charter", "league", "circle", "bo-lind", "fair"} <= ids(today)
    assert not {"treaty", "later", "pact", "ada-brun"} & ids(today)
    before = around(world, ["norland", "sudmark"], on="2012-01-01")
    assert {"treaty", "league", "ada-brun"} <= ids(before)
    assert not {"accord", "charter", "circle", "bo-lind", "fair", "cy-roth"} & ids(before)


def test_what_was_asked_for_is_shown_whatever_the_day(world):
    view = around(world, ["later"], on="2012-01-01")
    assert "later" in ids(view)
    assert {"norland", "sudmark"} <= ids(view)


def test_what_several_share_comes_before_what_one_has_alone_and_the_rest_is_counted(world):
    view = around(world, ["norland", "sudmark"], limit=6)
    whole = around(world, ["norland", "sudmark"], limit=100)
    assert whole.subgraph.cut is None
    assert view.subgraph.cut == Cut("nodes", len(whole.subgraph.nodes) - 6)
    assert {"norland", "sudmark"} < ids(view)
    assert not {"ada-brun", "bo-lind", "cy-roth"} & ids(view)


def test_more_steps_reach_further(world):
    assert "treaty" not in ids(around(world, ["tides"]))
    assert {"norland", "sudmark", "accord"} <= ids(around(world, ["tides"]))
    assert "league" in ids(around(world, ["tides"], steps=2))


def test_names_that_are_not_there_are_left_out(world):
    view = around(world, ["norland", "atlantis"])
    assert view.focus == ("norland",)


def test_a_member_that_nobody_names_by_name_is_drawn_by_its_id(store):
    store.write(facts(*FAR, member(region="norland", network="league")))
    view = around(store, ["norland"])
    assert "norland" in ids(view)
