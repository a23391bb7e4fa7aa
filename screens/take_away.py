"""Hand a picture out as a file: made only when it is asked for, as it is on screen."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from graph.answers.withholding import LEFT_OUT
from graph.model import Subgraph
from graph.render.picture import draw
from graph.schema import Schema
from graph.store import Store
from graph.view import ViewSpec, make_scene
from graph.words import translator
from screens import session

Drawn = tuple[Subgraph, ViewSpec]
FILES = (("PDF, A4", "pdf", "a4", "application/pdf"), ("PNG, A4, 300 dpi", "png", "a4", "image/png"), ("SVG, A4", "svg", "a4", "image/svg+xml"),
         ("PDF, 16:9", "pdf", "16:9", "application/pdf"), ("PNG, 16:9", "png", "16:9", "image/png"), ("SVG, 16:9", "svg", "16:9", "image/svg+xml"))


def take_away(store: Store, picture: Drawn, schema: Schema, key: str, name: str, again: Callable[[Store], Drawn]) -> None:
    """A menu of files of one picture. Where a source is internal they hold what `again` draws from a store without it."""
    _ = translator(session.language())
    public = session.leaving(store)
    subgraph, spec = picture if public is store else again(public)
    with st.popover(_("Take away"), key=f"{key}_away"):
        if public is not store:
            st.caption(_("Internal sources are left out of every file."))
            spec = replace(spec, remarks=(*spec.remarks, _(LEFT_OUT)))
        grey = st.toggle(_("Black and white"), key=f"{key}_grey")
        title = st.text_input(_("Title"), value=spec.title, key=f"{key}_title_{hash(spec.title)}")
        printed = replace(spec, theme="grey" if grey else "print", title=title)
        for label, form, page, mime in FILES:
            st.download_button(_(label), data=_maker(subgraph, printed, schema, form, page), file_name=f"{name}.{form}", mime=mime,
                               key=f"{key}_{form}_{page}", on_click="ignore", type="tertiary")


def _maker(subgraph: Subgraph, spec: ViewSpec, schema: Schema, form: str, page: str) -> Callable[[], bytes]:
    return lambda: draw(make_scene(subgraph, spec, schema), form, page)
