"""Decide which known person a name means: by full name, or by surname where the text's regions and the day leave only one.

The graph knows terms in office with their days; a name that fits nobody in office then stays unknown rather than being guessed.
"""

from rapidfuzz.distance import Levenshtein

from graph.model import first_day, last_day
from loaders.press.gazetteer import Term
from loaders.press.page import Page
from loaders.press.text import fold

LONG_NAME = 10


def known_person(page: Page, name: str, region: str, office_kind: str, *, anywhere: bool = False) -> str:
    """The id of the known person of this folded full name or surname; "" where none or several may be meant. The text must name the
    region, unless `anywhere`."""
    candidates = page.gazetteer.surnames.get(name.split()[-1] if " " in name else name, ())
    if " " in name:
        exact = [id for id in candidates if fold(page.gazetteer.terms_of[id][0].name) == name]
        close = [id for id in candidates if _is_misspelt(fold(page.gazetteer.terms_of[id][0].name), name)
                 and any(_term_fits(term, page, region, office_kind) for term in page.gazetteer.terms_of[id])]
        if exact or len(close) == 1:
            return (exact or close)[0]
        candidates = page.gazetteer.surnames.get(name, ())
    fitting = [id for id in candidates if any(_term_fits(term, page, region, office_kind, anywhere=anywhere)
                                              for term in page.gazetteer.terms_of[id])]
    return fitting[0] if len(fitting) == 1 else ""


def _is_misspelt(known: str, written: str) -> bool:
    """Whether a name differs by a letter ("Olivier Paasch")."""
    return len(known) >= LONG_NAME and Levenshtein.distance(known, written) == 1


def _term_fits(term: Term, page: Page, region: str, office_kind: str, *, anywhere: bool = False) -> bool:
    here = region == term.region if region else anywhere or any(m.id == term.region for m in page.mentions if m.how != "place")
    same_kind = not office_kind or not term.office_kind or (office_kind == "head") == (term.office_kind == "head")
    return here and same_kind and in_office(term, page.date)


def in_office(term: Term, date: str) -> bool:
    """Whether a term may hold on a date, as far as its ends are known."""
    if not date:
        return True
    return (not term.since or first_day(term.since) <= last_day(date)) and (not term.until or last_day(term.until) >= first_day(date))
