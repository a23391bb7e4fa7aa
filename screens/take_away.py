"""Hand a picture out as a file: made only when it is asked for, as it is on screen."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from graph.model import Subgraph
from graph.render.picture import draw
from graph.schema import Schema
from graph.view import ViewSpec, make_scene
from graph.words import translator
from screens import session

FILES = (("PDF, A4", "pdf", "a4", "application/pdf"), ("PNG, A4, 300 dpi", "png", "a4", "image/png"), ("SVG, A4", "svg", "a4", "image/svg+xml"),
         ("PDF, 16:9", "pdf", "16:9", "application/pdf"), ("PNG, 16:9", "png", "16:9", "image/png"), ("SVG, 16:9", "svg", "16:9", "image/svg+xml"))


def take_away(subgraph: Subgraph, spec: ViewSpec, schema: Schema, key: str, name: str) -> None:
    """A menu of files of one picture."""
    _ = translator(session.language())
    with st.popover(_("Take away"), key=f"{key}_away"):
        grey = st.toggle(_("Black and white"), key=f"{key}_grey")
        title = st.text_input(_("Title"), value=spec.title, key=f"{key}_title_{hash(spec.title)}")
        printed = replace(spec, theme="grey" if grey else "print", title=title)
        for label, form, page, mime in FILES:
            st.download_button(_(label), data=_maker(subgraph, printed, schema, form, page), file_name=f"{name}.{form}", mime=mime,
                               key=f"{key}_{form}_{page}", on_click="ignore", type="tertiary")


def _maker(subgraph: Subgraph, spec: ViewSpec, schema: Schema, form: str, page: str) -> Callable[[], bytes]:
    return lambda: draw(make_scene(subgraph, spec, schema), form, page)
