"""Say what holds on a date: in force, last confirmed, ended, not begun, or unknown."""

import datetime
import enum
from dataclasses import dataclass

from graph.model import Edge, Node, first_day, last_day

RECENT_DAYS = 366
"""A sentence says "is" for what was confirmed within twelve months."""


class State(enum.Enum):
    """Where a fact stands on a date."""

    IN_FORCE = "in force"
    LAST_CONFIRMED = "last confirmed"
    ENDED = "ended"
    NOT_BEGUN = "not begun"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """A fact's state on a date, with its dates as stated; `derived`: its end follows from a successor's beginning."""

    state: State
    since: str = ""
    until: str = ""
    confirmed: str = ""
    derived: bool = False


def standing(thing: Edge | Node, on: str) -> Standing:
    """The state of an edge, an agreement or a meeting on a day (ISO; coarser dates count as their first day)."""
    day = first_day(on)
    since, until = thing.text("since") or thing.text("date") or thing.text("founded"), thing.text("until") or thing.text("valid_until")
    confirmed = thing.text("confirmed")
    shown = (thing.text("since_stated") or since, thing.text("until_stated") or until, confirmed, bool(thing.properties.get("until_derived")))
    ended_by = thing.text("ended_by")
    if since and first_day(since) > day:
        return Standing(State.NOT_BEGUN, *shown)
    if (until and last_day(until) < day) or (ended_by and first_day(ended_by) <= day) or thing.text("status") == "ended":
        return Standing(State.ENDED, *shown)
    if until or (since and confirmed and last_day(confirmed) >= day):
        return Standing(State.IN_FORCE, *shown)
    if confirmed:
        return Standing(State.LAST_CONFIRMED, *shown)
    return Standing(State.LAST_CONFIRMED if since else State.UNKNOWN, shown[0], shown[1], confirmed or since, shown[3])


def says_is(found: Standing, on: str) -> bool:
    """Whether a sentence may say "is": in force, or confirmed within the twelve months before."""
    if found.state is State.IN_FORCE:
        return True
    if found.state is not State.LAST_CONFIRMED or not found.confirmed:
        return False
    limit = datetime.date.fromisoformat(first_day(on)) - datetime.timedelta(days=RECENT_DAYS)
    return last_day(found.confirmed) >= limit.isoformat()


def holds(edge: Edge, on: str) -> bool:
    """Whether an edge may be drawn and walked on a day: it has begun and has not ended; always without a day."""
    return not on or standing(edge, on).state not in (State.ENDED, State.NOT_BEGUN)
