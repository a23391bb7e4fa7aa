"""Measure what a reader waits for in Chromium: the first view of a second visit, and the panel after a click."""

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright

from tests.bench.measure import Row
from tests.browser.driver import FLAGS, Visit, find_chromium
from tests.serving import TOP, environ_of, serving

VISITS = 10
CLICKED = ("flanders", "lombardy")
"""Clicked in turn, so that every click changes the panel."""


@contextmanager
def reader() -> Iterator[BrowserContext]:
    """A browser that keeps the app's files from one visit to the next."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        browser.close()


def first_view_seconds(address: str, visits: int) -> list[float]:
    """Seconds of each visit from the request to the picture with its names; the first one has nothing kept."""
    with reader() as context:
        return [_visit_seconds(context, address) for _ in range(visits)]


def _visit_seconds(context: BrowserContext, address: str) -> float:
    visit = Visit(context, address)
    start = time.perf_counter()
    visit.page.goto(address, wait_until="commit")
    visit.page.locator('.ponte-host[data-ready="1"][data-labels]').wait_for()
    seconds = time.perf_counter() - start
    visit.page.close()
    return seconds


def click_seconds(address: str, clicks: int) -> list[float]:
    """Seconds from a click on a node to the panel that is about it; the first round, which nobody had asked before, included."""
    with reader() as context:
        visit = Visit(context, address).open()
        return [_click_seconds(visit, CLICKED[number % len(CLICKED)]) for number in range(clicks)]


def _click_seconds(visit: Visit, node: str) -> float:
    x, y = visit.where(node)
    start = time.perf_counter()
    visit.page.mouse.click(x, y)
    visit.page.locator(f'.st-key-explore_details h3[data-panel="{node}"]').wait_for()
    seconds = time.perf_counter() - start
    visit.settled()
    return seconds


def rows() -> list[Row]:
    """The browser's part of the table."""
    with tempfile.TemporaryDirectory(prefix="ponte-bench-", ignore_cleanup_errors=True) as home:
        return reader_rows(environ_of(Path(home)))


def reader_rows(environ: Mapping[str, str], graph: str = "") -> list[Row]:
    """What a reader waits for where the app runs in this environment; `graph` says which one that is."""
    with serving(TOP, sys.executable, environ) as address:
        first_view_seconds(address, 1)  # fills a graph that is empty
        first, *later = first_view_seconds(address, VISITS + 1)
        clicks = click_seconds(address, VISITS)
    view, click = statistics.median(later), statistics.median(clicks)
    return [Row(f"{graph}first view, a browser that was never here", f"{first:.2f} s", "", None),
            Row(f"{graph}first view, second visit, median of {VISITS}", f"{view:.2f} s (worst {max(later):.2f})", "< 3 s", view < 3),
            Row(f"{graph}click to panel, median of {VISITS}", f"{click:.2f} s (worst {max(clicks):.2f})", "< 0.5 s", click < 0.5)]
