"""Explore: a picture of who is tied to whom, with the evidence one click away."""

import datetime
from collections import Counter
from dataclasses import dataclass, replace
from html import escape

import streamlit as st

from graph.answers import Description, View, around, describe, first_view
from graph.layout import place, place_new
from graph.model import Node, Source, Subgraph, first_day, ordered
from graph.record import holds
from graph.render.screen import canvas_data
from graph.schema import Schema, load_schema
from graph.search import NameIndex
from graph.settings import Settings
from graph.store import Store
from graph.view import ViewSpec, make_scene, source_line
from graph.words import edge_name, kind_name, listing, translate_count, translator
from screens import session, view_state
from screens.canvas import canvas, new_events
from screens.panel import show_description
from screens.take_away import take_away
from screens.view_state import Point, ViewState

CANVAS = "explore_canvas"
EXPAND = 25
MOST_SHOWN = 300


@dataclass(frozen=True)
class Picture:
    """All that is drawn for a state: nodes and edges, where they stand, and what the picture is about."""

    subgraph: Subgraph
    positions: dict[str, Point]
    view: View
    left_out: int
    sources: tuple[Source, ...]


def show(store: Store, settings: Settings) -> None:
    """Draw the screen."""
    schema = load_schema()
    version = store.version()
    index = session.name_index(store, version)
    state = _after_events(view_state.current())
    picture = _picture(store, version, replace(state, selected="", hidden=(), kinds_off=(), sector=""), session.region(index, settings),
                       session.language())
    if not picture.subgraph.nodes:
        _empty()
        return
    spec = _spec(picture, state, version)
    shown = _filtered(picture.subgraph, state, schema)
    _head(shown, picture, state)
    _toolbar(index, picture, shown, state, spec, schema)
    selected = state.selected if state.selected in shown.by_id() else ""
    left, right = st.columns([0.7, 0.3], gap="medium") if selected else (st.container(), None)
    with left:
        data = canvas_data(make_scene(shown, spec, schema))
        canvas({**data, "view": f"{version}/{'+'.join(state.around)}", "selected": selected, "moved": state.positions,
                "labels": st.session_state.get("explore_labels", True)}, CANVAS, _on_event)
        if st.session_state.get("explore_table"):
            _table(shown, schema)
    if right is not None:
        with right:
            _panel(store, version, selected, state, schema)
    session.keep_in_link(**view_state.to_link(state), lang=session.language())


def _on_event() -> None:
    """Streamlit calls this before the rerun; the events themselves are read in `_after_events`."""


def _after_events(state: ViewState) -> ViewState:
    for event in new_events(CANVAS):
        kind, node = event["type"], str(event.get("node", ""))
        if kind == "select":
            view_state.change(selected=node)
        elif kind == "clear":
            view_state.change(selected="")
        elif kind == "expand":
            view_state.change(expanded=(*dict.fromkeys((*view_state.current().expanded, (node, ""))),), selected=node)
        elif kind == "hide":
            view_state.change(hidden=(*view_state.current().hidden, node), selected="")
        elif kind == "moved":
            view_state.put(view_state.current().with_moved(event["moved"]))
    return view_state.current()


@st.cache_data(show_spinner=False, max_entries=64)
def _picture(_store: Store, version: str, state: ViewState, region: str, language: str) -> Picture:
    """The nodes and edges of a state and where they stand; the same state gives the same picture."""
    if state.around:
        view = around(_store, state.around, on=state.on, language=language)
    else:
        view = first_view(_store, region=region, on=state.on, language=language)
    subgraph, positions = view.subgraph, dict(place(view.subgraph, focus=view.focus))
    left_out = view.subgraph.cut.left_out if view.subgraph.cut else 0
    for node, kind in state.expanded:
        if node in positions and len(positions) < MOST_SHOWN:
            subgraph, positions, more = _expanded(_store, subgraph, positions, node, kind, state.on)
            left_out += more
    positions.update({id: point for id, point in state.positions.items() if id in positions})
    about = {s.source for s in _store.statements([edge.id for edge in subgraph.edges])}
    return Picture(subgraph, positions, view, left_out, _store.sources(about))


def _expanded(store: Store, subgraph: Subgraph, positions: dict[str, Point], node: str, kind: str, on: str) -> tuple[Subgraph, dict[str, Point], int]:
    """The subgraph with the neighbours of a node (over one kind of edge), at most EXPAND new ones."""
    found = [edge for edge in store.adjacent([node], kinds=[kind] if kind else ()) if holds(edge, on)]
    fresh = sorted({edge.other(node) for edge in found} - positions.keys())
    taken = fresh[:min(EXPAND, MOST_SHOWN - len(positions))]
    whole = store.subgraph([*positions, *taken])
    merged = ordered(whole.nodes, [edge for edge in whole.edges if holds(edge, on)])
    return merged, {**positions, **place_new(positions, merged, taken, node)}, len(fresh) - len(taken)


def _spec(picture: Picture, state: ViewState, version: str) -> ViewSpec:
    language = session.language()
    return ViewSpec(title=picture.view.title, language=language, positions=picture.positions, focus=picture.view.focus, path=picture.view.stressed,
                    on=state.on or session.today(), theme=session.theme(), version=version, source_line=source_line(picture.sources, language))


def _filtered(subgraph: Subgraph, state: ViewState, schema: Schema) -> Subgraph:
    """What the reader has not hidden; with a sector, only what touches it and what these touch."""
    off, hidden = set(state.kinds_off), set(state.hidden)
    nodes = [node for node in subgraph.nodes if node.kind not in off and node.id not in hidden]
    if state.sector:
        near = {edge.other(state.sector) for edge in subgraph.edges if state.sector in (edge.source, edge.target)} | {state.sector}
        near |= {edge.other(id) for edge in subgraph.edges for id in (edge.source, edge.target) if id in near and edge.kind in ("PARTY_TO", "MEMBER_OF")}
        nodes = [node for node in nodes if node.id in near]
    return ordered(nodes, subgraph.edges)


def _head(shown: Subgraph, picture: Picture, state: ViewState) -> None:
    """One sentence over the picture says what is seen, one line under it what is not."""
    language = session.language()
    _ = translator(language)
    schema = load_schema()
    counts = Counter(node.kind for node in shown.nodes)
    kinds = [f"{count} {kind_name(schema, kind, language, count)}" for kind, count in counts.most_common()]
    missing = []
    hidden = len(picture.subgraph.nodes) - len(shown.nodes)
    if hidden:
        missing.append(translate_count("{count} hidden", "{count} hidden", hidden, language))
    if picture.left_out:
        missing.append(translate_count("{count} more left out: expand a name to see its ties", "{count} more left out: expand a name to see its ties",
                                       picture.left_out, language))
    if state.on:
        missing.append(_("only what holds on {date}", date=state.on))
    st.html(f'<p class="ponte-lead"><b>{escape(picture.view.title)}</b></p>'
            f'<p class="ponte-quiet">{escape(listing(kinds, language))}{". " + escape("; ".join(missing)) + "." if missing else "."}</p>')


def _toolbar(index: NameIndex, picture: Picture, shown: Subgraph, state: ViewState, spec: ViewSpec, schema: Schema) -> None:
    _ = translator(session.language())
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=340):
            hit = session.search_box(index, "explore_search", _("Search"), placeholder=_("Search names, in any language"))
        st.button("⟲", key="explore_undo", help=_("Undo"), disabled=not view_state.can_undo(), on_click=view_state.undo)
        st.button("⟳", key="explore_redo", help=_("Redo"), disabled=not view_state.can_redo(), on_click=view_state.redo)
        _filters(picture.subgraph, state, schema)
        take_away(shown, replace(spec, title=picture.view.title), schema, "explore", "ponte")
        st.toggle(_("Names"), value=True, key="explore_labels")
        st.toggle(_("Table"), key="explore_table")
        if state != ViewState(selected=state.selected):
            st.button(_("First view"), key="explore_first", on_click=view_state.put, args=(ViewState(),))
    if hit:
        view_state.put(ViewState(around=(hit.id,), selected=hit.id, on=state.on))
        st.rerun()


def _filters(subgraph: Subgraph, state: ViewState, schema: Schema) -> None:
    language = session.language()
    _ = translator(language)
    with st.popover(_("Filter"), key="explore_filter"):
        counts = Counter(node.kind for node in subgraph.nodes)
        for kind in (kind for kind in schema.visible if counts[kind]):
            label = f"{kind_name(schema, kind, language, 2)} ({counts[kind]})"
            st.checkbox(session.plain_label(label), value=kind not in state.kinds_off, key=f"explore_kind_{kind}_{kind in state.kinds_off}",
                        on_change=_toggle_kind, args=(kind,))
        sectors = {node.id: node.name_in(language) for node in subgraph.nodes if node.kind == "Sector"}
        options = ["", *sorted(sectors, key=lambda sector: sectors[sector])]
        chosen = st.selectbox(_("Sector"), options, index=options.index(state.sector) if state.sector in options else 0,
                              format_func=lambda sector: sectors.get(sector, _("all")))
        day = st.text_input(_("As of (2019, 2019-04, 2019-04-30)"), value=state.on, key=f"explore_on_{state.on}")
        if state.hidden:
            st.button(translate_count("Show {count} hidden again", "Show {count} hidden again", len(state.hidden), language), key="explore_unhide",
                      on_click=view_state.change, kwargs={"hidden": ()})
    if chosen != state.sector:
        view_state.change(sector=chosen)
        st.rerun()
    if day != state.on:
        if _is_day(day):
            view_state.change(on=day)
            st.rerun()
        st.error(_("“{text}” is no date. Write it as 2019, 2019-04 or 2019-04-30.", text=session.plain_label(day)))


def _is_day(text: str) -> bool:
    if not text:
        return True
    try:
        datetime.date.fromisoformat(first_day(text))
    except ValueError:
        return False
    return len(text) in (4, 7, 10)


def _toggle_kind(kind: str) -> None:
    off = view_state.current().kinds_off
    view_state.change(kinds_off=tuple(k for k in off if k != kind) if kind in off else (*off, kind))


@st.cache_data(show_spinner=False, max_entries=256)
def _described(_store: Store, version: str, node: str, on: str, language: str) -> Description:
    return describe(_store, load_schema(), node, on=on, language=language)


def _panel(store: Store, version: str, selected: str, state: ViewState, schema: Schema) -> None:
    language = session.language()
    _ = translator(language)
    found = _described(store, version, selected, state.on, language)
    with st.container(height=620, border=False):
        show_description(found)
        with st.container(horizontal=True, gap="small"):
            st.button(_("Hide"), key="panel_hide", on_click=view_state.change, kwargs={"hidden": (*state.hidden, selected), "selected": ""})
            st.button(_("Picture around it"), key="panel_centre", on_click=view_state.put, args=(ViewState(around=(selected,), selected=selected, on=state.on),))
            st.button(_("Close"), key="panel_close", on_click=view_state.change, kwargs={"selected": ""})
        st.caption(_("Expand"))
        with st.container(horizontal=True, gap="small"):
            for kind, count in found.counts.items():
                title = edge_name(schema, kind, language, reverse=_mostly_in(kind, found.node, schema))
                st.button(session.plain_label(f"{title} ({count})"), key=f"panel_expand_{kind}", type="tertiary",
                          on_click=view_state.change, kwargs={"expanded": tuple(dict.fromkeys((*state.expanded, (selected, kind))))})


def _mostly_in(kind: str, node: Node, schema: Schema) -> bool:
    return node.kind in schema.edges[kind].targets and node.kind not in schema.edges[kind].sources


def _table(shown: Subgraph, schema: Schema) -> None:
    """The same as rows, for who cannot see the picture, and for copying."""
    language = session.language()
    _ = translator(language)
    names = {node.id: node.name_in(language) for node in shown.nodes}
    rows = [{_("From"): names[e.source], _("Tie"): edge_name(schema, e.kind, language), _("To"): names[e.target], _("Since"): e.text("since_stated"),
             _("Until"): e.text("until_stated"), _("Last confirmed"): e.text("confirmed")} for e in shown.edges]
    st.dataframe(rows, hide_index=True, height=360)


def _empty() -> None:
    _ = translator(session.language())
    st.info(_("The graph is empty. Fill it with “python -m loaders run”, or read a text under Sources."))
