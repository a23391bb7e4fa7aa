"""Read agreements, their parties, signatories and links, and meetings."""

from collections.abc import Iterator
from dataclasses import replace

from graph.model import Statement
from loaders.base import Said
from loaders.curated.rows import Known, Library, said
from loaders.rows import Row

STATUSES = ("announced", "negotiating", "signed", "in_force", "ended", "unknown")
PARTY_KINDS = ("region", "country", "network", "organisation")
LINKS = {"renews": "FOLLOWS", "replaces": "FOLLOWS", "prepares": "FOLLOWS", "constitutes": "ESTABLISHED", "adopted_at": "ADOPTED_AT"}
Evidence = dict[str, dict[str, tuple[str, str]]]


def agreements(rows: list[Row], library: Library, known: Known, evidence: Evidence) -> Iterator[Statement]:
    """agreements.csv: an agreement as one source gives it; fills `evidence` (agreement, source) for the tables of its people."""
    for row in rows:
        id = row.id("agreement_id")
        as_of = row.date("status_as_of")
        who = said(row, library, as_of=as_of)
        evidence.setdefault(id, {})[who.source] = (who.quote, who.confidence)
        status = row.choice("status", STATUSES)
        yield who.node("Agreement", id)
        yield from who.value("Agreement", id, "name", row.need("title"), language="en")
        said_status = "" if status == "unknown" else status.replace("_", " ")
        yield from who.value("Agreement", id, "status", said_status, as_stated=row.take("status_as_stated"))
        yield from who.value("Agreement", id, "status_as_of", as_of)
        for column in ("date", "valid_until"):
            yield from who.value("Agreement", id, column, row.date(column))
        for column in ("kind", "parties_stated", "parties_complete", "place", "duration"):
            yield from who.value("Agreement", id, column, row.take(column))
        yield from who.value("Agreement", id, "aims", _parts(row.take("aims")) or "", language="en")
        for sector, wording, relation in known.covered(row.take("sectors"), row.place):
            yield who.edge("COVERS", id, sector, as_stated=wording, relation=relation)
        row.drop("parties", "date_precision", "signatories")


def parties(rows: list[Row], library: Library, known: Known, evidence: Evidence) -> Iterator[Statement]:
    """agreement_parties.csv: a party; quote and confidence are those of the agreement's row with the same source."""
    for row in rows:
        agreement = row.id("agreement_id", known.agreements)
        kind = row.choice("party_kind", PARTY_KINDS)
        ids = {"region": known.regions, "country": known.countries, "network": known.networks, "organisation": known.organisations}[kind]
        party, role = row.id("party_id", ids), row.choice("role", ("party", "initiator", "host"))
        who = said(row, library, evidence=evidence.get(agreement, {}))
        yield who.edge("PARTY_TO", party, agreement, as_stated=row.take("as_stated"), role=role)


def signatories(rows: list[Row], library: Library, known: Known, evidence: Evidence) -> Iterator[Statement]:
    """agreement_signatories.csv: a person who signed, and on whose behalf."""
    for row in rows:
        agreement = row.id("agreement_id", known.agreements)
        who = said(row, library, evidence=evidence.get(agreement, {}))
        id, statements = known.person(row.need("person"), who)
        party = row.id("for_party_id", known.members, empty=True)
        yield from statements
        yield who.edge("SIGNED", id, agreement, **{"for": party, "office": row.take("office")})


def links(rows: list[Row], library: Library, known: Known) -> Iterator[Statement]:
    """agreement_links.csv: what an agreement renews, prepares or constitutes, and where it was adopted."""
    for row in rows:
        agreement = row.id("agreement_id", known.agreements)
        relation, kind = row.choice("relation", tuple(LINKS)), row.choice("target_kind", ("agreement", "network", "event"))
        target = row.id("target_id", {"agreement": known.agreements, "network": known.networks, "event": known.events}[kind])
        who = said(row, library)
        if relation == "prepares":
            yield from _prepares(agreement, target, kind, who)
        elif LINKS[relation] == "FOLLOWS":
            yield who.edge("FOLLOWS", agreement, target, relation=relation)
        else:
            yield who.edge(LINKS[relation], agreement, target)


def _prepares(agreement: str, target: str, kind: str, who: Said) -> Iterator[Statement]:
    """What is prepared follows the agreement; a network that it prepares was established by it, as far as can be inferred."""
    if kind == "agreement":
        yield who.edge("FOLLOWS", target, agreement, relation="prepares")
    else:
        yield replace(who, confidence="inferred").edge("ESTABLISHED", agreement, target, as_stated="prepares")


def events(rows: list[Row], library: Library, known: Known) -> Iterator[Statement]:
    """events.csv: a meeting, the network it belongs to, and who took part."""
    for row in rows:
        id = row.id("event_id")
        who = said(row, library)
        first, _, last = row.date("date").partition("/")
        kind = row.need("kind")
        network = row.id("network_id", known.networks, empty=True)
        yield who.node("Event", id)
        yield from who.value("Event", id, "name", row.need("name"), language="en")
        yield from who.value("Event", id, "kind", "series" if kind == "event series" else kind)
        yield from who.value("Event", id, "date", first)
        yield from who.value("Event", id, "end_date", last)
        yield from who.value("Event", id, "place", row.take("place"))
        if network:
            yield who.edge("PART_OF", id, network)
        for participant in _parts(row.take("participants")):
            if participant in known.members:
                yield who.edge("TOOK_PART_IN", participant, id)
            else:
                known.notes.unmapped.append(f"{row.place}: the participant “{participant}” is not known")


def _parts(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds several, separated by semicolons."""
    return tuple(filter(None, (part.strip() for part in cell.split(";"))))
