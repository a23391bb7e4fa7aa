"""Dates widen and agree within their precision; subgraphs keep each thing once; statements are told apart by content."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Edge, Node, Statement, dates_agree, first_day, is_date, last_day, ordered


@pytest.mark.parametrize(("stated", "first", "last"), [
    ("2019", "2019-01-01", "2019-12-31"), ("2024-02", "2024-02-01", "2024-02-29"), ("2023-02", "2023-02-01", "2023-02-28"),
    ("2019-04-09", "2019-04-09", "2019-04-09"), ("", "", ""),
])
def test_a_date_widens_to_the_days_of_its_precision(stated, first, last):
    assert (first_day(stated), last_day(stated)) == (first, last)


@given(st.dates(datetime.date(1000, 1, 1), datetime.date(9999, 12, 31)), st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]))
def test_a_day_agrees_with_every_coarser_form_of_itself(day, one, other):
    assert dates_agree(day.isoformat()[:one], day.isoformat()[:other])


@given(st.dates(datetime.date(1000, 1, 1), datetime.date(9999, 12, 31)), st.sampled_from([4, 7, 10]))
def test_a_day_lies_between_the_first_and_the_last_day_of_its_coarser_forms(day, length):
    stated = day.isoformat()[:length]
    assert first_day(stated) <= day.isoformat() <= last_day(stated)


@given(st.dates(datetime.date(1, 1, 1)), st.sampled_from([4, 7, 10]))
def test_every_day_as_text_is_a_date_however_coarse(day, length):
    assert is_date(day.isoformat()[:length])


@pytest.mark.parametrize("text", ["", "2019-13", "2023-02-29", "0000", "2019-W01-1", "20190401", "2019-4", "yesterday", "2019-04-", "²⁰¹⁹", " 2019"])
def test_what_is_no_date(text):
    assert not is_date(text)


def test_dates_that_cannot_both_be_true_do_not_agree():
    assert not dates_agree("2018-03-14", "2018-03-16")
    assert not dates_agree("2018", "2019-01")


def test_a_subgraph_has_each_thing_once_in_a_fixed_order_and_no_loose_ends():
    a, b = Node("a", "Region"), Node("b", "Network")
    edge, loose = Edge("e", "MEMBER_OF", "a", "b"), Edge("f", "MEMBER_OF", "a", "gone")
    found = ordered([b, a, a], [edge, loose, edge])
    assert [node.id for node in found.nodes] == ["a", "b"]
    assert found.edges == (edge,)


def test_the_same_words_in_another_place_are_another_statement():
    one = Statement("Region", "a", "s", property="name", value="A", place="row 1")
    assert one.id == Statement("Region", "a", "s", property="name", value="A", place="row 1", about="a").id
    assert one.id != Statement("Region", "a", "s", property="name", value="A", place="row 2").id


def test_a_number_and_its_digits_are_different_values():
    assert Statement("Network", "a", "s", property="member_count", value=4).id != \
        Statement("Network", "a", "s", property="member_count", value="4").id


def test_a_name_is_said_in_the_readers_language_where_it_is_known():
    node = Node("lombardy", "Region", {"name": "Lombardy", "name_it": "Lombardia"})
    assert (node.name_in("it"), node.name_in("nl")) == ("Lombardia", "Lombardy")
    assert Node("x", "Region").name == "x"
