"""Collect what is wrong with a table, row by row, so that a person can mend it: where, what, and what helps."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

MOST_KEPT = 500
"""Problems that are kept in words; the others are counted."""
OR = " or "
MOST_SUGGESTED = 100
"""Unknown names for which something like them is looked for: one look takes milliseconds."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell or a row, and what helps; `row` 0 where it is about the whole table."""

    sheet: str
    row: int
    column: str
    text: str

    def __str__(self) -> str:
        where = [f"sheet {self.sheet}"] if self.sheet else []
        where += [f"row {self.row}"] if self.row else []
        where += [f"column {self.column}"] if self.column else []
        return f"{', '.join(where)}: {self.text}" if where else self.text


@dataclass(slots=True)
class Problems:
    """What a reading found: rows read and left out, with the reasons; names that nothing has; what else a person should know."""

    rows: int = 0
    left_out: int = 0
    missed: int = 0
    problems: list[Problem] = field(default_factory=list)
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)
    unknown_at: list[Problem] = field(default_factory=list)
    loosely: dict[tuple[str, str], str] = field(default_factory=dict)
    untied: Counter[str] = field(default_factory=Counter)
    unread: dict[str, list[str]] = field(default_factory=dict)
    formulas: int = 0
    first_formula: Problem | None = None

    def leave_out(self, problem: Problem) -> None:
        """A row that states nothing, because of a problem."""
        self.left_out += 1
        if len(self.problems) < MOST_KEPT:
            self.problems.append(problem)

    def not_known(self, kinds: tuple[str, ...], text: str, problem: Problem) -> None:
        """A name that nothing has; the row goes in without it."""
        kind = OR.join(kinds)
        self.missed += 1
        self.unknown[kind, text] += 1
        if len(self.unknown_at) < MOST_KEPT:
            self.unknown_at.append(replace(problem, text=f"no {kind} is called “{text}”"))

    def formula(self, problem: Problem) -> None:
        """A cell that begins as a formula does; it is text."""
        self.formulas += 1
        self.first_formula = self.first_formula or problem

    def unknown_lines(self, suggest: Callable[[str, tuple[str, ...]], str]) -> list[str]:
        """The names that nothing has, the most frequent first, with what was perhaps meant."""
        lines = []
        for number, ((kind, text), count) in enumerate(self.unknown.most_common()):
            near = suggest(text, tuple(kind.split(OR))) if number < MOST_SUGGESTED else ""
            lines.append(f"No {kind} is called “{text}”" + (f" ({count:,} times)" if count > 1 else "") + (f"; did you mean {near}?" if near else ""))
        return lines

    @property
    def notes(self) -> list[str]:
        """What a person should know besides problems, in sentences."""
        found = [f"“{text}” was taken for {name}" for (_, text), name in self.loosely.items()]
        if self.first_formula:
            found.append(f"{self.formulas} cells begin with “=”; they were read as text and nothing was computed (the first: {self.first_formula})")
        found += [f"{sheet}: {count:,} rows state no tie" if sheet else f"{count:,} rows state no tie" for sheet, count in self.untied.items()]
        return found + [f"{sheet}: nothing reads the column “{column}”" if sheet else f"nothing reads the column “{column}”"
                        for sheet, columns in self.unread.items() for column in columns]
