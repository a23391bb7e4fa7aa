"""Find agreements: who with whom, of what kind, whether signed or only announced, when, where and by whom.

Announced is not signed, and the agreement of 2019 that today's renews is another one: each noun of an agreement is read with the
verb, the date and the parties of its own sentence, and only then joined with what other sentences say of the same one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from graph.model import first_day, last_day
from loaders.press.gazetteer import Gazetteer
from loaders.press.lexicon import Kind
from loaders.press.page import Mention, Page, Person, When
from loaders.press.parties import actors, between, main_pair, subject, with_party
from loaders.press.text import Sentence

OLD_DAYS = 45
LINK_REACH = 90
RELATION = re.compile(r"\b(?:collaborazion[ei]|cooperazione|rapport[oi]|relazion[ei]|partnership|relations?|relationship|network|rete|association|associazione|alleanza|"
                      r"cooperation|friendship|amicizia|bilancio|budget|percorso|strategia|strategy|stabiliment\w+)\b")
PLACE = re.compile(r"[A-Z][\w'-]*(?: (?:d[ei]l?|della|delle|of|the|am|di) [A-Z][\w'-]+| [A-Z][\w'-]+){0,3}")


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


def find_deals(page: Page) -> tuple[Deal, ...]:
    """The agreements of a page with two or more parties; the first is what the page is about."""
    drafts = [deal for index, sentence in enumerate(page.prose()) for deal in _in_sentence(page, sentence, index)]
    current = _join_current(page, [d for d in drafts if not d.earlier])
    return tuple(_with_dates(page, [*current, *_join_earlier(page, [d for d in drafts if d.earlier], current)]))


def _in_sentence(page: Page, sentence: Sentence, index: int) -> Iterator[Deal]:
    """Drafts of one sentence: today's agreement, and each earlier one that it dates."""
    low = page.folded.low
    masked = low[:sentence.start] + page.lexicon.patterns["no_agreement"].sub(lambda m: " " * len(m.group()), low[sentence.start:sentence.end])
    nouns = _nouns(page, masked, sentence)
    signed = bool(page.lexicon.patterns["signed"].search(masked, sentence.start))
    if page.lexicon.patterns["denied"].search(masked, sentence.start) or not (nouns or signed):
        return
    old = [when for when in page.dates_in(sentence.start, sentence.end) if is_old(when, page.date)]
    linked = [(when, _noun_of(when, nouns, low)) for when in old]
    earlier_nouns = {noun for when, noun in linked if noun}
    for when, noun in linked:
        if noun or signed:
            yield _earlier(page, sentence, index, when, noun or (when.start, when.end, None))
    rest = [noun for noun in nouns if noun not in earlier_nouns]
    if rest or (signed and not old):
        yield from _current(page, sentence, index, masked, rest, signed)


Noun = tuple[int, int, Kind | None]


def _nouns(page: Page, masked: str, sentence: Sentence) -> list[Noun]:
    found: list[Noun] = []
    blocked = [(m.start, m.end) for m in page.mentions if m.kind == "Network"]
    for kind in page.lexicon.agreements:
        for match in kind.pattern.finditer(masked, sentence.start):
            start, end = match.span()
            if not any(s < end and start < e for s, e, *_ in (*found, *blocked)):
                found.append((start, end, kind))
    return sorted(found, key=lambda noun: noun[0])


def is_old(when: When, page_date: str) -> bool:
    if not page_date:
        return False
    return (date.fromisoformat(page_date[:10]) - date.fromisoformat(last_day(when.value))).days > OLD_DAYS


def _noun_of(when: When, nouns: list[Noun], low: str) -> Noun | None:
    """The noun that an old date belongs to: the nearest one with no other relation between them."""
    near = sorted(nouns, key=lambda noun: when.start - noun[1] if noun[1] <= when.start else noun[0] - when.end + 20)
    for noun in near:
        gap = low[noun[1]:when.start] if noun[1] <= when.start else low[when.end:noun[0]]
        if len(gap) <= LINK_REACH and not RELATION.search(gap) and not re.search(r"[;\"]", gap):
            return noun
    return None


def _earlier(page: Page, sentence: Sentence, index: int, when: When, noun: Noun) -> Deal:
    parties = between(page, noun[0], sentence.end) or _pair(page, sentence)
    kind = noun[2]
    relation = "replaces" if page.lexicon.has("replaces", page.low(sentence)) else "renews" if page.lexicon.has("renews", page.low(sentence)) else ""
    return Deal(kind.kind if kind else "", "signed", (noun[0], noun[1]), parties, when.value, earlier=True, relation=relation, sentence=index,
                weak=kind is None or kind.weak)


def _pair(page: Page, sentence: Sentence) -> tuple[Mention, ...]:
    found = actors(page, sentence.start, sentence.end)
    return found if len(found) == 2 else ()


def _current(page: Page, sentence: Sentence, index: int, masked: str, nouns: list[Noun], signed: bool) -> Iterator[Deal]:
    """Drafts of what the sentence says of now: one for each partner named behind "with", else one."""
    text = masked[sentence.start:sentence.end]
    planned, negotiating = page.lexicon.has("planned", text), page.lexicon.has("negotiating", text)
    status = "negotiating" if negotiating and not (signed and not planned) else "announced" if planned else "signed" if signed else ""
    strong = [noun for noun in nouns if noun[2] and not noun[2].weak] or nouns
    if not nouns and not page.lexicon.has("signed_by", text):
        return
    first = strong[0] if strong else None
    weak = first is None or bool(first[2] and first[2].weak and not status)
    kind = first[2].kind if first and first[2] else ""
    span = (first[0], first[1]) if first else (sentence.start + len(text) - len(text.lstrip()), sentence.end)
    base = Deal(kind, status, span, weak=weak, sentence=index, place=_place(page, sentence) if status == "signed" else "",
                relation="replaces" if page.lexicon.has("replaces", text) else "renews" if page.lexicon.has("renews", text) else "",
                signers=_signers(page, sentence) if status == "signed" else ())
    base = replace(base, date=_own_date(page, sentence, status))
    for parties in _parties(page, sentence, nouns, status) or [()]:
        own = tuple(s for s in base.signers if not parties or not s[0].region or s[0].region in {m.id for m in parties})
        yield replace(base, parties=parties, signers=own)


def _parties(page: Page, sentence: Sentence, nouns: list[Noun], status: str) -> list[tuple[Mention, ...]]:
    """The party sets of a sentence, at least one mention each."""
    start, end = sentence.start, sentence.end
    joined = between(page, start, end)
    if joined:
        return [joined]
    behind = [(at, found) for at, found in with_party(page, start, end)
              if not any(m.kind == "Network" for m in found)] if nouns or status else []
    pairs = [(first, *found) for at, found in behind if (first := subject(page, start, at, {m.id for m in found}))]
    if behind:
        return [tuple({m.id: m for m in pair}.values()) for pair in pairs] or [found for _, found in behind]
    found = actors(page, start, end)
    return [found] if found and (status or len(found) == 2) else []


def _own_date(page: Page, sentence: Sentence, status: str) -> str:
    """The date of signing that a sentence gives: one that is not old; for plans one that is to come."""
    days = [when for when in page.dates_in(max(sentence.start, page.dateline_end if sentence.start < page.dateline_end else 0), sentence.end)
            if not is_old(when, page.date)]
    if status == "signed":
        days = [when for when in days if not page.date or first_day(when.value) <= page.date]
    elif page.date:
        days = [when for when in days if last_day(when.value) >= page.date and when.value != page.date] or [
            when for when in days if status == "announced" and when.value > page.date]
    best = sorted(days, key=lambda when: (-len(when.value), when.start))
    if best or status != "announced" or not page.date:
        return best[0].value if best and status else ""
    before = [when for s in page.prose() if s.paragraph == sentence.paragraph and s.end <= sentence.start for when in page.dates_in(s.start, s.end)]
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
        around = page.folded.low[max(sentence.start, span[0] - 26):min(sentence.end, span[1] + 26)]
        if span[0] < limit and not page.lexicon.has("says", around):
            out.append((person, span))
    return tuple(out)


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
    return taken or named or bool(page.dates_in(start, end)) or place.group().lower() in page.lexicon.months


def _join_current(page: Page, drafts: list[Deal]) -> list[Deal]:
    """Today's agreements: drafts of the same parties joined, drafts without parties given to the nearest one."""
    full = [d for d in drafts if len(d.who) > 1 and (d.status or not d.weak)]
    partial = [d for d in drafts if len(d.who) < 2]
    if not full:
        full = _from_pieces(page, partial)
        partial = partial if full else []
    joined: list[Deal] = []
    for draft in full:
        twin = next((i for i, deal in enumerate(joined) if _same(deal, draft)), None)
        if twin is None:
            joined.append(draft)
        else:
            joined[twin] = _merge(joined[twin], draft)
    for draft in partial:
        fitting = [i for i, deal in enumerate(joined) if draft.who <= deal.who]
        if fitting and (draft.status or draft.kind):
            near = min(fitting, key=lambda i: (abs(joined[i].sentence - draft.sentence), i))
            if not (draft.status in ("announced", "negotiating") and joined[near].status == "signed"):
                joined[near] = _merge(joined[near], draft)
    signed = [d.who for d in joined if d.status == "signed"]
    return [d for d in joined if d.status in ("signed", "announced", "negotiating") and (d.status == "signed" or d.who not in signed)
            or (not d.status and not d.weak and d.who not in signed and d.kind not in ("understanding", "pact"))]


def _same(one: Deal, other: Deal) -> bool:
    """Whether two drafts may be one agreement: same parties (or fewer of them), no two dates, not one signed and one only planned for later."""
    if one.date and other.date and not (one.date.startswith(other.date) or other.date.startswith(one.date)):
        return False
    if {one.status, other.status} == {"signed", "announced"} and one.kind != other.kind and other.kind and one.kind:
        return False
    return one.who == other.who or (one.who < other.who or other.who < one.who) and not (one.date and other.date) and not (one.status and other.status)


RANK = {"signed": 3, "negotiating": 2, "announced": 1, "": 0}
GENERIC = ("", "understanding", "agreement", "pact", "protocol")


def _merge(deal: Deal, draft: Deal) -> Deal:
    """One agreement out of two drafts: the more parties, the higher status, the more telling kind, the more exact date."""
    better = draft if RANK[draft.status] > RANK[deal.status] else deal
    specific = draft.kind if deal.kind in GENERIC and draft.kind and (draft.kind not in GENERIC or not deal.kind) else deal.kind
    signers = {s[0].id: s for s in (*draft.signers, *deal.signers)}
    return replace(deal, status=better.status, kind=specific, parties=max(deal.parties, draft.parties, key=len),
                   span=deal.span if not (specific == draft.kind != deal.kind) else draft.span,
                   date=max(deal.date, draft.date, key=len) if deal.status == draft.status or not deal.date else better.date or deal.date or draft.date,
                   place=deal.place or draft.place, relation=deal.relation or draft.relation, weak=deal.weak and draft.weak,
                   signers=tuple(signers[id] for id in dict.fromkeys(s[0].id for s in (*deal.signers, *draft.signers))))


def _from_pieces(page: Page, partial: list[Deal]) -> list[Deal]:
    """An agreement whose parties no single sentence names: those of the signers, of the pieces, or the two regions of the text."""
    telling = [d for d in partial if d.status and d.kind]
    if not telling:
        return []
    signing = {s[0].region: Mention(*s[1], "Region", s[0].region, "person") for d in partial for s in d.signers if s[0].region}
    named = {m.id: m for d in partial for m in d.parties}
    pair = main_pair(page)
    everyone = {m.id: m for m in actors(page, 0, page.folded.captions_from)}
    for candidates in (signing, named, {id: everyone[id] for id in pair}):
        if len(candidates) == 2:
            return [replace(telling[0], parties=tuple(candidates.values()), inferred=True)]
    return []


def _join_earlier(page: Page, drafts: list[Deal], current: list[Deal]) -> list[Deal]:
    """Earlier agreements, each date once; without parties of their own they have those of today's, or of the text."""
    out: list[Deal] = []
    everyone = {m.id: m for m in actors(page, 0, page.folded.captions_from)}
    pair = tuple(everyone[id] for id in main_pair(page) if id in everyone)
    for draft in drafts:
        near = min(current, key=lambda deal: (abs(deal.sentence - draft.sentence), -deal.sentence), default=None)
        parties = draft.parties or (near.parties if near else pair)
        if len({m.id for m in parties}) < 2 or (draft.weak and not current and not draft.kind):
            continue
        deal = replace(draft, parties=parties, inferred=not draft.parties, kind=draft.kind or (near.kind if near else "agreement"))
        if not any(other.who == deal.who and (other.date.startswith(deal.date) or deal.date.startswith(other.date)) for other in out):
            out.append(deal)
    return out


def _with_dates(page: Page, deals: list[Deal]) -> Iterator[Deal]:
    """Signed today unless the text says when: the page's date, marked as inferred."""
    for deal in deals:
        if deal.status == "signed" and not deal.date and page.date and not deal.earlier:
            yield replace(deal, date=page.date, date_inferred=True)
        elif not deal.status:
            yield replace(deal, status="signed", inferred=True)
        else:
            yield deal


def known_id(deal: Deal, gazetteer: Gazetteer) -> str:
    """The id of the known agreement with these parties and this date (one that can be the same), or ""."""
    for known in gazetteer.agreements:
        if known.who == deal.who and known.date and deal.date and (known.date.startswith(deal.date) or deal.date.startswith(known.date)):
            return known.id
    return ""
