"""Nothing is lost and the app goes on, whatever is killed under it with -9."""

import json
import os
import signal

import pytest
from playwright.sync_api import expect

from tests.serving import App, environ_of

pytestmark = pytest.mark.browser
TEXT = """Regione Umbria, 4 maggio 2024. La Regione Umbria e la Baviera hanno firmato oggi a Perugia un memorandum d'intesa.
Il documento è stato sottoscritto dalla presidente della Regione Umbria Anna Prova e dal ministro-presidente della Baviera Markus Söder.
"""
AGREEMENT = "agr-umbria-bavaria-2024-05-04"


@pytest.fixture
def own(chromium, tmp_path):
    """An app that has no data yet."""
    running = App(environ_of(tmp_path))
    yield running
    running.stop()


def test_filled_read_into_and_killed_it_comes_back_with_everything(own, visitor, tmp_path):
    visit = visitor(own.address).open()   # an empty graph fills itself
    visit.selected("agr-lom-fla-2026")

    visit.open("/review").fill("Your name", "Ann")
    visit.page.get_by_label("Text", exact=True).fill(TEXT)
    visit.page.keyboard.press("Control+Enter")
    desk = visit.page.locator('.desk[data-ready="1"]')
    desk.focus()
    while desk.get_attribute("data-open") != "0":
        visit.page.keyboard.press("a")
    expect(visit.page.get_by_text("0 to decide")).to_be_visible()

    server = json.loads((tmp_path / "graph" / "state.json").read_text())
    for process in ("supervisor", "java"):
        os.kill(server[process], signal.SIGKILL)
    visit.open(f"/?around=umbria,bavaria&sel={AGREEMENT}")   # the living app takes a new server
    visit.selected(AGREEMENT)
    expect(visit.panel).to_contain_text("Perugia")
    shown = visit.places()
    visit.page.close()

    own.kill()
    own.start()
    again = visitor(own.address).open(f"/?around=umbria,bavaria&sel={AGREEMENT}")
    again.selected(AGREEMENT)
    assert again.places() == shown
    expect(again.panel).to_contain_text("Anna Prova")


def test_a_page_that_is_open_while_the_app_is_killed_goes_on_when_it_is_back(app, visitor):
    visit = visitor(app.address).open("/?around=flanders")
    before = visit.places()
    app.kill()
    visit.connected(False)
    app.start()
    visit.settled()
    visit.click("esra")
    visit.selected("esra")
    assert visit.places() == before
    visit.troubles = [trouble for trouble in visit.troubles if trouble.startswith("asked")]   # that the app was away is said in the console
