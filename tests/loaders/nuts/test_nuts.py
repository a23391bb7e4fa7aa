"""NUTS regions: joined by codes and by no name, one region an area, names in every language of the files, the curated ones first."""

from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from graph.errors import BadFile
from graph.search import NameIndex
from loaders import runner
from loaders.base import Notes
from loaders.folders import open_loader
from loaders.known import Known
from tests.contract.test_layers_off import answers

EXCERPT = Path(__file__).parent / "excerpt"


def stated(known=None, notes=None, given=(EXCERPT,)):
    return list(open_loader("nuts", given, known).statements(notes or Notes()))


def values(statements, property):
    return {s.subject: s.value for s in statements if s.property == property}


def knowing(**codes):
    return Known(lambda kind, code: codes.get(f"{kind}_{code}", {}), tuple)


@pytest.fixture
def loaded(curated_store):
    runner.run(runner.open_source("nuts", curated_store, [EXCERPT]), curated_store)
    yield curated_store
    runner.remove("nuts", curated_store)


@pytest.mark.parametrize(("typed", "meant"), [("Dolna Saksonia", "lower-saxony"), ("Spodnja Saška", "lower-saxony"), ("Ala-Saksi", "lower-saxony"),
                                              ("Lombardija", "lombardy"), ("Fflandrys", "flanders"), ("Katalánsko", "catalonia")])
def test_a_known_region_has_names_that_its_own_source_lacks_while_the_layer_is_off(loaded, typed, meant):
    assert NameIndex.build(loaded.names()).resolve(typed) == meant


@pytest.mark.parametrize("typed", ["Lombardei", "Lombardija", "Llombardia", "Λομβαρδία", "Ломбардия", "Lombardiet", "Lombradija"])
def test_another_script_or_a_typo_finds_it_too(loaded, typed):
    assert NameIndex.build(loaded.names()).search(typed)[0].id == "lombardy"


def test_names_of_known_regions_and_all_that_is_counted_stay_as_they_were(curated_store):
    before = {node.id: (node.name, node.name_in("it"), node.name_in("de")) for node in curated_store.of_kind("Region")}
    counts = curated_store.counts()
    try:
        runner.run(runner.open_source("nuts", curated_store, [EXCERPT]), curated_store)
        assert {node.id: (node.name, node.name_in("it"), node.name_in("de")) for node in curated_store.of_kind("Region")} == before
        assert {k: n for k, n in curated_store.counts().items() if k not in ("Source", "Statement")} == \
            {k: n for k, n in counts.items() if k not in ("Source", "Statement")}
    finally:
        runner.remove("nuts", curated_store)


def test_with_its_layer_off_nothing_but_the_search_for_names_answers_otherwise(curated_store):
    before = answers(curated_store)
    try:
        runner.run(runner.open_source("nuts", curated_store, [EXCERPT]), curated_store)
        after = answers(curated_store)
    finally:
        runner.remove("nuts", curated_store)
    assert {what for what in before if after[what] != before[what] and not what.startswith("search ")} == set()


def test_its_own_regions_are_seen_where_the_layer_is(loaded):
    assert not loaded.names() or "nuts:itc4c" not in {name.id for name in loaded.names()}
    index = NameIndex.build(loaded.seeing(["nuts"]).names())
    assert index.resolve("Oberbayern") == "nuts:de21"
    assert index.search("Milan", kinds=("Region",))[0].id == "nuts:itc4c"
    up = {edge.target for edge in loaded.seeing(["nuts"]).adjacent(["nuts:itc4c"], kinds=["PART_OF"]) if edge.source == "nuts:itc4c"}
    assert up == {"lombardy"}


def test_an_area_with_several_codes_is_one_region_and_a_country_is_none():
    found = values(stated(), "nuts")
    assert [code for code in found.values() if code.startswith("DE3")] == ["DE3"]
    assert not [code for code in found.values() if code.startswith("LU")]
    assert "ES30" not in found.values()
    assert found["nuts:es3"] == "ES3"


def test_a_known_region_keeps_its_id_by_any_code_of_its_area_and_a_name_alone_joins_nobody():
    known = knowing(Region_nuts={"ES300": "madrid", "XX1": "limburg"}, Country_iso2={"ES": "spain"})
    statements = stated(known)
    regions = {s.subject for s in statements if s.kind == "Region"}
    assert "madrid" in regions
    assert "nuts:es3" not in regions
    assert "limburg" not in regions
    assert ("madrid", "spain") in {(s.subject, s.object) for s in statements}
    assert not [s for s in statements if s.subject == "madrid" and s.property in ("nuts", "iso", "country")]


def test_units_and_subdivisions_find_each_other_where_the_divisions_are_the_same():
    iso = values(stated(), "iso")
    assert (iso["nuts:itc4"], iso["nuts:itc4c"], iso["nuts:de2"], iso["nuts:es3"]) == ("IT-25", "IT-MI", "DE-BY", "ES-MD")
    assert iso["nuts:es523"] == "ES-V"
    assert "ES-VC" not in iso.values(), "“Valencia” is the province's name; the community is known by its code alone"
    assert max(Counter(iso.values()).values()) == 1
    assert {code[:2] for code in iso.values()} == {"BE", "SK", "ES", "DE", "IT", "GB"}


def test_what_is_known_by_code_needs_no_guess_and_says_so():
    codes = {"Region_nuts": {"ES52": "valencia"}, "Region_iso": {"ES-VC": "valencia", "CA-QC": "quebec"}}
    names = [s for s in stated(knowing(**codes)) if s.place.endswith(("ES-VC", "ES-V", "CA-QC")) and s.property]
    assert {s.confidence for s in names if s.subject in ("valencia", "quebec")} == {"stated"}
    assert {s.confidence for s in names if s.subject == "nuts:es523"} == {"inferred"}
    assert len({s.language for s in names if s.subject == "quebec"}) > 10


def test_a_known_region_gets_further_names_and_none_of_its_own():
    statements = stated(knowing(Region_nuts={"DE9": "lower-saxony"}, Region_iso={"CA-QC": "quebec"}))
    assert {s.property for s in statements if s.subject == "lower-saxony"} == {"", "aliases"}
    assert {"Dolna Saksonia", "Spodnja Saška"} <= {s.value for s in statements if s.subject == "lower-saxony"}
    assert {s.property for s in statements if s.subject == "quebec"} == {"", "aliases"}


def test_a_label_in_two_languages_is_two_names_and_a_greek_one_is_found_in_latin_letters(loaded):
    names = {name.id: name for name in loaded.seeing(["nuts"]).names()}
    assert {"Valencia", "València"} <= {text for _, text in names["nuts:es523"].names}
    assert NameIndex.build(names.values()).search("Kentriki Makedonia")[0].id == "nuts:el52"


def test_what_has_no_territory_is_skipped_with_the_reason():
    notes = Notes()
    stated(notes=notes)
    assert set(notes.skipped) == {"extra-regio, which is no territory"}


def test_eurostats_own_workbook_is_read_too(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Version Date"
    sheet = book.create_sheet("NUTS & SR 2021")
    for row in (["Code 2021", "Country", "NUTS level 1", "NUTS level 2", "NUTS level 3", "NUTS level"], ["SK", "Slovensko", None, None, None, 0],
                ["SK0", None, "Slovensko", None, None, 1], ["SK01", None, None, "Bratislavský kraj", None, 2],
                ["SK010", None, None, None, "Bratislavský kraj", 3], ["SK02", None, None, "Západné Slovensko", None, 2]):
        sheet.append(row)
    book.save(tmp_path / "NUTS2021.xlsx")
    for file in ("_containment.xml", "sk.xml"):
        (tmp_path / file).write_bytes((EXCERPT / file).read_bytes())
    found = stated(given=[tmp_path])
    assert values(found, "nuts") == {"nuts:sk01": "SK01", "nuts:sk02": "SK02"}
    assert {(s.subject, s.object) for s in found if s.object} == {("nuts:sk01", "country:sk"), ("nuts:sk02", "country:sk")}


def test_names_without_a_language_are_asked_for(tmp_path):
    for file in ("_containment.xml", "nuts2021_codes.csv"):
        (tmp_path / file).write_bytes((EXCERPT / file).read_bytes())
    with pytest.raises(BadFile, match=r"it\.xml.*cldr"):
        stated(given=[tmp_path])
