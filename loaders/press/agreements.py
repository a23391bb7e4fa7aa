"""Find agreements: who with whom, of what kind, whether signed or only announced, when, where and by whom.

Announced is not signed, and the agreement of 2019 that today's renews is another one: each noun of an agreement is read with the
verb, the date and the parties of its own sentence, and only then joined with what other sentences say of the same one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.model import first_day, last_day
from loaders.press.dates import is_old
from loaders.press.gazetteer import Gazetteer, KnownEvent
from loaders.press.lexicon import Kind, Lexicon
from loaders.press.page import Mention, Page, Person, When
from loaders.press.parties import actors, between, group_before, listed, subject, with_party
from loaders.press.partners import partners_then
from loaders.press.text import Sentence

LINK_REACH = 90
PLACE = re.compile(r"[A-Z][\w'-]*(?: (?:d[ei]l?|des|della|delle|of|the|am|im|di|de la|de los|van|van de|der|sur|du|aan de) [A-Z][\w'-]+"
                   r"| [A-Z][\w'-]+){0,3}")


@dataclass(frozen=True, slots=True)
class Deal:
    """One agreement as a sentence, and then the text, states it. `span` and the signers' places are in the folded text."""

    kind: str
    status: str
    span: tuple[int, int]
    parties: tuple[Mention, ...] = ()
    date: str = ""
    date_inferred: bool = False
    place: str = ""
    signers: tuple[tuple[Person, tuple[int, int]], ...] = ()
    earlier: bool = False
    relation: str = ""
    weak: bool = False
    inferred: bool = False
    sentence: int = 0

    @property
    def who(self) -> frozenset[str]:
        return frozenset(m.id for m in self.parties)


def drafts(page: Page) -> tuple[Deal, ...]:
    """What each sentence says of an agreement, not yet joined."""
    return tuple(deal for index, sentence in enumerate(page.prose()) for part in _parts(page, sentence)
                 for deal in _in_part(page, part, index))


def _parts(page: Page, sentence: Sentence) -> Iterator[Sentence]:
    """A sentence, cut where it goes on with another agreement: "one with Bavaria of 2014, and one with Scotland is being negotiated"."""
    start = sentence.start
    joints = list(page.lexicon.patterns["other_deal"].finditer(page.folded.low, sentence.start, sentence.end))
    for index, match in enumerate(joints):
        until = joints[index + 1].start() if index + 1 < len(joints) else sentence.end
        rest = replace(sentence, start=match.end(), end=until)
        if _tells(page, start, match.start()) and ((_tells(page, match.end(), until) and with_party(page, match.end(), until))
                                                   or _is_previous(page, rest)):
            yield replace(sentence, start=start, end=match.start())
            start = match.end()
    yield replace(sentence, start=start)


def _tells(page: Page, start: int, end: int) -> bool:
    """Whether a span tells of an agreement: by its noun and a partner, a verb, or the date of an older one with a partner."""
    text = page.folded.low[start:end]
    return (any(page.lexicon.has(name, text) for name in ("signed", "planned", "negotiating", "denied"))
            or (bool(with_party(page, start, end)) and (any(kind.pattern.search(text) for kind in page.lexicon.agreements)
                                                        or any(is_old(when, page.latest) for when in page.dates_in(start, end)))))


def _in_part(page: Page, sentence: Sentence, index: int) -> Iterator[Deal]:
    """Drafts of one sentence or a part of it: today's agreement, and each earlier one that it dates."""
    low = page.folded.low
    none = page.lexicon.patterns["no_agreement"]
    masked = low[:sentence.start] + none.sub(lambda m: " " * len(m.group()), low[sentence.start:sentence.end])
    nouns = _nouns(page, masked, sentence)
    signed = bool(page.lexicon.patterns["signed"].search(masked, sentence.start))
    if page.lexicon.patterns["join_deal"].search(low, sentence.start, sentence.end):
        return
    if page.lexicon.patterns["denied"].search(masked, sentence.start):
        signed = False
        if not page.lexicon.patterns["negotiating"].search(masked, sentence.start):
            return
    old = [when for when in page.dates_in(sentence.start, sentence.end) if is_old(when, page.latest)]
    if not (nouns or signed or (old and _elliptic(page, sentence) and (
            with_party(page, sentence.start, sentence.end) or _is_previous(page, sentence)))):
        return
    linked = [(when, _noun_of(when, nouns, page)) for when in old]
    earlier_nouns = {noun for when, noun in linked if noun and not _is_elliptic(page, noun, when)}
    for when, noun in linked:
        if noun or signed or not nouns:
            yield _earlier(page, sentence, index, when, noun or (when.start, when.end, None))
    rest = [noun for noun in nouns if noun not in earlier_nouns]
    if rest or (signed and not old):
        yield from _current(page, sentence, index, masked, rest, signed)


def _is_previous(page: Page, part: Sentence) -> bool:
    """Whether a part of a sentence dates the one that today's agreement follows: "the previous one was of 2004"."""
    return (page.lexicon.patterns["previous"].search(page.folded.low, part.start, part.end) is not None
            and any(is_old(when, page.latest) for when in page.dates_in(part.start, part.end)))


def _elliptic(page: Page, part: Sentence) -> bool:
    """Whether a part of a sentence goes on with "one with …", "the previous one …"."""
    whole = next(s for s in page.sentences if s.start <= part.start < s.end)
    return part.start > whole.start


Noun = tuple[int, int, Kind | None]


def _nouns(page: Page, masked: str, sentence: Sentence) -> list[Noun]:
    found: list[Noun] = []
    blocked = [(m.start, m.end) for m in page.mentions if m.kind == "Network"]
    for kind in page.lexicon.agreements:
        for match in kind.pattern.finditer(masked, sentence.start):
            start, end = match.span()
            if not any(s < end and start < e for s, e in (*((f[0], f[1]) for f in found), *blocked)):
                found.append((start, end, kind))
    return sorted(found, key=lambda noun: noun[0])


def _noun_of(when: When, nouns: list[Noun], page: Page) -> Noun | None:
    """The noun that an old date belongs to: the nearest one with no other relation between them."""
    low, other = page.folded.low, page.lexicon.patterns["other_relation"]
    near = sorted(nouns, key=lambda noun: when.start - noun[1] if noun[1] <= when.start else noun[0] - when.end + 20)
    for noun in near:
        gap = low[noun[1]:when.start] if noun[1] <= when.start else low[when.end:noun[0]]
        if len(gap) <= LINK_REACH and not other.search(gap) and not re.search(r"[;\"]", gap):
            return noun
    return None


def _is_elliptic(page: Page, noun: Noun, when: When) -> bool:
    """Whether a noun is today's and the date that of another one which only "it renews the one of 2019" tells of."""
    low = page.folded.low
    for name in ("renews", "replaces"):
        for match in page.lexicon.find(name, low, noun[1], when.start):
            if len(low[match.end():when.start].split()) > 1:
                return True
    return False


def _earlier(page: Page, sentence: Sentence, index: int, when: When, noun: Noun) -> Deal:
    parties = partners_then(page, sentence, when, noun[0])
    kind = noun[2]
    return Deal(kind.kind if kind else "", "signed", (noun[0], noun[1]), parties, when.value, earlier=True,
                relation=_relation(page.lexicon, page.low(sentence)), sentence=index, weak=kind is None or kind.weak)


def _relation(lexicon: Lexicon, text: str) -> str:
    """How an agreement follows an earlier one, as the words say."""
    return "replaces" if lexicon.has("replaces", text) else "renews" if lexicon.has("renews", text) else ""


def _current(page: Page, sentence: Sentence, index: int, masked: str, nouns: list[Noun], signed: bool) -> Iterator[Deal]:
    """Drafts of what the sentence says of now: one for each partner named behind "with", else one."""
    text = masked[sentence.start:sentence.end]
    planned, negotiating = page.lexicon.has("planned", text), page.lexicon.has("negotiating", text)
    status = "negotiating" if negotiating and not (signed and not planned) else "announced" if planned else "signed" if signed else ""
    strong = [noun for noun in nouns if noun[2] and not noun[2].weak] or nouns
    if not nouns and all(page.lexicon.has("renews", verb.group()) for verb in page.lexicon.find("signed_by", text)):
        return
    first = strong[0] if strong else None
    weak = first is None or bool(first[2] and first[2].weak and not status)
    kind = first[2].kind if first and first[2] else ""
    span = (first[0], first[1]) if first else (sentence.start + len(text) - len(text.lstrip()), sentence.end)
    base = Deal(kind, status, span, weak=weak, sentence=index, place=_place(page, sentence) if status == "signed" else "",
                relation=_relation(page.lexicon, text), signers=_signers(page, sentence) if status == "signed" else ())
    base = replace(base, date=_own_date(page, sentence, status))
    for parties in _parties(page, sentence, nouns, status) or [()]:
        own = tuple(s for s in base.signers if not parties or not s[0].region or s[0].region in {m.id for m in parties})
        yield replace(base, parties=parties, signers=own)


def _parties(page: Page, sentence: Sentence, nouns: list[Noun], status: str) -> list[tuple[Mention, ...]]:
    """The party sets of a sentence, at least one mention each."""
    start, end = sentence.start, sentence.end
    joined = between(page, start, end) or group_before(page, start, end)
    if joined:
        return [joined]
    behind = [(at, found) for at, found in with_party(page, start, end)
              if not any(m.kind == "Network" for m in found)] if nouns or status else []
    if any(page.lexicon.patterns["plural"].search(page.folded.low, noun[0], noun[1]) for noun in nouns):
        behind = [(at, (partner,)) for at, found in behind for partner in found]
    pairs = [(*_signing_side(page, first, behind[0][0]), *found) for at, found in behind
             if (first := subject(page, start, at, {m.id for m in found}))]
    if behind:
        return [tuple({m.id: m for m in pair}.values()) for pair in pairs] or [found for _, found in behind]
    found = actors(page, start, end)
    return [found] if found and (status or len(found) == 2) else []


def _signing_side(page: Page, first: Mention, end: int) -> tuple[Mention, ...]:
    """Who signs with others: a region, or the regions of a list that begins with it."""
    side = listed(page, first.start, end)
    return side if len(side) > 1 and all(m.kind == "Region" for m in side) else (first,)


def _own_date(page: Page, sentence: Sentence, status: str) -> str:
    """The date of signing that a sentence gives: one that is not old; for plans one that is to come."""
    days = [when for when in page.dates_in(max(sentence.start, page.dateline_end), sentence.end) if not is_old(when, page.latest)]
    if status == "signed":
        days = [when for when in days if not page.date or first_day(when.value) <= page.latest]
    elif page.date:
        days = [when for when in days if last_day(when.value) >= page.latest and when.value != page.date] or [
            when for when in days if status == "announced" and when.value > page.date]
    best = sorted(days, key=lambda when: (-len(when.value), when.start))
    if best or status != "announced" or not page.date:
        return best[0].value if best and status else ""
    before = [when for s in page.prose() if s.paragraph == sentence.paragraph and s.end <= sentence.start
              for when in page.dates_in(s.start, s.end)]
    return before[-1].value if before and before[-1].value > page.date else ""


def _signers(page: Page, sentence: Sentence) -> tuple[tuple[Person, tuple[int, int]], ...]:
    """Who signed, by a sentence with a verb of signing: its people, but not those who watch or only speak."""
    text = page.low(sentence)
    if not page.lexicon.has("signed_by", text):
        return ()
    watching = page.lexicon.patterns["presence"].search(text)
    limit = sentence.start + watching.start() if watching else sentence.end
    out = []
    for person in page.people_in(sentence.start, sentence.end):
        span = next(s for s in person.spans if sentence.start <= s[0] < sentence.end)
        if page.lexicon.has("follows_after", page.folded.low[max(sentence.start, span[0] - 26):span[0]]):
            continue
        around = page.folded.low[max(sentence.start, span[0] - 26):min(sentence.end, span[1] + 26)]
        if span[0] < limit and not page.lexicon.has("says", around):
            out.append((person, span))
    both = page.lexicon.patterns["both_leaders"].search(page.folded.low, sentence.start, limit)
    return tuple(out) or (_leaders_before(page, sentence, both.span()) if both else ())


def _leaders_before(page: Page, sentence: Sentence, span: tuple[int, int]) -> tuple[tuple[Person, tuple[int, int]], ...]:
    """"The two presidents": those of the nearest sentence before that names more than one, each of another region."""
    for before in reversed([s for s in page.prose() if s.end <= sentence.start]):
        people = [person for person in page.people_in(before.start, before.end) if person.region]
        if len(people) > 1 and len({person.region for person in people}) == len(people):
            return tuple((person, span) for person in people)
    return ()


def _place(page: Page, sentence: Sentence) -> str:
    """Where it was signed, as far as the sentence says so with a building's or a city's name."""
    low, plain = page.folded.low, page.folded.plain
    for verb in page.lexicon.find("signed", low, sentence.start, sentence.end):
        for match in page.lexicon.find("placed", low, verb.end(), min(sentence.end, verb.end() + 70)):
            place = PLACE.match(plain, match.end() + 1)
            if place and not re.search(r"[.;]", low[verb.end():match.start()]) and not is_other(page, place):
                return page.folded.words(*place.span())
    return ""


def is_other(page: Page, place: re.Match[str]) -> bool:
    """Whether a capitalised run is no place: a person, a region, a date, a network."""
    start, end = place.span()
    taken = any(s < end and start < e for person in page.people for s, e in (*person.spans, *person.phrases))
    named = any(m.start < end and start < m.end and m.how != "place" for m in page.mentions if m.kind != "Country")
    return taken or named or bool(page.dates_in(start, end)) or place.group().lower() in (
        *page.lexicon.months, *page.lexicon.weekdays)


def known_deal(deal: Deal, gazetteer: Gazetteer) -> KnownEvent | None:
    """The known agreement with these parties and a date that can be the same."""
    for known in gazetteer.agreements:
        if known.who == deal.who and known.date and deal.date and (known.date.startswith(deal.date) or deal.date.startswith(known.date)):
            return known
    return None
