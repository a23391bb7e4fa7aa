"""Explore: a picture of who is tied to whom, with the evidence one click away."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from html import escape

import streamlit as st

from graph.answers import Description, Withheld, describe
from graph.model import Edge, Node, Subgraph, other_layers
from graph.render.screen import canvas_data
from graph.schema import Schema, load_schema
from graph.settings import Settings
from graph.store import Store
from graph.view import ViewSpec, make_scene, source_line
from graph.words import date, edge_name, elided, kind_name, layer_names, listing, translate_count, translator
from screens import correcting, layers, session, view_state
from screens.canvas import canvas, new_events
from screens.filters import filtered, show_filters
from screens.panel import show_description, show_tie
from screens.picture import Picture, picture_of
from screens.take_away import Drawn, take_away
from screens.view_state import FOLDED, ViewState

CANVAS = "explore_canvas"
TO_DRAW = {"selected": "", "hidden": (), "kinds_off": (), "sector": ""}


def show(store: Store, settings: Settings) -> None:
    """Draw the screen."""
    schema, version = load_schema(), store.version()
    _take_events()
    view_state.follow_address(arrived=bool(st.session_state.get("ponte_arrived")))
    state = view_state.current()
    region = session.region(session.name_index(store), settings)
    seen = store.seeing(state.layers)
    picture = picture_of(seen, version, state.only(**TO_DRAW), region, session.language())
    if not picture.subgraph.nodes:
        _empty(seen, schema)
        return
    spec = _spec(seen, picture, state, version)
    shown = filtered(picture.subgraph, state)

    def without(public: Store) -> Drawn:
        other = picture_of(public, f"{version} public", state.only(**TO_DRAW), region, session.language())
        return filtered(other.subgraph, state), replace(_spec(public, other, state, version), positions={**other.positions, **picture.positions})

    selected = _selected(shown, picture, state)
    with st.container(key="explore_top", horizontal=True, vertical_alignment="center", gap="small", wrap=False):
        _head(shown, picture, state, schema, layers.absent(store, version, state.layers))
        _tools(seen, picture, (shown, spec), state, schema, without)
    with st.container(key="explore_body", horizontal=True, gap="small", wrap=False):
        if st.session_state.get("explore_filtering"):
            with st.container(key="explore_filter", width=178, gap=None):
                show_filters(picture.subgraph, state, schema, _layers(store, version, picture))
        with st.container(key="explore_picture"):
            _draw(shown, state, spec, schema, selected)
        if selected:
            with st.container(key="explore_details", width=304):
                _details(seen, selected, shown, state, schema)
    session.keep_in_link(**view_state.to_link(state), lang=session.language())
    view_state.remember_address()
    correcting.show_dialog(store, settings)


def _selected(shown: Subgraph, picture: Picture, state: ViewState) -> str:
    """What the panel tells of: what was chosen, else what the picture is about; nothing while the panel is folded away."""
    if state.selected == FOLDED:
        return ""
    there = {*shown.by_id(), *(edge.id for edge in shown.edges)}
    return next((id for id in (state.selected, picture.subject) if id in there), "")


def _layers(store: Store, version: str, picture: Picture) -> dict[str, int]:
    """The layers that may be switched on, each with how many ties of it the names in the picture have."""
    loaded = layers.loaded(store, version)
    ties = _ties_in_layers(store, version, tuple(node.id for node in picture.subgraph.nodes)) if loaded else {}
    return {layer: ties.get(layer, 0) for layer in loaded}


@st.cache_data(show_spinner=False, max_entries=64)
def _ties_in_layers(_store: Store, version: str, ids: tuple[str, ...]) -> dict[str, int]:
    return _store.ties_in_layers(ids)


def _spec(store: Store, picture: Picture, state: ViewState, version: str) -> ViewSpec:
    language = session.language()
    return ViewSpec(title=picture.view.title, language=language, positions=picture.positions, focus=picture.view.focus, path=picture.view.stressed,
                    on=state.on or session.today(), theme=session.theme(), version=version, source_line=source_line(picture.sources, language),
                    layers=store.layers_on())


def _draw(shown: Subgraph, state: ViewState, spec: ViewSpec, schema: Schema, selected: str) -> None:
    data = canvas_data(make_scene(shown, spec, schema))
    with st.container(key="explore_canvas_box"):
        canvas({**data, "view": "+".join(state.around), "selected": selected, "pinned": list(state.positions),
                "labels": st.session_state.get("explore_labels", True)}, CANVAS, heard=True)
    if st.session_state.get("explore_table"):
        _table(shown, spec, schema)


def _take_events() -> None:
    for event in new_events(CANVAS):
        state, kind, node = view_state.current(), event["type"], str(event.get("node", ""))
        if kind in ("select", "select_edge"):
            view_state.change(selected=node)
        elif kind == "clear" and state.selected != FOLDED:
            view_state.change(selected="")
        elif kind == "fold":
            view_state.change(selected=FOLDED)
        elif kind == "go":
            _go(state, node, str(event.get("by", "")), known=bool(event.get("known")))
        elif kind == "correct":
            correcting.take(event)
        elif kind == "expand":
            view_state.put(state.with_expanded(node, "").only(selected=node))
        elif kind == "hide":
            _hide(node)
        elif kind == "moved":
            view_state.put(state.with_moved(event["moved"]))


def _go(state: ViewState, node: str, by: str, *, known: bool) -> None:
    """Show a name of the panel: choose it where it is in the picture, else bring it in."""
    if known:
        view_state.change(selected=node)
    else:
        shown_again = state.only(hidden=tuple(id for id in state.hidden if id != node), selected=node)
        view_state.put(shown_again.with_expanded(by, f"+{node}"))


def _hide(node: str) -> None:
    view_state.change(hidden=tuple(dict.fromkeys((*view_state.current().hidden, node))), selected="")


def _head(shown: Subgraph, picture: Picture, state: ViewState, schema: Schema, absent: str) -> None:
    """One sentence over the picture says what is seen, one line under it what is not."""
    language = session.language()
    _ = translator(language)
    counts = Counter(node.kind for node in shown.nodes)
    seen = listing([f"{count} {kind_name(schema, kind, language, count)}" for kind, count in counts.most_common()], language)
    missing = []
    hidden = len(picture.subgraph.nodes) - len(shown.nodes)
    if hidden:
        missing.append(translate_count("{count} hidden", "{count} hidden", hidden, language))
    if picture.left_out:
        missing.append(translate_count("{count} more left out: expand a name to see its ties", "{count} more left out: expand a name to see its ties",
                                       picture.left_out, language))
    if absent:
        missing.append(absent)
    if state.on:
        missing.append(elided(_("only what holds on {date}", date=date(state.on, language)), language))
    left = "; ".join(missing)
    st.html(f'<p class="ponte-lead">{escape(picture.view.title)}</p>'
            f'<p class="ponte-quiet">{escape(". ".join(filter(None, (seen, left[:1].upper() + left[1:]))))}.</p>')


def _tools(store: Store, picture: Picture, drawn: Drawn, state: ViewState, schema: Schema, without: Callable[[Store], Drawn]) -> None:
    _ = translator(session.language())
    with st.container(key="explore_tools", horizontal=True, vertical_alignment="center", gap="xsmall", width="content", wrap=False):
        st.button("", icon=":material/undo:", key="explore_undo", help=_("Undo"), disabled=not view_state.can_undo(), on_click=view_state.undo, type="tertiary")
        st.button("", icon=":material/redo:", key="explore_redo", help=_("Redo"), disabled=not view_state.can_redo(), on_click=view_state.redo, type="tertiary")
        st.button(_("Arrange"), key="explore_arrange", help=_("Lay out anew what is not pinned"), type="tertiary",
                  on_click=view_state.change, kwargs={"laid": len(state.expanded)}, disabled=state.laid == len(state.expanded))
        if state != ViewState(selected=state.selected):
            st.button(_("First view"), key="explore_first", on_click=view_state.put, args=(ViewState(),), type="tertiary")
        st.toggle(_("Filter"), key="explore_filtering")
        st.toggle(_("Names"), value=True, key="explore_labels")
        st.toggle(_("Table"), key="explore_table")
        with st.popover(_("Link"), key="explore_link", type="tertiary"):
            kept = session.kept_inside(store, store.version())
            leaving = _without(state, kept, store) if kept else state
            st.caption(_("This address opens the same view again.") if leaving == state else _("Internal sources are left out of this address."))
            st.code(session.link_to("explore", **view_state.to_link(leaving)), language=None, wrap_lines=True)
        take_away(store, drawn, schema, "explore", "ponte", without)


def _without(state: ViewState, kept: Withheld, store: Store) -> ViewState:
    """The same view without the ids, and the layers, of what only internal sources know."""
    inside = set(store.layers()) - set(session.leaving(store).layers())

    def leaves(id: str) -> bool:
        return bool(kept.ids([id.removeprefix("+")]))

    return state.only(around=tuple(filter(leaves, state.around)), hidden=tuple(filter(leaves, state.hidden)),
                      expanded=tuple((node, what) for node, what in state.expanded if leaves(node) and leaves(what)),
                      moved=tuple(place for place in state.moved if leaves(place[0])), selected=state.selected if leaves(state.selected) else "",
                      layers=tuple(layer for layer in state.layers if layer not in inside))


@st.cache_data(show_spinner=False, max_entries=256)
def _described(_store: Store, version: str, node: str, on: str, language: str) -> Description:
    return describe(_store, load_schema(), node, on=on, language=language)


def _details(store: Store, selected: str, shown: Subgraph, state: ViewState, schema: Schema) -> None:
    _ = translator(session.language())
    edge = next((edge for edge in shown.edges if edge.id == selected), None)
    if edge:
        show_tie(store, edge, shown.nodes, schema, state.on or session.today())
        st.button(_("Fold away"), key="panel_close", on_click=view_state.change, kwargs={"selected": FOLDED}, type="tertiary")
        return
    found = _described(store, store.key(), selected, state.on, session.language())
    show_description(found, correcting.said_here(store, selected))
    _expanding(found, selected, state, schema)
    with st.container(key="panel_actions", horizontal=True, gap="small"):
        st.button(_("Add or correct"), key="panel_correct", on_click=correcting.open_on, args=([selected],), type="tertiary")
        st.button(_("Hide"), key="panel_hide", on_click=_hide, args=(selected,), type="tertiary")
        if selected in state.positions:
            st.button(_("Unpin"), key="panel_unpin", on_click=view_state.put, args=(state.without_moved(selected),), type="tertiary")
        st.button(_("Picture around it"), key="panel_centre", type="tertiary",
                  on_click=view_state.put, args=(ViewState(around=(selected,), selected=selected, on=state.on, layers=state.layers),))
        st.button(_("Fold away"), key="panel_close", on_click=view_state.change, kwargs={"selected": FOLDED}, type="tertiary")


def _expanding(found: Description, selected: str, state: ViewState, schema: Schema) -> None:
    """Buttons that bring in the ties of one kind."""
    language = session.language()
    _ = translator(language)
    if not found.counts:
        return
    st.html(f'<div class="ponte-panel"><h4>{escape(_("Expand"))}</h4></div>')
    with st.container(key="panel_expand", horizontal=True, gap="small"):
        for kind, count in found.counts.items():
            title = edge_name(schema, kind, language, reverse=_mostly_in(kind, found.node, schema))
            st.button(session.plain_label(f"{title} ({count})"), key=f"panel_expand_{kind}", type="tertiary", disabled=(selected, kind) in state.expanded,
                      on_click=view_state.put, args=(state.with_expanded(selected, kind),))


def _mostly_in(kind: str, node: Node, schema: Schema) -> bool:
    return node.kind in schema.edges[kind].targets and node.kind not in schema.edges[kind].sources


def _table(shown: Subgraph, spec: ViewSpec, schema: Schema) -> None:
    """The same as rows, for who cannot see the picture, and for copying."""
    language = session.language()
    _ = translator(language)
    names = {node.id: node.name_in(language) for node in shown.nodes}

    layered = any(map(other_layers, shown.edges))

    def row(edge: Edge) -> str:
        cells = (edge_name(schema, edge.kind, language), names[edge.target],
                 *(date(edge.text(name), language) for name in ("since_stated", "until_stated", "confirmed")),
                 *([layer_names(schema, other_layers(edge), language)] if layered else []))
        return f'<tr><th scope="row">{escape(names[edge.source])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'

    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in (_("From"), _("Tie"), _("To"), _("Since"), _("Until"), _("Last confirmed"),
                                                                               *([_("Layer")] if layered else [])))
    st.html(f'<div class="ponte-rows" tabindex="0"><table><caption>{escape(spec.title)}</caption><thead><tr>{heads}</tr></thead>'
            f'<tbody>{"".join(map(row, sorted(shown.edges, key=lambda e: (names[e.source], e.kind, names[e.target]))))}</tbody></table></div>')


def _empty(store: Store, schema: Schema) -> None:
    _ = translator(session.language())
    off = sorted({layer for node in store.get(view_state.current().around) if not store.sees(node) for layer in other_layers(node)})
    if off:
        name = layer_names(schema, off, session.language())
        st.info(session.plain_label(_("What this view is about lies in a layer that is switched off: {name}.", name=name)))
        st.button(_("Switch it on"), key="explore_layer_on", on_click=view_state.change,
                  kwargs={"layers": tuple(sorted({*view_state.current().layers, *off}))})
    elif view_state.current() != ViewState():
        st.info(_("Nothing in the graph is in this view. It may hold names that are not here, or a date before all of them."))
        st.button(_("First view"), key="explore_first", on_click=view_state.put, args=(ViewState(),))
    else:
        st.info(_("The graph is empty. Fill it with “python -m loaders run”, or read a text under Review."))
