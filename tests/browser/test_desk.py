"""The review desk from an empty page to the picture, with three real texts and no mouse."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import filled_app
from tests.browser.driver import Visit
from tests.serving import App

pytestmark = pytest.mark.browser
TEXTS = Path(__file__).parents[1] / "loaders" / "press" / "texts" / "docs"
FOCUSED = """() => { let at = document.activeElement; while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return [at?.getAttribute("aria-label") || "", at?.className || "", at?.value ?? ""]; }"""
MOST_TABS = 40


@pytest.fixture(scope="module")
def filled(readers: dict[str, BrowserContext], tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """An app of its own: what is accepted here stays in its graph."""
    with filled_app(readers["light"], tmp_path_factory.mktemp("desk")) as running:
        yield running


class Keyboard:
    """A reader who has no mouse."""

    def __init__(self, visit: Visit) -> None:
        self.page = visit.page
        self.desk = visit.page.locator(".desk")

    def press(self, *keys: str) -> "Keyboard":
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def to(self, wanted: str) -> "Keyboard":
        """Tab to the field, the button or the list that is called or styled so."""
        for _ in range(MOST_TABS):
            label, style, _value = self.page.evaluate(FOCUSED)
            if wanted in (label, *style.split()):
                return self
            self.press("Tab")
        raise AssertionError(f"{wanted} is not reached with the Tab key")

    def write(self, text: str) -> "Keyboard":
        self.page.keyboard.insert_text(text)
        return self

    @property
    def open(self) -> int:
        return int(self.desk.get_attribute("data-open") or 0)

    def decides(self, *keys: str, left: int) -> None:
        self.press(*keys)
        expect(self.desk).to_have_attribute("data-open", str(left))


@pytest.mark.parametrize("text", ["fr-fwb-que-2024", "de-bw-cat-2022", "it-lom-bav-2024"])
def test_a_text_is_decided_by_keyboard_from_paste_to_picture(visitor, filled, text):
    visit = visitor(filled.address).open("/review?region=none")
    reader = Keyboard(visit)
    reader.to("Your name").write("Ann Keys").press("Tab")
    visit.settled()
    reader.to("Text").write((TEXTS / f"{text}.txt").read_text(encoding="utf-8")).press("Control+Enter")
    expect(reader.desk).to_have_attribute("data-ready", "1")
    count = reader.open
    assert count > 4
    expect(reader.desk).to_be_focused()

    first = reader.desk.get_attribute("data-selected")
    reader.press("j", "k")
    expect(reader.desk).to_have_attribute("data-selected", first or "")
    reader.decides("a", left=count - 1)
    visit.settled()
    reader.decides("u", left=count)
    reader.press("?")
    expect(visit.page.locator(".desk-help")).to_be_visible()
    reader.press("?")

    reader.press("c")
    expect(visit.page.locator(".desk-form")).to_be_visible()
    reader.press("Escape")
    expect(visit.page.locator(".desk-form")).to_have_count(0)
    reader.press("c", "Enter")  # saved as it stands; a tie takes with it what is new at its ends
    expect(reader.desk).not_to_have_attribute("data-open", str(count))

    for _ in range(count):
        left = reader.open
        if not left:
            break
        reader.press("a")
        expect(reader.desk).not_to_have_attribute("data-open", str(left))
    visit.settled()
    expect(visit.page.locator(".desk-empty")).to_be_visible()
    reader.press("d")
    expect(visit.page.locator(".desk-by").first).to_contain_text("Ann Keys (self-declared)")
    reader.press("p")
    visit.address_holds("around=")
    assert visit.count > 3


def test_what_was_decided_is_known_to_who_pastes_the_text_next(visitor, filled):
    visit = visitor(filled.address).open("/review?region=none")
    reader = Keyboard(visit)
    reader.to("Your name").write("Bob").press("Tab")
    visit.settled()
    reader.to("Text").write((TEXTS / "it-lom-bav-2024.txt").read_text(encoding="utf-8")).press("Control+Enter")
    expect(reader.desk).to_have_attribute("data-open", "0")
    reader.press("d")
    expect(visit.page.locator(".desk-by").first).to_contain_text("Ann Keys (self-declared)")
