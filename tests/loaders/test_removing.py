"""What nobody states any more goes, and nothing else: facts of others stay, are assembled anew, and keep what they are tied to."""

import dataclasses

import pytest

from graph.errors import BadValue, ExpectationFailed, QueryFailed, SchemaError
from graph.model import Source, Statement
from graph.schema import load_schema
from loaders import runner
from loaders.base import Notes, Run, SourceInfo
from loaders.known import Known
from loaders.reporting import note_lines, report_lines, write_list
from tests.loaders.test_runner import Fictional


def info(name, **more):
    return SourceInfo(name, "t", "p", "l", **more)


def loader(name, said, layer="diplomacy", **more):
    found = Fictional([dataclasses.replace(s, loader=name, source=s.source or name) for s in said], info(name, layer=layer, **more))
    found.sources = lambda: {s.source: Source(s.source, publisher=s.source, tier="press", date="2025-01-01", layer=layer, loader=name) for s in found.said}
    return found


def town(id, name, source=""):
    return [Statement("Place", id, source), Statement("Place", id, source, property="name", value=name)]


LAND = [Statement("Region", "land", ""), Statement("Region", "land", "", property="name", value="Land")]
TIE = Statement("TWINNED_WITH", "land", "", object="town")


@pytest.mark.parametrize(("layer", "counted"), [("diplomacy", 2), ("twinning", 1)])
def test_a_fact_that_others_state_too_stays_with_their_words(store, layer, counted):
    runner.run(loader("one", [*LAND, *town("town", "Town"), TIE]), store)
    runner.run(loader("two", [*LAND, *town("town", "Ville"), TIE, Statement("Region", "land", "", property="capital", value="Capital")], layer), store)
    assert store.seeing(None).adjacent(["land"])[0].properties["independent"] == counted
    runner.remove("two", store)
    (land, place) = store.get(["land", "town"])
    assert "capital" not in land.properties
    assert "layers" not in land.properties
    assert "aliases" not in place.properties
    assert store.adjacent(["land"])[0].properties["independent"] == 1
    assert [source.id for source in store.sources()] == ["one"]


def test_a_node_that_something_is_still_tied_to_stays_bare_and_goes_with_its_last_tie(store):
    runner.run(loader("one", town("town", "Town"), "twinning"), store)
    runner.run(loader("two", [*LAND, TIE]), store)
    runner.remove("one", store)
    (place,) = store.get(["town"])
    assert (place.kind, place.properties) == ("Place", {})
    assert [edge.id for edge in store.adjacent(["land"])] == ["TWINNED_WITH|land|town"]
    runner.run(loader("one", town("town", "Town"), "twinning"), store)
    assert store.get(["town"])[0].name == "Town"
    runner.remove("one", store)
    runner.remove("two", store)
    assert store.get(["town", "land"]) == ()
    assert store.counts()["Statement"] == 0


def test_one_document_of_a_loader_can_be_removed_by_its_id(store):
    said = [Statement("Region", "land", "page-1"), Statement("Region", "sea", "page-2")]
    runner.run(loader("one", said), store)
    assert runner.remove("page-2", store).statements_gone == 1
    assert [node.id for node in store.of_kind("Region")] == ["land"]


def test_what_is_not_loaded_cannot_be_removed(store):
    with pytest.raises(BadValue, match=r"nobody.*Nothing from it is loaded"):
        runner.remove("nobody", store)


def test_a_tie_to_what_nobody_states_is_refused_before_anything_is_written(store):
    with pytest.raises(SchemaError, match="TWINNED_WITH ends at “town”, which nobody states"):
        runner.run(loader("one", [*LAND, TIE]), store)
    assert store.version() == "0"
    assert store.interrupted() == ""


def test_one_id_of_two_kinds_is_refused_before_anything_is_written(store):
    runner.run(loader("one", LAND), store)
    version = store.version()
    with pytest.raises(SchemaError, match="“land” is stated to be Network and Region"):
        runner.run(loader("two", [Statement("Network", "land", "")]), store)
    assert store.version() == version


def test_a_file_of_half_the_size_is_refused_unless_a_person_accepts_it(store):
    many = [Statement("Region", f"r{i}", "") for i in range(30)]
    runner.run(loader("one", many), store)
    with pytest.raises(ExpectationFailed, match="14 statements instead of the 30 of the run before"):
        runner.run(loader("one", many[:14]), store)
    assert store.counts()["Region"] == 30
    assert runner.run(loader("one", many[:14]), store, accept_smaller=True).written.nodes_gone == 16


def test_a_property_that_too_few_state_stops_a_run(store):
    said = [*LAND, Statement("Region", "sea", "")]
    assert runner.run(loader("one", said, filled={"Region.name": 0.5}), store).written.nodes_new == 2
    with pytest.raises(ExpectationFailed, match=r"only 50% state Region\.name, instead of 90%"):
        runner.run(loader("two", said, filled={"Region.name": 0.9}), store)


def test_a_dry_run_tells_new_changed_and_gone_apart(store):
    before = [*LAND, *town("town", "Town"), TIE]
    runner.run(loader("one", before), store)
    after = [*LAND[:1], dataclasses.replace(LAND[1], value="The Land"), Statement("Region", "sea", "")]
    report = runner.run(loader("one", after), store, dry=True)
    assert (report.difference.new, report.difference.changed, report.difference.gone) == (1, 1, 3)
    assert (report.difference.facts_new, report.difference.facts_gone) == ({"Region": 1}, {"Place": 1, "TWINNED_WITH": 1})
    assert "It would make 1 statements new, 1 changed, 3 gone; nothing was written." in list(report_lines(report))
    assert store.get(["land"])[0].name == "Land"


def test_a_run_that_fails_while_writing_says_that_running_again_finishes_it(store, monkeypatch):
    said = [*LAND, *town("town", "Town"), TIE]
    write = store._connection.write

    def fail(cypher, **parameters):
        if "CREATE (s:Statement)" in cypher:
            raise QueryFailed(reason="the disk is full")
        return write(cypher, **parameters)

    monkeypatch.setattr(store._connection, "write", fail)
    with pytest.raises(QueryFailed, match="the disk is full") as caught:
        runner.run(loader("one", said), store)
    assert caught.value.__notes__ == ["What was written of “one” stays; running it again finishes it."]
    monkeypatch.undo()
    assert store.interrupted() == "one"
    runner.run(loader("one", said), store)
    assert (store.interrupted(), store.counts()["TWINNED_WITH"], store.counts()["Statement"]) == ("", 1, 5)


def test_two_writes_that_were_cut_off_are_both_remembered(store):
    class Cut(Exception):
        pass

    def cut(stage, done, total):
        if stage == "write":
            raise Cut

    for name in ("one", "two"):
        with pytest.raises(Cut):
            runner.run(loader(name, [Statement("Region", name, "")]), store, cut)
    assert store.interrupted() == "one"
    runner.run(loader("one", [Statement("Region", "one", "")]), store)
    assert store.interrupted() == "two"


def test_a_statement_keeps_the_day_on_which_it_was_first_seen_and_its_source_that_of_the_last_run(store):
    runner.run(loader("one", LAND), store)
    first = {statement.id: statement.first_seen for statement in store.statements(["land"])}
    store._connection.write("MATCH (s) WHERE s.first_seen IS NOT NULL OR s.last_seen IS NOT NULL SET s.first_seen = '2020', s.last_seen = '2020'")
    runner.run(loader("one", [*LAND, Statement("Region", "land", "", property="capital", value="Capital")]), store)
    later = {statement.id: statement.first_seen for statement in store.statements(["land"])}
    assert [later[id] for id in first] == ["2020", "2020"]
    assert len([day for day in later.values() if day > "2020"]) == 1
    assert store.sources()[0].last_seen > "2020"


def test_the_report_counts_what_was_skipped_and_lists_what_was_not_resolved(tmp_path):
    notes = Notes()
    run = Run(info("one"), (), Known.nothing(), notes)
    for row in range(5):
        run.notes.skip("no date", f"row {row}")
    run.notes.unclear("membership", "=Réseau des\n régions")
    lines = list(note_lines(notes))
    assert "  5 × no date (row 0, row 1, row 2)" in lines
    assert "  1 × membership: =Réseau des régions" in lines
    write_list(tmp_path / "report.csv", notes)
    text = (tmp_path / "report.csv").read_text(encoding="utf-8-sig")
    assert "skipped,5,no date" in text
    assert "'=Réseau" in text


def test_a_value_that_the_schema_does_not_know_stops_a_run(store):
    with pytest.raises(SchemaError, match="has no property “colour”"):
        runner.run(loader("one", [Statement("Region", "land", "", property="colour", value="red")]), store, schema=load_schema())
    assert store.version() == "0"
