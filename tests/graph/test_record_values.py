"""Which value is shown, what is disputed, who counts as independent."""

from itertools import pairwise

import pytest

from graph.model import TIERS, Source, Statement
from graph.record import assemble, conflicts, independent_sources
from tests.graph.record_words import SCHEMA, SOURCES, edge, facts, head, heads, member, node, value


def test_a_source_of_no_known_tier_is_still_no_copy():
    strange = SOURCES | {"strange": Source("strange", tier="rumour")}
    found = assemble([value("capital", "Right", "strange"), value("capital", "Wrong", "copy")], strange, SCHEMA)
    assert found.nodes[0].properties["capital"] == "Right"


def test_the_most_trusted_tier_gives_the_value():
    for better, worse in pairwise(TIERS):
        assert node(value("capital", "Right", better), value("capital", "Wrong", worse)).properties["capital"] == "Right"


def test_a_stated_value_is_shown_rather_than_an_inferred_one():
    assert node(value("capital", "Guess", "own_act", confidence="inferred"), value("capital", "Said", "other")).properties["capital"] == "Said"


def test_of_one_tier_the_newest_day_gives_the_value():
    old, new = value("seat", "Old", kind="Network", observed="2020"), value("seat", "New", "herald", kind="Network", observed="2021-02")
    assert node(old, new).properties["seat"] == node(new, old).properties["seat"] == "New"


def test_a_day_of_its_own_comes_before_the_date_of_the_source():
    old = value("seat", "Old", "herald-2", kind="Network", observed="2001-01-01")
    assert node(old, value("seat", "New", kind="Network")).properties["seat"] == "New"


def test_a_date_is_shown_as_fine_as_anyone_gives_it():
    both = node(value("founded", "2008", "own_act", kind="Network"), value("founded", "2008-09-22", "other", kind="Network"))
    assert both.properties["founded"] == "2008-09-22"
    assert "disputed" not in both.properties


def test_an_inferred_day_does_not_make_a_stated_year_finer():
    both = node(value("founded", "2008", kind="Network"), value("founded", "2008-09-22", "own_act", kind="Network", confidence="inferred"))
    assert both.properties["founded"] == "2008"


def test_a_copy_is_never_shown_for_what_it_copies():
    both = node(value("capital", "Right", "project"), value("capital", "Wrong", "mirror", observed="2026-01-01"))
    assert both.properties["capital"] == "Right"


def test_names_are_kept_by_language_and_the_others_as_aliases():
    found = node(value("name", "Avalon"), value("name_it", "Avallona", "own_act"), value("name_it", "Isola delle mele"),
                 value("name", "Isle of Apples", "other"), value("aliases", ("Avalon", "Ynys Afallach")))
    assert (found.name, found.name_in("it")) == ("Avalon", "Avallona")
    assert found.properties["aliases"] == ("Isle of Apples", "Isola delle mele", "Ynys Afallach")
    assert "disputed" not in found.properties


def test_an_english_name_is_the_general_one():
    found = node(value("name", "Insel Avalon"), value("name_en", "Avalon"))
    assert found.name == "Avalon"
    assert found.properties["aliases"] == ("Insel Avalon",)


def test_stated_dates_stand_beside_their_first_and_last_day():
    found = edge(member(since="2019-02", until="2020")).properties
    assert (found["since"], found["since_stated"]) == ("2019-02-01", "2019-02")
    assert (found["until"], found["until_stated"]) == ("2020-12-31", "2020")


def test_an_interval_widens_on_both_sides():
    found = edge(member(since="2001/2002-05", until="2003/2004-02")).properties
    assert (found["since"], found["until"]) == ("2001-01-01", "2004-02-29")


def test_the_most_telling_stated_role_is_shown():
    found = edge(member(role="member"), member("other", role="founder"), member("own_act", role="unknown")).properties
    assert (found["role"], found["founder"]) == ("founder", True)


def test_an_inferred_role_does_not_replace_a_stated_one():
    found = edge(member(role="member"), member("herald", role="founder", confidence="inferred")).properties
    assert (found["role"], found["founder"]) == ("member", True)


def test_who_is_no_founder_has_no_such_property():
    assert "founder" not in edge(member(role="member")).properties


@pytest.mark.parametrize(("kind", "property", "one", "other"), [
    ("Network", "founded", "2004", "2008"),
    ("Network", "member_count", 13, 19),
    ("Network", "seat", "Camelot", "Avilion"),
    ("Region", "lat", 45.46, 46.1),
    ("Agreement", "date", "1999/2000", "2002"),
    ("Network", "acronym", "LA", "LAV"),
])
def test_values_that_cannot_both_be_true_are_disputed(kind, property, one, other):
    assert node(value(property, one, kind=kind), value(property, other, "herald", kind=kind)).properties["disputed"] == (property,)


@pytest.mark.parametrize(("kind", "property", "one", "other"), [
    ("Network", "founded", "2019", "2019-04"),
    ("Network", "seat", "Camelot", "Camelot, Logres"),
    ("Network", "seat", "Córdoba", "CORDOBA"),
    ("Region", "lat", 45.46, 45.4642),
    ("Agreement", "date", "1999/2000", "2000-03"),
    ("Network", "description", "An alliance", "A league of isles"),
    ("Network", "website", "https://league.example", "https://www.league.example"),
    ("Agreement", "place", "Milan", "Milano, Palazzo Lombardia"),
])
def test_wordings_and_coarser_values_are_no_conflict(kind, property, one, other):
    assert "disputed" not in node(value(property, one, kind=kind), value(property, other, "herald", kind=kind)).properties


def test_wordings_of_an_office_are_no_conflict_but_parties_are():
    found = edge(head("mab", office="president", party="Reds"), head("mab", "herald", office="presidente", party="Blues"))
    assert found.properties["disputed"] == ("party",)


def status(text, day, source="gazette"):
    return value("status", text, source, kind="Agreement", id="pact", observed=day)


def test_a_status_that_grew_is_no_conflict_and_the_furthest_is_shown():
    found = node(status("announced", "2024-01-10", "own_act"), status("signed", "2024-02-01", "other"), status("in force", "2024-02-01", "herald"))
    assert "disputed" not in found.properties
    assert found.properties["status"] in ("signed", "in force")
    assert found.properties["status_as_of"] == "2024-02-01"


def test_a_status_that_went_back_is_a_conflict_and_the_most_trusted_is_shown():
    found = node(status("in force", "2019"), status("negotiating", "2019-05-22", "own_act"))
    assert found.properties["disputed"] == ("status",)
    assert found.properties["status"] == "negotiating"


def test_the_day_of_the_status_is_that_of_the_source_that_is_shown():
    found = node(status("signed", "2020-01-01", "own_act"), value("status_as_of", "2020-01-01", "own_act", kind="Agreement", id="pact"),
                 status("signed", "2023-01-01", "other"), value("status_as_of", "2023-01-01", "other", kind="Agreement", id="pact"))
    assert found.properties["status_as_of"] == "2020-01-01"


def test_the_day_of_the_status_goes_with_the_status_that_is_shown():
    early = [status("announced", "2020-01-01", "own_act"), value("status_as_of", "2020-01-01", "own_act", kind="Agreement", id="pact")]
    late = [Statement("Agreement", "pact", "other", property=name, value=text, place="row 7", observed="2023-03-03")
            for name, text in (("status", "signed"), ("status_as_of", "2023-02"))]
    found = node(*early, *late).properties
    assert (found["status"], found["status_as_of"]) == ("signed", "2023-02")


def test_conflicts_say_who_says_what_the_shown_value_first():
    stated = facts(value("founded", "2008", "own_act", kind="Network"), value("founded", "2004", kind="Network"),
                   value("founded", "2004", "herald", kind="Network"), value("seat", "Camelot", kind="Network")).statements
    (found,) = conflicts(stated, SOURCES, SCHEMA)
    assert (found.about, found.property) == ("avalon", "founded")
    assert [(shown, {s.source for s in who}) for shown, who in found.values] == [("2008", {"own_act"}), ("2004", {"gazette", "herald"})]


def test_conflicts_are_exactly_what_is_marked_as_disputed():
    found = facts(head("mab", party="Reds", since="2010", until="2019-06-01"), head("mab", "herald", party="Blues", since="2010"),
                  head("nimue", since="2018-01-01"), value("founded", "2008", kind="Network", id="league"),
                  value("founded", "2004", "herald", kind="Network", id="league"))
    marked = {(thing.id, name) for thing in (*found.nodes, *found.edges) for name in thing.properties.get("disputed", ())}
    assert {(c.about, c.property) for c in conflicts(found.statements, SOURCES, SCHEMA)} == marked
    assert len(marked) == 4


def test_a_copy_and_its_original_are_one_source_and_so_are_pages_of_one_publisher():
    assert edge(member("gazette"), member("mirror")).properties["independent"] == 1
    assert edge(member("herald"), member("herald-2")).properties["independent"] == 1
    assert edge(member("gazette"), member("herald"), member("mirror")).properties["independent"] == 2


def test_copies_of_one_origin_are_one_source_however_the_origin_is_described():
    copies = {"a": Source("a", publisher="X", tier="copy", origin="Lexicon (de)"), "b": Source("b", publisher="Y", tier="copy", origin="Lexicon (en), machine translation"),
              "c": Source("c", publisher="Lexicon", tier="encyclopaedia")}
    assert independent_sources([member(id) for id in copies], copies) == 1


def test_the_projects_own_judgement_supports_nothing_that_others_say():
    assert edge(member("gazette"), member("project")).properties["independent"] == 1
    assert edge(member("project")).properties["independent"] == 1


def test_sources_without_a_publisher_stand_for_themselves():
    sources = {"a": Source("a"), "b": Source("b")}
    assert independent_sources([member("a"), member("b")], sources) == 2


def test_a_fact_that_nobody_states_outright_is_marked_as_inferred():
    assert edge(member(confidence="inferred")).properties["inferred"] is True
    assert "inferred" not in edge(member(confidence="inferred"), member("other")).properties


def test_confirmed_is_the_newest_day_on_which_it_is_said_to_hold():
    assert edge(member(observed="2023-01-01"), member("herald", observed="2021")).properties["confirmed"] == "2023-01-01"
    assert edge(member(observed="2023-01-01"), member("herald", observed="2021")).properties["seen"] == "2021"
    assert edge(member("gazette")).properties["confirmed"] == "2024-05-01"
    assert "seen" not in edge(member("gazette"), member("gazette", place="row 2")).properties


def test_a_statement_without_a_date_confirms_nothing():
    assert "confirmed" not in edge(member("undated")).properties


def test_the_date_of_a_copy_confirms_nothing():
    assert edge(member("undated"), member("mirror")).properties.get("confirmed") is None


def test_a_later_report_confirms_no_more_than_the_end_that_it_states():
    assert edge(member(observed="2024-01-01", until="2019")).properties["confirmed"] == "2019"


def test_an_announcement_confirms_nothing():
    assert "confirmed" not in edge(member(observed="2024-01-01", since="2024-02-01")).properties


def test_a_former_member_is_out_by_the_day_before_it_is_called_so():
    found = edge(member(since="2001", observed="2010-01-01"), member("herald", role="former", observed="2015-06-01")).properties
    assert (found["until"], found["until_derived"], found["confirmed"]) == ("2015-05-31", True, "2010-01-01")
    assert "until_stated" not in found


def test_a_stated_end_of_a_former_member_stays():
    found = edge(member(role="former", until="2012", observed="2015-06-01")).properties
    assert found["until"] == "2012-12-31"
    assert "until_derived" not in found


def test_a_member_again_is_a_member():
    found = edge(member(role="former", observed="2015-06-01"), member("herald", role="member", observed="2020-01-01")).properties
    assert "until" not in found
    assert "former" not in found


def test_what_sources_wrote_of_a_sector_is_kept_together():
    said = [Statement("COVERS", "pact", source, object="chips", as_stated=text) for source, text in (("gazette", "semiconductors"), ("herald", "chips"))]
    assert edge(*said).properties["as_stated"] == "chips; semiconductors"


def test_heads_who_clash_are_disputed_on_both_sides():
    found = heads(head("mab", since="2010", until="2019-06-01"), head("nimue", since="2018-01-01"))
    assert found["mab"].properties["disputed"] == ("until",)
    assert found["nimue"].properties["disputed"] == ("since",)
