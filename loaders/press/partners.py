"""Find whose an agreement of the past is, in a sentence that may tell of several: each date is read with the partner beside it."""

from loaders.press.dates import is_old
from loaders.press.page import Mention, Page, When
from loaders.press.parties import actors, between, listed, main_pair, with_party
from loaders.press.text import Sentence


def partners_then(page: Page, sentence: Sentence, when: When, noun: int) -> tuple[Mention, ...]:
    """The parties of the agreement of a day, one alone where the other is the text's own region; `noun` is where the sentence names it."""
    return (_partner_of_date(page, when, sentence) or between(page, noun, sentence.end) or _whole_list(page, sentence)
            or _pair(page, sentence) or _partner(page, noun, sentence) or _partner(page, sentence.start, sentence))


def _partner_of_date(page: Page, when: When, sentence: Sentence) -> tuple[Mention, ...]:
    """Whose date it is where a sentence has several: "Saxony (agreement of 1995)", "with X since 1992, with Y since 1996"."""
    low, regions = page.folded.low, page.within(sentence.start, sentence.end, ("Region",), how=("name",))
    bracket = low.rfind("(", sentence.start, when.start)
    if bracket > 0 and ")" not in low[bracket:when.start]:
        return tuple(m for m in regions if m.end <= bracket and not low[m.end:bracket].strip())
    behind = with_party(page, sentence.start, sentence.end)
    old = [other for other in page.dates_in(sentence.start, sentence.end) if is_old(other, page.latest)]
    if len(behind) < 2 or len(old) < 2:
        return ()
    leads = old[0].start < behind[0][0]
    own = [found[0] for at, found in behind if (at > when.start if leads else at < when.start)]
    partners = {found[0].id for _, found in behind}
    nearest = own[:1] if leads else own[-1:]
    return (*(m for m in regions if m.id not in partners and m.start < when.start), *nearest)[-2:] if nearest else ()


def _whole_list(page: Page, sentence: Sentence) -> tuple[Mention, ...]:
    """Three and more that a sentence names in one list; "both regions" with others that it names."""
    here, text = actors(page, sentence.start, sentence.end), page.low(sentence)
    if len(here) > 2 and len(found := listed(page, here[0].start, sentence.end)) == len(here):
        return found
    if here and page.lexicon.has("both", text) and page.lexicon.has("unites", text):
        above = {m.id: m for m in actors(page, 0, sentence.start)}
        return tuple({m.id: m for m in (*(above[id] for id in main_pair(page) if id in above), *here)}.values())
    return ()


def _pair(page: Page, sentence: Sentence) -> tuple[Mention, ...]:
    found = actors(page, sentence.start, sentence.end)
    return found if len(found) == 2 else ()


def _partner(page: Page, start: int, sentence: Sentence) -> tuple[Mention, ...]:
    """The one party that an earlier agreement was made "with", where the sentence names no other."""
    found = with_party(page, start, sentence.end)
    return found[0][1][:1] if len(found) == 1 and len(actors(page, sentence.start, sentence.end)) == 1 else ()
