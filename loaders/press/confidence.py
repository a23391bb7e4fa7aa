"""How often a rule was right: confidence.yml, which `python -m tests.loaders.press.quality --write` fits on annotated texts.

A rule that those texts never called upon has the confidence of one of which nothing is known.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("confidence.yml")
UNKNOWN, WEIGHT = 0.8, 4
"""A rule begins at UNKNOWN, as if it had been seen WEIGHT times, and every time that it is seen says more."""


def estimate(right: float, seen: float) -> float:
    """The confidence of a rule that was right so many times of those that it was seen."""
    return int(100 * (right + UNKNOWN * WEIGHT) / (seen + WEIGHT)) / 100


def rule_key(kind: str, rule: str, *, inferred: bool) -> str:
    """What tells a rule from the others in the file."""
    return f"{kind}: {rule}{' (inferred)' if inferred else ''}"


@cache
def table() -> Mapping[str, float]:
    """The confidence of each rule."""
    loaded: dict[str, float] = yaml.safe_load(FILE.read_text(encoding="utf-8")) or {}
    return loaded


def confidence_of(kind: str, rule: str, *, inferred: bool) -> float:
    """How sure a proposal of this rule is, 0 to 1."""
    return table().get(rule_key(kind, rule, inferred=inferred), UNKNOWN)
