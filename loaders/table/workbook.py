"""Read the sheets of an Excel workbook: values as text, dates as dates, a merged cell's value in each of its cells."""

import datetime
import io
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

import python_calamine

from graph.errors import BadFile
from loaders.table.archive import open_archive
from loaders.table.grid import MOST_COLUMNS, Number, Row, Sheet
from loaders.table.weighing import check_workbook

Range = tuple[tuple[int, int], tuple[int, int]]


def read_xlsx(name: str, open_file: Callable[[], BinaryIO]) -> tuple[Sheet, ...]:
    """The sheets of an XLSX workbook that hold cells.

    Raises BadFile where it is damaged, locked, or too large.
    """
    with open_file() as file, open_archive(file, name) as archive:
        check_workbook(archive, name)
    try:
        with open_file() as file:
            book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(file.read()))
    except python_calamine.CalamineError as problem:
        raise damaged(name) from problem
    sheets = [data for data in book.sheets_metadata if data.typ == python_calamine.SheetTypeEnum.WorkSheet]
    return tuple(Sheet(data.name, _reader(book, data.name, name), hidden=data.visible != python_calamine.SheetVisibleEnum.Visible) for data in sheets)


def damaged(name: str) -> BadFile:
    """What is said of a workbook that cannot be understood."""
    return BadFile(file=name, problem="it is a damaged workbook, or one that is locked with a password",
                   remedy="Open it in your spreadsheet program and save it anew, without a password.")


def _reader(book: python_calamine.CalamineWorkbook, sheet: str, name: str) -> Callable[[], Iterator[Row]]:
    def rows() -> Iterator[Row]:
        try:
            found = book.get_sheet_by_name(sheet)
            if found.start is None:
                return
            merged = merged_cells(found.merged_cell_ranges or ())
            lines = found.to_python(skip_empty_area=False)
        except python_calamine.CalamineError as problem:
            raise damaged(name) from problem
        yield from spread(((number, tuple(map(cell_text, cells))) for number, cells in enumerate(lines, start=1)), merged)

    return rows


def merged_cells(ranges: Sequence[Range]) -> dict[int, list[tuple[int, int, int]]]:
    """Merged cells by their first row (from 1): the last row, the first and the last column."""
    found: dict[int, list[tuple[int, int, int]]] = {}
    for (top, left), (bottom, right) in ranges:
        found.setdefault(top + 1, []).append((bottom + 1, left, right))
    return found


def spread(rows: Iterator[tuple[int, tuple[str, ...]]], merged: dict[int, list[tuple[int, int, int]]]) -> Iterator[Row]:
    """Rows in which each merged cell's value stands in all of its cells."""
    open_cells: list[tuple[int, int, int, str]] = []
    for number, cells in rows:
        open_cells = [cell for cell in open_cells if cell[0] >= number]
        open_cells += [(last, left, right, cells[left]) for last, left, right in merged.get(number, ()) if left < len(cells) and cells[left]]
        if open_cells:
            filled = list(cells)
            for _, left, right, text in open_cells:
                filled += [""] * (min(right + 1, MOST_COLUMNS) - len(filled))
                filled[left:right + 1] = [text] * (min(right + 1, len(filled)) - left)
            cells = tuple(filled)
        yield Row(number, cells)


def cell_text(value: object) -> str:
    """A cell's value as text: dates in ISO form, numbers as Number, whole ones without a point."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float():
            return Number(int(value) if value.is_integer() and abs(value) <= 2**53 else value)
        case int():
            return Number(value)
        case datetime.datetime():
            return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ", timespec="minutes")
        case datetime.date() | datetime.time():
            return value.isoformat()
    return str(value)
