"""Let a reader switch layers on for one screen: the choice stands in the address, and is offered only where something is loaded in a layer.

Explore keeps its layers in its own state, which can be undone; all say alike what a link names and nobody has loaded here.
"""

from collections.abc import Iterable

import streamlit as st

from graph.schema import load_schema
from graph.store import Store
from graph.words import layer_names, translate, translator
from screens import session
from screens.view_state import listed, parts


@st.cache_data(show_spinner=False, max_entries=4)
def loaded(_store: Store, version: str) -> tuple[str, ...]:
    """The layers that may be switched on."""
    return _store.layers()


def absent(store: Store, version: str, layers: Iterable[str]) -> str:
    """A sentence without its full stop on those of these layers of which nothing is loaded, "" where all are there."""
    missing = [layer for layer in layers if layer not in loaded(store, version)]
    return translate("nothing is loaded here in the layer {name}, which this view shows too", session.language(),
                     name=layer_names(load_schema(), missing, session.language())) if missing else ""


def switched_on(store: Store, version: str, key: str) -> tuple[str, ...]:
    """The layers that are on besides diplomacy: those of the field, else of the address; what is not loaded here stays in it."""
    there, linked = loaded(store, version), parts(st.query_params.get("layers", ""))
    picked = st.session_state.get(f"{key}_layers", linked) if there else linked
    return tuple(sorted({*picked, *(layer for layer in linked if layer not in there)}))


def choose(store: Store, version: str, key: str) -> Store:
    """Draw the field, where there is anything to choose; the store that sees what is on."""
    _ = translator(session.language())
    on, there = switched_on(store, version, key), loaded(store, version)
    if there:
        st.pills(_("Layers besides diplomacy"), there, selection_mode="multi", default=[layer for layer in on if layer in there], key=f"{key}_layers",
                 format_func=lambda layer: session.plain_label(load_schema().layer_name(layer, session.language())))
    session.keep_in_link(layers=listed(on))
    return store.seeing(on)


def say_absent(store: Store, version: str, key: str) -> None:
    """Say of which layers in the address nothing is loaded."""
    if missing := absent(store, version, switched_on(store, version, key)):
        st.caption(session.plain_label(f"{missing[:1].upper()}{missing[1:]}."))
