"""Read tables so that every broken cell is named and every column is used or reported."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from graph.errors import BadFile
from loaders.base import DATE, Notes

csv.field_size_limit(1_000_000)


class Row:
    """One row of a table: each column is taken once, and what is left at the end is reported."""

    def __init__(self, file: str, line: int, cells: dict[str, str]) -> None:
        self.file = file
        self.line = line
        self._cells = cells

    @property
    def place(self) -> str:
        """Where a statement from this row stands."""
        return f"{self.file} row {self.line}"

    def take(self, column: str) -> str:
        """The text of a cell, "" where it is empty."""
        return self._cells.pop(column).strip()

    def peek(self, column: str) -> str:
        """The text of a cell, left in place for who reads the row."""
        return self._cells[column].strip()

    def need(self, column: str) -> str:
        """The text of a cell that must not be empty."""
        return self.take(column) or self._refuse(column, "the cell is empty", "Fill it in, or delete the row.")

    def id(self, column: str, known: Mapping[str, object] | None = None, *, empty: bool = False) -> str:
        """An id, of those that are known where they are given."""
        value = self.take(column)
        if not value and empty:
            return ""
        if not value or "|" in value or any(c.isspace() for c in value):
            return self._refuse(column, f"“{value}” is no id", "Write it without blanks, as in the first column of its own file.")
        if known is not None and value not in known:
            return self._refuse(column, f"“{value}” is not known", "Correct it, or add it to the file that lists these ids.")
        return value

    def date(self, column: str) -> str:
        """A date or an interval from/until, as precise as stated, "" where it is empty."""
        value = self.take(column)
        if value and not all(DATE.fullmatch(part) for part in value.split("/", 1)):
            return self._refuse(column, f"“{value}” is no date", "Write it as 2024, 2024-10 or 2024-10-09.")
        return value

    def choice(self, column: str, allowed: Sequence[str], *, empty: bool = False) -> str:
        """One of some words."""
        value = self.take(column)
        if value not in allowed and not (empty and not value):
            return self._refuse(column, f"“{value}” is not allowed", f"Write one of {', '.join(allowed)}.")
        return value

    def number(self, column: str) -> int | str:
        """A whole number, "" where it is empty."""
        value = self.take(column)
        if value and not value.isdigit():
            return self._refuse(column, f"“{value}” is no whole number", "Write it in digits.")
        return int(value) if value else ""

    def drop(self, *columns: str) -> None:
        """Columns that say nothing of their own."""
        for column in columns:
            self._cells.pop(column)

    def left(self) -> list[str]:
        """Columns that nobody took."""
        return sorted(self._cells)

    def _refuse(self, column: str, problem: str, remedy: str) -> str:
        raise BadFile(file=self.file, line=self.line, column=column, problem=problem, remedy=remedy)


def rows_of(path: Path, columns: Sequence[str], notes: Notes) -> Iterator[Row]:
    """The rows of a CSV file, as `read_table` gives them; columns that nobody took are reported at the end."""
    left: dict[str, None] = {}
    for row in read_table(path, columns, notes):
        yield row
        left |= dict.fromkeys(row.left())
    notes.left_out += [f"{path.name}: nothing reads the column “{column}”" for column in left]


def report_left(file: str, rows: Sequence[Row], notes: Notes) -> None:
    """Note the columns of a table that nobody took."""
    left = {column for row in rows for column in row.left()}
    notes.left_out += [f"{file}: nothing reads the column “{column}”" for column in sorted(left)]


def read_table(path: Path, columns: Sequence[str], notes: Notes) -> Iterator[Row]:
    """The rows of a CSV file (UTF-8, with or without a byte order mark) that has these columns.

    Raises BadFile when it cannot be read, is badly encoded, or lacks a column or a cell.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise BadFile(file=path.name, problem=f"it cannot be read ({problem.strerror})", remedy=f"Put it into {path.parent}.") from problem
    except UnicodeDecodeError as problem:
        line = problem.object[:problem.start].count(b"\n") + 1
        raise BadFile(file=path.name, line=line, problem="it is not encoded in UTF-8",
                      remedy="Save it as “CSV UTF-8”.") from problem
    table = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = next(table, [])
        _check_header(path.name, header, columns)
        for cells in table:
            if not any(cells):
                continue
            yield _row(path.name, table.line_num, header, cells, notes)
    except csv.Error as problem:
        raise BadFile(file=path.name, line=table.line_num, problem=f"the row cannot be read ({problem})",
                      remedy="Look for a quotation mark that is not closed.") from problem


def _row(file: str, line: int, header: Sequence[str], cells: Sequence[str], notes: Notes) -> Row:
    if len(cells) != len(header):
        raise BadFile(file=file, line=line, problem=f"the row has {len(cells)} cells instead of {len(header)}",
                      remedy="Look for a comma that wants quotation marks.")
    notes.rows[file] += 1
    return Row(file, line, dict(zip(header, cells, strict=True)))


def _check_header(file: str, header: Sequence[str], columns: Sequence[str]) -> None:
    missing = [column for column in columns if column not in header]
    if missing:
        raise BadFile(file=file, line=1, column=missing[0], problem="the column is missing",
                      remedy=f"The first line must name {', '.join(columns)}.")
