"""The word lists of all languages are alike, so that a rule never meets a language that lacks its words."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from loaders.press.lexicon import FOLDER, languages

ENGLISH = "en"


def load(name: str) -> Mapping[str, object]:
    loaded: Mapping[str, object] = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("part", ["", "_people", "_sectors", "_names"])
@pytest.mark.parametrize("language", languages())
def test_each_language_has_the_same_entries(language: str, part: str) -> None:
    assert set(load(language + part)) == set(load(ENGLISH + part))


@pytest.mark.parametrize("language", languages())
def test_each_language_has_the_same_grammar(language: str) -> None:
    grammar, english = load(language)["grammar"], load(ENGLISH)["grammar"]
    assert isinstance(grammar, dict)
    assert isinstance(english, dict)
    assert set(grammar) == set(english)
    assert all(isinstance(pattern, str) for pattern in grammar.values())


def lists(value: object) -> Iterator[list[object]]:
    """All lists within."""
    if isinstance(value, list):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from lists(inner)


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yml")), ids=lambda file: file.stem)
def test_no_word_is_read_as_yes_or_no(file: Path) -> None:
    """A bare no, on or off is a truth value in YAML: it must be quoted."""
    assert not [word for words in lists(yaml.safe_load(file.read_text(encoding="utf-8"))) for word in words if isinstance(word, bool)]
