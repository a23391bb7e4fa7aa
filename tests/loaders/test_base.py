"""A broken cell is named with file, line, column and remedy; a column that nobody reads is reported."""

import pytest

from graph.errors import BadFile
from loaders.base import Notes
from loaders.rows import read_table


def table(tmp_path, text, *, encoding="utf-8"):
    file = tmp_path / "things.csv"
    file.write_bytes(text.encode(encoding))
    return file


def test_rows_know_their_line_and_give_each_cell_once(tmp_path):
    notes = Notes()
    row, other = read_table(table(tmp_path, 'id,name\nx,"a\nb"\n\ny,c\n'), ["id"], notes)
    assert (row.place, other.place) == ("things.csv row 3", "things.csv row 5")
    assert row.take("name") == "a\nb"
    assert row.left() == ["id"]
    assert notes.rows["things.csv"] == 2


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path):
    (row,) = read_table(table(tmp_path, "id\nx\n", encoding="utf-8-sig"), ["id"], Notes())
    assert row.take("id") == "x"


@pytest.mark.parametrize(("text", "encoding", "words"), [
    ("id,name\nx,Łódź\n", "cp1250", "line 2.*UTF-8"),
    ("name\nx\n", "utf-8", "column id.*missing"),
    ("id,name\nx\n", "utf-8", "line 2.*1 cells instead of 2"),
    ('id,name\nx,"open\n', "utf-8", "line 2.*quotation mark"),
    ("", "utf-8", "column id.*missing"),
])
def test_a_table_that_cannot_be_read_is_named_with_place_and_remedy(tmp_path, text, encoding, words):
    with pytest.raises(BadFile, match=words):
        list(read_table(table(tmp_path, text, encoding=encoding), ["id"], Notes()))


def test_a_missing_file_is_one_sentence(tmp_path):
    with pytest.raises(BadFile, match=r"nothing\.csv: it cannot be read"):
        list(read_table(tmp_path / "nothing.csv", ["id"], Notes()))


@pytest.mark.parametrize(("method", "arguments", "cell", "words"), [
    ("date", (), "soon", "no date.*Write it as 2024"), ("date", (), "2024-13", "no date"), ("date", (), "09.10.2024", "no date"),
    ("need", (), "", "empty"), ("id", (), "two words", "no id"), ("id", ({"a": 1},), "b", "not known"),
    ("choice", (("yes", "no"),), "maybe", "yes, no"), ("number", (), "many", "no whole number"),
])
def test_a_cell_that_cannot_be_used_is_named(tmp_path, method, arguments, cell, words):
    (row,) = read_table(table(tmp_path, f'id,cell\nx,"{cell}"\n'), ["id"], Notes())
    with pytest.raises(BadFile, match=words) as caught:
        getattr(row, method)("cell", *arguments)
    assert (caught.value.line, caught.value.column) == (2, "cell")


def test_an_interval_of_dates_is_a_date(tmp_path):
    (row,) = read_table(table(tmp_path, "id,cell\nx,2024-11-07/2024-11-08\n"), ["id"], Notes())
    assert row.date("cell") == "2024-11-07/2024-11-08"
