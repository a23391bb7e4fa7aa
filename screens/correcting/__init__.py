"""Let a person add, correct or take back a fact wherever it is shown: links beside facts, who said what and when, and one dialog.

A screen hands its canvas events to `take` and calls `show_dialog` at its end. The links are plain HTML; screens/canvas/links.js turns
a click on one into an event.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

from graph.answers import Word, words_on
from graph.model import Edge, Node, Statement
from graph.schema import Schema, load_schema
from graph.settings import Settings
from graph.store import Store
from graph.words import date, edge_sentence, mark, translate, translator
from loaders.desk.recording import say
from screens import session
from screens.correcting.forms import show_form

KEY = "correcting"
MOST_FACTS = 40
SAID = {"ended": mark("ended by {who}, {when}"), "preferred": mark("preferred by {who}, {when}"), "added": mark("added by {who}, {when}"),
        "wrong": mark("a value called wrong by {who}, {when}")}


@dataclass(frozen=True, slots=True)
class Target:
    """What a person wants to correct: ids of nodes and ties, of which one is chosen; perhaps one property, and the value to prefer."""

    facts: tuple[str, ...]
    property: str = ""
    side: str = ""


def act(facts: Iterable[str], label: str, *, property: str = "", side: str = "") -> str:
    """A link beside a fact that opens the dialog on it."""
    ids = escape(json.dumps(list(facts)), quote=True)
    return (f'<a class="ponte-act" href="#" data-facts="{ids}" data-property="{escape(property, quote=True)}" '
            f'data-side="{escape(side, quote=True)}">{escape(label)}</a>')


def html_words(words: Sequence[Statement]) -> str:
    """Who had the last word on a fact, and when; the note where there is one."""
    if not words:
        return ""
    last, language = words[0], session.language()
    text = translate(SAID.get(last.rule, "corrected by {who}, {when}"), language, who=session.said_by(last.reviewer), when=date(last.decided[:10], language))
    return f' <span class="ponte-word" title="{escape(last.note, quote=True)}">{escape(text)}</span>'


def html_said(word: Word) -> str:
    """One word: what, by whom, when, on which grounds, with its note."""
    language = session.language()
    by = f"{session.said_by(word.by)}, {date(word.when[:10], language)}"
    note = f" <q>{escape(word.note)}</q>" if word.note else ""
    return f'{escape(word.text)} <span class="detail">{escape(by)} · {session.html_source_name(word.source)}</span>{note}'


@st.cache_data(show_spinner=False, max_entries=256)
def said_on(_store: Store, version: str, id: str, language: str) -> tuple[Word, ...]:
    """What people said of a node and its ties."""
    return words_on(_store, load_schema(), [id], language=language)


def said_here(store: Store, id: str) -> str:
    """A folded list of all that people said of a node and its ties; "" where nobody did."""
    found = said_on(store, store.key(), id, session.language())
    if not found:
        return ""
    title = translate("Said by people", session.language())
    rows = "".join(f"<li>{html_said(word)} {act([word.statements[0].about or id], translate('open', session.language()))}</li>" for word in found)
    return (f'<details class="ponte-said" open><summary><h4 style="display:inline">{escape(title)} <span class=detail>{len(found)}</span></h4></summary>'
            f"<ul>{rows}</ul></details>")


def take(event: Mapping[str, Any]) -> None:
    """Remember what an event asks to correct."""
    facts = event.get("facts")
    if isinstance(facts, list) and facts:
        open_on([str(fact) for fact in facts[:MOST_FACTS]], str(event.get("property", "")), str(event.get("side", "")))


def open_on(facts: Sequence[str], property: str = "", side: str = "") -> None:
    """Open the dialog in this run."""
    st.session_state[KEY] = Target(tuple(facts), property, side)


def show_dialog(store: Store, settings: Settings) -> None:
    """Draw the dialog, if it was asked for."""
    target: Target | None = st.session_state.get(KEY)
    if target:
        st.dialog(translate("Add or correct", session.language()), width="medium", on_dismiss=_close)(_dialog)(store, settings, target)


def _close() -> None:
    st.session_state.pop(KEY, None)


def _dialog(store: Store, settings: Settings, target: Target) -> None:
    language, schema = session.language(), load_schema()
    _ = translator(language)
    things, names = _things(store, target.facts)
    said = _words(store, target, things, language)
    _take_back(store, said)
    if not things:
        st.caption(_("This is not in the graph, because somebody called it wrong. Take that back to have it again.") if said
                   else _("This is no longer in the graph."))
        return
    texts = {thing.id: _text(thing, names, schema) for thing in things}
    chosen = things[0]
    if len(things) > 1:
        id = st.selectbox(_("Which fact?"), list(texts), format_func=texts.__getitem__, key="correct_fact")
        chosen = next(thing for thing in things if thing.id == id)
    else:
        st.html(f'<p class="ponte-lead">{escape(texts[chosen.id])}</p>')
    if show_form(store, settings, chosen, target.property, target.side):
        _close()
        st.rerun()


def _things(store: Store, facts: Sequence[str]) -> tuple[list[Node | Edge], dict[str, Node]]:
    """The nodes and ties with these ids that are in the graph, and the nodes at their ends."""
    ties = [fact.split("|") for fact in facts if fact.count("|") >= 2]
    edges = {edge.id: edge for edge in store.seeing(None).adjacent(sorted({tie[1] for tie in ties}), kinds=sorted({tie[0] for tie in ties}))} if ties else {}
    nodes = {node.id: node for node in store.get({*(fact for fact in facts if "|" not in fact), *(end for tie in ties for end in tie[1:3])})}
    found = [edges.get(fact) or nodes.get(fact) for fact in dict.fromkeys(facts)]
    return [thing for thing in found if thing is not None], nodes


def _text(thing: Node | Edge, names: Mapping[str, Node], schema: Schema) -> str:
    language = session.language()
    if isinstance(thing, Node):
        return thing.name_in(language)
    source, target = (names.get(id, Node(id, "")) for id in (thing.source, thing.target))
    return edge_sentence(schema, thing, source, target, language)


def _words(store: Store, target: Target, things: Sequence[Node | Edge], language: str) -> list[Word]:
    """What people said of these very facts; of a node itself also what keeps a tie of it out of the graph."""
    ends = {end for fact in target.facts for end in (fact.split("|")[1:3] if "|" in fact else [fact])}
    there = {thing.id for thing in things}
    wanted = {*target.facts, *there}
    found = words_on(store, load_schema(), ends, language=language)
    return [word for word in found if any(s.about in wanted for s in word.statements)]


def _take_back(store: Store, said: Sequence[Word]) -> None:
    """What was said already, each with a button that takes it back."""
    language = session.language()
    for word in said:
        with st.container(key=f"correct_said_{word.key}", horizontal=True, vertical_alignment="center", gap="small"):
            st.html(f'<div class="ponte-panel">{html_said(word)}</div>')
            if st.button(translate("Take back", language), key=f"correct_back_{word.key}", type="tertiary"):
                with session.errors_as_sentences():
                    say(store, taken_back=word.statements)
                    st.rerun()
