"""Find what a person means by a name: any language, any alias, with typos, while it is being typed.

The index holds names alone, is built from `Store.names` and is thrown away when the data version changes.
"""

import bisect
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from graph.errors import AmbiguousName, UnknownName
from graph.model import Name

KIND_ORDER = ("Region", "Network", "Agreement", "Leader", "Country", "Organisation", "Event", "Sector", "Place")
PLAIN = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "AE",
                       "œ": "oe", "Œ": "OE", "ı": "i"})
NO_LETTERS = re.compile(r"[\W_]+")
SCRIPTS = {
    "αβγδεζηθικλμνξοπρσςτυφχψω": "a v g d e z i th i k l m n x o p r s s t y f ch ps o",
    "абвгдежзиклмнопрстуфхцчшщъыэюя": "a b v g d e zh z i k l m n o p r s t u f h ts ch sh sht a y e yu ya",
    "єіґђѓјљњћќџѕ": "ye i g dj g j lj nj c k dz dz",
}
LATIN = str.maketrans({"ь": ""} | {letter: latin for letters, latins in SCRIPTS.items()
                                   for letter, latin in zip(letters, latins.split(), strict=True)})
"""Letters of folded names in Latin ones: "Λομβαρδία" is near to "Lombardia", and a name in either script is found in both."""
CLOSE_ENOUGH = 62.0
"""Similarity (0 to 100) below which a name is no guess at another."""
CANDIDATES = 300
"""How many cheaply found candidates are compared in full: full comparison of 100,000 names takes 145 ms, counting shared pairs of letters 2."""
LONGEST = 10_000
"""More than the letters of any name that is ranked."""
LEAST_SHARED = 0.2
"""The least share of pairs of letters that a name has in common with what it may be meant by."""
OWNER_BITS = 31
Numbers = npt.NDArray[np.int64]


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
    """A name as it is compared: no case, accents or punctuation, single blanks, Greek and Cyrillic in Latin letters."""
    if text.isascii():
        return " ".join(NO_LETTERS.sub(" ", text).casefold().split())
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.translate(PLAIN)) if not unicodedata.combining(c))
    letters = NO_LETTERS.sub(" ", plain).casefold()
    return " ".join((letters if letters.isascii() else letters.translate(LATIN)).split())


class NameIndex:
    """All names, ready to be searched."""

    def __init__(self, entries: Sequence[_Entry]) -> None:
        self._entries = entries
        self._exact: dict[str, list[_Entry]] = defaultdict(list)
        self._by_id = {entry.name.id: entry.name for entry in entries}
        self._stands_for = {id: name.id for name in self._by_id.values() for id in name.merged}
        starts: list[tuple[str, int, bool]] = []
        for number, entry in enumerate(entries):
            self._exact[entry.folded].append(entry)
            words = entry.folded.split(" ")
            starts += [(entry.folded, number, False), *((" ".join(words[i:]), number, True) for i in range(1, len(words)))]
        starts.sort()
        self._starts = [text for text, _, _ in starts]
        self._starting = np.array([number for _, number, _ in starts], np.int64)
        self._inner = np.array([inner for _, _, inner in starts], np.bool_)
        self._lengths = np.array([len(entry.folded) for entry in entries], np.float64)
        self._order = np.array([_order(entry.name.kind) for entry in entries], np.int64)
        self._pairs = _Pairs([entry.folded for entry in entries])

    @classmethod
    def build(cls, names: Iterable[Name]) -> "NameIndex":
        """An index of these names."""
        folded: dict[str, str] = {}
        entries: dict[tuple[str, str], _Entry] = {}  # many languages share one spelling; a thing's own names come before its aliases
        for name in names:
            for language, text in name.names:
                if text not in folded:
                    folded[text] = fold(text)
                if plain := folded[text]:
                    entries.setdefault((name.id, plain), _Entry(plain, text, language != "alias", name))
        return cls(list(entries.values()))

    def __len__(self) -> int:
        return len(self._by_id)

    def names(self) -> tuple[Name, ...]:
        """All that is known here."""
        return tuple(self._by_id.values())

    def get(self, id: str) -> Name | None:
        """What has this id, or stands for what had it before a person judged that two are one."""
        return self._by_id.get(id) or self._by_id.get(self._stands_for.get(id, ""))

    def named(self, text: str, *, kinds: Collection[str] = (), country: str = "") -> tuple[Name, ...]:
        """All that has exactly this name or id, case, accents and punctuation aside; nothing that is known to be of another country.

        As in `resolve`, what all views show goes before other layers, what exists before what no longer does, an own name before an alias.
        """
        own = self.get(text)
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
            score -= (8 if entry.name.former else 0) + (3 if entry.name.layers else 0)
            if entry.name.id not in best or score > best[entry.name.id][0]:
                best[entry.name.id] = (score, entry)
        found = sorted(best.values(), key=lambda pair: (-pair[0], _order(pair[1].name.kind), pair[1].folded, pair[1].name.id))
        return tuple(Hit(entry.name.id, entry.name.kind, entry.text, round(score, 1)) for score, entry in found[:limit])

    def resolve(self, text: str, *, kinds: Collection[str] = ()) -> str:
        """The one id that a name (or an id) means.

        Raises UnknownName with up to three suggestions, AmbiguousName with all that have this name.
        """
        wanted = text.strip()
        own = self.get(wanted)
        if own and (not kinds or own.kind in kinds):
            return own.id
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
        return [entry for number in self._starting[self._beginning(folded)] for entry in (self._entries[number],)
                if entry.folded.startswith(folded + " ") and (not kinds or entry.name.kind in kinds)]

    def _beginning(self, folded: str) -> slice:
        """Where in the order of all words, each with what follows it, those stand that begin so."""
        return slice(bisect.bisect_left(self._starts, folded), bisect.bisect_left(self._starts, folded + "\U0010ffff"))

    def _literal(self, folded: str, kinds: Collection[str]) -> list[tuple[float, _Entry]]:
        """The likeliest of the names in which a word begins so: the text itself, what it begins, what has it within."""
        found = []
        for number in self._likeliest(self._beginning(folded), kinds):
            entry = self._entries[number]
            share = len(folded) / len(entry.folded)
            if entry.folded == folded:
                score = 100.0 if entry.own else 98.0
            elif entry.folded.startswith(folded):
                score = 86 + 8 * share
            else:
                score = 76 + 8 * share
            found.append((score - 4 * _order(entry.name.kind) / len(KIND_ORDER), entry))
        return found

    def _likeliest(self, where: slice, kinds: Collection[str]) -> Numbers:
        """Of very many names those that begin so, the shortest, of which what was typed is most, before those that have it within."""
        numbers, inner = self._starting[where], self._inner[where]
        weights = self._lengths[numbers] + self._order[numbers] + (LONGEST * inner)
        if kinds:
            asked = self._of_kinds(numbers, kinds)
            numbers, weights = numbers[asked], weights[asked]
        return numbers if len(numbers) <= CANDIDATES else numbers[np.argpartition(weights, CANDIDATES)[:CANDIDATES]]

    def _of_kinds(self, numbers: Numbers, kinds: Collection[str]) -> npt.NDArray[np.bool_]:
        return np.isin(self._order[numbers], [_order(kind) for kind in kinds])

    def _similar(self, folded: str, kinds: Collection[str]) -> list[tuple[float, _Entry]]:
        found = []
        every = np.arange(len(self._entries))
        for number in self._pairs.nearest(folded, every[self._of_kinds(every, kinds)] if kinds else every):
            entry = self._entries[number]
            score = max(fuzz.ratio(folded, entry.folded), 0.92 * fuzz.token_sort_ratio(folded, entry.folded))
            if score >= CLOSE_ENOUGH:
                found.append((score * 0.88, entry))
        return found


class _Pairs:
    """Which texts hold which two letters side by side (blanks are letters): texts that share many are near to each other."""

    def __init__(self, texts: Sequence[str]) -> None:
        owners = np.repeat(np.arange(len(texts)), np.array([len(text) + 2 for text in texts], np.int64))
        within = owners[:-1] == owners[1:]
        held = np.sort(_pairs("".join(f" {text} " for text in texts))[within] << OWNER_BITS | owners[:-1][within])
        held = held[np.diff(held, prepend=-1) != 0]  # each pair of a text once, by pair
        self._texts = held & (1 << OWNER_BITS) - 1
        starts = np.flatnonzero(np.diff(held >> OWNER_BITS, prepend=-1))
        bounds = zip(starts.tolist(), [*starts[1:].tolist(), len(held)], strict=False)
        self._where = dict(zip((held[starts] >> OWNER_BITS).tolist(), bounds, strict=True))
        self._sizes = np.bincount(self._texts, minlength=len(texts))

    def nearest(self, text: str, among: Numbers) -> Numbers:
        """The numbers of those texts that share most pairs with this one, at most CANDIDATES, at least a fifth of both."""
        asked = set(_pairs(f" {text} ").tolist())
        parts = [self._texts[slice(*self._where[pair])] for pair in asked if pair in self._where]
        shared = np.bincount(np.concatenate(parts), minlength=len(self._sizes)) if parts else np.zeros_like(self._sizes)
        likeness = 2 * shared[among] / (len(asked) + self._sizes[among])
        near = np.flatnonzero(likeness >= LEAST_SHARED)
        if len(near) > CANDIDATES:
            near = near[np.argpartition(-likeness[near], CANDIDATES)[:CANDIDATES]]
        return among[near]


def _pairs(text: str) -> Numbers:
    """Each letter with the next one, as one number; of the rarest scripts, letters may share a number."""
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64) & 0xFFFF
    return letters[:-1] << 16 | letters[1:]


def _order(kind: str) -> int:
    return KIND_ORDER.index(kind) if kind in KIND_ORDER else len(KIND_ORDER)


def _preferred(entries: Iterable[_Entry]) -> list[str]:
    """The ids behind some entries: what all views show before what other layers add, what exists before what no longer does, an own
    name before an alias."""
    group = list(entries)
    shown = [entry for entry in group if not entry.name.layers] or group
    existing = [entry for entry in shown if not entry.name.former] or shown
    own = [entry for entry in existing if entry.own] or existing
    return sorted({entry.name.id for entry in own})
