"""What a person judges to be one is shown as one, with both names, and is as before when the judgement is taken back."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from graph.model import NEGATIVE, POSITIVE, SAME_AS, UNSURE, Statement
from graph.record import sameness
from tests.graph.record_words import edge, edges, facts, head, member, node, value

EARLY, LATE = "2026-07-01T09:00:00Z", "2026-07-02T09:00:00Z"


def judged(id: str, canonical: str, verdict: str = POSITIVE, when: str = EARLY, kind: str = "Region") -> Statement:
    """A person's judgement that two are one, or not."""
    return Statement(kind, id, "own_knowledge", property=SAME_AS, value=canonical, verdict=verdict, reviewer="Ann", decided=when, loader="desk")


def region(id: str, name: str, source: str = "gazette") -> list[Statement]:
    return [Statement("Region", id, source), value("name", name, source, id=id)]


def test_one_stands_for_both_with_both_names():
    one = node(*region("avalon", "Avalon"), *region("afallach", "Ynys Afallach", "own_act"), judged("afallach", "avalon"))
    assert (one.id, one.name, one.properties["aliases"], one.properties["same_as"]) == ("avalon", "Avalon", ("Ynys Afallach",), ("afallach",))


def test_ties_of_both_are_one_where_they_say_the_same():
    shown = edge(member("gazette"), member("herald", region="afallach"), judged("afallach", "avalon"))
    assert (shown.source, shown.properties["independent"]) == ("avalon", 2)


def test_heads_of_both_hold_one_office():
    found = {e.source: e.text("until") for e in edges(head("mab", since="2010"), head("puck", since="2012", region="afallach"), judged("afallach", "avalon"))}
    assert found == {"mab": "2011-12-31", "puck": ""}


def test_a_tie_between_the_two_is_no_tie_but_stays_in_the_record():
    tie = Statement("TWINNED_WITH", "avalon", "gazette", object="afallach")
    found = facts(tie, judged("afallach", "avalon"))
    assert found.edges == ()
    assert [s.about for s in found.statements if s.object] == [""]


def test_what_names_the_merged_one_in_a_value_names_the_one_that_stands_for_it():
    signed = Statement("SIGNED", "mab", "gazette", object="pact", qualifiers={"for": "afallach"})
    assert edge(signed, judged("afallach", "avalon")).text("for") == "avalon"


def test_the_last_judgement_counts_whoever_is_named_first():
    yes, no = judged("afallach", "avalon"), judged("avalon", "afallach", NEGATIVE, LATE)
    assert sameness([yes, no]).of("afallach") == "afallach"
    assert sameness([yes, judged("avalon", "afallach", UNSURE, LATE)]).of("afallach") == "afallach"
    assert sameness([replace(no, decided=EARLY), replace(yes, decided=LATE)]).of("afallach") == "avalon"


def test_chains_end_at_the_one_that_is_merged_into_no_other():
    chain = sameness([judged("c", "b"), judged("b", "a"), judged("d", "c")])
    assert {chain.of(id) for id in "abcd"} == {"a"}
    assert chain.all_of("c") == frozenset("abcd")
    around = sameness([judged("a", "b"), judged("b", "c", when=LATE), judged("c", "a")])
    assert len({around.of(id) for id in "abc"}) == 1


judgements = st.lists(st.builds(judged, st.sampled_from("abcde"), st.sampled_from("abcde"), st.sampled_from((POSITIVE, POSITIVE, NEGATIVE, UNSURE)),
                                st.sampled_from((EARLY, LATE))), max_size=8)


@given(judgements, st.randoms(use_true_random=False))
def test_the_order_of_judgements_does_not_matter_and_all_agree_on_who_stands_for_them(said, dice):
    shuffled = list(said)
    dice.shuffle(shuffled)
    found = sameness(said)
    assert sameness(shuffled) == found
    for id in "abcde":
        assert found.of(found.of(id)) == found.of(id)
        assert id in found.all_of(id)
        assert all(found.of(other) == found.of(id) for other in found.all_of(id))
