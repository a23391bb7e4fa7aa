"""Show the first rows as they would become facts, in words, so that a person sees what a mapping does before anything is loaded."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.model import Edge, Node, Statement
from graph.words import date, edge_sentence, kind_name, translate
from loaders.table.facts import Reading, read_rows
from loaders.table.grid import TableFile
from loaders.table.problems import Problem

MOST_FACTS = 12
USUAL = (("role", "member"), ("role", "party"), ("office_kind", "head"))
"""What the sentence of a tie says by itself."""


@dataclass(frozen=True, slots=True)
class RowFacts:
    """A row of the table: what it would state, in sentences, and what is wrong with it."""

    sheet: str
    number: int
    facts: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a whole file would become: facts by kind, statements, and how many nodes the graph does not know yet."""

    statements: int
    facts: Counter[str]
    new: Counter[str]


def first_rows(file: TableFile, reading: Reading, language: str, count: int = 8) -> Iterator[RowFacts]:
    """The first rows of each table; no more of the file is read."""
    names: dict[str, str] = {}
    shown: Counter[str] = Counter()
    for table, row, statements in read_rows(file, reading):
        shown[table.sheet] += 1
        if shown[table.sheet] <= count:
            names |= {s.subject: str(s.value) for s in statements if s.property == "name"}
            wrong = [problem for problem in (*reading.problems.problems, *reading.problems.unknown_at)
                     if (problem.sheet, problem.row) == (table.sheet, row.number)]
            yield RowFacts(table.sheet, row.number, tuple(said(statements, reading, names, language)), tuple(wrong))
        elif len(shown) == len(reading.mapping.tables):
            return


def said(statements: Iterable[Statement], reading: Reading, names: dict[str, str], language: str) -> list[str]:
    """What the statements of one row say, in sentences: ties first, what is known of a node in one line."""
    schema = reading.schema
    ties = [tie_text(s, reading, names, language) for s in statements if s.object]
    nodes: dict[str, list[str]] = {}
    kinds: dict[str, str] = {}
    for statement in statements:
        if not statement.object:
            kinds[statement.subject] = statement.kind
            lines = nodes.setdefault(statement.subject, [])
            if statement.property and statement.property != "name":
                lines.append(f"{schema.label(statement.property, language)} {_value(statement.property, statement.value, reading, language)}")
    texts = []
    for id, lines in nodes.items():
        known = reading.naming.get(id)
        if lines or not known:
            mark = "" if known else f", {translate('new', language)}"
            what = f"{_name(id, reading, names, language)} ({kind_name(schema, kinds[id], language)}{mark})"
            texts.append(f"{what}: {', '.join(lines)}" if lines else what)
    return [*ties, *texts][:MOST_FACTS]


def tie_text(statement: Statement, reading: Reading, names: dict[str, str], language: str) -> str:
    """A tie as a sentence, with the dates that the row gives it."""
    schema = reading.schema
    edge = Edge("", statement.kind, statement.subject, statement.object, {"office": "", "topic": "", **statement.qualifiers})
    source, target = (Node(id, "", {"name": _name(id, reading, names, language)}) for id in (statement.subject, statement.object))
    said = {"office", "topic"} | ({"role", "relation"} if any(key[0] == edge.text("role") for key in schema.edges[edge.kind].phrases) else set())
    more = [f"{schema.label(name, language)} {_value(name, value, reading, language)}"
            for name, value in statement.qualifiers.items() if name not in said and (name, value) not in USUAL]
    return edge_sentence(schema, edge, source, target, language) + (f" ({', '.join(more)})" if more else "")


def outcome(statements: Iterable[Statement], reading: Reading) -> Outcome:
    """What all statements come to."""
    ids: dict[str, str] = {}
    ties: set[tuple[str, str, str]] = set()
    total = 0
    for statement in statements:
        total += 1
        if statement.object:
            ties.add((statement.kind, statement.subject, statement.object))
        else:
            ids[statement.subject] = statement.kind
    facts = Counter(ids.values()) + Counter(kind for kind, _, _ in ties)
    return Outcome(total, facts, Counter(kind for id, kind in ids.items() if not reading.naming.get(id)))


def _name(id: str, reading: Reading, names: dict[str, str], language: str) -> str:
    known = reading.naming.get(id)
    return names.get(id) or (reading.naming.index.own_name(id, language) if known else id)


def _value(name: str, value: object, reading: Reading, language: str) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    if reading.schema.holds(name) == "date":
        return date(str(value), language)
    return _name(str(value), reading, {}, language) if name == "country" else str(value)
