"""Host the review desk in a Streamlit component, and hand what a person decided there back to Python.

The scripts are loaded once by address (a route of app.py); a rerun sends data alone.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from screens.canvas import host

HTML = """<div class="desk" tabindex="0" role="listbox"><div class="desk-text"></div>
<div class="desk-side"><p class="desk-problem"></p><div class="desk-add"></div><div class="desk-list"></div><div class="desk-done"></div></div>
<div class="desk-help" hidden></div><div class="desk-live" aria-live="polite"></div></div>"""
SCRIPT = """export default async (component) => {
  return (await import(new URL("desk/desk.js", document.baseURI).href)).default(component);
}
"""
DESK, DONE = "review_desk", "review_done"
"""Keys of the session: the component's own, and what was decided here, for undoing."""
STYLE = Path(__file__).with_name("desk.css").read_text(encoding="utf-8")


def desk(data: Mapping[str, Any]) -> None:
    """Draw the desk; `screens.canvas.new_events` says what a person did there."""
    host(st.components.v2.component("ponte_desk", html=HTML, css=STYLE, js=SCRIPT), data, DESK, heard=True)
