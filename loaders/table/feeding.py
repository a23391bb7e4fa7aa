"""Take from a row what a feed names: its texts, or its values as a property holds them, with the sentence where it cannot be."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from graph.errors import BadFile, BadValue
from graph.model import Value
from graph.search import fold
from graph.words import mark
from loaders.table import cells
from loaders.table.grid import Number, Table, letter
from loaders.table.mapping import ANY, Feed, TableMap
from loaders.table.told import Told, told

BRACES = re.compile(r"\{([^{}]+)\}")
MOST_REMEMBERED = 100_000
Cells = tuple[str, ...]
K = TypeVar("K")
T = TypeVar("T")


class Unusable(Exception):
    """A row that can state nothing: the column that is at fault and the sentence that says why. It never leaves this package."""

    def __init__(self, column: str, text: Told) -> None:
        super().__init__(str(text))
        self.column, self.text = column, text


class Columns:
    """The columns of a table by name, and those that something reads."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._index = {name: index for index, name in enumerate(table.columns)}
        self._folded = {fold(name): index for name, index in reversed(self._index.items())}
        self.read: set[int] = set()

    def find(self, name: str, line: int = 0) -> int:
        """The index of a column, whatever its case. Raises BadFile where it is missing."""
        index = self._index.get(name, self._folded.get(fold(name), -1))
        if index < 0:
            named = ", ".join(f"“{column}”" for column in self._table.columns[:30])
            where = f" (line {line} of the mapping)" if line else ""
            raise BadFile(file=self._table.file, column=name, problem=f"the column is missing{where}", remedy=f"The table has {named}.")
        self.read.add(index)
        return index

    def label(self, index: int) -> str:
        """A column as a person finds it: its letter and its name."""
        return f"{letter(index)} ({self._table.columns[index]})"

    def unread(self) -> list[str]:
        """The named columns that nothing reads."""
        return [name for index, name in enumerate(self._table.columns) if index not in self.read and name != f"column {letter(index)}"]


class Feeder:
    """A feed, bound to the columns of a table and to what its property holds; `find` gives the id that a text means, "" if none."""

    def __init__(self, feed: Feed, name: str, columns: Columns, table: TableMap, holds: str, find: Callable[[str, str], str]) -> None:
        self._feed, self._name, self._holds = feed, name, holds
        self._find = find if feed.find else None
        blank = feed.blank if feed.blank is not None else table.blank
        self._blank = cells.BLANK if blank is None else frozenset(word.casefold() for word in blank)
        self._decimal = feed.decimal or table.decimal
        self._words = {fold(word): meaning for word, meaning in feed.words.items()}
        self.index = columns.find(feed.column, feed.line) if feed.column else None
        self.label = columns.label(self.index) if self.index is not None else name
        self._parts = [(text, columns.find(column, feed.line) if column else None) for text, column in _template(feed.text)]
        self.reads = tuple(index for index in (self.index, *(index for _, index in self._parts)) if index is not None)
        self._values: dict[tuple[str, str], tuple[Value, ...]] = {}
        self._texts: dict[str, tuple[str, ...]] = {}

    def texts(self, row: Cells) -> tuple[str, ...]:
        """What the row says there, each text with the meaning that the mapping gives it."""
        cell = self._cell(row)
        found = self._texts.get(cell)
        if found is None:
            parts = cells.texts(cell, self._feed.split, self._blank) if self.index is not None else cells.texts(cell, self._feed.split, ())
            found = tuple(filter(None, (self._words.get(fold(part), part) for part in parts))) if self._words else parts
            remember(self._texts, cell, found)
        return found

    def values(self, row: Cells) -> tuple[Value, ...]:
        """The same as its property holds it. Raises Unusable."""
        cell = self._cell(row)
        decimal = "." if isinstance(cell, Number) else self._decimal
        found = self._values.get((cell, decimal))
        if found is None:
            found = tuple(value for text in self.texts(row) if (value := self._read(text, decimal)) != "")
            remember(self._values, (cell, decimal), found)
        return found

    def _read(self, text: str, decimal: str) -> Value:
        if self._find:
            return self._find(self._feed.find, text)
        try:
            return cells.read_value(text, self._holds, name=self._name, date=self._feed.date, part=self._feed.part, decimal=decimal)
        except BadValue as problem:
            raise Unusable(self.label, told(mark("“{text}” cannot be used. {remedy}"), text=text, remedy=problem.context["remedy"])) from problem

    def _cell(self, row: Cells) -> str:
        if self.index is not None:
            return row[self.index] if self.index < len(row) else ""
        if not self._parts:
            return self._feed.constant
        pieces = [text if index is None else (row[index].strip() if index < len(row) else "") for text, index in self._parts]
        return "" if any(piece == "" or (index is not None and piece.casefold() in self._blank)
                         for piece, (_, index) in zip(pieces, self._parts, strict=True)) else "".join(pieces)


class Where:
    """The conditions under which something of a row counts: "*" is anything, "" is nothing."""

    def __init__(self, where: Mapping[str, Collection[str]], columns: Columns, blank: Collection[str] | None) -> None:
        self._blank = cells.BLANK if blank is None else frozenset(word.casefold() for word in blank)
        self._conditions = [(columns.find(column), ANY in texts, {fold(text) for text in texts}) for column, texts in where.items()]

    @property
    def reads(self) -> tuple[int, ...]:
        """The columns that the conditions are about."""
        return tuple(index for index, _, _ in self._conditions)

    def holds(self, row: Cells) -> bool:
        """Whether all conditions are met."""
        for index, anything, allowed in self._conditions:
            text = row[index].strip() if index < len(row) else ""
            said = "" if text.casefold() in self._blank else fold(text) or text
            if not (said if anything else said in allowed):
                return False
        return True


def _template(text: str) -> list[tuple[str, str]]:
    """A text with columns in braces, in pieces: ("PIC ", ""), ("", "pic")."""
    pieces, at = [], 0
    for found in BRACES.finditer(text):
        pieces += [(text[at:found.start()], "")] if found.start() > at else []
        pieces.append(("", found[1]))
        at = found.end()
    return [*pieces, (text[at:], "")] if text[at:] else pieces


def part_of(row: Cells, columns: tuple[int, ...]) -> Cells:
    """The cells of some columns, "" where a short row has none."""
    try:
        return tuple([row[index] for index in columns])
    except IndexError:
        return tuple([row[index] if index < len(row) else "" for index in columns])


def remember(known: dict[K, T], key: K, value: T) -> None:
    """Keep what was found out, for a while: forgetting costs time and nothing else."""
    if len(known) >= MOST_REMEMBERED:
        known.clear()
    known[key] = value
