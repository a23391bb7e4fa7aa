"""Tables: what a person reads, in files that no spreadsheet takes for a program."""

import csv
import datetime
import io
import json

import openpyxl
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


def sheet_of(columns, rows):
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(columns, rows)))["Ponte"]
    return [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()]


def test_a_workbook_holds_text_as_text_and_numbers_as_numbers():
    assert sheet_of(["name", "n"], [["=1+1 <b>&", 42], ["a\x00b", float("nan")], ["https://example.org", 1.5]])[1:] == [
        [("=1+1 <b>&", "s"), (42, "n")], [("ab", "s"), ("nan", "s")], [("https://example.org", "s"), (1.5, "n")]]


def test_the_same_rows_make_the_same_workbook():
    assert to_xlsx(["a"], [["x"]]) == to_xlsx(["a"], [["x"]])


def test_what_a_cell_of_a_workbook_cannot_hold_is_cut_and_says_so():
    [_, [(whole, _)], [(cut, _)]] = sheet_of(["a"], [["x" * 32_767], ["x" * 40_000]])
    assert whole == "x" * 32_767
    assert len(cut) == 32_767
    assert cut.endswith("x … [32,767 / 40,000]")


def test_what_is_no_number_does_not_break_json():
    text = to_json(["a"], [[float("nan")], [[float("inf")]]])
    assert json.loads(text, parse_constant=pytest.fail)["rows"] == [["nan"], [["inf"]]]


def test_a_property_does_not_take_the_place_of_a_kind():
    agreement = Node("pact", "Agreement", {"name": "Pact", "kind": "MoU"})
    assert json.loads(to_json(["a"], [[agreement]]))["rows"] == [[{"id": "pact", "kind": "Agreement", "name": "Pact", "kind_": "MoU"}]]
