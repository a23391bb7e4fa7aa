"""Say how a tie is drawn, from what is known of it on a date."""

import datetime

from graph.model import Edge, first_day, last_day


def line_style(edge: Edge, on: str) -> str:
    """A key of theme.STYLES. Without a date, only what ended or was inferred looks different."""
    day = last_day(on)
    until = last_day(edge.text("until"))
    if until and day and until < first_day(on):
        return "ended"
    if edge.properties.get("inferred"):
        return "inferred"
    confirmed = edge.text("confirmed")
    if day and confirmed and not until and confirmed < _year_before(day):
        return "confirmed"
    return "holds"


def _year_before(day: str) -> str:
    date = datetime.date.fromisoformat(day)
    return (date - datetime.timedelta(days=365)).isoformat()
