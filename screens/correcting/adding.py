"""Ask for a fact that is missing: a tie to something known or new, or a property that nobody has stated."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from graph.model import Node, Statement
from graph.schema import EdgeKind, Schema
from graph.store import Store
from graph.words import edge_name, kind_name, translator
from loaders.desk import corrections
from loaders.desk.corrections import Speaker
from screens import session
from screens.correcting.values import ask_value, editable, label

Build = Callable[[Speaker], tuple[Statement, ...]]
NEW = "new:"
MOST_HITS = 6


@dataclass(frozen=True, slots=True)
class Missing:
    """What can be added to a node: a tie of a kind, read from its start or its end, or a property."""

    kind: str = ""
    reverse: bool = False
    property: str = ""


def add_form(store: Store, node: Node, schema: Schema) -> Build | None:
    """What to add to a node; None until enough is said."""
    _ = translator(session.language())
    chosen = st.selectbox(_("What is missing?"), _possible(node, schema), key=f"add_what_{node.kind}", format_func=lambda missing: _title(missing, schema))
    if chosen.property:
        said = ask_value(chosen.property, schema.nodes[node.kind], schema, f"add_value_{chosen.property}")
        return partial(corrections.another_value, thing=node, property=chosen.property, value=said, store=store, schema=schema,
                       rule="added") if said else None
    return _tie_form(store, node, chosen, schema)


def _possible(node: Node, schema: Schema) -> list[Missing]:
    ties = []
    for kind, spec in schema.edges.items():
        if node.kind in spec.sources:
            ties.append(Missing(kind))
        if node.kind in spec.targets and spec.directed:
            ties.append(Missing(kind, reverse=True))
    own = [Missing(property=name) for name in editable(schema.nodes[node.kind]) if name != "name" and node.properties.get(name, "") == ""]
    return [*ties, *own]


def _title(missing: Missing, schema: Schema) -> str:
    if missing.property:
        return label(missing.property, schema)
    name = edge_name(schema, missing.kind, session.language(), reverse=missing.reverse)
    return f"{name[:1].upper()}{name[1:]} …"


def _tie_form(store: Store, node: Node, chosen: Missing, schema: Schema) -> Build | None:
    spec = schema.edges[chosen.kind]
    other = _other_end(store, spec, chosen, schema)
    with st.container(horizontal=True, gap="small"):
        said = {name: str(ask_value(name, spec, schema, f"add_{chosen.kind}_{name}")) for name in editable(spec)}
    choices = {name: words[0] for name, words in spec.choices.items() if len(words) == 1}
    if not other:
        return None

    def build(speaker: Speaker) -> tuple[Statement, ...]:
        new: tuple[Statement, ...] = ()
        end = other
        if other.startswith(NEW):
            kind, name = other.removeprefix(NEW).split(":", 1)
            new = corrections.added_node(speaker, kind, name, (found.id for found in store.seeing(None).names()))
            end = new[0].subject
        source, target = (end, node.id) if chosen.reverse else (node.id, end)
        return (*new, *corrections.added_tie(speaker, chosen.kind, source, target, {**choices, **said}, schema))

    return build


def _other_end(store: Store, spec: EdgeKind, chosen: Missing, schema: Schema) -> str:
    """The id of the other end, or what it is to be: known names first, as they are typed; "" until one is chosen."""
    language = session.language()
    _ = translator(language)
    kinds = sorted(spec.sources if chosen.reverse else spec.targets)
    text = st.text_input(_("Name of the other"), key=f"add_other_{chosen.kind}_{chosen.reverse}", live=True, icon=":material/search:")
    if not text.strip():
        return ""
    index = session.name_index(store)
    hits = index.search(text, kinds=kinds, limit=MOST_HITS)
    titles = {hit.id: f"{index.own_name(hit.id)} · {kind_name(schema, hit.kind, language)}" for hit in hits}
    for kind in kinds:
        titles[f"{NEW}{kind}:{text}"] = _("New: {name}", name=f"{text.strip()} · {kind_name(schema, kind, language)}")
    chosen_id = st.radio(_("Which one?"), list(titles), format_func=lambda hit: session.plain_label(titles[hit]), key=f"add_hit_{chosen.kind}_{text}")
    return chosen_id or ""
