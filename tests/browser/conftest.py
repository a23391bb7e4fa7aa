"""Give tests a Chromium and a running app with the curated data; every visit must end without a word in the console."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.driver import FLAGS, Visit, find_chromium
from tests.serving import App, environ_of

Visitor = Callable[..., Visit]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser; without one the tests are skipped, or fail where CI=true."""
    path = find_chromium()
    if not path:
        missing = "the tests in tests/browser need Chromium (on Debian: apt install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def filled_app(reader: BrowserContext, home: Path) -> Iterator[App]:
    """A running app; a first visit fills it with the curated data."""
    running = App(environ_of(home))
    try:
        first = Visit(reader, running.address).open()
        assert first.picture
        first.page.close()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def app(readers: dict[str, BrowserContext], tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app that all tests share."""
    with filled_app(readers["light"], tmp_path_factory.mktemp("app")) as running:
        yield running


@pytest.fixture(scope="session")
def readers(chromium: Browser) -> Iterator[dict[str, BrowserContext]]:
    """A reader of each theme, whose browser has kept the app's files since an earlier visit."""
    found = {scheme: chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce", color_scheme=scheme) for scheme in ("light", "dark")}
    yield found
    for context in found.values():
        context.close()


@pytest.fixture
def visitor(readers: dict[str, BrowserContext]) -> Iterator[Visitor]:
    """Opens visits to an address; at the end none of them may have asked elsewhere or written into the console."""
    visits: list[Visit] = []

    def visit(address: str, scheme: str = "light") -> Visit:
        visits.append(Visit(readers[scheme], address))
        return visits[-1]

    yield visit
    for found in visits:
        found.page.close()
    assert [trouble for found in visits for trouble in found.troubles] == []


@pytest.fixture
def visit(visitor: Visitor, app: App) -> Visit:
    """One visit to the app with the curated data."""
    return visitor(app.address)
