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


MISSED = """Camelot, 3 March 2026 \U0001f30d. Lombardy and Flanders have both worked in the Tin League since 2024.
The league has its seat in Camelot, and nobody there has ever said more about it."""
MARK = """(box, words) => {
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    const from = range.getClientRects()[0];
    const to = [...range.getClientRects()].at(-1);
    return [from.left + 1, from.top + from.height / 2, to.right - 1, to.top + to.height / 2];
  }
}"""


def field(visit, label):
    """The field of the desk's form that is called so."""
    return visit.page.locator(".desk-form .desk-field", has=visit.page.get_by_text(label, exact=True)).locator("input, select")


def pasted(visitor, filled, text, name="Ann Keys", **more):
    visit = visitor(filled.address, **more).open("/review?region=none")
    reader = Keyboard(visit)
    reader.to("Your name").write(name).press("Tab")
    visit.settled()
    reader.to("Text").write(text).press("Control+Enter")
    expect(reader.desk).to_have_attribute("data-ready", "1")
    return visit, reader


def test_a_fact_that_was_missed_is_marked_added_seen_at_its_source_and_taken_back(visitor, filled):
    visit, reader = pasted(visitor, filled, MISSED)
    text = visit.page.locator(".desk-text")
    left, top, right, bottom = text.evaluate(MARK, "worked in the Tin League since 2024")
    visit.page.mouse.move(left, top)
    visit.page.mouse.down()
    visit.page.mouse.move(right, bottom, steps=5)
    visit.page.mouse.up()
    visit.page.get_by_role("button", name="Add a fact the text states").click()
    passage = field(visit, "The passage that states it")
    expect(passage).to_have_value("worked in the Tin League since 2024")
    expect(text.locator("mark.chosen")).to_have_text("worked in the Tin League since 2024")
    field(visit, "Tie").select_option("MEMBER_OF")
    field(visit, "From").fill("Flanders")
    visit.page.locator(".desk-hit", has_text="Flanders · region").first.click()
    field(visit, "To").fill("Tin League")
    visit.page.locator(".desk-hit", has_text="New: Tin League · network").click()
    field(visit, "Since").fill("2024")
    visit.page.locator(".desk-form").get_by_role("button", name="Save").click()
    expect(visit.page.locator(".desk-form")).to_have_count(0)
    reader.press("d")
    card = visit.page.locator(".desk-card.accepted", has_text="Tin League")
    expect(card).to_contain_text("Ann Keys (self-declared)")
    card.click()
    expect(text.locator("mark.chosen")).to_have_text("worked in the Tin League since 2024")
    reader.press("p")
    visit.address_holds("around=")
    assert visit.count >= 2
    visit.page.go_back()
    _visit, reader = pasted(visitor, filled, MISSED, name="Bob")
    reader.press("d")
    card = _visit.page.locator(".desk-card.accepted", has_text="Tin League")
    expect(card).to_contain_text("Ann Keys (self-declared)")
    card.click()
    reader.press("u")
    expect(card).to_have_count(0)


def test_a_fact_that_was_missed_is_added_by_keyboard_alone(visitor, filled):
    visit, reader = pasted(visitor, filled, MISSED)
    reader.press("n").write("the tin league").press("Enter")   # a sentence of the text that holds these words
    expect(field(visit, "The passage that states it")).to_have_value(MISSED.partition(". ")[2].partition("\n")[0])
    reader.press("Tab")
    visit.page.keyboard.type("Member")   # as in every list of the browser
    reader.press("Tab").write("Lombardy")
    expect(visit.page.locator(".desk-hit").first).to_have_text("Lombardy · region")
    reader.press("Enter", "Tab").write("Tin League")
    new = visit.page.locator(".desk-hit", has_text="New: Tin League · network")
    expect(new).to_be_visible()
    while "chosen" not in (new.get_attribute("class") or ""):
        reader.press("ArrowDown")
    reader.press("Enter", "Enter")
    expect(visit.page.locator(".desk-form")).to_have_count(0)
    expect(reader.desk).to_be_focused()
    expect(visit.page.locator(".desk-side > .desk-problem")).to_have_text("Added, with its place in the text.")
    reader.press("u", "d")
    expect(visit.page.locator(".desk-card.accepted")).to_have_count(0)
