"""Find people in public office: known by name, by an office beside the name, or by surname where the text or the graph knows whose it is.

A name alone makes no leader: the directors of clusters and companies stand in the same sentences.
"""

import re
from dataclasses import dataclass, field, replace

from loaders.press.identity import in_office, known_person
from loaders.press.known import slug
from loaders.press.offices import ONE_WORD, Office, find_offices, name_behind, names_in, phrase_end, portfolio, region_of, without_tail
from loaders.press.page import Page, Person
from loaders.press.text import fold

SECOND_REACH = 60
COUNTERPART_REACH = 160
BEFORE_OFFICE, CHAIR_REACH, BEHIND_NAME = 20, 260, 40
INITIAL = 2
FEW = 3
SHORTEST_SURNAME = 4


@dataclass(slots=True)
class _Draft:
    """What was gathered of one person while reading."""

    name: str
    known: bool
    office: str = ""
    office_kind: str = ""
    portfolio: str = ""
    region: str = ""
    spans: list[tuple[int, int]] = field(default_factory=list)
    phrases: list[tuple[int, int]] = field(default_factory=list)


Drafts = dict[str, _Draft]


def find_people(page: Page) -> tuple[Person, ...]:
    """All people in public office of a page, in order of appearance."""
    drafts: Drafts = {}
    for mention in page.mentions:
        if mention.kind == "Leader":
            _add(drafts, mention.id, page.gazetteer.terms_of[mention.id][0].name, True, (mention.start, mention.end))
    offices = find_offices(page)
    for named in offices:
        office = _counterpart(page, named, drafts) if named.kind.kind == "same" else named
        if office and not _by_apposition(page, office, drafts, article=False) and not _by_office(page, office, offices, drafts):
            _by_apposition(page, office, drafts, article=True)
    _add_predecessors(page, drafts)
    _add_surnames(page, drafts)
    _add_offices_alone(page, offices, drafts)
    return tuple(sorted((_person(page, id, draft) for id, draft in drafts.items()), key=lambda person: person.spans[0]))


def _add_predecessors(page: Page, drafts: Drafts) -> None:
    """"He succeeds the Dutchman Cees Loggen": whom a new head of a network follows, named in full."""
    low = page.folded.low
    for match in page.lexicon.find("follows_after", low):
        sentence = _sentence(page, match.start())
        name = next(names_in(page, match.end(), min(sentence[1], match.end() + SECOND_REACH)), None)
        near = low[max(0, sentence[0] - CHAIR_REACH):sentence[1]]
        if (name is None or len(low[match.end():name[0]].split()) > FEW or " " not in low[slice(*name)] or not page.lexicon.has("takes_over", near)
                or not page.lexicon.has("chairs", near) or not any(m.kind == "Network" and m.start < match.start() for m in page.mentions)
                or any(m.start < name[1] and name[0] < m.end for m in page.mentions)):
            continue
        first = low[slice(*name)].split()[0]
        if first in page.lexicon.words["list_words"]:
            name = name[0] + len(first) + 1, name[1]
        words = page.folded.words(*name)
        known = known_person(page, fold(words), "", "")
        _add(drafts, known or slug(words), words, bool(known), name)


def _counterpart(page: Page, named: Office, drafts: Drafts) -> Office | None:
    """"His Saxon counterpart": the office of the person named right before."""
    low = page.folded.low
    places = {id: [*(at for at, _ in draft.spans), low.rfind(f" {fold(draft.name).split()[-1]} ", 0, named.start)] for id, draft in drafts.items()}
    before = [(max(at for at in found if at < named.start), id) for id, found in places.items()
              if any(0 < named.start - at < COUNTERPART_REACH for at in found if at >= 0)]
    if not before:
        return None
    id = max(before)[1]
    draft, terms = drafts[id], [t for t in page.gazetteer.terms_of.get(id, ()) if in_office(t, page.date)]
    kind, label = (draft.office_kind, draft.office) if draft.office else (terms[0].office_kind, terms[0].office) if terms else ("", "")
    return replace(named, kind=replace(named.kind, kind=kind, label=label)) if kind else None


def _add(drafts: Drafts, id: str, name: str, known: bool, span: tuple[int, int]) -> _Draft:
    draft = drafts.setdefault(id, _Draft(name, known))
    if span not in draft.spans:
        draft.spans.append(span)
    return draft


def _sentence(page: Page, at: int) -> tuple[int, int]:
    return next(((s.start, s.end) for s in page.sentences if s.start <= at < s.end), (0, len(page.folded.low)))


def _by_office(page: Page, office: Office, offices: tuple[Office, ...], drafts: Drafts) -> bool:
    """Office, then name: «l'assessore regionale allo Sviluppo economico Guido Guidesi»; whether there was one."""
    low, first = page.folded.low, name_behind(page, office, _sentence(page, office.end)[1])
    if first is None or any(office.end <= other.start < first[0] for other in offices):
        return False
    tail = (office.end, first[0])
    _take(page, office, first, (office.start, first[1]), tail, drafts)
    if page.lexicon.patterns["several"].search(low, office.start, office.end):
        _take_others(page, office, first, tail, drafts)
    return True


def _take_others(page: Page, office: Office, first: tuple[int, int], tail: tuple[int, int], drafts: Drafts) -> None:
    """The others of "the Prime Ministers A of X, B of Y and C": names that go on right behind the one before."""
    low, end = page.folded.low, _sentence(page, office.end)[1]
    regions = [m.id for m in page.mentions if m.kind == "Region" and m.how != "place" and tail[0] <= m.start < tail[1]]
    name, count = first, 1
    while True:
        joint = page.lexicon.patterns["joint"].match(low, _behind_region(page, name[1]))
        following = next(names_in(page, joint.end(), min(end, joint.end() + SECOND_REACH)), None) if joint else None
        if joint is None or following is None or following[0] != joint.end():
            return
        name, count = following, count + 1
        _take(page, office, name, name, tail, drafts, regions[count - 1] if len(regions) >= count else "")


def _behind_region(page: Page, at: int) -> int:
    """Where the region right behind a name ends ("… of North Rhine-Westphalia and …"), else the name's own end."""
    link = page.lexicon.patterns["of_region"]
    return next((m.end for m in page.mentions if m.kind == "Region" and m.start >= at and link.fullmatch(page.folded.low, at, m.start)), at)


def _by_apposition(page: Page, office: Office, drafts: Drafts, *, article: bool) -> bool:
    """Name, then office: «Eugenio Giani, presidente della Toscana», "Cirio (the President of Piedmont)"; whether there was one."""
    floor, sentence_end = _sentence(page, office.start)
    start = next((m.start for m in page.mentions if page.folded.low[m.end:office.start] in (" ", "'s ")), office.start)
    gap = page.lexicon.patterns["apposition"].search(page.folded.low[floor:start])
    if not gap or bool(gap.group().strip(" ,(-")) != article:
        return False
    names = list(names_in(page, floor, floor + gap.start()))
    if not names or names[-1][1] != floor + gap.start():
        return False
    end = phrase_end(page, office.end, sentence_end)
    _take(page, office, names[-1], (names[-1][0], end), (office.end, end), drafts)
    return True


def _take(page: Page, office: Office, name_span: tuple[int, int], phrase: tuple[int, int], tail: tuple[int, int], drafts: Drafts,
          stated_region: str = "") -> None:
    """Note a person with an office, if the office is one of a region or the person is known."""
    name = page.folded.words(*name_span)
    behind = page.folded.plain[name_span[1]:name_span[1] + 1]
    if not any(len(word) > INITIAL for word in re.findall(r"[^\W\d_]+", name)) or behind.isdigit():
        return
    region = stated_region or region_of(page, office, tail, name_span[1]) or _of_delegation(page, office)
    known = known_person(page, fold(name), region, office.kind.kind) or (
        known_person(page, fold(name), "", office.kind.kind, anywhere=not office.kind.plain) if " " not in name else "")
    behind_it = min(_sentence(page, name_span[0])[1], name_span[1] + BEHIND_NAME)
    region = _own_region(page, known, region, (tail[0], max(tail[1], behind_it)))
    id = known or next((id for id, d in drafts.items() if fold(d.name).endswith(" " + fold(name))), slug(name))
    if not known and id not in drafts and not _may_be_unknown(page, office, name, name_span, tail, region):
        return
    of_known = page.gazetteer.terms_of[known][0].name if known else ""
    draft = _add(drafts, id, of_known if " " in of_known else name, bool(known), name_span)
    draft.phrases.append(phrase)
    draft.region = draft.region or region
    if not draft.office:
        draft.office, draft.office_kind = office.kind.label, office.kind.kind
        draft.portfolio = "" if office.kind.kind == "head" else portfolio(page, *tail)


def _of_delegation(page: Page, office: Office) -> str:
    """"With the Basque delegation travelled the secretary general …": the one region whose side the sentence speaks of before."""
    start, _ = _sentence(page, office.start)
    sides = {m.id for m in page.mentions if m.how == "adjective" and start <= m.start < office.start}
    return next(iter(sides)) if len(sides) == 1 and (office.kind.kind == "official" or not office.kind.plain) else ""


def _own_region(page: Page, known: str, region: str, behind: tuple[int, int]) -> str:
    """The region of an office: as stated behind it; one that only stands before it gives way where a known term has another."""
    terms = [term for term in page.gazetteer.terms_of.get(known, ()) if in_office(term, page.date)]
    stated = any(m.id == region and behind[0] <= m.start < behind[1] for m in page.mentions)
    return region if stated or not terms or region in {term.region for term in terms} else ""


def _may_be_unknown(page: Page, office: Office, name: str, name_span: tuple[int, int], tail: tuple[int, int], region: str) -> bool:
    """Whether a name that nobody knows may be taken: two words, or one right behind the office; of a region, or an office that only
    regions have, or the chair of a network that another one takes."""
    if " " not in name:
        return bool(region) and office.end <= name_span[0] and not page.folded.low[office.end:name_span[0]].strip()
    if region or not office.kind.plain or (office.kind.kind == "deputy_head" and portfolio(page, *tail)):
        return True
    low = page.folded.low
    return (page.lexicon.patterns["interim"].search(low, max(0, office.start - BEFORE_OFFICE), office.end + BEFORE_OFFICE) is not None
            and any(m.kind == "Network" and m.start < office.start for m in page.mentions)
            and page.lexicon.has("takes_over", low[max(0, office.start - CHAIR_REACH):office.end]))


def _add_surnames(page: Page, drafts: Drafts) -> None:
    """Surnames alone: of people met in the text, or of known people of a region that the text names, in office on its date."""
    met = {key: id for id, draft in drafts.items() for key in (fold(draft.name).split()[-1], fold(draft.name.split()[-1]))}
    plain = page.folded.plain
    taken = [span for draft in drafts.values() for span in draft.spans] + [(m.start, m.end) for m in page.mentions]
    for match in ONE_WORD.finditer(plain):
        span = match.start(), without_tail(plain, match.end())
        if any(s < span[1] and span[0] < e for s, e in taken):
            continue
        key = fold(plain[span[0]:span[1]])
        if key in met:
            _add(drafts, met[key], drafts[met[key]].name, drafts[met[key]].known, span)
        elif len(key) >= SHORTEST_SURNAME and key in page.gazetteer.surnames and _stands_alone(page, *span):
            known = known_person(page, key, "", "")
            if known:
                _add(drafts, known, page.gazetteer.terms_of[known][0].name, True, span)
                met[key] = known


def _stands_alone(page: Page, start: int, stop: int) -> bool:
    """Whether a surname has no other first name before it and no other name behind it."""
    plain = page.folded.plain
    before = re.search(r"([\w.'-]+) $", plain[max(0, start - 30):start])
    after = re.match(r" ([A-Z][\w'-]+)", plain[stop:stop + 30])
    words = page.lexicon.words["not_names"] | page.lexicon.words["portfolio"]
    mentioned = any(m.end == start - 1 for m in page.mentions)
    if before and before.group(1)[:1].isupper() and before.group(1).lower() not in words and not mentioned:
        return False
    return not (after and after.group(1).lower() not in words) and not page.lexicon.patterns["city_named"].match(plain, stop)


def _add_offices_alone(page: Page, offices: tuple[Office, ...], drafts: Drafts) -> None:
    """"The First Minister", «il presidente»: the one person met before in that office."""
    taken = [phrase for draft in drafts.values() for phrase in (*draft.phrases, *draft.spans)]
    grammar, low = page.lexicon.patterns, page.folded.low
    for office in offices:
        if any(s <= office.start < e + 2 for s, e in taken) or not grammar["definite"].search(low[max(0, office.start - 5):office.start]):
            continue
        if grammar["of_something"].match(low, office.end) or page.folded.plain[office.end:office.end + 2].lstrip()[:1].isupper():
            continue
        met = [draft for draft in drafts.values() if min(draft.spans)[0] < office.start]
        before = [d for d in met if d.office == office.kind.label] or [
            d for d in met if d.office_kind == office.kind.kind != "head" and not office.kind.plain]
        if len(before) == 1:
            before[0].spans.append((office.start, office.end))


def _person(page: Page, id: str, draft: _Draft) -> Person:
    """A draft finished with what the graph knows of the person's term on the page's date: its wording is the graph's own."""
    terms = page.gazetteer.terms_of.get(id, ())
    fitting = [term for term in terms if in_office(term, page.date) and (not draft.region or term.region == draft.region)]
    term = next((t for t in fitting if t.office_kind == draft.office_kind), next(iter(fitting), None))
    region = draft.region or (term.region if term else terms[0].region if terms else "")
    other = not draft.region and term is not None and draft.office_kind not in ("", term.office_kind)
    person = Person(id, draft.name, region, "" if other else draft.office, "" if other else draft.office_kind, draft.portfolio, term,
                    draft.known, bool(draft.office and draft.region), tuple(sorted(draft.spans)), tuple(draft.phrases))
    if other:
        return person
    if term and term.office and (not person.office or person.office_kind == term.office_kind):
        return replace(person, office=term.office, office_kind=term.office_kind, portfolio=term.portfolio)
    return person
