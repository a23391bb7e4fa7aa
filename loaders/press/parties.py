"""Gather who is meant in a sentence: the regions of a list ("tra Lombardia e Fiandre"), of its subject, of the people in it."""

import re
from collections.abc import Collection

from loaders.press.page import Mention, Page

PARTY_KINDS = ("Region", "Country", "Network", "Organisation")
BRACKETS = re.compile(r"\([^()]{0,60}\)")
NOT_LIST = re.compile(r"[.;:\"\n]")
PAIR = 2
PLACE_REACH = 16
OPEN = re.compile(r"\([^)]*\Z")
COLON = re.compile(r"[:(]")
LONGEST_LIST = 120
"""Names in a row beyond which no sentence is a list of parties; the largest network of regions has 160 members, none prints them all."""
SLACK = 3
"""Words of a list that no word list knows ("la vicina Baviera")."""


def _gap_is_list(page: Page, start: int, end: int, first: bool) -> bool:
    """Whether only articles, titles, brackets and people stand between two names of a list."""
    text = page.folded.low[start:end]
    for person in page.people:
        for s, e in (*person.spans, *person.phrases):
            first_letter, last_letter = max(0, s - start), min(len(text), e - start)
            if first_letter < last_letter:
                text = text[:first_letter] + " " * (last_letter - first_letter) + text[last_letter:]
    gap = BRACKETS.sub(" ", text)
    if NOT_LIST.search(gap):
        return False
    words = re.findall(r"[\w]+", gap.replace("'", " "))
    if not first and words and not page.lexicon.patterns["list_joint"].search(gap):
        return False
    unknown = [word for word in words if word not in page.lexicon.words["list_words"]]
    if unknown and not first and page.lexicon.has("with", gap):
        return False
    return len(unknown) <= (0 if first and not words[:1] else min(SLACK, 1 + (not first)))


def listed(page: Page, start: int, end: int) -> tuple[Mention, ...]:
    """The parties of a list that begins at start: «la Regione Lombardia e le Fiandre (Belgio)»; people stand for their regions."""
    anchors = sorted([*page.within(start, end, PARTY_KINDS), *_people_as_mentions(page, start, end)], key=lambda m: (m.start, m.how))
    out: list[Mention] = []
    position = start
    for mention in anchors:
        if mention.start < position:
            continue
        if out and OPEN.search(page.folded.low, position, mention.start):
            continue
        if len(out) == LONGEST_LIST or not _gap_is_list(page, position, mention.start, not out):
            break
        out.append(mention)
        position = mention.end
    seen: dict[str, Mention] = {}
    for mention in out:
        seen.setdefault(mention.id, mention)
    return tuple(seen.values())


def _people_as_mentions(page: Page, start: int, end: int) -> list[Mention]:
    return [Mention(s, e, "Region", person.region, "person") for person in page.people if person.region
            for s, e in person.spans if start <= s < end]


def actors(page: Page, start: int, end: int, *, countries: bool = False, last: bool = False) -> tuple[Mention, ...]:
    """All parties named in a span, each once (where it is named first, or `last`): regions, their adjectives beside an institution,
    regions of people; and countries that are no place where something happens."""
    named = [*page.within(start, end, ("Region",)), *_people_as_mentions(page, start, end)]
    if countries:
        named += [m for m in page.within(start, end, ("Country",)) if not page.lexicon.patterns["place_behind"].search(
            page.folded.low, max(0, m.start - PLACE_REACH), m.start)]
    found = sorted(named, key=lambda m: m.start, reverse=last)
    seen: dict[str, Mention] = {}
    for mention in found:
        seen.setdefault(mention.id, mention)
    return tuple(sorted(seen.values(), key=lambda m: m.start))


def between(page: Page, start: int, end: int) -> tuple[Mention, ...]:
    """The parties behind "tra"/"between" in a span: the first list of two or more."""
    for match in page.lexicon.find("between", page.folded.low, start, end):
        found = listed(page, match.end(), end)
        if len(found) > 1:
            return found
    return ()


def with_party(page: Page, start: int, end: int) -> tuple[tuple[int, tuple[Mention, ...]], ...]:
    """Each "con"/"with" in a span that opens a list of parties, with where it stands."""
    out = []
    for match in page.lexicon.find("with", page.folded.low, start, end):
        found = listed(page, match.end(), end)
        if found:
            out.append((match.start(), found))
    return tuple(out)


def subject(page: Page, start: int, end: int, others: Collection[str]) -> Mention | None:
    """Who acts in a span with `others`: the first party named in it that is none of them."""
    return next((m for m in actors(page, start, end) if m.id not in others), None)


def group_before(page: Page, start: int, end: int) -> tuple[Mention, ...]:
    """The parties that "the three provinces" in a span means: the last sentence before that names so many, else all before if so many."""
    for match in page.lexicon.find("group", page.folded.low, start, end):
        number = page.lexicon.numbers.get(match.group(1)) or (int(match.group(1)) if match.group(1).isdecimal() else 0)
        if number > PAIR:
            spans = [(s.start, min(s.end, match.start())) for s in reversed(page.prose()) if s.start <= start]
            everyone = (actors(page, first, last) for first, last in (*spans, (0, match.start())))
            candidates = (found for all in everyone if all for found in (all, listed(page, all[0].start, match.start())))
            return next((found for found in candidates if len(found) == number), ())
    return ()


def main_pair(page: Page) -> tuple[str, ...]:
    """The two regions that the text is about, where it names only two, or its title names two; else ()."""
    title = next((s for s in page.prose() if actors(page, s.start, s.end)), None)
    first = actors(page, title.start, title.end) if title else ()
    if len(first) == 2:
        return tuple(m.id for m in first)
    every = actors(page, 0, page.folded.captions_from)
    return tuple(m.id for m in every) if len(every) == 2 else ()


def list_behind(page: Page, start: int, end: int) -> tuple[Mention, ...]:
    """The list behind a word: at once, or behind "ten regions:", "…, among them"."""
    at_once = listed(page, start, end)
    if len(at_once) >= PAIR:
        return at_once
    openers = [m.end() for pattern in (COLON, page.lexicon.patterns["among"]) for m in pattern.finditer(page.folded.low, start, end)]
    return next((found for at in openers if len(found := listed(page, at, end)) >= PAIR), at_once)
