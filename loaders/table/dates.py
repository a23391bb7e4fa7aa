"""Read dates as people write them in tables: six languages and more, numbers in any order, Excel's serial days; as precise as stated.

The names of months are those of Unicode CLDR, through Babel.
"""

import datetime
import re
from collections.abc import Iterator
from functools import cache, lru_cache

import babel.dates

from graph.search import fold

LANGUAGES = ("en", "it", "de", "fr", "es", "nl", "ca", "pt")
ORDERS = ("dmy", "mdy", "ymd", "serial")
FIRST_SERIAL, LAST_SERIAL = 1, 109_574
"""1 January 1900 and 31 December 2199 as Excel counts days."""
CENTURY = 50
"""A year of two digits below this is of this century."""
NUMBERS = re.compile(r"(\d{1,4})\s*([./-])\s*(\d{1,2})(?:\s*\2\s*(\d{4}|\d{2}))?\.?")
TIME = re.compile(r"(?<=\d)[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
FILLERS = frozenset("de del d di of the den le el the il".split())
DASH = re.compile(r"\s*[–—]\s*|\s+-\s+|\s+(?:to|until|till|bis|al|a|au|à|hasta|tot|t/m|fino al|jusqu'au)\s+|(?<=\d{4})\s*[-/]\s*(?=\d{4})", re.I)
BEGUN = re.compile(r"^(?:since|from|seit|ab|von|vom|dal|da|dall|depuis|du|dès|desde|del|sinds|vanaf|van)\W+", re.I)
OPEN = frozenset(map(fold, ("today", "present", "ongoing", "now", "current", "heute", "laufend", "oggi", "in corso", "in carica",
                            "aujourd'hui", "en cours", "actualidad", "presente", "en curso", "heden", "lopend", "nu", "…")))


class NoDate(ValueError):
    """A text that states no date."""


@lru_cache(50_000)
def read_date(text: str, order: str = "dmy") -> str:
    """A date in ISO form ("2024", "2024-10", "2024-10-09") or an interval ("2014/2020"). Raises NoDate.

    `order` says how numbers are to be taken: dmy, mdy, ymd, or serial for the days that Excel counts.
    """
    text = TIME.sub("", " ".join(text.split()))
    if order == "serial" and re.fullmatch(r"\d{1,6}(\.\d+)?", text):
        return _serial(float(text))
    parts = _ends(BEGUN.sub("", text))
    if len(parts) == 2 and all(parts):
        first, last = _completed(*parts)
        return f"{_one(first, order)}/{_one(last, order)}"
    return _one(text, order)


def read_part(text: str, part: str, order: str = "dmy") -> str:
    """The start or the end of what a text states; "" where it leaves it open ("since 2014", "2014 –", "2014 – today"). Raises NoDate."""
    text = " ".join(text.split())
    bare = BEGUN.sub("", text)
    parts = _ends(bare)
    if fold(parts[-1]) in OPEN or (len(parts) == 1 and bare != text):
        return read_date(parts[0], order) if part == "start" else ""
    start, _, end = read_date(bare, order).partition("/")
    return start if part == "start" else end


def _ends(text: str) -> list[str]:
    """What stands before and after a dash or its word; the text alone where there is none."""
    if iso := re.fullmatch(r"(\d{4}(?:-\d\d){0,2})/(\d{4}(?:-\d\d){0,2})", text):
        return list(iso.groups())
    if begun := re.fullmatch(r"(.*\d)\s*[-–—]", text):
        return [begun[1], ""]
    return DASH.split(text) if len(DASH.split(text)) == 2 else [text]


def _completed(first: str, last: str) -> tuple[str, str]:
    """Both ends of "9–10 October 2024" and of "March – May 2024" with their month and year."""
    if re.fullmatch(r"\d{1,2}\.?", first):
        return f"{first} {re.sub(r'^[0-9]{1,2}[.]? ?', '', last)}", last
    if not re.search(r"\d{4}", first) and (year := re.search(r"\d{4}$", last)):
        return f"{first} {year[0]}", last
    return first, last


def _one(text: str, order: str) -> str:
    if re.fullmatch(r"\d{4}", text):
        return _checked(int(text))
    if found := re.fullmatch(r"(\d{4})-?(\d{2})-?(\d{2})", text):
        return _checked(*map(int, found.groups()))
    if found := NUMBERS.fullmatch(text):
        return _numbers(found[1], found[3], found[4] or "", order)
    return _words(text)


def _numbers(first: str, second: str, third: str, order: str) -> str:
    if len(first) == 4:
        return _checked(int(first), int(second), int(third or 0))
    if len(first) == 3:
        raise NoDate(first)
    if not third:
        raise NoDate(f"{first}/{second}")
    day, month = (int(second), int(first)) if order == "mdy" else (int(first), int(second))
    if order == "ymd":
        return _checked(_year(first), int(second), int(third))
    return _checked(_year(third), month, day)


def _words(text: str) -> str:
    """ "9. Oktober 2024", "October 9th, 2024", "1er octobre 2024", "ottobre 2024", "Oct-24", "10/2024"."""
    if found := re.fullmatch(r"(\d{1,2})\s*[./-]\s*(\d{4})", text):
        return _checked(int(found[2]), int(found[1]))
    tokens = [token for token in fold(text).split(" ") if token not in FILLERS]
    months = [number for token in tokens if (number := month_names().get(token))]
    digits = [int(found[1]) for token in tokens if (found := re.fullmatch(r"(\d{1,4})(?:st|nd|rd|th|er|re|e|º|o|a)?", token))]
    if len(months) != 1 or len(tokens) != 1 + len(digits) or not 1 <= len(digits) <= 2:
        raise NoDate(text)
    years = [number for number in digits if number > 31]
    if len(digits) == 1:
        return _checked(_year(str(digits[0]).zfill(2)), months[0])
    year = years[0] if years else digits[1]
    day = next((number for number in digits if number != year), year)
    return _checked(_year(str(year).zfill(2)), months[0], day)


@cache
def month_names() -> dict[str, int]:
    """The number of a month by its folded name or abbreviation, in all LANGUAGES."""
    return {fold(name): number for language in LANGUAGES for name, number in _names(language)} | {"sept": 9, "sett": 9}


def _names(language: str) -> Iterator[tuple[str, int]]:
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            for number, name in babel.dates.get_month_names(width, context, language).items():
                yield re.sub(r"^(de |d'|d’)", "", name), number


def _year(text: str) -> int:
    number = int(text)
    return number if len(text) == 4 else number + (2000 if number < CENTURY else 1900)


def _serial(days: float) -> str:
    if not FIRST_SERIAL <= days <= LAST_SERIAL:
        raise NoDate(str(days))
    return (datetime.date(1899, 12, 30) + datetime.timedelta(days=int(days))).isoformat()


def _checked(year: int, month: int = 0, day: int = 0) -> str:
    """The parts as ISO text, if a calendar has them."""
    try:
        datetime.date(year, month or 1, day or 1)
    except ValueError as problem:
        raise NoDate(str(problem)) from problem
    if not 1000 <= year <= 2200:
        raise NoDate(str(year))
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")
