"""Find meetings that took place (two regions that met, a network's assembly) and series of meetings ("i Leaders Meeting").

A meeting that is only planned, or that is told of the past, is none of this page's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.model import first_day
from loaders.press.agreements import PLACE, is_other
from loaders.press.dates import is_old
from loaders.press.lexicon import Kind
from loaders.press.page import Mention, Page, Person
from loaders.press.parties import actors, group_before, main_pair, with_party
from loaders.press.text import Sentence

PAIR = 2
NEAR, ARTICLE = 30, 6
BEFORE, BEHIND = 60, 70
GUEST_REACH = 40
OF_GOVERNMENT = ("minister", "state_secretary", "deputy_head", "head")
"""Offices that without a region named are those of the region that the text speaks for."""
ASSEMBLIES = ("general assembly", "conference", "summit")
GUESTS = ("bilateral meeting", "summit")
DAY = 10
SERIES = re.compile(r"(?<![\w-])(?:i|dei|dai|ai|nei|agli|the|all|die|den|der|les|des|aux|los|las|de) "
                    r"((?:[A-Z][\w-]+ ){1,3}(?:Meetings?|Summits?|Forums?|Days|Dialogues?))\b")


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as stated; `id` where it is known."""

    kind: str
    span: tuple[int, int]
    who: tuple[Mention, ...]
    people: tuple[Person, ...] = ()
    date: str = ""
    date_inferred: bool = False
    place: str = ""
    network: str = ""
    name: str = ""
    id: str = ""
    how: str = "met"
    inferred: bool = False


def find_meetings(page: Page) -> tuple[Meeting, ...]:
    """Meetings that took place, one for each set of participants and date."""
    out: list[Meeting] = []
    announced = [who for sentence in page.prose() if (who := _announced(page, sentence))]
    for sentence in page.prose():
        for meeting in _in_sentence(page, sentence):
            if meeting.date_inferred and any({m.id for m in meeting.who} <= who for who in announced):
                continue
            twin = next((i for i, m in enumerate(out) if _same(m, meeting)), None)
            if twin is None:
                out.append(meeting)
            elif {m.id for m in meeting.who} > {m.id for m in out[twin].who}:
                out[twin] = meeting
    return tuple(_gathered(out))


def _announced(page: Page, sentence: Sentence) -> set[str]:
    """Who is told to meet one day: then a text speaks of that, and not of a meeting on its own day."""
    if not page.lexicon.patterns["to_meet"].search(page.folded.low, sentence.start, sentence.end):
        return set()
    return {m.id for m in actors(page, sentence.start, sentence.end)}


def _gathered(found: list[Meeting]) -> Iterator[Meeting]:
    """Guests of a network's meeting are its participants, not a meeting of their own."""
    own = next((m for m in found if m.network), None)
    guests = [m for m in found if own and not m.network and len(m.who) > PAIR and m.date == own.date and m.kind in GUESTS]
    for meeting in found:
        if meeting is own and guests:
            everyone = {m.id: m for guest in guests for m in (*own.who, *guest.who)}
            yield replace(own, who=tuple(everyone.values()), people=own.people or guests[0].people)
        elif meeting not in guests:
            yield meeting


def _same(one: Meeting, other: Meeting) -> bool:
    mine, theirs = {m.id for m in one.who}, {m.id for m in other.who}
    same_day = one.date == other.date or one.date_inferred or other.date_inferred
    return same_day and (mine <= theirs or theirs <= mine or bool(one.network and one.network == other.network))


def _in_sentence(page: Page, sentence: Sentence) -> Iterator[Meeting]:
    low = page.folded.low
    for kind in page.lexicon.meetings:
        for match in kind.pattern.finditer(low, sentence.start, sentence.end):
            if page.lexicon.has("not_now", low[max(sentence.start, match.start() - BEFORE):min(sentence.end, match.end() + BEHIND)]) or any(
                    talks.start() <= match.start() < talks.end() for talks in page.lexicon.find("negotiating", low, sentence.start, sentence.end)):
                continue
            if page.lexicon.patterns["attending"].search(low, sentence.start, match.start()):
                continue
            meeting = _network_meeting(page, sentence, kind, match) if kind.network else _regions_meeting(page, sentence, kind, match)
            if meeting:
                yield meeting
                return


def _network_meeting(page: Page, sentence: Sentence, kind: Kind, match: re.Match[str]) -> Meeting | None:
    """"The Alliance has held its first General Assembly": a network, a gathering, a verb that says it took place."""
    networks = page.within(sentence.start, sentence.end, ("Network",), how=("name", "reference")) or _its_network(page, sentence, kind)
    if not networks or not page.lexicon.has("gathered", page.low(sentence)):
        return _regions_meeting(page, sentence, kind, match) if kind.kind == "summit" and not networks else None
    nearest = min(networks, key=lambda m: abs(m.start - match.start()))
    opens = not page.folded.low[sentence.start:match.start()].strip(' "') or nearest.start - sentence.start < ARTICLE
    if kind.kind == "network meeting" and not opens and not 0 <= match.start() - nearest.end < NEAR:
        return None
    date, inferred = _date(page, sentence)
    if not date and page.date:
        return None
    people = page.people_in(sentence.start, sentence.end)
    return Meeting(kind.kind, match.span(), (nearest,), people, date, inferred, _place(page, sentence, match.end()), nearest.id,
                   how="network meeting")


def _its_network(page: Page, sentence: Sentence, kind: Kind) -> tuple[Mention, ...]:
    """The network whose assembly is meant where the sentence names none: the one that the sentence before names."""
    before = next((s for s in reversed(page.prose()) if s.end <= sentence.start), None)
    if kind.kind not in ASSEMBLIES or before is None or sentence.paragraph - before.paragraph > 1:
        return ()
    named = page.within(before.start, before.end, ("Network",), how=("name", "reference")) or page.within(
        0, sentence.start, ("Network",), how=("name", "reference"))
    return named[:1] if len({m.id for m in named}) == 1 else ()


def _regions_meeting(page: Page, sentence: Sentence, kind: Kind, match: re.Match[str]) -> Meeting | None:
    """Two regions, or people of two regions, that met."""
    named = actors(page, sentence.start, sentence.end)
    if len(named) < PAIR:
        named = group_before(page, sentence.start, sentence.end) or named
    may_infer = (kind.kind != "bilateral meeting" or page.lexicon.has("both", page.low(sentence))
                 or page.lexicon.patterns["received"].search(page.folded.low, sentence.start, sentence.end) is not None)
    strangers = [person for person in page.people_in(sentence.start, sentence.end) if not person.region]
    if len(named) == 1 and page.home and page.home.id != named[0].id and all(p.office_kind in OF_GOVERNMENT for p in strangers):
        strangers = []
    who = _the_pair(page, named) if len(named) < PAIR and may_infer and not strangers else named
    who = who or named
    if len(who) == 1 and kind.kind == "bilateral meeting" and not strangers and page.home and _is_guest(page, sentence, who[0]):
        who = (page.home, *who) if page.home.id != who[0].id else who
    if len(who) < PAIR or sentence.heading or _tells_of_network(page, sentence) or (len(who) > PAIR and _is_handover(page, sentence)):
        return None
    date, date_inferred = _date(page, sentence)
    if not date:
        return None
    people = tuple(person for person in page.people_in(sentence.start, sentence.end) if person.region)
    return Meeting(kind.kind, match.span(), who, people, date, date_inferred, _place(page, sentence, match.end()), inferred=who != named)


def _tells_of_network(page: Page, sentence: Sentence) -> bool:
    """Whether what was "received" or "welcomed" is a network's chair or a new member."""
    text = page.low(sentence)
    return (page.lexicon.has("joined", text) and page.lexicon.has("member", text)) or (
        page.lexicon.has("presidency", text) and page.lexicon.has("takes_over", text)
        and bool(page.within(sentence.start, sentence.end, ("Network",), how=("name", "reference"))))


def _is_guest(page: Page, sentence: Sentence, mention: Mention) -> bool:
    """Whether the one party that a sentence names stands for people: a person's, "with …", "a delegation from …"."""
    behind = page.lexicon.patterns["guest_behind"].search(page.folded.low, max(sentence.start, mention.start - GUEST_REACH), mention.start)
    held = any(s <= mention.start < e for person in page.people for s, e in person.phrases)
    return (mention.how == "person" or held or behind is not None
            or any(m.id == mention.id for _, found in with_party(page, sentence.start, sentence.end) for m in found))


def _is_handover(page: Page, sentence: Sentence) -> bool:
    """Whether guests came to the handover of a presidency, which is told as that."""
    return any(page.lexicon.has("presidency", text) and page.lexicon.has("hands_over", text)
               for text in (page.low(s) for s in page.prose() if s.paragraph == sentence.paragraph and s.end <= sentence.end)
               ) or page.lexicon.has("handover", page.low(sentence))


def _the_pair(page: Page, named: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The two regions that the text is about, if those named are among them."""
    pair = main_pair(page)
    if not {m.id for m in named} <= set(pair):
        return ()
    everyone = {m.id: m for m in actors(page, 0, page.folded.captions_from)}
    return tuple(everyone[id] for id in pair)


def _date(page: Page, sentence: Sentence) -> tuple[str, bool]:
    """When it took place: a date of the sentence, neither old nor to come, else the page's (inferred); "" where only others stand."""
    days = page.dates_in(max(sentence.start, page.dateline_end), sentence.end)
    recent = [when.value for when in days if not is_old(when, page.latest) and (not page.latest or first_day(when.value) <= page.latest)]
    exact = sorted(recent, key=len, reverse=True)
    if exact:
        return exact[0], False
    if days and all(page.latest and first_day(when.value) > page.latest for when in days):
        return "", False
    vague = page.lexicon.patterns["vague"].search(page.folded.low, sentence.start, sentence.end)
    if vague or any(is_old(when, page.latest) and len(when.value) == DAY for when in days) or page.is_background(sentence):
        return "", False
    return page.day_told(sentence), True


def _place(page: Page, sentence: Sentence, after: int) -> str:
    for match in page.lexicon.find("placed", page.folded.low, after, sentence.end):
        place = PLACE.match(page.folded.plain, match.end() + 1)
        if place and not is_other(page, place):
            return page.folded.words(*place.span())
    return ""


def find_series(page: Page, pair: tuple[str, ...], found: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
    """Meetings named in the plural, as a forum: a series and no organisation. Both sides take part where the text has two."""
    everyone = {m.id: m for m in actors(page, 0, page.folded.captions_from)}
    who = tuple(everyone[id] for id in pair if id in everyone)
    out: dict[str, Meeting] = {}
    for mention in page.mentions:
        if mention.kind == "Event" and not any(m.span[0] < mention.end and mention.start < m.span[1] for m in found):
            series = Meeting("series", (mention.start, mention.end), who, name=page.gazetteer.known[mention.id].name, id=mention.id)
            out.setdefault(mention.id, replace(series, how="series", inferred=True))
    for match in SERIES.finditer(page.folded.plain):
        start, end = match.span(1)
        if not any(m.start < end and start < m.end for m in page.mentions):
            name = page.folded.words(start, end)
            out.setdefault(name, Meeting("series", (start, end), who, name=name, how="series", inferred=True))
    return tuple(out.values())
