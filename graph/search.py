"""Find what a person means by a name: any language, any alias, with typos, while it is being typed.

The index holds names alone, is built from `Store.names` and is thrown away when the data version changes.
"""

import bisect
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from graph.errors import AmbiguousName, UnknownName
from graph.model import Name

KIND_ORDER = ("Region", "Network", "Agreement", "Leader", "Country", "Organisation", "Event", "Sector", "Place")
PLAIN = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "AE",
                       "œ": "oe", "Œ": "OE", "ı": "i"})
CLOSE_ENOUGH = 62.0
"""Similarity (0 to 100) below which a name is no guess at another."""
CANDIDATES = 300
"""How many cheaply found candidates are compared in full: full comparison of 100,000 names takes 145 ms, cheap 8 ms."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: the name that matched, and how well (0 to 100)."""

    id: str
    kind: str
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class _Entry:
    folded: str
    text: str
    own: bool
    name: Name


def fold(text: str) -> str:
    """A name as it is compared: no case, accents or punctuation, single blanks."""
    plain = unicodedata.normalize("NFKD", text.translate(PLAIN))
    letters = (c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join("".join(letters).casefold().split())


class NameIndex:
    """All names, ready to be searched."""

    def __init__(self, entries: Sequence[_Entry]) -> None:
        self._entries = entries
        self._folded = [entry.folded for entry in entries]
        self._exact: dict[str, list[_Entry]] = defaultdict(list)
        self._by_id = {entry.name.id: entry.name for entry in entries}
        starts: list[tuple[str, int]] = []
        for number, entry in enumerate(entries):
            self._exact[entry.folded].append(entry)
            words = entry.folded.split(" ")
            starts += [(" ".join(words[i:]), number) for i in range(len(words))]
        self._starts = sorted(starts)

    @classmethod
    def build(cls, names: Iterable[Name]) -> "NameIndex":
        """An index of these names."""
        return cls([_Entry(folded, text, language != "alias", name)
                    for name in names for language, text in name.names if (folded := fold(text))])

    def __len__(self) -> int:
        return len(self._by_id)

    def names(self) -> tuple[Name, ...]:
        """All that is known here."""
        return tuple(self._by_id.values())

    def get(self, id: str) -> Name | None:
        """What has this id."""
        return self._by_id.get(id)

    def named(self, text: str, *, kinds: Collection[str] = (), country: str = "") -> tuple[Name, ...]:
        """All that has exactly this name or id, case, accents and punctuation aside; nothing that is known to be of another country.

        As in `resolve`, an own name goes before an alias and what exists before what no longer does.
        """
        own = self._by_id.get(text)
        if own and (not kinds or own.kind in kinds):
            return (own,)
        exact = [entry for entry in self._exact.get(fold(text), ()) if not kinds or entry.name.kind in kinds]
        if country:
            exact = [e for e in exact if e.name.country == country] or [e for e in exact if not e.name.country]
        return tuple(self._by_id[id] for id in _preferred(exact))

    def own_name(self, id: str, language: str = "") -> str:
        """The name under which something is known here: in this language, where it has one."""
        names = self._by_id[id].names
        return dict(names).get(language) or names[0][1] if names else id

    def label(self, id: str) -> str:
        """A name with its kind and country, to tell it from its like: "Limburg (Region, belgium)"."""
        name = self._by_id[id]
        return f"{self.own_name(id)} ({', '.join(filter(None, (name.kind, name.country)))}, id {id})"

    def search(self, text: str, *, kinds: Collection[str] = (), limit: int = 10) -> tuple[Hit, ...]:
        """What the text may mean, best first, each thing once."""
        folded = fold(text)
        if not folded:
            return ()
        best: dict[str, tuple[float, _Entry]] = {}
        for score, entry in [*self._literal(folded, kinds), *self._similar(folded, kinds)]:
            score -= 8 if entry.name.former else 0
            if entry.name.id not in best or score > best[entry.name.id][0]:
                best[entry.name.id] = (score, entry)
        found = sorted(best.values(), key=lambda pair: (-pair[0], _order(pair[1].name.kind), pair[1].folded, pair[1].name.id))
        return tuple(Hit(entry.name.id, entry.name.kind, entry.text, round(score, 1)) for score, entry in found[:limit])

    def resolve(self, text: str, *, kinds: Collection[str] = ()) -> str:
        """The one id that a name (or an id) means.

        Raises UnknownName with up to three suggestions, AmbiguousName with all that have this name.
        """
        wanted = text.strip()
        if wanted in self._by_id and (not kinds or self._by_id[wanted].kind in kinds):
            return wanted
        folded = fold(wanted)
        exact = [entry for entry in self._exact.get(folded, ()) if not kinds or entry.name.kind in kinds]
        for group in (exact, self._beginning_with_words(folded, kinds)):
            ids = _preferred(group)
            if len(ids) == 1:
                return ids[0]
            if ids:
                raise AmbiguousName(name=wanted, candidates=tuple(self.label(id) for id in ids[:8]))
        suggestions = dict.fromkeys(self.own_name(hit.id) for hit in self.search(wanted, kinds=kinds, limit=3))
        raise UnknownName(name=wanted, suggestions=tuple(suggestions))

    def _beginning_with_words(self, folded: str, kinds: Collection[str]) -> list[_Entry]:
        """Names that begin with these whole words: "Four Motors" for "Four Motors for Europe"."""
        if len(folded) < 4:
            return []
        return [entry for number in self._starting(folded) for entry in (self._entries[number],)
                if entry.folded.startswith(folded + " ") and (not kinds or entry.name.kind in kinds)]

    def _starting(self, folded: str) -> list[int]:
        first = bisect.bisect_left(self._starts, (folded, -1))
        last = bisect.bisect_left(self._starts, (folded + "\U0010ffff", -1))
        return [number for _, number in self._starts[first:last]]

    def _literal(self, folded: str, kinds: Collection[str]) -> list[tuple[float, _Entry]]:
        found = []
        for number in self._starting(folded):
            entry = self._entries[number]
            if kinds and entry.name.kind not in kinds:
                continue
            share = len(folded) / len(entry.folded)
            if entry.folded == folded:
                score = 100.0 if entry.own else 98.0
            elif entry.folded.startswith(folded):
                score = 86 + 8 * share
            else:
                score = 76 + 8 * share
            found.append((score - 4 * _order(entry.name.kind) / len(KIND_ORDER), entry))
        return found

    def _similar(self, folded: str, kinds: Collection[str]) -> list[tuple[float, _Entry]]:
        cheap = process.extract(folded, self._folded, scorer=fuzz.ratio, limit=CANDIDATES, score_cutoff=45)
        found = []
        for other, _, number in cheap:
            entry = self._entries[number]
            if kinds and entry.name.kind not in kinds:
                continue
            score = max(fuzz.ratio(folded, other), 0.92 * fuzz.token_sort_ratio(folded, other))
            if score >= CLOSE_ENOUGH:
                found.append((score * 0.88, entry))
        return found


def _order(kind: str) -> int:
    return KIND_ORDER.index(kind) if kind in KIND_ORDER else len(KIND_ORDER)


def _preferred(entries: Iterable[_Entry]) -> list[str]:
    """The ids behind some entries: an own name before an alias, what exists before what no longer does."""
    group = list(entries)
    existing = [entry for entry in group if not entry.name.former] or group
    own = [entry for entry in existing if entry.own] or existing
    return sorted({entry.name.id for entry in own})
