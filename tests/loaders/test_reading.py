"""XML that calls itself 1.1 is read: references to signs that XML 1.0 has not are left out, wherever the pieces end in which it is read."""

import pytest

from graph.errors import BadFile
from loaders.base import Notes
from loaders.reading import elements


def texts(tmp_path, content):
    file = tmp_path / "x.xml"
    file.write_text(content, encoding="utf-8")
    return [element.text for element in elements(file, Notes(), "a")]


@pytest.mark.parametrize("reference", ["&#2;", "&#x1F;", "&#x000b;", "&#11;"])
@pytest.mark.parametrize("piece", [16_384, 65_536, 131_072])
def test_a_reference_to_no_sign_is_left_out_wherever_a_piece_ends(tmp_path, reference, piece):
    for before in range(piece - 12, piece + 1):
        head = "<?xml version='1.1'?><r><a>"
        assert texts(tmp_path, f"{head}{'x' * (before - len(head))}{reference}y &amp; z</a></r>")[0].endswith("xy & z")


def test_other_references_stay(tmp_path):
    assert texts(tmp_path, "<r><a>&#9;&#x41;&#10;&#xe9;&#x96;&lt;</a></r>") == ["\tA\né\x96<"]


def test_an_end_within_a_reference_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(BadFile, match="no well-formed XML"):
        texts(tmp_path, "<r><a>x&#1")
