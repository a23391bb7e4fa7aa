"""Find offices in a text, the names beside them and the regions that they belong to.

Only the grammar of "an office of a region" is here; who the person is, `people` decides.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.press.lexicon import Kind
from loaders.press.page import Mention, Page

WORD = r"[A-Z][a-z']*[A-Za-z'.]*(?:-[A-Z][A-Za-z']+)*"
PARTICLE = r"(?:de la|de los|van der|van den|van de|von der|van|von|den|der|ten|ter|del|della|di|de|da|dos|du|la|le|zu|i)"
NAME = re.compile(rf"{WORD}(?: (?:{PARTICLE} )?{WORD}){{0,3}}")
ONE_WORD = re.compile(WORD)
PROPER = re.compile(r"[A-Z]\w+")
PARTICLES = frozenset({"del", "de", "des", "di", "della", "da", "dal", "du", "la", "le", "las", "los", "lo", "li", "van", "von", "den",
                       "der", "ten", "ter", "dos"})
ELIDED = ("l'", "dell'", "all'", "nell'", "dall'", "sull'", "d'", "qu'")
GOES_ON = re.compile(r" (?:(?:den|der|de|het|la) )?[A-Z]")
BEFORE = 30
BETWEEN = re.compile(r"(?:'?s)?(?:,? (?:[a-z]+ ){0,3})?")
OPEN_BRACKET = re.compile(r" ?\(")
PORTFOLIO_BEFORE_REGION = 12
OFFICE_REACH = 130
NOT_ONE_PHRASE = re.compile(r"[;:()\"]")
FOR_REGION = re.compile(r",? (?:[^\W\d_]+ ){0,4}(?:[^\W\d_]+')?")
LONGEST_PORTFOLIO, MOST_COMMAS = 100, 3
COMMA = re.compile(r", ")


@dataclass(frozen=True, slots=True)
class Office:
    """An office named at a place."""

    start: int
    end: int
    kind: Kind


def find_offices(page: Page) -> tuple[Office, ...]:
    """Offices in the text in their order, the most specific where several overlap."""
    taken: list[tuple[int, int]] = []
    low = page.folded.low
    excluded = [m.span() for m in page.lexicon.find("not_offices", low)]
    out = []
    for kind in page.lexicon.offices:
        for match in kind.pattern.finditer(low):
            start, end = match.span()
            if not any(s < end and start < e for s, e in taken) and not any(s <= start < e for s, e in excluded):
                taken.append((start, end))
                out.append(Office(start, end, kind))
    return tuple(sorted(out, key=lambda office: office.start))


def names_in(page: Page, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words that may be a person's name: no known place, no portfolio, no office."""
    leaders = {m.start: m.end for m in page.mentions if m.kind == "Leader"}
    longest = int(page.lexicon.grammar["name_words"])
    for match in NAME.finditer(page.folded.plain, start, end):
        run: list[tuple[int, int]] = []
        for token in ONE_WORD.finditer(match.group()):
            at, stop = match.start() + token.start(), match.start() + token.end()
            if at in leaders:
                yield at, leaders[at]
                run = []
                break
            ends = _is_no_name(page, at, token.group())
            if run and (ends or len(run) == longest):
                yield run[0][0], without_tail(page.folded.plain, run[-1][1])
                run = []
            if not ends:
                run.append((at, stop))
        if run:
            yield run[0][0], without_tail(page.folded.plain, run[-1][1])


def _is_no_name(page: Page, at: int, token: str) -> bool:
    low = token.lower().strip(".'")
    words = page.lexicon.words
    if low in PARTICLES and GOES_ON.match(page.folded.plain, at + len(token)):
        return False
    return (low in words["portfolio"] or low in words["not_names"] or low.startswith(ELIDED)
            or page.lexicon.patterns["no_name"].search(low) is not None
            or any(m.start <= at < m.end for m in page.mentions if m.kind != "Leader" and m.how != "echo"))


def without_tail(plain: str, stop: int) -> int:
    """Where a name ends without the possessive and the full stop behind it."""
    while plain[stop - 1] in ".'":
        stop -= 1
    return stop - 2 if plain[stop - 2:stop] == "'s" else stop


def name_behind(page: Page, office: Office, end: int) -> tuple[int, int] | None:
    """The name that an office is followed by, with nothing but a portfolio and a region between them."""
    if name := _behind_portfolio(page, office, end):
        return name
    name = next(names_in(page, office.end, min(end, office.end + OFFICE_REACH)), None)
    between = page.folded.low[office.end:name[0]] if name else ""
    if name is None or NOT_ONE_PHRASE.search(between) or page.lexicon.has("verbs", between) or not is_phrase(page, office.end, name[0]):
        return None
    return name


def _behind_portfolio(page: Page, office: Office, end: int) -> tuple[int, int] | None:
    """The full name between commas behind a portfolio of whatever words: "la consejera de Relaciones Ciudadanas, Ana Ollo,"."""
    low, plain = page.folded.low, page.folded.plain
    for comma in [m.start() for m in COMMA.finditer(low, office.end, min(end, office.end + LONGEST_PORTFOLIO))][:MOST_COMMAS]:
        between = low[office.end:comma]
        if (office.kind.plain or not page.lexicon.patterns["portfolio_lead"].match(between.lstrip() + " ")
                or NOT_ONE_PHRASE.search(between) or page.lexicon.has("verbs", between)):
            return None
        name = next(names_in(page, comma + 2, end), None)
        if name and name[0] == comma + 2 and " " in plain[slice(*name)] and low[name[1]:name[1] + 1] in (",", ".", ";", ")", ""):
            return name
    return None


def is_phrase(page: Page, start: int, end: int) -> bool:
    """Whether the words between office and name are only a portfolio and a region: no other proper name."""
    words = page.lexicon.words
    for match in PROPER.finditer(page.folded.plain, start, end):
        low = match.group().lower()
        if low not in words["portfolio"] and low not in words["not_names"] and not any(
                m.start <= match.start() < m.end for m in page.mentions if m.kind in ("Region", "Country")):
            return False
    return True


def region_of(page: Page, office: Office, tail: tuple[int, int], name_end: int) -> str:
    """The region that an office belongs to: named in the words behind it, right behind the name, or before it ("Saxony's Minister")."""
    low = page.folded.low
    named = [m for m in page.mentions if m.kind in ("Region", "Country") and m.how != "place"]
    if inside := [m for m in named if tail[0] <= m.start < tail[1] or (office.start < m.start < office.end and m.how == "name")]:
        return inside[0].id
    regions = [m for m in named if m.kind == "Region"]
    if beside := [m for m in regions if m.how == "name" and FOR_REGION.fullmatch(low, m.end, office.start) and _is_for(page, m)]:
        return beside[-1].id
    link = page.lexicon.patterns["of_region"]
    behind = [m for m in regions if m.start >= name_end and m.how != "echo"
              and (OPEN_BRACKET.fullmatch(low[name_end:m.start]) or link.fullmatch(low[name_end:m.start]))]
    if behind:
        return behind[-1].id
    before = [m for m in regions if _stands_before(page, m, office)]
    return before[-1].id if before else ""


def _is_for(page: Page, mention: Mention) -> bool:
    """Whether a region is one that somebody speaks for ("für den Kanton Zürich Regierungsrat …")."""
    return page.lexicon.patterns["speaks_for"].search(page.folded.low, max(0, mention.start - BEFORE), mention.start) is not None


def _stands_before(page: Page, mention: Mention, office: Office) -> bool:
    """Whether an office is that of a region right before it: "Saxony's Minister", "the Welsh economy minister"."""
    gap = page.folded.low[mention.end:office.start]
    if not mention.end <= office.start < mention.end + BEFORE or not BETWEEN.fullmatch(gap):
        return False
    words, known = page.lexicon.words, page.lexicon.patterns["institution"]
    return all(word == "s" or word in words["portfolio"] or word in words["list_words"] or word in words["before_office"]
               for word in re.findall(r"\w+", gap)) and not (mention.how == "adjective" and known.search(gap))


def portfolio(page: Page, start: int, end: int) -> str:
    """What a minister is in charge of, as stated."""
    for mention in page.mentions:
        if mention.kind in ("Region", "Country") and start <= mention.start < end:
            if len(page.folded.low[start:mention.start].strip()) > PORTFOLIO_BEFORE_REGION:
                end = mention.start
            else:
                start = mention.end
            break
    if not page.folded.low[start:end].strip(" ,'"):
        return ""
    words = page.folded.words(start, end).strip(" ,")
    grammar = page.lexicon.patterns
    lead = grammar["portfolio_lead"].match(words.lower())
    words = words[lead.end():] if lead else words
    tail = grammar["portfolio_end"].search(words.lower())
    return (words[:tail.start()] if tail else words).strip(" ,")


def _opens_name(page: Page, at: int) -> bool:
    """Whether two words of a name stand at a place, and none of an office."""
    run = [token.group().lower() for token in ONE_WORD.finditer((NAME.match(page.folded.plain, at) or [""])[0])]
    return len(run) > 1 and not any(word in page.lexicon.words["portfolio"] for word in run)


def phrase_end(page: Page, start: int, stop: int) -> int:
    """Where the words behind an office end: at a comma, a bracket, a verb or `stop`, but behind the region that they name."""
    for cut in page.lexicon.patterns["phrase_end"].finditer(page.folded.low, start, stop):
        goes_on = page.lexicon.patterns["and_words"].match(cut.group().strip())
        following = PROPER.match(page.folded.plain, cut.end() + 1) if goes_on else None
        if not following or ("," in cut.group() and following.group().lower() not in page.lexicon.words["portfolio"]) or _opens_name(
                page, following.start()):
            stop = cut.start()
            break
    inside = [m for m in page.mentions if m.kind == "Region" and start <= m.start < stop]
    return max(stop, inside[0].end) if inside else stop
