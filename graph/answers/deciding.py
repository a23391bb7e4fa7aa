"""Answer "what did people say here, who and when?": every word on a thing and its ties, those too that keep a tie out of the graph."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graph.answers.sourcing import named, statement_text
from graph.model import SAME_AS, Source, Statement
from graph.schema import Schema
from graph.store import Store


@dataclass(frozen=True, slots=True)
class Word:
    """What a person said at one moment: in words, on which grounds; its statements are taken back together."""

    text: str
    by: str
    when: str
    note: str
    source: Source
    statements: tuple[Statement, ...]

    @property
    def key(self) -> str:
        """What tells it from the other words here."""
        return self.statements[0].id


def words_on(store: Store, schema: Schema, ids: Iterable[str], *, language: str = "en") -> tuple[Word, ...]:
    """What people said of these nodes and of their ties, the newest first; what they accepted of a text is the text's own."""
    names = {other for node in store.get(ids) for other in (node.id, *_merged(node.properties.get("same_as")))}
    moments: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in store.said_by_people(names):
        if not statement.place:
            moments[statement.decided, statement.reviewer].append(statement)
    said = [statement for statements in moments.values() for statement in statements]
    nodes = named(store, {end for s in said for end in (s.subject, s.object, *([str(s.value)] if s.property == SAME_AS else ())) if end})
    sources = {source.id: source for source in store.sources({statement.source for statement in said})}
    found = []
    for (when, by), statements in sorted(moments.items(), reverse=True):
        told = _telling(statements)
        text = "; ".join(statement_text(statement, nodes, schema, language) for statement in told)
        found.append(Word(text, by, when, told[0].note, sources.get(told[0].source, Source(told[0].source)), tuple(statements)))
    return tuple(found)


def _merged(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _telling(statements: list[Statement]) -> list[Statement]:
    """Of statements made at once those that a reader wants to hear: a tie rather than that its new end is."""
    ties = [statement for statement in statements if statement.object]
    return ties or [statement for statement in statements if statement.property] or statements
