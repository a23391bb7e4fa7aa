"""The annotated texts: documents, their facts, and which of them were held back while rules were written."""

import importlib.util
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

from loaders.press import Reading

HERE = Path(__file__).parent
TEXTS = HERE / "texts"
GIVEN = frozenset({"de-ara-leipzig-2022", "de-bw-cat-2022", "en-esra-2024", "es-eus-ipar-2025", "es-gal-np-2025", "fr-aura-aosta-2025",
                   "it-4m-varese-2025", "it-lom-bav-2024", "nl-fla-dg-2016", "nl-fla-que-2021"})
SETS = {"given": "given", "own": "own, rules written with them", "held": "own, held back"}
LANGUAGES = {"it": "Italian", "en": "English", "de": "German", "fr": "French", "es": "Spanish", "nl": "Dutch"}


@dataclass(frozen=True, slots=True)
class Document:
    """An annotated text."""

    name: str
    text: str
    gold: Mapping[str, object]

    @property
    def language(self) -> str:
        return self.name[:2]

    @property
    def set(self) -> str:
        return "given" if self.name in GIVEN else "held" if self.gold.get("held_back") else "own"


@cache
def score() -> ModuleType:
    """score.py, which came with the given texts."""
    spec = importlib.util.spec_from_file_location("press_score", TEXTS / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def documents() -> Iterator[Document]:
    """All annotated texts, by name."""
    for path in sorted((TEXTS / "gold").glob("*.json")):
        yield Document(path.stem, (TEXTS / "docs" / f"{path.stem}.txt").read_text(encoding="utf-8"),
                       json.loads(path.read_text(encoding="utf-8")))


def facts(reading: Reading) -> Mapping[str, set[object]]:
    """What a reading proposes, as score.py counts it."""
    counted: Mapping[str, set[object]] = score().proposed_facts([json.loads(json.dumps(line)) for line in reading.lines()])
    return counted
