"""Visit the app in Chromium: click where a node is drawn, wait for what the page says of itself, and notice what it should not do."""

import re
import shutil
from collections.abc import Mapping
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, expect

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync"]
SECONDS = 60
"""How long a page may take under load; a wait ends as soon as what it waits for is there."""
expect.set_options(timeout=SECONDS * 1000)
HERE = ("127.0.0.1", "")
"""Hosts that a page may ask: its own server, and none at all (data: and blob:)."""
WHOLE = '[data-testid="stApp"]'
WHERE = """(host, id) => {
  const at = host.ponte.network.canvasToDOM(host.ponte.network.getPosition(id));
  const box = host.getBoundingClientRect();
  return [box.left + at.x, box.top + at.y];
}"""
PLACES = "(host) => host.ponte.network.getPositions()"
Place = Mapping[str, float]


def find_chromium() -> str | None:
    """The path of Chromium on this machine, if there is one."""
    return shutil.which("chromium")


class Visit:
    """One reader's page. `troubles` collects requests to elsewhere and whatever the console says; a test must end without any."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.troubles: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("request", self._notice_request)
        self.page.set_default_timeout(SECONDS * 1000)
        self.page.on("console", self._notice_console)
        self.page.on("pageerror", lambda error: self.troubles.append(f"uncaught: {error}"))
        self.page.on("websocket", lambda socket: self._notice(socket.url))

    def _notice(self, url: str) -> None:
        if urlsplit(url).hostname not in (None, *HERE):
            self.troubles.append(f"asked {url}")

    def _notice_request(self, request: Request) -> None:
        self._notice(request.url)

    def _notice_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    # -- what is seen

    def open(self, path: str = "/") -> "Visit":
        """Go to a page and wait until it is there."""
        self.page.goto(self.address + path, wait_until="commit")
        self.settled()
        return self

    def settled(self) -> None:
        """Return when the page has its app, the last run of the screen has ended and its foot is there."""
        self.connected()
        expect(self.page.locator(".st-key-ponte_foot")).to_be_visible(timeout=SECONDS * 1000)
        expect(self.page.locator(WHOLE)).to_have_attribute("data-test-script-state", "notRunning")

    def connected(self, yes: bool = True) -> None:
        """Wait until the page has found its app, or has noticed that it is gone."""
        state = expect(self.page.locator(WHOLE))
        (state.to_have_attribute if yes else state.not_to_have_attribute)("data-test-connection-state", "CONNECTED")

    @property
    def picture(self) -> Locator:
        """The canvas, when it is ready."""
        host = self.page.locator('.ponte-host[data-ready="1"]:visible')
        expect(host).to_have_count(1)
        return host

    @property
    def panel(self) -> Locator:
        """The panel beside the picture."""
        return self.page.locator(".st-key-explore_details")

    @property
    def count(self) -> int:
        """How many nodes are in the picture."""
        return int(self.picture.get_attribute("data-nodes") or 0)

    def places(self) -> dict[str, tuple[int, int]]:
        """Where every node stands, in canvas units."""
        found: dict[str, Place] = self.picture.evaluate(PLACES)
        return {id: (round(at["x"]), round(at["y"])) for id, at in found.items()}

    def where(self, node: str) -> tuple[float, float]:
        """Where a node is on the screen."""
        x, y = self.picture.evaluate(WHERE, node)
        return x, y

    # -- what is done, and what is waited for

    def click(self, node: str) -> None:
        """Click on a node."""
        self.page.mouse.click(*self.where(node))

    def double_click(self, node: str) -> None:
        """Click twice on a node."""
        self.page.mouse.dblclick(*self.where(node))

    def drag(self, node: str, by: tuple[float, float]) -> None:
        """Take a node and let it go elsewhere."""
        x, y = self.where(node)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + by[0] / 2, y + by[1] / 2, steps=4)
        self.page.mouse.move(x + by[0], y + by[1], steps=4)
        self.page.mouse.up()

    def fill(self, label: str, text: str) -> None:
        """Write into a field and leave it."""
        field = self.page.get_by_label(label, exact=True).locator("visible=true")
        field.fill(text)
        field.press("Tab")

    def press(self, name: str) -> None:
        """Press a button by its name."""
        self.page.get_by_role("button", name=name, exact=True).locator("visible=true").click()

    def selected(self, node: str) -> None:
        """Wait until a node is chosen, and the panel beside the picture is about it."""
        expect(self.picture).to_have_attribute("data-selected", node)
        self.settled()

    def shows(self, count: int) -> None:
        """Wait until so many nodes are in the picture."""
        expect(self.picture).to_have_attribute("data-nodes", str(count))

    def address_holds(self, text: str) -> None:
        """Wait until the address holds a text."""
        self.page.wait_for_url(re.compile(re.escape(text)), wait_until="commit")
