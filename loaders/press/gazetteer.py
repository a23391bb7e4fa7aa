"""Hold every name that is known (regions, networks, people in office, sectors) and find them all in one pass over a text.

A closed world favours an automaton over guessing: whatever the graph knows by name is found with its exact place, the longest
name first, so that Saxony is never found inside Lower Saxony.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import ahocorasick

from graph.model import Edge, Node
from loaders.press.lexicon import read_names
from loaders.press.text import Folded, fold

ADJECTIVE = re.compile(r"([A-ZÄÖÜ][a-zäöüß]+(?:isch|ig|om|al|ell|ei|rt))es?")
NO_ENDING = re.compile(r"(?!)")
NAMED = ("Region", "Country", "Network", "Organisation", "Event")
BLOCK = "block"
SHORTEST_ACRONYM = 3


@dataclass(frozen=True, slots=True)
class Known:
    """A node that the gazetteer knows; `country` is an ISO code or a country's id."""

    id: str
    kind: str
    name: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A person in an office of a region."""

    person: str
    name: str
    region: str
    office: str
    office_kind: str
    portfolio: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """An agreement or a meeting that is known: who, when, of what kind."""

    id: str
    kind: str
    name: str
    who: frozenset[str]
    date: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """One way to write a name: `language` "" for any; `exact` must be written just so (an acronym)."""

    id: str
    kind: str
    text: str
    language: str = ""
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A name found in a folded text."""

    start: int
    end: int
    names: tuple[Written, ...]


@dataclass(frozen=True)
class Gazetteer:
    """Known nodes, the ways to write them, terms in office, agreements and meetings. Make one with `build` or `from_folder`."""

    known: Mapping[str, Known]
    written: tuple[Written, ...]
    terms: tuple[Term, ...] = ()
    agreements: tuple[KnownEvent, ...] = ()
    events: tuple[KnownEvent, ...] = ()
    sector_terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def build(cls, nodes: Iterable[Node], edges: Iterable[Edge]) -> "Gazetteer":
        """A gazetteer of what the graph holds: names in all languages, aliases, acronyms, LEADS and SERVES_IN, agreements."""
        from loaders.press.known import from_graph

        return from_graph(nodes, edges)

    @classmethod
    def from_folder(cls, path: Any) -> "Gazetteer":
        """A gazetteer of the curated CSV files, so that a text can be read without a running graph."""
        from loaders.press.known import from_folder

        return from_folder(path)

    @cached_property
    def terms_of(self) -> Mapping[str, tuple[Term, ...]]:
        """Terms by person."""
        out: dict[str, list[Term]] = {}
        for term in self.terms:
            out.setdefault(term.person, []).append(term)
        return {person: tuple(terms) for person, terms in out.items()}

    @cached_property
    def surnames(self) -> Mapping[str, tuple[str, ...]]:
        """Persons by folded surname: the last word of the name, and every longer end of it."""
        out: dict[str, list[str]] = {}
        for person, terms in self.terms_of.items():
            words = fold(terms[0].name).split()
            for count in range(1, len(words) if len(words) > 1 else 2):
                out.setdefault(" ".join(words[-count:]), []).append(person)
                if count == 1 and len(words) > 2:
                    out.setdefault(words[1], []).append(person)
        return {name: tuple(dict.fromkeys(persons)) for name, persons in out.items()}

    @cached_property
    def _automaton(self) -> Any:
        automaton = ahocorasick.Automaton()
        by_key: dict[str, list[Written]] = {}
        for name in itertools.chain.from_iterable(map(_inflected, (*self.written, *_more_names(self.known)))):
            key = fold(name.text)
            if len(key) > 1:
                by_key.setdefault(key, []).append(name)
        for term in self.terms:
            by_key.setdefault(fold(term.name), []).append(Written(term.person, "Leader", term.name))
        for key, names in by_key.items():
            automaton.add_word(key, (len(key), tuple(dict.fromkeys(names))))
        if by_key:
            automaton.make_automaton()
        return automaton

    def find(self, folded: Folded, endings: re.Pattern[str] = NO_ENDING) -> Iterator[Found]:
        """Every known name, the longest where several begin or overlap, in order; `endings` may follow a name ("Sachsens")."""
        key, places = _key(folded.low)
        if not len(self._automaton):
            return
        hits = []
        for last, (length, names) in self._automaton.iter(key):
            start, end = places[last - length + 1], places[last] + 1
            if _is_word(folded, start, end, endings):
                hits.append(Found(start, end, names))
        covered = 0
        for hit in sorted(hits, key=lambda found: (found.start, -found.end)):
            if hit.start >= covered:
                covered = hit.end
                yield hit


def _key(low: str) -> tuple[str, list[int]]:
    """The text as names are folded (runs of blanks and dashes as one blank), and where each character of it stands."""
    characters: list[str] = []
    places: list[int] = []
    for index, character in enumerate(low):
        blank = character in " -"
        if blank and characters and characters[-1] == " ":
            continue
        characters.append(" " if blank else character)
        places.append(index)
    return "".join(characters), places


def _is_word(folded: Folded, start: int, end: int, endings: re.Pattern[str]) -> bool:
    """Whether a hit begins and ends at a word's border; a capital behind a small letter is one (a caption glued to its text)."""
    plain = folded.plain
    before, after = plain[start - 1:start], plain[end:end + 1]
    if before and (before.isalnum() or before in "@_/#") and not (before.islower() and plain[start].isupper()):
        return False
    if before == "." and plain[start - 2:start - 1].isalnum():
        return False
    if after and (after.isalnum() or after in "@_") and not (plain[end - 1].islower() and (after.isupper() or endings.match(plain, end))):
        return False
    return not (after == "." and plain[end + 1:end + 2].isalnum())


def _more_names(known: Mapping[str, Known]) -> Iterator[Written]:
    """Further names from words/ for what is known, and names that block."""
    raw = read_names()
    for language, words in raw["languages"].items():
        for id, names in words["names"].items():
            if id in known:
                for name in names:
                    yield Written(id, known[id].kind, name, language, exact=name.isupper())
    for name in raw["blocking"]:
        yield Written("", BLOCK, name)


def _inflected(name: Written) -> Iterator[Written]:
    """A name and what its adjectives become in other cases: "Deutschsprachige Gemeinschaft", "der Deutschsprachigen Gemeinschaft"."""
    yield name
    first, _, rest = name.text.partition(" ")
    if name.language == "de" and rest and (adjective := ADJECTIVE.fullmatch(first)):
        yield from (replace(name, text=f"{adjective.group(1)}{ending} {rest}") for ending in ("e", "en", "er", "es", "em"))
