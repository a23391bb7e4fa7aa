"""Host vis-network in a Streamlit component, and hand what a person did there back to Python.

The library and the script are loaded once by address (routes of app.py); a rerun sends data alone.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

HTML = """<div class="ponte"><button class="ponte-fit" type="button" title="0">⤢</button>
<div class="ponte-host" role="application"></div><div class="ponte-legend"></div><div class="ponte-live" aria-live="polite"></div></div>"""
SCRIPT = """export default async (component) => {
  if (!window.vis) await import(new URL("vis/vis-network.min.js", document.baseURI).href);
  return (await import(new URL("canvas/canvas.js", document.baseURI).href)).default(component);
}
"""
STYLE = Path(__file__).with_name("canvas.css").read_text(encoding="utf-8")
Event = Mapping[str, Any]


def canvas(data: Mapping[str, Any], key: str, *, heard: bool = False) -> None:
    """Draw `canvas_data(scene)` and what goes with it: `view` (a new value begins a new picture), `selected`, `labels`, `pinned`.

    With `heard`, the screen asks `new_events` first of all what a person did.
    """
    component = st.components.v2.component("ponte_canvas", html=HTML, css=STYLE, js=SCRIPT)
    host(component, data, key, heard=heard)


def host(component: Callable[..., Any], data: Mapping[str, Any], key: str, *, heard: bool) -> None:
    """Draw a component that keeps what was done in a numbered outbox, and tell it what was heard of."""
    seen = {str(box): number for box, number in _seen(key).items()}  # the browser forgets these
    component(key=key, data={**data, "seen": seen}, on_outbox_change=_changed, height="content")
    if heard and _unseen(key):
        st.rerun()  # a page that outlived a restart of the app: its events arrive with the component, after the screen has asked


def new_events(key: str) -> list[Event]:
    """What was done on a canvas since the last call, in order; safe against repeated and merged reruns."""
    fresh = _unseen(key)
    if fresh:
        _seen(key)[st.session_state[key]["outbox"]["id"]] = fresh[-1]["seq"]
    return fresh


def _unseen(key: str) -> list[Event]:
    box = (st.session_state.get(key) or {}).get("outbox") or {}
    return [event for event in box.get("events", ()) if event["seq"] > _seen(key).get(box.get("id"), 0)]


def _seen(key: str) -> dict[Any, int]:
    """By canvas, the number of the last event that was told."""
    seen: dict[Any, int] = st.session_state.setdefault(f"{key}_seen", {})
    return seen


def _changed() -> None:
    """Streamlit wants to call something for a state to be kept."""
