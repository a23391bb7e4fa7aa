"""Every screen in a real browser, by its address and by hand."""

import csv
import io

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PRESIDENCY = "/ask?question=presidency&p_network=four-motors"


@pytest.mark.parametrize(("path", "said"), [
    ("/explore?around=lombardy,flanders&sel=flanders&lang=it", "Intorno a Lombardia e Fiandre"),
    ("/paths?from=lombardy&to=flanders&steps=3&on=2026-06-01", "What Lombardy and Flanders have in common"),
    (PRESIDENCY, "rows in"),
    ("/ask?q=MATCH%20(n)%20RETURN%20count(n)%20AS%20n", "What is in the graph"),
    ("/sources", "regions"),
    ("/sources?tab=conflicts", "All values are kept"),
    ("/review", "Nothing enters the graph before you have accepted it"),
    ("/?lang=it", "Nulla esce da questo computer"),
])
def test_an_address_opens_its_screen_in_silence(visit, path, said):
    visit.open(path)
    expect(visit.page.locator('[data-testid="stApp"]')).to_contain_text(said)
    expect(visit.page.get_by_role("dialog")).to_have_count(0)


def test_from_screen_to_screen_by_the_navigation(visit):
    before = visit.open().count
    for name, there in (("Paths", "have in common"), ("Ask", "Saved questions"), ("Review", "Nothing enters the graph"), ("Sources", "Search sources"), ("Explore", "3 March 2026")):
        visit.page.get_by_role("link", name=name, exact=True).click()
        expect(visit.page.get_by_text(there).first).to_be_visible()
        visit.settled()
    assert visit.count == before


def test_what_connects_two_names(visit):
    visit.open("/paths")
    visit.fill("From", "Lombardia")
    visit.fill("To", "Vlaanderen")
    expect(visit.page.get_by_text("What Lombardy and Flanders have in common")).to_be_visible()
    visit.address_holds("from=lombardy&to=flanders")
    assert visit.count > 20
    visit.page.locator('a[data-cite="1"]').first.click()
    expect(visit.page.locator('.ponte-source.found[data-source="1"]')).to_be_visible()


def test_a_query_typed_and_run_by_keyboard(visit):
    visit.open("/ask").page.get_by_role("tab", name="Your own query").click()
    visit.page.get_by_label("Cypher", exact=True).fill("MATCH (r:Region)-[m:MEMBER_OF]->(n:Network {id: 'esra'}) RETURN r, m, n ORDER BY r.id")
    visit.page.keyboard.press("Control+Enter")
    said = visit.page.get_by_text("rows in").locator("visible=true")
    expect(said).to_be_visible()
    assert visit.count == int(said.text_content().split()[0]) + 1
    visit.address_holds("q=MATCH")


def test_a_row_of_an_answer_is_corrected_where_it_is_shown(visit):
    visit.open(PRESIDENCY)
    expect(visit.page.get_by_role("button", name="Add or correct")).to_be_disabled()
    visit.page.get_by_test_id("stDataFrame").locator("visible=true").first.click(position={"x": 18, "y": 52})
    visit.press("Add or correct")
    dialog = visit.page.get_by_role("dialog")
    expect(dialog.get_by_text("What is to be said?")).to_be_visible()
    expect(dialog).to_contain_text("Catalonia")
    visit.page.keyboard.press("Escape")


def test_a_query_that_writes_is_refused_before_it_can_be_run(visit):
    visit.open("/ask").page.get_by_role("tab", name="Your own query").click()
    visit.fill("Cypher", "MATCH (n) DETACH DELETE n")
    expect(visit.page.get_by_text("The query was not run")).to_be_visible()
    expect(visit.page.get_by_role("button", name="Run", exact=True)).to_have_count(0)


def test_the_table_of_an_answer_is_downloaded_as_it_is_shown(visit, tmp_path):
    visit.open("/ask?question=shared-networks")
    with visit.page.expect_download() as started:
        visit.press("CSV")
    rows = list(csv.DictReader(io.StringIO(started.value.path().read_text(encoding="utf-8-sig"))))
    assert "European Semiconductor Regions Alliance" in {row["Network"] for row in rows}
    with visit.page.expect_download() as started:
        visit.press("Excel")
    assert started.value.suggested_filename.endswith(".xlsx")
    assert started.value.path().read_bytes()[:2] == b"PK"


def test_what_a_search_finds_hangs_open_below_its_field_and_is_clicked(visit):
    visit.open()
    visit.page.get_by_label("Search", exact=True).press_sequentially("lombar")
    hit = visit.page.locator(".st-key-search_lombardy button")
    expect(hit).to_be_visible()
    box = hit.bounding_box()
    visit.page.mouse.click(box["x"] + 20, box["y"] + box["height"] / 2)   # where it is seen: nothing is scrolled to it
    visit.address_holds("around=lombardy")
    visit.selected("lombardy")
