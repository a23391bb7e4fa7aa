"""One fact, one edge: what joins, what stays apart, and what an edge is called."""

import pytest

from graph.errors import SchemaError
from graph.model import Statement
from graph.record import assemble, bearing, edge_key, same_fact, split_terms
from tests.graph.record_words import SCHEMA, SOURCES, edge, edges, facts, head, member, value


def test_an_edge_has_a_readable_id():
    assert edge(member(role="member")).id == "MEMBER_OF|avalon|league|member"


@pytest.mark.parametrize("role", ["founder", "lead", "unknown", "former", ""])
def test_what_is_told_about_a_member_is_one_edge_with_it(role):
    both = edge(member(role="member"), member("herald", **({"role": role} if role else {})))
    assert both.id == "MEMBER_OF|avalon|league|member"
    assert both.properties["independent"] == 2


def test_an_associate_is_another_edge_than_a_member():
    assert [e.id.split("|")[-1] for e in edges(member(role="member"), member("herald", role="associate"))] == ["associate", "member"]


@pytest.mark.parametrize("role", ["associate", "observer", "partner"])
def test_a_role_not_stated_supports_the_edge_that_has_one_and_never_overrides_it(role):
    both = edge(member("other", role=role), member("own_act", role="unknown", confidence="inferred"))
    assert both.properties["role"] == role
    assert both.properties["independent"] == 2


def test_a_role_that_nobody_states_stays_unknown():
    alone = edge(member(role="unknown"))
    assert alone.id == "MEMBER_OF|avalon|league|member"
    assert alone.properties["role"] == "unknown"


def test_a_role_not_stated_goes_to_the_role_of_its_time():
    early, late = edges(member(role="associate", since="2001", until="2009"), member(role="observer", since="2010"),
                        member("herald", role="unknown", observed="2004-03-01"))
    assert (early.properties["independent"], late.properties["independent"]) == (2, 1)


def test_a_role_not_stated_goes_to_the_role_that_lasted_that_long():
    associate, observer = edges(member(role="associate", since="2001", until="2009"), member(role="observer", since="2003", until="2004"),
                                member("herald", role="unknown", observed="2007-03-01"))
    assert (associate.properties["independent"], observer.properties["independent"]) == (2, 1)


def test_directions_of_a_twinning_are_one_edge_that_does_not_depend_on_who_is_named_first():
    there = Statement("TWINNED_WITH", "lyonesse", "gazette", object="avalon")
    back = Statement("TWINNED_WITH", "avalon", "herald", object="lyonesse")
    assert edge(there).id == edge(back).id == edge(there, back).id == "TWINNED_WITH|avalon|lyonesse"
    assert edge(there).source == "avalon"


def test_terms_that_do_not_overlap_are_two_edges():
    first, second = edges(head("mab", since="2020-03-04", until="2024-12-12"), head("mab", "herald", since="2014-12-05", until="2020-02-05"))
    assert (first.id, first.properties["since"]) == ("LEADS|mab|avalon|head", "2014-12-05")
    assert (second.id, second.properties["since"]) == ("LEADS|mab|avalon|head|2", "2020-03-04")


def test_terms_that_overlap_are_one_edge_and_a_conflict():
    both = edge(head("mab", since="2014", until="2019"), head("mab", "herald", since="2016", until="2019"))
    assert both.properties["disputed"] == ("since",)


def test_coarse_terms_do_not_melt_two_exact_ones():
    found = edges(head("mab", since="2014-12-05", until="2020-02-05"), head("mab", since="2020-03-04", until="2024-12-12"),
                  head("mab", "herald", since="2014", until="2020"), head("mab", "herald", place="row 2", since="2020", until="2024"))
    assert [e.properties["since_stated"] for e in found] == ["2014-12-05", "2020-03-04"]
    assert [e.properties.get("disputed") for e in found] == [None, None]


def test_a_second_term_may_still_be_open():
    first, second = edges(head("mab", since="2014", until="2018"), head("mab", "herald", since="2021-06"))
    assert "until" not in second.properties
    assert first.properties["until"] == "2018-12-31"


def test_an_end_before_every_known_beginning_is_an_earlier_term():
    first, second = edges(head("mab", since="2021-06"), head("mab", "herald", until="2015"))
    assert (first.properties["until"], second.properties["since"]) == ("2015-12-31", "2021-06-01")


def test_dates_of_different_precision_are_one_term():
    both = edge(head("mab", since="2019", until="2019"), head("mab", "herald", since="2019-04", until="2019-11-30"))
    assert (both.properties["since"], both.properties["until"]) == ("2019-04-01", "2019-11-30")
    assert "disputed" not in both.properties


def test_what_has_no_dates_joins_the_term_of_its_day():
    first, second = edges(head("mab", since="2014", until="2018"), head("mab", since="2020", until="2024"),
                          head("mab", "herald", observed="2016-01-01"), head("mab", "own_act", observed="2019-01-01"))
    assert first.properties["independent"] == 3
    assert second.properties["independent"] == 1


def test_one_date_joins_the_term_that_names_it():
    first, second = edges(head("mab", since="2014", until="2018"), head("mab", since="2020", until="2024"),
                          head("mab", "herald", since="2020-02"), head("mab", "herald", place="row 2", until="2018-05"))
    assert first.properties["until_stated"] == "2018-05"
    assert second.properties["since_stated"] == "2020-02"


def test_a_year_between_two_terms_joins_the_one_that_it_fits():
    exact = (head("mab", since="2014-12-05", until="2020-02-05"), head("mab", since="2020-03-04", until="2024-12-12"))
    for statement, numbers in ((head("mab", "herald", since="2020"), [1, 2]), (head("mab", "herald", until="2020"), [2, 1])):
        found = edges(*exact, statement)
        assert [e.properties["independent"] for e in found] == numbers
        assert not any("disputed" in e.properties for e in found)


def test_one_date_that_may_lie_in_a_term_is_no_term_of_its_own():
    assert edge(head("mab", since="2014", until="2018"), head("mab", "herald", since="2018-06-30")).properties["disputed"] == ("since",)
    assert edge(head("mab", since="2014", until="2018"), head("mab", "herald", until="2014-03")).properties["disputed"] == ("until",)


def test_a_reelection_on_the_day_of_the_end_is_a_second_term_without_conflict():
    first, second = edges(head("mab", since="2015-05-01", until="2019-05-01"), head("mab", since="2019-05-01", until="2023-05-01"))
    assert "disputed" not in first.properties
    assert "disputed" not in second.properties


def test_numbered_terms_stay_as_numbered():
    assert [e.id for e in edges(head("mab", term="1", since="2014"), head("mab", term="2", since="2020"))] == [
        "LEADS|mab|avalon|head|1", "LEADS|mab|avalon|head|2"]


def test_split_terms_of_nothing_is_nothing():
    assert split_terms([]) == []


def test_the_key_and_the_sameness_of_single_statements():
    assert edge_key(member(role="founder"), SCHEMA) == edge_key(member("herald", role="unknown"), SCHEMA) == "MEMBER_OF|avalon|league|member"
    assert same_fact(member(role="founder"), member(role="unknown"), SCHEMA)
    assert same_fact(member(role="associate"), member(role="unknown"), SCHEMA)
    assert not same_fact(member(role="associate"), member(role="member"), SCHEMA)
    assert not same_fact(head("mab", until="2018"), head("mab", since="2019"), SCHEMA)
    assert same_fact(head("mab", until="2019"), head("mab", since="2019"), SCHEMA)
    assert same_fact(value("capital", "Avilion"), value("website", "https://avalon.example"), SCHEMA)
    assert not same_fact(value("capital", "Avilion"), member(), SCHEMA)


def test_what_has_a_bearing_names_both_directions_and_the_office():
    touched = bearing([head("mab"), value("capital", "Avilion"), Statement("TWINNED_WITH", "avalon", "gazette", object="lyonesse")], SCHEMA)
    assert touched.nodes == {"avalon"}
    assert touched.ties == {("LEADS", "mab", "avalon"), ("TWINNED_WITH", "avalon", "lyonesse"), ("TWINNED_WITH", "lyonesse", "avalon")}
    assert touched.offices == {("LEADS", "avalon")}


def test_one_id_cannot_be_two_kinds():
    with pytest.raises(SchemaError, match="Network and Region"):
        facts(Statement("Region", "avalon", "gazette"), Statement("Network", "avalon", "herald"))


def test_a_statement_without_its_source_is_refused():
    with pytest.raises(SchemaError, match="unheard-of"):
        assemble([member("unheard-of")], SOURCES, SCHEMA)


def test_only_the_sources_that_speak_are_among_the_facts():
    assert facts(member("gazette"), member("herald")).sources == (SOURCES["gazette"], SOURCES["herald"])

