"""Find offices in a text, the names beside them and the regions that they belong to.

Only the grammar of "an office of a region" is here; who the person is, `people` decides.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.press.lexicon import Kind
from loaders.press.page import Mention, Page

WORD = r"[A-Z][a-z']*[A-Za-z'.]*(?:-[A-Z][A-Za-z']+)*"
PARTICLE = r"(?:de la|de los|van der|van den|van de|von der|van|von|den|der|ten|ter|del|della|di|de|da|dos|du|la|le|zu|y|i|e)"
NAME = re.compile(rf"{WORD}(?: (?:{PARTICLE} )?{WORD}){{0,3}}")
ONE_WORD = re.compile(WORD)
PROPER = re.compile(r"[A-Z]\w+")
PARTICLES = frozenset({"del", "de", "di", "della", "da", "dal", "la", "lo", "li", "van", "von", "den", "dos"})
ELIDED = ("l'", "dell'", "all'", "nell'", "dall'", "sull'")
BEFORE = 30
BETWEEN = re.compile(r"(?:'s)?(?:,? (?:[a-z]+ ){0,3})?")
GOES_ON = (",", "e", "ed", "and")
OPEN_BRACKET = re.compile(r" ?\(")
PORTFOLIO_BEFORE_REGION = 12


@dataclass(frozen=True, slots=True)
class Office:
    """An office named at a place."""

    start: int
    end: int
    kind: Kind


def find_offices(page: Page) -> tuple[Office, ...]:
    """Offices in the text, the most specific where several overlap, in the order of the word list."""
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
    return tuple(out)


def names_in(page: Page, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words that may be a person's name: no known place, no portfolio, no office."""
    leaders = {m.start: m.end for m in page.mentions if m.kind == "Leader"}
    for match in NAME.finditer(page.folded.plain, start, end):
        first = last = -1
        for token in ONE_WORD.finditer(match.group()):
            at, stop = match.start() + token.start(), match.start() + token.end()
            if at in leaders:
                yield at, leaders[at]
                first = -1
                break
            if _is_no_name(page, at, token.group()):
                if first >= 0:
                    yield first, without_tail(page.folded.plain, last)
                first = -1
            else:
                first, last = (at if first < 0 else first), stop
        if first >= 0:
            yield first, without_tail(page.folded.plain, last)


def _is_no_name(page: Page, at: int, token: str) -> bool:
    low = token.lower().strip(".'")
    words = page.lexicon.words
    if low in PARTICLES and page.folded.plain[at + len(token):at + len(token) + 2].strip()[:1].isupper():
        return False
    return (low in words["portfolio"] or low in words["not_names"] or low.startswith(ELIDED)
            or any(m.start <= at < m.end for m in page.mentions if m.kind != "Leader" and m.how != "echo"))


def without_tail(plain: str, stop: int) -> int:
    """Where a name ends without the possessive and the full stop behind it."""
    while plain[stop - 1] in ".'":
        stop -= 1
    return stop - 2 if plain[stop - 2:stop] == "'s" else stop


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
    if inside := [m for m in named if tail[0] <= m.start < tail[1]]:
        return inside[0].id
    regions = [m for m in named if m.kind == "Region"]
    link = page.lexicon.patterns["of_region"]
    behind = [m for m in regions if m.start >= name_end and m.how != "echo"
              and (OPEN_BRACKET.fullmatch(low[name_end:m.start]) or link.fullmatch(low[name_end:m.start]))]
    if behind:
        return behind[-1].id
    before = [m for m in regions if _stands_before(low, m, office)]
    return before[-1].id if before else ""


def _stands_before(low: str, mention: Mention, office: Office) -> bool:
    return mention.end <= office.start < mention.end + BEFORE and BETWEEN.fullmatch(low[mention.end:office.start]) is not None


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


def phrase_end(page: Page, start: int, stop: int) -> int:
    """Where the words behind an office end: at a comma, a bracket, a verb or `stop`, but behind the region that they name."""
    for cut in page.lexicon.patterns["phrase_end"].finditer(page.folded.low, start, stop):
        following = PROPER.match(page.folded.plain, cut.end() + 1) if cut.group() in GOES_ON else None
        if not following or ("," in cut.group() and following.group().lower() not in page.lexicon.words["portfolio"]):
            stop = cut.start()
            break
    inside = [m for m in page.mentions if m.kind == "Region" and start <= m.start < stop]
    return max(stop, inside[0].end) if inside else stop
