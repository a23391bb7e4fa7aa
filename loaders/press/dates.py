"""Find dates in a text and resolve what is said of them ("mercoledì", "last Thursday", "oggi") against the page's own date."""

import datetime
import itertools
import re
from collections.abc import Iterable, Iterator
from functools import cache

from graph.model import last_day
from loaders.press.lexicon import Lexicon, load_lexicon
from loaders.press.page import When
from loaders.press.text import Folded

ISO = re.compile(r"(?<![\d-])(?:19|20)[0-9][0-9]-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?![\d-])")
NUMERIC = re.compile(r"(?<![\d./])([0-9]{1,2})([./-])([0-9]{1,2})\2((?:19|20)[0-9][0-9]|[0-9][0-9](?= |$|\n))(?![\d/])")
CLOCK = re.compile(r"[ ,-]*(?:\w+ ){0,2}\d{1,2}[:.h]\d\d\b")
CENTURY, TURN = 2000, 50
YEAR = r"(?:19[4-9][0-9]|20[0-4][0-9])"
BRACKETED_YEAR = re.compile(rf"\(({YEAR})\)")
DATELINE = re.compile(r"(?:[A-Z][\w'-]+|'s|Den)(?:[ ,/()-]+(?:di|del|della|des?|la|las|los|el|les?|sur|sous|am|im|an der|aan|den|upon"
                      r"|[A-Z][\w'-]+)){0,7}[ ,()|.-]*$")
DATELINE_WORDS = 90
DATELINE_PARAGRAPHS = 6
AROUND = 60
HEADER_WORDS = 9
TODAY_IS = re.compile(r"\w[ ,(]*(?:den |il |le |el |the )?$")
SOON = 45
"""Days ahead that a day without a year may lie although nothing says that it is to come."""
DECADE = 10
OLD_DAYS = 45
FULL, MONTH, SHORT_YEAR = 10, 7, 2
WEEKDAY_OF_DATE = re.compile(r",? ?\(?(?:den |dem |le |el |de |the |il )?\d")


def page_date(folded: Folded, lexicon: Lexicon) -> tuple[str, str, int]:
    """The page's own date, the place of its dateline and where the dateline ends: from the header, or from the first words of a
    paragraph ("Milano, 9 ottobre 2024.", "Saint-Malo, novembre 2023."); ("", "", 0) where there is none."""
    starts = [0, *(m.end() for m in re.finditer("\n", folded.low))][:DATELINE_PARAGRAPHS]
    for start, precision in itertools.product(starts, (FULL, MONTH)):
        until = min(len(folded.low), start + DATELINE_WORDS)
        found = _days(folded.low, lexicon, start, until, "") if precision == FULL else _months(folded.low[:until], lexicon, start)
        days = [when for when in found if len(when.value) == precision]
        if days and _opens(folded, lexicon, start, days[0]) and not lexicon.has("published", folded.low[start:days[0].start]):
            before = _without_weekday(folded.plain[start:days[0].start], lexicon)
            place = re.split(r"[,(/]", before.strip(" (-,.").rsplit(" - ", 1)[-1])[0].strip()
            return folded.header_date or days[0].value, place if place[:1].isupper() else "", days[0].end
    return folded.header_date or _told_of_itself(folded, lexicon) or _closing_date(folded, lexicon), "", 0


def _told_of_itself(folded: Folded, lexicon: Lexicon) -> str:
    """The day of a short line that it closes ("Medienmitteilung vom Montag, 12. Dezember 2022"), or right behind "today"; "" for none."""
    starts = [0, *(m.end() for m in re.finditer("\n", folded.low))][:DATELINE_PARAGRAPHS]
    for when in _days(folded.low, lexicon, 0, len(folded.low), ""):
        start = max(at for at in (*starts, 0) if at <= when.start)
        line = folded.low[start:folded.low.find("\n", start) if "\n" in folded.low[start:] else len(folded.low)]
        closes = start + len(line.rstrip(" .")) == when.end and len(line.split()) <= HEADER_WORDS and not lexicon.has("signed", line)
        if len(when.value) == FULL and (closes or (TODAY_IS.search(_without_weekday(folded.low[max(0, when.start - AROUND):when.start], lexicon))
                                        and lexicon.has("today", folded.low[max(0, when.start - 30):when.start]))):
            return when.value
    return ""


def dateline(folded: Folded, lexicon: Lexicon, dates: Iterable[When]) -> int:
    """Where a dateline ends that gives no year ("BRUSSELS (23 November) -"), 0 where there is none."""
    starts = [0, *(m.end() for m in re.finditer("\n", folded.low))][:DATELINE_PARAGRAPHS]
    return next((when.end for when in dates for start in starts if any(c.isdigit() for c in folded.low[when.start:when.end])
                 and start <= when.start < start + DATELINE_WORDS and _opens(folded, lexicon, start, when)), 0)


def _closing_date(folded: Folded, lexicon: Lexicon) -> str:
    """The day behind "published on", or one that stands with a place in the last lines; "" where there is none."""
    for when in _days(folded.low, lexicon, 0, len(folded.low), ""):
        before = _without_weekday(folded.low[max(0, when.start - DATELINE_WORDS):when.start], lexicon)
        if lexicon.patterns["published"].search(before):
            return when.value
    ends = [*(m.start() for m in re.finditer("\n", folded.low)), len(folded.low)][-DATELINE_PARAGRAPHS:]
    for end, sign in itertools.product(reversed(ends), ("\n", "(", ". ")):
        start = folded.low.rfind(sign, 0, end) + len(sign)
        days = [when for when in _days(folded.low, lexicon, start, end, "") if not folded.low[when.end:end].strip(" .)")]
        if days and _opens(folded, lexicon, start, days[0]):
            return days[0].value
    return ""


def _opens(folded: Folded, lexicon: Lexicon, start: int, when: When) -> bool:
    """Whether a date opens a paragraph, alone or behind a place."""
    before = _without_weekday(folded.plain[start:when.start], lexicon)
    after = folded.plain[when.end:when.end + 2].strip()
    return ((not before.strip(" (-|,.:") or DATELINE.match(before.lstrip(" (.:-")) is not None)
            and (not after or after[0] in ".:-,;()|" or after[0].isupper() or CLOCK.match(folded.low, when.end) is not None))


def _without_weekday(text: str, lexicon: Lexicon) -> str:
    """The words before a dateline's date, without article and weekday."""
    return re.sub(rf"(?i)\b(?:{'|'.join(lexicon.weekdays)}|{lexicon.grammar['dateline_words']})\b,? ?", "", text)


def find_dates(folded: Folded, lexicon: Lexicon, page: str) -> tuple[When, ...]:
    """All dates of a text in order, none inside another; `page` is the page's own day, "" where it has none."""
    low = folded.low
    found: list[When] = []
    relative = [*_relative(low, lexicon, page), *_loose(low, lexicon, page)] if page else []
    for when in [*_days(low, lexicon, 0, len(low), page), *relative, *_months_and_years(low, lexicon)]:
        if when.value and not any(when.start < other.end and other.start < when.end for other in found):
            found.append(when)
    found += [when for when in _from_told(low, lexicon, sorted(found, key=lambda when: when.start))
              if not any(when.start < other.end and other.start < when.end for other in found)]
    return tuple(sorted(found, key=lambda when: when.start))


def _from_told(low: str, lexicon: Lexicon, found: list[When]) -> Iterator[When]:
    """"A day later", "the same evening": counted from the day that was told last."""
    for name, days in (("day_after", 1), ("same_day", 0), ("day_before", -1)):
        for match in lexicon.find(name, low):
            told = next((when.value for when in reversed(found) if when.start < match.start() and len(when.value) == FULL), "")
            if told:
                value = (datetime.date.fromisoformat(told) + datetime.timedelta(days)).isoformat()
                yield When(match.start(), match.end(), value, "relative")


@cache
def _day_patterns(language: str) -> tuple[tuple[re.Pattern[str], int, int], ...]:
    """Patterns of a day with a month, each with its groups of day and month; the year is group 3."""
    lexicon = load_lexicon(language)
    months, words = lexicon.month_pattern, lexicon.grammar
    year = rf"(?:{words['year_link']}({YEAR})(?!\d))?"
    return ((re.compile(rf"(?<![\d.]){words['day']}{words['day_several']}{words['day_link']}({months})(?!\w){year}"), 1, 2),
            (re.compile(rf"\b({months}){words['month_day']}{year}"), 2, 1))


@cache
def _period_patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Month with year, year behind a word, month behind a word."""
    lexicon = load_lexicon(language)
    return (re.compile(rf"\b({lexicon.month_pattern}){lexicon.grammar['month_link']}({YEAR})\b"),
            re.compile(rf"{lexicon.patterns['year_before'].pattern} ?({YEAR})(?![\w-]| ?- ?\d|/\d)"),
            re.compile(rf"{lexicon.patterns['month_before'].pattern} ({lexicon.month_pattern})(?!\w)(?! \d)"))


def _days(low: str, lexicon: Lexicon, start: int, end: int, page: str) -> Iterator[When]:
    """Days: with a year, or (given the page's date) without."""
    for match in ISO.finditer(low, start, end):
        yield When(match.start(), match.end(), match.group(), "full")
    for match in NUMERIC.finditer(low, start, end):
        year = int(match.group(4))
        year += (CENTURY if year < TURN else CENTURY - 100) if len(match.group(4)) == SHORT_YEAR else 0
        yield When(match.start(), match.end(), _iso(year, int(match.group(3)), int(match.group(1))), "full")
    for pattern, day_group, month_group in _day_patterns(lexicon.language):
        for match in pattern.finditer(low, start, end):
            day = int(match.group(day_group)) if match.group(day_group).isdecimal() else 1
            month = _month(match.group(month_group), lexicon)
            if match.group(3):
                yield When(match.start(), match.end(), _iso(int(match.group(3)), month, day), "full")
            elif page:
                yield When(match.start(), match.end(), _nearest(page, month, day, _is_future(low, match, lexicon)), "relative")


def _month(word: str, lexicon: Lexicon) -> int:
    """1 to 12."""
    return lexicon.months[word.rstrip(".")]


def _iso(year: int, month: int, day: int) -> str:
    """An ISO date, "" where there is no such day."""
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _is_future(low: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether the words around a date speak of what is to come."""
    return lexicon.patterns["future"].search(low, max(0, match.start() - AROUND), match.end() + AROUND - 10) is not None


def _nearest(page: str, month: int, day: int, future: bool) -> str:
    """A day without a year: the last one, or the next one where the words speak of what is to come."""
    year = int(page[:4])
    days = [value for value in (_iso(year + step, month, day) for step in (-1, 0, 1)) if value]
    if future:
        return next((value for value in days if value >= page), "")
    latest = (datetime.date.fromisoformat(page) + datetime.timedelta(SOON)).isoformat()
    return next((value for value in reversed(days) if value <= latest), "")


def _months(low: str, lexicon: Lexicon, start: int = 0) -> Iterator[When]:
    """Months with a year."""
    for match in _period_patterns(lexicon.language)[0].finditer(low, start):
        yield When(match.start(), match.end(), f"{match.group(2)}-{_month(match.group(1), lexicon):02d}", "month")


def _months_and_years(low: str, lexicon: Lexicon) -> Iterator[When]:
    yield from _months(low, lexicon)
    year = _period_patterns(lexicon.language)[1]
    for match in (*year.finditer(low), *BRACKETED_YEAR.finditer(low)):
        yield When(match.start(1), match.end(1), match.group(1), "year")


def _loose(low: str, lexicon: Lexicon, page: str) -> Iterator[When]:
    """"Last year", "two years ago", "in June": as precise as that."""
    this_year = int(page[:4])
    for name, years in (("last_year", -1), ("this_year", 0), ("next_year", 1)):
        for match in lexicon.find(name, low):
            yield When(match.start(), match.end(), str(this_year + years), "year")
    for match in lexicon.find("years_ago", low):
        word = match.group(1)
        number = lexicon.numbers.get(word) or (int(word) if word.isdecimal() else 0)
        if 0 < number < DECADE:
            yield When(match.start(), match.end(), str(this_year - number), "year")
    month_year, _, month = _period_patterns(lexicon.language)
    for match in month.finditer(low):
        if month_year.match(low, match.start(1)):
            continue
        number = _month(match.group(1), lexicon)
        year = this_year + (number < int(page[5:7])) if _is_future(low, match, lexicon) else this_year - (number > int(page[5:7]))
        yield When(match.start(1), match.end(1), f"{year}-{number:02d}", "month")


def _relative(low: str, lexicon: Lexicon, page: str) -> Iterator[When]:
    """"Oggi", "yesterday", "mercoledì": days counted from the page's own."""
    try:
        today = datetime.date.fromisoformat(page)
    except ValueError:
        return
    for name, days in (("today", 0), ("yesterday", -1), ("tomorrow", 1)):
        for match in lexicon.find(name, low):
            yield When(match.start(), match.end(), (today + datetime.timedelta(days)).isoformat(), "relative")
    for match in lexicon.find("weekdays", low):
        if not WEEKDAY_OF_DATE.match(low, match.end()):
            back = _days_back(today, low, match, lexicon)
            yield When(match.start(), match.end(), (today - datetime.timedelta(back)).isoformat(), "relative")


def _days_back(today: datetime.date, low: str, match: re.Match[str], lexicon: Lexicon) -> int:
    """How long ago a named weekday was: the page's own day or the last such day; the next one (negative) where the words say so."""
    near = f"{low[max(0, match.start() - 14):match.start()]} | {low[match.end():match.end() + 14]}"
    back = (today.weekday() - lexicon.weekdays.index(match.group(1))) % 7
    if lexicon.has("last_word", near):
        return back or (0 if lexicon.has("this_day", near) else 7)
    if lexicon.has("next_word", near):
        return back - 7
    return back - 7 if back and _is_future(low, match, lexicon) else back


def is_old(when: When, latest: str) -> bool:
    """Whether a date lies so long before a day that it is another agreement's or meeting's."""
    if not latest:
        return when.how == "year"
    return (datetime.date.fromisoformat(latest) - datetime.date.fromisoformat(last_day(when.value))).days > OLD_DAYS
