"""Read CSV, TSV and their like: find what parts the cells and whether quotation marks mean anything, then read row by row.

A row that breaks the rules is handed on with its problem; only a quotation mark that never closes stops the file.
"""

import csv
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from graph.errors import BadFile
from graph.words import mark
from loaders.table.encoding import Encoding, find_encoding, read_lines
from loaders.table.grid import Row, Sheet
from loaders.table.told import told

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_LINES = 300


@dataclass(frozen=True, slots=True)
class Dialect:
    """What parts the cells, and whether quotation marks around a cell are no part of it."""

    delimiter: str
    quoted: bool = True

    @property
    def reader(self) -> dict[str, Any]:
        """As the csv module wants it."""
        return {"delimiter": self.delimiter, "strict": True, "quoting": csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE}


def read_text_sheet(name: str, open_file: Callable[[], BinaryIO], sheet: str = "", *, delimiter: str = "", quoted: bool | None = None,
                    encoding: str = "") -> tuple[Sheet, Dialect, Encoding]:
    """A text file as a sheet; what is not said is found out from its content.

    Raises BadFile where it is no text.
    """
    coded = Encoding(encoding) if encoding else find_encoding(open_file, name)
    with open_file() as file:
        sample = list(itertools.islice(read_lines(file, coded, name), SAMPLE_LINES))
    found = find_dialect(sample, (delimiter,) if delimiter else DELIMITERS, (quoted,) if quoted is not None else (True, False))

    def rows() -> Iterator[Row]:
        with open_file() as file:
            yield from _rows(read_lines(file, coded, name), found, name)

    return Sheet(sheet, rows), found, coded


def find_dialect(lines: list[str], delimiters: tuple[str, ...] = DELIMITERS, quotes: tuple[bool, ...] = (True, False)) -> Dialect:
    """The way of parting cells under which most rows have as many, with the fewest broken ones; a comma where nothing parts them."""
    best, most = Dialect(delimiters[0], quotes[0]), (0.0, 0.0, 0.0)
    for quoted in quotes:
        for delimiter in delimiters:
            dialect = Dialect(delimiter, quoted)
            widths, broken = _widths(lines, dialect)
            width, count = widths.most_common(1)[0] if widths else (1, 0)
            if width < 2 or not count:
                continue
            score = (count / (sum(widths.values()) + broken), -float(broken), float(width))
            if score > most:
                best, most = dialect, score
    return best


def _widths(lines: list[str], dialect: Dialect) -> tuple[Counter[int], int]:
    """How many rows have how many cells, and how many are broken."""
    widths: Counter[int] = Counter()
    broken = 0
    reader = csv.reader(lines, **dialect.reader)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return widths, broken
        except csv.Error:
            broken += 1
        else:
            widths[len(cells)] += any(cells)


def _rows(lines: Iterator[str], dialect: Dialect, name: str) -> Iterator[Row]:
    reader = csv.reader(lines, **dialect.reader)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            if "unexpected end" in str(problem) or "field limit" in str(problem):
                raise BadFile(file=name, line=start, problem="a quotation mark that opens there is never closed",
                              remedy="Close it, or say `quotes: false` in the mapping if they are part of the text.") from problem
            yield Row(start, (), told(mark("the row cannot be parted into cells ({problem})"), problem=problem))
        else:
            yield Row(start, tuple(cells))
