"""Hold the words around memberships, from words.yml, as patterns over folded text."""

import re
from functools import cache
from pathlib import Path

import yaml

from graph.search import fold

FILE = Path(__file__).with_name("words.yml")
SHAPE = re.compile(r"[^\W\d_a-z][\w'’.-]*(?:\s(?:[^\W\d_a-z]\.?|de|di|von|van|der|del)){0,2}(?:\s[^\W\d_a-z][\w'’.-]+){1,2}")
"""Two or three words with a capital each, initials and particles between them."""


def says(what: str, text: str) -> bool:
    """Whether a text holds one of the words of a list ("not", "observer"), whatever its case and accents."""
    return _patterns()[what].search(f" {fold(text)} ") is not None


def is_nothing(text: str) -> bool:
    """Whether a text says that there is nothing to say."""
    return not re.search(r"[^\W\d_]{2}", text) or fold(text) in _words()["nothing"]


def is_person(name: str, legal_form: str) -> bool:
    """Whether somebody registers as a person: by the legal form, or without any under a title or a name that is shaped as a person's.

    What is no person's name is left out with them ("Ocean Unite"): a name too many would be worse.
    """
    form = f" {fold(legal_form)} "
    alone = _patterns()["alone"].match(form)
    first = fold(name).partition(" ")[0]
    if says("person", legal_form) or (alone and alone.end() == len(form) - 1) or first in _words()["lawyer"]:
        return True
    bare = re.sub(r"\s*\([^)]*\)", "", name)
    return (is_nothing(legal_form) or fold(legal_form) == fold(bare)) and (first in _words()["title"] or SHAPE.fullmatch(bare) is not None)


def after_member(folded: str) -> str:
    """What stands after "is a member of the" in a folded text; the text where nothing does."""
    found = list(_patterns()["member"].finditer(f" {folded} "))
    words = f" {folded} "[found[-1].end() if found else 0:].split()
    while words and words[0] in _words()["between"]:
        del words[0]
    return " ".join(words)


@cache
def _words() -> dict[str, frozenset[str]]:
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {what: frozenset(fold(word) for word in words) for what, words in raw.items()}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {what: re.compile(rf" (?:{'|'.join(fold(word) + ('[^ ]*' if word.endswith('*') else '') for word in words)})(?= )")
            for what, words in raw.items()}
