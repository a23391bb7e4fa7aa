"""Read the word lists of a language, so that the rules know grammar and institutions but no language by heart.

A language is a set of files in words/: it.yml (verbs, nouns, dates), it_people.yml (offices), it_sectors.yml. Another language
is added by adding its files.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from loaders.press.text import fold

SHARED = 0.2
"""What a little word that several languages have says of one of them."""
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
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language: patterns and lists by the names that the files give them."""

    language: str
    patterns: Mapping[str, re.Pattern[str]]
    words: Mapping[str, frozenset[str]]
    agreements: tuple[Kind, ...]
    meetings: tuple[Kind, ...]
    offices: tuple[Kind, ...]
    demonyms: tuple[tuple[str, re.Pattern[str]], ...]
    sectors: Mapping[str, tuple[str, bool]]
    months: tuple[str, ...]
    month_pattern: str
    weekdays: tuple[str, ...]
    numbers: Mapping[str, int]
    networks: Mapping[str, str]

    def has(self, name: str, text: str) -> bool:
        """Whether a pattern occurs in a text."""
        return self.patterns[name].search(text) is not None

    def find(self, name: str, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """All places of a pattern in text[start:end]."""
        return self.patterns[name].finditer(text, start, len(text) if end is None else end)


def languages() -> tuple[str, ...]:
    """The languages whose words are here."""
    return tuple(sorted(path.stem for path in FOLDER.glob("??.yml")))


def detect(low: str) -> str:
    """The language of a folded text by its little words and months: one of `languages()`, another known one ("de"), or ""."""
    found = re.findall(r"[a-z]+", low[:20000])
    if not found:
        return ""
    tally = Counter(found)
    sets = _little_words()
    alone = Counter(word for words in sets.values() for word in words)
    counts = {language: sum(tally[word] * (1.0 if alone[word] == 1 else SHARED) for word in words) for language, words in sets.items()}
    best = max(sorted(counts), key=lambda language: counts[language])
    ours = max(languages(), key=lambda language: counts[language])
    if counts[best] >= CERTAIN and counts[best] > CLEARLY * counts[ours]:
        return best
    return ours if counts[ours] else ""


@cache
def _little_words() -> Mapping[str, frozenset[str]]:
    lexicons = {language: load_lexicon(language) for language in languages()}
    ours = {name: words.words["stopwords"] | set(words.months) | set(words.weekdays) for name, words in lexicons.items()}
    return {**_read("other_languages.yml", frozenset), **ours}


@cache
def load_lexicon(language: str) -> Lexicon:
    """The word lists of a language, compiled once."""
    raw: dict[str, Any] = {**_load(f"{language}.yml"), **_load(f"{language}_people.yml")}
    words = {name: frozenset(str(w) for w in value) for name, value in raw.items()
             if isinstance(value, list) and all(isinstance(w, str) for w in value)}
    patterns = {name: compile_words(value) for name, value in raw.items() if isinstance(value, str) and name != "network_reference"}
    patterns["network_reference"] = re.compile(raw["network_reference"])
    for name in ("today", "yesterday", "tomorrow", "last_year", "next_word", "last_word", "weekdays"):
        patterns[name] = compile_words("|".join(raw[name]))
    patterns |= {name: re.compile(pattern) for name, pattern in raw["grammar"].items()}
    months = tuple(raw["months"])
    return Lexicon(language, patterns, words, _kinds(raw["agreements"]), _kinds(raw["meetings"]), _kinds(raw["offices"]),
                   tuple((region, compile_words(pattern)) for region, pattern in raw["demonyms"].items()),
                   _sectors(_load(f"{language}_sectors.yml")), months, "|".join([*months, *(rf"{m}\.?" for m in raw["short_months"])]),
                   tuple(raw["weekdays"]), raw["numbers"], raw["network_words"])


def compile_words(pattern: str) -> re.Pattern[str]:
    """A pattern that matches whole words only; an elided one ("dell'") ends at its apostrophe."""
    return re.compile(rf"(?<![\w-])(?:{pattern})(?:(?<=')|(?!\w))")


def read_names() -> dict[str, Any]:
    """words/names.yml: further names, homonyms, names that block."""
    return _load("names.yml")


def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return loaded


def _read(name: str, make: type[frozenset[str]]) -> dict[str, frozenset[str]]:
    return {key: make(value) for key, value in _load(name).items()}


def _kinds(entries: list[dict[str, Any]]) -> tuple[Kind, ...]:
    return tuple(Kind(entry["kind"], compile_words(entry["pattern"]), entry.get("office", entry["kind"]), entry.get("weak", False),
                      entry.get("network", False), entry.get("plain", False), entry.get("keep", False)) for entry in entries)


def _sectors(raw: dict[str, list[str]]) -> dict[str, tuple[str, bool]]:
    """Folded term -> (sector id, whether it is too common alone)."""
    return {fold(term.removeprefix("~")): (sector, term.startswith("~")) for sector, terms in raw.items() for term in terms}
