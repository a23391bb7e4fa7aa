"""Show what a query returned: its rows in words, files of them, and the picture of the names in them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from graph.answers import sources_behind
from graph.answers.describing import shown
from graph.layout import place
from graph.model import Cut, Edge, Node, QueryResult, Subgraph, ordered
from graph.render.screen import canvas_data
from graph.render.tables import cell, plain, to_csv, to_json, to_xlsx
from graph.schema import Schema
from graph.store import Store
from graph.view import ViewSpec, make_scene, source_line
from graph.words import edge_name, language_name, number, translator
from screens import correcting, session
from screens.canvas import canvas
from screens.take_away import Drawn, take_away

MOST_DRAWN = 300
Again = Callable[[Store], QueryResult]
SAID = ("list", "what", "detail", "year", "how")
"""Columns of saved questions whose texts are the question's own words."""


def show_result(store: Store, result: QueryResult, schema: Schema, key: str, title: str, again: Again, *, in_words: bool = True) -> None:
    """The rows of a result with its picture, or a sentence where there are none; `again` and `in_words` as in `show_rows`."""
    show_rows(store, result, schema, key, again, in_words=in_words)
    if result.subgraph.nodes:
        _picture(store, result.subgraph, schema, key, title, again)


def show_rows(store: Store, result: QueryResult, schema: Schema, key: str, again: Again, *, in_words: bool = True) -> None:
    """The rows of a result, and files of them: `in_words` of the reader's language, else as the query returned them.

    `again` asks the same of another store: where a source is internal, files hold what the graph answers without it.
    """
    language = session.language()
    _ = translator(language)
    said = _("{count} rows in {seconds} s", count=number(len(result.rows), language), seconds=number(max(0.01, round(result.seconds, 2)), language))
    if result.truncated:
        said += ". " + _("Cut after {count} rows: narrow the question to see the rest.", count=number(len(result.rows), language))
    st.caption(session.plain_label(said))
    if not result.rows:
        st.info(_("Nothing in the record answers this."))
        return
    columns, rows = _table(result, schema, language, in_words=in_words)
    session.no_copies(store)
    table = st.dataframe([dict(zip(columns, row, strict=True)) for row in rows], hide_index=True, height=min(420, 38 + 35 * len(rows)), key=f"{key}_table",
                         on_select="rerun", selection_mode="single-row")
    kept = session.kept_inside(store, store.version())
    if kept:
        st.caption(_("Internal sources are left out of every file."))

    def leaving() -> QueryResult:
        return again(session.leaving(store)) if kept else result

    def as_json() -> bytes | str:
        found = leaving()
        return to_json(found.columns, [[plain(v) for v in row] for row in found.rows], truncated=found.truncated)

    makers = (("CSV", "csv", "text/csv", lambda: to_csv(*_table(leaving(), schema, language, in_words=in_words))),
              ("Excel", "xlsx", None, lambda: to_xlsx(*_table(leaving(), schema, language, in_words=in_words))), ("JSON", "json", "application/json", as_json))
    with st.container(horizontal=True, gap="small"):
        for label, ending, mime, make in makers:
            st.download_button(label, make, f"{key}.{ending}", mime, key=f"{key}_{ending}", on_click="ignore", type="tertiary")
        if any(map(_facts, result.rows)):
            facts = [fact for number in table.selection.rows if number < len(result.rows) for fact in _facts(result.rows[number])]
            st.button(_("Add or correct"), key=f"{key}_correct", on_click=correcting.open_on, args=(facts,), disabled=not facts, type="tertiary",
                      help=None if facts else _("Choose a row of the table first"))


def _facts(row: Sequence[Any]) -> list[str]:
    """The ids of what a row is about, ties first, those in lists too."""
    things = [inner for value in row for inner in (value if isinstance(value, list | tuple) else (value,))]
    ties = [thing.id for thing in things if isinstance(thing, Edge)]
    return list(dict.fromkeys([*ties, *(thing.id for thing in things if isinstance(thing, Node))]))


def _table(result: QueryResult, schema: Schema, language: str, *, in_words: bool) -> tuple[list[str], list[list[str | int | float]]]:
    """Headings and cells."""
    columns = [heading(column, schema, language) if in_words else column for column in result.columns]
    return columns, [[_value(column, value, schema, language) if in_words else _raw(value, language)
                      for column, value in zip(result.columns, row, strict=True)] for row in result.rows]


def heading(column: str, schema: Schema, language: str) -> str:
    """A column's name as words: the schema's for a property, the catalogue's where it has some."""
    words = column.replace("_", " ")
    return schema.label(column, language) if column in schema.properties else translator(language)(words[:1].upper() + words[1:])


def _raw(value: Any, language: str) -> str | int | float:
    """A value as it was returned; a name instead of a node."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return value.name_in(language) if isinstance(value, Node) else cell(value)


def _value(column: str, value: Any, schema: Schema, language: str) -> str | int | float:
    """A value in words: names in the reader's language, roles and kinds translated; numbers stay numbers."""
    _ = translator(language)
    match value:
        case Edge():
            return edge_name(schema, value.kind, language)
        case list() | tuple():
            return "; ".join(str(_value(column, inner, schema, language)) for inner in value)
        case str() if column == "disputed":
            return schema.label(value, language)
        case str() if column == "tie" and value in schema.edges:
            return edge_name(schema, value, language)
        case str() if column == "language":
            return language_name(value, language) if value else _("unknown")
        case str() if schema.holds(column.split("_of_")[0]) == "word":
            return shown(column.split("_of_")[0], value, schema, language)
        case str() if column in SAID:
            return _(value)
    return _raw(value, language)


def _picture(store: Store, found: Subgraph, schema: Schema, key: str, title: str, again: Again) -> None:
    """The names of a result with the ties among them."""
    subgraph, spec = _drawn(store, store.key(), found, title)
    if not subgraph.nodes:
        return
    scene = make_scene(subgraph, spec, schema)
    view = "|".join((key, str(hash(tuple(node.id for node in subgraph.nodes)))))
    canvas({**canvas_data(scene), "view": view, "selected": "", "moved": {}, "labels": True}, f"{key}_canvas")
    if scene.notes:
        st.caption(session.plain_label("; ".join(scene.notes)))

    def without(public: Store) -> Drawn:
        drawn, told = _drawn(public, f"{store.key()} public", again(public).subgraph, title)
        return drawn, replace(told, positions=spec.positions)

    take_away(store, (subgraph, spec), schema, key, "ponte-query", without)


def _drawn(store: Store, version: str, found: Subgraph, title: str) -> Drawn:
    """The picture of what was found: the ties that a query returned, else all among its names."""
    language = session.language()
    subgraph = found if found.edges else _tied(store, version, tuple(node.id for node in found.nodes))
    return subgraph, ViewSpec(title=title, language=language, positions=place(subgraph), on=session.today(), theme=session.theme(), version=store.version(),
                              source_line=source_line(sources_behind(store, [edge.id for edge in subgraph.edges]), language), layers=store.layers_on())


@st.cache_data(show_spinner=False, max_entries=32)
def _tied(_store: Store, version: str, ids: tuple[str, ...]) -> Subgraph:
    found = _store.subgraph(ids[:MOST_DRAWN])
    left = len(ids) - MOST_DRAWN
    return ordered(found.nodes, found.edges, Cut("nodes", left)) if left > 0 else found
