"""Names are found whole, the longest first, in every language that the graph gives them."""

from pathlib import Path

import pytest

from graph.errors import BadFile
from loaders.press import Gazetteer, read_text
from loaders.press.text import fold_text

from .conftest import edges, nodes


def found(gazetteer: Gazetteer, text: str) -> list[str]:
    return [hit.names[0].id for hit in gazetteer.find(fold_text(text))]


def test_the_longest_name_wins(invented: Gazetteer) -> None:
    assert found(invented, "Lower Norland and Norland") == ["lower-norland", "norland"]


def test_names_stand_between_borders_of_words(invented: Gazetteer) -> None:
    assert found(invented, "Norlanders and Norlandia, dell'Norland") == ["norland", "norland"]


def test_hyphens_accents_and_line_ends_do_not_matter(invented: Gazetteer) -> None:
    assert found(invented, "Mildendo sur Mer, MILDENDO-SUR-MER, Mildendo–Sur-\nMer, Mildéndo-Sur-Mer") == ["mildendo"] * 4


def test_a_series_of_meetings_is_no_network(invented: Gazetteer) -> None:
    assert found(invented, "the Fair Meeting") == ["fair"]


def test_known_agreement_of_the_same_parties_and_day_is_taken(invented: Gazetteer) -> None:
    reading = read_text("Norland and Mildendo-Sur-Mer signed a pact on 4 May 2020.", invented, document="x", language="en", date="2020-05-05")
    assert nodes(reading, "Agreement") == {"agr-old"}


def test_a_leader_is_known_only_while_in_office(invented: Gazetteer) -> None:
    text = "Lund spoke for Norland."
    assert nodes(read_text(text, invented, document="x", language="en", date="2023-01-01"), "Leader") == {"ada-lund"}
    assert nodes(read_text(text, invented, document="x", language="en", date="2025-06-01"), "Leader") == set()
    assert edges(read_text("Ada Lund of Norland spoke.", invented, document="x", language="en", date="2023-01-01"), "LEADS") == {("ada-lund", "norland")}
    assert edges(read_text("Ada Lund spoke.", invented, document="x", language="en", date="2023-01-01"), "LEADS") == set()


def test_an_empty_gazetteer_finds_nothing() -> None:
    assert read_text("Norland signed.", Gazetteer.build([], []), document="x", language="en").proposals == ()


def test_a_folder_without_the_files_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"regions\.csv"):
        Gazetteer.from_folder(tmp_path)
