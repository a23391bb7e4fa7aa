"""What a reader takes away is a real file with its title, legend and sources in it."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def taken(visit, name: str) -> Path:
    """The file that a menu entry of Take away gives."""
    with visit.page.expect_download() as started:
        visit.page.get_by_role("button", name=name, exact=True).locator("visible=true").click()
    return Path(started.value.path())


def svg_text(file: Path) -> str:
    return " ".join(" ".join(text.itertext()) for text in ET.parse(file).iter("{http://www.w3.org/2000/svg}text"))


@pytest.fixture
def menu(visit):
    visit.open().press("Take away")
    expect(visit.page.get_by_role("button", name="PDF, A4")).to_be_visible()
    return visit


def test_svg_pdf_and_png_of_what_is_on_screen(menu):
    said = svg_text(taken(menu, "SVG, A4"))
    assert "Memorandum of Understanding Lombardy - Flanders, 3 March 2026" in said
    assert "11 sectors" in said or "sectors" in said
    assert "Regione Lombardia" in said
    pdf = pypdf.PdfReader(taken(menu, "PDF, A4"))
    text = pdf.pages[0].extract_text()
    assert len(pdf.pages) == 1
    assert "3 March 2026" in text
    assert "Regione Lombardia" in text
    with Image.open(taken(menu, "PNG, A4, 300 dpi")) as image:
        assert sorted(image.size) == [2480, 3508]
        assert len(image.convert("RGB").resize((350, 248)).getcolors(100_000)) > 20


def test_a_slide_has_the_title_that_the_reader_gave_it(menu):
    menu.fill("Title", "Lombardy & <Flanders>")
    expect(menu.page.get_by_role("button", name="SVG, 16:9")).to_be_visible()
    menu.settled()
    said = svg_text(taken(menu, "SVG, 16:9"))
    assert "Lombardy & <Flanders>" in said
    with Image.open(taken(menu, "PNG, 16:9")) as image:
        assert round(image.width / image.height, 2) == 1.78


def test_paths_are_taken_away_too(visit):
    visit.open("/paths?from=lombardy&to=flanders").press("Take away")
    assert "What connects Lombardy and Flanders" in svg_text(taken(visit, "SVG, A4"))
