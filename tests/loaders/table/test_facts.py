"""Rows become facts as the mapping says; a row with a cell that cannot be read states nothing and is named; names mean who they mean."""

import pytest

from graph.errors import BadFile
from graph.model import Name
from tests.loaders.table.books import line, ods, xlsx
from tests.loaders.table.world import facts, naming

MEMBERS = """\
tables:
  - nodes:
      member:
        kind: Region
        name: Region
      network:
        kind: Network
        name: {constant: ESRA}
    edges:
      - kind: MEMBER_OF
        from: member
        to: network
        qualifiers:
          role: {column: Role, words: {Mitglied: member, Beobachter: observer}}
          since: Since
"""


def test_a_row_is_an_edge_with_its_qualifiers_and_its_place():
    ties, values, problems, found = facts("Region;Role;Since\nLombardei;Mitglied;12.03.2019\nBayern;Beobachter;\n", MEMBERS)
    assert ties == [("MEMBER_OF", "lombardy", "esra", {"role": "member", "since": "2019-03-12"}), ("MEMBER_OF", "bavaria", "esra", {"role": "observer"})]
    assert (problems.rows, problems.left_out, values) == (2, 0, [])
    assert [(s.place, s.loader, s.source) for s in found if s.object] == [("row 2", "table:test", "table:test"), ("row 3", "table:test", "table:test")]


@pytest.mark.parametrize(("row", "words"), [
    ("Bayern;Mitgleid;2020", "row 3, column B (Role): “Mitgleid” is no role of “member of”. Write one of member"),
    ("Bayern;Mitglied;soon", "row 3, column C (Since): “soon” cannot be used. Write it as 2024"),
    ("Limburg;Mitglied;2020", "row 3, column A (Region): “Limburg” may mean Limburg (Region, belgium, id limburg-be), Limburg (Region, netherlands"),
    ("Bayern;Mitglied;2020;more", "row 3: the row has 4 cells instead of 3"),
])
def test_a_row_with_a_problem_states_nothing_and_the_others_do(row, words):
    ties, _, problems, found = facts(f"Region;Role;Since\nLombardei;Mitglied;2019\n{row}\nToscana;Mitglied;2021\n", MEMBERS)
    assert [tie[1] for tie in ties] == ["lombardy", "tuscany"]
    assert {s.place for s in found} == {"row 2", "row 4"}
    assert str(problems.problems[0]).startswith(words)
    assert (problems.rows, problems.left_out) == (3, 1)


def test_names_that_nobody_has_are_listed_and_nothing_is_made_of_them():
    ties, _, problems, found = facts("Region;Role;Since\nAtlantis;Mitglied;\nAtlantis;Mitglied;\nTuscanny;Mitglied;\n", MEMBERS)
    assert not ties
    assert not found
    assert problems.unknown == {("Region", "Atlantis"): 2, ("Region", "Tuscanny"): 1}
    assert problems.unknown_lines(naming().suggest) == ["No region is called “Atlantis” (2 times)", "No region is called “Tuscanny”; did you mean Tuscany?"]


def test_what_every_row_means_is_stated_where_it_is_first_tied_to_something():
    mapping = MEMBERS.replace("{constant: ESRA}", "{constant: New Net}\n        unknown: new")
    _, values, _, found = facts("Region;Role;Since\nAtlantis;Mitglied;\nBayern;Mitglied;\n", mapping)
    assert values == [("new-net", "name", "New Net")]
    assert {s.place for s in found} == {"row 3"}


def test_unknown_names_become_new_where_the_mapping_says_so_once_for_all_spellings():
    ties, values, _, _ = facts("Region;Role;Since\nFoo Bar;Mitglied;\nFOO, bar;Mitglied;\nLombardia;Mitglied;\n", MEMBERS.replace("name: Region", "name: Region\n        unknown: new"))
    assert [tie[1] for tie in ties] == ["foo-bar", "foo-bar", "lombardy"]
    assert values == [("foo-bar", "name", "Foo Bar")]


def test_what_was_made_new_is_stated_alike_when_the_graph_knows_it():
    mapping = MEMBERS.replace("name: Region", "name: Region\n        unknown: new")
    table = "Region;Role;Since\nFOO, bar;Mitglied;\nFoo Bar;Mitglied;\nОбщина;Mitglied;\n"
    first = facts(table, mapping)
    made = [Name(s.subject, "Region", (("", str(s.value)),)) for s in first[3] if s.property == "name"]
    again = facts(table, mapping, naming(made))
    assert [s.id for s in again[3]] == [s.id for s in first[3]]
    assert any(s.subject.startswith("region-") for s in first[3])


def test_an_id_of_another_kind_is_never_taken():
    mapping = "tables:\n  - nodes:\n      town: {kind: Place, name: Town, unknown: new}\n"
    _, values, _, _ = facts("Town\nTuscany\nOther\n", mapping)
    assert values == [("place:tuscany", "name", "Tuscany"), ("other", "name", "Other")]


def test_the_country_tells_homonyms_apart_and_its_code_may_be_that_of_the_eu():
    mapping = MEMBERS.replace("name: Region", "name: Region\n        properties:\n          country: {column: Land, find: Country}")
    ties, values, problems, _ = facts("Region;Role;Since;Land\nLimburg;Mitglied;;NL\nLimburg;Mitglied;;Belgium\nBayern;Mitglied;;EL\n", mapping)
    assert [tie[1] for tie in ties] == ["limburg-nl", "limburg-be"]
    assert problems.unknown == {("Region", "Bayern"): 1}
    assert ("limburg-be", "country", "belgium") in values


@pytest.mark.parametrize("name", ["Regione Toscana", "Region Tuscany", "Tuscany Region (IT)", "Toscana (Italien)", "TOSCANA"])
def test_words_that_many_regions_share_and_brackets_do_not_hide_a_name(name):
    ties, _, problems, _ = facts(f"Region;Role;Since\n{name};Mitglied;\n", MEMBERS)
    assert ties[0][1] == "tuscany"
    assert not problems.unknown


def test_a_loose_match_is_said():
    _, _, problems, _ = facts("Region;Role;Since\nRegione Toscana;Mitglied;\n", MEMBERS)
    assert problems.notes == ["“Regione Toscana” was taken for Tuscany"]


def test_the_mapping_says_who_a_name_means():
    mapping = MEMBERS.replace("name: Region", "name: Region\n        means: {Limburg: limburg-nl}")
    assert facts("Region;Role;Since\nLimburg;Mitglied;\n", mapping)[0][0][1] == "limburg-nl"
    with_typo = facts("Region;Role;Since\nLimburg;Mitglied;\n", mapping.replace("limburg-nl", "limburg-xx"))[2]
    assert "says that “Limburg” means “limburg-xx”, which nobody is called" in str(with_typo.problems[0])


CODED = "tables:\n  - nodes:\n      r: {kind: Region, name: Name, by: [nuts, name], properties: {nuts: NUTS}}\n"


def test_codes_go_before_names_and_a_contradiction_is_named():
    _, _, problems, found = facts("Name,NUTS\nLombardy,ITC4\nsomething else,DE2\nTuscany,ITC4\nBavaria,\n", CODED)
    assert [s.subject for s in found if not s.property] == ["lombardy", "bavaria"]
    assert "the code means Lombardy, the name “Tuscany” means Tuscany" in str(problems.problems[0])
    assert problems.left_out == 1


def test_several_values_in_a_cell_are_several_nodes_edges_and_list_items():
    mapping = """\
tables:
  - nodes:
      deal:
        kind: Agreement
        name: Title
        unknown: new
        properties: {date: Signed, aims: Aims}
      party: {kind: [Region, Country], name: {column: Parties, split: [";", "/"]}}
      sector: {kind: Sector, name: {column: Sectors, split: ","}}
    edges:
      - {kind: PARTY_TO, from: party, to: deal, qualifiers: {role: {column: Roles, split: ";"}}}
      - {kind: COVERS, from: deal, to: sector}
    quote: [Title, Signed]
"""
    ties, values, problems, found = facts('Title|Parties|Roles|Sectors|Signed|Aims\nMoU|Lombardia; Bayern / Italy|host;party;party|Semiconductors, Weaving|März 2026|peace\n', mapping)
    assert ties == [("PARTY_TO", "lombardy", "mou", {"role": "host"}), ("PARTY_TO", "bavaria", "mou", {"role": "party"}), ("PARTY_TO", "italy", "mou", {"role": "party"}),
                    ("COVERS", "mou", "semiconductors", {})]
    assert [value for value in values if value[0] == "mou"] == [("mou", "name", "MoU"), ("mou", "date", "2026-03"), ("mou", "aims", "peace")]
    assert problems.unknown == {("Sector", "Weaving"): 1}
    edges = [s for s in found if s.object]
    assert {s.quote for s in edges} == {"Title: MoU; Signed: März 2026"}
    assert edges[-1].as_stated == "Semiconductors"


def test_a_wording_of_a_sector_means_what_the_map_of_sectors_says():
    sectors = [Name("education", "Sector", (("", "Education"),)), Name("research", "Sector", (("", "Research"),))]
    mapping = "tables:\n  - nodes:\n      net: {kind: Network, name: N}\n      s: {kind: Sector, name: S}\n    edges:\n      - {kind: FOCUSES_ON, from: net, to: s}\n"
    ties, _, problems, found = facts("N;S\nESRA;academia\nESRA;Semiconductors\nESRA;basket weaving\n", mapping, naming(sectors))
    assert [tie[2] for tie in ties] == ["education", "research", "semiconductors"]
    assert [s.as_stated for s in found if s.object] == ["academia", "academia", "Semiconductors"]
    assert problems.unknown == {("Sector", "basket weaving"): 1}


def typed(number):
    return f'<table:table-cell office:value-type="float" office:value="{number}"><text:p>{number:.1f}</text:p></table:table-cell>'


@pytest.mark.parametrize(("table", "name"), [
    (xlsx([("Region", "Latitude"), ("Bavaria", "1.234"), ("Lombardy", 1.234), ("Tuscany", "3,5")]), "a.xlsx"),
    (ods(line("Region", "Latitude"), line("Bavaria", "1.234"), line("Lombardy", typed(1.234)), line("Tuscany", "3,5")), "a.ods"),
], ids=["XLSX", "ODS"])
def test_a_number_that_the_file_holds_as_one_is_read_as_such_whatever_the_decimal_sign_of_texts(table, name):
    mapping = 'tables:\n  - decimal: ","\n    nodes:\n      region: {kind: Region, name: Region, properties: {lat: Latitude}}\n'
    _, values, problems, _ = facts(table, mapping, name=name)
    assert not problems.problems
    assert [value for value in values if value[1] == "lat"] == [("bavaria", "lat", 1234), ("lombardy", "lat", 1.234), ("tuscany", "lat", 3.5)]


def test_as_many_values_as_names_or_one_for_all():
    mapping = MEMBERS.replace("name: Region", "name: {column: Region, split: ','}").replace("since: Since", "since: {column: Since, split: ','}")
    ties, *_ = facts('Region;Role;Since\nBayern, Toscana;Mitglied;2019, 2020\nBayern, Toscana;Mitglied;2021\n', mapping)
    assert [tie[3]["since"] for tie in ties] == ["2019", "2020", "2021", "2021"]
    problems = facts('Region;Role;Since\nBayern, Toscana;Mitglied;2019, 2020, 2021\n', mapping)[2]
    assert "it has 3 values for 2 ties" in str(problems.problems[0])


def test_conditions_choose_rows_nodes_and_edges():
    mapping = MEMBERS.replace("  - nodes:", "  - where: {State: [active, aktiv]}\n    nodes:").replace("        to: network\n", "        to: network\n        where: {Since: '*'}\n")
    ties, _, problems, found = facts("Region;Role;Since;State\nBayern;Mitglied;2019;Aktiv\nToscana;Mitglied;2020;left\nLombardia;Mitglied;-;active\n", mapping)
    assert [tie[1] for tie in ties] == ["bavaria"]
    assert "lombardy" in {s.subject for s in found}
    assert problems.rows == 2


def test_values_hold_for_the_rows_below_and_intervals_are_taken_apart():
    mapping = MEMBERS.replace("  - nodes:", "  - fill_down: [Role]\n    nodes:").replace("since: Since", "since: {column: Since, part: start}\n          until: {column: Since, part: end}")
    ties, *_ = facts("Region;Role;Since\nBayern;Mitglied;2014-2020\nToscana;;seit 2019\n\nLombardia;Beobachter;\n", mapping)
    assert [tie[3] for tie in ties] == [{"role": "member", "since": "2014", "until": "2020"}, {"role": "member", "since": "2019"}, {"role": "observer"}]


def test_a_node_and_its_values_are_stated_once_and_every_row_that_says_an_edge():
    _, _, _, found = facts("Region;Role;Since\nBayern;Mitglied;2019\nBavaria;Mitglied;2019\n", MEMBERS)
    assert [(s.subject, s.place) for s in found if not s.object and not s.property] == [("bavaria", "row 2"), ("esra", "row 2")]
    assert len([s for s in found if s.object]) == 2


def test_a_row_may_name_its_own_source():
    mapping = MEMBERS + "    cites: {url: Link, title: Page, date: Seen}\n"
    table = "Region;Role;Since;Link;Page;Seen\nBayern;Mitglied;;https://a.eu/1;Page A;2.3.2025\nToscana;Mitglied;;;;\nLombardia;Mitglied;;https://a.eu/1;Page A;\n"
    _, _, _, found = facts(table, mapping)
    sources = {s.subject: s.source for s in found if s.object}
    assert sources["tuscany"] == "table:test"
    assert sources["bavaria"] == sources["lombardy"] != "table:test"


def test_cells_that_begin_as_formulas_do_are_text_and_are_said():
    mapping = MEMBERS.replace("name: Region", "name: Region\n        unknown: new")
    _, values, problems, _ = facts('Region;Role;Since\n=HYPERLINK("http://x");Mitglied;\n', mapping)
    assert values[0][2] == '=HYPERLINK("http://x")'
    assert "1 cells begin with “=”; they were read as text and nothing was computed" in problems.notes[0]


def test_a_tie_from_something_to_itself_and_ends_of_the_wrong_kind_are_named():
    mapping = """\
tables:
  - nodes:
      a: {kind: [Region, Place], name: A}
      b: {kind: [Region, Place], name: B}
    edges:
      - {kind: PART_OF, from: a, to: b}
"""
    town = Name("gent", "Place", (("", "Gent"),))
    ties, _, problems, _ = facts("A,B\nBavaria,Bayern\nBavaria,Lombardia\nGent,Bavaria\n", mapping, naming([town]))
    assert ties == [("PART_OF", "bavaria", "lombardy", {})]
    assert "both ends of “part of” are “bavaria”" in str(problems.problems[0])
    assert "“part of” cannot have “Gent” (place) at this end" in str(problems.problems[1])


def test_a_missing_column_is_named_with_those_that_there_are():
    with pytest.raises(BadFile, match=r"table\.csv, column Since: the column is missing \(line 18 of the mapping\)\. The table has “Region”, “Role”, “Seit”"):
        facts("Region;Role;Seit\nBayern;Mitglied;\n", MEMBERS)


def test_columns_are_found_whatever_their_case_and_those_that_nothing_reads_are_said():
    _, _, problems, _ = facts("REGION;role;since;Phone\nBayern;Mitglied;;1\n", MEMBERS)
    assert problems.notes == ["nothing reads the column “Phone”"]
    assert not facts("REGION;role;since;Phone\nBayern;Mitglied;;1\n", MEMBERS + "    ignore: [Phone]\n")[2].notes
