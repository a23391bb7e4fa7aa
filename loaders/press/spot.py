"""Decide what a name in the text means: a region, a city of the same name, a building, a country that only says where a region lies.

Homonyms bite (Valencia, Salzburg, Brussels, Georgia): a name that is first of all something else needs a sign beside it that the
region is meant.
"""

import re
from collections.abc import Sequence
from functools import cache

from loaders.press.gazetteer import BLOCK, Found, Gazetteer, Written
from loaders.press.lexicon import Lexicon, read_names
from loaders.press.page import Mention
from loaders.press.text import Folded, fold

BRACKET = re.compile(r"[,\s]*\(\s*(?:(?:the|i|les|los|de|die|der) )?\Z")
REACH = 46


@cache
def _homonyms(language: str) -> dict[str, str]:
    names = read_names()
    words = {"word": names["languages"][language]["word_homonyms"]}
    return {fold(name): kind for lists in (words, names["homonyms"]) for kind, names in lists.items() for name in names}


@cache
def _own_languages() -> dict[str, list[str]]:
    languages: dict[str, list[str]] = read_names()["own_languages"]
    return languages


def seat_of(place: str) -> str:
    """The region whose seat of government a place is, "" where it is none: "Mailand" -> "lombardy"."""
    return _seats().get(fold(place), "")


@cache
def _seats() -> dict[str, str]:
    return {fold(name): region for region, names in read_names()["seats"].items() for name in names}


def spot(folded: Folded, lexicon: Lexicon, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """All mentions in order."""
    found = gazetteer.find(folded, lexicon.patterns["endings"])
    hits = [(hit, written) for hit in found for written in [_choose(hit, folded, lexicon, gazetteer)] if written]
    first = [_first_reading(hit, written, folded, lexicon) for hit, written in hits]
    out = []
    for index, (hit, written) in enumerate(hits):
        how = first[index]
        if how == "unsure":
            how = "name" if _in_a_list(index, hits, first, folded, lexicon) else "place"
        elif how == "generic":
            how = "" if any(w.kind == "Network" and w.id != written.id for _, w in hits) else "name"
        elif how == "twin":
            how = "place" if _is_other_twin(written.id, hits, folded, gazetteer) else "name"
        if written.kind == "Country" and how == "name" and _only_says_where(index, hits, folded, lexicon):
            how = "bracket"
        if how and written.kind not in (BLOCK, "Leader"):
            out.append(Mention(hit.start, hit.end, written.kind, written.id, how))
        elif written.kind == "Leader":
            out.append(Mention(hit.start, hit.end, "Leader", written.id))
    taken = {(m.start, m.end) for m in out}
    out += [m for m in _adjectives(folded, lexicon, gazetteer) if not any(s < m.end and m.start < e for s, e in taken)]
    return tuple(sorted(out, key=lambda m: m.start))


def _choose(hit: Found, folded: Folded, lexicon: Lexicon, gazetteer: Gazetteer) -> Written | None:
    """The reading of a hit that the text's language and case allow: regions before countries, networks before all."""
    allowed = [name for name in hit.names if _fits(name, hit, folded, lexicon, gazetteer)]
    order = {BLOCK: 0, "Leader": 1, "Event": 2, "Network": 3, "Organisation": 4, "Region": 5, "Country": 6}
    return min(allowed, key=lambda name: (order.get(name.kind, 9), name.id), default=None)


def _fits(name: Written, hit: Found, folded: Folded, lexicon: Lexicon, gazetteer: Gazetteer) -> bool:
    surface = folded.plain[hit.start:hit.end]
    if name.exact:
        return surface == "".join(_plain(name.text)) or surface == name.text
    if name.kind != BLOCK and not any(c.isupper() or c.isdigit() for c in surface):
        return False
    if name.kind in ("Region", "Country") and name.language not in ("", "en", lexicon.language):
        known = gazetteer.known.get(name.id)
        return known is not None and name.kind == "Region" and name.language in _own_languages().get(known.country, [])
    return True


def _plain(text: str) -> list[str]:
    from loaders.press.text import fold_character

    return [fold_character(c) for c in text]


def _first_reading(hit: Found, written: Written, folded: Folded, lexicon: Lexicon) -> str:
    """name, place, unsure (a homonym without a sign), or "" where the name is part of something else."""
    if written.kind == "Network" and _homonyms(lexicon.language).get(fold(folded.plain[hit.start:hit.end])) == "generic":
        return "generic"
    if written.kind != "Region":
        return "name"
    before, after = folded.low[max(0, hit.start - REACH):hit.start], folded.low[hit.end:hit.end + REACH]
    words = lexicon.patterns
    if words["no_region_behind"].search(before):
        return "place"
    if re.match(rf"(?: & | and | |-){words['not_region_after'].pattern}", after) and _capital_follows(hit, folded):
        return "place"
    homonym = _homonyms(lexicon.language).get(fold(folded.plain[hit.start:hit.end]), "")
    if homonym == "twin":
        return homonym
    if words["region_behind"].search(before) or re.match(rf"[ -]{words['region_after'].pattern}", after):
        return "name"
    if (city := words["city_behind"].search(before)) and (homonym or _may_be_city(written)):
        return "unsure" if words["between"].match(city.group()) else "place"
    if homonym == "capital":
        return "place"
    return "unsure" if homonym else "name"


def _capital_follows(hit: Found, folded: Folded) -> bool:
    following = folded.plain[hit.end:hit.end + 8].lstrip(" &-").removeprefix("and ").lstrip()
    return following[:1].isupper()


def _may_be_city(written: Written) -> bool:
    """Whether a region without a homonym is still called like a city ("a Québec")."""
    return fold(written.text) in ("quebec", "luxembourg", "lussemburgo", "luxemburg", "luxemburgo", "trento", "bolzano", "zeeland")


def _in_a_list(index: int, hits: Sequence[tuple[Found, Written]], first: Sequence[str], folded: Folded, lexicon: Lexicon) -> bool:
    """Whether a homonym stands in one list with a name that is surely a region."""
    for step in (1, -1):
        here, at = index, index + step
        while 0 <= at < len(hits):
            left, right = (hits[here][0], hits[at][0]) if step > 0 else (hits[at][0], hits[here][0])
            if not lexicon.patterns["list_gap"].match(folded.low[left.end:right.start]) or hits[at][1].kind not in ("Region", BLOCK):
                break
            if first[at] == "name" and hits[at][1].kind == "Region":
                return True
            here, at = at, at + step
    return False


def _is_other_twin(id: str, hits: Sequence[tuple[Found, Written]], folded: Folded, gazetteer: Gazetteer) -> bool:
    """Whether a text speaks of the country of the other region of that name, and not of this one's: then it is left open."""
    twin = read_names()["twins"].get(id)
    around = {gazetteer.known[written.id].country for _, written in hits if written.id != id and written.id in gazetteer.known}
    if not twin or twin["own"] in around or twin["other"] not in around:
        return False
    return not any(re.search(rf"\b{place}\b", folded.low) for place in twin["places"])


def _only_says_where(index: int, hits: Sequence[tuple[Found, Written]], folded: Folded, lexicon: Lexicon) -> bool:
    """Whether a country only says where a region lies: "Flanders (Belgium)", "the Basque region of Spain"."""
    hit, before = hits[index][0], hits[index - 1] if index else None
    return (_is_bracket(hit, folded, before, lexicon)
            or lexicon.patterns["part_of"].search(folded.low, max(0, hit.start - REACH), hit.start) is not None)


def _is_bracket(hit: Found, folded: Folded, before: tuple[Found, Written] | None, lexicon: Lexicon) -> bool:
    """Whether a country only says where the region before it lies: «Fiandre (Belgio)», "Norte in Portugal", "Flanders, Belgium,"."""
    if before is None or before[1].kind not in ("Region", "Network"):
        return False
    gap, after = folded.low[before[0].end:hit.start], folded.low[hit.end:hit.end + 2]
    if BRACKET.match(gap):
        return after.lstrip().startswith(")")
    return lexicon.patterns["lies_in"].fullmatch(gap) is not None or (gap == ", " and after[:1] in ",.;)" and _lies_in(before[1], hit))


def _lies_in(region: Written, hit: Found) -> bool:
    return region.kind == "Region" and all(name.kind != "Region" for name in hit.names)


def _adjectives(folded: Folded, lexicon: Lexicon, gazetteer: Gazetteer) -> list[Mention]:
    """Adjectives of regions beside an institution or a person's office ("il ministro bavarese"): a mention of the region's side."""
    out = []
    for match in lexicon.demonyms.pattern.finditer(folded.low):
        region = lexicon.demonyms.regions[(match.lastindex or 1) - 1]
        if region in gazetteer.known:
            near = (lexicon.patterns["institution_behind"].search(folded.low, max(0, match.start() - REACH), match.start())
                    or lexicon.patterns["institution_ahead"].match(folded.low, match.end()))
            out.append(Mention(match.start(), match.end(), "Region", region, "adjective" if near else "echo"))
    return out
