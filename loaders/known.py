"""Tell a loader what the graph knows already: who has a code, and who alone has a name; a wrong match is worse than none."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from graph.model import Name, Node
from graph.search import fold

OWN_COUNTRY = "country:"
"""What the ids of countries begin with that only open data know."""


class Known:
    """The ids of nodes by their codes and by their names, asked of the graph when they are first needed."""

    def __init__(self, codes: Callable[[str, str], Mapping[str, str]], names: Callable[[], Iterable[Name]],
                 nodes: Callable[[str], Iterable[Node]] = lambda _kind: ()) -> None:
        self._read_codes = codes
        self._read_names = names
        self._read_nodes = nodes
        self._codes: dict[tuple[str, str], Mapping[str, str]] = {}
        self._names: dict[str, Name] | None = None
        self._by_name: dict[str, dict[str, set[str]]] = {}

    @classmethod
    def nothing(cls) -> "Known":
        """What an empty graph knows."""
        return cls(lambda _kind, _property: {}, tuple)

    def codes(self, kind: str, property: str) -> Mapping[str, str]:
        """Ids of a kind by a code: codes("Region", "wikidata")["Q1210"] is "lombardy"."""
        if (kind, property) not in self._codes:
            self._codes[kind, property] = self._read_codes(kind, property)
        return self._codes[kind, property]

    def country(self, code: str) -> str:
        """The id of a country by its code (ISO 3166-1), one of open data's own where nobody else knows it."""
        return self.codes("Country", "iso2").get(code) or f"{OWN_COUNTRY}{code.casefold()}"

    def nodes(self, kind: str) -> tuple[Node, ...]:
        """The nodes of a kind that all views show, with their properties."""
        return tuple(self._read_nodes(kind))

    def names(self) -> Mapping[str, Name]:
        """All names of all nodes, by id."""
        if self._names is None:
            self._names = {name.id: name for name in self._read_names()}
        return self._names

    def named(self, kind: str, text: str) -> str:
        """The id of the one node of a kind that has a name, whatever its case and accents, of those that all views show where any has it;
        "" where none or several have it."""
        ids = self._folded(kind).get(fold(text), set())
        ids = {id for id in ids if not self.names()[id].layers} or ids
        return next(iter(ids)) if len(ids) == 1 else ""

    def _folded(self, kind: str) -> dict[str, set[str]]:
        if kind not in self._by_name:
            found: dict[str, set[str]] = defaultdict(set)
            for name in self.names().values():
                if name.kind == kind:
                    for _, text in name.names:
                        found[fold(text)].add(name.id)
            self._by_name[kind] = dict(found)
        return self._by_name[kind]
