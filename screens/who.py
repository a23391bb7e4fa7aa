"""Who is who: two that may be one, why, and a person who judges; every judgement can be taken back."""

from collections.abc import Callable
from functools import partial
from html import escape

import streamlit as st

from graph.answers import Candidate, Resemblances, resembling
from graph.answers.sourcing import named, statement_text
from graph.errors import PonteError
from graph.model import NEGATIVE, POSITIVE, UNSURE, Node, Statement
from graph.record import in_force
from graph.schema import load_schema
from graph.settings import Settings
from graph.store import Store
from graph.words import date, error_text, kind_name, mark, translate, translate_count, translator
from loaders.desk.corrections import Speaker, judged
from loaders.desk.people import reviewer_named
from loaders.desk.recording import say
from screens import layers, session
from screens.correcting.grounds import ask_grounds, ask_name

A_PAGE = 12
MOST = 200
PROBLEM, PAIR, SHOWN = "who_problem", "who_pair", "who_shown"
ANSWERS = {POSITIVE: mark("The same"), NEGATIVE: mark("Not the same"), UNSURE: mark("I cannot tell")}
OpenPicture = Callable[[tuple[str, ...]], None]


def show_who(store: Store, settings: Settings, open_picture: OpenPicture) -> None:
    """Draw the candidates, then what was judged already."""
    _ = translator(session.language())
    st.caption(_("Names that may mean one and the same. If you say so, one stands for both; both names stay, and it can be taken back."))
    seen = layers.choose(store, store.version(), "who")
    with st.container(width=420):
        name = ask_name(settings, "who")
    with st.expander(_("Source and note")):
        grounds, note = ask_grounds("who")
    if problem := st.session_state.pop(PROBLEM, ""):
        st.error(session.plain_label(problem))
    judge = partial(_judge, store, lambda: Speaker(name or reviewer_named(""), grounds, note))
    found = _resembling(seen, seen.key(), session.language())
    if not found.candidates:
        st.info(_("No two names in the record look like one."))
    shown = st.session_state.get(SHOWN, A_PAGE)
    for candidate in found.candidates[:shown]:
        _candidate(candidate, judge, open_picture)
    left = len(found.candidates) - shown + found.left_out
    if left > 0:
        st.button(translate_count("{count} more", "{count} more", left, session.language()), key="who_more", on_click=_more, args=(shown,),
                  disabled=shown >= len(found.candidates), type="tertiary")
    _any_pair(seen, judge, open_picture)
    _judged_already(store)


@st.cache_data(show_spinner="…", max_entries=4)
def _resembling(_store: Store, key: str, language: str) -> Resemblances:
    return resembling(_store, load_schema(), language=language, limit=MOST)


def _more(shown: int) -> None:
    st.session_state[SHOWN] = shown + A_PAGE


def _candidate(candidate: Candidate, judge: Callable[[str, str, str], None], open_picture: OpenPicture) -> None:
    """Two beside each other, the reasons, and the answers."""
    language = session.language()
    _ = translator(language)
    one, other = candidate.one, candidate.other
    key = f"{one.id}~{other.id}"
    names = {node.id: node.name_in(language) for node in (one, other)}
    with st.container(key=f"who_{key}", border=False):
        reasons = [*candidate.reasons, *([_("Somebody could not tell")] if candidate.unsure else [])]
        st.html(f'<div class="ponte-panel ponte-who"><div class="ponte-sides">{_side(one, language)}{_side(other, language)}</div>'
                f'<ul>{"".join(f"<li>{escape(reason)}</li>" for reason in reasons)}</ul></div>')
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            titles = {id: session.plain_label(_("shown as {name}", name=name)) for id, name in names.items()}
            stands = one.id
            if names[one.id] != names[other.id]:
                stands = st.segmented_control(_("Shown as"), list(titles), default=one.id, required=True, key=f"who_as_{key}",
                                              label_visibility="collapsed", format_func=titles.__getitem__) or one.id
            merged = other.id if stands == one.id else one.id
            for verdict, title in ANSWERS.items():
                st.button(translate(title, language), key=f"who_{verdict}_{key}", on_click=judge, args=(stands, merged, verdict),
                          type="secondary" if verdict == POSITIVE else "tertiary")
            st.button(_("Open the picture"), key=f"who_picture_{key}", on_click=open_picture, args=((one.id, other.id),), type="tertiary")


def _side(node: Node, language: str) -> str:
    also = [name for name in node.text("aliases").split(", ") if name][:4]
    about = ", ".join(filter(None, (kind_name(load_schema(), node.kind, language), node.text("country"), node.text("nuts"), node.text("date"))))
    return (f'<div><h4>{escape(node.name_in(language))}</h4><p class="ponte-quiet">{escape(about)}</p>'
            f'<p class="ponte-quiet">{escape(", ".join(also))}</p></div>')


def _judge(store: Store, speaking: Callable[[], Speaker], one: str, other: str, verdict: str) -> None:
    """Write it down; what cannot be is one sentence over the candidates."""
    try:
        nodes = {node.id: node for node in store.get([one, other])}
        if len(nodes) == 2:
            speaker = speaking()
            say(store, judged(speaker, nodes[one], nodes[other], verdict), sources=[speaker.source])
            st.session_state.pop(PAIR, None)
    except PonteError as problem:
        st.session_state[PROBLEM] = error_text(problem, session.language())


def _any_pair(store: Store, judge: Callable[[str, str, str], None], open_picture: OpenPicture) -> None:
    """Two that are not listed: found by name."""
    _ = translator(session.language())
    with st.expander(_("Two others"), expanded=bool(st.session_state.get(PAIR))):
        left, right = st.columns(2)
        for number, column in enumerate((left, right)):
            with column:
                _one_of_pair(store, number)
        ids = [st.session_state.get(PAIR, {}).get(number, "") for number in (0, 1)]
        nodes = {node.id: node for node in store.get(filter(None, ids))}
        if len(nodes) == 2:
            one, other = (nodes[id] for id in ids)
            if one.kind == other.kind:
                _candidate(Candidate(one, other, 0.0, ()), judge, open_picture)
            else:
                st.caption(_("Only two of the same kind can be one."))


def _one_of_pair(store: Store, number: int) -> None:
    _ = translator(session.language())
    session.search_box(store, f"who_find_{number}", _("Name"), partial(_choose, number), placeholder=_("Search names, in any language"))
    index = session.name_index(store)
    chosen = index.get(st.session_state.get(PAIR, {}).get(number, ""))
    if chosen:
        st.html(f"<b>{escape(index.own_name(chosen.id, session.language()))}</b>")


def _choose(number: int, id: str) -> None:
    st.session_state[PAIR] = {**st.session_state.get(PAIR, {}), number: id}


def _judged_already(store: Store) -> None:
    """Every judgement in force, the newest first, each with a button that takes it back."""
    language = session.language()
    _ = translator(language)
    found = sorted(in_force(store.judgements()).values(), key=lambda judgement: judgement.decided, reverse=True)
    if not found:
        return
    schema = load_schema()
    nodes = named(store, {id for judgement in found for id in (judgement.subject, str(judgement.value))})
    st.html(f'<div class="ponte-panel"><h4>{escape(_("Judged"))} <span class=detail>{len(found)}</span></h4></div>')
    for judgement in found:
        with st.container(key=f"who_judged_{judgement.id}", horizontal=True, vertical_alignment="center", gap="small"):
            by = f"{session.said_by(judgement.reviewer)}, {date(judgement.decided[:10], language)}"
            note = f" <q>{escape(judgement.note)}</q>" if judgement.note else ""
            st.html(f'<div class="ponte-panel">{escape(statement_text(judgement, nodes, schema, language))} <span class="detail">{escape(by)}</span>{note}</div>')
            st.button(_("Take back"), key=f"who_back_{judgement.id}", on_click=_take_back, args=(store, judgement), type="tertiary")


def _take_back(store: Store, judgement: Statement) -> None:
    try:
        say(store, taken_back=[judgement])
    except PonteError as problem:
        st.session_state[PROBLEM] = error_text(problem, session.language())
