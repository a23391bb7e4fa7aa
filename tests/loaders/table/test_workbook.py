"""A workbook is read as a person sees it: typed values, dates, merged cells, repeated cells, several sheets."""

import datetime

import openpyxl
import pytest

from graph.errors import BadFile
from loaders.table.grid import make_table
from tests.loaders.table.books import cell, cells, line, ods, opened, saved, xlsx

DAY = datetime.date(2019, 4, 9)
ROWS = [("Members of the alliance", None, None), (None, None, None), ("Region", "Role", "Since"), ("Bavaria", "member", DAY), (None, "observer", DAY)]


def test_an_excel_workbook_with_title_merged_cells_and_dates():
    file = opened(xlsx(ROWS, merged=["A1:C1", "A4:A5"]), "members.xlsx")
    assert file.form == "XLSX"
    assert cells(file) == [["Members of the alliance"] * 3, [""] * 3, ["Region", "Role", "Since"], ["Bavaria", "member", "2019-04-09"],
                           ["Bavaria", "observer", "2019-04-09"]]


def test_numbers_times_and_truth_values_are_plain_text():
    row = (1, 1.5, 12345678901, 1e15, True, datetime.datetime(2020, 1, 1, 13, 5), datetime.time(10, 3), "=x", 45000)  # noqa: DTZ001  # cells have no zone
    book = openpyxl.Workbook()
    book.active.append(row)
    book.active["H1"].data_type = "s"
    assert cells(opened(saved(book), "a.xlsx")) == [["1", "1.5", "12345678901", "1000000000000000", "true", "2020-01-01 13:05", "10:03:00", "=x", "45000"]]


def test_a_formula_gives_what_was_computed_and_is_never_run():
    book = openpyxl.Workbook()
    book.active.append(["a", "=1+1"])
    assert cells(opened(saved(book), "a.xlsx")) == [["a"]]


def test_rows_and_columns_keep_their_places_where_the_table_begins_further_down():
    book = openpyxl.Workbook()
    book.active["C5"], book.active["D5"], book.active["C6"] = "Region", "Role", "Bavaria"
    table = make_table(opened(saved(book), "a.xlsx"), header=(5,))
    assert table.columns == ("column A", "column B", "Region", "Role")
    (row,) = table.rows()
    assert (row.number, table.place(row.number, 2)) == (6, "row 6 column C")


def test_sheets_are_named_and_hidden_ones_are_not_the_first():
    book = openpyxl.Workbook()
    book.active.title, book.active.sheet_state = "Notes", "hidden"
    book.active.append(["draft"])
    book.create_sheet("Members").append(["Region"])
    file = opened(saved(book), "a.xlsx")
    assert [(sheet.name, sheet.hidden) for sheet in file.sheets] == [("Notes", True), ("Members", False)]
    assert cells(file) == [["Region"]]
    assert make_table(file, "Notes").place(3) == "sheet Notes row 3"
    with pytest.raises(BadFile, match=r"it has no sheet “Member”\. It has “Notes”, “Members”"):
        file.sheet("Member")


def test_an_opendocument_workbook_with_repeated_merged_and_typed_cells():
    title = cell("Members of the alliance", 'table:number-columns-spanned="3" table:number-rows-spanned="2"')
    covered = '<table:covered-table-cell table:number-columns-repeated="{}"/>'
    date = '<table:table-cell office:value-type="date" office:date-value="2019-04-09T00:00:00"><text:p>09.04.19</text:p></table:table-cell>'
    share = '<table:table-cell office:value-type="float" office:value="1.5"><text:p>1,5</text:p></table:table-cell>'
    blank = '<table:table-cell table:number-columns-repeated="16380"/>'
    file = opened(ods(
        line(title, covered.format(2)), line(covered.format(3)), line("Region", "Since", "Share", blank),
        line(cell("Bavaria", 'table:number-rows-spanned="2"'), date, share, blank), line("<table:covered-table-cell/>", cell("2020", 'table:number-columns-repeated="2"')),
        line(blank, attributes='table:number-rows-repeated="3"'), line("two\nlines", attributes='table:number-rows-repeated="2"'),
        line(blank, attributes='table:number-rows-repeated="1048000"')), "members.ods")
    assert file.form == "ODS"
    assert [row.number for row in file.sheet().rows()] == list(range(1, 11))
    assert cells(file) == [["Members of the alliance"] * 3, ["Members of the alliance"] * 3, ["Region", "Since", "Share"], ["Bavaria", "2019-04-09", "1.5"],
                           ["Bavaria", "2020", "2020"], [], [], [], ["two\nlines"], ["two\nlines"]]


def test_the_second_sheet_of_an_opendocument_workbook():
    more = f'<table:table table:name="More">{line("b", "c")}</table:table>'
    file = opened(ods(line("a"), more=more), "a.ods")
    assert [sheet.name for sheet in file.sheets] == ["Members", "More"]
    assert cells(file, "More") == [["b", "c"]]
