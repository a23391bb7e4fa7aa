"""Text is measured from the real font, and what it cannot print is known."""

import pytest
from PIL import ImageFont

import graph.render.type
from graph.render.type import FILES, FONTS, foreign, text_width, unprintable

SAMPLES = ["Lombardy", "Île-de-France", "Łódzkie Ősi Çınar", "Περιφέρεια Αττικής", "София област", "«Memorandum» – 2024"]


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("text", SAMPLES)
def test_widths_are_those_of_the_font_and_never_too_small(text, bold):
    font = ImageFont.truetype(str(FONTS / f"{FILES[bold]}.ttf"), 1000)
    drawn = font.getlength(text)
    assert drawn * 0.999 <= text_width(text, 1000, bold=bold) <= drawn * 1.04 + 5


def test_the_font_covers_the_scripts_of_europe_and_knows_what_it_lacks():
    assert foreign("".join(SAMPLES)) == frozenset()
    assert foreign("a北b\u200d") == {"北"}


def test_what_no_font_has_is_found_out(monkeypatch, tmp_path):
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    monkeypatch.setattr(graph.render.type, "_system_fonts", lambda: (tmp_path / "broken.ttf", FONTS / "PonteSans-Regular.ttf"))
    assert unprintable("aЖ北") == {"北"}
    assert unprintable("") == frozenset()


def test_the_licence_lies_beside_the_fonts():
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8").upper()
