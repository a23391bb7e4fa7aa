"""Show what is known of one thing beside the picture: facts with their time, conflicts, sources with their quotes."""

from html import escape

import streamlit as st

from graph.answers import Description, Group, Line
from graph.words import translate_count, translator
from screens import session

LINES_SHOWN = 8


def show_description(found: Description) -> None:
    """The facts of a description, its conflicts, and behind a fold its sources."""
    _ = translator(session.language())
    name = escape(found.node.name_in(session.language()))
    st.html(f'<div class="ponte-panel"><h3 data-panel="{escape(found.node.id, quote=True)}">{name}</h3>'
            f'<p class="ponte-quiet">{escape(found.summary)}</p>{"".join(map(_group, found.groups))}{_conflicts(found)}</div>')
    with st.expander(translate_count("{count} source", "{count} sources", len(found.citations), session.language())):
        st.html("".join(map(session.html_source, found.citations)))
    if found.cut:
        st.caption(translate_count("{count} more tie is not shown.", "{count} more ties are not shown.", found.cut.left_out, session.language()))


def _group(group: Group) -> str:
    title = f"<h4>{escape(group.title)} <span class=detail>{len(group.lines)}</span></h4>" if group.title else ""
    first = "".join(map(_line, group.lines[:LINES_SHOWN]))
    rest = group.lines[LINES_SHOWN:]
    more = translate_count("{count} more", "{count} more", len(rest), session.language())
    folded = f"<details><summary class=detail>{escape(more)}</summary><ul>{''.join(map(_line, rest))}</ul></details>" if rest else ""
    return f"{title}<ul>{first}</ul>{folded}"


def _line(line: Line) -> str:
    detail = f' <span class="detail">{escape(line.detail)}</span>' if line.detail else ""
    return (f'<li class="{"past" if line.past else "now"}">{escape(line.text)}{detail}'
            f"{session.html_conflict(line.disputed)}{session.html_cites(line.cites)}</li>")


def _conflicts(found: Description) -> str:
    if not found.disagreements:
        return ""
    title = translator(session.language())("Sources disagree")
    rows = "".join(f"<li>{escape(d.about)}, {escape(d.property)}: " + " / ".join(f"<b>{escape(side.value)}</b>{session.html_cites(side.cites)}" for side in d.sides)
                   + "</li>" for d in found.disagreements)
    return f"<h4>{escape(title)} <span class=detail>{len(found.disagreements)}</span></h4><ul>{rows}</ul>"
