"""Twinned towns: pairs stated once, regions recognised by their ids and by nothing else, each year an edition of its own."""

from pathlib import Path

import pytest

from graph.errors import BadFile
from loaders import runner
from loaders.base import Notes
from loaders.folders import open_loader
from loaders.known import Known

HERE = Path(__file__).parent


def load(store, *years):
    return [runner.run(runner.open_source("twinning", store, [HERE / f"excerpt-{year}"]), store) for year in years]


def test_regions_are_known_by_their_ids_and_towns_become_places(curated_store):
    load(curated_store, 2016)
    towns = curated_store.seeing(["twinning"])
    berlin = {edge.other("berlin") for edge in towns.adjacent(["berlin"], kinds=["TWINNED_WITH"])}
    names = {node.name for node in towns.get(berlin)}
    assert {"Paris", "Moskau", "Los Angeles"} <= names
    assert {node.kind for node in towns.get(berlin)} <= {"Place", "Region"}
    assert curated_store.adjacent(["berlin"], kinds=["TWINNED_WITH"]) != towns.adjacent(["berlin"], kinds=["TWINNED_WITH"])
    assert "place:q64" not in {node.id for node in towns.of_kind("Place")}


def test_a_name_alone_joins_nobody():
    """Valencia is a city in Spain, one in Venezuela, and a region: only the id of Wikidata says which."""
    known = Known(lambda kind, code: {"Q5720": "valencian-community"} if (kind, code) == ("Region", "wikidata") else {}, tuple)
    stated = list(open_loader("twinning", [HERE / "excerpt-2022"], known).statements(Notes()))
    assert "valencian-community" not in {statement.subject for statement in stated}
    assert {statement.subject for statement in stated if statement.value == "Valencia"} == {"place:q8818", "place:q54880"}


def test_a_pair_stated_both_ways_is_one_tie():
    notes = Notes()
    stated = list(open_loader("twinning", [HERE / "excerpt-2016"]).statements(notes))
    pairs = [frozenset((s.subject, s.object)) for s in stated if s.object]
    assert len(pairs) == len(set(pairs))
    assert notes.skipped.total() == notes.rows["relations.tsv"] - len(pairs) > 0


def test_the_edition_of_2022_adds_to_that_of_2016_and_each_is_replaced_alone(store):
    load(store, 2016, 2022)
    assert {source.id: source.date for source in store.sources()} == {"wikidata-p190-2016": "2016", "wikidata-p190-2022": "2022-01-09"}
    counts = store.statements_by_source()
    (again,) = load(store, 2016)
    assert again.unchanged
    assert store.statements_by_source() == counts
    runner.remove("wikidata-p190-2016", store)
    assert store.statements_by_source() == {"wikidata-p190-2022": counts["wikidata-p190-2022"]}


def test_a_name_in_german_and_one_in_english_are_both_kept(store):
    load(store, 2016, 2022)
    (warsaw,) = store.get(["place:q270"])
    assert warsaw.name == "Warsaw"
    assert warsaw.properties["aliases"] == ("Warschau",)
    assert warsaw.properties["lat"] == pytest.approx(52.2, abs=0.1)


def test_ids_as_addresses_and_a_first_line_of_names_are_read_too(tmp_path):
    folder = tmp_path / "twins-2026"
    folder.mkdir()
    (folder / "relations.tsv").write_text("?one\t?other\n<http://www.wikidata.org/entity/Q1>\t<http://www.wikidata.org/entity/Q2>\nQ3\tQ4\nQ3\n")
    notes = Notes()
    loader = open_loader("twinning", [folder])
    stated = list(loader.statements(notes))
    assert {(s.subject, s.object) for s in stated if s.object} == {("place:q1", "place:q2"), ("place:q3", "place:q4")}
    assert notes.skipped == {"not two ids of Wikidata": 1}
    assert list(loader.sources()) == ["wikidata-p190-2026"]


@pytest.mark.parametrize(("content", "words"), [
    ("<!DOCTYPE gexf [<!ENTITY a 'b'>]><gexf>&a;</gexf>", "entities"), ("<gexf><node>", "no well-formed XML"),
])
def test_xml_that_is_none_or_declares_entities_is_refused_in_a_sentence(tmp_path, content, words):
    (tmp_path / "x.gexf").write_text(content)
    with pytest.raises(BadFile, match=words):
        list(open_loader("twinning", [tmp_path]).statements(Notes()))


def test_a_missing_file_is_named_with_where_to_get_it(tmp_path):
    (tmp_path / "other.txt").write_text("x")
    with pytest.raises(BadFile, match=r"relations\.tsv .given: other\.txt.*wikidata"):
        list(open_loader("twinning", [tmp_path]).statements(Notes()))
