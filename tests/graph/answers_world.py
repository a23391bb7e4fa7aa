"""Two fictional regions with all that can connect them: agreements of every status, heads, roles, meetings, a copy, a conflict."""

from graph.model import Statement
from graph.store import Store
from tests.contract.clearing import prepared
from tests.graph.record_words import facts, head, member, value

ON = "2024-06-01"
"""The day on which most is asked."""


def tie(kind, subject, object, source="gazette", *, observed="", confidence="stated", **qualifiers) -> Statement:
    """One edge as one source states it."""
    return Statement(kind, subject, source, object=object, qualifiers=qualifiers, place=f"{kind} {subject} {object}", observed=observed,
                     confidence=confidence)


def agreement(id, name, *, date="", status="signed", source="gazette", **more) -> list[Statement]:
    """An agreement of both regions."""
    said = {"name": name, "date": date, "status": status, **more}
    return [*(value(property, text, source, kind="Agreement", id=id) for property, text in said.items() if text),
            tie("PARTY_TO", "norland", id, source), tie("PARTY_TO", "sudmark", id, source)]


def thing(kind, id, name, **more) -> list[Statement]:
    """A node with its name and other properties."""
    return [value(property, text, kind=kind, id=id) for property, text in {"name": name, **more}.items()]


STATEMENTS = [
    *thing("Region", "norland", "Norland", name_it="Norlandia"), *thing("Region", "sudmark", "Sudmark"), *thing("Region", "farland", "Farland"),
    *thing("Leader", "ada-brun", "Ada Brun"), *thing("Leader", "bo-lind", "Bo Lind"), *thing("Leader", "cy-roth", "Cy Roth"),
    *thing("Network", "league", "League of Lands", founded="1990"), *thing("Network", "circle", "Young Circle", founded="2023-05-01"),
    *thing("Event", "fair", "Autumn Fair", date="2023-10-02"), *thing("Sector", "tides", "tides"), *thing("Sector", "bells", "bells"),
    head("ada-brun", "own_act", region="norland", office="premier", since="2010-03-01"),
    head("bo-lind", "own_act", region="norland", office="premier", since="2020-05-04", observed="2024-03-01"),
    head("cy-roth", region="sudmark", office="governor", observed="2022-02-02"),
    *agreement("accord", "Accord of the Coast", date="2024-02-10", place="Norport"),
    *agreement("treaty", "Old Treaty", date="2001", status="in force", valid_until="2015"),
    *agreement("pact", "Pact to come", status="negotiating"),
    *agreement("charter", "Charter of Bells", date="2024-05-20", status="announced"),
    *agreement("later", "Later Accord", date="2030-01-01"),
    tie("SIGNED", "bo-lind", "accord", **{"for": "norland"}), tie("COVERS", "accord", "tides"), tie("FOLLOWS", "accord", "treaty", relation="replaces"),
    member("own_act", region="norland", network="league", role="founder", since="1990-01-01", observed="2024-04-01"),
    member("copy", region="sudmark", network="league", role="associate", observed="2021-07-01"),
    member("herald", region="norland", network="circle", role="member"), member("herald", region="sudmark", network="circle", confidence="inferred"),
    member("herald", region="norland", network="old-boys", role="member", since="1995", until="2005"),
    member("herald", region="sudmark", network="old-boys", role="member"), *thing("Network", "old-boys", "Old Ring"),
    tie("TOOK_PART_IN", "norland", "fair"), tie("TOOK_PART_IN", "sudmark", "fair"),
    tie("PRIORITISES", "norland", "tides", framework="plan", period="2021-2027"), tie("PRIORITISES", "sudmark", "tides", framework="plan"),
    tie("PRIORITISES", "norland", "bells", framework="plan", period="2014-2020"), tie("PRIORITISES", "sudmark", "bells", framework="plan"),
    value("founded", "1991", "own_act", kind="Network", id="league"),
]


def world_in(store: Store) -> Store:
    """A store with these facts and nothing else, for tests that only read."""
    return prepared(store, "two fictional regions", lambda: store.write(facts(*STATEMENTS)))
