"""Show what the record covers and what it does not, and which facts have grown old: answers of saved questions."""

import datetime

import streamlit as st

from graph.guard import check
from graph.model import QueryResult
from graph.questions import Question, load_questions
from graph.schema import load_schema
from graph.settings import Settings
from graph.store import Store
from graph.words import translator
from screens import session
from screens.result import show_rows


def show_coverage(store: Store, settings: Settings) -> None:
    """By country, by year and by language: where a source speaks, and where none does."""
    _ = translator(session.language())
    st.caption(_("Nothing recorded means that no source covers it, not that there is nothing."))
    for name in ("coverage-by-country", "coverage-by-year"):
        _answer(store, settings, name, {})


def show_aged(store: Store, settings: Settings) -> None:
    """Ties without an end that no source has confirmed for a while."""
    _ = translator(session.language())
    labels = {6: _("6 months"), 12: _("12 months"), 24: _("2 years"), 60: _("5 years")}
    months = st.selectbox(_("Not confirmed for"), list(labels), index=1, format_func=labels.__getitem__, key="sources_age", width=220)
    today = datetime.date.fromisoformat(session.today())
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    _answer(store, settings, "stale-ties", {"date": f"{year}-{month + 1:02d}-{min(today.day, 28):02d}"})


def _answer(store: Store, settings: Settings, name: str, values: dict[str, str]) -> None:
    question = next(question for question in load_questions() if question.name == name)
    language = session.language()
    st.html(f'<div class="ponte-panel"><h4>{question.title.get(language) or question.title["en"]}</h4></div>')
    st.caption(session.plain_label(question.description.get(language) or question.description["en"]))
    given = tuple(values.items())
    show_rows(store, _asked(store, store.key(), question, given, settings), load_schema(), f"sources_{name}",
              lambda other: _ask(other, question, given, settings))


@st.cache_data(show_spinner="…", max_entries=16, hash_funcs={Question: lambda question: question.name, Settings: repr})
def _asked(_store: Store, version: str, question: Question, values: tuple[tuple[str, str], ...], settings: Settings) -> QueryResult:
    return _ask(_store, question, values, settings)


def _ask(store: Store, question: Question, values: tuple[tuple[str, str], ...], settings: Settings) -> QueryResult:
    guarded = check(question.cypher, local=store.is_local)
    return store.query(guarded.text, dict(values), limit=settings.row_limit, seconds=settings.time_limit)
