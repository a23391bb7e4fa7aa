"""Measure the text reader: 1,000 pages of 3,000 characters, made of the annotated texts of all six languages, on one core."""

import time
from collections.abc import Sequence

from loaders.press import Gazetteer, read_text
from loaders.press.loader import curated_gazetteer
from tests.bench.measure import Row
from tests.loaders.press.corpus import LANGUAGES, documents

PAGES, LENGTH, LIMIT = 1000, 3000, 60.0


def pages_of(language: str, count: int) -> list[str]:
    """`count` pages: the language's texts one after another, each page begun further on."""
    whole = "\n\n".join(document.text for document in documents() if document.language == language)
    round_again = f"{whole}\n\n{whole}"
    return [round_again[index * len(whole) // count:][:LENGTH] for index in range(count)]


def seconds(pages: Sequence[str], gazetteer: Gazetteer) -> float:
    """Processor seconds to read the pages; the reader works in one thread."""
    start = time.process_time()
    for page in pages:
        read_text(page, gazetteer, document="bench")
    return time.process_time() - start


def rows() -> list[Row]:
    """Pages per second of each language, and the time of all pages against its bound."""
    gazetteer = curated_gazetteer()
    found, spent, pages = [], 0.0, 0
    for index, (code, name) in enumerate(LANGUAGES.items()):
        share = PAGES * (index + 1) // len(LANGUAGES) - pages
        taken = seconds(pages_of(code, share), gazetteer)
        found.append(Row(f"{share} pages in {name}", f"{share / taken:.0f} a second", "", None))
        spent, pages = spent + taken, pages + share
    return [*found, Row(f"{pages:,} pages of {LENGTH:,} characters", f"{spent:.1f} s, {pages / spent:.0f} a second", f"< {LIMIT:g} s",
                        spent < LIMIT)]
