"""A text file is read as it was meant: its encoding, what parts its cells, what quotation marks mean; a broken row is named and passed."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadFile
from loaders.table.encoding import code_page
from loaders.table.grid import make_table
from loaders.table.opening import TextForm
from tests.loaders.table.books import cells, opened

NAMES = "Région;Côte d’Azur\nÎle-de-France;Provence\nForlì;Città di Castello\nBaden-Württemberg;Thüringen\n"
POLISH = "Województwo;Stolica\nśląskie;Katowice\nŁódzkie;Łódź\nJihočeský kraj;České Budějovice\n"


@pytest.mark.parametrize(("text", "encoding"), [
    (NAMES, "utf-8"), (NAMES, "utf-8-sig"), (NAMES, "utf-16"), (NAMES, "utf-16-le"), (NAMES, "utf-16-be"), (NAMES, "utf-32"), (NAMES, "cp1252"),
    (POLISH, "utf-8"), (POLISH, "cp1250"), ("Община;Име\nПетрич;Зора\n", "cp1251"), ("Περιφέρεια;Όνομα\nΚρήτη;Νότιο\n", "cp1253"),
])
def test_the_encoding_is_found(text, encoding):
    assert cells(opened(text.encode(encoding))) == [line.split(";") for line in text.splitlines()]


@pytest.mark.parametrize(("word", "page"), [
    ("Québec", "cp1252"), ("España", "cp1252"), ("Forlì", "cp1252"), ("Curaçao", "cp1252"), ("São Paulo Camões", "cp1252"), ("1º 2ª Città", "cp1252"),
    ("l’Europe – «Quattro»", "cp1252"), ("Åland", "cp1252"), ("Łódź", "cp1250"), ("Příliš", "cp1250"), ("Győr", "cp1250"), ("Bucureşti", "cp1250"),
])
def test_a_single_word_tells_the_code_page(word, page):
    assert word.encode(page).decode(code_page(word.encode(page))) == word


def test_lines_in_another_encoding_are_read_and_said():
    content = "name;place\nMünchen;ok\n".encode() + "Köln;odd\n".encode("cp1252") + "Zürich;ok\n".encode()
    file = opened(content)
    assert cells(file)[1:] == [["München", "ok"], ["Köln", "odd"], ["Zürich", "ok"]]
    assert file.notes == ("1 lines are not in UTF-8 as the others are (the first is line 3); they were read as Windows-1252",)


def test_an_encoding_of_the_mapping_is_taken_and_named_when_wrong():
    assert cells(opened("naïve,b\n".encode("latin-1"), form=TextForm(encoding="latin-1"))) == [["naïve", "b"]]
    with pytest.raises(BadFile, match=r"table\.csv, line 2: a byte there is no UTF-8"):
        cells(opened(b"a,b\n\xff,b\n", form=TextForm(encoding="utf-8")))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_even_where_others_are_in_the_cells(delimiter):
    rows = [["name", "share", "note"], ["A", "1,5", "x; y"], ["B", "2,5", "p|q"], ["C", "3,25", "r, s"]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    assert cells(opened(text.getvalue())) == rows


def test_title_lines_do_not_hide_the_delimiter():
    text = "Members of the alliance, as of 2025\n\nRegion;Role\nBavaria;member\nTuscany;observer\nWales;member\n"
    assert cells(opened(text))[2:4] == [["Region", "Role"], ["Bavaria", "member"]]


def test_quotation_marks_that_are_part_of_names_stay():
    text = 'name\tcity\n"Zora-ES" EOOD\tSofia\nplain\t"Old" Town\n'
    assert cells(opened(text)) == [["name", "city"], ['"Zora-ES" EOOD', "Sofia"], ["plain", '"Old" Town']]


def test_a_row_that_cannot_be_parted_is_named_and_the_next_is_read():
    text = "a,b\n" + "1,2\n" * 400 + '"x"y,2\n3,4\n'
    *_, broken, last = opened(text).sheet().rows()
    assert (broken.number, broken.cells) == (402, ())
    assert "cannot be parted into cells" in str(broken.problem)
    assert last.cells == ("3", "4")


def test_a_quotation_mark_that_never_closes_is_one_sentence_with_its_line():
    text = "a,b\n" + "1,2\n" * 400 + '"open,2\n3,4\n'
    with pytest.raises(BadFile, match=r"table\.csv, line 402: a quotation mark that opens there is never closed\. Close it"):
        cells(opened(text))


def test_rows_are_numbered_by_the_line_on_which_they_begin():
    rows = list(opened('a,b\n"x\ny",1\n\n"z",2\n').sheet().rows())
    assert [row.number for row in rows if row.cells] == [1, 2, 5]
    assert rows[1].cells == ("x\ny", "1")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_may(end):
    assert [row for row in cells(opened(f"a,b{end}1,2{end}3,4{end}")) if row] == [["a", "b"], ["1", "2"], ["3", "4"]]


def test_equal_and_blank_columns_get_names_and_several_rows_make_one_header():
    file = opened("Period,,Region,Region\nfrom,to,,\n2014,2020,x,y\n")
    assert make_table(file, header=(1,)).columns == ("Period", "column B", "Region", "Region 2")
    table = make_table(file, header=(1, 2))
    assert table.columns == ("Period from", "to", "Region", "Region 2")
    assert [row.cells[0] for row in table.rows()] == ["2014"]
    assert make_table(file, header=()).columns == ("column A", "column B", "column C", "column D")


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)


@given(rows=st.lists(st.lists(TEXT, min_size=3, max_size=3), min_size=1, max_size=8), delimiter=st.sampled_from([",", ";", "\t", "|"]),
       encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_any_table_comes_back_as_it_was_written(rows, delimiter, encoding):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    assert cells(opened(text.getvalue().encode(encoding), form=TextForm(delimiter=delimiter, quotes=True, encoding=encoding))) == rows
