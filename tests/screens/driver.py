"""Use a screen as a reader does, without a browser: read its words, look at its picture, press, type, and click in the canvas."""

import html
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

ON_THE_LOCAL_SERVER = pytest.mark.parametrize("settings", ["local"], indirect=True, scope="session")
"""For what a screen does with what it was given: test_servers.py goes through every screen on both servers."""

MAIN = Path(__file__).parents[2] / "screens" / "main.py"
SECONDS = 60
SAID = ("markdown", "caption", "info", "warning", "error", "success", "button", "expander", "tab", "link_button", "download_button")


def _one(name: str) -> None:
    """A screen by itself, as screens/main.py shows it: AppTest does not switch between function pages."""
    import importlib

    from graph.settings import read_settings
    from screens import session

    settings = read_settings()
    importlib.import_module(f"screens.{name}").show(session.ready_store(settings), settings)


class Screen:
    """One visit. `link` is what stands in the address, by parameter."""

    def __init__(self, test: AppTest, link: Mapping[str, str]) -> None:
        self.test = test
        test.query_params.update(link)
        self._done: dict[str, list[dict[str, Any]]] = {}
        self.run()

    @classmethod
    def app(cls, **link: str) -> "Screen":
        """The whole app, on Explore."""
        return cls(AppTest.from_file(MAIN, default_timeout=SECONDS), link)

    @classmethod
    def only(cls, name: str, link: Mapping[str, str] | None = None) -> "Screen":
        """One screen without what stands around it."""
        return cls(AppTest.from_function(_one, default_timeout=SECONDS, kwargs={"name": name}), link or {})

    def run(self) -> "Screen":
        """Draw it again; a traceback on screen is a failure of every test."""
        self.test.run()
        assert not self.test.exception, self.test.exception[0].value
        return self

    # -- what is seen

    @property
    def link(self) -> dict[str, str]:
        """The parameters of the address."""
        return {name: str(value) for name, value in self.test.query_params.items()}

    @property
    def html(self) -> str:
        """All HTML that the screen puts on the page, but for the style."""
        return "\n".join(found.value for found in self.test.get("html") if "<style>" not in found.value)

    @property
    def text(self) -> str:
        """The words on the screen, as a reader sees them."""
        return "\n".join((words(self.html), *(self.said(kind) for kind in SAID)))

    def said(self, kind: str) -> str:
        """The words of one kind of element ("warning", "button" …)."""
        return "\n".join(unescaped(str(getattr(found, "label", "") or found.value)) for found in self.test.get(kind))

    @property
    def lead(self) -> str:
        """The sentence over the picture and the line under it."""
        return words("".join(part for part in self.html.splitlines() if "ponte-lead" in part))

    @property
    def panel(self) -> str:
        """The words of the panel beside the picture."""
        return words("".join(part for part in self.html.splitlines() if "data-panel" in part))

    @property
    def keys(self) -> set[str]:
        """The keys of everything that can be pressed."""
        return {str(found.key) for found in self.test.button}

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The last table on the screen."""
        found: list[dict[str, Any]] = self.test.dataframe[-1].value.to_dict("records")
        return found

    # -- the picture

    @property
    def data(self) -> dict[str, Any]:
        """What the last canvas was given."""
        canvas = self.test.get("bidi_component")[-1]
        found: dict[str, Any] = json.loads(canvas.proto.json)
        return {name: value for name, value in found.items() if name != "seen"}

    @property
    def shown(self) -> set[str]:
        """The ids of what is in the picture."""
        return {node["id"] for node in self.data["nodes"]}

    @property
    def places(self) -> dict[str, tuple[float, float]]:
        """Where it stands."""
        return {node["id"]: (node["x"], node["y"]) for node in self.data["nodes"]}

    @property
    def names(self) -> set[str]:
        """The names under it."""
        return {node["name"] for node in self.data["nodes"]}

    # -- what is done

    def press(self, key: str) -> "Screen":
        """Press a button."""
        self.test.button(key=key).click()
        return self.run()

    def type(self, key: str, text: str) -> "Screen":
        """Write into a field and leave it."""
        fields = [*self.test.text_input, *self.test.text_area]
        next(field for field in fields if field.key == key).set_value(text)
        return self.run()

    def set(self, kind: str, key: str, value: Any) -> "Screen":
        """Choose in a selectbox, multiselect, number_input, checkbox or toggle, whose key may go on with what it shows."""
        next(found for found in self.test.get(kind) if str(found.key).startswith(key)).set_value(value)
        return self.run()

    def do(self, canvas: str, type: str, **event: Any) -> "Screen":
        """Do something in the picture: the canvas keeps what was done, numbered, until it has more than it can keep."""
        done = self._done.setdefault(canvas, [])
        done.append({"seq": len(done) + 1, "type": type, **event})
        self.test.session_state[canvas] = {"outbox": {"id": 7, "events": done[-25:]}}
        return self.run()


def words(markup: str) -> str:
    """The text of HTML."""
    return html.unescape(re.sub(r"<[^>]*>", " ", markup))


def unescaped(text: str) -> str:
    """A text without the backslashes that keep Streamlit from reading it as Markdown."""
    return re.sub(r"\\(.)", r"\1", text)
