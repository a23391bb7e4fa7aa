"""Review: a text that has just come in, what it states beside it, and a person who decides, by keyboard if they like."""

from html import escape

import streamlit as st

from graph.errors import PonteError
from graph.model import Source
from graph.schema import load_schema
from graph.settings import Settings
from graph.store import Store
from graph.words import error_text, translate_count, translator
from loaders.desk import reviewing
from loaders.desk.reading import read
from loaders.desk.recording import describe
from loaders.desk.reviewing import Review
from loaders.press.files import ENDINGS, read_document
from loaders.press.proposals import Reading
from screens import session, view_state
from screens.correcting.grounds import NAME, reviewer
from screens.desk import DONE, desk
from screens.desk.answering import Answering
from screens.desk.items import desk_data
from screens.view_state import ViewState
from screens.who import show_who

TEXT, DOCUMENT, PUBLISHED = "review_text", "review_document", "review_published"


def show(store: Store, settings: Settings) -> None:
    """Draw the screen."""
    if not st.session_state.get(TEXT):
        _ = translator(session.language())
        session.show_tab("review", {"text": (_("A text"), lambda: _ask_text(settings)), "who": (_("Who is who"), lambda: show_who(store, settings, open_picture))})
        return
    try:
        reading = _reading(store)
    except PonteError as problem:
        st.error(session.plain_label(error_text(problem, session.language())))
        _another()
        return
    source = _about(store, reading)
    answer = Answering(store, settings, reading, source).answer(open_picture)
    review = reviewing.open_review(store, reading, source)
    _head(review, settings)
    _notes(store, review)
    if not review.items:
        st.info(translator(session.language())("The text states nothing that Ponte knows how to record."))
    names = {end for item in review.items for end in (item.now.id, item.now.source, item.now.target) if end}
    nodes = {node.id: node for node in store.get(names)}
    desk(desk_data(review, nodes, load_schema(), **answer))


# -- the text


def _ask_text(settings: Settings) -> None:
    """Paste a text or upload a file; it is read at once."""
    _ = translator(session.language())
    st.caption(_("Paste a press release, or upload it. Nothing enters the graph before you have accepted it."))
    if not (known := reviewer(settings)) or known.declared:
        _ask_name()
    st.text_area(_("Text"), height=240, key="review_paste", placeholder=_("Paste the text here, then press Ctrl and Enter"), on_change=_take_paste)
    st.file_uploader(_("Text file"), type=list(ENDINGS), key="review_file", on_change=_take_file)
    if problem := st.session_state.pop("review_bad_file", ""):
        st.error(session.plain_label(problem))


def _ask_name(*, brief: bool = False) -> None:
    """The reviewer's name; beside the text it needs little room."""
    _ = translator(session.language())
    said = st.text_input(_("Your name"), value=str(st.session_state.get(NAME, "")), key="review_name", max_chars=80, width=190 if brief else 420,
                         placeholder=_("Your name") if brief else _("Stands beside what you decide, marked as self-declared"),
                         label_visibility="collapsed" if brief else "visible")
    st.session_state[NAME] = said


def _take_paste() -> None:
    _begin(str(st.session_state.get("review_paste", "")), "text")


def _take_file() -> None:
    uploaded = st.session_state.get("review_file")
    if uploaded is None:
        return
    try:
        document = read_document(uploaded.getvalue(), uploaded.name)
    except PonteError as problem:
        st.session_state["review_bad_file"] = error_text(problem, session.language())
        return
    _begin(document.text, uploaded.name.rsplit(".", 1)[0], document.date, document.title)


def _begin(text: str, document: str, published: str = "", title: str = "") -> None:
    if text.strip():
        for key, value in ((TEXT, text), (DOCUMENT, document), (PUBLISHED, published), ("review_given_title", title or _first_line(text))):
            st.session_state[key] = value
        st.session_state[DONE] = []


def _first_line(text: str) -> str:
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= 90 else f"{line[:89].rsplit(' ', 1)[0]} …"


def _end() -> None:
    for key in [str(key) for key in st.session_state if str(key).startswith("review_") and key != "review_name"]:
        del st.session_state[key]


def _another() -> None:
    st.button(translator(session.language())("Another text"), key="review_another", on_click=_end, type="tertiary")


def _reading(store: Store) -> Reading:
    """What the text states: read once, when it comes in, so that deciding moves nothing."""
    wanted = (st.session_state[TEXT], str(st.session_state.get("review_date", "")).strip())
    known = st.session_state.get("review_reading")
    if known is None or known[0] != wanted:
        with st.spinner(translator(session.language())("Reading …"), show_time=False):
            reading = read(store, wanted[0], st.session_state[DOCUMENT], date=wanted[1], published=st.session_state[PUBLISHED])
        st.session_state["review_reading"] = known = (wanted, reading)
    found: Reading = known[1]
    return found


def _about(store: Store, reading: Reading) -> Source:
    """The source that the text is, with what the reader says of it."""
    state = st.session_state
    internal = state.get("review_internal")
    source = reviewing.source_for(store, reading, title=str(state.get("review_title", state["review_given_title"])), url=str(state.get("review_url", "")).strip(),
                                publisher=str(state.get("review_publisher", "")).strip(), internal=internal if isinstance(internal, bool) else None)
    describe(store, source)
    return source


def _head(review: Review, settings: Settings) -> None:
    language = session.language()
    _ = translator(language)
    left = sum(item.open for item in review.items)
    with st.container(key="review_head", horizontal=True, vertical_alignment="center", gap="small", wrap=False):
        count = translate_count("{count} to decide", "{count} to decide", left, language)
        st.html(f'<p class="ponte-lead">{escape(review.source.title)}</p><p class="ponte-quiet">{escape(count)} · {escape(_("press ? for the keys"))}</p>')
        if not (known := reviewer(settings)) or known.declared:
            _ask_name(brief=True)
        with st.popover(_("About the source"), key="review_about"):
            st.text_input(_("Title of the source"), value=review.source.title, key="review_title")
            st.text_input(_("Publisher"), value=review.source.publisher, key="review_publisher")
            st.text_input(_("Address"), value=review.source.url, key="review_url", placeholder="https://")
            st.text_input(_("Its date"), value=review.source.date, key="review_date", placeholder="2026-05-14")
            st.checkbox(_("Internal: nothing of it leaves in any file"), value=review.source.internal, key="review_internal")
        if names := reviewing.main_names(review):
            st.button(_("Open the picture"), key="review_picture", on_click=open_picture, args=(names,))
        _another()


def _notes(store: Store, review: Review) -> None:
    """What was not understood, and what other texts have told already."""
    language = session.language()
    _ = translator(language)
    for note in review.reading.notes:
        st.caption(session.plain_label(note))
    told = [item.proposal for item in review.items if item.proposal.kind in ("Agreement", "Event") and item.proposal.id in review.there]
    for node in store.get(proposal.id for proposal in told):
        others = {statement.source for statement in store.statements([node.id])} - {review.source.id}
        if others:
            text = translate_count("“{name}” is in the record already, from {count} source: what you accept adds this text as another.",
                                   "“{name}” is in the record already, from {count} sources: what you accept adds this text as another.",
                                   len(others), language, name=node.name_in(language))
            st.caption(session.plain_label(text))


def open_picture(names: tuple[str, ...]) -> None:
    """Lead to Explore, around what was accepted."""
    view_state.put(ViewState(around=names))
    session.go_to("explore")
