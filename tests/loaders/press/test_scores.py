"""Precision and recall over the annotated texts of all six languages, and that the published figures are those of the texts."""

from collections.abc import Mapping

import pytest

from loaders.press import Gazetteer, read_text

from .corpus import LANGUAGES, documents
from .quality import PAGE, Counts, measure, page, total

Groups = Mapping[tuple[str, str], Counts]


@pytest.fixture(scope="module")
def groups(gazetteer: Gazetteer) -> Groups:
    return measure(gazetteer)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("texts", ["given", "own"])
def test_seen_texts_are_read_as_annotated(groups: Groups, texts: str, language: str) -> None:
    precision, recall, _ = total(groups, set=texts, language=language)
    assert precision >= 0.95
    assert recall >= 0.90


def test_texts_that_were_held_back_are_read_nearly_as_well(groups: Groups) -> None:
    precision, recall, _ = total(groups, set="held")
    assert precision >= 0.95
    assert recall >= 0.85


def test_every_language_has_texts_of_both_kinds() -> None:
    for language in LANGUAGES:
        sets = [document.set for document in documents() if document.language == language]
        assert sets.count("own") >= 5
        assert sets.count("held") >= 3


def test_dates_of_agreements_found_are_right(groups: Groups) -> None:
    assert total(groups, kind="agreement date")[1] >= 0.95
    assert total(groups, kind="agreement status")[1] >= 0.9


def test_the_published_figures_are_those_of_the_texts(gazetteer: Gazetteer) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(gazetteer), "python -m tests.loaders.press.quality --write renews docs/reading.md"


def test_another_language_yields_known_names_and_says_so(gazetteer: Gazetteer) -> None:
    text = ("Barcelona, 11 d'abril de 2025. Els Quatre Motors per a Europa, amb Catalunya i la Llombardia, han celebrat una reunió. "
            "El president Salvador Illa ha dit que els Quatre Motors són una xarxa per a tots.")
    reading = read_text(text, gazetteer, document="ca")
    assert {p.id for p in reading.proposals} >= {"catalonia", "salvador-illa"}
    assert not [p for p in reading.proposals if p.is_edge]
    assert any("“ca”" in note for note in reading.notes)


def test_spans_of_the_gold_lie_where_the_text_says() -> None:
    for document in documents():
        gold = document.gold
        for kind in ("regions", "leaders", "networks"):
            entries = gold[kind]
            assert isinstance(entries, list)
            for entry in entries:
                for mention in entry["mentions"]:
                    assert all(document.text[start:end] == mention["text"] for start, end in mention["spans"]), document.name
