"""Show what is known of one thing beside the picture: facts with their time, conflicts, sources with their quotes.

Names and numbers in it are links; screens/canvas/links.js turns them into what a click on the picture does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from graph.answers import Citation, Description, Disagreement, Evidence, Group, Line
from graph.answers.describing import Side, shown
from graph.answers.telling import Teller, disputed
from graph.model import Edge, Node
from graph.record import Conflict, conflicts, held_back, independent_sources, makes_fact
from graph.schema import Schema
from graph.store import Store
from graph.words import edge_name, translate, translate_count, translator
from screens import session
from screens.correcting import act, html_words

LINES_SHOWN = 8
CODES_LAST = ("Region", "Country", "Place", "Leader", "Sector")
"""Kinds of which codes and numbers are what a reader wants last."""


def show_description(found: Description, said: str = "") -> None:
    """The facts of a description, its conflicts, what people `said` of it (as HTML), and its sources."""
    language = session.language()
    own = [group for group in found.groups if not group.kind]
    ties = [group for group in found.groups if group.kind]
    groups = [*ties, *own] if found.node.kind in CODES_LAST else [*own, *ties]
    parts = [f'<h3 data-panel="{escape(found.node.id, quote=True)}">{escape(found.node.name_in(language))}</h3>',
             f'<p class="ponte-quiet">{escape(found.summary)}</p>', _conflicts(found.disagreements, found.citations),
             *(_group(group, found.citations) for group in groups), said, _sources(found.citations)]
    if found.silence:
        parts.append(f'<p class="ponte-quiet">{escape(found.silence)}</p>')
    if found.cut:
        left = translate_count("{count} more tie is not shown.", "{count} more ties are not shown.", found.cut.left_out, language)
        parts.append(f'<p class="ponte-quiet">{escape(left)}</p>')
    st.html(f'<div class="ponte-panel">{"".join(parts)}</div>')


def show_tie(store: Store, edge: Edge, nodes: Sequence[Node], schema: Schema, on: str) -> None:
    """The evidence behind a line of the picture: its sentence, what else is recorded of it, its conflicts and sources."""
    language = session.language()
    _ = translator(language)
    evidence = Evidence.load(store, [edge.id])
    told = Teller(schema, language, on, {node.id: node for node in nodes}, evidence).edge(edge)
    citations = evidence.citations()
    said = [statement for statements in evidence.about.values() for statement in statements]
    found = [_disagreement(conflict, citations, schema) for conflict in conflicts(said, evidence.sources, schema)]
    ends = " · ".join(_link(node.id, node.name_in(language)) for id in (edge.source, edge.target) for node in nodes if node.id == id)
    back = held_back(said)
    independent = independent_sources([statement for statement in said if statement.id not in back and makes_fact(statement)], evidence.sources)
    count = translate_count("{count} independent source", "{count} independent sources", independent, language) if independent else ""
    st.html(f'<div class="ponte-panel"><h3 data-panel="{escape(edge.id, quote=True)}">{escape(told.text)}</h3>'
            f'<p class="ponte-quiet">{escape(edge_name(schema, edge.kind, language))}{" · " + escape(count) if count else ""}'
            f'{session.html_conflict(disputed(edge))}{html_words(evidence.words(edge.id))}{act([edge.id], _("correct"))}</p><p>{ends}</p>'
            f"{_conflicts(found, citations)}{_sources(citations, unfolded=True)}</div>")


def _disagreement(conflict: Conflict, citations: Iterable[Citation], schema: Schema) -> Disagreement:
    numbers = {citation.source.id: citation.number for citation in citations}
    language = session.language()
    sides = tuple(Side(shown(conflict.property, value, schema, language), tuple(sorted({numbers[s.source] for s in said if s.source in numbers})), value)
                  for value, said in conflict.values)
    return Disagreement("", schema.label(conflict.property, language), sides, conflict.about, conflict.property)


def _group(group: Group, citations: Sequence[Citation]) -> str:
    layers = {line.layer for line in group.lines}
    layer = layers.pop() if len(layers) == 1 else ""
    title = f"<h4>{escape(group.title)} <span class=detail>{len(group.lines)}</span>{_layer(layer)}</h4>" if group.title else "<h4></h4>"
    if layer:  # said once, over all of them
        group = replace(group, lines=tuple(replace(line, layer="") for line in group.lines))
    first = "".join(_line(line, citations) for line in group.lines[:LINES_SHOWN])
    rest = group.lines[LINES_SHOWN:]
    more = translate_count("{count} more", "{count} more", len(rest), session.language())
    later = "".join(_line(line, citations) for line in rest)
    folded = f"<details><summary class=detail>{escape(more)}</summary><ul>{later}</ul></details>" if rest else ""
    return f"{title}<ul>{first}</ul>{folded}"


def _layer(name: str) -> str:
    return f' <span class="detail">· {escape(translate("layer: {name}", session.language(), name=name))}</span>' if name else ""


def _line(line: Line, citations: Sequence[Citation]) -> str:
    text = _link(line.node, line.text) if line.node else escape(line.text)
    detail = f' <span class="detail">{escape(line.detail)}</span>' if line.detail else ""
    correct = act([line.fact], translate("correct", session.language()), property=line.property)
    return (f'<li class="{"past" if line.past else "now"}">{text}{detail}{_layer(line.layer)}{html_words(line.words)}'
            f"{session.html_conflict(line.disputed)}{session.html_cites(line.cites, citations)}{correct}</li>")


def _link(node: str, text: str) -> str:
    return f'<a href="#" data-go="{escape(node, quote=True)}">{escape(text)}</a>'


def _conflicts(found: Sequence[Disagreement], citations: Sequence[Citation]) -> str:
    if not found:
        return ""
    rows = []
    for conflict in found:
        sides = " / ".join(f"<b>{escape(side.value)}</b>{session.html_cites(side.cites, citations)}{_prefer(conflict, number)}"
                           for number, side in enumerate(conflict.sides))
        rows.append(f'<li>{escape(", ".join(filter(None, (conflict.about, conflict.property))))}: {sides}</li>')
    title = session.html_conflict(("",)) + f" <span class=detail>{len(found)}</span>"
    return f'<details class="ponte-conflicts"{" open" if len(found) < 4 else ""}><summary>{title}</summary><ul>{"".join(rows)}</ul></details>'


def _prefer(conflict: Disagreement, number: int) -> str:
    return act([conflict.fact], translate("prefer", session.language()), property=conflict.name, side=str(number))


def _sources(citations: Sequence[Citation], *, unfolded: bool = False) -> str:
    language = session.language()
    if not citations:
        return f'<p class="ponte-quiet">{escape(translate("No source is recorded.", language))}</p>'
    title = translate_count("{count} source", "{count} sources", len(citations), language)
    return (f'<details class="ponte-sources"{" open" if unfolded else ""}><summary><h4 style="display:inline">{escape(title)}</h4></summary>'
            f'{"".join(map(session.html_source, citations))}</details>')
