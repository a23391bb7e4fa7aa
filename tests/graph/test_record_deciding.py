"""A person's word stands beside what sources state and outweighs it; what was reviewed counts instead of what was proposed."""

from dataclasses import replace

from graph.model import ACCEPTED, CORRECTED, DECIDED, REJECTED, WRONG, Source, Statement
from graph.record import State, assemble, conflicts, standing
from tests.graph.record_words import SCHEMA, SOURCES, edge, edges, facts, head, heads, member, node, value

EARLY, LATE = "2026-07-01T09:00:00Z", "2026-07-02T09:00:00Z"


def by(reviewer: str, verdict: str, statement: Statement, when: str = EARLY) -> Statement:
    """The same statement as a person's."""
    return replace(statement, verdict=verdict, reviewer=reviewer, decided=when)


def word(address: Statement, property: str, said, when: str = EARLY, verdict: str = DECIDED, source: str = "own_knowledge") -> Statement:
    """A person's word on one value of the edge that `address` speaks of."""
    return replace(address, source=source, property=property, value=said, verdict=verdict, reviewer="Ann", decided=when)


def wrong(address: Statement, when: str = EARLY) -> Statement:
    """A person's word that the edge is not so."""
    return replace(address, source="own_knowledge", verdict=WRONG, reviewer="Ann", decided=when)


# -- words on values


def test_a_persons_word_outweighs_the_most_trusted_source_and_the_conflict_stays():
    said = [value("capital", "Tintagel", "own_act"), value("capital", "Camelot", "own_knowledge", verdict=DECIDED, decided=EARLY)]
    shown = node(*said)
    assert shown.properties["capital"] == "Camelot"
    assert shown.properties["decided"] == ("capital",)
    founded = [value("founded", "1990", "own_act", kind="Network"), value("founded", "1991", "own_knowledge", kind="Network", verdict=DECIDED, decided=EARLY)]
    (conflict,) = conflicts(facts(*founded).statements, SOURCES, SCHEMA)
    assert [shown for shown, _ in conflict.values] == ["1991", "1990"]


def test_of_two_peoples_words_the_later_one_counts():
    one, other = (value("capital", name, "own_knowledge", verdict=DECIDED, decided=when) for name, when in (("Camelot", LATE), ("Caerleon", EARLY)))
    assert node(value("capital", "Tintagel"), one, other).properties["capital"] == "Camelot"


def test_a_persons_word_on_a_status_counts_even_where_a_source_goes_further():
    said = [value("status", "signed", "own_act", kind="Agreement"), value("status", "announced", "own_knowledge", kind="Agreement", verdict=DECIDED, decided=EARLY)]
    assert node(*said).properties["status"] == "announced"


def test_a_value_that_a_person_calls_wrong_is_neither_shown_nor_disputed():
    said = [value("founded", "1990", "own_act", kind="Network"), value("founded", "1991", kind="Network"),
            value("founded", "1990", "own_knowledge", kind="Network", verdict=WRONG, decided=EARLY)]
    shown = node(*said)
    assert shown.properties["founded"] == "1991"
    assert "disputed" not in shown.properties


def test_who_calls_a_value_wrong_and_then_right_means_right():
    said = [value("capital", "Tintagel"), value("capital", "Tintagel", "own_knowledge", verdict=WRONG, decided=EARLY),
            value("capital", "Tintagel", "own_knowledge", verdict=DECIDED, decided=LATE)]
    assert node(*said).properties["capital"] == "Tintagel"


def test_an_end_that_a_person_gives_ends_the_edge_and_says_nothing_of_its_beginning():
    seen = member(since="2010", observed="2020-01-01")
    shown = edge(seen, word(member(since="2010"), "until", "2024-05-31"))
    assert (shown.text("since_stated"), shown.text("until")) == ("2010", "2024-05-31")
    assert standing(shown, "2025-01-01").state is State.ENDED
    assert shown.properties["independent"] == 1


def test_a_corrected_beginning_stays_on_its_edge_even_outside_the_term_that_sources_state():
    said = member(since="2010", until="2012")
    shown = edge(said, word(said, "since", "2008"), word(said, "until", "2009"))
    assert (shown.text("since_stated"), shown.text("until_stated")) == ("2008", "2009")
    assert set(shown.properties["decided"]) == {"since", "until"}


def test_a_word_on_the_second_of_two_terms_leaves_the_first_alone():
    first, second = head("mab", since="2010", until="2012"), head("mab", since="2016", until="2018")
    ends = {e.text("since_stated"): e.text("until_stated") for e in edges(first, second, word(second, "until", "2017-06"))}
    assert ends == {"2010": "2012", "2016": "2017-06"}


def test_an_end_that_a_person_calls_wrong_opens_the_edge_again():
    said = member(since="2010", until="2024-05", observed="2024-05-01")
    shown = edge(said, word(said, "until", "2024-05", verdict=WRONG))
    assert "until" not in shown.properties


def test_a_role_that_a_person_gives_is_shown_among_roles_of_one_class():
    assert edge(member(role="founder"), word(member(), "role", "member")).text("role") == "member"


def test_a_word_confirms_nothing_and_makes_no_edge_of_its_own():
    shown = edge(member(observed="2020-01-01"), word(member(observed="2026-01-01"), "since", "2010"))
    assert shown.text("confirmed") == "2020-01-01"
    assert edges(word(member(), "since", "2010")) == []


def test_a_word_on_a_holders_beginning_is_no_sight_of_the_holder():
    first, second = head("mab", since="2010-01-01", observed="2011-01-01"), head("puck", observed="2012-01-01")
    dated = word(head("mab", since="2010-01-01", observed="2015-01-01"), "since", "2009-01-01")
    assert heads(first, second, dated)["mab"].text("until") == heads(first, second)["mab"].text("until") == "2011-12-31"


def test_a_correction_of_an_inferred_edge_leaves_it_inferred():
    assert edge(member(confidence="inferred"), word(member(), "since", "2010")).properties["inferred"] is True


# -- denials


def test_an_edge_that_a_person_calls_wrong_is_not_there_but_its_statements_stay_and_say_what_they_are_about():
    found = facts(member(), wrong(member()))
    assert found.edges == ()
    assert {s.about for s in found.statements} == {"MEMBER_OF|avalon|league|member"}


def test_one_who_was_wrongly_head_ends_nobodys_term():
    true, false = head("mab", since="2010"), head("puck", since="2012")
    assert heads(true, false)["mab"].text("until") == "2011-12-31"
    alone = heads(true, false, wrong(false))
    assert list(alone) == ["mab"]
    assert alone["mab"].text("until") == ""


def test_a_denied_head_clashes_with_nobody():
    said = [head("mab", since="2010-01-01", until="2014-01-01"), head("puck", since="2012-01-01", until="2013-01-01")]
    assert conflicts(facts(*said).statements, SOURCES, SCHEMA)
    assert not conflicts(facts(*said, wrong(said[1])).statements, SOURCES, SCHEMA)


def test_who_adds_what_was_called_wrong_has_the_last_word():
    added = replace(member(), source="own_knowledge", verdict=DECIDED, reviewer="Bob", decided=LATE)
    assert len(edges(member(), wrong(member()), added)) == 1
    assert edges(member(), replace(added, decided=EARLY), wrong(member(), LATE)) == []


def test_what_a_person_adds_is_a_fact_and_its_values_outweigh():
    added = replace(member(role="member", since="2011"), source="own_knowledge", verdict=DECIDED, decided=EARLY)
    assert edge(member("own_act", role="member", since="2010"), added).text("since_stated") == "2011"
    assert edge(added).properties["independent"] == 1


# -- reviews


def test_what_was_rejected_is_kept_and_projected_nowhere():
    found = facts(by("Ann", REJECTED, member()))
    assert (found.nodes, found.edges) == ((), ())
    assert [s.about for s in found.statements] == [""]


def test_a_rejection_holds_back_what_the_same_source_states_and_no_other():
    rejected = by("Ann", REJECTED, member())
    assert edges(member(), rejected) == []
    assert edge(member(), member("herald"), rejected).properties["independent"] == 1


def test_what_was_accepted_counts_once_beside_what_was_loaded_unseen():
    found = facts(member(role="founder"), by("Ann", ACCEPTED, member(role="member")))
    assert [e.text("role") for e in found.edges] == ["member"]
    assert sum(bool(s.about) for s in found.statements) == 1


def test_what_was_corrected_makes_way_for_what_was_put_in_its_place():
    found = facts(by("Ann", CORRECTED, member(role="member")), by("Ann", ACCEPTED, member(role="associate")), member(role="member"))
    assert [e.text("role") for e in found.edges] == ["associate"]


def test_of_two_who_review_at_once_the_later_one_decides():
    accepted, rejected = by("Ann", ACCEPTED, member(), EARLY), by("Bob", REJECTED, member(), LATE)
    assert edges(accepted, rejected) == []
    assert len(edges(by("Ann", ACCEPTED, member(), LATE), by("Bob", REJECTED, member(), EARLY))) == 1


def test_an_accepted_proposal_weighs_as_its_source_and_not_as_a_word():
    accepted = by("Ann", ACCEPTED, value("capital", "Camelot", "press"))
    assert node(accepted, value("capital", "Tintagel", "own_act")).properties["capital"] == "Tintagel"


def test_own_knowledge_counts_as_a_source_only_where_nobody_else_speaks():
    own = {"ann": Source("ann", publisher="Ann", tier="own_knowledge"), "bob": Source("bob", publisher="Bob", tier="own_knowledge"), **SOURCES}
    added = [replace(member(), source=who, verdict=DECIDED, decided=EARLY) for who in ("ann", "bob")]
    assert assemble(added, own, SCHEMA).edges[0].properties["independent"] == 1
    assert assemble([*added, member()], own, SCHEMA).edges[0].properties["independent"] == 1
