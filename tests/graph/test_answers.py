"""What connects two things is said as sources state it and as of the day asked: who is, who was, what is only meant, and who says so."""

import dataclasses

import pytest

from graph.answers import connect, find_paths
from graph.model import Cut, Source
from graph.schema import load_schema
from tests.graph.answers_world import ON, world_in
from tests.graph.record_words import facts, member, value

SCHEMA = load_schema()


@pytest.fixture
def world(opened):
    return world_in(opened)


def answer(store, one="norland", other="sudmark", **options):
    return connect(store, SCHEMA, one, other, **{"on": ON, "limit": 50, **options})


def said(found, topic=None):
    return [sentence.text for sentence in found.sentences if topic in (None, sentence.topic)]


def paths_of(found):
    return [told.sentence.text for told in found.paths]


def cited(found, sentence):
    by_number = {citation.number: citation.source.id for citation in found.citations}
    return [by_number[number] for number in sentence.cites]


def test_each_agreement_is_said_by_its_stage_and_none_before_its_day(world):
    assert said(answer(world), "agreement") == [
        "“Charter of Bells” between Norland and Sudmark was announced for 20 May 2024; no source says that it was signed.",
        "Norland and Sudmark are parties to “Accord of the Coast”, signed on 10 February 2024 (Norport).",
        "It was signed by Bo Lind (Norland).",
        "It covers tides.",
        "Accord of the Coast replaces Old Treaty.",
    ]
    assert said(answer(world, on="2010-01-01"), "agreement") == ["Norland and Sudmark are parties to “Old Treaty”, in force, dated 2001."]


def test_without_a_day_what_is_over_and_what_is_to_come_is_there_and_said_to_be_so(world):
    found = said(answer(world, on=""), "agreement")
    assert "Norland and Sudmark were parties to “Old Treaty”, dated 2001, which has ended." in found
    assert "“Pact to come” between Norland and Sudmark is under negotiation, as of 1 May 2024." in found


def test_only_who_leads_on_the_day_is_named_as_leading(world):
    assert said(answer(world), "leader") == [
        "Bo Lind leads Norland (premier) since 4 May 2020.",
        "Cy Roth leads Sudmark (governor) (last confirmed on 2 February 2022)."]
    assert said(answer(world, on="2015-01-01"), "leader") == [("Ada Brun leads Norland (premier) from 1 March 2010 to 3 May 2020 "
                                                             "(the end follows from the successor's beginning).")]
    assert said(answer(world, on="2023-01-15"), "leader")[1] == "Cy Roth leads Sudmark (governor)."


def test_a_membership_says_is_for_twelve_months_and_then_when_it_was_last_confirmed(world):
    league = [text for text in said(answer(world), "network") if "League" in text]
    assert league == [("Both take part in League of Lands: Norland as a founding member since 1 January 1990 and Sudmark as an associate "
                      "(last confirmed on 1 July 2021).")]
    early = [text for text in said(answer(world, on="2022-05-01"), "network") if "League" in text]
    assert early == ["Both take part in League of Lands: Norland as a founding member since 1 January 1990 and Sudmark as an associate."]
    before = [text for text in said(answer(world, on="2000-05-01"), "network") if "League" in text]
    assert before[0].endswith("Sudmark as an associate (first stated on 1 July 2021).")


def test_a_network_is_not_shared_before_it_was_founded(world):
    assert any("Young Circle" in text for text in said(answer(world), "network"))
    earlier = answer(world, on="2023-04-30")
    assert not any("Young Circle" in text for text in (*said(earlier), *paths_of(earlier)))


def test_roles_that_are_not_stated_and_ties_that_are_inferred_are_marked(world):
    (circle,) = [text for text in said(answer(world), "network") if "Circle" in text]
    assert circle == "Both take part in Young Circle: Norland as a member and Sudmark role not stated (inferred)."


def test_who_has_left_has_taken_part(world):
    assert any(text.startswith("Both have taken part in Old Ring: Norland as a member from 1995 to 2005") for text in said(answer(world, on=""), "network"))
    assert not any("Old Ring" in text for text in said(answer(world)))


def test_priorities_are_shared_only_while_their_period_lasts(world):
    assert said(answer(world), "sector") == ["Both have among the priorities of their strategies: tides."]
    assert said(answer(world, on="2016-01-01"), "sector") == ["Both have among the priorities of their strategies: bells."]


def test_sources_are_numbered_as_they_are_cited_the_best_first(world):
    found = answer(world)
    numbers = [number for sentence in found.sentences for number in sentence.cites]
    assert list(dict.fromkeys(numbers)) == list(range(1, max(numbers) + 1))
    (league,) = [sentence for sentence in found.sentences if "League" in sentence.text]
    assert cited(found, league) == ["own_act", "copy"]
    assert league.marked == league.text + "".join(f" [{number}]" for number in league.cites)


def test_every_sentence_but_the_counting_ones_has_a_source_that_states_its_facts(world):
    found = answer(world, on="")
    stated = {statement.about for citation in found.citations for statement in citation.statements}
    for sentence in (*found.sentences, *(told.sentence for told in found.paths)):
        assert sentence.cites
        assert set(sentence.facts) <= stated


def test_a_copy_is_marked_and_its_address_is_not_given(world):
    copy = dataclasses.replace(Source("copy"), publisher="Mirror", title="A page", url="https://mirror.example/1", tier="copy", origin="Gazette")
    (citation,) = [c for c in answer(world).citations if c.source.id == "copy"]
    assert dataclasses.replace(citation, source=copy).text("en") == "Mirror: A page (a copy)"
    press = dataclasses.replace(copy, tier="press", date="2024-05")
    assert dataclasses.replace(citation, source=press).text("en") == "Mirror: A page, May 2024 https://mirror.example/1"


def test_a_conflict_is_said_beside_the_sentence(store):
    said_twice = [member("gazette", region=region, network="league", role="member", since=year) for region, year in (("norland", "1990"), ("sudmark", "1990"))]
    store.write(facts(*said_twice, member("herald", region="norland", network="league", role="member", since="1994"),
                      value("name", "Norland", id="norland"), value("name", "Sudmark", id="sudmark"),
                      value("name", "League", kind="Network", id="league")))
    found = answer(store)
    assert [sentence.disputed for sentence in found.sentences if sentence.topic == "network"] == [("since",)]
    assert found.paths[0].sentence.disputed == ("since",)


def test_paths_rank_what_holds_before_what_is_over_and_word_it_as_past(world):
    found = [text for text in paths_of(answer(world, on="")) if "Later Accord" not in text]
    assert found[0] == "Norland is party to Accord of the Coast; Sudmark is party to Accord of the Coast."
    past = ["Norland was party to Old Treaty; Sudmark was party to Old Treaty.", "Norland took part in Autumn Fair; Sudmark took part in Autumn Fair."]
    planned = ["Norland is party to Pact to come (under negotiation); Sudmark is party to Pact to come (under negotiation).",
               "Norland is party to Charter of Bells (announced); Sudmark is party to Charter of Bells (announced)."]
    assert {*past, *planned} <= set(found)
    ring = [text for text in found if "Old Ring" in text]
    assert ring[0].startswith("Norland was a member of Old Ring from 1995 to 2005; Sudmark is a member of Old Ring")
    bells = [text for text in found if "bells" in text]
    assert bells[0].startswith("Norland had bells among the priorities of its strategy from 2014 to 2020;")
    last = {*past, *planned, *ring, *bells}
    assert set(found[-len(last):]) == last


def test_what_is_avoided_is_neither_walked_nor_said(world):
    found = answer(world, avoid=["league", "accord"])
    assert not any("League" in text or "Accord of" in text for text in (*said(found), *paths_of(found)))
    assert not {"league", "accord"} & {node.id for node in found.subgraph.nodes}
    without = answer(world, kinds_avoided=["Network", "Sector"])
    assert not {"league", "circle", "tides"} & {node for told in without.paths for node in told.path.nodes}
    assert said(without, "network") == said(without, "sector") == []


def test_that_nothing_was_agreed_is_said_of_regions_and_never_because_of_a_date_or_what_is_avoided(world):
    nothing = "No source in the record states an agreement between {} and {}."
    assert said(answer(world, other="farland"), "agreement") == [nothing.format("Norland", "Farland")]
    assert answer(world, other="farland").paths == ()
    assert said(answer(world, on="1995-01-01"), "agreement") == []
    assert said(answer(world, avoid=["accord", "treaty", "pact", "charter", "later"]), "agreement") == []


def test_paths_beyond_the_limit_are_counted(world):
    every = answer(world)
    few = answer(world, limit=2)
    assert [told.path for told in few.paths] == [told.path for told in every.paths][:2]
    assert few.cut == Cut("paths", len(every.paths) - 2)
    assert every.cut is None


def test_no_longer_path_than_asked_for(world):
    assert find_paths(world, "ada-brun", "cy-roth", max_steps=3).paths == ()
    assert {len(path.edges) for path in find_paths(world, "ada-brun", "cy-roth", max_steps=4).paths} == {4}


def test_everything_said_is_in_the_picture(world):
    found = answer(world)
    drawn = {edge.id for edge in found.subgraph.edges}
    assert {edge.id for told in found.paths for edge in told.path.edges} <= drawn
    assert set(found.stressed) == {edge.id for edge in found.paths[0].path.edges}


def test_the_same_in_italian(world):
    found = answer(world, language="it")
    assert said(found, "agreement")[0] == "«Charter of Bells» tra Norlandia e Sudmark è stato annunciato (data prevista: 20 maggio 2024); nessuna fonte ne riporta la firma."
    assert "Entrambe partecipano a League of Lands: Norlandia come membro fondatore dal 1º gennaio 1990 e Sudmark come membro associato (ultima conferma il 1º luglio 2021)." in said(found)
