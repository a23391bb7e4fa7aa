"""What holds of any statements whatever: order, repetition, copies and removal change nothing that they should not."""

import random
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph.model import ACCEPTED, CORRECTED, DECIDED, NEGATIVE, POSITIVE, REJECTED, TIERS, WRONG, Facts, Source, Statement, first_day
from graph.record import assemble, bearing, conflicts, edge_key, holds, independent_sources, makes_fact, same_fact, sameness, standing
from graph.record.judging import PERSONAL
from tests.graph.record_words import SCHEMA

DATES = ("", "2010", "2014", "2014-05", "2014-05-20", "2016-01-01", "2018", "2018-06-30", "2018/2019", "2019-01", "2022-02-30", "2024")
SOURCES = {f"s{i}": Source(f"s{i}", publisher=f"P{i % 4}", tier=TIERS[i % len(TIERS)], origin="P0" if TIERS[i % len(TIERS)] == "copy" else "",
                           date=DATES[-i - 1]) for i in range(10)}
dates = st.sampled_from(DATES)


def _said(kind: str, subject: str, object: str, qualifiers: dict[str, str], **more: str) -> Statement:
    return Statement(kind, subject, more.pop("source"), object=object, qualifiers={k: v for k, v in qualifiers.items() if v != ""}, **more)


who_says = st.fixed_dictionaries({"source": st.sampled_from(sorted(SOURCES)), "place": st.sampled_from(("row 1", "row 2")), "observed": dates.filter(lambda d: "/" not in d),
                                  "confidence": st.sampled_from(("stated", "stated", "inferred"))})
terms = st.fixed_dictionaries({"since": dates, "until": dates})
roles = st.sampled_from(("", "member", "founder", "former", "unknown", "associate", "observer"))
members = st.builds(lambda region, role, term, more: _said("MEMBER_OF", region, "league", {"role": role, **term}, **more),
                    st.sampled_from(("avalon", "lyonesse")), roles, terms, who_says)
office_holders = st.builds(lambda person, office, number, acting, term, more:
                           _said("LEADS", person, "avalon", {"office_kind": office, "term": number, "acting": acting, **term}, **more),
                           st.sampled_from(("mab", "nimue", "puck")), st.sampled_from(("", "head", "head", "minister")), st.sampled_from(("", "", "1", "2")),
                           st.sampled_from(("", "", True)), terms, who_says)
twins = st.builds(lambda ends, term, more: _said("TWINNED_WITH", *ends, term, **more),
                  st.sampled_from((("avalon", "lyonesse"), ("lyonesse", "avalon"))), terms, who_says)
values = st.builds(lambda pair, more: Statement("Agreement", "pact", more["source"], property=pair[0], value=pair[1],
                                                **{k: v for k, v in more.items() if k != "source"}),
                   st.one_of(st.tuples(st.sampled_from(("date", "valid_until", "status_as_of")), dates.filter(bool)),
                             st.tuples(st.just("status"), st.sampled_from(("announced", "signed", "in force", "ended"))),
                             st.tuples(st.sampled_from(("name", "name_it", "name_en", "kind")), st.sampled_from(("Pact", "Patto", "Treaty")))), who_says)
sayings = st.lists(st.one_of(members, office_holders, twins, values), max_size=14)

moments = st.sampled_from(("2026-07-01T09:00:00Z", "2026-07-02T09:00:00Z", "2026-07-03T09:00:00Z"))
ties = st.one_of(members, office_holders, twins)
reviews = st.builds(lambda said, verdict, when: replace(said, verdict=verdict, decided=when, reviewer="Ann", loader="desk"),
                    st.one_of(ties, values), st.sampled_from((ACCEPTED, REJECTED, CORRECTED)), moments)
words = st.builds(lambda said, verdict, when: replace(said, verdict=verdict, decided=when, reviewer="Ann", loader="desk"),
                  st.one_of(ties, values), st.sampled_from((DECIDED, WRONG)), moments)
words_on_values = st.builds(lambda said, pair, verdict, when: replace(said, property=pair[0], value=pair[1], verdict=verdict, decided=when, loader="desk"),
                            ties, st.tuples(st.sampled_from(("since", "until")), dates.filter(bool)), st.sampled_from((DECIDED, WRONG)), moments)
PEOPLE, PLACES = ("mab", "nimue", "puck"), ("avalon", "lyonesse")
judgements = st.builds(lambda kind, pair, verdict, when: Statement(kind, pair[0], "s0", property="same_as", value=pair[1], verdict=verdict, decided=when, loader="desk"),
                       st.just("Leader"), st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)), st.sampled_from((POSITIVE, POSITIVE, NEGATIVE)), moments)
judgements |= judgements.map(lambda said: replace(said, kind="Region", subject=PLACES[len(said.subject) % 2], value=PLACES[len(str(said.value)) % 2]))
records = st.lists(st.one_of(members, office_holders, twins, values, reviews, words, words_on_values, judgements), max_size=16)


def facts(statements: list[Statement]) -> Facts:
    return assemble(statements, SOURCES, SCHEMA)


@given(records, st.randoms(use_true_random=False))
def test_the_order_of_statements_does_not_matter(statements, dice):
    shuffled = list(statements)
    dice.shuffle(shuffled)
    assert facts(shuffled) == facts(statements)


@given(records)
def test_assembling_again_what_was_assembled_gives_the_same(statements):
    once = facts(statements)
    assert facts([*once.statements, *statements]) == once


@given(records)
def test_every_statement_is_kept_and_nothing_is_without_one(statements):
    found = facts(statements)
    assert sorted(s.id for s in found.statements) == sorted({s.id for s in statements})
    abouts = {statement.about for statement in found.statements if makes_fact(statement)}
    assert {thing.id for thing in (*found.nodes, *found.edges)} <= abouts


@given(records, st.sampled_from((ACCEPTED, REJECTED, CORRECTED, DECIDED, WRONG, POSITIVE, NEGATIVE)))
def test_what_was_taken_back_was_never_said(statements, verdict):
    rest = [statement for statement in statements if statement.verdict != verdict]
    stored = [statement for statement in facts(statements).statements if statement.verdict != verdict]
    assert facts(stored) == facts(rest)


@given(sayings, st.lists(st.one_of(reviews, words, words_on_values, judgements), max_size=6))
def test_a_reload_keeps_what_people_said(statements, said):
    """A loader replaces its own statements and nobody else's: the same rows again give the same record."""
    kept = [statement for statement in facts([*statements, *said]).statements if statement.loader == "desk"]
    assert facts([*kept, *statements]) == facts([*statements, *said])


@given(sayings)
def test_every_statement_is_about_exactly_one_thing_that_is_there(statements):
    found = facts(statements)
    ids = [thing.id for thing in (*found.nodes, *found.edges)]
    assert len(ids) == len(set(ids))
    assert {statement.about for statement in found.statements} == set(ids)
    assert sorted(s.id for s in found.statements) == sorted({s.id for s in statements})


@given(sayings.filter(bool), st.integers(min_value=0), st.sampled_from(("", "2009-01-01", "2030-01-01")))
def test_a_copy_changes_no_value_and_no_count_of_sources(statements, pick, date):
    original = statements[pick % len(statements)]
    whose = SOURCES[original.source]
    assume(whose.tier not in PERSONAL)
    copy = Source("copy", publisher="Mirror", tier="copy", origin=whose.origin or whose.publisher, date=date)
    before, after = facts(statements), assemble([*statements, replace(original, source="copy")], {**SOURCES, "copy": copy}, SCHEMA)
    assert after.nodes == before.nodes
    assert after.edges == before.edges


@given(sayings, st.sampled_from(sorted(SOURCES)))
def test_a_source_taken_away_leaves_no_trace(statements, gone):
    rest = [statement for statement in statements if statement.source != gone]
    stored = [statement for statement in facts(statements).statements if statement.source != gone]
    assert facts(stored) == facts(rest)


@given(records, st.one_of(records, st.lists(judgements, min_size=1, max_size=3)))
def test_what_has_a_bearing_is_enough_to_assemble_what_is_touched(known, new):
    """The runner's way: a load assembles its statements with those that have a bearing on them, and nothing else moves."""
    whole, before = facts([*known, *new]), facts(known)
    same = sameness(known), sameness([*known, *new])
    touched = bearing(new, SCHEMA, same)
    judged = {same[0].of(id) for id in touched.judged}
    near = [s for s in before.statements if s.object and (judged & {same[0].of(s.subject), same[0].of(s.object)})]
    touched = bearing([*new, *near], SCHEMA, same)
    offices = {edge.id for edge in before.edges if any(edge.kind == kind and edge.target == same[0].of(holder) for kind, holder in touched.offices)}
    around = [s for s in before.statements if s.about in offices or (not s.object and s.subject in touched.nodes)
              or (s.kind, s.subject, s.object) in touched.ties]
    part = assemble([*around, *new], SOURCES, SCHEMA, same[1])
    gone = {s.about for s in around} - {thing.id for thing in (*part.nodes, *part.edges)}
    state = {thing.id: thing for thing in (*before.nodes, *before.edges) if thing.id not in gone}
    state |= {thing.id: thing for thing in (*part.nodes, *part.edges)}
    assert state == {thing.id: thing for thing in (*whole.nodes, *whole.edges)}


@given(records)
def test_what_is_marked_as_disputed_is_what_the_conflicts_list(statements):
    found = facts(statements)
    marked = {(thing.id, name) for thing in (*found.nodes, *found.edges) for name in thing.properties.get("disputed", ())}
    assert {(conflict.about, conflict.property) for conflict in conflicts(found.statements, SOURCES, SCHEMA)} == marked


@given(st.one_of(members, office_holders, twins), st.one_of(members, office_holders, twins))
def test_two_statements_are_the_same_fact_where_they_make_one_edge(one, other):
    assert same_fact(one, other, SCHEMA) == same_fact(other, one, SCHEMA) == (len(facts([one, other]).edges) == 1)


@given(st.one_of(members, office_holders, twins))
def test_a_single_statement_makes_the_edge_that_its_key_names(statement):
    assert [edge.id for edge in facts([statement]).edges] == [edge_key(statement, SCHEMA)]


@given(sayings, st.sampled_from(("2009-06-01", "2014-05-20", "2016", "2019-01-15", "2026-03-10")))
def test_every_date_has_a_standing_and_what_is_drawn_has_begun(statements, on):
    for edge in facts(statements).edges:
        assert standing(edge, on)
        since, until = edge.text("since"), edge.text("until")
        if holds(edge, on):
            assert not since or since <= first_day(on)
            assert not until or until >= first_day(on)


@given(sayings)
def test_no_fact_has_more_independent_sources_than_speakers(statements):
    for edge in facts(statements).edges:
        assert 1 <= edge.properties["independent"] <= len({s.source for s in statements})
    assert independent_sources([], SOURCES) == 0


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**16))
def test_many_statements_on_one_tie_are_still_one_order(seed):
    dice = random.Random(seed)
    statements = [_said("LEADS", "mab", "avalon", {"office_kind": "head", "since": dice.choice(DATES), "until": dice.choice(DATES)}, source=dice.choice(sorted(SOURCES)),
                        place=f"row {n}") for n in range(60)]
    assert facts(statements[::-1]) == facts(statements)
