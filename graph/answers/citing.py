"""Give every sentence the numbers of its sources, the best first, in the order in which they are first cited."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.model import WRONG, Source, Statement
from graph.record import is_word
from graph.record.judging import weight
from graph.store import Store
from graph.words import date, translate


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered source and what it states here."""

    number: int
    source: Source
    statements: tuple[Statement, ...]

    def text(self, language: str) -> str:
        """The source in a line: publisher, title, date, address; of a copy no address, but that it is one."""
        source = self.source
        what = ": ".join(filter(None, (source.publisher, source.title))) or source.id
        when = f", {date(source.date, language)}" if source.date else ""
        where = translate("(a copy)", language) if source.tier == "copy" else source.url
        return f"{what}{when} {where}".rstrip()


@dataclass(slots=True)
class Evidence:
    """The statements behind some facts, and the numbers that their sources were given so far."""

    about: dict[str, list[Statement]] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    _cited: dict[str, dict[str, Statement]] = field(default_factory=dict)

    @classmethod
    def load(cls, store: Store, ids: Iterable[str]) -> "Evidence":
        """All that is stated about these nodes and edges in the layers that the store sees; of what only others state, all."""
        statements = store.statements(ids)
        sources = {source.id: source for source in store.sources({s.source for s in statements})}
        unheard = {source.id for source in sources.values() if not store.hears(source)}
        about: dict[str, list[Statement]] = {}
        for statement in statements:
            about.setdefault(statement.about, []).append(statement)
        told = {id: [s for s in said if s.source not in unheard] or said for id, said in about.items()}
        cited = {statement.source for said in told.values() for statement in said}
        return cls(told, {id: source for id, source in sources.items() if id in cited})

    def cite(self, *ids: str, properties: tuple[str, ...] = ()) -> tuple[int, ...]:
        """The numbers of the sources of these facts, the best first; of nodes only what speaks of `properties`."""
        statements = [s for id in ids for s in self._of(id, properties) if s.verdict != WRONG]
        best: dict[str, Statement] = {}
        for statement in sorted(statements, key=lambda s: weight(s, self.sources), reverse=True):
            best.setdefault(statement.source, statement)
            self._cited.setdefault(statement.source, {})[statement.id] = statement
        for source in best:
            self._numbers.setdefault(source, len(self._numbers) + 1)
        return tuple(self._numbers[source] for source in best)

    def words(self, *ids: str, properties: tuple[str, ...] = ()) -> tuple[Statement, ...]:
        """What people said of these facts themselves, the last word first; of nodes only what speaks of `properties`."""
        said = [s for id in ids for s in self._of(id, properties) if is_word(s)]
        return tuple(sorted(said, key=lambda s: (s.decided, s.id), reverse=True))

    def _of(self, id: str, properties: tuple[str, ...]) -> list[Statement]:
        return [s for s in self.about.get(id, ()) if s.object or not properties or s.property in properties]

    def citations(self) -> tuple[Citation, ...]:
        """All sources cited so far, by number."""
        return tuple(Citation(number, self.sources.get(source, Source(source)), tuple(self._cited[source].values()))
                     for source, number in sorted(self._numbers.items(), key=lambda pair: pair[1]))


def sources_behind(store: Store, ids: Iterable[str]) -> tuple[Source, ...]:
    """The sources that state these nodes and edges, in the layers that the store sees, by id."""
    return tuple(source for _, source in sorted(Evidence.load(store, ids).sources.items()))
