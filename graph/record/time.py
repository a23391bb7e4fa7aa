"""Say what holds on a date: in force, last confirmed, ended, not begun, or unknown."""

import enum
from dataclasses import dataclass

from graph.model import Edge, Node, first_day, last_day
from graph.record.days import year_before


class State(enum.Enum):
    """Where a fact stands on a date."""

    IN_FORCE = "in force"
    LAST_CONFIRMED = "last confirmed"
    ENDED = "ended"
    NOT_BEGUN = "not begun"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """A fact's state on a date, with its dates as stated; `derived`: its end follows from what came after it."""

    state: State
    since: str = ""
    until: str = ""
    confirmed: str = ""
    derived: bool = False


def standing(thing: Edge | Node, on: str) -> Standing:
    """The state of an edge, an agreement, a meeting or a network on a date (ISO; a coarser one counts as its first day)."""
    since, until, confirmed = _dates_of(thing)
    derived = bool(thing.properties.get("until_derived"))
    shown = Standing(State.UNKNOWN, thing.text("since_stated") or since, thing.text("until_stated") or until, confirmed or since, derived)
    return Standing(_state(thing, first_day(on), since, until, confirmed), shown.since, shown.until, shown.confirmed, shown.derived)


def _dates_of(thing: Edge | Node) -> tuple[str, str, str]:
    """First, last and newest confirmed date. A meeting lasts for its day. What is known of an agreement is known for the day
    of its status: that a later text names it does not say that it is in force."""
    since = thing.text("since") or thing.text("date") or thing.text("founded")
    until = thing.text("until") or thing.text("valid_until") or thing.text("end_date") or (since if thing.kind == "Event" else "")
    confirmed = thing.text("confirmed")
    if thing.kind == "Agreement":
        confirmed = thing.text("status_as_of") or (confirmed if _status(thing) == "in force" else since)
    return since, until, confirmed


def _state(thing: Edge | Node, day: str, since: str, until: str, confirmed: str) -> State:
    status = _status(thing)
    if since and first_day(since) > day:
        return State.NOT_BEGUN
    if until and last_day(until) < day:
        return State.ENDED
    if status in ("announced", "negotiating"):
        return State.UNKNOWN if since else State.NOT_BEGUN
    if (status == "ended" and (not confirmed or first_day(confirmed) <= day)) or (thing.properties.get("former") and not until):
        return State.ENDED
    seen = bool(confirmed) and first_day(confirmed) <= day <= last_day(confirmed)
    held_before = since or (confirmed and first_day(confirmed) <= day)
    held_after = until or (confirmed and last_day(confirmed) >= day)
    if seen or (held_before and held_after):
        return State.IN_FORCE
    return State.LAST_CONFIRMED if confirmed or since else State.UNKNOWN


def _status(thing: Edge | Node) -> str:
    return thing.text("status").replace("_", " ")


def says_is(found: Standing, on: str) -> bool:
    """Whether a sentence may say "is": in force, or confirmed within the twelve months before."""
    if found.state is State.IN_FORCE:
        return True
    day = first_day(on)
    return (found.state is State.LAST_CONFIRMED and bool(found.confirmed)
            and year_before(day) <= last_day(found.confirmed) and first_day(found.confirmed) <= day)


def holds(edge: Edge, on: str) -> bool:
    """Whether an edge may be drawn and walked on a date: it has begun and has not ended; always without a date."""
    return not on or standing(edge, on).state not in (State.ENDED, State.NOT_BEGUN)
