"""Find what a text means by "the Alliance" or "with that state": names that it gave before.

Resolved references are mentions like any other, so that the rules read "the Alliance" as they read its name.
"""

from loaders.press.page import Mention, Page

SPOKEN_OF = 250
"""Letters over which a region that was named is still the one spoken of."""


def resolve_references(page: Page) -> tuple[Mention, ...]:
    """Networks meant by "the Alliance", "l'associazione": the last one named whose name has that word, or the only one of the text."""
    named = [m for m in page.mentions if m.kind == "Network"]
    out = []
    for match in page.lexicon.find("network_reference", page.folded.low):
        start, end = match.start(1), match.end(1)
        if any(m.start < end and start < m.end for m in page.mentions):
            continue
        stem = page.lexicon.networks.get(match.group(1), match.group(1))
        earlier = [m for m in named if m.start < start]
        fitting = [m for m in earlier if stem in _names(page, m)] or (earlier if len({m.id for m in named}) == 1 else [])
        if fitting:
            out.append(Mention(start, end, "Network", fitting[-1].id, "reference"))
    return tuple(out)


def resolve_regions(page: Page) -> tuple[Mention, ...]:
    """Regions meant by "with that state": the last one named that is not the text's own."""
    home, out = page.home, []
    for match in page.lexicon.find("with", page.folded.low):
        meant = page.lexicon.patterns["that_region"].match(page.folded.low, match.end() + 1)
        named = [m for m in page.within(max(0, match.start() - SPOKEN_OF), match.start(), ("Region",)) if home is None or m.id != home.id]
        if meant and named and not any(m.start <= meant.end() + 1 and meant.start() < m.end for m in page.mentions):
            out.append(Mention(meant.start(), meant.end(), "Region", named[-1].id))
    return tuple(out)


def _names(page: Page, mention: Mention) -> str:
    return " ".join([page.gazetteer.known[mention.id].name.lower(), page.folded.low[mention.start:mention.end]])
