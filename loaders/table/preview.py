"""Show the first rows as they would become facts, in words, so that a person sees what a mapping does before anything is loaded."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.model import Edge, Node, Statement
from graph.words import date, edge_sentence, kind_name, translate
from loaders.table.facts import Reading, read_rows
from loaders.table.grid import TableFile
from loaders.table.problems import Problem

MOST_FACTS = 12
MOST_TOLD = 3
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
    """What a file would become: its first rows, statements, facts by kind, how many nodes the graph does not know yet, some ids of
    what it is about; `cut` where not all rows were read."""

    first: tuple[RowFacts, ...]
    statements: int
    facts: Counter[str]
    new: Counter[str]
    ids: tuple[str, ...]
    cut: bool = False


def try_out(file: TableFile, reading: Reading, language: str, *, first: int = 8, most: int = 0) -> Outcome:
    """Read a file as it would be loaded, in at most `most` rows (0: all): the `first` rows of each table are told as facts."""
    rows: list[RowFacts] = []
    names: dict[str, str] = {}
    kinds: dict[str, str] = {}
    ties: Counter[str] = Counter()
    seen: set[tuple[str, str, str]] = set()
    shown: Counter[str] = Counter()
    total = 0
    for number, (table, row, statements) in enumerate(read_rows(file, reading)):
        if most and number >= most:
            return Outcome(tuple(rows), total, Counter(kinds.values()) + ties, _unknown(kinds, reading), _telling(kinds), cut=True)
        shown[table.sheet] += 1
        if shown[table.sheet] <= first:
            names |= {s.subject: str(s.value) for s in statements if s.property == "name"}
            wrong = [problem for problem in (*reading.problems.problems, *reading.problems.unknown_at)
                     if (problem.sheet, problem.row) == (table.sheet, row.number)]
            rows.append(RowFacts(table.sheet, row.number, tuple(said(statements, reading, names, language)), tuple(wrong)))
        total += len(statements)
        for statement in statements:
            tie = (statement.kind, statement.subject, statement.object)
            if not statement.object:
                kinds[statement.subject] = statement.kind
            elif tie not in seen:
                seen.add(tie)
                ties[statement.kind] += 1
    return Outcome(tuple(rows), total, Counter(kinds.values()) + ties, _unknown(kinds, reading), _telling(kinds))


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
                label = translate("Other names", language) if statement.property == "aliases" else schema.label(statement.property, language)
                lines.append(f"{label}: {_value(statement.property, statement.value, reading, language)}")
    texts = []
    for id, lines in nodes.items():
        known = reading.naming.get(id)
        if lines or not known:
            mark = "" if known else f", {translate('new', language)}"
            what = f"{_name(id, reading, names, language)} ({kind_name(schema, kinds[id], language)}{mark})"
            texts.append(f"{what} · {' · '.join(lines)}" if lines else what)
    return [*ties, *texts][:MOST_FACTS]


def tie_text(statement: Statement, reading: Reading, names: dict[str, str], language: str) -> str:
    """A tie as a sentence, with the dates that the row gives it."""
    schema = reading.schema
    edge = Edge("", statement.kind, statement.subject, statement.object, {"office": "", "topic": "", **statement.qualifiers})
    source, target = (Node(id, "", {"name": _name(id, reading, names, language)}) for id in (statement.subject, statement.object))
    said = {"office", "topic"} | ({"role", "relation"} if any(key[0] == edge.text("role") for key in schema.edges[edge.kind].phrases) else set())
    more = [f"{schema.label(name, language)}: {_value(name, value, reading, language)}"
            for name, value in statement.qualifiers.items() if name not in said and (name, value) not in USUAL]
    return edge_sentence(schema, edge, source, target, language) + (f" ({', '.join(more)})" if more else "")


def _unknown(kinds: Mapping[str, str], reading: Reading) -> Counter[str]:
    return Counter(kind for id, kind in kinds.items() if not reading.naming.get(id))


def _telling(kinds: Mapping[str, str]) -> tuple[str, ...]:
    """A few of those whom a picture of the table should begin with."""
    order = ("Agreement", "Network", "Event", "Region", "Country", "Organisation", "Place", "Leader")
    ranked = sorted((order.index(kind), number, id) for number, (id, kind) in enumerate(kinds.items()) if kind in order)
    return tuple(id for _, _, id in ranked[:MOST_TOLD])


def _name(id: str, reading: Reading, names: dict[str, str], language: str) -> str:
    known = reading.naming.get(id)
    return names.get(id) or (reading.naming.index.own_name(id, language) if known else id)


def _value(name: str, value: object, reading: Reading, language: str) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    if reading.schema.holds(name) == "date":
        return date(str(value), language)
    return _name(str(value), reading, {}, language) if name == "country" else translate(str(value), language)
