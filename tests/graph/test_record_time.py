"""What holds on a date, and who heads a region."""

import pytest

from graph.model import Edge, Node, first_day, last_day
from graph.record import State, dated_by, exists, holds, says_is, standing
from tests.graph.record_words import edge, head, heads, member


def tie(**properties):
    return Edge("e", "MEMBER_OF", "avalon", "league", properties)


def agreement(**properties):
    return Node("pact", "Agreement", properties)


@pytest.mark.parametrize(("properties", "on", "state"), [
    ({"since": "2010-01-01", "until": "2020-12-31"}, "2015-06-01", State.IN_FORCE),
    ({"since": "2010-01-01", "until": "2020-12-31"}, "2010-01-01", State.IN_FORCE),
    ({"since": "2010-01-01", "until": "2020-12-31"}, "2020-12-31", State.IN_FORCE),
    ({"since": "2010-01-01", "until": "2020-12-31"}, "2021-01-01", State.ENDED),
    ({"since": "2010-01-01", "until": "2020-12-31"}, "2009-12-31", State.NOT_BEGUN),
    ({"since": "2010-01-01", "confirmed": "2024-05-01"}, "2018-01-01", State.IN_FORCE),
    ({"since": "2010-01-01", "confirmed": "2024-05-01"}, "2024-05-01", State.IN_FORCE),
    ({"since": "2010-01-01", "confirmed": "2024-05-01"}, "2024-05-02", State.LAST_CONFIRMED),
    ({"since": "2010-01-01"}, "2024-05-02", State.LAST_CONFIRMED),
    ({"confirmed": "2024-05-01"}, "2024-05-01", State.IN_FORCE),
    ({"confirmed": "2024"}, "2024-08-01", State.IN_FORCE),
    ({"confirmed": "2024-05-01"}, "2010-01-01", State.LAST_CONFIRMED),
    ({"confirmed": "2024-05-01"}, "2026-01-01", State.LAST_CONFIRMED),
    ({"confirmed": "2016-07-15", "until": "2018-10-18"}, "2017-01-01", State.IN_FORCE),
    ({"confirmed": "2016-07-15", "until": "2018-10-18"}, "2001-01-01", State.LAST_CONFIRMED),
    ({"until": "2018-10-18"}, "2019-01-01", State.ENDED),
    ({"until": "2018-10-18"}, "2001-01-01", State.UNKNOWN),
    ({"seen": "2018-10", "confirmed": "2026-03-03"}, "2022-01-01", State.IN_FORCE),
    ({"seen": "2018-10", "confirmed": "2026-03-03"}, "2015-01-01", State.LAST_CONFIRMED),
    ({"seen": "2018-10", "confirmed": "2026-03-03"}, "2026-03-04", State.LAST_CONFIRMED),
    ({"period": "2021-2027"}, "2024-01-01", State.IN_FORCE),
    ({"period": "2021-2027"}, "2020-12-31", State.NOT_BEGUN),
    ({"period": "2014 – 2020"}, "2021-01-01", State.ENDED),
    ({"period": "spring"}, "2021-01-01", State.UNKNOWN),
    ({"former": True}, "2019-01-01", State.ENDED),
    ({}, "2019-01-01", State.UNKNOWN),
])
def test_where_a_tie_stands_on_a_date(properties, on, state):
    assert standing(tie(**properties), on).state is state


@pytest.mark.parametrize(("kind", "properties", "on", "holding"), [
    ("LEADS", {"confirmed": "2016-07-15"}, "2001-01-01", False), ("LEADS", {"confirmed": "2016-07-15"}, "2016-07-15", True),
    ("LEADS", {"confirmed": "2016-07-15"}, "2019-01-01", True), ("LEADS", {"seen": "2012", "confirmed": "2016-07-15"}, "2014-01-01", True),
    ("CHAIRS", {"confirmed": "2017-11-22"}, "2015-06-01", False), ("LEADS", {}, "2001-01-01", True),
    ("MEMBER_OF", {"confirmed": "2017-11-22"}, "2015-06-01", True),
])
def test_nobody_is_taken_to_have_held_an_office_before_any_source_saw_it(kind, properties, on, holding):
    assert holds(Edge("e", kind, "ann", "avalon", properties), on) is holding


def test_a_tie_to_an_agreement_or_a_meeting_is_dated_by_it():
    nodes = {"pact": agreement(date="2024-05-01", status="signed"), "fair": Node("fair", "Event", {"date": "2020-02-02"})}
    assert dated_by(Edge("e", "PARTY_TO", "avalon", "pact"), nodes) is nodes["pact"]
    assert dated_by(Edge("e", "COVERS", "pact", "tides"), nodes) is nodes["pact"]
    assert dated_by(Edge("e", "ADOPTED_AT", "pact", "fair"), nodes) is nodes["pact"]
    assert dated_by(Edge("e", "TOOK_PART_IN", "avalon", "fair"), nodes) is nodes["fair"]
    member = tie(since="2001")
    assert dated_by(member, {"league": Node("league", "Network", {"founded": "1990"})}) is member
    with_dates = Edge("e", "PART_OF", "fair", "league", {"since": "2000-01-01"})
    assert dated_by(with_dates, nodes) is with_dates


@pytest.mark.parametrize(("node", "on", "there"), [
    (agreement(date="2024-05-01", status="signed"), "2024-04-30", False), (agreement(date="2024-05-01", status="signed"), "2024-05-01", True),
    (agreement(date="2001", status="signed", valid_until="2015"), "2016-01-01", False), (agreement(status="negotiating"), "2024-01-01", False),
    (agreement(status="negotiating"), "", True), (Node("fair", "Event", {"date": "2020-02-02"}), "2020-02-01", False),
    (Node("fair", "Event", {"date": "2020-02-02"}), "2024-01-01", True), (Node("n", "Network", {"founded": "2023-09-07"}), "2023-09-06", False),
    (Node("n", "Network", {"founded": "2023-09-07"}), "2023-09-07", True), (Node("avalon", "Region"), "1900", True),
])
def test_what_is_there_on_a_date(node, on, there):
    assert exists(node, on) is there


@pytest.mark.parametrize(("properties", "on", "state"), [
    ({"status": "signed", "date": "2024-10-09"}, "2024-10-09", State.IN_FORCE),
    ({"status": "signed", "date": "2024-10-09", "confirmed": "2026-01-01"}, "2025-12-01", State.LAST_CONFIRMED),
    ({"status": "signed", "date": "2024-10-09", "valid_until": "2027"}, "2026-01-01", State.IN_FORCE),
    ({"status": "signed", "date": "2024-10-09", "valid_until": "2027"}, "2028-01-01", State.ENDED),
    ({"status": "in force", "date": "1999", "status_as_of": "2022-04-27"}, "2010-01-01", State.IN_FORCE),
    ({"status": "in force", "date": "1999", "status_as_of": "2022-04-27"}, "2024-01-01", State.LAST_CONFIRMED),
    ({"status": "in force", "date": "1999/2000", "status_as_of": "2022"}, "1998-12-31", State.NOT_BEGUN),
    ({"status": "announced", "date": "2026-06-01"}, "2026-05-01", State.NOT_BEGUN),
    ({"status": "negotiating"}, "2026-05-01", State.NOT_BEGUN),
    ({"status": "announced", "date": "2026-06-01"}, "2026-07-01", State.UNKNOWN),
    ({"status": "ended", "date": "2001", "status_as_of": "2010"}, "2011-01-01", State.ENDED),
    ({"status": "ended", "date": "2001", "status_as_of": "2010"}, "2005-01-01", State.IN_FORCE),
    ({}, "2020-01-01", State.UNKNOWN),
])
def test_where_an_agreement_stands_on_a_date(properties, on, state):
    assert standing(agreement(**properties), on).state is state


@pytest.mark.parametrize(("properties", "on", "state"), [
    ({"date": "2024-04-18"}, "2024-04-17", State.NOT_BEGUN),
    ({"date": "2024-04-18"}, "2024-04-18", State.IN_FORCE),
    ({"date": "2024-04-18"}, "2024-04-19", State.ENDED),
    ({"date": "2024-04-18", "end_date": "2024-04-20"}, "2024-04-19", State.IN_FORCE),
    ({"kind": "series", "confirmed": "2024-04-18"}, "2026-04-19", State.LAST_CONFIRMED),
])
def test_where_a_meeting_stands_on_a_date(properties, on, state):
    assert standing(Node("ev", "Event", properties), on).state is state


def test_a_standing_tells_its_dates_as_stated():
    found = standing(tie(since="2010-01-01", since_stated="2010", until="2020-12-31", until_stated="2020", confirmed="2015"), "2026-01-01")
    assert (found.since, found.until, found.confirmed, found.derived) == ("2010", "2020", "2015", False)
    assert standing(tie(until="2020-12-31", until_derived=True), "2026-01-01").derived


@pytest.mark.parametrize(("confirmed", "says"), [("2025-03-10", True), ("2025-03-09", False), ("2026-03-10", True), ("2025", True), ("2024", False)])
def test_a_sentence_says_is_for_twelve_months(confirmed, says):
    assert says_is(standing(tie(since="2010-01-01", confirmed=confirmed), "2026-03-10"), "2026-03-10") is says


def test_a_sentence_does_not_say_is_of_what_was_seen_only_later():
    assert not says_is(standing(tie(confirmed="2024-05-01"), "2023-12-01"), "2023-12-01")


def test_a_sentence_does_not_say_is_of_what_has_ended_or_is_not_dated():
    assert not says_is(standing(tie(until="2026-01-01", confirmed="2026-01-01"), "2026-03-10"), "2026-03-10")
    assert not says_is(standing(tie(), "2026-03-10"), "2026-03-10")


def test_what_has_ended_or_not_begun_does_not_hold():
    over, ahead, undated = tie(until="2020-12-31"), tie(since="2030-01-01"), tie()
    assert [holds(e, "2026-03-10") for e in (over, ahead, undated)] == [False, False, True]
    assert all(holds(e, "") for e in (over, ahead, undated))


def test_an_interval_begins_with_its_first_and_ends_with_its_last_day():
    assert (first_day("2001/2002-05"), last_day("2001/2002-02"), first_day(""), last_day("")) == ("2001-01-01", "2002-02-28", "", "")


# heads of government


def test_a_later_head_ends_the_earlier_one():
    found = heads(head("mab", since="2015-05-01"), head("nimue", since="2019-03-01"), head("viviane", since="2022"))
    assert [(found[p].properties.get("until"), found[p].properties.get("until_derived")) for p in ("mab", "nimue", "viviane")] == [
        ("2019-02-28", True), ("2021-12-31", True), (None, None)]


def test_a_stated_end_is_not_replaced():
    found = heads(head("mab", since="2015", until="2018-06-30"), head("nimue", since="2019-03-01"))
    assert found["mab"].properties["until"] == "2018-06-30"
    assert "until_derived" not in found["mab"].properties


def test_the_day_of_the_handover_is_no_conflict():
    found = heads(head("mab", since="2015", until="2019-03-01"), head("nimue", since="2019-03-01"))
    assert all("disputed" not in e.properties for e in found.values())


def test_a_stated_year_of_the_end_is_narrowed_to_the_successor():
    found = heads(head("mab", since="2015", until="2019"), head("nimue", since="2019-03-01"))
    assert (found["mab"].properties["until"], found["mab"].properties["until_stated"]) == ("2019-02-28", "2019")
    assert "disputed" not in found["mab"].properties


def test_both_dates_of_a_handover_in_one_month_keep_one_head():
    found = heads(head("mab", since="2019-10-02", until="2024-09"), head("nimue", since="2024-09"))
    assert [p for p, e in found.items() if holds(e, "2024-09-15")] == ["nimue"]
    assert found["mab"].properties["until"] == "2024-09-01"


def test_who_only_acts_ends_nobodys_term():
    found = heads(head("mab", since="2015"), head("puck", since="2018", acting=True))
    assert "until" not in found["mab"].properties


def test_who_only_acts_is_ended_by_the_next_head():
    found = heads(head("puck", since="2018-07", acting=True), head("nimue", since="2019-03-01"))
    assert found["puck"].properties["until"] == "2019-02-28"


def test_other_offices_and_other_regions_do_not_end_a_head():
    found = heads(head("mab", since="2015"), head("nimue", since="2019", region="lyonesse"), head("viviane", since="2019", office_kind="minister"))
    assert all("until" not in e.properties for e in found.values())


def test_a_head_seen_before_a_successor_began_is_ended_though_nobody_states_a_beginning():
    found = heads(head("mab", observed="2016-07-15"), head("nimue", since="2019-03-01"))
    assert found["mab"].properties["until"] == "2019-02-28"


def test_a_new_head_without_a_stated_beginning_counts_from_the_day_first_seen():
    found = heads(head("mab", since="2015", observed="2020-01-01"), head("nimue", observed="2022-02-02"), head("nimue", "herald", observed="2024-01-01"))
    assert found["mab"].properties["until"] == "2022-02-01"


def test_who_was_seen_after_a_new_name_appears_is_not_ended_by_it():
    found = heads(head("mab", since="2015", observed="2024-01-01"), head("nimue", observed="2022-02-02"))
    assert "until" not in found["mab"].properties


def test_an_inferred_sighting_ends_no_stated_term():
    found = heads(head("mab", since="2015", observed="2020-01-01"), head("nimue", observed="2022-02-02", confidence="inferred"))
    assert "until" not in found["mab"].properties


def test_an_inferred_beginning_ends_a_term_only_where_nobody_saw_its_holder_later():
    inferred = head("nimue", since="2020-06-01", observed="2020-06-01", confidence="inferred")
    assert heads(head("mab", since="2015", observed="2019-01-01"), inferred)["mab"].properties["until"] == "2020-05-31"
    assert "until" not in heads(head("mab", since="2015", observed="2024-01-01"), inferred)["mab"].properties


def test_a_head_seen_after_the_successor_began_is_a_conflict():
    found = heads(head("mab", since="2015", observed="2021-01-01"), head("nimue", since="2019-03-01"))
    assert found["mab"].properties["disputed"] == ("until",)
    assert found["nimue"].properties["disputed"] == ("since",)


def test_a_successors_year_alone_is_no_conflict_with_a_later_sighting_in_it():
    found = heads(head("mab", since="2015", observed="2019-03-01"), head("nimue", since="2019"))
    assert "disputed" not in found["mab"].properties


def test_a_second_term_ends_who_came_between():
    found = heads(head("mab", since="2014-12-05", until="2020-02-05", term="1"), head("oberon", since="2020-02-05"))
    assert "until" not in found["oberon"].properties
    later = head("mab", since="2020-03-04", term="2", place="row 9")
    assert heads(head("mab", since="2014-12-05", until="2020-02-05", term="1"), head("oberon", since="2020-02-05"), later)["oberon"].properties["until"] == "2020-03-03"


def test_a_region_has_one_head_on_any_date_between_handovers():
    found = heads(head("mab", since="2010"), head("nimue", since="2014-06-01", until="2018-03"), head("oberon", observed="2016-01-01", since="2018-03-05"),
                  head("viviane", observed="2023-01-01"))
    for on in ("2012-01-01", "2016-01-01", "2018-03-10", "2020-01-01", "2025-01-01"):
        assert sum(holds(e, on) for e in found.values() if e.source != "viviane" or on >= "2023") == 1


def test_a_day_that_no_calendar_has_does_not_stop_the_record():
    found = heads(head("mab", since="2015"), head("nimue", since="2019-02-30"))
    assert found["mab"].properties["until"] == "2019-02-28"


def test_members_know_no_single_holder():
    assert "until" not in edge(member(since="2001")).properties
