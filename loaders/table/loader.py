"""Load a table by its mapping as any other source is loaded: the runner checks it, compares it, and writes it or nothing."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from graph.errors import BadFile
from graph.model import Source, Statement
from graph.schema import Schema
from graph.search import NameIndex
from graph.store import Store
from loaders.base import Notes, SourceInfo
from loaders.table.facts import Reading, statements
from loaders.table.grid import TableFile
from loaders.table.mapping import Mapping as TableMapping
from loaders.table.naming import Naming

MOST_LEFT_OUT = 0.5
"""The share of rows that may be left out; beyond it the mapping fits the file badly, and nothing is loaded."""


@dataclass(slots=True)
class TableLoader:
    """A loader of one file under one mapping."""

    file: TableFile
    mapping: TableMapping
    schema: Schema
    naming: Callable[[], Naming]
    info: SourceInfo = field(init=False)
    reading: Reading | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        source = self.mapping.source
        self.info = SourceInfo(self.mapping.loader, source.title, source.publisher, source.licence, source.url, source.layer,
                          (source.language,) if source.language else (),
                               expectations=self.mapping.expectations)

    def sources(self) -> Mapping[str, Source]:
        """The mapping's source, and those that rows name themselves."""
        return self.reading.sources if self.reading else {}

    def statements(self, notes: Notes) -> Iterator[Statement]:
        """What the rows state; what is wrong with them is noted. Raises BadFile where most of them cannot be used."""
        self.reading = reading = Reading(self.mapping, self.schema, self.naming())
        stated = False
        for statement in statements(self.file, reading):
            stated = True
            yield statement
        problems = reading.problems
        notes.rows[self.file.name] = problems.rows
        if problems.left_out > MOST_LEFT_OUT * problems.rows:
            first = problems.problems[0]
            raise BadFile(file=self.file.name, line=first.row, column=first.column,
                          problem=f"{problems.left_out:,} of {problems.rows:,} rows cannot be used, the first because {str(first.text).rstrip('.')}",
                          remedy="Correct the mapping or the table: nothing of it was loaded.")
        if not stated:
            raise BadFile(file=self.file.name, problem=f"none of its {problems.rows:,} rows states anything under this mapping",
                          remedy="Try it with --dry-run, and look at “sheet”, “header”, “where” and “unknown” in the mapping.")
        notes.left_out += [*map(str, problems.problems), *self.file.notes, *problems.notes]
        notes.unmapped += problems.unknown_lines(reading.naming.suggest)


def naming_of(store: Store) -> Naming:
    """The names and codes of a graph."""
    return Naming(NameIndex.build(store.seeing(None).names()), store.codes)
