"""Choose what a picture shows: a good first view, and the surroundings of some things, bounded and said so."""

import datetime
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from graph.model import Cut, Edge, Node, Subgraph, ordered, other_layers
from graph.record import exists, holds
from graph.store import Store
from graph.words import date, listing, translate, translator

MOST_NODES = 60
FIRST_NODES = 40
MOST_NAMED = 5
WEIGHTY = ("PARTY_TO", "SIGNED", "LEADS", "MEMBER_OF", "CHAIRS", "COVERS", "TWINNED_WITH", "TOOK_PART_IN")


@dataclass(frozen=True, slots=True)
class View:
    """What a picture shows: the subgraph, what it is about, a sentence over it, and the edges to stress."""

    subgraph: Subgraph
    focus: tuple[str, ...]
    title: str
    stressed: tuple[str, ...] = ()


def first_view(store: Store, *, region: str = "", on: str = "", language: str = "en") -> View:
    """A picture to begin with: the newest agreement between regions (of `region`, where it has one) and what its parties share.

    Without any agreement, what is around `region`, else around what has the most ties; an empty subgraph in an empty graph.
    """
    today = on or datetime.datetime.now(datetime.UTC).date().isoformat()
    made = [n for n in store.of_kind("Agreement") if "" < n.text("date") <= today and n.text("status") not in ("announced", "negotiating")]
    agreements = sorted(made, key=lambda n: (n.text("date"), n.id), reverse=True)
    for wanted in ({region}, set()) if region else (set(),):
        for start in range(0, len(agreements), 50):
            chosen = _newest(store, agreements[start:start + 50], wanted)
            if chosen:
                return agreement_view(store, *chosen, on=on, language=language)
    centre = region or _most_tied(store)
    return around(store, [centre], on=on, language=language) if centre else View(Subgraph(), (), translate("The graph is empty.", language))


def _most_tied(store: Store) -> str:
    """The region, else the network, else … with the most ties; "" in an empty graph."""
    for kind in ("Region", "Network", "Agreement", "Leader", "Organisation", "Event", "Country", "Place", "Sector"):
        if ids := [node.id for node in store.of_kind(kind)]:
            ties = Counter(end for edge in store.adjacent(ids) for end in (edge.source, edge.target))
            return max(ids, key=lambda node: (ties[node], node))
    return ""


def _newest(store: Store, agreements: Sequence[Node], wanted: Collection[str]) -> tuple[Node, tuple[str, ...]] | None:
    parties: dict[str, list[str]] = {}
    for edge in store.adjacent([node.id for node in agreements], kinds=("PARTY_TO",)):
        parties.setdefault(edge.target, []).append(edge.source)
    for node in agreements:
        found = sorted(parties.get(node.id, ()))
        if len(found) == 2 and set(wanted) <= set(found):
            regions = [n.id for n in store.get(found) if n.kind == "Region"]
            if len(regions) == 2:
                return node, tuple(sorted(regions, key=lambda region: region not in wanted))
    return None


def agreement_view(store: Store, agreement: Node, parties: tuple[str, ...], *, on: str = "", language: str = "en") -> View:
    """An agreement, its parties, signatories and sectors, the parties' heads, and the networks that they share."""
    day = on or datetime.datetime.now(datetime.UTC).date().isoformat()
    own = [edge for edge in store.adjacent([agreement.id]) if edge.kind in ("PARTY_TO", "SIGNED", "COVERS", "ESTABLISHED", "FOLLOWS")]
    every = [edge for edge in store.adjacent(parties) if holds(edge, day)]
    around = [edge for edge in every if edge.kind in ("LEADS", "MEMBER_OF", "PARTY_TO", "TOOK_PART_IN", "CHAIRS")]
    touched = Counter(edge.other(party) for edge in around for party in parties if party in (edge.source, edge.target))
    sides = {other: {party for edge in around for party in parties if {party, other} == {edge.source, edge.target}} for other in touched}
    kept = [edge for edge in around if edge.kind == "LEADS" or len(sides.get(edge.other(_party(edge, parties)), ())) > 1]
    layered = in_layers(parties, every, FIRST_NODES // 2)
    ids = {id for edge in (*own, *kept) for id in (edge.source, edge.target)} | set(layered)
    subgraph = _present(store.subgraph(ids), day, (*parties, agreement.id))
    edges = [edge for edge in subgraph.edges if holds(edge, day) and edge.kind != "PRIORITISES"]
    bounded = bound(ordered(subgraph.nodes, edges), (*parties, agreement.id), FIRST_NODES + len(layered))
    names = {node.id: node.name_in(language) for node in subgraph.nodes}
    title = translate("{agreement}, {date}, and what its parties share", language, agreement=agreement.name_in(language),
                      date=date(agreement.text("date"), language))
    stressed = tuple(edge.id for edge in edges if edge.kind == "PARTY_TO" and edge.target == agreement.id)
    return View(bounded, tuple(party for party in parties if party in names), title, stressed)


def _party(edge: Edge, parties: tuple[str, ...]) -> str:
    return edge.source if edge.source in parties else edge.target


def around(store: Store, ids: Sequence[str], *, steps: int = 1, limit: int = MOST_NODES, on: str = "", language: str = "en") -> View:
    """The surroundings of some nodes: what several of them share first, then the weightiest ties, at most `limit` nodes.

    A layer that is switched on takes no room from them: it adds at most half as many.
    """
    edges: dict[str, Edge] = {}
    shell = list(dict.fromkeys(ids))
    seen = set(shell)
    for _ in range(steps):
        found = _holding(store, store.adjacent(sorted(shell)), on, ids)
        edges |= {edge.id: edge for edge in found}
        shell = sorted({end for edge in found for end in (edge.source, edge.target)} - seen)
        seen |= set(shell)
        if not shell or len(seen) > 20 * limit:
            break
    own = [edge for edge in edges.values() if not other_layers(edge)]
    chosen = [*chosen_around(ids, own, limit), *in_layers(ids, list(edges.values()), limit // 2)]
    whole = _present(store.subgraph(chosen), on, ids)
    kept = [edge for edge in whole.edges if holds(edge, on)]
    left = len(seen) - len(whole.nodes)
    subgraph = ordered(whole.nodes, kept, Cut("nodes", left) if left > 0 else whole.cut)
    names = whole.by_id()
    return View(subgraph, tuple(id for id in ids if id in names), around_title([names[id] for id in ids if id in names], language))


def _present(subgraph: Subgraph, on: str, wanted: Collection[str]) -> Subgraph:
    """What of a subgraph is there on a date (nothing that is yet to come, no agreement that is over), and what was asked for."""
    return ordered([node for node in subgraph.nodes if node.id in wanted or exists(node, on)], subgraph.edges, subgraph.cut)


def _holding(store: Store, edges: Sequence[Edge], on: str, wanted: Collection[str]) -> list[Edge]:
    """The edges that hold on a date between things that are there, or were asked for."""
    if not on:
        return list(edges)
    ends = {id for edge in edges for id in (edge.source, edge.target)} - set(wanted)
    absent = {node.id for node in store.dated(ends) if not exists(node, on)}
    return [edge for edge in edges if holds(edge, on) and not {edge.source, edge.target} & absent]


def around_title(nodes: Sequence[Node], language: str) -> str:
    """ "Around Lombardy and Flanders". """
    _ = translator(language)
    names = listing([node.name_in(language) for node in nodes], language) if len(nodes) <= MOST_NAMED else _("{count} names", count=len(nodes))
    return _("Around {names}", names=names)


def chosen_around(ids: Sequence[str], edges: Sequence[Edge], limit: int) -> list[str]:
    """Which nodes to keep: those in the middle, those that touch several of these, then by the weight of their ties."""
    middle = set(ids)
    score: Counter[str] = Counter()
    for edge in edges:
        for end in {edge.source, edge.target} - middle:
            near = edge.other(end) in middle
            score[end] += (100 if near else 10) + (20 - 2 * WEIGHTY.index(edge.kind) if edge.kind in WEIGHTY else 0)
    ranked = sorted(score, key=lambda node: (-score[node], node))
    return [*dict.fromkeys(ids), *ranked[:max(0, limit - len(middle))]]


def in_layers(ids: Sequence[str], edges: Sequence[Edge], room: int) -> list[str]:
    """What other layers tie to these nodes, at most `room` names of each layer."""
    by_layer: dict[str, list[Edge]] = {}
    for edge in edges:
        for layer in other_layers(edge):
            by_layer.setdefault(layer, []).append(edge)
    found = [id for layer in sorted(by_layer) for id in chosen_around(ids, by_layer[layer], room + len(set(ids)))]
    return [id for id in dict.fromkeys(found) if id not in ids]


def bound(subgraph: Subgraph, focus: Sequence[str], limit: int) -> Subgraph:
    """The same subgraph with at most `limit` nodes, and how many were left out."""
    if len(subgraph.nodes) <= limit:
        return subgraph
    kept = set(chosen_around(focus, subgraph.edges, limit))
    left = len(subgraph.nodes) - len(kept)
    return ordered([n for n in subgraph.nodes if n.id in kept], subgraph.edges, Cut("nodes", left))
