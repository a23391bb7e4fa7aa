"""The curated data say what was counted by hand in their files."""

import pytest

from graph.record import Gathering, State, assemble, conflicts, holds, standing
from graph.schema import load_schema
from loaders import runner
from loaders.base import Notes
from loaders.folders import open_loader

TODAY = "2026-11-24"


@pytest.fixture(scope="module")
def loaded():
    loader, notes = open_loader("curated"), Notes()
    statements = list(loader.statements(notes))
    runner.check(statements, load_schema())
    runner.check_expectations(loader.info, Gathering(load_schema(), statements))
    return assemble(statements, loader.sources(), load_schema()), notes, loader


@pytest.fixture(scope="module")
def facts(loaded):
    return loaded[0]


def edges(facts, kind, source="", target=""):
    return [e for e in facts.edges if e.kind == kind and (not source or e.source == source) and (not target or e.target == target)]


def node(facts, id):
    return next(n for n in facts.nodes if n.id == id)


def test_every_table_is_read_whole(loaded):
    _, notes, _ = loaded
    assert notes.left_out == []
    assert notes.rows["leaders.csv"] == 211
    assert notes.rows["memberships.csv"] == 384
    assert len([name for name in notes.rows if name.endswith(".csv")]) == 22


def test_the_things_are_as_many_as_the_files_name(facts):
    counts = {kind: sum(n.kind == kind for n in facts.nodes) for kind in ("Region", "Country", "Network", "Agreement", "Event", "Sector", "Organisation")}
    assert counts == {"Region": 188, "Country": 33, "Network": 47, "Agreement": 55, "Event": 29, "Sector": 54, "Organisation": 7}


def test_everything_comes_from_a_statement_with_a_source_and_a_place(facts):
    sources = {source.id for source in facts.sources}
    about = {statement.about for statement in facts.statements}
    assert {n.id for n in facts.nodes} | {e.id for e in facts.edges} == about
    assert all(s.source in sources and " row " in s.place for s in facts.statements)


def test_flanders_has_one_head_today_and_its_former_ones_with_their_terms(facts):
    heads = {e.source: e for e in edges(facts, "LEADS", target="flanders")}
    assert [id for id, e in heads.items() if holds(e, TODAY)] == ["matthias-diependaele"]
    assert (heads["geert-bourgeois"].text("since"), heads["geert-bourgeois"].text("until")) == ("2014-07-25", "2019-07-01")
    assert heads["jan-jambon"].text("since") == "2019-10-02"
    assert standing(heads["liesbeth-homans"], TODAY).state is State.ENDED


def test_no_region_has_two_heads_today(facts):
    heads = [e.target for e in edges(facts, "LEADS") if holds(e, TODAY)]
    assert len(heads) == len(set(heads))


def test_ramelow_has_two_terms_and_lombardy_one_edge_to_the_four_motors(facts):
    terms = sorted((e.text("since"), e.text("until")) for e in edges(facts, "LEADS", "bodo-ramelow", "thuringia"))
    assert terms == [("2014-12-05", "2020-02-05"), ("2020-03-04", "2024-12-12")]
    assert len(edges(facts, "MEMBER_OF", "lombardy", "four-motors")) == 1


def test_flanders_is_an_associate_of_the_four_motors_whatever_the_press_leaves_open(facts):
    (edge,) = edges(facts, "MEMBER_OF", "flanders", "four-motors")
    assert edge.text("role") == "associate"
    assert edge.text("confirmed") == "2026-03-03"


def test_the_memorandum_is_there_with_all_that_belongs_to_it(facts):
    agreement = node(facts, "agr-lom-fla-2026")
    assert (agreement.text("date"), agreement.text("status"), agreement.text("place")) == ("2026-03-03", "signed", "Milan, Palazzo Lombardia")
    assert {e.source for e in edges(facts, "PARTY_TO", target="agr-lom-fla-2026")} == {"lombardy", "flanders"}
    assert {e.source for e in edges(facts, "SIGNED", target="agr-lom-fla-2026")} == {"attilio-fontana", "matthias-diependaele"}
    covered = {e.target for e in edges(facts, "COVERS", "agr-lom-fla-2026")}
    assert covered == {"innovation", "semiconductors", "manufacturing", "chemistry", "automotive", "digitalisation", "aerospace", "life-sciences",
                       "sustainability", "energy", "agri-food", "health"}
    assert agreement.properties["aims"] == ("more trade and investment", "joint initiatives on shared skills")


@pytest.mark.parametrize(("about", "property", "values"), [
    ("ecrn", "founded", {"2004", "2008"}),
    ("ecrn", "seat", {"Brussels", "Magdeburg"}),
    ("rel-er-naq", "date", {"1999", "2002", "2010"}),
    ("LEADS|markus-soder|bavaria|head", "since", {"2018-03-14", "2018-03-16"}),
    ("LEADS|hendrik-wust|north-rhine-westphalia|head", "since", {"2017-06-27", "2021-10-27"}),
    ("LEADS|anke-rehlinger|saarland|head", "party", {"CDU", "SPD"}),
    ("LEADS|franck-leroy|grand-est|head", "since", {"2022-12-30", "2023-01-13"}),
])
def test_conflicts_are_kept_with_all_their_values(facts, loaded, about, property, values):
    found = {(c.about, c.property): {str(value) for value, _ in c.values} for c in conflicts(facts.statements, loaded[2].sources(), load_schema())}
    assert values <= found[about, property]
    thing = next(t for t in (*facts.nodes, *facts.edges) if t.id == about)
    assert property in thing.properties["disputed"]


def test_names_come_in_several_languages_catalan_too(facts):
    flanders = node(facts, "flanders")
    assert (flanders.name, flanders.name_in("it"), flanders.text("name_ca")) == ("Flanders", "Fiandre", "regió Flamenca")
    assert node(facts, "andalusia").text("name_de") == "Andalusien"
    assert "Autonome Gemeinschaft Andalusien" in node(facts, "andalusia").properties["aliases"]
    assert "Vlaanderen" in {*flanders.properties["aliases"], flanders.text("name_nl")}
    assert sum("name_ca" in n.properties for n in facts.nodes if n.kind == "Region") == 135


def test_what_maps_to_nothing_is_reported_and_not_dropped(loaded):
    facts, notes, _ = loaded
    assert any("Wisconsin" in line for line in notes.unmapped)
    assert node(facts, "place:wisconsin").name == "Wisconsin"


def test_ties_stay_with_the_predecessor_that_they_belonged_to(facts):
    assert edges(facts, "PARTY_TO", "rhone-alpes", "agr-4m-1988")
    assert edges(facts, "MEMBER_OF", "rhone-alpes", "four-motors")
    assert edges(facts, "SUCCEEDED_BY", "rhone-alpes", "auvergne-rhone-alpes")[0].text("date") == "2016-01-01"


def test_the_ties_of_regions_that_are_gone_ended_with_them_by_the_same_row(facts):
    gone = {e.source: e.text("date") for e in edges(facts, "SUCCEEDED_BY")}
    assert gone["rhone-alpes"] == "2016-01-01"
    (led,) = edges(facts, "LEADS", target="rhone-alpes")
    assert (led.source, led.text("until")) == ("jean-jack-queyranne", "2015-12-31")
    (member,) = edges(facts, "MEMBER_OF", "rhone-alpes", "four-motors")
    assert (member.text("role"), member.text("until")) == ("founder", "2015-12-31")
    (ending,) = [s for s in facts.statements if s.about == member.id and s.qualifiers.get("until")]
    assert (ending.confidence, ending.place[:22]) == ("inferred", "region_successions.csv")
    assert not holds(led, TODAY)
    assert not edges(facts, "MEMBER_OF", "auvergne-rhone-alpes", "four-motors")[0].text("until")


def test_a_region_presides_for_each_of_its_people_apart_and_only_as_inferred(facts):
    terms = {e.id.split("|")[-1]: (e.text("since"), e.text("until"), e.properties.get("inferred")) for e in edges(facts, "CHAIRS", "lombardy", "ecrn")}
    assert terms == {"fabrizio-sala": ("2016-06-16", "", True), "guido-guidesi": ("", "2026-02-28", True), "vice-chair": ("2026-02-01", "", None)}
    (piedmont,) = [e for e in edges(facts, "CHAIRS", "piedmont", "esra") if e.text("role") == "chair"]
    assert (piedmont.text("since"), piedmont.text("until"), piedmont.properties.get("inferred")) == ("2024-11-08", "2025-11-07", None)


def test_leads_of_pilots_coordinate_and_do_not_chair(facts):
    assert {e.text("topic") for e in edges(facts, "COORDINATES", "lombardy", "vanguard")} == {"Bioeconomy", "Efficient and Sustainable Manufacturing"}
    assert {e.text("role") for e in edges(facts, "CHAIRS", "lombardy", "four-motors")} == {"presidency"}


def test_a_leader_whom_nobody_confirmed_lately_is_last_confirmed(facts):
    (edge,) = edges(facts, "LEADS", "guo-shuqing", "shandong")
    found = standing(edge, TODAY)
    assert (found.state, found.confirmed) == (State.LAST_CONFIRMED, "2016-07-15")


def test_copies_are_marked_as_such_in_the_record(facts):
    assert {s.tier for s in facts.sources} >= {"own_act", "press", "register", "copy", "project"}
    assert sum(s.tier == "copy" for s in facts.sources) == 17
