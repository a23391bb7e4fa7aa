"""What people say survives reloads, comes back out when taken back, and is not lost when two say it at once."""

import threading
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from graph.errors import SchemaError
from graph.model import DECIDED, NEGATIVE, POSITIVE, REJECTED, SAME_AS, WRONG, Source, Statement
from graph.record import assemble
from graph.schema import load_schema
from loaders import runner
from loaders.base import SourceInfo
from loaders.desk.recording import say
from tests.contract.clearing import clear
from tests.loaders.test_runner import Fictional

SCHEMA = load_schema()
OWN = Source("own", title="Own knowledge", publisher="Ann", tier="own_knowledge", loader="desk")
EARLY, LATE = "2026-07-01T09:00:00Z", "2026-07-02T09:00:00Z"


def stated(kind, subject, object="", source="page", **qualifiers):
    return Statement(kind, subject, source, object=object, qualifiers=qualifiers, loader="fictional", observed="2025-01-01")


def named(kind, id, name):
    return [stated(kind, id), replace(stated(kind, id), property="name", value=name)]


WORLD = [*named("Region", "avalon", "Avalon"), *named("Region", "afallach", "Ynys Afallach"), *named("Network", "league", "League"),
         *named("Leader", "mab", "Mab"), *named("Leader", "puck", "Puck"),
         stated("MEMBER_OF", "avalon", "league", since="2010"), stated("MEMBER_OF", "afallach", "league", since="2010-05"),
         stated("LEADS", "mab", "avalon", office_kind="head", since="2010"), stated("LEADS", "puck", "afallach", office_kind="head", since="2014"),
         stated("TWINNED_WITH", "avalon", "afallach")]


def word(statement, property="", value="", verdict=DECIDED, when=EARLY, reviewer="Ann"):
    return replace(statement, source="own", property=property, value=value, verdict=verdict, decided=when, reviewer=reviewer, loader="desk", observed="")


def judged(one, other, verdict=POSITIVE, when=EARLY, kind="Region"):
    return Statement(kind, one, "own", property=SAME_AS, value=other, verdict=verdict, decided=when, reviewer="Ann", loader="desk")


def load(store, said=WORLD):
    return runner.run(Fictional(list(said), SourceInfo("fictional", "t", "p", "l")), store)


def state(store):
    """All that is in the graph but the version."""
    ids = [name.id for name in store.names()]
    whole = store.subgraph(ids)
    about = store.statements([*(n.id for n in whole.nodes), *(e.id for e in whole.edges)])
    return whole, sorted((s.id, s.about) for s in about), sorted(s.id for s in store.sources())


def test_a_word_survives_a_reload_and_is_gone_when_taken_back(store):
    load(store)
    before = state(store)
    ended = word(stated("MEMBER_OF", "avalon", "league", since="2010"), "until", "2024-05")
    assert say(store, [ended], sources=[OWN]).edges_changed == 1
    load(store)
    load(store, [*WORLD, *named("Region", "lyonesse", "Lyonesse")])
    load(store)
    edge = next(e for e in store.adjacent(["league"]) if e.source == "avalon")
    assert (edge.text("until_stated"), edge.properties["decided"]) == ("2024-05", ("until",))
    say(store, taken_back=store.said_by_people(["avalon"]))
    assert state(store) == before


def test_a_denied_tie_is_gone_and_back_when_the_denial_is_taken_back(store):
    load(store)
    before = state(store)
    denial = word(stated("LEADS", "puck", "afallach", office_kind="head", since="2014"), verdict=WRONG)
    assert say(store, [denial], sources=[OWN]).edges_gone == 1
    load(store)
    assert not store.adjacent(["puck"])
    assert say(store, taken_back=[denial]).edges_new == 1
    assert state(store) == before


def test_a_rejected_proposal_is_in_the_record_and_nowhere_else(store):
    load(store)
    before = state(store)
    rejected = replace(stated("CHAIRS", "mab", "league", source="release"), verdict=REJECTED, decided=EARLY, reviewer="Ann", loader="desk")
    release = Source("release", title="A release", tier="press", loader="press")
    written = say(store, [rejected], sources=[release])
    assert (written.statements_new, written.edges_new, written.nodes_new) == (1, 0, 0)
    assert [s.verdict for s in store.reviews(["release"])] == [REJECTED]
    assert not store.adjacent(["mab"], kinds=["CHAIRS"])
    load(store)
    say(store, taken_back=store.reviews(["release"]))
    assert state(store) == before


def test_merging_keeps_both_names_moves_the_ties_and_is_undone_exactly(store):
    load(store)
    before = state(store)
    say(store, [judged("afallach", "avalon")], sources=[OWN])
    assert [n.id for n in store.of_kind("Region")] == ["avalon"]
    (one,) = store.get(["avalon"])
    assert (one.name, one.properties["aliases"], one.properties["same_as"]) == ("Avalon", ("Ynys Afallach",), ("afallach",))
    edges = store.adjacent(["avalon"])
    assert sorted(e.kind for e in edges) == ["LEADS", "LEADS", "MEMBER_OF"]
    assert {e.source: e.text("until") for e in edges if e.kind == "LEADS"} == {"mab": "2013-12-31", "puck": ""}
    load(store)
    assert state(store)[0].nodes == tuple(store.get([n.id for n in before[0].nodes]))
    say(store, taken_back=store.judgements())
    assert state(store) == before


def test_what_is_loaded_under_the_merged_name_arrives_at_the_one_that_stands_for_it(store):
    load(store)
    say(store, [judged("afallach", "avalon")], sources=[OWN])
    more = [*WORLD, *named("Leader", "nimue", "Nimue"), stated("LEADS", "nimue", "afallach", office_kind="head", since="2020")]
    load(store, more)
    assert {e.source: e.text("until") for e in store.adjacent(["avalon"], kinds=["LEADS"])} == {"mab": "2013-12-31", "puck": "2019-12-31", "nimue": ""}
    load(store)
    assert {e.source for e in store.adjacent(["avalon"], kinds=["LEADS"])} == {"mab", "puck"}
    say(store, [judged("avalon", "afallach", NEGATIVE, LATE)], sources=[OWN])
    assert sorted(n.id for n in store.of_kind("Region")) == ["afallach", "avalon"]


def test_a_statement_that_contradicts_the_schema_is_refused_before_anything_is_written(store):
    load(store)
    version = store.version()
    with pytest.raises(SchemaError):
        say(store, [word(stated("LEADS", "league", "avalon"))], sources=[OWN])
    with pytest.raises(SchemaError):
        say(store, [word(stated("MEMBER_OF", "avalon", "league"), "colour", "red")], sources=[OWN])
    with pytest.raises(SchemaError):
        say(store, [word(stated("Region", "avalon"), verdict=WRONG)], sources=[OWN])
    assert store.version() == version


def test_citing_a_source_that_a_loader_brought_leaves_that_source_alone(store):
    load(store)
    (page,) = store.sources(["page"])
    say(store, [replace(word(stated("Region", "avalon"), "capital", "Camelot"), source="page")], sources=[Source("page", title="Mine", loader="desk")])
    assert store.sources(["page"]) == (page,)


def test_many_who_write_at_once_lose_nothing(store):
    load(store)
    problems = []

    def decide(number):
        try:
            say(store, [word(stated("Region", "avalon"), "capital", f"Capital {number}", when=f"2026-07-01T09:00:{number:02d}Z", reviewer=f"Reviewer {number}")],
                sources=[OWN])
        except Exception as problem:  # noqa: BLE001
            problems.append(problem)

    threads = [threading.Thread(target=decide, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert len(store.said_by_people(["avalon"])) == 6
    assert store.get(["avalon"])[0].properties["capital"] == "Capital 5"


SAYINGS = st.lists(st.one_of(
    st.builds(judged, st.sampled_from(("avalon", "afallach")), st.sampled_from(("avalon", "afallach")), st.sampled_from((POSITIVE, POSITIVE, NEGATIVE)),
              st.sampled_from((EARLY, LATE))),
    st.builds(judged, st.just("mab"), st.just("puck"), st.just(POSITIVE), st.sampled_from((EARLY, LATE)), st.just("Leader")),
    st.builds(lambda index, verdict, when: word(WORLD[index], verdict=verdict, when=when), st.sampled_from((10, 11, 12, 13, 14)), st.sampled_from((DECIDED, WRONG)),
              st.sampled_from((EARLY, LATE))),
    st.builds(lambda index, name, date, when: word(WORLD[index], name, date, when=when), st.sampled_from((10, 11, 12, 13)), st.sampled_from(("since", "until")),
              st.sampled_from(("2012", "2020-05-01")), st.sampled_from((EARLY, LATE)))), min_size=1, max_size=5, unique_by=lambda s: s.id)


@profile(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SAYINGS, st.randoms(use_true_random=False))
def test_saying_one_after_the_other_is_as_if_all_had_been_said_at_once_and_taking_back_as_if_nothing(store, said, dice):
    clear(store)
    load(store)
    before = state(store)
    for statement in said:
        say(store, [statement], sources=[OWN])
    whole = assemble([*WORLD, *said], {"own": OWN, "page": Fictional(WORLD).sources()["page"]}, SCHEMA)
    found = state(store)[0]
    assert (found.nodes, found.edges) == (whole.nodes, whole.edges)
    dice.shuffle(said)
    for statement in said:
        say(store, taken_back=[statement])
    assert state(store) == before
