"""Find people in public office: known by name, by an office beside the name, or by surname where the text or the graph knows whose it is.

A name alone makes no leader: the directors of clusters and companies stand in the same sentences.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.model import first_day, last_day
from loaders.press.gazetteer import Term
from loaders.press.known import slug
from loaders.press.lexicon import Kind
from loaders.press.page import Page, Person
from loaders.press.text import fold

TOKEN = r"[A-Z][a-z']*[A-Za-z'.]*(?:-[A-Z][A-Za-z']+)*"
PARTICLE = r"(?:de la|de los|van der|van den|van de|von der|van|von|den|der|ten|ter|del|della|di|de|da|dos|du|la|le|zu|y|i|e)"
NAME = re.compile(rf"{TOKEN}(?: (?:{PARTICLE} )?{TOKEN}){{0,3}}")
OFFICE_REACH = 130
INITIAL = 2
DEFINITE = re.compile(r"\b(?:the |il |la |l'|lo )$")
VERBS = re.compile(r"(?<!\w)(?:ha|hanno|e stato|sono|che|si|said|says|has|have|is|was|were|who|met|signed|will|would|che|firma\w*|with whom|incontr\w+|insieme|con il|con la|and the|and its|e il|e la|e l'|ed il)(?!\w)")
PROPER = re.compile(r"[A-Z]\w+")


@dataclass(frozen=True, slots=True)
class Office:
    """An office named at a place, and the region that the words beside it give."""

    start: int
    end: int
    kind: Kind
    region: str = ""


@dataclass(slots=True)
class _Draft:
    """What was gathered of one person while reading."""

    name: str
    known: bool
    office: str = ""
    office_kind: str = ""
    portfolio: str = ""
    region: str = ""
    spans: list[tuple[int, int]] | None = None
    phrases: list[tuple[int, int]] | None = None


def find_people(page: Page) -> tuple[Person, ...]:
    """All people in public office of a page, in order of appearance."""
    drafts: dict[str, _Draft] = {}
    offices = tuple(_offices(page))
    for mention in page.mentions:
        if mention.kind == "Leader":
            name = page.gazetteer.terms_of[mention.id][0].name
            _add(drafts, mention.id, name, True, mention.start, mention.end)
    for office in offices:
        _by_office(page, office, drafts)
    _appositions(page, offices, drafts)
    _surnames(page, offices, drafts)
    _office_alone(page, offices, drafts)
    people = [_person(page, id, draft) for id, draft in drafts.items()]
    return tuple(sorted(people, key=lambda person: person.spans[0]))


def _add(drafts: dict[str, _Draft], id: str, name: str, known: bool, start: int, end: int) -> _Draft:
    draft = drafts.setdefault(id, _Draft(name, known, spans=[], phrases=[]))
    if draft.spans is not None and (start, end) not in draft.spans:
        draft.spans.append((start, end))
    return draft


def _offices(page: Page) -> Iterator[Office]:
    """Offices in the prose, the most specific where several overlap."""
    taken: list[tuple[int, int]] = []
    low = page.folded.low
    excluded = [m.span() for m in page.lexicon.find("not_offices", low)]
    for kind in page.lexicon.offices:
        for match in kind.pattern.finditer(low):
            start, end = match.span()
            if any(s < end and start < e for s, e in taken) or any(s <= start < e for s, e in excluded):
                continue
            taken.append((start, end))
            yield Office(start, end, kind)


def _sentence_end(page: Page, at: int) -> int:
    return next((s.end for s in page.sentences if s.start <= at < s.end), len(page.folded.low))


def _sentence_start(page: Page, at: int) -> int:
    return next((s.start for s in page.sentences if s.start <= at < s.end), 0)


def _by_office(page: Page, office: Office, drafts: dict[str, _Draft]) -> None:
    """Office, then name: «l'assessore regionale allo Sviluppo economico Guido Guidesi», "Minister-President Jan Jambon"."""
    end = min(_sentence_end(page, office.end), office.end + OFFICE_REACH)
    for start, stop in _names(page, office.end, end):
        between = page.folded.low[office.end:start]
        if re.search(r"[;:()]", between) or VERBS.search(between) or not _is_phrase(page, office.end, start):
            return
        _take(page, office, start, stop, office.start, office.end, start, drafts)
        second = re.match(r",? (?:e|ed|and) ", page.folded.low[stop:])
        if second and page.folded.low[office.start:office.end].endswith(("s", "i")):
            for other, other_stop in list(_names(page, stop + second.end(), min(_sentence_end(page, stop), stop + 60)))[:1]:
                if other == stop + second.end():
                    _take(page, office, other, other_stop, other, office.end, start, drafts)
        return


def _take(page: Page, office: Office, start: int, stop: int, phrase_start: int, tail_start: int, tail_end: int, drafts: dict[str, _Draft]) -> None:
    """Note a person with the office whose words stand at tail_start..tail_end."""
    region = _region_of(page, office, tail_start, tail_end, start, stop)
    name = page.folded.words(start, stop)
    if not any(len(word) > INITIAL for word in re.findall(r"[^\W\d_]+", name)) or page.folded.plain[stop:stop + 1].isdigit():
        return
    known = _known_person(page, fold(name), region, office.kind.kind)
    id = known or next((id for id, d in drafts.items() if fold(d.name).endswith(" " + fold(name))), slug(name))
    if not known and id not in drafts and office.kind.plain and not region:
        return
    if not known and id not in drafts and " " not in name and not region:
        return
    full = page.gazetteer.terms_of[known][0].name if known else drafts[id].name if id in drafts else name
    draft = _add(drafts, id, full, bool(known), start, stop)
    if draft.phrases is not None:
        draft.phrases.append((min(phrase_start, start), max(stop, tail_end)))
    draft.region = draft.region or region
    if not draft.office:
        draft.office, draft.office_kind = office.kind.label, office.kind.kind
        draft.portfolio = "" if office.kind.kind == "head" else _portfolio(page, tail_start, tail_end)


def _names(page: Page, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words that may be a person's name: no known place, no portfolio, no office."""
    plain, words = page.folded.plain, page.lexicon.words
    blocked = [(m.start, m.end) for m in page.mentions if m.kind != "Leader" and m.how != "echo"]
    leaders = {m.start: m.end for m in page.mentions if m.kind == "Leader"}
    for match in NAME.finditer(plain, start, end):
        first, tokens = None, list(re.finditer(rf"{TOKEN}", match.group()))
        for token in tokens:
            at, stop = match.start() + token.start(), match.start() + token.end()
            low = token.group().lower().strip(".'")
            if at in leaders:
                yield at, leaders[at]
                break
            if any(s <= at < e for s, e in blocked) or low in words["portfolio"] or low in words["not_names"] or low.startswith(("l'", "dell'", "all'", "nell'")):
                if first is not None:
                    yield first, _trim(plain, last)
                    first = None
                continue
            first, last = (at if first is None else first), stop
        else:
            if first is not None:
                yield first, _trim(plain, last)


def _trim(plain: str, stop: int) -> int:
    """Without the possessive and the full stop that ends the sentence."""
    while plain[stop - 1] in ".'":
        stop -= 1
    return stop - 2 if plain[stop - 2:stop] == "'s" else stop


def _is_phrase(page: Page, start: int, end: int) -> bool:
    """Whether the words between office and name are only a portfolio and a region: no other proper name."""
    for match in PROPER.finditer(page.folded.plain, start, end):
        if match.group().lower() in page.lexicon.words["portfolio"] or match.group().lower() in page.lexicon.words["not_names"]:
            continue
        if not any(m.start <= match.start() < m.end for m in page.mentions if m.kind in ("Region", "Country")):
            return False
    return True


def _region_of(page: Page, office: Office, tail_start: int, tail_end: int, start: int, stop: int) -> str:
    """The region that an office belongs to: named with it, right behind the name, or as an adjective before it."""
    inside = [m for m in page.mentions if m.kind in ("Region", "Country") and m.how != "place" and tail_start <= m.start < tail_end]
    if inside:
        return inside[0].id
    low = page.folded.low
    before = [m for m in page.mentions if m.kind == "Region" and m.how != "place" and re.fullmatch(r"(?:'s)?(?:,? (?:[a-z]+ ){0,3})?", low[m.end:office.start])
              and m.end <= office.start and office.start - m.end < 30]
    after = [m for m in page.mentions if m.kind == "Region" and m.how not in ("place", "echo") and m.start >= stop
             and re.fullmatch(r"(?: of|,? from| for|,? della|,? delle|,? del|,? dell'|,? di|,? per la|,? per le|,? per l') ?(?:the |la |le )?(?:free state of |state of |regione |land )?", low[stop:m.start])]
    bracket = [m for m in page.mentions if m.kind == "Region" and m.how == "name" and re.fullmatch(r" ?\(", low[stop:m.start])]
    chosen = bracket or after or (before if not re.search(r"[.;:]", low[before[-1].end:office.start]) else []) if before else bracket or after
    return chosen[-1].id if chosen else ""


def _portfolio(page: Page, start: int, end: int) -> str:
    """What a minister is in charge of, as stated."""
    for mention in page.mentions:
        if mention.kind in ("Region", "Country") and start <= mention.start < end:
            text = page.folded.low[start:mention.start]
            if len(text.strip()) > 12:
                end = mention.start
            else:
                start = mention.end
            break
    if not page.folded.low[start:end].strip(" ,'"):
        return ""
    words = page.folded.words(start, end).strip(" ,")
    words = re.sub(r"(?i)^(?:regionale |regional |per (?:gli |le |la |il |l'|i )?|con delega (?:a|al|alla|alle|agli|ai)l?'? |all['’]|alle |alla |allo |al |agli |ai |of state |of |for (?:the )?|with responsibility for )+", "", words)
    return re.sub(r"(?i)(?:[ ,]+(?:della|delle|del|dell['’]|di|of|for|in|the))+$", "", words).strip(" ,")


def _known_person(page: Page, name: str, region: str, office_kind: str) -> str:
    """The id of a known person of this full name or surname; "" where none or several may be meant."""
    exact = [id for id, terms in page.gazetteer.terms_of.items() if fold(terms[0].name) == name] if " " in name else []
    if exact:
        return exact[0]
    candidates = [(id, page.gazetteer.terms_of[id]) for id in page.gazetteer.surnames.get(name, ())]
    fitting = [id for id, terms in candidates if any(_term_fits(term, page, region, office_kind) for term in terms)]
    return fitting[0] if len(fitting) == 1 else ""


def _term_fits(term: Term, page: Page, region: str, office_kind: str) -> bool:
    here = region == term.region if region else any(m.id == term.region for m in page.mentions if m.how != "place")
    kind = not office_kind or not term.office_kind or (office_kind == "head") == (term.office_kind == "head")
    return here and kind and _in_office(term, page.date)


def _in_office(term: Term, date: str) -> bool:
    if not date:
        return True
    return (not term.since or first_day(term.since) <= last_day(date)) and (not term.until or last_day(term.until) >= first_day(date))


def _appositions(page: Page, offices: tuple[Office, ...], drafts: dict[str, _Draft]) -> None:
    """Name, then office: «Eugenio Giani, presidente della Toscana», "Alberto Cirio (President of Piedmont)"."""
    for office in offices:
        low, floor = page.folded.low, _sentence_start(page, office.start)
        gap = re.search(r"(?:, | \(| - )(?:(?:the|il|la|l'|lo|attuale|its|and|also|who is|nonche|oggi|regional|nuov[oa]|neo|as|then|dal|incoming|new|outgoing|[a-z]+[oaie]) ?){0,2}$", low[floor:office.start])
        if not gap:
            continue
        names = list(_names(page, floor, floor + gap.start()))
        if names and names[-1][1] == floor + gap.start():
            end = _tail(page, office.end)
            _take(page, office, *names[-1], names[-1][0], office.end, end, drafts)


def _tail(page: Page, start: int) -> int:
    """Where the phrase behind an office ends: at the next comma, bracket, verb or sentence's end, but behind a region it names."""
    stop = _sentence_end(page, start)
    cut = re.compile(r"[,;:.()]| - |(?<!\w)(?:ha|hanno|e stat|sono|has|have|is|was|were|said|will|and|e|ed|chairs|hands)(?!\w)").search(page.folded.low, start, stop)
    stop = cut.start() if cut else stop
    for mention in page.mentions:
        if mention.kind == "Region" and start <= mention.start < stop + 30 and page.folded.low[start:mention.start].count(",") == 0:
            return max(stop, mention.end) if mention.start < stop else stop
    return stop


def _surnames(page: Page, offices: tuple[Office, ...], drafts: dict[str, _Draft]) -> None:
    """Surnames alone: of people met in the text, or of known people of a region that the text names, in office on its date."""
    met = {fold(draft.name).split()[-1]: id for id, draft in drafts.items()}
    plain = page.folded.plain
    taken = [span for draft in drafts.values() for span in draft.spans or ()]
    blocked = [(m.start, m.end) for m in page.mentions]
    for match in re.finditer(TOKEN, plain):
        start, stop = match.start(), _trim(plain, match.end())
        if any(s < stop and start < e for s, e in (*taken, *blocked)):
            continue
        key = fold(plain[start:stop])
        if key in met:
            _add(drafts, met[key], drafts[met[key]].name, drafts[met[key]].known, start, stop)
        elif len(key) > 3 and key in page.gazetteer.surnames and _stands_alone(page, start, stop):
            known = _known_person(page, key, "", "")
            if known:
                _add(drafts, known, page.gazetteer.terms_of[known][0].name, True, start, stop)
                met[key] = known


def _office_alone(page: Page, offices: tuple[Office, ...], drafts: dict[str, _Draft]) -> None:
    """"The First Minister", «il presidente»: the one person met before in that office."""
    taken = [phrase for draft in drafts.values() for phrase in (*(draft.phrases or ()), *(draft.spans or ()))]
    for office in offices:
        if any(s <= office.start < e + 2 for s, e in taken) or not DEFINITE.search(page.folded.low[max(0, office.start - 5):office.start]):
            continue
        if re.match(r" (?:of|di|della|delle|del|dell')\b|'s| ?[A-Z]", page.folded.plain[office.end:office.end + 6]):
            continue
        before = [draft for draft in drafts.values() if draft.office == office.kind.label and draft.spans and min(draft.spans)[0] < office.start]
        if len(before) == 1 and before[0].spans is not None:
            before[0].spans.append((office.start, office.end))


def _stands_alone(page: Page, start: int, stop: int) -> bool:
    """Whether a surname has no other first name before it and no other name behind it."""
    plain = page.folded.plain
    before = re.search(r"([\w.'-]+) $", plain[max(0, start - 30):start])
    after = re.match(r" ([A-Z][\w'-]+)", plain[stop:stop + 30])
    words = page.lexicon.words["not_names"] | page.lexicon.words["portfolio"]
    mentioned = any(m.end == start - 1 for m in page.mentions)
    if before and before.group(1)[:1].isupper() and before.group(1).lower() not in words and not mentioned:
        return False
    return not (after and after.group(1).lower() not in words) and not re.match(r" (?:di|d'|de|am) [A-Z]", plain[stop:stop + 8])


def _person(page: Page, id: str, draft: _Draft) -> Person:
    """A draft finished with what the graph knows of the person's term on the page's date."""
    terms = page.gazetteer.terms_of.get(id, ())
    fitting = [term for term in terms if _in_office(term, page.date) and (not draft.region or term.region == draft.region)]
    term = next(iter(fitting), None)
    region = draft.region or (term.region if term else terms[0].region if terms else "")
    person = Person(id, draft.name, region, draft.office, draft.office_kind, draft.portfolio, term, draft.known, bool(draft.office and draft.region),
                    tuple(sorted(draft.spans or ())), tuple(draft.phrases or ()))
    return person if person.office or not term else replace(person, office=term.office, office_kind=term.office_kind, portfolio=term.portfolio)
