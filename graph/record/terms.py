"""Tell the terms of one tie apart: the same person in the same office twice is two facts, known only by their dates."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.model import Statement, first_day, last_day

LONG_AGO, FAR_AHEAD = "0000-00-00", "9999-99-99"


def bounds(statement: Statement) -> tuple[str, str]:
    """The first day that `since` and the last day that `until` of a statement allow; "" where it names none.

    An interval "2001/2002-05" begins with its first and ends with its second part.
    """
    since, until = (str(statement.qualifiers.get(name, "")) for name in ("since", "until"))
    return first_day(since.split("/")[0]), last_day(until.split("/")[-1])


@dataclass(slots=True)
class _Term:
    start: str
    end: str
    statements: list[Statement] = field(default_factory=list)

    def covers(self, day: str) -> bool:
        return self.start <= day <= self.end


def split_terms(statements: Sequence[Statement]) -> list[list[Statement]]:
    """Statements with one key, one list a term, the earliest first.

    Terms are apart only where both are known and do not overlap; whatever names one date or none joins the term that it fits.
    """
    dated = sorted(((bounds(s), s) for s in statements), key=lambda pair: (pair[0], pair[1].id))
    terms: list[_Term] = []
    for (start, end), statement in dated:
        if not (start and end):
            continue
        if terms and start <= terms[-1].end:
            terms[-1].end = max(terms[-1].end, end)
        else:
            terms.append(_Term(start, end))
        terms[-1].statements.append(statement)
    if not terms:
        return [list(statements)] if statements else []
    for (start, end), statement in dated:
        if not (start and end):
            _join(terms, start, end, statement)
    return [term.statements for term in sorted(terms, key=lambda term: term.start)]


def _join(terms: list[_Term], start: str, end: str, statement: Statement) -> None:
    if start and all(start > term.end for term in terms):
        terms.append(_Term(start, FAR_AHEAD, [statement]))
        return
    if end and all(end < term.start for term in terms):
        terms.insert(0, _Term(LONG_AGO, end, [statement]))
        return
    day = start or end or statement.observed
    fitting = [term for term in terms if day and term.covers(day)]
    (fitting[-1] if fitting else terms[-1]).statements.append(statement)
