"""From a file to statements: limits and encodings have a sentence, and a person may choose."""

from pathlib import Path

import pytest

from graph.errors import BadFile, BadValue
from graph.schema import load_schema
from loaders.base import Notes
from loaders.press import Gazetteer
from loaders.press.loader import LARGEST_BYTES, Document, PressLoader, load_text, read_document, read_file

TEXTS = Path(__file__).parent / "texts" / "docs"


@pytest.fixture(scope="module")
def document(gazetteer: Gazetteer) -> Document:
    return read_file(TEXTS / "it-lom-bav-2024.txt", gazetteer)


def test_every_statement_fits_the_schema_and_names_its_source(gazetteer: Gazetteer) -> None:
    schema = load_schema()
    for path in sorted(TEXTS.glob("*.txt")):
        document = read_file(path, gazetteer)
        kinds = {p.id: p.kind for p in document.reading.proposals if not p.is_edge}
        for statement in document.statements():
            schema.check(statement, kinds)
            assert statement.source == document.source.id
            assert statement.place.startswith("span ")
            assert statement.loader == "press"


def test_reading_twice_gives_the_same_statements(document: Document, gazetteer: Gazetteer) -> None:
    again = read_file(TEXTS / "it-lom-bav-2024.txt", gazetteer)
    assert [s.id for s in again.statements()] == [s.id for s in document.statements()]
    assert again.source == document.source


def test_only_what_was_ticked_enters_with_the_ends_it_needs(document: Document) -> None:
    signed = next(p for p in document.reading.proposals if p.kind == "SIGNED")
    chosen = document.reading.statements(document.source, only=[signed])
    assert {(s.kind, s.subject) for s in chosen if s.kind == "SIGNED"} == {("SIGNED", signed.source)}
    assert {s.subject for s in chosen if s.kind != "SIGNED"} == {signed.source, signed.target}
    assert document.reading.statements(document.source, only=[]) == ()


def test_the_loader_yields_documents_and_notes_what_was_not_understood(document: Document) -> None:
    loader = PressLoader([document])
    notes = Notes()
    assert tuple(loader.statements(notes)) == document.statements()
    assert loader.sources() == {document.source.id: document.source}
    assert loader.info.name == "press"


def test_lines_have_the_form_of_the_annotated_texts(document: Document) -> None:
    lines = list(document.reading.lines())
    agreement = next(line for line in lines if line.get("node") == "Agreement")
    assert (agreement["status"], agreement["date"]) == ("signed", "2024-10-09")
    assert {"document", "edge", "from", "to", "span"} <= set(next(line for line in lines if line.get("edge") == "SIGNED"))


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path, gazetteer: Gazetteer) -> None:
    path = tmp_path / "bom.txt"
    path.write_bytes("\ufeffFirenze, 3 giugno 2025. La Toscana saluta la Baviera.".encode())
    assert load_text(path).startswith("Firenze")
    assert read_file(path, gazetteer).reading.date == "2025-06-03"


def test_bad_encoding_is_named_with_its_line(tmp_path: Path, gazetteer: Gazetteer) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes("La Toscana\nè bella".encode("latin-1"))
    with pytest.raises(BadFile, match=r"latin\.txt, line 2.*UTF-8"):
        read_file(path, gazetteer)


def test_too_large_a_text_is_refused_with_a_remedy(tmp_path: Path, gazetteer: Gazetteer) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"a" * (LARGEST_BYTES + 1))
    with pytest.raises(BadFile, match="more than 2 MB"):
        read_file(path, gazetteer)


def test_a_file_that_is_not_there_is_named(tmp_path: Path, gazetteer: Gazetteer) -> None:
    with pytest.raises(BadFile, match=r"none\.txt"):
        read_file(tmp_path / "none.txt", gazetteer)


def test_a_date_that_is_none_is_refused(gazetteer: Gazetteer) -> None:
    with pytest.raises(BadValue, match="3 March"):
        read_document("La Toscana saluta.", gazetteer, document="x", date="3 March")
