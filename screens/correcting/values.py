"""Ask for one value of a property: a word of a few, a date, a number or a text; what is private or derived is not asked for."""

import streamlit as st

from graph.answers.describing import shown
from graph.model import Value
from graph.schema import EdgeKind, NodeKind, Schema
from graph.words import LANGUAGES, language_name, translate, translator
from screens import session

DERIVED = frozenset({"as_stated", "term", "nuts_level", "status_as_of", "founder", "lat", "lon"})
PRIVATE = frozenset({"party"})
"""A person's party is shown by no form: only public offices are recorded here."""
ELSEWHERE = frozenset({"country", "for", "acting", "parties_complete", "aims"})
"""What is no single value that a field could hold."""


def editable(spec: NodeKind | EdgeKind) -> list[str]:
    """What a person may say of a node or a tie of this kind, names first, then in the schema's order."""
    if isinstance(spec, NodeKind):
        names = ["name", *(f"name_{language}" for language in LANGUAGES if language != "en"), *spec.properties]
    else:
        order = ("office", "office_kind", "role", "since", "until", "date", "portfolio", "topic", "relation", "brief", "framework", "period")
        names = sorted(spec.qualifiers, key=lambda name: order.index(name) if name in order else len(order))
    return [name for name in names if name not in DERIVED | PRIVATE | ELSEWHERE and len(spec.choices.get(name, ())) != 1]


def label(name: str, schema: Schema) -> str:
    """What a property is called."""
    if name.startswith("name_"):
        language = session.language()
        return translate("name in {language}", language, language=language_name(name.removeprefix("name_"), language))
    return schema.label(name, session.language())


def told(name: str, value: Value, schema: Schema) -> str:
    """A value as people read it."""
    return shown(name, value, schema, session.language())


def ask_value(name: str, spec: NodeKind | EdgeKind, schema: Schema, key: str, present: Value = "") -> Value:
    """What a person enters; "" for nothing."""
    _ = translator(session.language())
    choices = spec.choices.get(name, ())
    if choices:
        chosen = st.selectbox(label(name, schema), choices, index=None, key=key, format_func=lambda word: told(name, word, schema))
        return chosen or ""
    if schema.holds(name) == "number":
        number = st.number_input(label(name, schema), value=None, key=key, step=1)
        return "" if number is None else int(number)
    place = {"date": "2026, 2026-05, 2026-05-14", "link": "https://"}.get(schema.holds(name), "")
    return st.text_input(label(name, schema), key=key, placeholder=place, max_chars=2000).strip()
