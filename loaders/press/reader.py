"""Read one text: the order in which the rules run, and what is said where a text cannot be read or states nothing."""

import hashlib
import re
from dataclasses import replace

from graph.errors import BadValue
from loaders.press import compose
from loaders.press.agreements import Deal
from loaders.press.chairs import find_chairs
from loaders.press.dates import dateline, find_dates, page_date
from loaders.press.gazetteer import Gazetteer
from loaders.press.joining import find_deals
from loaders.press.lexicon import detect, languages, load_lexicon
from loaders.press.meetings import Meeting, find_meetings, find_series
from loaders.press.networks import find_memberships
from loaders.press.page import Page
from loaders.press.parties import main_pair
from loaders.press.people import find_people
from loaders.press.proposals import Reading
from loaders.press.references import resolve_references, resolve_regions
from loaders.press.sectors import by_sector, find_aims, find_topics, find_unmapped
from loaders.press.spot import seat_of, spot
from loaders.press.text import fold_text, split_sentences

STATES_NOTHING = "The text states no region, leader, network or agreement that Ponte knows."
ISO_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def read_text(text: str, gazetteer: Gazetteer, *, document: str, language: str | None = None, date: str | None = None,
              published: str = "") -> Reading:
    """What a press release states, as proposals.

    `date` is the page's own (else it is read from the text, and `published` is taken where that states none); `language` one of `lexicon.languages()`
    (else it is found out). A text in another language yields names only, and a note.

    Raises BadValue for a date that is none.
    """
    if date and not ISO_DATE.fullmatch(date):
        raise BadValue(name="The date", value=date, remedy="Write it as 2026-03-03.")
    reading = _read(text, gazetteer, document, language, (date or "", published))
    return replace(reading, text=text, digest=hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest())


def _read(text: str, gazetteer: Gazetteer, document: str, language: str | None, dates: tuple[str, str]) -> Reading:
    folded = fold_text(text)
    found = language or detect(folded.plain, (name.language for hit in gazetteer.find(folded) for name in hit.names)) or "en"
    readable = found in languages()
    lexicon = load_lexicon(found if readable else "en")
    page = Page(folded, lexicon, gazetteer, split_sentences(folded, lexicon.patterns["no_end"]))
    stated, place, dateline_end = page_date(folded, lexicon)
    day = dates[0] or stated or dates[1]
    page = replace(page, date=day, place=place, seat_of=seat_of(place), dateline_end=dateline_end, mentions=spot(folded, lexicon, gazetteer),
                   dates=find_dates(folded, lexicon, day if len(day) == 10 else ""))
    page = replace(page, people=find_people(page), dateline_end=page.dateline_end or dateline(folded, lexicon, page.dates))
    if not readable:
        return _names_only(page, document, found)
    mentions = sorted((*page.mentions, *resolve_references(page), *resolve_regions(page)), key=lambda m: m.start)
    return _propose(replace(page, mentions=tuple(mentions)), document)


def _names_only(page: Page, document: str, language: str) -> Reading:
    composer = compose.Composer(page)
    compose.add_names(composer, page.mentions)
    known = tuple(person for person in page.people if person.known)
    for person in known:
        composer.node("Leader", person.id, person.name, person.spans[0], "known name")
    note = f"The text is in none of the languages that are read (it seems to be “{language}”): only known names were taken."
    return Reading(document, language, page.date, composer.proposals, (note,) if composer.proposals else (note, STATES_NOTHING))


def _propose(page: Page, document: str) -> Reading:
    deals = find_deals(page)
    chairs = find_chairs(page)
    topics = tuple(by_sector(find_topics(page)).values())
    memberships = find_memberships(page, deals)
    pair = next((tuple(m.id for m in deal.parties) for deal in deals), ()) or main_pair(page)
    composer = compose.Composer(page)
    compose.add_names(composer, page.mentions)
    compose.add_people(composer, page.people)
    current = tuple(deal for deal in deals if not deal.earlier)
    aims = tuple(text for text, _ in find_aims(page)) if current else ()
    compose.add_deals(composer, (*current, *(deal for deal in deals if deal.earlier)), topics, aims)
    networks = tuple(dict.fromkeys(m.id for m in page.mentions if m.kind == "Network"))
    compose.add_sectors(composer, topics, networks[0] if networks and not current else "")
    compose.add_memberships(composer, memberships)
    compose.add_chairs(composer, chairs)
    meetings = tuple(meeting for meeting in find_meetings(page) if not _is_signing(meeting, deals))
    compose.add_meetings(composer, (*meetings, *find_series(page, pair, meetings)))
    return Reading(document, page.lexicon.language, page.date, composer.proposals, _notes(page, composer))


def _is_signing(meeting: Meeting, deals: tuple[Deal, ...]) -> bool:
    """Whether a meeting of two sides is only where they signed."""
    who = {m.id for m in meeting.who}
    return meeting.kind == "bilateral meeting" and any(
        deal.status == "signed" and not deal.earlier and who <= deal.who and meeting.date == deal.date for deal in deals)


def _notes(page: Page, composer: compose.Composer) -> tuple[str, ...]:
    notes = [f"“{name}” looks like a network that Ponte does not know." for name in compose.unknown_networks(page)]
    notes += [f"“{name}” looks like a region that Ponte does not know." for name in compose.unknown_regions(page)]
    notes += [f"“{words}” stands in a list of sectors, and no sector maps it." for words in find_unmapped(page)]
    if not page.date:
        notes.append("The text gives no date of its own; days such as “today” were left out.")
    if not composer.proposals:
        notes.insert(0, STATES_NOTHING)
    return tuple(notes)
