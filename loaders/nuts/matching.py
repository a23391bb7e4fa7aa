"""Tell which unit of NUTS is which subdivision of ISO 3166-2: neither table names the other's codes, so names within one country decide.

A country's two divisions are compared as wholes. Where most of one is found in the other they are the same division, and the names that
agree are believed; where a few names agree by chance (a Portuguese district and the metropolitan area around its town) none is.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graph.search import fold
from loaders.nuts.cldr import Subdivisions
from loaders.nuts.units import Unit

LEAST_OF_ISO, LEAST_OF_NUTS = 0.5, 0.9
"""The least share of a country's subdivisions, or of its units of a level, that must find each other. ISO lists also what NUTS leaves out
(overseas territories; the cities with county rights beside Hungary's counties), so less of it is asked."""
LEVELS = (1, 2, 3)


def match(units: Iterable[Unit], subdivisions: Subdivisions, known: Mapping[str, str]) -> dict[str, str]:
    """The ISO code by the code of a unit; `known` gives those that need no guess."""
    by_country: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        by_country[unit.country].append(unit)
    found = dict(known)
    for country, own in by_country.items():
        found |= _Country(own, subdivisions.of(country), subdivisions, known).matched()
    return found


class _Country:
    """The units and the subdivisions of one country."""

    def __init__(self, units: Sequence[Unit], codes: Sequence[str], subdivisions: Subdivisions, known: Mapping[str, str]) -> None:
        self._units = units
        self._all = codes
        self._subdivisions = subdivisions
        self._known = {unit.code: known[unit.code] for unit in units if unit.code in known}
        self._codes = [code for code in codes if code not in set(self._known.values())]

    def matched(self) -> dict[str, str]:
        """Pairs of the divisions that are the same."""
        pairs = self._agreed(self._claims())
        found: dict[str, str] = {}
        for depth in (1, 2):
            new = {unit: code for unit, code in pairs.items() if self._subdivisions.depth(code) == depth}
            if self._are_one({unit for unit, code in (new | self._known).items() if self._subdivisions.depth(code) == depth}, depth):
                found |= new
        return found

    def _claims(self) -> dict[str, list[str]]:
        """The subdivisions that have a name of a unit; of units within each other the outermost is meant."""
        named = self._units_by_name()
        spoken = self._names()
        claims: dict[str, list[str]] = defaultdict(list)
        for code in self._codes:
            meant = {unit for name in spoken[code] for unit in named.get(name, ())}
            outermost = [unit for unit in meant if not any(other != unit and unit.startswith(other) for other in meant)]
            if len(outermost) == 1:
                claims[outermost[0]].append(code)
        return claims

    def _agreed(self, claims: Mapping[str, list[str]]) -> dict[str, str]:
        """Units that one subdivision alone has a claim to: of two within each other the outer where they are the same area, else the inner."""
        found = {}
        for unit, codes in claims.items():
            outer = [code for code in codes if code in {self._subdivisions.within[other] for other in codes}]
            for code in outer:
                alone = sum(parent == code for parent in self._subdivisions.within.values()) == 1
                codes = [other for other in codes if (self._subdivisions.within[other] != code if alone else other != code)]
            if len(codes) == 1:
                found[unit] = codes[0]
        return found

    def _are_one(self, matched: set[str], depth: int) -> bool:
        of_iso = sum(self._subdivisions.depth(code) == depth for code in self._all)
        if len(matched) > LEAST_OF_ISO * of_iso:
            return True
        levels = [{unit.code for unit in self._units if any(len(code) == level + 2 for code in unit.codes)} for level in LEVELS]
        return any(level and len(matched & level) >= LEAST_OF_NUTS * len(level) for level in levels)

    def _units_by_name(self) -> dict[str, set[str]]:
        labels = [(unit, level, part) for unit in self._units if unit.code not in self._known
                  for code, label in zip(unit.codes, unit.labels, strict=True) for level in (len(code),) for part in parts(label)]
        words = {level: _common(label for _, other, label in labels if other == level) for level in {level for _, level, _ in labels}}
        found: dict[str, set[str]] = defaultdict(set)
        for unit, level, label in labels:
            for name in (fold(label), _bare(label, words[level])):
                found[name].add(unit.code)
        found.pop("", None)
        return found

    def _names(self) -> dict[str, set[str]]:
        spoken = [(code, (language, self._subdivisions.depth(code)), name) for code in self._codes
                  for language, name in self._subdivisions.names[code].items()]
        words = {group: _common(name for _, other, name in spoken if other == group) for group in {group for _, group, _ in spoken}}
        found: dict[str, set[str]] = defaultdict(set)
        for code, group, name in spoken:
            found[code] |= {fold(name), _bare(name, words[group])}
        return found


def parts(label: str) -> list[str]:
    """The names in a label: "Valle d’Aosta/Vallée d’Aoste", without what tells homonyms apart, "Limburg (BE)"."""
    bare = re.sub(r"\s*\([^)]*\)", "", label)
    return list(dict.fromkeys(filter(None, (bare, *re.split(r"\s*/\s*", bare)))))


def _common(names: Iterable[str]) -> frozenset[str]:
    """The words that stand in a third of a division's names: what its parts are called, "province", "kraj", "län"."""
    folded = [set(fold(name).split()) for name in names]
    counts = Counter(word for words in folded for word in words)
    return frozenset(word for word, count in counts.items() if count >= 3 and count * 3 >= len(folded))


def _bare(name: str, common: frozenset[str]) -> str:
    """A name without such words at its ends."""
    words = fold(name).split()
    while words and words[0] in common:
        del words[0]
    while words and words[-1] in common:
        del words[-1]
    return " ".join(words)
