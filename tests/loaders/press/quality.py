"""Measure the reader on the annotated texts: `python -m tests.loaders.press.quality` prints it, `--write` renews docs/reading.md and
the confidence of each rule.

Three sets are told apart: the ten texts that were given, the project's own that rules were written with, and those that were held
back. Only the last says what to expect of a text that nobody has seen.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Mapping

import yaml

from loaders.press import Gazetteer, read_text
from loaders.press.confidence import FILE
from loaders.press.loader import curated_gazetteer

from . import calibration
from .corpus import HERE, LANGUAGES, SETS, documents, facts, score

PAGE = HERE.parents[2] / "docs" / "reading.md"
JUDGED_APART = ("agreement status", "agreement date")
Counts = Mapping[str, list[int]]
"""Kind -> right, proposed, wanted."""


def measure(gazetteer: Gazetteer) -> Mapping[tuple[str, str], Counts]:
    """Counts by set and language."""
    out: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0, 0]))
    for document in documents():
        reading = read_text(document.text, gazetteer, document=document.name)
        for kind, numbers in score().count(score().gold_facts(document.gold), facts(reading)).items():
            counts = out[document.set, document.language]
            counts[kind] = [a + b for a, b in zip(counts[kind], numbers, strict=True)]
    return out


def total(groups: Mapping[tuple[str, str], Counts], *, set: str = "", language: str = "", kind: str = "") -> tuple[float, float, int]:
    """Precision, recall and how many facts are wanted, over what the arguments select."""
    right = proposed = wanted = 0
    for (of, tongue), counts in groups.items():
        for name, (good, given, gold) in counts.items():
            if (not set or of == set) and (not language or tongue == language) and (name == kind if kind else name not in JUDGED_APART):
                right, proposed, wanted = right + good, proposed + given, wanted + gold
    return right / proposed if proposed else 0.0, right / wanted if wanted else 0.0, wanted


def _cell(precision: float, recall: float, wanted: int) -> str:
    return f"{precision:.2f} / {recall:.2f} ({wanted})" if wanted else "–"


def tables(groups: Mapping[tuple[str, str], Counts]) -> str:
    """The figures as two tables: by language and by kind, each for the three sets."""
    head = ["| | " + " | ".join(SETS.values()) + " |", "|---|" + "---|" * len(SETS)]
    by_language = [f"| {name} | " + " | ".join(_cell(*total(groups, set=of, language=code)) for of in SETS) + " |"
                   for code, name in LANGUAGES.items()]
    by_language.append("| **all** | " + " | ".join(f"**{_cell(*total(groups, set=of))}**" for of in SETS) + " |")
    kinds = sorted({kind for counts in groups.values() for kind in counts})
    by_kind = [f"| {kind} | " + " | ".join(_cell(*total(groups, set=of, kind=kind)) for of in SETS) + " |" for kind in kinds]
    return "\n".join([*head, *by_language, "", *head, *by_kind])


def page(gazetteer: Gazetteer) -> str:
    """docs/reading.md as it ought to be."""
    groups, found = measure(gazetteer), calibration.judged(gazetteer)
    fitted = calibration.fit(found)
    sizes = {of: sum(document.set == of for document in documents()) for of in SETS}
    text = (HERE / "reading.md.in").read_text(encoding="utf-8")
    for name, value in {**{f"count_{of}": str(count) for of, count in sizes.items()}, "tables": tables(groups),
                        "bands": calibration.bands(found, fitted), "rules": calibration.rules(found, fitted)}.items():
        text = text.replace("{{" + name + "}}", value)
    return text


def confidences(gazetteer: Gazetteer) -> str:
    """confidence.yml as it ought to be."""
    head = "# Kind and rule of a proposal: how sure it is. Written by python -m tests.loaders.press.quality --write.\n"
    return head + yaml.safe_dump(dict(calibration.fit(calibration.judged(gazetteer))), width=200)


def main() -> int:
    """Print the figures, or write them into the documentation."""
    parser = argparse.ArgumentParser(prog="python -m tests.loaders.press.quality", description=__doc__)
    parser.add_argument("--write", action="store_true", help="renew docs/reading.md and the confidence of each rule")
    options = parser.parse_args()
    if options.write:
        PAGE.write_text(page(curated_gazetteer()), encoding="utf-8")
        FILE.write_text(confidences(curated_gazetteer()), encoding="utf-8")
    else:
        print(tables(measure(curated_gazetteer())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
