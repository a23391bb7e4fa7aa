"""Filter a picture by kind, sector, date and layer, without moving what stays."""

from collections import Counter
from collections.abc import Mapping

import streamlit as st

from graph.model import DIPLOMACY, Subgraph, is_date, ordered
from graph.schema import Schema
from graph.words import kind_name, number, translate_count, translator
from screens import session, view_state
from screens.view_state import ViewState

CARRIERS = ("PARTY_TO", "MEMBER_OF")
"""Ties through which a region has to do with what an agreement or a network is about."""


def filtered(subgraph: Subgraph, state: ViewState) -> Subgraph:
    """What the reader has not hidden; with a sector, only what touches it and what these touch."""
    off, hidden = set(state.kinds_off), set(state.hidden)
    nodes = [node for node in subgraph.nodes if node.kind not in off and node.id not in hidden]
    if any(node.id == state.sector for node in subgraph.nodes):
        near = {edge.other(state.sector) for edge in subgraph.edges if state.sector in (edge.source, edge.target)} | {state.sector}
        near |= {end for edge in subgraph.edges if edge.kind in CARRIERS and near & {edge.source, edge.target} for end in (edge.source, edge.target)}
        nodes = [node for node in nodes if node.id in near]
    return ordered(nodes, subgraph.edges)


def show_filters(subgraph: Subgraph, state: ViewState, schema: Schema, layers: Mapping[str, int]) -> None:
    """The panel left of the picture; `layers` are those that may be switched on, with how many ties of each the names in it have."""
    language = session.language()
    _ = translator(language)
    counts = Counter(node.kind for node in subgraph.nodes)
    _heading(_("Kinds"))
    for kind in (kind for kind in schema.visible if counts[kind]):
        label = f"{kind_name(schema, kind, language, 2)} ({counts[kind]})"
        st.checkbox(session.plain_label(label), value=kind not in state.kinds_off, key=f"explore_kind_{kind}_{kind in state.kinds_off}",
                    on_change=_toggle_kind, args=(kind,))
    _heading(_("Sector"))
    sectors = {node.id: node.name_in(language) for node in subgraph.nodes if node.kind == "Sector"}
    options = ["", *sorted(sectors, key=sectors.__getitem__)]
    sector_key = f"explore_sector_{state.sector}"
    st.selectbox(_("Sector"), options, index=options.index(state.sector) if state.sector in options else 0, label_visibility="collapsed",
                 format_func=lambda sector: sectors.get(sector, _("all")), key=sector_key, on_change=_choose_sector, args=(sector_key,))
    _heading(_("As of"))
    day_key = f"explore_on_{state.on}"
    st.text_input(_("As of"), value=state.on, key=day_key, placeholder="2019, 2019-04-30", label_visibility="collapsed",
                  on_change=_choose_day, args=(day_key,), help=None)
    if wrong := st.session_state.pop("explore_wrong_day", ""):
        st.error(_("“{text}” is no date. Write it as 2019, 2019-04 or 2019-04-30.", text=session.plain_label(wrong)))
    if layers:
        _heading(_("Layers"))
        st.checkbox(schema.layer_name(DIPLOMACY, language), value=True, key="explore_layer", disabled=True)
    for layer, count in layers.items():
        label = session.plain_label(f"{schema.layer_name(layer, language)} ({number(count, language)})")
        st.checkbox(label, value=layer in state.layers, key=f"explore_layer_{layer}_{layer in state.layers}", on_change=_toggle_layer, args=(layer,),
                    help=translate_count("{count} tie of this layer at the names in the picture", "{count} ties of this layer at the names in the picture",
                                         count, language))
    if state.hidden:
        st.button(translate_count("Show {count} hidden again", "Show {count} hidden again", len(state.hidden), language), key="explore_unhide",
                  on_click=view_state.change, kwargs={"hidden": ()}, type="tertiary")


def _heading(text: str) -> None:
    st.html(f'<div class="ponte-panel"><h4>{text}</h4></div>')


def _toggle_kind(kind: str) -> None:
    off = view_state.current().kinds_off
    view_state.change(kinds_off=tuple(k for k in off if k != kind) if kind in off else (*off, kind))


def _toggle_layer(layer: str) -> None:
    view_state.change(layers=tuple(sorted({layer} ^ set(view_state.current().layers))))


def _choose_sector(key: str) -> None:
    view_state.change(sector=st.session_state[key])


def _choose_day(key: str) -> None:
    day = st.session_state[key].strip()
    if not day or is_date(day):
        view_state.change(on=day)
    else:
        st.session_state["explore_wrong_day"] = day
