"""Collect what is wrong with a table, row by row, so that a person can mend it: where, what, and what helps."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from graph.words import mark, translate
from loaders.table.told import OR, Told, kinds_said, told

MOST_KEPT = 500
"""Problems that are kept in words; the others are counted."""
NOTHING = Told("")
MOST_SUGGESTED = 100
"""Unknown names for which something like them is looked for: one look takes milliseconds."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell or a row, and what helps; `row` 0 where it is about the whole table."""

    sheet: str
    row: int
    column: str
    text: Told = NOTHING

    def place(self, language: str = "en") -> str:
        """Where it is, in words; "" where it is the whole table."""
        where = [translate("sheet {name}", language, name=self.sheet)] if self.sheet else []
        where += [translate("row {number}", language, number=self.row)] if self.row else []
        return ", ".join([*where, *([translate("column {name}", language, name=self.column)] if self.column else [])])

    def said(self, language: str) -> str:
        """Place and problem in a language."""
        return ": ".join(filter(None, (self.place(language), self.text.said(language))))

    def __str__(self) -> str:
        return self.said("en")


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
            self.unknown_at.append(replace(problem, text=told(mark("no {kind} is called “{name}”"), kind=kind, name=text)))

    def formula(self, problem: Problem) -> None:
        """A cell that begins as a formula does; it is text."""
        self.formulas += 1
        self.first_formula = self.first_formula or problem

    def unknown_lines(self, suggest: Callable[[str, tuple[str, ...]], str], language: str = "en") -> list[str]:
        """The names that nothing has, the most frequent first, with what was perhaps meant."""
        lines = []
        for number, ((kind, text), count) in enumerate(self.unknown.most_common()):
            near = suggest(text, tuple(kind.split(OR))) if number < MOST_SUGGESTED else ""
            line = translate("No {kind} is called “{name}”", language, kind=kinds_said(kind, language), name=text)
            line += translate(" ({count} times)", language, count=f"{count:,}") if count > 1 else ""
            lines.append(line + (translate("; did you mean {name}?", language, name=near) if near else ""))
        return lines

    @property
    def notes(self) -> list[str]:
        """What a person should know besides problems, in English."""
        return self.notes_in("en")

    def notes_in(self, language: str) -> list[str]:
        """What a person should know besides problems."""
        found = [translate("“{text}” was taken for {name}", language, text=text, name=name) for (_, text), name in self.loosely.items()]
        if self.first_formula:
            found.append(translate("{count} cells begin with “=”; they were read as text and nothing was computed (the first: {first})", language,
                                   count=self.formulas, first=self.first_formula.said(language)))
        found += [_of(sheet, translate("{count} rows state no tie", language, count=f"{count:,}")) for sheet, count in self.untied.items()]
        return found + [_of(sheet, translate("nothing reads the column “{column}”", language, column=column))
                        for sheet, columns in self.unread.items() for column in columns]


def _of(sheet: str, text: str) -> str:
    return f"{sheet}: {text}" if sheet else text
