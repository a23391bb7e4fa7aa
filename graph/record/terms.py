"""Tell the terms of one tie apart: the same person in the same office twice is two facts, known only by their dates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.model import Statement, dates_agree, first_day, last_day

LONG_AGO, FAR_AHEAD = "0000-00-00", "9999-99-99"


def stated_dates(statement: Statement) -> tuple[str, str]:
    """`since` and `until` of a statement as stated, "" where it names none."""
    return str(statement.qualifiers.get("since", "")), str(statement.qualifiers.get("until", ""))


@dataclass(slots=True)
class _Term:
    """Days that belong to it for certain, and what was stated of it."""

    start: str
    end: str
    statements: list[Statement] = field(default_factory=list)
    dates: tuple[set[str], set[str]] = field(default_factory=lambda: (set(), set()))

    def add(self, statement: Statement) -> None:
        self.statements.append(statement)
        for known, date in zip(self.dates, stated_dates(statement), strict=True):
            known.add(date)

    @property
    def earliest(self) -> str:
        """The first day that what is stated allows."""
        return min((first_day(date) for date in self.dates[0] if date), default=self.start)

    @property
    def latest(self) -> str:
        """The last day that what is stated allows."""
        return max((last_day(date) for date in self.dates[1] if date), default=self.end)

    def names(self, index: int, date: str) -> bool:
        """Whether one of its statements gives an agreeing first (0) or last (1) date."""
        return any(own and dates_agree(own, date) for own in self.dates[index])


def split_terms(statements: Sequence[Statement]) -> list[list[Statement]]:
    """Statements with one key, one list a term, the earliest first.

    Terms are apart only where both are known and do not overlap; whatever names one date or none joins the term that it fits.
    """
    if len(statements) == 1:
        return [list(statements)]
    whole, begun, ended, blank = _sorted_by_dates(statements)
    terms = _terms_of(whole)
    for statement in begun:
        _join_begun(terms, statement)
    for statement in ended:
        _join_ended(terms, statement)
    for statement in blank:
        _join_blank(terms, statement)
    return [term.statements for term in terms]


def _sorted_by_dates(statements: Iterable[Statement]) -> tuple[list[Statement], ...]:
    """Those with both dates, with the first alone, with the last alone, with none; each by date."""
    found: tuple[list[Statement], ...] = ([], [], [], [])
    for statement in statements:
        since, until = stated_dates(statement)
        found[0 if since and until else 1 if since else 2 if until else 3].append(statement)
    for part in found:
        part.sort(key=lambda s: (*stated_dates(s), s.observed))
    return found


def _terms_of(whole: Sequence[Statement]) -> list[_Term]:
    """The terms that are known by both dates: two statements are of one term where they share days for certain.

    "2014 to 2020" shares none with "2020-03 to 2024". Where precision leaves no certain day ("2019 to 2019"), the possible days count.
    """
    certain: list[tuple[str, str, Statement]] = []
    vague: list[tuple[str, str, Statement]] = []
    for statement in whole:
        since, until = stated_dates(statement)
        start, end = last_day(since), first_day(until)
        if start <= end:
            certain.append((start, end, statement))
        else:
            start, end = sorted((first_day(since), last_day(until)))
            vague.append((start, end, statement))
    terms: list[_Term] = []
    for start, end, statement in sorted(certain, key=lambda span: span[:2]):
        last = terms[-1] if terms else None
        if last is None or start > last.end or (start == last.end and last.start < last.end and start < end):
            last = _Term(start, end)
            terms.append(last)
        last.end = max(last.end, end)
        last.add(statement)
    for start, end, statement in sorted(vague, key=lambda span: span[:2]):
        home = next((term for term in terms if (term.start < end and start < term.end) or (start, end) == (term.start, term.end)), None)
        if home is None:
            home = _Term(start, end)
            terms.append(home)
        home.add(statement)
    return sorted(terms, key=lambda term: (term.start, term.end))


def _join_begun(terms: list[_Term], statement: Statement) -> None:
    """The term that names this first date, else the first that is not over by then, else a new one that is still open."""
    since = stated_dates(statement)[0]
    day = first_day(since)
    home = (next((term for term in terms if term.names(0, since)), None) or next((term for term in terms if term.end > day), None)
            or next((term for term in reversed(terms) if term.latest >= day), None))
    if home is None:
        home = _Term(day, FAR_AHEAD)
        terms.append(home)
    home.add(statement)


def _join_ended(terms: list[_Term], statement: Statement) -> None:
    """The term that names this last date, else the last that had begun by then, else a new one before all."""
    until = stated_dates(statement)[1]
    day = last_day(until)
    home = (next((term for term in reversed(terms) if term.names(1, until)), None)
            or next((term for term in reversed(terms) if term.start < day), None)
            or next((term for term in terms if term.earliest <= day), None))
    if home is None:
        home = _Term(LONG_AGO, day)
        terms.insert(0, home)
    home.add(statement)


def _join_blank(terms: list[_Term], statement: Statement) -> None:
    """The last term that had begun on the day that is spoken of, else the first; without a day the last."""
    if not terms:
        terms.append(_Term(LONG_AGO, FAR_AHEAD))
    day = last_day(statement.observed) or FAR_AHEAD
    home = next((term for term in reversed(terms) if term.start <= day), terms[0])
    home.add(statement)
