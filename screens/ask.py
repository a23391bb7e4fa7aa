"""Ask: saved questions and Cypher that only reads, as a table and as a picture."""

import re
import threading
from html import escape
from typing import Any

import streamlit as st

from graph.errors import BadParameter, PonteError
from graph.guard import check
from graph.model import QueryResult
from graph.questions import Parameter, Question, load_questions
from graph.schema import Schema, load_schema
from graph.search import NameIndex
from graph.settings import Settings
from graph.store import Cancel, Store
from graph.words import edge_name, error_text, kind_name, translator
from screens import correcting, layers, session
from screens.result import heading, show_result

PICKED = {"region": "Region", "network": "Network", "sector": "Sector"}
LONGEST_LINK = 1500
EXAMPLE = "MATCH (r:Region)-[m:MEMBER_OF]->(n:Network {id: $network})\nRETURN r.name AS region, m.role AS role\nORDER BY region"


def show(store: Store, settings: Settings) -> None:
    """Draw the screen."""
    _ = translator(session.language())
    schema = load_schema()
    version = store.version()
    index = session.name_index(store)
    seen = layers.choose(store, version, "ask")
    layers.say_absent(store, version, "ask")
    session.show_tab("ask", {
        "saved": (_("Saved questions"), lambda: _saved(seen, settings, index, schema)),
        "own": (_("Your own query"), lambda: _own(seen, settings, schema)),
    }, usual="own" if st.query_params.get("q") and not st.query_params.get("question") else "saved")
    correcting.show_dialog(store, settings)


def _saved(store: Store, settings: Settings, index: NameIndex, schema: Schema) -> None:
    language = session.language()
    _ = translator(language)
    questions = {question.name: question for question in load_questions()}
    names = list(questions)
    wanted = st.query_params.get("question", "")
    chosen = st.selectbox(_("Question"), names, index=names.index(wanted) if wanted in names else names.index("shared-networks"),
                          format_func=lambda name: _text(questions[name].title), key="ask_question")
    question = questions[chosen]
    st.caption(session.plain_label(_text(question.description)))
    values: dict[str, str] = {}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        for parameter in question.parameters:
            values[parameter.name] = _fill(parameter, question, index, store, settings)
    if all(values.values()) or not question.parameters:
        session.keep_in_link(question=chosen, lang=language, **{f"p_{name}": value for name, value in values.items()})
        _answer(store, settings, question.cypher, values, schema, f"ask_{chosen}", _text(question.title))
    with st.expander(_("The query")):
        st.code(question.cypher, language="cypher")


def _text(texts: dict[str, str]) -> str:
    return texts.get(session.language()) or texts.get("en", "")


def _fill(parameter: Parameter, question: Question, index: NameIndex, store: Store, settings: Settings) -> str:
    """A field for one parameter; regions, networks and sectors are chosen by name and given by id."""
    label = heading(parameter.name, load_schema(), session.language())
    key = f"ask_{question.name}_{parameter.name}"
    linked = st.query_params.get(f"p_{parameter.name}", "")
    if parameter.kind not in PICKED:
        return str(st.text_input(label, value=linked or parameter.default, key=key, width=200))
    options = _options(store, store.key(), PICKED[parameter.kind], session.language())
    ids = [id for _, id in options]
    first = linked or (session.region(index, settings) if parameter.kind == "region" and parameter == question.parameters[0] else "") or parameter.default
    chosen = st.selectbox(label, ids, index=ids.index(first) if first in ids else None, key=key, width=320,
                          format_func={id: name for name, id in options}.__getitem__)
    return chosen or ""


@st.cache_data(show_spinner=False, max_entries=16)
def _options(_store: Store, version: str, kind: str, language: str) -> list[tuple[str, str]]:
    return sorted((node.name_in(language), node.id) for node in _store.of_kind(kind))


def _own(store: Store, settings: Settings, schema: Schema) -> None:
    _ = translator(session.language())
    editor, help_ = st.columns([0.68, 0.32], gap="medium")
    with help_:
        _schema_help(schema)
    with editor:
        if layers.loaded(store, store.version()):
            st.caption(_("A query of your own sees all layers; `$layers` holds diplomacy and those that are switched on above."))
        text = st.text_area("Cypher", value=st.query_params.get("q") or EXAMPLE, height=170, key="ask_text")
        try:
            guarded = check(text, local=store.is_local)
        except PonteError as problem:
            st.warning(session.plain_label(error_text(problem, session.language())))
            return
        values: dict[str, Any] = {}
        for name in guarded.parameters:
            values[name] = st.text_input(f"${session.plain_label(name)}", value="esra" if name == "network" else "", key=f"ask_value_{name}",
                                         help=_("A text; numbers, true and false are read as such"))
        if st.button(_("Run"), type="primary", key="ask_run", shortcut="Ctrl+Enter"):
            st.session_state["ask_ran"] = (guarded.text, {name: typed(value) for name, value in values.items()})
        if ran := st.session_state.get("ask_ran"):
            if len(text) <= LONGEST_LINK:
                session.keep_in_link(q=text, lang=session.language())
            query, given = ran
            _answer(store, settings, query, given, schema, "ask_own", _("Result of a query"), own=True)


def typed(text: str) -> str | int | float | bool | None:
    """A value as a person means it: "3" is a number, "true" a truth value."""
    if re.fullmatch(r"-?\d{1,15}", text):
        return int(text)
    if re.fullmatch(r"-?\d{1,15}\.\d{1,15}", text):
        return float(text)
    return {"true": True, "false": False, "null": None}.get(text, text)


def _answer(store: Store, settings: Settings, text: str, values: dict[str, Any], schema: Schema, key: str, title: str, *,
            own: bool = False) -> None:
    """Run a query and show its rows, with its picture where it has one; that of an own query has the ties of all layers."""
    try:
        result = _run(store, settings, text, values)
    except PonteError as problem:
        st.error(session.plain_label(error_text(problem, session.language())))
        return
    on = store.layers_on()
    show_result(store.seeing(None) if own else store, result, schema, key, title, lambda other: _run(other.seeing(on), settings, text, values),
                in_words=not own)


def _run(store: Store, settings: Settings, text: str, values: dict[str, Any]) -> QueryResult:
    """The rows; leaving the page or pressing Stop ends the query on the server too."""
    guarded = check(text, local=store.is_local)
    missing = [name for name in guarded.parameters if values.get(name) == "" or name not in values]
    if missing:
        raise BadParameter(name=missing[0], problem="it has no value")
    cancel = Cancel()
    results: list[QueryResult] = []
    problems: list[PonteError] = []

    def work() -> None:
        try:
            results.append(store.query(guarded.text, values, limit=settings.row_limit, seconds=settings.time_limit, cancel=cancel))
        except PonteError as problem:
            problems.append(problem)

    thread = threading.Thread(target=work, name="ponte-ask", daemon=True)
    thread.start()
    try:
        with st.spinner(translator(session.language())("Asking; Stop, at the top right, ends it …")):
            while thread.is_alive():
                thread.join(0.05)
                st.session_state.get("lang")  # a place where Streamlit can stop this run
    finally:
        if thread.is_alive():
            cancel()
    if problems:
        raise problems[0]
    return results[0]


def _schema_help(schema: Schema) -> None:
    """What can be asked for: kinds, their properties, and ties."""
    language = session.language()
    _ = translator(language)
    nodes = "".join(f"<dt><code>{kind}</code> {escape(kind_name(schema, kind, language, 2))}</dt>"
                    f"<dd>{', '.join(('id', 'name', *schema.nodes[kind].properties))}</dd>" for kind in schema.visible)
    edges = "".join(f"<dt><code>{kind}</code> {escape(edge_name(schema, kind, language))}</dt>"
                    f"<dd>{', '.join(sorted(spec.sources))} → {', '.join(sorted(spec.targets))}</dd>" for kind, spec in schema.edges.items())
    st.html(f'<div class="ponte-panel"><h4>{escape(_("What is in the graph"))}</h4><dl class="ponte-kinds">{nodes}{edges}</dl></div>')
    st.caption(_("Dates are text: WHERE a.date >= '2025-01'. Queries only read."))
