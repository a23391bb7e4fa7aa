"""What is no table, damaged, dangerous or too large is refused in one sentence, before it can do harm."""

import gzip
import io
import tracemalloc
import zipfile

import openpyxl
import pytest

from graph.errors import BadFile
from loaders.table import archive as limits
from loaders.table.opening import Given, open_tables
from tests.loaders.table.books import archive, cell, cells, line, ods, opened, saved, xlsx

ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
GRAPHML = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed">{}</graph></graphml>'


def read_all(content, name):
    return [row for sheet in opened(content, name).sheets for row in sheet.rows()]


def refused(content, name, words):
    with pytest.raises(BadFile, match=words) as caught:
        read_all(content, name)
    assert str(caught.value).count(". ") <= 2
    return caught.value


@pytest.mark.parametrize(("content", "name", "words"), [
    (b"", "a.csv", "it is empty"), (b"  \n \n", "a.csv", "it is empty"),
    (b"%PDF-1.7 ...", "table.csv", r"table\.csv: it is a PDF, no table\. Save the table as CSV or XLSX"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "a.xlsx", "an old Excel file"),
    (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "a.csv", "a picture"), (b"\x7fELF" + bytes(range(256)) * 9, "a.csv", "no text and no table"),
    (b"<!DOCTYPE html><html><table></table></html>", "export.xls", "a web page"), (b"<?xml version='1.0'?><rss/>", "a.graphml", "neither GraphML nor GEXF"),
    (b'{"type": "FeatureCollection"}', "a.json", "no lists of “nodes” and “links”"), (b'{"nodes": [', "a.json", "line 1: it is no well-formed JSON"),
    (b"[" * 200_000, "a.json", "no well-formed JSON"), (archive({"word/document.xml": "<x/>"}), "a.xlsx", r"a text document \(DOCX\)"),
    (archive({"readme.md": "x"}), "a.zip", "a ZIP archive without a table"), (b"PK\x03\x04 not really", "a.xlsx", "damaged ZIP archive"),
    (gzip.compress(b"a,b\n" * 5000)[:60], "a.csv.gz", "damaged"), (archive({"xl/workbook.xml": "<x/>", "[Content_Types].xml": "<x/>"}), "a.xlsx", "damaged workbook"),
    (archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "a.ods", "damaged ODS"),
])
def test_what_is_no_table_is_told_by_its_content(content, name, words):
    refused(content, name, words)


def test_a_wrong_extension_does_no_harm():
    assert cells(opened(xlsx([("a", "b")]), "table.csv")) == [["a", "b"]]
    assert cells(opened("a;b\n1;2\n", "table.xlsx")) == [["a", "b"], ["1", "2"]]


def test_two_gigabytes_are_refused_by_their_size_before_they_are_opened():
    def untouched():
        raise AssertionError("it was opened")

    for size, words in ((2_000_000_000, "2,000 MB, more than the 500 MB"), (501_000_000, "501 MB")):
        with pytest.raises(BadFile, match=words):
            open_tables([Given("big.csv", size, untouched)])


def test_a_packed_file_may_be_smaller_only():
    with pytest.raises(BadFile, match="150 MB, more than the 100 MB"):
        open_tables([Given("big.xlsx", 150_000_000, lambda: io.BytesIO(archive({"xl/workbook.xml": ""})))])


def bomb(name, megabytes=600):
    """An archive whose one part unpacks to zeros."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file, file.open(name, "w") as part:
        for _ in range(megabytes):
            part.write(b" " * 1_000_000)
    return out.getvalue()


def test_a_zip_bomb_is_not_unpacked():
    content = bomb("xl/workbook.xml")
    assert len(content) < 1_000_000
    tracemalloc.start()
    refused(content, "bomb.xlsx", "unpacked it is larger than 500 MB, so it was not read")
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_an_archive_that_lies_about_its_size_is_stopped(monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_UNPACKED", 5_000_000)
    honest = archive({"a.csv": b"a,b\n" * 3_000_000})
    at = honest.rfind(b"PK\x01\x02") + 24
    lying = honest[:at] + (1000).to_bytes(4, "little") + honest[at + 4:]
    refused(lying, "lying.zip", "larger than|damaged")


def test_a_gzip_bomb_is_stopped_while_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_UNPACKED", 2_000_000)
    refused(gzip.compress(b"a,b\n" * 1_000_000), "bomb.csv.gz", "larger than 2 MB")


def test_a_cell_far_below_does_not_fill_the_memory():
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.active["XFD1048576"] = "y"
    refused(saved(book), "far.xlsx", "reaches to row 1,048,576 and column 16,384")


def changed(content, part, old, new):
    """A workbook in which one part says something else, or is added."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    assert old in parts.get(part, b"")
    return archive({**parts, part: parts.get(part, b"").replace(old, new)})


@pytest.mark.parametrize("cells_text", [b'<x:c r="A9000000"><x:v>1</x:v></x:c>', b"<c r='XFD999999' t='s'><v>0</v></c>", b"<c\nr=\"XFD900000\"/>"])
def test_far_cells_are_seen_however_they_are_written(cells_text):
    refused(changed(xlsx([("a", "b")]), "xl/worksheets/sheet1.xml", b"</sheetData>", b"<row r=\"2\">" + cells_text * 2 + b"</row></sheetData>"),
            "far.xlsx", "reaches to row|damaged")


def test_one_long_text_named_by_many_cells_is_weighed_as_often():
    rows = b"".join(b'<row r="%d">%s</row>' % (n, b'<c t="s"><v>0</v></c>' * 100) for n in range(2, 400))
    content = changed(xlsx([("a", "b")]), "xl/worksheets/sheet1.xml", b"</sheetData>", rows + b"</sheetData>")
    shared = b"<sst><si><t>" + b"x" * 32_000 + b"</t></si></sst>"
    refused(changed(content, "xl/sharedStrings.xml", b"", shared), "long.xlsx", "unpacked it is larger")


@pytest.mark.parametrize("attributes", ['table:number-columns-repeated="16000"', 'table:number-columns-repeated="99999999999"'])
def test_repeated_cells_of_an_ods_are_counted_before_they_are_built(attributes):
    refused(ods(line(cell("x", attributes), attributes='table:number-rows-repeated="1000000"')), "a.ods", "more than 1000 cells")
    refused(ods(line("x", attributes='table:number-rows-repeated="99999999999"')), "a.ods", "more than 5,000,000 cells")


@pytest.mark.parametrize(("content", "name"), [
    (ods(line("&e;".replace("&", "&")), head=ENTITY), "a.ods"),
    ((f'<?xml version="1.0"?>{ENTITY}' + GRAPHML.format('<node id="&e;"/>')).encode(), "a.graphml"),
    (b'<?xml version="1.0"?><!DOCTYPE gexf [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><gexf version="1.3"><graph><nodes><node id="&b;"/></nodes></graph></gexf>', "a.gexf"),
    (changed(xlsx([("a", "b")]), "xl/worksheets/sheet1.xml", b"<worksheet", ENTITY.encode() + b"<worksheet"), "a.xlsx"),
])
def test_external_entities_and_entity_bombs_are_never_read(content, name):
    refused(content, name, "declares (a document type or )?entities, which are never read")


def test_broken_xml_is_named_with_its_line():
    refused(GRAPHML.format("\n<node id='a'>\n<edge>").encode(), "a.graphml", r"a\.graphml, line 3: it is no well-formed XML")


def test_xml_nested_without_end_is_stopped():
    refused(GRAPHML.format('<node id="a"><graph>' * 300).encode(), "a.graphml", "nested more than 200 deep")


def test_a_missing_file_is_one_sentence(tmp_path):
    with pytest.raises(BadFile, match=r"nothing\.csv: it cannot be read \(No such file"):
        Given.path(tmp_path / "nothing.csv")
