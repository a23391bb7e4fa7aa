"""Ask what is to be said of a fact: it ended, has another value, is wrong, one side is right, or something is missing."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st

from graph.errors import PonteError
from graph.model import Edge, Node, Source, Statement, Value
from graph.record import Conflict, conflicts
from graph.schema import EdgeKind, NodeKind, Schema, load_schema
from graph.settings import Settings
from graph.store import Store
from graph.words import error_text, mark, translate, translator
from loaders.desk import corrections
from loaders.desk.corrections import Speaker
from loaders.desk.people import reviewer_named
from loaders.desk.recording import say
from screens import session
from screens.correcting.adding import add_form
from screens.correcting.grounds import ask_grounds, ask_name
from screens.correcting.values import ask_value, editable, label, told

Build = Callable[[Speaker], tuple[Statement, ...]]
ENDED, OTHER, WRONG, PREFER, ADD = "ended", "other", "wrong", "prefer", "add"
TITLES = {ENDED: mark("It has ended"), OTHER: mark("Another value"), WRONG: mark("It is wrong"), PREFER: mark("One side is right"), ADD: mark("Add a fact")}


def show_form(store: Store, settings: Settings, thing: Node | Edge, property: str, side: str) -> bool:
    """Draw the form on one fact; true when something was saved."""
    language, schema = session.language(), load_schema()
    _ = translator(language)
    disputed = _disputed(store, thing, schema)
    modes = _modes(thing, schema, disputed)
    first = PREFER if side and PREFER in modes else OTHER if property and OTHER in modes else modes[0]
    mode = st.segmented_control(_("What is to be said?"), modes, default=first, required=True, key=f"correct_mode_{thing.id}",
                                format_func=lambda mode: translate(TITLES[mode], language))
    build = _build(mode or first, store, thing, schema, property, disputed, side)
    grounds, note = ask_grounds("correct")
    name = ask_name(settings, "correct")
    if not st.button(_("Save"), type="primary", key="correct_save"):
        return False
    if build is None:
        st.info(_("Fill in what is to be said."))
        return False
    return _save(store, build, lambda: Speaker(name or reviewer_named(""), grounds, note))


def _save(store: Store, build: Build, speaking: Callable[[], Speaker]) -> bool:
    """Write it; what cannot be is one sentence under the form."""
    try:
        speaker = speaking()
        say(store, build(speaker), sources=[speaker.source])
    except PonteError as problem:
        st.error(session.plain_label(error_text(problem, session.language())))
        return False
    return True


def _modes(thing: Node | Edge, schema: Schema, disputed: Mapping[str, Conflict]) -> list[str]:
    if isinstance(thing, Node):
        return [ADD, OTHER, *([PREFER] if disputed else [])]
    timed = "until" in schema.edges[thing.kind].qualifiers
    other = editable(schema.edges[thing.kind])
    return [*([ENDED] if timed else []), *([OTHER] if other else []), *([PREFER] if disputed else []), WRONG]


def _build(mode: str, store: Store, thing: Node | Edge, schema: Schema, property: str, disputed: Mapping[str, Conflict], side: str) -> Build | None:
    if mode == ADD and isinstance(thing, Node):
        return add_form(store, thing, schema)
    if mode == PREFER:
        return _prefer(store, thing, schema, property, disputed, side)
    if mode == ENDED and isinstance(thing, Edge):
        day = st.text_input(translate("Last day", session.language()), key="correct_until", placeholder="2026, 2026-05, 2026-05-14")
        return partial(corrections.ended, edge=thing, until=day, store=store, schema=schema) if day.strip() else None
    if mode == WRONG and isinstance(thing, Edge):
        st.caption(translate("The tie leaves the graph; what sources say of it stays in the record.", session.language()))
        return partial(corrections.wrong, edge=thing, store=store, schema=schema)
    return _other(store, thing, schema, property)


def _other(store: Store, thing: Node | Edge, schema: Schema, property: str) -> Build | None:
    """Another value of one property; none: the present one is wrong, and the right one is not known."""
    language = session.language()
    _ = translator(language)
    spec: NodeKind | EdgeKind = schema.nodes[thing.kind] if isinstance(thing, Node) else schema.edges[thing.kind]
    names = editable(spec)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        name = st.selectbox(_("Property"), names, index=names.index(property) if property in names else 0, key="correct_property",
                            format_func=lambda name: label(name, schema))
        present = _stated(thing, name)
        said = ask_value(name, spec, schema, f"correct_value_{name}", present)
    if present != "":
        st.caption(session.plain_label(_("Now: {value}. Leave the field empty if you only know that this is wrong.", value=told(name, present, schema))))
    if said:
        return partial(corrections.another_value, thing=thing, property=name, value=said, store=store, schema=schema)
    return partial(corrections.wrong_value, thing=thing, property=name, value=present, store=store, schema=schema) if present != "" else None


def _stated(thing: Node | Edge, name: str) -> Value:
    """The present value as stated; of a derived end none."""
    if isinstance(thing, Edge) and name in ("since", "until"):
        return thing.text(f"{name}_stated")
    return thing.properties.get(name, "")


def _disputed(store: Store, thing: Node | Edge, schema: Schema) -> dict[str, Conflict]:
    """What sources say differently of this fact, by property."""
    if not thing.properties.get("disputed"):
        return {}
    statements = store.statements([thing.id])
    sources = {source.id: source for source in store.sources({statement.source for statement in statements})}
    return {conflict.property: conflict for conflict in conflicts(statements, sources, schema)}


def _prefer(store: Store, thing: Node | Edge, schema: Schema, property: str, disputed: Mapping[str, Conflict], side: str) -> Build | None:
    """Which of the values that sources give; who gives it stands beside it."""
    _ = translator(session.language())
    names = list(disputed)
    name = names[0]
    if len(names) > 1:
        name = st.selectbox(_("Property"), names, index=names.index(property) if property in names else 0, key="correct_disputed",
                            format_func=lambda name: label(name, schema))
    values = disputed[name].values
    sources = {source.id: source for source in store.sources({statement.source for _value, said in values for statement in said})}
    numbers = range(len(values))
    chosen = st.radio(label(name, schema), numbers, index=int(side) if side.isdigit() and int(side) in numbers else 0, key=f"correct_side_{name}",
                      format_func=lambda number: session.plain_label(told(name, values[number][0], schema)),
                      captions=[session.plain_label(_publishers(said, sources)) for _value, said in values])
    return partial(corrections.another_value, thing=thing, property=name, value=values[chosen or 0][0], store=store, schema=schema, rule="preferred")


def _publishers(said: Sequence[Statement], sources: Mapping[str, Source]) -> str:
    found = [sources[statement.source] for statement in said if statement.source in sources]
    return ", ".join(dict.fromkeys(source.publisher or source.title or source.id for source in found))
