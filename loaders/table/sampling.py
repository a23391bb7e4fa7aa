"""Look at the beginning of a sheet as a person does: which row names the columns, what stands above, what the columns hold."""

import itertools
from collections import Counter
from dataclasses import dataclass

from loaders.table.cells import BLANK
from loaders.table.grid import Row, Sheet, TableFile, column_names

MOST_ROWS = 400
HEADER_WITHIN = 40
"""Rows in which a header is looked for."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its index, its different values with how often they stand, and the share of rows that are blank there."""

    name: str
    index: int
    values: Counter[str]
    blank: float

    @property
    def rows(self) -> int:
        """How many rows say something there."""
        return self.values.total()


@dataclass(frozen=True, slots=True)
class Sample:
    """The beginning of a sheet: the header's row (0 for none), the lines above it, the columns, and how many rows were looked at."""

    sheet: str
    header: int
    titles: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: int


def take_sample(file: TableFile, sheet: Sheet) -> Sample:
    """The first MOST_ROWS rows of a sheet."""
    rows = list(itertools.islice(sheet.rows(), MOST_ROWS))
    if sheet.columns:
        return _sample(sheet.name, 0, (), column_names(sheet.columns), rows)
    header = find_header(rows)
    above = [row for row in rows if row.number < header and not row.blank]
    titles = tuple(dict.fromkeys(" ".join(dict.fromkeys(filter(None, map(str.strip, row.cells)))) for row in above))
    cells = next((row.cells for row in rows if row.number == header), ("",) * max((len(row.cells) for row in rows), default=0))
    width = max((index + 1 for index, cell in enumerate(cells) if cell.strip()), default=len(cells))
    below = [row for row in rows if row.number > header]
    return _sample(sheet.name if len(file.sheets) > 1 else "", header, titles, column_names(cells[:width]), below)


def find_header(rows: list[Row]) -> int:
    """The number of the row that names the columns; 0 if none seems to.

    It is the first that is about as wide as the table, whose cells differ, and are words where the rows below have more than words.
    """
    filled = [row for row in rows if not row.blank and not row.problem]
    if not filled:
        return 0
    widths = Counter(_width(row) for row in filled)
    usual = max(widths, key=lambda width: (widths[width], width))
    for row in filled[:HEADER_WITHIN]:
        cells = [cell.strip() for cell in row.cells if cell.strip()]
        if len(set(cells)) < max(1, 0.6 * usual) or (usual > 1 and len(set(cells)) < 2):
            continue
        named = len(set(cells)) == len(cells) and not any(_is_number(cell) for cell in cells) and max(map(len, cells)) < 80
        return row.number if named and not _alike(row, filled) else 0
    return filled[0].number


def _width(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def _is_number(text: str) -> bool:
    return bool(text) and text.strip("+-−.,% \u00a0").replace(".", "").replace(",", "").isdigit()


def _alike(first: Row, rows: list[Row]) -> bool:
    """Whether the first row looks as those below do: identifiers in the same form, or texts that come again."""
    below = [row for row in rows if row.number > first.number][:50]
    for index, cell in enumerate(first.cells):
        others = [row.cells[index].strip() for row in below if index < len(row.cells)]
        shape = _shape(cell)
        if any(c.isdigit() for c in cell) and len(others) >= 3 and all(_shape(other) == shape for other in others):
            return True
    return False


def _shape(text: str) -> str:
    """A text with digits as 0: "Q1081" and "Q22" are alike."""
    plain = "".join("0" if c.isdigit() else c for c in text.strip())
    while "00" in plain:
        plain = plain.replace("00", "0")
    return plain


def _sample(sheet: str, header: int, titles: tuple[str, ...], names: tuple[str, ...], rows: list[Row]) -> Sample:
    filled = [row for row in rows if not row.blank]
    columns = []
    for index, name in enumerate(names):
        texts = [" ".join(row.cells[index].split()) if index < len(row.cells) else "" for row in filled]
        said = Counter(text for text in texts if text and text.casefold() not in BLANK)
        columns.append(Column(name, index, said, 1 - said.total() / len(filled) if filled else 1.0))
    return Sample(sheet, header, titles, tuple(columns), len(filled))
