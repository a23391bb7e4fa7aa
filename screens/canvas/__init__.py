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


def canvas(data: Mapping[str, Any], key: str, on_event: Callable[[], None]) -> None:
    """Draw `canvas_data(scene)` and what goes with it: `view` (a new value begins a new picture), `selected`, `labels`, `pinned`.

    `on_event` is called when a person did something; `new_events` says what.
    """
    component = st.components.v2.component("ponte_canvas", html=HTML, css=STYLE, js=SCRIPT)
    component(key=key, data=dict(data), on_outbox_change=on_event, height="content")


def new_events(key: str) -> list[Event]:
    """What was done on a canvas since the last call, in order; safe against repeated and merged reruns."""
    state = st.session_state.get(key) or {}
    box = state.get("outbox") or {}
    seen: dict[Any, int] = st.session_state.setdefault(f"{key}_seen", {})
    fresh = [event for event in box.get("events", ()) if event["seq"] > seen.get(box.get("id"), 0)]
    if fresh:
        seen[box["id"]] = fresh[-1]["seq"]
    return fresh
