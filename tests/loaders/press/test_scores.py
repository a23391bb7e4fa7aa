"""Precision and recall over annotated texts: three that came with the issue, and the project's own, hard cases among them."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from loaders.press import Gazetteer, read_text

TEXTS = Path(__file__).parent / "texts"
GIVEN = ("it-4m-varese-2025", "it-lom-bav-2024", "en-esra-2024")
DOCUMENTS = sorted(path.stem for path in (TEXTS / "docs").glob("*.txt"))
OWN = [name for name in DOCUMENTS if name[:2] in ("it", "en") and name not in GIVEN]


@pytest.fixture(scope="module")
def score() -> ModuleType:
    spec = importlib.util.spec_from_file_location("press_score", TEXTS / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measured(names: list[str], gazetteer: Gazetteer, score: ModuleType) -> tuple[float, float]:
    """Precision and recall over all kinds."""
    right = proposed = wanted = 0
    for name in names:
        text = (TEXTS / "docs" / f"{name}.txt").read_text(encoding="utf-8")
        gold = score.gold_facts(json.loads((TEXTS / "gold" / f"{name}.json").read_text(encoding="utf-8")))
        lines = [json.loads(json.dumps(line)) for line in read_text(text, gazetteer, document=name).lines()]
        for kind, numbers in score.count(gold, score.proposed_facts(lines)).items():
            if kind not in ("agreement status", "agreement date"):
                right, proposed, wanted = right + numbers[0], proposed + numbers[1], wanted + numbers[2]
    return right / proposed, right / wanted


@pytest.mark.parametrize("language", ["it", "en"])
def test_given_texts_are_read_as_annotated(language: str, gazetteer: Gazetteer, score: ModuleType) -> None:
    precision, recall = measured([name for name in GIVEN if name.startswith(language)], gazetteer, score)
    assert precision >= 0.95
    assert recall >= 0.90


@pytest.mark.parametrize("language", ["it", "en"])
def test_own_texts_are_read_as_annotated(language: str, gazetteer: Gazetteer, score: ModuleType) -> None:
    names = [name for name in OWN if name.startswith(language)]
    assert len(names) >= 7
    precision, recall = measured(names, gazetteer, score)
    assert precision >= 0.95
    assert recall >= 0.90


def test_status_and_date_of_agreements_are_right(gazetteer: Gazetteer, score: ModuleType) -> None:
    for name in (*GIVEN, *OWN):
        gold = score.gold_facts(json.loads((TEXTS / "gold" / f"{name}.json").read_text(encoding="utf-8")))
        text = (TEXTS / "docs" / f"{name}.txt").read_text(encoding="utf-8")
        assert score.proposed_facts(list(read_text(text, gazetteer, document=name).lines()))["agreements"] == gold["agreements"], name


def test_other_languages_yield_known_names_and_say_so(gazetteer: Gazetteer, score: ModuleType) -> None:
    names = [name for name in DOCUMENTS if name[:2] not in ("it", "en")]
    assert measured(names, gazetteer, score)[0] >= 0.95
    for name in names:
        reading = read_text((TEXTS / "docs" / f"{name}.txt").read_text(encoding="utf-8"), gazetteer, document=name)
        assert reading.language == "en" or not [p for p in reading.proposals if p.is_edge]
        assert any("not in Italian or English" in note for note in reading.notes), name


def test_spans_of_the_gold_lie_where_the_text_says(gazetteer: Gazetteer) -> None:
    for name in OWN:
        text = (TEXTS / "docs" / f"{name}.txt").read_text(encoding="utf-8")
        gold = json.loads((TEXTS / "gold" / f"{name}.json").read_text(encoding="utf-8"))
        for entry in (*gold["regions"], *gold["leaders"], *gold["networks"]):
            for mention in entry["mentions"]:
                assert all(text[start:end] == mention["text"] for start, end in mention["spans"])
