"""Lead through the screens: open the graph, ask once for whom the reader works, show the chosen screen."""

import importlib
from pathlib import Path

import streamlit as st

from graph.errors import PonteError
from graph.search import NameIndex
from graph.settings import Settings, read_settings
from graph.store import Store
from graph.words import LANGUAGES, elided, error_text, mark, translator
from screens import session, view_state
from screens.view_state import ViewState

SCREENS = {"explore": mark("Explore"), "paths": mark("Paths"), "ask": mark("Ask"), "review": mark("Review"), "sources": mark("Sources")}
ICON = Path(__file__).with_name("ponte.svg")


def main() -> None:
    """Draw one page."""
    st.set_page_config(page_title="Ponte", page_icon=str(ICON), layout="wide", initial_sidebar_state="collapsed")
    session.inject_style()
    language = session.language()
    st.session_state["lang"] = language
    _ = translator(language)
    pages = {name: st.Page(_page(name), title=_(title), url_path=name, default=name == "explore") for name, title in SCREENS.items()}
    chosen = st.navigation(list(pages.values()), position="top")
    wanted = pages.get(st.session_state.pop("ponte_go", ""))
    if wanted and wanted.url_path != chosen.url_path:
        st.switch_page(wanted)
    chosen.run()


def _page(name: str):  # type: ignore[no-untyped-def]  # Streamlit names a page after its function
    def show() -> None:
        try:
            settings = read_settings()
            store = session.ready_store(settings)
            index = session.name_index(store)
            _head(store.seeing(view_state.current().layers))
            with st.container(key="ponte_asked"):
                _ask_region(store, index, settings)
            st.session_state["ponte_arrived"] = st.session_state.get("ponte_screen", name) != name
            st.session_state["ponte_screen"] = name
            importlib.import_module(f"screens.{name}").show(store, settings)
            _foot(store)
        except PonteError as problem:
            with st.container(key="ponte_problem"):
                st.html('<p class="ponte-lead">Ponte</p>')
                st.error(session.plain_label(error_text(problem, session.language())))
                st.button(translator(session.language())("Try again"), key="ponte_again")

    show.__name__ = name
    return show


def _head(store: Store) -> None:
    """What stands beside the navigation on every screen: the search, and the language."""
    language = session.language()
    _ = translator(language)
    with st.container(key="ponte_head", horizontal=True, vertical_alignment="center", horizontal_alignment="right", gap="small", wrap=False):
        with st.container(key="ponte_search", width=330):
            session.search_box(store, "search", _("Search"), _show_around, placeholder=_("Search names, in any language"))
        for code, name in LANGUAGES.items():
            st.button(code.upper(), key=f"lang_{code}", type="tertiary", disabled=code == language, help=name, on_click=_speak, args=(code,))


def _show_around(id: str) -> None:
    before = view_state.current()
    view_state.put(ViewState(around=(id,), on=before.on, layers=before.layers))
    session.go_to("explore")


def _speak(code: str) -> None:
    st.session_state["lang"] = code
    st.query_params["lang"] = code


def _ask_region(store: Store, index: NameIndex, settings: Settings) -> None:
    """Ask once which region the reader works for; it can be skipped."""
    chosen = session.region(index, settings)
    if chosen or st.session_state.get("region_skipped") or st.query_params.get("region") == "none":
        st.session_state["region"] = chosen
        return
    _ = translator(session.language())
    with st.container(key="ponte_region", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<span class="ponte-ask">{_("Which region do you work for?")}</span>', width="content")
        names = session.region_names(store, store.version(), session.language())
        st.selectbox(_("Which region do you work for?"), list(names), index=None, format_func=names.__getitem__, key="region_choice",
                     placeholder=_("Paths and views will start there"), width=340, label_visibility="collapsed", on_change=_work_for)
        st.button(_("Skip"), on_click=_skip, key="region_skip", type="tertiary")


def _work_for() -> None:
    if chosen := st.session_state.get("region_choice"):
        st.session_state["region"] = chosen
        st.query_params["region"] = chosen


def _skip() -> None:
    st.session_state["region_skipped"] = True


def _foot(store: Store) -> None:
    """Which data are shown, and where they are."""
    _ = translator(session.language())
    version, written = store.version(), store.written()[:10]
    said = _("Data version {version}, written {date}. Nothing leaves this machine.", version=version, date=session.said_date(written))
    with st.container(key="ponte_foot"):
        st.caption(session.plain_label(elided(said, session.language())))


main()
