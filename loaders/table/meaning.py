"""Settle who a row means: somebody whom the graph knows, whom the table made known before, or somebody new."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.model import Name
from graph.search import fold
from graph.words import mark
from loaders.curated.rows import slug
from loaders.table.feeding import Unusable
from loaders.table.mapping import ID, NAME, NodeMap
from loaders.table.naming import Naming
from loaders.table.problems import Problem, Problems
from loaders.table.told import told

LONGEST_ID = 80
SECTOR = "Sector"


@dataclass(frozen=True, slots=True)
class Meant:
    """Somebody whom a row means: id and kind, how the row calls it, and whether that is to be stated as its name."""

    id: str
    kind: str
    text: str
    named: bool = False


@dataclass(slots=True)
class Made:
    """Those whom the reading made known: kind and country by id, ids by name, and the file's own keys."""

    kinds: dict[str, tuple[str, str]] = field(default_factory=dict)
    ids: dict[tuple[str, str, str], str] = field(default_factory=dict)
    keys: dict[tuple[str, str], tuple[Meant, ...]] = field(default_factory=dict)


class Meaning:
    """Tells who is meant, always the same for the same words."""

    def __init__(self, naming: Naming, problems: Problems) -> None:
        self._naming = naming
        self._problems = problems
        self.made = Made()
        self._settled: dict[tuple[object, ...], Meant | Unusable | None] = {}

    def settle(self, node: NodeMap, name: str, codes: Mapping[str, str], id: str, country: str, problem: Problem) -> Meant | None:
        """Who has this name and these codes; None where nobody has and none is to be made: that is noted.

        Raises Unusable where several have the name, or name and code mean two.
        """
        key = (node.alias, node.kinds, name, *codes.values(), id, country)
        if key not in self._settled:
            try:
                self._settled[key] = self._settle(node, name, codes, id, country, problem.column)
            except Unusable as unusable:
                self._settled[key] = unusable
        found = self._settled[key]
        if isinstance(found, Unusable):
            raise found
        if found is None:
            self._problems.not_known(node.kinds, name or ", ".join(codes.values()), problem)
        return found

    def wordings(self, node: NodeMap, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """Names as they are to be looked up, each with its wording: one of a sector may mean several, by their ids."""
        if SECTOR not in node.kinds:
            return tuple((name, name) for name in names)
        return tuple((meant, name) for name in names for meant in (self._naming.sectors(name) or (name,)))

    def keyed(self, space: str, key: str, column: str) -> tuple[Meant, ...]:
        """Those whom the file's own key means. Raises Unusable where no node has it."""
        found = self.made.keys.get((space, key))
        if found is None:
            raise Unusable(column, told(mark("no node of the file has the key “{key}”. Correct it, or leave the row out."), key=key))
        return found

    def _settle(self, node: NodeMap, name: str, codes: Mapping[str, str], id: str, country: str, column: str) -> Meant | None:
        by_code = self._by_code(node, codes, column)
        by_name = self._by_name(node, name, country, column)
        if by_code and by_name and by_code.id != by_name.id and NAME in node.by:
            raise Unusable(column, told(
                mark("the code means {one}, the name “{name}” means {other}. Correct one of them, or say in the mapping by which to go (`by`)."),
                one=self._called(by_code), name=name, other=self._called(by_name)))
        known = by_code or by_name
        if known:
            own = known.names[0] if known.names else ("", "")
            return Meant(known.id, known.kind, name, own == ("", name))
        text = name or next(iter(codes.values()), "")
        return self._new(node, text, id, country) if node.unknown == "new" and (text or id) else None

    def _by_code(self, node: NodeMap, codes: Mapping[str, str], column: str) -> Name | None:
        found = {name.id: name for property, text in codes.items() if (name := self._naming.by_code(text, property, node.kinds))}
        if len(found) > 1:
            raise Unusable(column, told(mark("its codes mean {names}. Correct one of them."), names=", ".join(map(self._called, found.values()))))
        return next(iter(found.values()), None)

    def _by_name(self, node: NodeMap, name: str, country: str, column: str) -> Name | None:
        if wanted := node.means.get(name):
            if not (meant := self._naming.get(wanted)):
                raise Unusable(column, told(mark("the mapping says that “{name}” means “{id}”, which nobody is called. Correct `means`."),
                                            name=name, id=wanted))
            return meant
        if not name or not ({NAME, ID} & set(node.by)):
            return None
        if ID in node.by and NAME not in node.by:
            known = self._naming.get(name)
            return known if known and known.kind in node.kinds else None
        found = self._naming.by_name(name, node.kinds, country)
        if len(found.names) > 1:
            choices = ", ".join(self._naming.index.label(one.id) for one in found.names[:5])
            raise Unusable(column, told(mark("“{name}” may mean {choices}. Say which in the mapping (`means`), or map the column of its country."),
                                        name=name, choices=choices))
        if found.names and found.loosely:
            self._problems.loosely[" or ".join(node.kinds), name] = self._called(found.names[0])
        return found.names[0] if found.names else None

    def _new(self, node: NodeMap, text: str, id: str, country: str) -> Meant:
        kind = node.kinds[0]
        words = (kind, id or fold(text) or text, country)
        before = self.made.ids.get(words)
        if before is None:
            before = self._free_id(kind, id or text, country)
            self.made.ids[words] = before
            self.made.kinds[before] = (kind, country)
            return Meant(before, kind, text, named=True)
        return Meant(before, kind, text)

    def _free_id(self, kind: str, text: str, country: str) -> str:
        """A readable id that nobody of another kind or country has."""
        plain = readable_id(text, kind.casefold())
        for id in (plain, f"{plain}-{country}" if country else "", f"{kind.casefold()}:{plain}"):
            known = self._naming.get(id)
            taken = (known.kind, known.country) if known else self.made.kinds.get(id)
            if id and (taken is None or (taken[0] == kind and country in ("", taken[1]))):
                return id
        return f"{kind.casefold()}:{plain}-{_digest(f'{text} {country}')}"

    def _called(self, name: Name) -> str:
        return self._naming.index.own_name(name.id)


def readable_id(text: str, kind: str) -> str:
    """The id of something by its name; what of it no Latin letter can say, or is too long, is told by a digest."""
    plain = slug(text)
    letters = sum(c.isalnum() for c in text)
    lost = letters and sum(c.isalnum() for c in plain) < 0.9 * letters
    if lost or len(plain) > LONGEST_ID:
        return f"{plain[:LONGEST_ID].strip('-') or kind}-{_digest(fold(text))}"
    return plain or f"{kind}-{_digest(text)}"


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=5).hexdigest()
