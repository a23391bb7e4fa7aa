"""What holds of every loader, on both servers: twice changes nothing, removal takes what only it stated, a cut is finished by the next run."""

from pathlib import Path

import pytest

from graph.errors import BadFile, ExpectationFailed
from graph.model import DIPLOMACY
from graph.schema import load_schema
from loaders import runner
from loaders.base import Notes
from loaders.folders import all_sources, open_loader
from tests.contract.clearing import clear

HERE = Path(__file__).parent
GIVEN = {"curated": [[]]} | {name: [[folder] for folder in sorted((HERE / name).glob("excerpt*"))] for name, info in all_sources().items() if info.file}
EACH = [(name, tuple(files)) for name, given in GIVEN.items() for files in given]


def whole(store):
    """Everything in the graph but the bookkeeping, to compare."""
    every = store.seeing(None)
    nodes = [node for kind in load_schema().visible for node in every.of_kind(kind)]
    edges = {id for ties in every.ties_at(node.id for node in nodes).values() for id in ties}
    statements = {statement.id: statement.about for statement in store.statements([*(node.id for node in nodes), *edges])}
    return nodes, sorted(edges), statements, store.statements_by_source()


@pytest.fixture(params=EACH, ids=[f"{name}-{files[0].name}" if files else name for name, files in EACH])
def source(request):
    """A source and the excerpt that is in the repository."""
    return request.param


def open_it(source, store=None):
    name, files = source
    return runner.open_source(name, store, files) if store else open_loader(name, files)


def test_every_source_that_wants_a_file_has_an_excerpt():
    assert all(GIVEN.values()), f"tests/loaders/<source>/excerpt is missing: {[name for name, given in GIVEN.items() if not given]}"


def test_what_it_states_fits_the_schema_and_its_own_expectations(source):
    loader, notes = open_it(source), Notes()
    own = runner.gather(loader, notes, load_schema(), runner.silent)
    assert len(own) > 20
    runner.check_expectations(loader.info, own)
    assert {statement.source for statement in own} <= loader.sources().keys()
    assert {statement.loader for statement in own} == {source[0]}
    assert all(statement.place for statement in own)
    assert sum(notes.rows.values()) > 0
    for found in loader.sources().values():
        assert found.layer == loader.info.layer
        assert found.publisher
    if loader.info.layer != DIPLOMACY:
        ends = {end for _, pair in own.ties for end in pair}
        assert ends <= own.kinds.keys(), "a tie of another layer must bring its ends into that layer"


def test_its_layer_is_called_something_in_every_language_of_the_screens(source):
    schema = load_schema()
    assert set(schema.layers.get(open_it(source).info.layer, ())) == set(schema.languages), "name it in graph/schema.yml, under layers"


def test_the_second_run_changes_nothing_and_is_noted(store, source):
    first = runner.run(open_it(source, store), store, digest="abc")
    assert first.written.statements_new == first.statements
    before, version = whole(store), store.version()
    second = runner.run(open_it(source, store), store, digest="abc")
    assert second.unchanged
    assert store.version() == version
    assert whole(store) == before
    assert all(found.last_seen >= statement.first_seen > "2020" for found in store.sources()
               for statement in store.statements([before[0][0].id]) if statement.source == found.id)


def test_a_dry_run_says_what_a_run_would_do_and_does_nothing(store, source):
    loader = open_it(source, store)
    report = runner.run(loader, store, dry=True)
    assert (report.difference.new, report.difference.changed, report.difference.gone) == (report.statements, 0, 0)
    assert report.difference.facts_new.keys() == report.by_kind.keys()
    assert all(report.difference.facts_new[kind] >= count for kind, count in report.by_kind.items())  # one tie may have several terms
    assert store.version() == "0"
    assert store.counts()["Statement"] == 0


@pytest.mark.parametrize("at", [0.15, 0.6, 0.97])
def test_a_run_that_was_cut_off_is_finished_by_the_next(store, source, at):
    class Cut(Exception):
        pass

    def cut(stage, done, total):
        if stage == "write" and total and done > total * at:
            raise Cut

    with pytest.raises(Cut):
        runner.run(open_it(source, store), store, cut)
    assert store.interrupted() == source[0]
    runner.run(open_it(source, store), store)
    assert store.interrupted() == ""
    finished = whole(store)
    clear(store)
    runner.run(open_it(source, store), store)
    assert whole(store) == finished


def test_removal_takes_exactly_what_only_it_stated(curated_store, source):
    store = curated_store
    before = whole(store)
    if source[0] == "curated":
        store._connection.write("MATCH (m:Meta {id: 'ponte'}) SET m.prepared = null")
        runner.remove("curated", store)
        assert whole(store) == ([], [], {}, {})
        assert store.layers() == ()
        return
    try:
        report = runner.run(open_it(source, store), store)
        assert report.written.statements_new == report.statements
        removed = runner.remove(source[0], store)
        assert removed.statements_gone == report.statements
        assert whole(store) == before
    finally:
        store._connection.write("MATCH (m:Meta {id: 'ponte'}) SET m.prepared = null")


def test_half_of_a_file_stops_before_it_touches_the_graph(store, source, tmp_path):
    name, files = source
    runner.run(open_it(source, store), store)
    before = whole(store)
    folder = files[0] if files else Path(__file__).parents[2] / "data"
    for file in folder.iterdir():
        content = file.read_bytes()
        (tmp_path / file.name).write_bytes(content[:len(content) // 4].rsplit(b"\n", 1)[0] + b"\n")
    with pytest.raises((ExpectationFailed, BadFile)):
        runner.run(runner.open_source(name, store, [tmp_path]), store)
    assert whole(store) == before
