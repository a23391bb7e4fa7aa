"""Lead through the screens: open the graph, ask once for whom the reader works, show the chosen screen."""

import importlib

import streamlit as st

from graph.errors import PonteError
from graph.schema import load_schema
from graph.settings import read_settings
from graph.store import Store
from graph.words import LANGUAGES, error_text, translator
from screens import session

SCREENS = {"explore": "Explore", "paths": "Paths", "ask": "Ask", "sources": "Sources"}


def main() -> None:
    """Draw one page."""
    st.set_page_config(page_title="Ponte", layout="wide", initial_sidebar_state="collapsed")
    session.inject_style()
    language = session.language()
    st.session_state["lang"] = language
    _ = translator(language)
    pages = [st.Page(_page(name), title=_(title), url_path=name, default=name == "explore") for name, title in SCREENS.items()]
    chosen = st.navigation(pages, position="top")
    chosen.run()


def _page(name: str):  # type: ignore[no-untyped-def]  # Streamlit names a page after its function
    def show() -> None:
        try:
            settings = read_settings()
            store = session.ready_store(settings)
            _welcome(store)
            importlib.import_module(f"screens.{name}").show(store, settings)
            _foot(store)
        except PonteError as problem:
            st.error(error_text(problem, session.language()))

    show.__name__ = name
    return show


def _welcome(store: Store) -> None:
    """Ask once which region the reader works for; it can be skipped."""
    settings = read_settings()
    index = session.name_index(store, store.version())
    chosen = session.region(index, settings)
    if chosen or st.session_state.get("region_skipped") or st.query_params.get("region") == "none":
        st.session_state["region"] = chosen
        return
    _ = translator(session.language())
    with st.container(border=True, horizontal=True, vertical_alignment="bottom"):
        options = sorted((name.names[0][1], name.id) for name in store.names() if name.kind == "Region" and not name.former and name.names)
        picked = st.selectbox(_("Which region do you work for?"), options, index=None, format_func=lambda pair: pair[0], key="region_choice",
                              placeholder=_("Paths and views will start there"), width=420)
        st.button(_("Skip"), on_click=_skip, key="region_skip")
    if picked:
        st.session_state["region"] = picked[1]
        session.keep_in_link(region=picked[1])
        st.rerun()


def _skip() -> None:
    st.session_state["region_skipped"] = True


def _foot(store: Store) -> None:
    """Language, data version, and where the graph lies."""
    language = session.language()
    _ = translator(language)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for code, name in LANGUAGES.items():
            st.button(name, key=f"lang_{code}", type="tertiary", disabled=code == language, on_click=_speak, args=(code,))
        st.caption(session.plain_label(_("Data version {version}, written {date}. Nothing leaves this machine.", version=store.version(),
                                         date=store.written()[:10])))


def _speak(code: str) -> None:
    st.session_state["lang"] = code
    st.query_params["lang"] = code


load_schema()
main()
