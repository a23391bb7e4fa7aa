"""Recognise what a column holds, from its header and from its cells, with a confidence and the reason in words.

Both speak: a header in six languages, and cells that match names, codes, dates, roles, sectors.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

import yaml

from graph.search import fold
from graph.words import mark
from loaders.table.cells import texts
from loaders.table.dates import NoDate, read_date
from loaders.table.naming import Naming
from loaders.table.sampling import Column
from loaders.table.told import Told, told

WORDS = Path(__file__).with_name("words.yml")
SEPARATORS = (";", "\n", " / ", "|", ",", "/")
NAMED_KINDS = ("Region", "Country", "Network", "Organisation", "Leader", "Agreement", "Event", "Sector", "Place")
CLOSED = frozenset({"Region", "Country", "Sector"})
"""Kinds of which the graph knows most: where it knows none of a column's names, its header is doubted; nothing new is made unasked."""
PARTY, NAME, LINKED = "parties", "name", "cites_url"
ENOUGH = 0.5
"""The share of cells that must speak for a meaning."""
DISTINCT = 150
"""Different values of a column that are looked at."""
QID = re.compile(r"Q\d{1,10}")
ISO = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
LINK = re.compile(r"(https?://|www\.)\S+", re.I)


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column seems to mean: a kind of node, a property, a qualifier, "parties", "name", "cites_url", "quote", or "" (nothing).

    `split` parts its cells; `date` is the order of its dates, `interval` whether they have two ends; `kinds` are all kinds that its
    names are of; `header` is what the header alone means; `reasons` say why.
    """

    column: str
    meaning: str
    confidence: float
    reasons: tuple[Told, ...] = ()
    split: tuple[str, ...] = ()
    date: str = ""
    interval: bool = False
    kinds: tuple[str, ...] = ()
    header: str = ""

    def why(self, language: str) -> str:
        """The reasons in a language."""
        return "; ".join(reason.said(language) for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of words.yml by their folded form: what headers, roles, statuses, ties, kinds and names with them mean."""

    headers: Mapping[str, str]
    roles: Mapping[str, str]
    statuses: Mapping[str, str]
    ties: Mapping[str, str]
    kinds: Mapping[str, str]
    named: Mapping[str, str]


@cache
def vocabulary() -> Vocabulary:
    """The words, read once."""
    raw: dict[str, dict[str, list[str]]] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))

    def folded(part: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for meaning, words in raw[part].items():
            for word in words:
                found.setdefault(fold(str(word)), meaning)
        return found

    return Vocabulary(*(folded(part) for part in ("headers", "roles", "statuses", "ties", "kinds", "named")))


def recognise(column: Column, naming: Naming) -> Guess:
    """The most likely meaning of a column."""
    if not column.rows:
        return Guess(column.name, "", 1.0, (told(mark("it is blank")),))
    header, sure = header_meaning(column.name, vocabulary().headers)
    by_cells = list(_by_cells(column, naming, header))
    if header:
        doubtful = header in CLOSED and not any(guess.meaning == header for guess in by_cells) and naming.has(header)
        by_cells.append(Guess(column.name, header, sure / 2 if doubtful else sure, (told(mark("it is called “{name}”"), name=column.name),)))
    best: dict[str, Guess] = {}
    for guess in by_cells:
        best[guess.meaning] = _joined(best[guess.meaning], guess) if guess.meaning in best else guess
    nothing = Guess(column.name, "", 0.3, (told(mark("nothing is known that it is like")),))
    chosen = max(best.values(), key=lambda guess: guess.confidence, default=nothing)
    split = chosen.split or next((guess.split for guess in by_cells if guess.split and chosen.meaning == PARTY), ())
    dated = next((guess for guess in by_cells if guess.date or guess.interval), chosen)
    kinds = chosen.kinds or next((guess.kinds for guess in by_cells if guess.kinds and chosen.meaning in (PARTY, NAME)), ())
    return replace(chosen, header=header, split=split, date=dated.date, interval=dated.interval, kinds=kinds)


def header_meaning(text: str, words: Mapping[str, str]) -> tuple[str, float]:
    """What a header's words mean, and how sure that is: all of it is the word, or it has the word in it."""
    folded = fold(re.sub(r"\(.*?\)|:.*$|_", " ", text)) or fold(text)
    if folded in words:
        return words[folded], 0.75
    tokens = folded.split(" ")
    spans = [" ".join(tokens[i:j]) for i in range(len(tokens)) for j in range(i + 1, len(tokens) + 1)]
    inside = max((span for span in spans if span in words and len(span) > 2), key=len, default="")
    return (words[inside], 0.55) if inside else ("", 0.0)


def _by_cells(column: Column, naming: Naming, header: str) -> Iterator[Guess]:
    values = [value for value, _ in column.values.most_common(DISTINCT)]

    def share(test: Callable[[str], object]) -> float:
        return sum(bool(test(value)) for value in values) / len(values)

    link = LINKED if header == LINKED else "website"
    for meaning, test, what in (("wikidata", QID.fullmatch, mark("{share} of its values are identifiers of Wikidata")),
                                ("iso", ISO.fullmatch, mark("{share} of its values are ISO 3166-2 codes")),
                                (link, LINK.match, mark("{share} of its values are web addresses"))):
        if (found := share(test)) >= ENOUGH:
            yield Guess(column.name, meaning, 0.4 + 0.4 * found, (_share(found, what),))
    if (found := share(partial(_has_code, naming, "nuts", "Region"))) >= ENOUGH:
        yield Guess(column.name, "nuts", 0.5 + 0.45 * found, (_share(found, mark("{share} of its values are NUTS codes that the graph knows")),))
    if (found := share(partial(_has_code, naming, "iso2", "Country"))) >= ENOUGH:
        reason = _share(found, mark("{share} of its values are country codes that the graph knows"))
        yield Guess(column.name, "Country", 0.5 + 0.45 * found, (reason,), kinds=("Country",))
    yield from _worded(column, values)
    yield from _dates(column, values)
    yield from _names(column, values, naming)


def _has_code(naming: Naming, property: str, kind: str, text: str) -> bool:
    return naming.by_code(text, property, (kind,)) is not None


def _worded(column: Column, values: list[str]) -> Iterator[Guess]:
    """A column of roles, of statuses, or of names that say what they name."""
    words = vocabulary()
    for meaning, known in (("role", words.roles), ("status", words.statuses)):
        found = [value for value in values if fold(value) in known]
        if len(found) >= ENOUGH * len(values):
            reason = told(mark("its values are those of a {meaning}: {examples}"), meaning=meaning, examples=", ".join(found[:3]))
            yield Guess(column.name, meaning, 0.55 + 0.4 * len(found) / len(values), (reason,))
    said = Counter(header_meaning(value, words.named)[0] for value in values)
    del said[""]
    for kind, count in said.most_common(1):
        if count >= 0.3 * len(values):
            reason = _share(count / len(values), mark("{share} of its names read as {kind}"), kind=kind)
            yield Guess(column.name, kind, 0.4 + 0.4 * count / len(values), (reason,), kinds=(kind,))


def _dates(column: Column, values: list[str]) -> Iterator[Guess]:
    """A column of dates; the order of day and month is told by a number above twelve."""
    if all(value.isdigit() and len(value) == 5 and 20_000 < int(value) < 70_000 for value in values):
        yield Guess(column.name, "date", 0.5, (told(mark("its values are days as Excel counts them")),), date="serial")
        return
    dates = {order: [_date(value, order) for value in values] for order in ("dmy", "mdy")}
    order = max(dates, key=lambda order: (sum(map(bool, dates[order])), order == "dmy"))
    share = sum(map(bool, dates[order])) / len(values)
    if share >= 0.7:
        intervals = sum("/" in date for date in dates[order])
        meaning = "period" if intervals >= ENOUGH * len(values) else "date"
        yield Guess(column.name, meaning, 0.35 + 0.3 * share, (_share(share, mark("{share} of its values are dates")),),
                    date="" if order == "dmy" else order, interval=bool(intervals))


def _date(value: str, order: str) -> str:
    try:
        return read_date(value, order)
    except NoDate:
        return ""


def _names(column: Column, values: list[str], naming: Naming) -> Iterator[Guess]:
    """A column of names that the graph knows, one a cell or several."""
    if sum(any(c.isalpha() for c in value) for value in values) < ENOUGH * len(values):
        return
    share, kinds, split = 0.0, list[str](), tuple[str, ...]()
    for sign in ("", *SEPARATORS):
        parts = [part for value in values for part in texts(value, (sign,) if sign else ())]
        if not parts or (sign and len(parts) <= 1.05 * len(values)):
            continue
        found = [_kind_of(part, naming) for part in parts]
        known = sum(map(bool, found)) / len(parts)
        if known > share + 0.05:
            share, kinds, split = known, found, (sign,) if sign else ()
    if share >= 0.3:
        often = [kind for kind, count in Counter(filter(None, kinds)).most_common() if count >= max(1, 0.02 * len(kinds))]
        reason = _share(share, mark("{share} of its names are known, most as {kind}"), kind=often[0])
        yield Guess(column.name, often[0], 0.4 + 0.55 * share, (reason,), split=split, kinds=tuple(often))


def _kind_of(text: str, naming: Naming) -> str:
    found = {name.kind for name in naming.by_name(text, NAMED_KINDS).names} if len(text) > 1 else set()
    return next((kind for kind in NAMED_KINDS if kind in found), "")


def _share(share: float, template: str, **fields: str) -> Told:
    return told(template, share=f"{share:.0%}", **fields)


def _joined(one: Guess, other: Guess) -> Guess:
    """Two reasons for the same meaning: together they are surer than each."""
    return replace(one, confidence=min(0.99, 1 - (1 - one.confidence) * (1 - other.confidence)), reasons=(*one.reasons, *other.reasons),
                   split=one.split or other.split, date=one.date or other.date, kinds=tuple(dict.fromkeys((*one.kinds, *other.kinds))))
