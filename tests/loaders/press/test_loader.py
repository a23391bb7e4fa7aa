"""From a file to statements: limits and encodings have a sentence, and a person may choose."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from graph.errors import BadFile, BadValue
from graph.model import Source, Statement, WriteReport
from graph.schema import load_schema
from graph.store import Store
from loaders import runner
from loaders.press import Gazetteer, Reading, read_text
from loaders.press.loader import read_file, save_reading, source_of

TEXTS = Path(__file__).parent / "texts" / "docs"


@pytest.fixture(scope="module")
def reading(gazetteer: Gazetteer) -> Reading:
    return read_file(TEXTS / "it-lom-bav-2024.txt", gazetteer)


def test_every_statement_fits_the_schema_and_names_its_source(gazetteer: Gazetteer) -> None:
    schema = load_schema()
    for path in sorted(TEXTS.glob("*.txt")):
        reading = read_file(path, gazetteer)
        kinds = {p.id: p.kind for p in reading.proposals if not p.is_edge}
        source = source_of(reading)
        for statement in reading.statements(source):
            schema.check(statement, kinds)
            assert statement.source == source.id
            assert statement.place.startswith("span ")
            assert statement.loader == "press"


def test_reading_twice_gives_the_same_source_and_statements(reading: Reading, gazetteer: Gazetteer) -> None:
    again = read_file(TEXTS / "it-lom-bav-2024.txt", gazetteer)
    assert source_of(again) == source_of(reading)
    assert [s.id for s in again.statements(source_of(again))] == [s.id for s in reading.statements(source_of(reading))]
    assert source_of(read_text("La Toscana.", gazetteer, document=reading.document)).id != source_of(reading).id


def test_only_what_was_ticked_enters_with_the_ends_it_needs(reading: Reading) -> None:
    signed = next(p for p in reading.proposals if p.kind == "SIGNED")
    chosen = reading.statements(source_of(reading), only=[signed])
    assert {(s.kind, s.subject) for s in chosen if s.kind == "SIGNED"} == {("SIGNED", signed.source)}
    assert {s.subject for s in chosen if s.kind != "SIGNED"} == {signed.source, signed.target}
    assert reading.statements(source_of(reading), only=[]) == ()


def test_saving_touches_only_this_text(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    written: dict[str, object] = {}

    def write(loader: str, statements: Mapping[str, Statement], sources: Mapping[str, Source], *_: object, scope: list[str]) -> WriteReport:
        written.update(loader=loader, statements=set(statements), sources=set(sources), scope=scope)
        return WriteReport(nodes_new=1)

    monkeypatch.setattr(runner, "write", write)
    source = source_of(reading)
    assert save_reading(reading, object.__new__(Store)) == WriteReport(nodes_new=1)
    assert written == {"loader": "press", "scope": [source.id], "sources": {source.id},
                       "statements": {statement.id for statement in reading.statements(source)}}


def test_a_summary_counts_what_was_found(reading: Reading, gazetteer: Gazetteer) -> None:
    assert "2 regions" in reading.summary()
    assert "1 agreement" in reading.summary()
    assert "states no region" in read_text("Il museo apre.", gazetteer, document="x").summary()


def test_lines_have_the_form_of_the_annotated_texts(reading: Reading) -> None:
    lines = list(reading.lines())
    agreement = next(line for line in lines if line.get("node") == "Agreement")
    assert (agreement["status"], agreement["date"]) == ("signed", "2024-10-09")
    assert {"document", "edge", "from", "to", "span"} <= set(next(line for line in lines if line.get("edge") == "SIGNED"))


def test_a_file_that_is_not_there_is_named(tmp_path: Path, gazetteer: Gazetteer) -> None:
    with pytest.raises(BadFile, match=r"none\.txt"):
        read_file(tmp_path / "none.txt", gazetteer)


def test_a_date_that_is_none_is_refused(gazetteer: Gazetteer) -> None:
    with pytest.raises(BadValue, match="3 March"):
        read_text("La Toscana saluta.", gazetteer, document="x", date="3 March")
