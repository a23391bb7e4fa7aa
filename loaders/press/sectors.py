"""Find the sectors that a text is about, in the context of contents: in a network's name, an office or a passing word they are none.

Common words ("innovazione", "trade") count only in a list of sectors or behind a word like "settori". Where a text lists its contents,
the general aims around that list are aims and no sectors.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick

from loaders.press.gazetteer import Gazetteer
from loaders.press.lexicon import Lexicon
from loaders.press.page import Page
from loaders.press.text import Sentence, fold

CUE_REACH = 110
LIST_REACH = 50
CHAIN_REACH = 110
AIM_REACH = 60
SHORTEST_AIM = 9
LIST_GAP = re.compile(r"(?:'s)?[\s,;:/&\"-]*(?:\w+[\s,']+){0,6}?(?:\w+')?\Z")
CLAUSE_END = re.compile(r"[.;:\"\n]| - ")
BRACKET = re.compile(r" \([^()]{0,80}\)")
SENTENCE_END = re.compile(r"[.!?]\s")
ENOUGH, LONGEST_ITEM = 3, 4
COMMON = frozenset({"economy", "innovation", "technology", "governance", "services", "social", "investment", "trade", "labour", "security",
                    "culture", "language", "media", "sport", "youth", "research", "education", "design", "urban", "water", "materials",
                    "international-cooperation", "citizenship", "environment", "skills", "energy", "health", "housing", "climate"})
"""Sectors whose labels are everyday words."""
Term = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class Topic:
    """A sector at a place of the folded text; `weak` words count only in context."""

    start: int
    end: int
    sector: str
    weak: bool


@lru_cache(maxsize=8)
def _automaton(terms: tuple[Term, ...]) -> "ahocorasick.Automaton":
    automaton = ahocorasick.Automaton()
    for key, sector, weak in terms:
        automaton.add_word(key, (len(key), sector, weak))
    automaton.make_automaton()
    return automaton


@lru_cache(maxsize=8)
def _merge(labels: tuple[tuple[str, str], ...], own: tuple[Term, ...]) -> tuple[Term, ...]:
    terms = {fold(label): (sector, sector in COMMON and " " not in label) for sector, label in labels}
    terms |= {key: (sector, weak) for key, sector, weak in own}
    return tuple((key, sector, weak) for key, (sector, weak) in terms.items() if len(key) > 1)


def vocabulary(lexicon: Lexicon, gazetteer: Gazetteer) -> tuple[Term, ...]:
    """Every term of the sector map and of the language's own list: (folded term, sector, whether it is too common alone)."""
    labels = tuple((sector, text) for sector, texts in gazetteer.sector_terms.items() for text in texts)
    return _merge(labels, tuple((key, sector, weak) for key, (sector, weak) in lexicon.sectors.items() if sector in gazetteer.known))


def find_topics(page: Page) -> tuple[Topic, ...]:
    """All sectors that the prose states as contents, in order."""
    candidates = _candidates(page)
    ends = {topic.end + 1 for topic in candidates}
    kept = [topic for topic in candidates if not topic.weak
            or (topic.start not in ends and not _is_somebodys(topic, page) and (_in_list(topic, candidates, page) or _behind_cue(topic, page)))]
    listing = _listing(page, kept)
    if len({t.sector for t in kept if t.start in listing}) >= ENOUGH:
        return tuple(t for t in kept if t.start in listing or (not _is_aim(page, t) and (not t.weak or _behind_cue(t, page))))
    return tuple(kept)


def find_unmapped(page: Page) -> tuple[str, ...]:
    """What a list of sectors names beside them that no term maps ("tourism, beekeeping and culture"), in the text's words."""
    topics, known, out = find_topics(page), _candidates(page), []
    for sentence in page.prose():
        inside = [topic for topic in topics if sentence.start <= topic.start < sentence.end]
        if len(inside) < ENOUGH - 1 or not page.lexicon.has("content", page.low(sentence)):
            continue
        for start, end in _items(page, inside[0].start, inside[-1].end):
            words = page.folded.low[start:end].split()
            if (0 < len(words) <= LONGEST_ITEM and not page.lexicon.has("verbs", page.folded.low[start:end])
                    and not any(t.start < end and start < t.end for t in known) and not _is_named(page, start, end)):
                out.append(page.folded.words(start, end))
    return tuple(dict.fromkeys(out))


def _items(page: Page, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The items of a list, without the little words before them."""
    low, little = page.folded.low, page.lexicon.words["list_words"] | page.lexicon.words["stopwords"]
    cuts = [m.span() for m in re.finditer(rf", |{page.lexicon.grammar['joint']}", low[:end]) if m.start() >= start]
    for (_, first), (last, _) in itertools.pairwise([(start, start), *cuts, (end, end)]):
        while (word := re.match(r"(\w+)(?: |')", low[first:last])) and word.group(1) in little:
            first += word.end()
        if CLAUSE_END.search(low, first, last) is None:
            yield first, last


def _is_named(page: Page, start: int, end: int) -> bool:
    """Whether a span has a name or a date in it."""
    return any(s < end and start < e for s, e in (*((m.start, m.end) for m in page.mentions), *((d.start, d.end) for d in page.dates),
                                                  *(span for person in page.people for span in person.spans)))


def _is_somebodys(topic: Topic, page: Page) -> bool:
    """Whether a common word only belongs to a region: «l'economia ligure», "the Flemish economy"."""
    return any(topic.end < m.start <= topic.end + 1 or m.end < topic.start <= m.end + 1
               for m in page.mentions if m.how in ("echo", "adjective"))


def _candidates(page: Page) -> list[Topic]:
    low = page.folded.low
    key = low.replace("-", " ")
    terms = vocabulary(page.lexicon, page.gazetteer)
    nouns, endings = page.lexicon.patterns["nouns"], page.lexicon.patterns["plurals"]
    hits = []
    for last, (length, sector, weak) in _automaton(terms).iter(key) if terms else ():
        start, end = last - length + 1, last + 1
        before = key[start - 1] if start else " "
        if not nouns.match(page.folded.plain, low.rfind(" ", start, end) + 1 if " " in low[start:end] else start):
            continue
        plural = endings.match(key, end)
        if not (before.isalnum() or before in "@_" or (key[end:end + 1].isalnum() and not plural)):
            hits.append(Topic(start, plural.end() if plural else end, sector, weak))
    taken = [(m.start, m.end) for m in page.mentions if m.kind != "Region" or m.how == "name"]
    taken += [phrase for person in page.people for phrase in person.phrases]
    taken += [match.span() for match in page.lexicon.find("bodies", low)]
    taken += [bracket.span() for person in page.people for _, end in person.spans if (bracket := BRACKET.match(low, end))]
    out: list[Topic] = []
    covered = 0
    for hit in sorted(hits, key=lambda topic: (topic.start, -topic.end, topic.weak)):
        if hit.start < covered or hit.start >= page.folded.captions_from:
            continue
        covered = hit.end
        if not any(s < hit.end and hit.start < e for s, e in taken) and not _is_proper(page, hit) and not _is_office(page, hit):
            out.append(hit)
    return out


def _is_proper(page: Page, topic: Topic) -> bool:
    """Whether a term is a part of a proper name ("Clean Hydrogen Partnership"): a capital inside a sentence, with another beside it."""
    plain = page.folded.plain
    if page.lexicon.capital_nouns or not plain[topic.start].isupper() or plain[topic.start:topic.end].isupper():
        return False
    sentence = next((s for s in page.sentences if s.start <= topic.start < s.end), None)
    if sentence is None or sentence.heading:
        return False
    first = max(sentence.start, topic.start - 30)
    before = re.search(r"([\w'-]+) $", plain[first:topic.start])
    after = re.match(r" ([\w'-]+)", plain[topic.end:topic.end + 30])
    if after and after.group(1)[0].isupper():
        return True
    return before is not None and before.group(1)[0].isupper() and first + before.start() > sentence.start + 1


def _is_office(page: Page, topic: Topic) -> bool:
    """Whether a term is a portfolio ("assessore allo Sviluppo economico"): an office stands right before it in the same clause."""
    low = page.folded.low
    before = low[max(0, topic.start - 60):topic.start]
    for kind in page.lexicon.offices:
        for match in kind.pattern.finditer(before):
            between = before[match.end():]
            words = [word for word in re.findall(r"\w+", between) if len(word) > 2]
            if not re.search(r"[.;:()\n]", between) and all(word in page.lexicon.words["portfolio"] for word in words):
                return True
    return False


def _in_list(topic: Topic, candidates: list[Topic], page: Page) -> bool:
    """Whether another sector stands beside a term in a list."""
    low = page.folded.low
    index = candidates.index(topic)
    for other in (candidates[index - 1] if index else None, candidates[index + 1] if index + 1 < len(candidates) else None):
        if other is None or other.sector == topic.sector:
            continue
        gap = low[topic.end:other.start] if other.start > topic.start else low[other.end:topic.start]
        if len(gap) < LIST_REACH and _is_list(gap, page.lexicon) and (not other.weak or _chain(topic, other, candidates, page)):
            return True
    return False


def _is_list(gap: str, lexicon: Lexicon) -> bool:
    """Whether the words between two terms only enumerate."""
    grammar = lexicon.patterns
    return bool(LIST_GAP.match(gap) and grammar["list_sign"].search(gap) and not grammar["clause"].search(gap.replace(":", "")))


def _chain(topic: Topic, other: Topic, candidates: list[Topic], page: Page) -> bool:
    """Whether two common words in a row are a list: with a third one, or behind a cue."""
    first, last = sorted((topic.start, other.start))
    near = [t for t in candidates if abs(t.start - topic.start) < CHAIN_REACH and t.sector != topic.sector
            and (t.sector != other.sector or not t.weak)
            and not SENTENCE_END.search(page.folded.low, min(t.end, first), max(t.start, last))]
    return bool(near) or _behind_cue(min(topic, other, key=lambda t: t.start), page)


def _behind_cue(topic: Topic, page: Page) -> bool:
    """Whether a word like "settori", "cooperation in" stands before a term in its sentence, or over its paragraph."""
    sentence = next((s for s in page.sentences if s.start <= topic.start < s.end), None)
    if sentence is None or sentence.heading:
        return False
    low = page.folded.low
    if sentence.item:
        lead = [s for s in page.prose() if s.end <= sentence.start and not s.item]
        return bool(lead) and page.lexicon.has("content", page.low(lead[-1]))
    before = low[max(sentence.start, topic.start - CUE_REACH):topic.start]
    grammar = page.lexicon.patterns
    cues = list(page.lexicon.find("content", before)) or [
        m for kind in page.lexicon.agreements for m in kind.pattern.finditer(before)
        if grammar["about"].match(before, m.end()) or grammar["about_behind"].search(before, m.end())]
    if cues and not re.search(r"[;:]\s", before[cues[-1].end():].replace(": ", ", ", 1)):
        return not (topic.weak and grammar["merely_for"].search(before))
    return False


def _listing(page: Page, topics: list[Topic]) -> frozenset[int]:
    """Where sectors stand that the text lists as contents: paragraphs that open with a content word, or hold three and no aim."""
    out: set[int] = set()
    heading = ""
    for sentence in page.prose():
        inside = [t for t in topics if sentence.start <= t.start < sentence.end]
        if sentence.heading:
            heading = page.low(sentence)
        first = next(s for s in page.prose() if s.paragraph == sentence.paragraph)
        cued = any(page.lexicon.has("content", text) for text in (page.low(sentence), page.low(first), heading))
        if (cued or len({t.sector for t in inside}) >= ENOUGH) and not _states_aim(page, sentence):
            out |= {t.start for t in inside}
        if not sentence.heading:
            heading = "" if sentence.end < len(page.folded.low) and page.folded.low[sentence.end - 1] == "\n" else heading
    return frozenset(out)


def _is_aim(page: Page, topic: Topic) -> bool:
    sentence = next(s for s in page.sentences if s.start <= topic.start < s.end)
    before = page.folded.low[max(sentence.start, topic.start - AIM_REACH):topic.start]
    return _states_aim(page, sentence) or page.lexicon.has("aim_verbs", before)


def _states_aim(page: Page, sentence: Sentence) -> bool:
    """Whether a sentence says what for, or goes on with a verb where the one before it does."""
    if page.lexicon.has("aim", page.low(sentence)):
        return True
    if not page.lexicon.patterns["aim_verbs"].match(page.low(sentence).lstrip()):
        return False
    before = [s for s in page.prose() if s.paragraph == sentence.paragraph and s.end <= sentence.start]
    return bool(before) and page.lexicon.has("aim", page.low(before[-1]))


def find_aims(page: Page) -> tuple[tuple[str, tuple[int, int]], ...]:
    """What an agreement is for, in the text's words: the clauses behind "mira a", "aims to", and a heading that says so with a verb."""
    out: list[tuple[str, tuple[int, int]]] = []
    prose = page.prose()
    for index, sentence in enumerate(prose):
        for match in page.lexicon.find("aim", page.folded.low, sentence.start, sentence.end):
            out.append(_clause(page, match.end(), sentence))
            following = prose[index + 1] if index + 1 < len(prose) else None
            if following and page.lexicon.patterns["aim_verbs"].match(page.low(following).lstrip()):
                out.append(_clause(page, following.start, following))
            break
    return tuple(dict.fromkeys((text, span) for text, span in out if len(text) >= SHORTEST_AIM))


def _clause(page: Page, start: int, sentence: Sentence) -> tuple[str, tuple[int, int]]:
    stop = CLAUSE_END.search(page.folded.low, start + 1, sentence.end)
    end = stop.start() if stop else sentence.end
    while start < end and page.folded.low[start] in " ,:":
        start += 1
    return (page.folded.words(start, end), (start, end)) if end > start else ("", (start, start))


def by_sector(topics: tuple[Topic, ...]) -> Mapping[str, Topic]:
    """The first place of each sector."""
    out: dict[str, Topic] = {}
    for topic in topics:
        out.setdefault(topic.sector, topic)
    return out
