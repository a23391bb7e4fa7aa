"""Read the sheets of an OpenDocument workbook as it states them: repeated cells, merged cells, typed values.

Read here because calamine does not tell which cells of an ODS file are merged, and builds repeated ones before it counts them.
"""

from collections.abc import Callable, Iterator
from itertools import repeat
from typing import BinaryIO
from xml.etree.ElementTree import Element

from graph.errors import BadFile
from loaders.table.archive import open_archive, open_part
from loaders.table.grid import MOST_COLUMNS, Number, Row, Sheet
from loaders.table.weighing import MOST_CELLS
from loaders.table.workbook import spread
from loaders.table.xml import attributes, local, walk

CONTENT = "content.xml"
CELLS = ("table-cell", "covered-table-cell")
VALUES = {"float": "value", "percentage": "value", "currency": "value", "date": "date-value", "boolean": "boolean-value", "time": "time-value"}
Merged = dict[int, list[tuple[int, int, int]]]


def read_ods(name: str, open_file: Callable[[], BinaryIO]) -> tuple[Sheet, ...]:
    """The sheets of an ODS workbook.

    Raises BadFile where it is damaged, locked or too large.
    """
    with open_file() as file, open_archive(file, name) as archive:
        if CONTENT not in archive.namelist():
            raise BadFile(file=name, problem="it is a damaged ODS workbook", remedy="Open it in your spreadsheet program and save it anew.")

    def content() -> BinaryIO:
        return open_part(open_file, CONTENT, name)

    with content() as file:
        names = [attributes(element).get("name", "") for event, element, path in walk(file, name)
                 if event == "start" and local(element.tag) == "table" and path[-1:] == ["spreadsheet"]]
    return tuple(Sheet(sheet, _reader(content, number, name)) for number, sheet in enumerate(names))


def _reader(content: Callable[[], BinaryIO], number: int, name: str) -> Callable[[], Iterator[Row]]:
    def rows() -> Iterator[Row]:
        merged: Merged = {}
        with content() as file:
            yield from spread(_numbered(_row_elements(file, number, name), merged, name), merged)

    return rows


def _row_elements(file: BinaryIO, number: int, name: str) -> Iterator[Element]:
    """The rows of one table, each whole; tables inside of its cells are none of its rows."""
    table = -1
    for event, element, path in walk(file, name, frozenset({"table-row"})):
        tag = local(element.tag)
        if event == "start" and tag == "table" and path[-1:] == ["spreadsheet"]:
            table += 1
        elif event == "end" and tag == "table-row" and table == number and "table-row" not in path:
            yield element
        if table > number:
            return


def _numbered(elements: Iterator[Element], merged: Merged, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Rows with their numbers; blank ones are given only where another follows, however often they are repeated."""
    number, waiting, done = 0, 0, 0
    for element in elements:
        times = _times(element, "number-rows-repeated")
        cells, spans = _cells(element, name)
        number += times
        if not any(cells):
            waiting += times
            continue
        done += (times + waiting) * len(cells)
        if done > MOST_CELLS:
            raise BadFile(file=name, line=number, problem=f"the sheet has more than {MOST_CELLS:,} cells",
                          remedy="Keep the rows that are needed, or save it as CSV.")
        yield from ((number - times - waiting + offset, ()) for offset in range(1, waiting + 1))
        waiting = 0
        for offset, row in enumerate(repeat(cells, times), start=1):
            here = number - times + offset
            merged[here] = [(here + height - 1, left, right) for height, left, right in spans]
            yield here, row


def _cells(row: Element, name: str) -> tuple[tuple[str, ...], list[tuple[int, int, int]]]:
    """The texts of a row without blanks at its end, and its merged cells: height, first and last column."""
    cells: list[str] = []
    spans: list[tuple[int, int, int]] = []
    blank = 0
    for element in row:
        if local(element.tag) not in CELLS:
            continue
        times, text = _times(element, "number-columns-repeated"), _text(element)
        if not text:
            blank += times
            continue
        if len(cells) + blank + times > MOST_COLUMNS:
            raise BadFile(file=name, problem=f"a row has more than {MOST_COLUMNS} cells", remedy="Keep the columns that are needed.")
        cells += [""] * blank
        height, width = _times(element, "number-rows-spanned"), _times(element, "number-columns-spanned")
        if height > 1 or width > 1:
            spans.append((height, len(cells), len(cells) + width - 1))
        cells += [text] * times
        blank = 0
    return tuple(cells), spans


def _times(element: Element, attribute: str) -> int:
    text = attributes(element).get(attribute, "1")
    return int(text) if text.isdigit() else 1


def _text(element: Element) -> str:
    """What a cell holds: its typed value, else its paragraphs; a date without its midnight."""
    given = attributes(element)
    held = given.get(VALUES.get(given.get("value-type", ""), ""), "")
    if held:
        kind = given["value-type"]
        return held.removesuffix("T00:00:00").replace("T", " ") if kind == "date" else Number(held) if VALUES[kind] == "value" else held
    return "\n".join(_paragraph(part) for part in element if local(part.tag) == "p").strip()


def _paragraph(part: Element) -> str:
    """The text of a paragraph; blanks and line breaks are elements of their own."""
    text = part.text or ""
    for inner in part:
        tag = local(inner.tag)
        text += {"s": " ", "tab": "\t", "line-break": "\n", "annotation": ""}.get(tag, "") or ("" if tag == "annotation" else _paragraph(inner))
        text += inner.tail or ""
    return text
