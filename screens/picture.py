"""Put together what a picture on Explore holds and where it stands: the same state gives the same picture."""

from dataclasses import dataclass

import streamlit as st

from graph.answers import View, around, first_view, sources_behind
from graph.layout import place, place_new
from graph.model import Edge, Source, Subgraph, ordered
from graph.record import holds, sameness
from graph.store import Store
from screens.view_state import Point, ViewState

EXPAND = 25
MOST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn for a state: nodes and edges, where they stand, what the picture is about, how many ties were left out."""

    subgraph: Subgraph
    positions: dict[str, Point]
    view: View
    left_out: int
    sources: tuple[Source, ...]

    @property
    def subject(self) -> str:
        """The one thing that the picture is about: the agreement of a first view, else what it is drawn around."""
        stressed = [edge.target for edge in self.subgraph.edges if edge.id in self.view.stressed]
        return next(iter([*stressed, *self.view.focus]), "")


@st.cache_data(show_spinner=False, max_entries=64)
def picture_of(_store: Store, version: str, state: ViewState, region: str, language: str) -> Picture:
    """The picture of a state; of the first view, one that concerns `region`."""
    if state.around:
        view = around(_store, _known(_store, state.around), on=state.on, language=language)
    else:
        view = first_view(_store, region=region, on=state.on, language=language)
    subgraph, positions = view.subgraph, dict(place(view.subgraph, focus=view.focus))
    left_out = view.subgraph.cut.left_out if view.subgraph.cut else 0
    for number, (node, what) in enumerate(state.expanded, start=1):
        if node in positions:
            subgraph, fresh, more = _expanded(_store, subgraph, node, what, state.on)
            left_out += more
            positions = dict(place_new(positions, subgraph, fresh, node))
        if number == state.laid:
            positions = dict(place(subgraph, focus=view.focus, seed_positions=positions))
    positions.update({id: point for id, point in state.positions.items() if id in positions})
    return Picture(subgraph, positions, view, left_out, sources_behind(_store, [edge.id for edge in subgraph.edges]))


def _known(store: Store, ids: tuple[str, ...]) -> list[str]:
    """Those of these ids that are there and seen, or what stands for them since a person judged that two are one, as the reader named them."""
    same = sameness(store.judgements())
    there = {node.id for node in store.get([same.of(id) for id in ids]) if store.sees(node)}
    return [id for id in dict.fromkeys(map(same.of, ids)) if id in there]


def _expanded(store: Store, subgraph: Subgraph, node: str, what: str, on: str) -> tuple[Subgraph, list[str], int]:
    """The subgraph with more of a node's ties, what is new in it, and how many more there are; ties of other names stay as they are."""
    shown = subgraph.by_id()
    if what.startswith("+"):
        fresh = _known(store, (what[1:],))
    else:
        found = [edge for edge in store.adjacent([node], kinds=(what,) if what else ()) if holds(edge, on)]
        fresh = [end for end in dict.fromkeys(edge.other(node) for edge in sorted(found, key=_newest_first)) if end not in shown]
    taken = fresh[:max(0, min(EXPAND, MOST_SHOWN - len(shown)))]
    whole = store.subgraph([*shown, *taken])
    had = {edge.id for edge in subgraph.edges}
    new = [edge for edge in whole.edges if edge.id not in had and holds(edge, on)
           and ({edge.source, edge.target} & set(taken) or (node in (edge.source, edge.target) and what in ("", edge.kind)))]
    return ordered(whole.nodes, [*subgraph.edges, *new]), [id for id in taken if id in whole.by_id()], len(fresh) - len(taken)


def _newest_first(edge: Edge) -> tuple[int, str]:
    when = edge.text("since") or edge.text("confirmed")
    return (-int(when.replace("-", "").ljust(8, "0")[:8] or 0), edge.id)
