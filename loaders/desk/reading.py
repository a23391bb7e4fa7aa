"""Read a text with the names that the graph knows now, and recognise in it what other texts have told already."""

from dataclasses import replace

from graph.model import Node, dates_agree
from graph.schema import load_schema
from graph.store import Store
from loaders.press.gazetteer import Gazetteer
from loaders.press.proposals import Proposal, Reading
from loaders.press.reader import read_text

TIES = ("LEADS", "SERVES_IN", "PARTY_TO", "TOOK_PART_IN")
HAPPENINGS = {"Agreement": "PARTY_TO", "Event": "TOOK_PART_IN"}
ALL = 1_000_000


def gazetteer_of(store: Store) -> Gazetteer:
    """All names, offices, agreements and meetings that the graph holds."""
    nodes = [node for kind in load_schema().visible for node in store.of_kind(kind, limit=ALL)]
    edges = store.adjacent([node.id for node in nodes if node.kind in ("Leader", *HAPPENINGS)], kinds=TIES, limit=ALL)
    return Gazetteer.build(nodes, edges)


def read(store: Store, text: str, document: str, *, date: str = "", published: str = "") -> Reading:
    """What a text states, with what is known already under the ids that it has.

    Raises BadValue for a date that is none.
    """
    return recognised(read_text(text, gazetteer_of(store), document=document, date=date or None, published=published), store)


def recognised(reading: Reading, store: Store) -> Reading:
    """The same reading, where an agreement or a meeting of the same parties, day and kind that the graph has is that one."""
    same = {}
    for proposal in reading.proposals:
        if proposal.kind in HAPPENINGS and not store.get([proposal.id]):
            who = {tie.source for tie in reading.proposals if tie.kind == HAPPENINGS[proposal.kind] and tie.target == proposal.id}
            if known := _known(proposal, who, store):
                same[proposal.id] = known
    return replace(reading, proposals=tuple(_renamed(proposal, same) for proposal in reading.proposals)) if same else reading


def _known(proposal: Proposal, who: set[str], store: Store) -> str:
    """The one in the graph that all of these are tied to, of that day and kind; "" if there is none, or more than one."""
    day = str(proposal.properties.get("date", ""))
    if len(who) < 2 or len(day) < 10:
        return ""
    ties: dict[str, set[str]] = {}
    for edge in store.adjacent(sorted(who), kinds=[HAPPENINGS[proposal.kind]]):
        ties.setdefault(edge.target, set()).add(edge.source)
    found = [node for node in store.get(id for id, sources in ties.items() if who <= sources) if _agrees(node, proposal, day)]
    return found[0].id if len(found) == 1 else ""


def _agrees(node: Node, proposal: Proposal, day: str) -> bool:
    kind, own = node.text("kind").casefold(), str(proposal.properties.get("kind", "")).casefold()
    return len(node.text("date")) == 10 and dates_agree(node.text("date"), day) and (not kind or not own or kind == own)


def _renamed(proposal: Proposal, same: dict[str, str]) -> Proposal:
    def own(id: str) -> str:
        return same.get(id, id)

    return replace(proposal, id=own(proposal.id), source=own(proposal.source), target=own(proposal.target))


