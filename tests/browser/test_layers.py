"""A layer in a real browser: switched on, drawn with its mark, named, taken back, without a word in the console."""

import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.serving import TOP, App, environ_of

pytestmark = pytest.mark.browser
NAMED = "layer: twinned towns of Wikidata"
MARKED = "(host) => host.ponte.nodes.get({ filter: (node) => node.layerMark }).map((node) => node.id)"
IN_THE_MIDDLE = "(host) => host.ponte.edges.get({ filter: (edge) => edge.arrows.middle?.enabled }).length"


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """An app of its own, with twinned towns beside the curated data."""
    environ = environ_of(tmp_path_factory.mktemp("twins"))
    for more in ((), ("twinning", "--from", "tests/loaders/twinning/excerpt-2016")):
        subprocess.run([sys.executable, "-m", "loaders", "run", *more], cwd=TOP, env=environ, check=True, capture_output=True)
    running = App(environ)
    yield running
    running.stop()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_layer_is_switched_on_marked_in_the_picture_named_in_the_legend_and_taken_back(visitor, app, scheme):
    visit = visitor(app.address, scheme).open("/explore?around=berlin&region=none")
    before, legend = set(visit.places()), visit.page.locator(".ponte-legend")
    visit.page.get_by_text("Filter", exact=True).click()
    expect(legend).not_to_contain_text(NAMED)
    visit.page.get_by_text("twinned towns of Wikidata (", exact=False).click()
    visit.address_holds("layers=twinning")
    expect(legend).to_contain_text(NAMED)
    visit.settled()
    towns = set(visit.picture.evaluate(MARKED))
    assert towns
    assert set(visit.places()) == before | towns
    assert visit.picture.evaluate(IN_THE_MIDDLE) >= len(towns)
    expect(visit.panel).to_contain_text(NAMED)
    visit.page.get_by_role("button", name="undo icon").first.click()
    expect(legend).not_to_contain_text(NAMED)
    visit.shows(len(before))
