"""Paths: what connects two names, drawn and in sentences with numbered sources."""

from collections.abc import Callable
from dataclasses import replace
from html import escape
from urllib.parse import quote

import streamlit as st

from graph.answers import Connection, Sentence, connect, first_view, resolve
from graph.errors import PonteError
from graph.layout import place
from graph.model import Subgraph, is_date
from graph.render.screen import canvas_data
from graph.schema import Schema, load_schema
from graph.search import NameIndex
from graph.settings import Settings
from graph.store import Store
from graph.view import ViewSpec, make_scene, source_line
from graph.words import error_text, kind_name, translate, translate_count, translator
from screens import correcting, layers, session
from screens.canvas import canvas, new_events
from screens.take_away import Drawn, take_away
from screens.view_state import listed

CANVAS = "paths_canvas"
AVOIDABLE = ("Network", "Agreement", "Leader", "Event", "Sector", "Country", "Organisation", "Place")
MOST_STEPS = 6


def show(store: Store, settings: Settings) -> None:
    """Draw the screen."""
    _ = translator(session.language())
    schema, version = load_schema(), store.version()
    for event in new_events(CANVAS):
        if event["type"] == "select":
            st.session_state["paths_node"] = event["node"]
        elif event["type"] == "correct":
            correcting.take(event)
    region = session.region(session.name_index(store), settings)
    seen = store.seeing(layers.switched_on(store, version, "paths"))
    asked = _form(store, seen, version, region, schema)
    if asked is None:
        return
    start, end, steps, day, avoid, kinds = asked
    key = seen.key()
    found = _connected(seen, key, start, end, steps, day, avoid, kinds, session.language())
    session.keep_in_link(**{"from": start, "to": end, "steps": "" if steps == 4 else str(steps), "on": day, "avoid": ",".join(avoid),
                            "off": ",".join(kinds), "lang": session.language()})
    ends = (start, end)
    left, right = st.columns([0.55, 0.45], gap="medium")
    with left:
        _picture(seen, found, version, day, schema, lambda public: _connected(public, f"{key} public", start, end, steps, day, avoid, kinds,
                                                                                session.language()) if len(public.get(ends)) == 2 else None)
    with right:
        _sentences(found, steps)
    correcting.show_dialog(store, settings)


def _form(store: Store, seen: Store, version: str, region: str, schema: Schema) -> tuple[
        str, str, int, str, tuple[str, ...], tuple[str, ...]] | None:
    """The two names and the conditions; None until both are known. To begin with, the parties of the newest agreement."""
    _ = translator(session.language())
    index = session.name_index(seen)
    first, second = st.query_params.get("from", ""), st.query_params.get("to", "")
    if not first and not second:
        first, second = _newest_partners(store, version, region)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        start = st.text_input(_("From"), value=_own(index, first), key="paths_from", placeholder="Lombardia", width=260)
        st.button("⇄", key="paths_swap", help=_("Swap"), on_click=_swap)
        end = st.text_input(_("To"), value=_own(index, second), key="paths_to", placeholder="Vlaanderen", width=260)
        steps = st.number_input(_("Steps at the most"), 1, MOST_STEPS, _number(st.query_params.get("steps", ""), 4), key="paths_steps", width=150)
        with st.popover(_("Conditions"), key="paths_more"):
            day = st.text_input(_("As of (2019, 2019-04, 2019-04-30)"), value=st.query_params.get("on", ""), key="paths_on")
            names = st.text_input(_("Names to avoid, separated by semicolons"), value="; ".join(_own(index, i) for i in _parts("avoid")), key="paths_avoid")
            kinds = st.multiselect(_("Kinds to avoid"), AVOIDABLE, default=[k for k in _parts("off") if k in AVOIDABLE], key="paths_off",
                                   format_func=lambda kind: kind_name(schema, kind, session.language(), 2))
            layers.choose(store, version, "paths")
    layers.say_absent(store, version, "paths")
    if not start or not end:
        st.info(_("Type two names, in any language: for example Lombardia and Vlaanderen."))
        return None
    try:
        first, second, *avoid = (resolve(index, name, seen, schema, session.language())
                                 for name in (start, end, *(name for name in names.split(";") if name.strip())))
    except PonteError as problem:
        st.warning(session.plain_label(error_text(problem, session.language())))
        return None
    if first == second:
        st.warning(_("Both names mean the same. Name another."))
        return None
    if day and not is_date(day):
        st.warning(_("“{text}” is no date. Write it as 2019, 2019-04 or 2019-04-30.", text=session.plain_label(day)))
        return None
    return first, second, int(steps), day, tuple(avoid), tuple(kinds)


@st.cache_data(show_spinner=False, max_entries=16)
def _newest_partners(_store: Store, version: str, region: str) -> tuple[str, str]:
    first, second, *_ = (*first_view(_store, region=region).focus, "", "")
    return first, second


@st.cache_data(show_spinner="…", max_entries=64)
def _connected(_store: Store, version: str, start: str, end: str, steps: int, day: str, avoid: tuple[str, ...], kinds: tuple[str, ...],
               language: str) -> Connection:
    return connect(_store, load_schema(), start, end, on=day, avoid=avoid, kinds_avoided=kinds, max_steps=steps, language=language)


def _picture(store: Store, found: Connection, version: str, day: str, schema: Schema, again: Callable[[Store], Connection | None]) -> None:
    language = session.language()
    _ = translator(language)
    ends = (found.start.id, found.end.id)
    spec = _spec(store, found, version, day)
    data = canvas_data(make_scene(found.subgraph, spec, schema))
    canvas({**data, "view": "|".join((version, *ends, day, str(len(found.subgraph.nodes)))), "selected": "", "moved": {}, "labels": True}, CANVAS, heard=True)

    def without(public: Store) -> Drawn:
        other = again(public)
        return (other.subgraph, replace(_spec(public, other, version, day), positions=spec.positions)) if other else (Subgraph(), ViewSpec(language=language))

    with st.container(horizontal=True, vertical_alignment="center"):
        take_away(store, (found.subgraph, spec), schema, "paths", "ponte-path", without)
        kept = "".join(f"&{name}={quote(value)}" for name, value in (("layers", listed(spec.layers)), ("lang", language)) if value)
        st.link_button(_("Open in Explore"), f"explore?around={ends[0]},{ends[1]}{kept}", type="tertiary")
        if node := st.session_state.get("paths_node"):
            names = {n.id: n.name_in(language) for n in found.subgraph.nodes}
            if node in names:
                st.link_button(session.plain_label(_("About {name}", name=names[node])), f"explore?around={node}&sel={node}{kept}", type="tertiary")


def _spec(store: Store, found: Connection, version: str, day: str) -> ViewSpec:
    language = session.language()
    ends = (found.start.id, found.end.id)
    title = translate("What connects {one} and {other}", language, one=found.start.name_in(language), other=found.end.name_in(language))
    return ViewSpec(title=title, language=language, positions=place(found.subgraph, focus=ends), focus=ends, path=found.stressed, on=day or session.today(),
                    theme=session.theme(), version=version, source_line=source_line([c.source for c in found.citations], language),
                    layers=store.layers_on())


def _sentences(found: Connection, steps: int) -> None:
    language = session.language()
    _ = translator(language)
    one, other = found.start.name_in(language), found.end.name_in(language)
    if found.sentences:
        title = _("What {one} and {other} have in common", one=one, other=other)
        st.html(f'<div class="ponte-panel"><h3>{escape(title)}</h3><ul>{"".join(map(_item, found.sentences))}</ul></div>')
    if found.paths:
        count = len(found.paths[0].path.edges)
        title = translate_count("Shortest paths: {count} step", "Shortest paths: {count} steps", count, language)
        rows = "".join(_item(told.sentence) for told in found.paths)
        st.html(f'<div class="ponte-panel" data-paths="{len(found.paths)}"><h4>{escape(title)}</h4><ol>{rows}</ol></div>')
        if found.cut:
            st.caption(translate_count("{count} more path is left out.", "{count} more paths are left out.", found.cut.left_out, language))
    else:
        st.warning(translate_count("No path of at most {count} step. Allow more steps, another date, or avoid fewer names.",
                                   "No path of at most {count} steps. Allow more steps, another date, or avoid fewer names.", steps, language))
    if not found.citations:
        return
    with st.expander(translate_count("{count} source", "{count} sources", len(found.citations), language), expanded=True):
        st.html("".join(map(session.html_source, found.citations)))


def _item(sentence: Sentence) -> str:
    correct = correcting.act(sentence.facts, translate("correct", session.language())) if sentence.facts else ""
    return (f"<li>{escape(sentence.text)}{correcting.html_words(sentence.words)}{session.html_conflict(sentence.disputed)}"
            f"{session.html_cites(sentence.cites)}{correct}</li>")


def _own(index: NameIndex, id: str) -> str:
    try:
        return index.own_name(index.resolve(id), session.language()) if id else ""
    except PonteError:
        return id


def _parts(name: str) -> list[str]:
    return [part for part in st.query_params.get(name, "").split(",") if part]


def _number(text: str, usual: int) -> int:
    return min(MOST_STEPS, max(1, int(text))) if text.isdecimal() and len(text) < 4 else usual


def _swap() -> None:
    state = st.session_state
    state["paths_from"], state["paths_to"] = state.get("paths_to", ""), state.get("paths_from", "")
