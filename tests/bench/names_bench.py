"""Measure how fast a region is found by its name in any language, with typos, among as many names as NUTS and CLDR give together."""

import csv
import random
import string
from collections.abc import Callable, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

from graph.model import Name
from graph.search import NameIndex, fold
from tests.bench.measure import Row, once, percentile

REGIONS, LANGUAGES, ASKED = 5_000, 18, 300
LIMIT = 0.02
DATA = Path(__file__).parents[2] / "data"


def invented(seed: int = 7) -> list[Name]:
    """`REGIONS` regions, each with a name of its own in `LANGUAGES` languages, made of parts of real ones; related languages differ by endings."""
    dice = random.Random(seed)
    with (DATA / "region_names.csv").open(encoding="utf-8", newline="") as file:
        words = sorted({word for row in csv.DictReader(file) for word in row["name"].split() if len(word) > 3})
    names = []
    for number in range(REGIONS):
        one, two = dice.choice(words), dice.choice(words)
        stem = one[:len(one) // 2 + 1] + two[len(two) // 2:].casefold()
        before = dice.choice(words)
        texts = [(f"l{language}", f"{before} {stem}{dice.choice(('', 'a', 'e', 'ia', 'ien', 'sko', 'ija', 'en'))}{language % 3 or ''}")
                 for language in range(LANGUAGES)]
        names.append(Name(f"r{number}", "Region", (("", f"{before} {stem}"), *texts)))
    return names


def misspelt(text: str, dice: random.Random) -> str:
    """A name with a letter too few, too many, or two of them swapped."""
    at = dice.randrange(1, len(text) - 1)
    return dice.choice((text[:at] + text[at + 1:], text[:at] + dice.choice(string.ascii_lowercase) + text[at:],
                        text[:at] + text[at + 1] + text[at] + text[at + 2:]))


def slowest(call: Callable[[str], object], texts: Sequence[str]) -> float:
    """The p95 of one call a text, in seconds."""
    return percentile([once(lambda text=text: call(text)) for text in texts], 0.95)  # type: ignore[misc]


def rows() -> list[Row]:
    """Building the index, searching it as a reader types, and how often what was meant is among the first five."""
    dice, names = random.Random(11), invented()
    asked = [(name.id, dice.choice(name.names)[1]) for name in dice.sample(names, ASKED)]
    typed = [(id, misspelt(text, dice)) for id, text in asked]
    built: list[NameIndex] = []
    seconds = once(lambda: built.append(NameIndex.build(names)))
    index = built[0]
    folded = [fold(text) for name in names for _, text in name.names]
    whole = slowest(lambda text: process.extract(fold(text), folded, scorer=fuzz.WRatio, limit=10), [text for _, text in typed[:20]])
    found = sum(id in [hit.id for hit in index.search(text, limit=5)] for id, text in typed)
    out = [Row(f"index of {len(folded):,} names, built once a data version", f"{seconds:.2f} s", "", None)]
    for what, texts in (("with a typo", [text for _, text in typed]), ("as it is", [text for _, text in asked]),
                        ("by its first three letters", [text[:3] for _, text in asked]), ("by one letter", list(string.ascii_lowercase))):
        p95 = slowest(index.search, texts)
        out.append(Row(f"a name {what}, p95", f"{p95 * 1000:.1f} ms", f"< {LIMIT * 1000:g} ms", p95 < LIMIT))
        if what == "with a typo":
            out.append(Row("the same against comparing every name in full", f"{whole / p95:.0f} times faster", "", None))
    return [*out, Row("what was meant is among the first five", f"{found / ASKED:.0%}", ">= 95%", found >= 0.95 * ASKED)]
