"""A run is whole or nothing: broken rows stop it, the same rows change nothing, and what was cut off is finished by the next."""

import dataclasses
import shutil

import pytest

from graph.errors import BadFile, ExpectationFailed
from graph.model import Source, Statement
from graph.schema import load_schema
from loaders import runner
from loaders.base import SourceInfo
from loaders.folders import TOP, open_loader


@dataclasses.dataclass
class Fictional:
    """A loader over a list of statements."""

    said: list[Statement]
    info: SourceInfo = dataclasses.field(default_factory=lambda: SourceInfo("fictional", "t", "p", "l"))

    def sources(self):
        return {s.source: Source(s.source, publisher=s.source, tier="press", date="2025-01-01") for s in self.said}

    def statements(self, notes):
        yield from self.said


def lead(person, since, source="page"):
    return [Statement("Leader", person, source, loader="fictional"),
            Statement("LEADS", person, source, object="land", qualifiers={"office_kind": "head", "since": since}, loader="fictional", observed="2025-01-01")]


BASE = [Statement("Region", "land", "page", loader="fictional"), Statement("Region", "land", "page", property="name", value="Land", loader="fictional"),
        *lead("ann", "2010-01-01")]


def test_the_second_run_changes_nothing(store):
    first = runner.run(Fictional(BASE), store)
    assert first.written.nodes_new == 2
    assert runner.run(Fictional(BASE), store).unchanged
    assert store.counts()["Statement"] == len(BASE)


def test_what_a_source_no_longer_states_is_gone_and_the_rest_stays(store):
    runner.run(Fictional([*BASE, *lead("bob", "2020-05-01")]), store)
    report = runner.run(Fictional(BASE), store)
    assert (report.written.nodes_gone, report.written.edges_gone) == (1, 1)
    assert [n.id for n in store.of_kind("Leader")] == ["ann"]


def test_a_later_head_from_another_run_ends_the_earlier_ones_term_and_gives_it_back_when_gone(store):
    runner.run(Fictional(BASE), store)
    later = Fictional([dataclasses.replace(s, loader="other") for s in lead("bob", "2020-05-01", "other page")], SourceInfo("other", "t", "p", "l"))
    runner.run(later, store)
    ends = {e.source: e.text("until") for e in store.adjacent(["land"], kinds=["LEADS"])}
    assert ends == {"ann": "2020-04-30", "bob": ""}
    later.said = []
    runner.run(later, store, accept_smaller=True)
    assert {e.source: e.text("until") for e in store.adjacent(["land"], kinds=["LEADS"])} == {"ann": ""}


def test_a_second_source_adds_its_voice_to_the_same_fact(store):
    runner.run(Fictional(BASE), store)
    other = Fictional([dataclasses.replace(s, source="other page", loader="other") for s in BASE], SourceInfo("other", "t", "p", "l"))
    runner.run(other, store)
    (edge,) = store.adjacent(["land"], kinds=["LEADS"])
    assert edge.properties["independent"] == 2
    assert len(store.statements([edge.id])) == 2


def test_fewer_facts_than_expected_stop_a_run_before_it_writes(store):
    loader = Fictional(BASE, SourceInfo("fictional", "t", "p", "l", expectations={"Leader": (5, 10)}))
    with pytest.raises(ExpectationFailed, match="1 of Leader instead of 5 to 10"):
        runner.run(loader, store)
    assert store.version() == "0"


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(TOP / "data", folder)
    return folder


@pytest.mark.parametrize(("file", "old", "new", "words"), [
    ("leaders.csv", "2018-03-13", "soon", r"leaders\.csv, line \d+, column end: “soon” is no date"),
    ("memberships.csv", "four-motors,lombardy,region", "four-motors,lombardia,region", r"memberships\.csv, line \d+, column region_id: “lombardia” is not known"),
    ("agreements.csv", ",signed,", ",sealed,", r"agreements\.csv, line \d+, column status: “sealed” is not allowed"),
    ("regions.csv", "name_en", "name_english", r"regions\.csv, line 1, column name_en: the column is missing"),
])
def test_a_broken_row_is_named_and_leaves_the_graph_as_it_was(store, data, file, old, new, words):
    runner.run(Fictional(BASE), store)
    version = store.version()
    text = (data / file).read_text(encoding="utf-8")
    assert old in text
    (data / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadFile, match=words):
        runner.run(open_loader("curated", [data]), store)
    assert store.version() == version
    assert store.counts()["Region"] == 1


def test_a_string_of_no_known_sector_is_reported(store, data):
    text = (data / "agreements.csv").read_text(encoding="utf-8")
    (data / "agreements.csv").write_text(text.replace("semiconductors; manufacturing", "basket weaving; manufacturing", 1), encoding="utf-8")
    report = runner.run(open_loader("curated", [data]), store)
    assert any("basket weaving" in line for line in report.notes.unmapped)


def test_an_empty_graph_is_filled_once(store, tmp_path, settings):
    own = dataclasses.replace(settings, home=tmp_path)
    assert runner.ensure_loaded(store, own) is not None
    assert runner.ensure_loaded(store, own) is None
    assert store.counts()["Region"] == 188
    assert runner.run(open_loader("curated"), store, schema=load_schema()).unchanged
