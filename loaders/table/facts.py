"""Turn the rows of mapped tables into statements: a row states all that it says, or, where one cell cannot be read, nothing.

A node, and each value of its properties, is stated once a source, where it is first said; an edge by every row that says it.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from graph.model import Properties, Source, Statement, Value
from graph.schema import Schema
from graph.search import fold
from graph.words import mark
from loaders.table.feeding import Cells, Columns, Feeder, Unusable, Where
from loaders.table.grid import Number, Row, Table, TableFile, letter, make_table
from loaders.table.mapping import Feed, Mapping, TableMap
from loaders.table.meaning import Meaning, Meant
from loaders.table.naming import Naming
from loaders.table.problems import Problem, Problems
from loaders.table.shapes import EdgeShape, NodeShape
from loaders.table.told import told

MOST_SHOWN = 200


@dataclass(slots=True)
class Reading:
    """One reading of a file by a mapping, and all that it found out: shared by the tables of the file."""

    mapping: Mapping
    schema: Schema
    naming: Naming
    problems: Problems = field(default_factory=Problems)
    sources: dict[str, Source] = field(default_factory=dict)
    meaning: Meaning = field(init=False)
    _said: set[tuple[object, ...]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.meaning = Meaning(self.naming, self.problems)
        self.sources[self.mapping.source.id] = self.mapping.source

    def first_time(self, *what: object) -> bool:
        """Whether this is said for the first time."""
        if what in self._said:
            return False
        self._said.add(what)
        return True

    def cite(self, url: str, title: str, publisher: str, date: str) -> str:
        """The id of the source that a row names itself; the mapping's where it names none."""
        own = self.mapping.source
        if not (url or title):
            return own.id
        id = f"{own.id}#{hashlib.blake2b(f'{url} {title}'.encode(), digest_size=6).hexdigest()}"
        if id not in self.sources:
            self.sources[id] = replace(own, id=id, url=url, title=title or url, publisher=publisher, date=date, origin="", note="")
        return id


def statements(file: TableFile, reading: Reading) -> Iterator[Statement]:
    """All that the tables of a file state under a mapping, in its order. What cannot be read is noted in `reading.problems`.

    Raises BadFile where a sheet or a column is missing, or the file itself is broken.
    """
    for _, _, found in read_rows(file, reading):
        yield from found


def read_rows(file: TableFile, reading: Reading) -> Iterator[tuple[Table, Row, list[Statement]]]:
    """The same row by row: each row that says something, with its statements; those with a problem have none."""
    for table_map in reading.mapping.tables:
        table = make_table(file, table_map.sheet, table_map.header)
        for row, found in _TableReading(table, table_map, reading).rows():
            yield table, row, found


@dataclass(frozen=True, slots=True)
class _Said:
    """Where a row speaks: what all of its statements share. The quote is the evidence of its ties, where it has any."""

    source: str
    place: str
    loader: str
    quote: str
    observed: str
    ties: bool

    @property
    def _of_nodes(self) -> str:
        return "" if self.ties else self.quote

    def node(self, meant: Meant) -> Statement:
        return Statement(meant.kind, meant.id, self.source, place=self.place, quote=self._of_nodes, observed=self.observed, loader=self.loader)

    def value(self, meant: Meant, property: str, value: Value, column: str) -> Statement:
        return Statement(meant.kind, meant.id, self.source, property=property, value=value, place=self.place + column, quote=self._of_nodes,
                         observed=self.observed, loader=self.loader)

    def edge(self, kind: str, source: str, target: str, qualifiers: Properties, as_stated: str) -> Statement:
        return Statement(kind, source, self.source, object=target, qualifiers=qualifiers, as_stated=as_stated, place=self.place,
                         quote=self.quote, observed=self.observed, loader=self.loader)


class _TableReading:
    """One table under its part of the mapping."""

    def __init__(self, table: Table, table_map: TableMap, reading: Reading) -> None:
        self._table, self._map, self._reading = table, table_map, reading
        self._columns = columns = Columns(table)
        self._where = Where(table_map.where, columns, table_map.blank)
        self._fill = {columns.find(name): "" for name in table_map.fill_down}
        self._quote = [(name, columns.find(name)) for name in table_map.quote]
        self._observed = self._bind(table_map.observed, "date") if table_map.observed else None
        cites = table_map.cites
        self._cites = {name: self._bind(feed, "date" if name == "date" else "name") if cites and (feed := getattr(cites, name)) else None
                       for name in ("url", "title", "publisher", "date")}
        self._nodes = [NodeShape(node, self._bind, Where(node.where, columns, table_map.blank), reading.meaning, reading.schema)
                       for node in table_map.nodes]
        self._edges = [EdgeShape(edge, self._bind, Where(edge.where, columns, table_map.blank), reading.schema.edges[edge.kind])
                       for edge in table_map.edges]
        ends = {end for edge in table_map.edges for end in (edge.source, edge.target)}
        self._constant = {node.alias for node in table_map.nodes if node.name and node.name.constant and node.alias in ends}
        for name in table_map.ignore:
            columns.find(name)

    def rows(self) -> Iterator[tuple[Row, list[Statement]]]:
        """Its rows, one after the other, each with what it states."""
        problems = self._reading.problems
        for row in self._table.rows():
            cells = self._filled(row)
            if not row.problem and not (any(cells) and self._where.holds(cells)):
                continue
            problems.rows += 1
            try:
                found = self._row(row, cells)
            except Unusable as unusable:
                problems.leave_out(Problem(self._table.sheet, row.number, unusable.column, unusable.text))
                found = []
            yield row, found
        if unread := self._columns.unread():
            problems.unread[self._table.sheet] = unread

    def _bind(self, feed: Feed, name: str) -> Feeder:
        return Feeder(feed, name, self._columns, self._map, self._reading.schema.holds(name), self._found)

    def _found(self, kind: str, text: str) -> str:
        """The id of what is known under a name; "" where nothing is, which is noted."""
        reading = self._reading
        id = reading.naming.country(text) if kind == "Country" else ""
        names = () if id else reading.naming.by_name(text, (kind,)).names
        id = id or (names[0].id if len(names) == 1 else reading.meaning.made.ids.get((kind, fold(text) or text, ""), ""))
        if not id:
            reading.problems.not_known((kind,), text, Problem(self._table.sheet, 0, ""))
        return id

    def _filled(self, row: Row) -> Cells:
        """The cells without blanks around them; a blank one has the value above it where the mapping says so."""
        cells = tuple([cell if isinstance(cell, Number) else cell.strip() for cell in row.cells])
        if not self._fill or not any(cells):
            return cells
        filled = [*cells, *("",) * (max(self._fill) + 1 - len(cells))]
        for index, above in self._fill.items():
            filled[index] = filled[index] or above
            self._fill[index] = filled[index]
        return tuple(filled)

    def _row(self, row: Row, cells: Cells) -> list[Statement]:
        """All statements of a row. Raises Unusable, and then nothing of it is said."""
        self._check(row, cells)
        place, missed = Problem(self._table.sheet, row.number, ""), self._reading.problems.missed
        who = {node.alias: node.meant(cells, place) for node in self._nodes}
        said = self._said(row, cells)
        values = [value for node in self._nodes for value in node.values(cells, who[node.alias], said.source)]
        edges = [edge for shape in self._edges for edge in shape.stated(cells, who)]
        tied = {end for edge in edges for end in edge[1:3]}
        if self._edges and not edges and self._reading.problems.missed == missed:
            self._reading.problems.untied[self._table.sheet] += 1
        idle = {meant.id for node in self._nodes if node.alias in self._constant for meant in who[node.alias] if meant.id not in tied}
        for node in self._nodes:
            node.remember(cells, [meant for meant in who[node.alias] if meant.id not in idle], said.source)
        found = [said.node(meant) for meants in who.values() for meant in meants
                 if meant.id not in idle and self._reading.first_time(said.source, meant.id)]
        found += [said.value(meant, name, value, f" column {letter(index)}" if index is not None else "") for meant, name, value, index in values
                  if meant.id not in idle and self._reading.first_time(said.source, meant.id, name, value)]
        return found + [said.edge(*edge) for edge in edges]

    def _check(self, row: Row, cells: Cells) -> None:
        if row.problem:
            raise Unusable("", row.problem)
        width = len(self._table.columns)
        if len(cells) > width and any(cells[width:]):
            raise Unusable("", told(mark("the row has {cells} cells instead of {width}. Look for a delimiter that wants quotation marks."),
                                    cells=len(cells), width=width))
        for index, cell in enumerate(cells):
            if cell[:1] == "=":
                where = self._columns.label(index)
                self._reading.problems.formula(Problem(self._table.sheet, row.number, where, told("{cell}", cell=cell[:MOST_SHOWN])))

    def _said(self, row: Row, cells: Cells) -> _Said:
        quote = "; ".join(f"{name}: {cells[index]}" for name, index in self._quote if index < len(cells) and cells[index])
        observed = self._first(self._observed, cells)
        own = [self._first(feeder, cells) for feeder in self._cites.values()] if self._map.cites else []
        source = self._reading.cite(*own) if own else self._reading.mapping.source.id
        return _Said(source, self._table.place(row.number), self._reading.mapping.loader, quote, observed, bool(self._edges))

    def _first(self, feeder: Feeder | None, cells: Cells) -> str:
        return str(next(iter(feeder.values(cells)), "")) if feeder else ""
