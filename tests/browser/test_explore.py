"""The picture in a real browser: what a mouse, a keyboard and a theme do to it, and that nothing that is shown moves by itself."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
MEMORANDUM = "agr-lom-fla-2026"


def test_the_first_view_is_there_with_its_names_and_legend(visit):
    visit.open()
    visit.selected(MEMORANDUM)
    assert {MEMORANDUM, "lombardy", "flanders", "esra", "attilio-fontana"} <= set(visit.places())
    assert int(visit.picture.get_attribute("data-labels")) >= 0.8 * visit.count
    expect(visit.page.locator(".ponte-lead")).to_contain_text("3 March 2026, and what its parties share")
    expect(visit.page.locator(".ponte-legend")).to_contain_text("2 regions")
    expect(visit.panel).to_contain_text("Memorandum of Understanding Lombardy - Flanders")


def test_a_picture_that_comes_late_is_alive(visit):
    held = []
    visit.page.route("**/canvas/canvas.js", lambda route: held.append(route))
    visit.open().press("IT")   # Streamlit calls for the picture again before it ever came
    visit.address_holds("lang=it")
    visit.settled()
    held[0].continue_()
    visit.click("flanders")
    visit.selected("flanders")
    visit.picture.focus()
    visit.page.keyboard.press("ArrowRight")
    expect(visit.page.locator(".ponte-live")).not_to_be_empty()


def test_the_picture_gets_the_room(visit):
    visit.open().press("Skip")
    expect(visit.page.locator(".st-key-ponte_region")).to_have_count(0)
    visit.settled()
    box = visit.picture.bounding_box()
    assert box["width"] >= 0.6 * 1280
    assert box["height"] >= 0.7 * 800


def test_a_click_on_a_node_tells_of_it(visit):
    visit.open().click("flanders")
    visit.selected("flanders")
    expect(visit.panel.locator("h3")).to_have_text("Flanders")
    expect(visit.panel).to_contain_text("Matthias Diependaele")
    visit.address_holds("sel=flanders")


def test_a_number_in_the_panel_leads_to_its_source_and_a_name_to_what_it_names(visit):
    visit.open().click("flanders")
    expect(visit.panel.locator("h3")).to_have_text("Flanders")
    source = visit.panel.locator('.ponte-source[data-source="1"]')
    expect(source).to_be_hidden()
    visit.panel.locator('a[data-cite="1"]').first.click()
    expect(source).to_be_visible()
    visit.panel.locator('a[data-go="matthias-diependaele"]').first.click()
    visit.selected("matthias-diependaele")
    before = visit.count
    visit.open("/?around=flanders&sel=flanders")
    outside = visit.panel.locator("a[data-go]").evaluate_all(
        "(links, host) => links.map((link) => link.dataset.go).find((id) => !host.ponte.nodes.get(id))", visit.picture.element_handle())
    if outside:
        visit.panel.locator(f'a[data-go="{outside}"]').first.click(force=True)
        visit.selected(outside)
        assert visit.count > before


def test_a_click_on_a_line_shows_the_evidence_behind_it(visit):
    visit.open()
    (ax, ay), (bx, by) = visit.where("flanders"), visit.where(MEMORANDUM)
    visit.page.mouse.click((ax + bx) / 2, (ay + by) / 2)
    expect(visit.panel.locator("h3")).to_have_text("Flanders is party to Memorandum of Understanding Lombardy - Flanders.")
    expect(visit.panel.locator("q").first).to_be_visible()


def test_two_quick_clicks_on_two_regions_are_not_taken_for_a_double_click(visit):
    visit.open()
    count, places = visit.count, [visit.where(node) for node in ("flanders", "lombardy")]
    for place in places:
        visit.page.mouse.click(*place)
    visit.selected("lombardy")
    assert visit.count == count


def test_a_double_click_expands_and_what_was_there_stays(visit):
    visit.open()
    before = visit.places()
    visit.double_click("flanders")
    visit.address_holds("open=flanders~")
    expect(visit.picture).not_to_have_attribute("data-nodes", str(len(before)))
    after = visit.places()
    assert len(before) < len(after) <= len(before) + 25
    assert {id: after[id] for id in before} == before


def test_a_dragged_node_stays_and_a_reload_keeps_it(visit):
    visit.open()
    before = visit.places()
    visit.drag("esra", (60, 40))
    visit.address_holds("at=esra~")
    after = visit.places()
    assert after["esra"] != before["esra"]
    assert {id: at for id, at in after.items() if id != "esra"} == {id: at for id, at in before.items() if id != "esra"}
    visit.page.reload(wait_until="commit")
    visit.settled()
    assert visit.places() == after


def test_hide_and_undo(visit):
    before = visit.open().count
    visit.click("esra")
    visit.selected("esra")
    visit.press("Hide")
    visit.address_holds("hide=esra")
    visit.shows(before - 1)
    visit.page.locator(".st-key-explore_undo button").first.click()
    visit.shows(before)


def test_a_search_in_another_language_opens_a_picture(visit):
    visit.open()
    visit.page.get_by_label("Search", exact=True).fill("vlaander")
    visit.page.locator(".st-key-search_flanders button").click()
    visit.address_holds("around=flanders")
    expect(visit.page.locator(".ponte-lead")).to_contain_text("Around Flanders")
    visit.page.go_back()
    expect(visit.page.locator(".ponte-lead")).to_contain_text("3 March 2026")


def test_a_filter_takes_away_without_moving(visit):
    visit.open()
    before = visit.places()
    visit.page.get_by_text("Filter", exact=True).click()
    sectors = visit.page.get_by_text(re.compile(r"^sectors \(\d+\)$"))
    taken = int(re.sub(r"\D", "", sectors.text_content()))
    sectors.click()
    visit.shows(len(before) - taken)
    after = visit.places()
    assert {id: before[id] for id in after} == after


def test_the_keyboard_alone_is_enough(visit):
    before = visit.open().count
    visit.press("Fold away")
    expect(visit.panel).to_have_count(0)
    visit.settled()
    visit.picture.focus()
    visit.page.keyboard.press("ArrowRight")
    said = visit.page.locator(".ponte-live")
    expect(said).not_to_be_empty()
    name = said.text_content().split(",")[0]
    visit.page.keyboard.press("Enter")
    expect(visit.panel.locator("h3")).to_have_text(name)
    chosen = visit.picture.get_attribute("data-selected")
    visit.page.keyboard.press("h")
    visit.address_holds(f"hide={chosen}")
    visit.shows(before - 1)
    visit.page.keyboard.press("r")
    visit.page.keyboard.press("c")
    expect(visit.page.get_by_role("dialog")).to_have_count(0)
    visit.page.keyboard.press("Escape")
    visit.address_holds("sel=-")


def test_the_dark_theme_is_dark_in_the_picture_too(visitor, app):
    visit = visitor(app.address, "dark").open()
    colours = visit.picture.evaluate("(host) => [getComputedStyle(host).backgroundColor, getComputedStyle(document.body.querySelector('.stApp')).backgroundColor]")
    assert colours == ["rgb(20, 23, 26)", "rgb(20, 23, 26)"]
    lines = visit.picture.evaluate("(host) => host.ponte.edges.get().map((edge) => edge.color.color ?? edge.color)")
    light = visitor(app.address).open().picture.evaluate("(host) => host.ponte.edges.get().map((edge) => edge.color.color ?? edge.color)")
    assert lines != light


def test_another_language_changes_words_and_names_but_no_place(visit):
    visit.open()
    before = visit.places()
    visit.press("IT")
    visit.address_holds("lang=it")
    expect(visit.page.locator(".ponte-lead")).to_contain_text("3 marzo 2026")
    expect(visit.page.get_by_role("link", name="Percorsi")).to_be_visible()
    expect(visit.picture).to_have_attribute("aria-label", re.compile("Fiandre"))
    assert visit.places() == before
    assert "Fiandre" in visit.picture.evaluate("(host) => host.ponte.nodes.get('flanders').name")


def test_the_rows_stand_where_the_picture_stood(visit):
    before = visit.open().count
    visit.page.get_by_text("Table", exact=True).click()
    expect(visit.page.locator(".ponte-rows caption")).to_contain_text("3 March 2026")
    expect(visit.page.locator(".ponte-host")).to_be_hidden()
    visit.page.get_by_text("Table", exact=True).click()
    assert visit.count == before
