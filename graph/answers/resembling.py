"""Answer "who is perhaps one and the same?": two of one kind with like names or the same code, with reasons, for a person to judge.

Whatever tells two apart for certain ends it: different codes of one scheme, different countries or numbers, dates that cannot both
be, a tie from one to the other, and a person who said that they are two.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from graph.model import UNSURE, Edge, Name, Node, Statement, dates_agree
from graph.record import in_force
from graph.schema import Schema
from graph.search import fold
from graph.store import Store
from graph.words import listing, translator

CODES = ("wikidata", "iso", "iso2", "nuts", "website")
"""Properties of which one value means one thing."""
TELLING_APART = ("wikidata", "iso", "iso2", "nuts", "nuts_level", "country")
DATES = ("date", "founded")
FIXED = frozenset({"Sector", "Country"})
"""Kinds whose members are given once for all."""
ALIKE = 87.0
"""Similarity (0 to 100) from which two names are perhaps one: one letter of eight may differ."""
START = 4
"""Two names are compared where a word of each begins with the same letters."""
COMMON = 60
"""How many names may share such a beginning; a word in more of them tells nothing."""
FEW_LETTERS = 5
MOST = 100
EVERY = 500_000
MOST_REASONS = 3
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two that may be one: `one` has more ties and would stand for both. `score` is from 0 to 1; `unsure`: a person could not tell."""

    one: Node
    other: Node
    score: float
    reasons: tuple[str, ...]
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Resemblances:
    """The candidates, most alike first, and how many more there are."""

    candidates: tuple[Candidate, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How two are named alike, as far as they are."""

    score: float
    one: str = ""
    other: str = ""


def resembling(store: Store, schema: Schema, *, language: str = "en", limit: int = MOST) -> Resemblances:
    """Who is perhaps one and the same, among all that the store sees."""
    kinds = [kind for kind, spec in schema.nodes.items() if not spec.hidden and kind not in FIXED]
    nodes = {node.id: node for kind in kinds for node in store.of_kind(kind, limit=EVERY)}
    pairs = {**dict.fromkeys(_same_codes(nodes.values()), _Likeness(0.0)), **_like_named(name for name in store.names() if name.id in nodes)}
    judged = in_force(store.judgements())
    possible = {pair: likeness for pair, likeness in pairs.items()
                if (pair not in judged or judged[pair].verdict == UNSURE) and not _apart(nodes[pair[0]], nodes[pair[1]])}
    ties = _ties(store, {id for pair in possible for id in pair})
    found = [_candidate(pair, likeness, nodes, ties, judged, store, schema, language) for pair, likeness in possible.items()
             if not _tied_apart(pair, ties)]
    found.sort(key=lambda candidate: (candidate.unsure, -candidate.score, candidate.one.id, candidate.other.id))
    return Resemblances(tuple(found[:limit]), max(0, len(found) - limit))


def _candidate(pair: Pair, likeness: _Likeness, nodes: Mapping[str, Node], ties: Mapping[str, Sequence[Edge]], judged: Mapping[Pair, Statement],
               store: Store, schema: Schema, language: str) -> Candidate:
    """The reasons for a pair, and how much they weigh together."""
    _ = translator(language)
    one, other = sorted((nodes[id] for id in pair), key=lambda node: (-len(ties[node.id]), node.id))
    reasons, score = [], likeness.score
    if likeness.one:
        same = fold(likeness.one) == fold(likeness.other)
        reasons.append(_("Both are called “{name}”", name=likeness.one) if same
                       else _("“{one}” and “{other}” are written alike", one=likeness.one, other=likeness.other))
    for code in CODES:
        if one.text(code) and one.text(code) == other.text(code):
            reasons.append(_("{property} of both: {value}", property=schema.label(code, language), value=one.text(code)))
            score = max(score, 0.75)
    shared = sorted(_ends(one.id, ties[one.id]) & _ends(other.id, ties[other.id]))
    if shared:
        ends = {node.id: node.name_in(language) for node in store.get({end for _kind, end in shared[:MOST_REASONS]})}
        reasons.append(_("Both are tied to {names}", names=listing(dict.fromkeys(ends.values()), language)))
        score += (1 - score) * (1 - 0.6 ** len(shared))
    return Candidate(one, other, round(score, 3), tuple(reasons), pair in judged)


def _ends(id: str, edges: Iterable[Edge]) -> set[tuple[str, str]]:
    return {(edge.kind, edge.other(id)) for edge in edges}


def _ties(store: Store, ids: Iterable[str]) -> dict[str, list[Edge]]:
    """The ties of each of these nodes."""
    found: dict[str, list[Edge]] = defaultdict(list)
    wanted = sorted(ids)
    for start in range(0, len(wanted), 200):
        part = set(wanted[start:start + 200])
        for edge in store.adjacent(sorted(part)):
            for end in {edge.source, edge.target} & part:
                found[end].append(edge)
    return found


def _apart(one: Node, other: Node) -> bool:
    """Whether what is known of two tells that they are two."""
    if one.kind != other.kind:
        return True
    return (any(one.text(name) and other.text(name) and one.text(name) != other.text(name) for name in TELLING_APART)
            or not all(dates_agree(one.text(name), other.text(name)) for name in DATES))


def _tied_apart(pair: Pair, ties: Mapping[str, Sequence[Edge]]) -> bool:
    """Whether ties tell that two are two: one leads to the other, or they are agreements of different parties."""
    one, other = pair
    parties, others = ({edge.source for edge in ties[id] if edge.kind == "PARTY_TO" and edge.target == id} for id in pair)
    return other in {edge.other(one) for edge in ties[one]} or not (parties <= others or others <= parties)


def _same_codes(nodes: Iterable[Node]) -> Iterator[Pair]:
    """The pairs of one kind that have a code in common."""
    groups: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for node in nodes:
        for code in CODES:
            if value := node.text(code):
                groups[node.kind, code, value].append(node.id)
    for ids in groups.values():
        yield from itertools.combinations(sorted(ids)[:COMMON], 2)


def _like_named(names: Iterable[Name]) -> dict[Pair, _Likeness]:
    """The pairs of one kind of which two names are the same or written alike, with the names most alike."""
    found: dict[Pair, _Likeness] = {}
    blocks: dict[tuple[str, str], dict[tuple[str, str], str]] = defaultdict(dict)
    for name in names:
        for folded, text in {fold(text): text for _language, text in reversed(name.names)}.items():
            for start in {word[:START] for word in folded.split() if len(word) >= START} | {folded}:
                blocks[name.kind, start].setdefault((name.id, folded), text)
    for called in blocks.values():
        if len(called) > COMMON:
            continue
        for ((a, one), text), ((b, other), again) in itertools.combinations(called.items(), 2):
            likeness = 0.0 if a == b else _alike(one, other)
            pair = (min(a, b), max(a, b))
            if likeness and (pair not in found or likeness > found[pair].score):
                found[pair] = _Likeness(likeness, *((text, again) if a < b else (again, text)))
    return found


def _alike(one: str, other: str) -> float:
    """How alike two folded names are, from 0 (not) to 0.8 (the same); names with different numbers are not.

    Few letters, as of an acronym, say little.
    """
    if one == other:
        return 0.8 if len(one) > FEW_LETTERS else 0.5
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return 0.0
    if _initialled(one, other):
        return 0.6
    ratio = fuzz.token_sort_ratio(one, other)
    return 0.4 + 0.3 * (ratio - ALIKE) / (100 - ALIKE) if ratio >= ALIKE else 0.0


def _initialled(one: str, other: str) -> bool:
    """Whether one is the other with an initial: "a fontana" and "attilio fontana"."""
    first, second = one.split(), other.split()
    if len(first) != len(second) or len(first) < 2 or first[1:] != second[1:]:
        return False
    return first[0][0] == second[0][0] and 1 in (len(first[0]), len(second[0]))
