"""Say what holds on a date: in force, last confirmed, ended, not begun, or unknown."""

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass

from graph.model import Edge, Node, first_day, last_day
from graph.record.days import year_before

YEARS = re.compile(r"(\d{4})\s*[-–/]\s*(\d{4})")
"""A period as sources write it: "2014-2020"."""
DATED = ("Agreement", "Event")
"""Kinds whose dates are those of the ties to them: who is party to an agreement is so from its date."""
OFFICES = ("LEADS", "SERVES_IN", "CHAIRS", "COORDINATES")
"""Kinds that pass from one holder to the next: nobody is taken to have held one before the first day on which a source saw it."""


class State(enum.Enum):
    """Where a fact stands on a date."""

    IN_FORCE = "in force"
    LAST_CONFIRMED = "last confirmed"
    ENDED = "ended"
    NOT_BEGUN = "not begun"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """A fact's state on a date, with its dates as stated and the newest and first days on which a source says that it holds;
    `derived`: its end follows from what came after it."""

    state: State
    since: str = ""
    until: str = ""
    confirmed: str = ""
    derived: bool = False
    seen: str = ""


def standing(thing: Edge | Node, on: str) -> Standing:
    """The state of an edge, an agreement, a meeting or a network on a date (ISO; a coarser one counts as its first day)."""
    since, until, confirmed = _dates_of(thing)
    seen = thing.text("seen") or confirmed
    state = _state(thing, first_day(on), since, until, confirmed, seen)
    return Standing(state, thing.text("since_stated") or since, thing.text("until_stated") or until, confirmed or since,
                    bool(thing.properties.get("until_derived")), seen or since)


def _dates_of(thing: Edge | Node) -> tuple[str, str, str]:
    """First, last and newest confirmed date. A meeting lasts for its day. What is known of an agreement is known for the day
    of its status: that a later text names it does not say that it is in force."""
    first, last = _years_of(thing.text("period"))
    since = thing.text("since") or thing.text("date") or thing.text("founded") or first
    until = thing.text("until") or thing.text("valid_until") or thing.text("end_date") or (since if thing.kind == "Event" else last)
    confirmed = thing.text("confirmed")
    if thing.kind == "Agreement":
        confirmed = thing.text("status_as_of") or (confirmed if _status(thing) == "in force" else since)
    return since, until, confirmed


def _years_of(period: str) -> tuple[str, str]:
    """The first and the last year of a period, "" where it names none."""
    found = YEARS.fullmatch(period.strip())
    return (found[1], found[2]) if found else ("", "")


def _state(thing: Edge | Node, day: str, since: str, until: str, confirmed: str, seen: str) -> State:
    status = _status(thing)
    begins = since or (seen if thing.kind in OFFICES else "")
    if begins and first_day(begins) > day:
        return State.NOT_BEGUN
    if until and last_day(until) < day:
        return State.ENDED
    if status in ("announced", "negotiating"):
        return State.UNKNOWN if since else State.NOT_BEGUN
    if (status == "ended" and (not confirmed or first_day(confirmed) <= day)) or (thing.properties.get("former") and not until):
        return State.ENDED
    held_before = since or (seen and first_day(seen) <= day)
    held_after = until or (confirmed and last_day(confirmed) >= day)
    if held_before and held_after:
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


def dated_by(edge: Edge, nodes: Mapping[str, Node]) -> Edge | Node:
    """What says when a tie holds: the agreement or the meeting at one of its ends, else the tie itself."""
    if edge.text("since") or edge.text("until"):
        return edge
    return next((nodes[id] for id in (edge.source, edge.target) if id in nodes and nodes[id].kind in DATED), edge)


def exists(node: Node, on: str) -> bool:
    """Whether a node may be drawn and walked on a date: it has begun, and no agreement is over; what was once held stays held.

    Always without a date.
    """
    state = standing(node, on).state if on else State.UNKNOWN
    return state is not State.NOT_BEGUN and (state is not State.ENDED or node.kind == "Event")
