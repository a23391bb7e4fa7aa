"""Tables: what a person reads, in files that no spreadsheet takes for a program."""

import csv
import datetime
import io
import json
import xml.etree.ElementTree as ET
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Edge, Node, Path
from graph.render.tables import to_csv, to_json, to_xlsx

NODE = Node("norland", "Region", {"name": "Norland", "aliases": ("N.", "Nord")})
EDGE = Edge("e1", "TWINNED_WITH", "norland", "sudmark", {"since": "2001-01-01"})


def read(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_a_table_reads_as_it_was_meant():
    rows = [[NODE, 3, 2.5, None, True, [NODE, "x"]], [EDGE, -4, 1e16, {"a": 1}, False, Path(("a", "b"), (EDGE,))]]
    assert read(to_csv(["region", "n", "f", "none", "yes", "list"], rows)) == [
        ["region", "n", "f", "none", "yes", "list"],
        ["Norland", "3", "2.5", "", "true", "Norland; x"],
        ["norland TWINNED_WITH sudmark", "-4", "1e+16", '{"a": 1}', "false", "a – b"]]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "=cmd|' /C calc'!A0"])
def test_a_cell_is_never_a_formula(text):
    assert read(to_csv([text], [[text], [[text]]]))[1][0].startswith("'")
    assert read(to_csv([text], []))[0][0].startswith("'")


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n")), min_size=2, max_size=2), max_size=5))
def test_no_text_loses_its_place(rows):
    back = read(to_csv(["a", "b"], rows))[1:]
    assert [[cell.removeprefix("'") for cell in row] for row in back] == [[cell.removeprefix("'") for cell in row] for row in rows]


def test_excel_knows_the_encoding():
    assert to_csv(["a"], [["Łódź"]]).startswith(b"\xef\xbb\xbf")


def test_json_keeps_nodes_edges_and_dates():
    table = json.loads(to_json(["a"], [[NODE], [EDGE], [datetime.date(2024, 5, 6)], [None]], truncated=False))
    assert table["columns"] == ["a"]
    assert table["truncated"] is False
    assert table["rows"] == [[{"id": "norland", "kind": "Region", "name": "Norland", "aliases": ["N.", "Nord"]}],
                             [{"id": "e1", "kind": "TWINNED_WITH", "from": "norland", "to": "sudmark", "since": "2001-01-01"}],
                             ["2024-05-06"], [None]]


def test_a_workbook_holds_text_as_text_and_numbers_as_numbers():
    with zipfile.ZipFile(io.BytesIO(to_xlsx(["name", "n"], [["=1+1 <b>&", 42], ["a\x00b", float("nan")]]))) as workbook:
        assert workbook.testzip() is None
        for name in workbook.namelist():
            ET.fromstring(workbook.read(name))
        sheet = workbook.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert '<t xml:space="preserve">=1+1 &lt;b&gt;&amp;</t>' in sheet
    assert "<v>42</v>" in sheet
    assert ">ab<" in sheet
    assert ">nan<" in sheet
