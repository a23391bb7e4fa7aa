"""Find who chairs a network: stated holders, co-chairs and vice-chairs, and handovers from one to the next with their day."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from loaders.press.page import Mention, Page, Person
from loaders.press.parties import actors, listed, with_party
from loaders.press.text import Sentence

PAIR = 2
REACH = 90
NEAR, ARTICLE = 40, 16
LEAD_IN = 40


@dataclass(frozen=True, slots=True)
class Chair:
    """A person or a region at the head of a network."""

    holder: str
    network: str
    role: str
    span: tuple[int, int]
    how: str
    since: str = ""
    until: str = ""
    region: str = ""


def find_chairs(page: Page) -> tuple[Chair, ...]:
    """All chairs, each holder, network and role once."""
    out: dict[tuple[str, str, str], Chair] = {}
    for sentence in page.prose():
        for chair in (*_handovers(page, sentence), *_holders(page, sentence), *_predecessors(page, sentence)):
            twin = next((key for key in out if key[:2] == (chair.holder, chair.network)), None)
            if twin is None:
                out[chair.holder, chair.network, chair.role] = chair
            elif chair.how == "handover" and not (out[twin].since or out[twin].until):
                out[twin] = replace(out[twin], since=chair.since, until=chair.until)
    people = {(chair.region, chair.network, chair.role) for chair in out.values() if chair.region}
    return tuple(chair for key, chair in out.items() if chair.how == "handover" or key not in people)


def _network(page: Page, sentence: Sentence, at: int) -> Mention | None:
    """The network meant at a place: the nearest of its sentence, else the only one of the paragraph before."""
    here = page.within(sentence.start, sentence.end, ("Network",), how=("name", "reference"))
    if here:
        return min(here, key=lambda m: (abs(m.start - at), m.start))
    every = {m.id: m for m in page.within(0, sentence.start, ("Network",), how=("name",))}
    return next(iter(every.values())) if len(every) == 1 else None


def _network_before(page: Page, sentence: Sentence) -> Mention | None:
    """The network that the sentences before speak of."""
    named = page.within(0, sentence.start, ("Network",), how=("name", "reference"))
    return named[-1] if named else None


def _handovers(page: Page, sentence: Sentence) -> Iterator[Chair]:
    """«la Lombardia ha consegnato alla Catalogna la presidenza dei Quattro Motori»; "Catalonia takes over from Piedmont"."""
    low = page.folded.low
    offices = list(page.lexicon.find("presidency", low, sentence.start, sentence.end))
    if not offices:
        return
    sentence = _part(page, sentence, offices[0].start())
    hands = next(page.lexicon.find("hands_over", low, sentence.start, sentence.end), None)
    takes = next(page.lexicon.find("takes_over", low, sentence.start, sentence.end), None)
    follows = next(page.lexicon.find("follows_after", low, sentence.start, sentence.end), None)
    network = _network(page, sentence, offices[0].start())
    if network is None or not (hands or takes or follows) or page.lexicon.patterns["own_chair"].search(low, network.end, sentence.end):
        return
    who = actors(page, sentence.start, sentence.end, countries=True)
    given = taken = None
    if follows and len(who) == PAIR and not hands:
        given, taken = next((m for m in who if m.start > follows.start()), None), _before(who, follows.start())
    elif hands:
        given, taken = _giver_and_taker(page, who, hands.start())
        if taken is None and takes and given:
            others = tuple(m for m in who if m is not given)
            taken = _before(others, takes.start()) or next(iter(others), None)
        if taken is None and given and len(who) > PAIR and given.start < hands.start():
            given = None
    elif takes:
        nearest = actors(page, sentence.start, takes.start(), countries=True, last=True)[-1:]
        beside = {m.id for _, found in with_party(page, sentence.start, sentence.end) for m in found}
        inside = [m for m in actors(page, takes.end(), offices[0].start(), countries=True)
                  if m.id not in beside and not any(_has_word(page, name, m) for name in ("from_word", "of_whom"))]
        taken = next(iter(inside or nearest), None) or next(
            (m for m in who if m.start > takes.start() and not _has_word(page, "from_word", m)), None)
        given = next((m for m in who if (taken is None or m.id != taken.id) and _has_word(page, "from_word", m)), None)
        if given is None and page.lexicon.patterns["until_now"].search(low, sentence.start, takes.start() if takes else sentence.end):
            given, taken = taken, None
    day = _day(page, sentence)
    span = (network.start, network.end)
    if given:
        yield Chair(given.id, network.id, "presidency", span, "handover", until=day)
    for holder in _together(page, taken, sentence) if taken else ():
        if given is None or holder.id != given.id:
            yield Chair(holder.id, network.id, "presidency", span, "handover", since=day)


def _together(page: Page, taken: Mention, sentence: Sentence) -> tuple[Mention, ...]:
    """Who takes over with the one found: the others of its list, and those right behind it "jointly with"."""
    start = _lead_in(page, taken)
    group = [*listed(page, start, sentence.end), taken]
    for at, found in with_party(page, taken.end, sentence.end):
        if page.lexicon.patterns["jointly"].search(page.folded.low, max(taken.end, at - ARTICLE), found[0].start):
            group += found
    return tuple({m.id: m for m in group if m.kind in ("Region", "Country")}.values())


def _part(page: Page, sentence: Sentence, at: int) -> Sentence:
    """What stands around a place between semicolons."""
    start = page.folded.low.rfind(";", sentence.start, at) + 1
    end = page.folded.low.find(";", at, sentence.end)
    return replace(sentence, start=start or sentence.start, end=end if end > 0 else sentence.end)


def _giver_and_taker(page: Page, who: tuple[Mention, ...], at: int) -> tuple[Mention | None, Mention | None]:
    receiver = next((m for m in sorted(who, key=lambda m: (m.start < at, m.start)) if _has_word(page, "to_word", m)), None)
    others = tuple(m for m in who if m is not receiver)
    giver = next((m for m in others if m.start > at and _has_word(page, "from_word", m)), None) or _before(others, at)
    return giver or next(iter(others), None), receiver


def _before(who: tuple[Mention, ...], at: int) -> Mention | None:
    earlier = [m for m in who if m.start < at]
    return earlier[-1] if earlier else None


def _has_word(page: Page, name: str, mention: Mention) -> bool:
    """Whether "from" or "to" stands right before a name, titles and people between them."""
    start = _lead_in(page, mention)
    before = page.folded.low[max(0, start - LEAD_IN):start]
    for match in reversed(list(page.lexicon.find(name, before))):
        return all(word in page.lexicon.words["list_words"] for word in re.findall(r"\w+", before[match.end():]))
    return False


def _lead_in(page: Page, mention: Mention) -> int:
    """Where a name begins, or the phrase of the person that it belongs to."""
    return min((s for person in page.people for s, e in person.phrases if s <= mention.start < e), default=mention.start)


def _day(page: Page, sentence: Sentence) -> str:
    """The day of a handover: a date that is no beginning of an older term, and no end of the new one."""
    grammar, low = page.lexicon.patterns, page.folded.low
    days = [when for when in page.dates_in(sentence.start, sentence.end) if not any(
        grammar[name].search(low, max(0, when.start - LEAD_IN), when.start) for name in ("starts", "until"))]
    return days[0].value if days else page.day_told(sentence)


def _holders(page: Page, sentence: Sentence) -> Iterator[Chair]:
    """Who chairs, by clause: "Kretschmer of Saxony chairs the Alliance", «Guidesi, presidente della rete ECRN», "Cirio … is co-chair"."""
    low = page.folded.low
    inner = (m.end() for m in page.lexicon.patterns["clauses"].finditer(low, sentence.start, sentence.end))
    for start, end in itertools.pairwise([sentence.start, *inner, sentence.end]):
        if page.lexicon.patterns["working_group"].search(low, start, end):
            continue
        for role, name in (("co-chair", "co_chairs"), ("vice-chair", "vice_chairs"), ("chair", "chairs")):
            cue = next((m for m in page.lexicon.find(name, low, start, end) if not _in_office_phrase(page, m)), None)
            if cue:
                yield from _held(page, sentence, start, end, cue, role)
                break


def _predecessors(page: Page, sentence: Sentence) -> Iterator[Chair]:
    """Whom a new chair follows: "He takes office on 1 January 2025 and follows María Chivite"."""
    low = page.folded.low
    here = page.within(sentence.start, sentence.end, ("Network",), how=("name", "reference"))
    network = here[-1] if here else _network_before(page, sentence)
    if network is None or not _speaks_of_chairs(page, sentence):
        return
    if not here:
        yield from _elected(page, sentence, network)
    for match in page.lexicon.find("follows_after", low, sentence.start, sentence.end):
        for person in page.people_in(match.end(), min(sentence.end, match.end() + REACH // 2))[:1]:
            yield Chair(person.id, network.id, "chair", (network.start, network.end), "predecessor", region=person.region)


def _elected(page: Page, sentence: Sentence, network: Mention) -> Iterator[Chair]:
    """"The Alliance has a new president. Its assembly elected …": the network stands in the sentence before."""
    for match in page.lexicon.find("elects", page.folded.low, sentence.start, sentence.end):
        people = page.people_in(match.end(), min(sentence.end, match.end() + REACH)) or page.people_in(sentence.start, match.start())
        for person in people[:1]:
            yield Chair(person.id, network.id, "chair", (network.start, network.end), "elected", region=person.region)


def _speaks_of_chairs(page: Page, sentence: Sentence) -> bool:
    """Whether a chair is spoken of in the sentence or right before it."""
    near = page.folded.low[max(0, sentence.start - 250):sentence.end]
    return page.lexicon.has("chairs", near) and page.lexicon.has("takes_over", near)


def _in_office_phrase(page: Page, match: re.Match[str]) -> bool:
    """Whether the word is somebody's office in a region ("President of Piedmont"), not in a network."""
    for person in page.people:
        for s, e in person.phrases:
            joined = match.start() < s <= match.end() + ARTICLE and page.lexicon.patterns["and_office"].fullmatch(page.folded.low, match.end(), s)
            if (s <= match.start() < e or joined) and not any(m.kind == "Network" for m in page.mentions if s <= m.start < e + 6):
                return True
    return False


def _held(page: Page, sentence: Sentence, start: int, end: int, cue: re.Match[str], role: str) -> Iterator[Chair]:
    low = page.folded.low
    here = [m for m in page.within(start, end, ("Network",), how=("name", "reference")) if abs(m.start - cue.end()) < REACH]
    if role != "chair":
        here = [m for m in here if m.start < cue.start() or ("," not in low[cue.end():m.start] and m.start - cue.end() < NEAR)]
    here = sorted(here, key=lambda m: min(abs(m.start - cue.end()), abs(cue.start() - m.end)))
    network = here[0] if here else None
    if network is None and (role != "chair" or page.lexicon.patterns["chair_is"].search(low, start, end)):
        network = _network_before(page, sentence)
    if network is None or page.lexicon.has("hands_over", low[start:end]):
        return
    people = page.people_in(start, end)
    gap = low[min(cue.end(), network.end):max(cue.start(), network.start)]
    if role == "chair" and (len(gap) > REACH or re.search(r"[;:]", gap)):
        return
    regions = _by_whom(page, cue, end) or [m for m in actors(page, start, end) if m.how != "person"]
    since, span = _since(page, start, end), (network.start, network.end)
    if role == "chair" and page.lexicon.patterns["own_chair"].search(low, network.end, end):
        regions, people = list(actors(page, sentence.start, network.start)[:1]), ()
    elif role != "chair" and page.lexicon.patterns["several"].search(low, cue.start(), cue.end()):
        yield from _all_behind(page, sentence, network, cue, role)
        return
    if holders := _nearest(page, people, cue):
        yield from (Chair(person.id, network.id, role, span, "chairs", since, region=person.region) for person in holders)
    elif regions and not page.lexicon.has("elects", low[start:end]):
        before = [m for m in regions if m.start < cue.start()] or regions
        yield Chair(before[-1].id, network.id, "presidency" if role == "chair" else role, span, "chairs", since)


def _all_behind(page: Page, sentence: Sentence, network: Mention, cue: re.Match[str], role: str) -> Iterator[Chair]:
    """"Two vice-presidents were elected: A, minister of X, and B of Y", "co-chaired by X, Y and Z"."""
    people, span = page.people_in(cue.end(), sentence.end), (network.start, network.end)
    yield from (Chair(person.id, network.id, role, span, "chairs", region=person.region) for person in people)
    if not people:
        behind = tuple(m for m in actors(page, cue.end(), sentence.end) if m.how != "person") or actors(page, sentence.start, cue.start())
        yield from (Chair(m.id, network.id, role, span, "chairs") for m in behind)


def _by_whom(page: Page, cue: re.Match[str], end: int) -> list[Mention]:
    """"Chaired since January by Luxembourg": who stands right behind the "by"."""
    by = page.lexicon.patterns["by_whom"].search(page.folded.low, cue.end(), min(end, cue.end() + NEAR))
    behind = actors(page, by.end(), min(end, by.end() + ARTICLE), countries=True) if by else ()
    return [m for m in behind if m.how != "person"][:1]


def _nearest(page: Page, people: tuple[Person, ...], cue: re.Match[str]) -> tuple[Person, ...]:
    """Who stands nearest to the word; and who is told to be the same "as well as" or "like" that one."""
    nearest = sorted(people, key=lambda person: min(abs(s - cue.start()) for s, _ in person.spans))[:1]
    for match in page.lexicon.find("likewise", page.folded.low, cue.end(), cue.end() + NEAR):
        before = [person for person in people if min(person.spans)[0] < cue.start()]
        behind = page.people_in(match.end(), match.end() + REACH)
        return (*before[-1:], *behind[:1])
    return tuple(nearest)


def _since(page: Page, start: int, end: int) -> str:
    for when in page.dates_in(start, end):
        if page.lexicon.patterns["starts"].search(page.folded.low[max(0, when.start - 18):when.start]):
            return when.value
    return ""
