"""Text comes out of the files that a person has, each judged by its content; what cannot be read has one sentence."""

import io
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import docx as word
import pytest
from pypdf import PdfWriter
from typst import compile as typeset

from graph.errors import BadFile
from loaders.press import Gazetteer
from loaders.press.files import LARGEST_FILE, LARGEST_TEXT, LARGEST_UNPACKED, load_document, read_document
from loaders.press.loader import read_file

from .conftest import only

RELEASE = "Firenze, 11 giugno 2025. Toscana e Umbria hanno firmato oggi un memorandum d’intesa sull’energia."
PAGE = f"""<!doctype html><html lang="it"><head><title>Toscana e Umbria | Notizie</title>
<meta property="article:published_time" content="2025-06-12T08:00:00+02:00"><script src="http://example.org/x.js"></script></head>
<body><nav><a href="/sicilia">Sicilia</a> <a href="/veneto">Veneto</a></nav><main><article><h1>Toscana e Umbria insieme</h1>
<p>{RELEASE}</p><p>Il testo parla di turismo.<img src="http://example.org/a.png"></p></article></main>
<aside><a href="/y">La Baviera saluta</a></aside><footer>© 2019 Lazio</footer></body></html>"""


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reaches for the network fails."""
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a file made Ponte call out")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def docx(*paragraphs: str, table: list[list[str]] | None = None) -> bytes:
    document = word.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    for row in table or []:
        cells = document.add_table(1, len(row)).rows[0].cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(text: str, tmp_path: Path) -> bytes:
    source = tmp_path / "page.typ"
    source.write_text(f"#set document(title: [Intesa])\n#set page(width: 12cm)\n{text}", encoding="utf-8")
    made = typeset(source)
    assert isinstance(made, bytes)
    return made


def locked(content: bytes) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(content))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def blank_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def repacked(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A .docx with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, change(old.read(part)) if part.filename == name else old.read(part))
    return out.getvalue()


@pytest.mark.parametrize("form", ["txt", "html", "docx", "pdf"])
def test_the_same_release_is_read_from_every_form_whatever_its_name(form: str, tmp_path: Path, gazetteer: Gazetteer) -> None:
    content = {"txt": RELEASE.encode, "html": PAGE.encode, "docx": lambda: docx(RELEASE, "Il testo parla di turismo."),
               "pdf": lambda: pdf(RELEASE + "\n\nIl testo parla di turismo.", tmp_path)}[form]()
    path = tmp_path / "release.dat"
    path.write_bytes(content)
    reading = read_file(path, gazetteer)
    assert reading.date == "2025-06-11"
    assert only(reading, "Agreement")["date"] == "2025-06-11"
    assert {p.id for p in reading.proposals if p.kind == "Region"} == {"tuscany", "umbria"}
    assert all(reading.text[slice(*p.span)] == p.quote for p in reading.proposals)


def test_a_page_gives_its_article_title_and_date() -> None:
    document = read_document(PAGE.encode(), "page.html")
    assert document.date == "2025-06-12"
    assert document.title == "Toscana e Umbria insieme"
    assert document.text.split("\n\n")[1:] == [RELEASE, "Il testo parla di turismo."]


def test_the_day_that_a_page_was_published_counts_where_its_text_gives_none(tmp_path: Path, gazetteer: Gazetteer) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE.replace("Firenze, 11 giugno 2025. ", ""), encoding="utf-8")
    assert only(read_file(path, gazetteer), "Agreement")["date"] == "2025-06-12"


def test_a_table_in_word_is_read_row_by_row() -> None:
    text = read_document(docx("Le parti", table=[["Toscana", "Giani"], ["Umbria", "Proietti"]]), "a.docx").text
    assert text.split("\n\n") == ["Le parti", "Toscana | Giani", "Umbria | Proietti"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_texts_of_every_usual_encoding_are_read(encoding: str) -> None:
    text = "Il Québec e l’Île-de-France: «è così» – 5 €."
    assert read_document(text.encode(encoding), "a.txt").text == text


def test_a_page_may_name_its_encoding() -> None:
    page = '<html><head><meta charset="iso-8859-15"></head><body><p>Région: la Rhône-Alpes et la Wallonie signent à Liège.</p></body></html>'
    assert "Liège" in read_document(page.encode("iso-8859-15"), "a.html").text


def test_mixed_encodings_are_named_with_their_line() -> None:
    with pytest.raises(BadFile, match=r"a\.txt, line 2: the byte 0xe9 is no UTF-8\. Save the text as UTF-8"):
        read_document("Québec\n".encode() + "Liège é".encode("latin-1").replace("è".encode("latin-1"), b"e"), "a.txt")
    with pytest.raises(BadFile, match="no UTF-8"):
        read_document("Łódź i Śląsk".encode("windows-1250"), "a.txt")
    with pytest.raises(BadFile, match="says that it is utf-16"):
        read_document(b"\xff\xfeabc", "a.txt")


def test_pages_that_refer_to_entities_and_addresses_stay_text() -> None:
    page = ('<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "http://example.org/">]>'
            "<html><body><p>La Toscana saluta &x; l'Umbria &y; a Firenze, con molti altri.</p></body></html>")
    text = read_document(page.encode(), "a.html").text
    assert "Toscana" in text
    assert "root:" not in text
    assert read_document(b"http://example.org/page.html", "a.html").text == "http://example.org/page.html"


def test_what_is_no_text_is_named_with_the_remedy(tmp_path: Path) -> None:
    for content, what in ((b"\xd0\xcf\x11\xe0 old", "old Word file"), (b"{\\rtf1 x}", "rich text"), (b"\x89PNG..", "a picture"), (b"ab\x00\x01", "no text"),
                          (b'<?xml version="1.0"?><rss><channel/></rss>', "XML that is no page")):
        with pytest.raises(BadFile, match=f"a: it is .*{what}.*Save it as"):
            read_document(content, "a")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("content.xml", "<a/>")
    with pytest.raises(BadFile, match="archive or another office file"):
        read_document(archive.getvalue(), "release.docx")


def test_pdfs_without_text_locked_or_damaged(tmp_path: Path) -> None:
    for content, what in ((blank_pdf(), "holds pictures and no text"), (locked(pdf(RELEASE, tmp_path)), "is locked"), (b"%PDF-1.7\nnothing", "is damaged")):
        with pytest.raises(BadFile, match=what):
            read_document(content, "a.pdf")


def test_word_files_without_text_or_damaged() -> None:
    good = docx("La Toscana saluta.")
    with pytest.raises(BadFile, match="holds no text"):
        read_document(docx(), "a.docx")
    with pytest.raises(BadFile, match="is damaged"):
        read_document(good[:-200], "a.docx")
    with pytest.raises(BadFile, match="is damaged"):
        read_document(repacked(good, "word/document.xml", lambda xml: xml[:300]), "a.docx")


def test_word_files_with_entities_are_refused() -> None:
    bomb = repacked(docx("La Toscana saluta."), "word/document.xml",
                    lambda xml: xml.replace(b"<w:document", b'<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document', 1))
    with pytest.raises(BadFile, match="brings XML entities"):
        read_document(bomb, "a.docx")


def test_sizes_are_judged_before_anything_is_unpacked(tmp_path: Path) -> None:
    bomb = repacked(docx("La Toscana saluta."), "word/styles.xml", lambda _: b" " * (LARGEST_UNPACKED + 1))
    assert len(bomb) < 1_000_000
    with pytest.raises(BadFile, match="unpacks to more than 100 MB"):
        read_document(bomb, "a.docx")
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(2_000_000_000)
    with pytest.raises(BadFile, match=f"more than {LARGEST_FILE // 1_000_000} MB"):
        load_document(large)
    with pytest.raises(BadFile, match="more than 2 million characters"):
        read_document(b"a" * (LARGEST_TEXT + 1), "a.txt")


def test_empty_pages_say_so() -> None:
    with pytest.raises(BadFile, match="the page holds no text"):
        read_document(b"<html><head><title>x</title></head><body></body></html>", "a.html")
