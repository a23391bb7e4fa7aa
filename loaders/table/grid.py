"""Define what every file is once it is read: sheets of numbered rows of text cells, whatever program wrote them.

A graph file of another tool is two sheets, `nodes` and `edges`, so that one mapping serves all.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from graph.errors import BadFile
from loaders.table.told import Told

MOST_COLUMNS = 1_000


class Number(str):
    """A cell that the file itself holds as a number: its decimal sign is a point, whatever a mapping says of texts."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number in the file (from 1), its cells as text, and what is wrong with it as a whole."""

    number: int
    cells: tuple[str, ...]
    problem: Told | None = None

    @property
    def blank(self) -> bool:
        """Whether no cell says anything."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, a text file, or one part of a graph; each call of `rows` reads it anew.

    `columns` names the columns where the format does; else a row of the sheet names them.
    """

    name: str
    rows: Callable[[], Iterator[Row]]
    columns: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file as it was understood: what it is ("CSV", "GraphML" …), its sheets, and what a person should know of it."""

    name: str
    form: str
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()

    def sheet(self, name: str = "") -> Sheet:
        """The sheet with this name, the first that is not hidden without one.

        Raises BadFile if there is none.
        """
        if not name:
            return next((sheet for sheet in self.sheets if not sheet.hidden), self.sheets[0])
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        there = ", ".join(f"“{sheet.name}”" for sheet in self.sheets if sheet.name) or "one table only"
        raise BadFile(file=self.name, problem=f"it has no sheet “{name}”", remedy=f"It has {there}: correct the mapping.")


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet with named columns, ready to be mapped."""

    file: str
    sheet: str
    columns: tuple[str, ...]
    rows: Callable[[], Iterator[Row]] = field(compare=False)

    def place(self, row: int, column: int | None = None) -> str:
        """Where a statement stands, in words: "sheet Members row 12 column C"."""
        sheet = f"sheet {self.sheet} " if self.sheet else ""
        return f"{sheet}row {row}" + (f" column {letter(column)}" if column is not None else "")


def letter(index: int) -> str:
    """A column as spreadsheets call it: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def column_names(header: Sequence[str]) -> tuple[str, ...]:
    """Names of columns from the cells of a header: blank ones are called after their letter, equal ones are numbered."""
    names: list[str] = []
    taken: set[str] = set()
    for index, cell in enumerate(header):
        name = base = " ".join(cell.split()) or f"column {letter(index)}"
        number = 2
        while name in taken:
            name, number = f"{base} {number}", number + 1
        taken.add(name)
        names.append(name)
    return tuple(names)


def make_table(file: TableFile, sheet: str = "", header: Sequence[int] = (1,)) -> Table:
    """A sheet as a table whose columns are named by a row, by several that are joined, or (none) by their letters.

    Raises BadFile if the sheet or the header is not there, or it has more than MOST_COLUMNS columns.
    """
    found = file.sheet(sheet)
    if found.columns:
        return Table(file.name, found.name, column_names(found.columns), found.rows)
    names, last = _header_cells(found, header), max(header, default=0)
    if header and not any(names):
        raise BadFile(file=file.name, line=last, problem="no column is named there",
                      remedy="Name the row of the column titles: `header` in the mapping.")
    if len(names) > MOST_COLUMNS:
        raise BadFile(file=file.name, line=last, problem=f"the table has {len(names)} columns, more than {MOST_COLUMNS}",
                      remedy="Keep the columns that are needed.")

    def rows() -> Iterator[Row]:
        return (row for row in found.rows() if row.number > last)

    return Table(file.name, found.name if len(file.sheets) > 1 else "", column_names(names), rows)


def _header_cells(sheet: Sheet, header: Sequence[int]) -> list[str]:
    """The texts of the header's rows, joined column by column; without a header as many blanks as the first row has cells."""
    joined: list[str] = []
    for row in sheet.rows():
        if not header:
            return [""] * len(row.cells)
        if row.number in header:
            joined += [""] * (len(row.cells) - len(joined))
            for index, cell in enumerate(row.cells):
                if cell.strip() and cell.strip() not in joined[index].split("\n"):
                    joined[index] = f"{joined[index]}\n{cell.strip()}".strip()
        if row.number >= max(header):
            break
    while joined and not joined[-1]:
        joined.pop()
    return joined
