"""Read the word lists of a language, so that the rules know grammar and institutions but no language by heart.

A language is a set of files in words/: it.yml (verbs, nouns, dates), it_people.yml (offices), it_sectors.yml, it_names.yml (names
that its press offices use). Another language is added by adding its files.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from loaders.press.text import fold

SHARED, LITTLE = 0.2, 0.3
"""What a word that several languages have says of one of them; and one that is no little word."""
NAMED = 0.1
"""What the name of a region says that only one language writes so; in a text without any word of a language it says nothing."""
IN_NAMES = re.compile(r"(?<=[a-z]) (?:van der|van den|van de|von der|van|von|de la|del|della|di|de|da|du)(?= [A-Z])")
SHORT = 3
"""Months of so few letters are words of other languages too."""
CERTAIN, CLEARLY = 3.0, 1.3
"""Another language must be seen in so many little words, and so much more often than one that is read."""
FOLDER = Path(__file__).with_name("words")


@dataclass(frozen=True, slots=True)
class Kind:
    """A pattern that names a kind of agreement, meeting or office; `weak` ones need a verb beside them."""

    kind: str
    pattern: re.Pattern[str]
    label: str = ""
    weak: bool = False
    network: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Demonyms:
    """Adjectives of regions ("bavarese"), all in one pattern: group n+1 is that of region n."""

    regions: tuple[str, ...]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language: patterns and lists by the names that the files give them."""

    language: str
    patterns: Mapping[str, re.Pattern[str]]
    words: Mapping[str, frozenset[str]]
    agreements: tuple[Kind, ...]
    meetings: tuple[Kind, ...]
    offices: tuple[Kind, ...]
    demonyms: Demonyms
    sectors: Mapping[str, tuple[str, bool]]
    months: Mapping[str, int]
    weekdays: tuple[str, ...]
    numbers: Mapping[str, int]
    networks: Mapping[str, str]
    grammar: Mapping[str, str]

    @property
    def capital_nouns(self) -> bool:
        """Whether nouns are written with a capital, as in German."""
        return self.grammar["nouns"] != ""

    @property
    def month_pattern(self) -> str:
        """Any month, written out or short."""
        return "|".join(rf"{name}\.?" for name in sorted(self.months, key=len, reverse=True))

    def has(self, name: str, text: str) -> bool:
        """Whether a pattern occurs in a text."""
        return self.patterns[name].search(text) is not None

    def find(self, name: str, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """All places of a pattern in text[start:end]."""
        return self.patterns[name].finditer(text, start, len(text) if end is None else end)


def languages() -> tuple[str, ...]:
    """The languages whose words are here."""
    return tuple(sorted(path.stem for path in FOLDER.glob("??.yml")))


def detect(plain: str, names: Iterable[str] = ()) -> str:
    """The language of a folded text (case kept) by its words, the little ones most of all, and by the languages of the names in it: one of
    `languages()`, another known one ("ca"), or ""."""
    tally = Counter(re.findall(r"[a-z]+(?:'(?=[a-z]))?", IN_NAMES.sub(" ", plain[:20000]).lower()))
    counts: dict[str, float] = dict.fromkeys((*languages(), *_load("other_languages.yml")), 0.0)
    for word, count in tally.items():
        for language, weight in _evidence().get(word, {}).items():
            counts[language] += weight * count
    for language in names:
        if counts.get(language):
            counts[language] += NAMED
    best = max(sorted(counts), key=lambda language: counts[language])
    ours = max(languages(), key=lambda language: counts[language])
    if counts[best] >= CERTAIN and counts[best] > CLEARLY * counts[ours]:
        return best
    return ours if counts[ours] else ""


@cache
def _evidence() -> Mapping[str, Mapping[str, float]]:
    """What each word says of the languages that have it: little words a lot, other words of the lists less, what several share less still."""
    words: dict[str, dict[str, float]] = {}
    for language in languages():
        lexicon = load_lexicon(language)
        plain = {word for name, listed in lexicon.words.items() if name != "stopwords" for word in listed}
        plain |= {word for term in lexicon.sectors for word in term.split()} | {m for m in lexicon.months if len(m) > SHORT}
        for weight, group in ((LITTLE, plain), (1.0, lexicon.words["stopwords"])):
            for word in group:
                words.setdefault(word, {})[language] = weight
    for language, listed in _load("other_languages.yml").items():
        for word in listed:
            words.setdefault(word, {})[language] = 1.0
    return {word: {language: weight * (SHARED if len(by) > 1 else 1.0) for language, weight in by.items()} for word, by in words.items()}


@cache
def load_lexicon(language: str) -> Lexicon:
    """The word lists of a language, compiled once."""
    raw: dict[str, Any] = {**_load(f"{language}.yml"), **_load(f"{language}_people.yml")}
    words = {name: frozenset(str(w) for w in value) for name, value in raw.items()
             if isinstance(value, list) and all(isinstance(w, str) for w in value)}
    patterns = {name: compile_words(value) for name, value in raw.items() if isinstance(value, str) and name != "network_reference"}
    patterns["network_reference"] = re.compile(raw["network_reference"])
    for name in ("today", "yesterday", "tomorrow", "last_year", "next_year", "this_year", "day_after", "same_day", "next_word",
                 "last_word"):
        patterns[name] = compile_words("|".join(raw[name]))
    patterns["weekdays"] = compile_words(f"({'|'.join(raw['weekdays'])})(?:{raw['day_parts']})?")
    patterns |= {name: re.compile(pattern) for name, pattern in raw["grammar"].items()}
    patterns |= _around_names(patterns, raw["grammar"])
    months = {**{name: number for number, name in enumerate(raw["months"], 1)}, **raw["short_months"]}
    return Lexicon(language, patterns, words, _kinds(raw["agreements"]), _kinds(raw["meetings"]), _kinds(raw["offices"]),
                   Demonyms(tuple(raw["demonyms"]), compile_words("|".join(f"({pattern})" for pattern in raw["demonyms"].values()))),
                   _sectors(_load(f"{language}_sectors.yml")), months, tuple(raw["weekdays"]), raw["numbers"], raw["network_words"],
                   raw["grammar"])


def _around_names(patterns: Mapping[str, re.Pattern[str]], grammar: Mapping[str, str]) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Patterns of what stands right before or right behind a name."""
    of = grammar["of"]
    yield "no_region_behind", re.compile(rf"{patterns['not_region_before'].pattern}(?: {of})?[ ']?$")
    yield "region_behind", re.compile(rf"{patterns['region_before'].pattern}(?: (?:\w+ )?{of})?[ ']?$")
    yield "city_behind", re.compile(rf"{patterns['city_before'].pattern}[ ']$")
    yield "institution_behind", re.compile(rf"{patterns['institution'].pattern}{grammar['institution_tail']} $")
    yield "about_behind", re.compile(rf"(?:{grammar['about']}) (?:\w+ |\w+'){{0,2}}$")
    yield "place_behind", re.compile(rf"{patterns['placed'].pattern} $")
    yield "institution_ahead", re.compile(rf" {grammar['institution_lead']}{patterns['institution'].pattern}")


def compile_words(pattern: str) -> re.Pattern[str]:
    """A pattern that matches whole words only; an elided one ("dell'") ends at its apostrophe."""
    return re.compile(rf"(?<![\w-])(?:{pattern})(?:(?<=')|(?!\w))")


@cache
def read_names() -> dict[str, Any]:
    """words/names.yml: homonyms, names that block; and by language what its own file adds."""
    return {**_load("names.yml"), "languages": {language: _load(f"{language}_names.yml") for language in languages()}}


def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return loaded


def _kinds(entries: list[dict[str, Any]]) -> tuple[Kind, ...]:
    return tuple(Kind(entry["kind"], compile_words(entry["pattern"]), entry.get("office", entry["kind"]), entry.get("weak", False),
                      entry.get("network", False), entry.get("plain", False)) for entry in entries)


def _sectors(raw: dict[str, list[str]]) -> dict[str, tuple[str, bool]]:
    """Folded term -> (sector id, whether it is too common alone)."""
    return {fold(term.removeprefix("~")): (sector, term.startswith("~")) for sector, terms in raw.items() for term in terms}
