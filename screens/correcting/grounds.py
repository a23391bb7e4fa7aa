"""Ask on what a word rests and whose it is; the same fields wherever a person decides."""

import streamlit as st

from graph.settings import Settings
from graph.words import mark, translate, translator
from loaders.desk.grounds import ADDRESS, DOCUMENT, KINDS, OWN, Grounds
from loaders.desk.people import Reviewer, reviewer_of
from screens import session

NAME = "ponte_reviewer"
TITLES = {ADDRESS: mark("An address"), DOCUMENT: mark("A document"), OWN: mark("Own knowledge")}


def reviewer(settings: Settings) -> Reviewer | None:
    """Who is at this screen: whom the proxy names, else who the visitor says to be; None where nobody has said."""
    return reviewer_of(st.context.headers.to_dict(), settings.user_header, str(st.session_state.get(NAME, "")))


def ask_name(settings: Settings, key: str) -> Reviewer | None:
    """The reviewer; a field for the name where no proxy gives one."""
    known = reviewer(settings)
    _ = translator(session.language())
    if known and not known.declared:
        st.caption(session.plain_label(_("Recorded as the word of {name}.", name=known.name)))
        return known
    said = st.text_input(_("Your name"), value=str(st.session_state.get(NAME, "")), key=f"{key}_name", max_chars=80,
                         placeholder=_("Stands beside what you decide, marked as self-declared"))
    st.session_state[NAME] = said
    return reviewer(settings)


def ask_grounds(key: str) -> tuple[Grounds, str]:
    """The source of a word, and a note."""
    language = session.language()
    _ = translator(language)
    kind = st.segmented_control(_("Source"), KINDS, default=OWN, required=True, format_func=lambda kind: translate(TITLES[kind], language), key=f"{key}_kind")
    text, day = "", ""
    if kind != OWN:
        with st.container(horizontal=True, gap="small"):
            text = st.text_input(_("Address") if kind == ADDRESS else _("Title of the document"), key=f"{key}_{kind}",
                                 placeholder="https://" if kind == ADDRESS else "")
            day = st.text_input(_("Its date"), key=f"{key}_date", placeholder="2026-05-14", width=150)
    note = st.text_input(_("Note"), key=f"{key}_note", max_chars=500)
    internal = st.checkbox(_("Internal: nothing of it leaves in any file"), key=f"{key}_internal")
    return Grounds(kind or OWN, text, day.strip(), internal), note
