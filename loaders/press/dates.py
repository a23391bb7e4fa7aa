"""Find dates in a text and resolve what is said of them ("mercoledì", "last Thursday", "oggi") against the page's own date."""

import datetime
import re
from collections.abc import Iterator

from loaders.press.lexicon import Lexicon
from loaders.press.page import When
from loaders.press.text import Folded

ISO = re.compile(r"(?<![\d-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\d-])")
NUMERIC = re.compile(r"(?<![\d./])(\d{1,2})([./])(\d{1,2})\2((?:19|20)\d\d)(?![\d/])")
YEAR = r"(?:19[4-9]\d|20[0-4]\d)"
DATELINE = re.compile(r"[A-Z][\w'-]+(?: [\w'/(),-]+){0,4}?,? *(?:- *)?$")
DATELINE_WORDS = 90
FUTURE = re.compile(r"\b(?:will|next|prossim\w+|due to|is to|are to|\w+(?:era|eranno|ira|iranno))\b")


def page_date(folded: Folded, lexicon: Lexicon) -> tuple[str, str, int]:
    """The page's own date, the place of its dateline and where the dateline ends: from the header, or from the first words of a
    paragraph ("Milano, 9 ottobre 2024."); ("", "", 0) where there is none."""
    header = folded.header_date
    for start in [0, *(m.end() for m in re.finditer("\n", folded.low))][:6]:
        for when in _absolute(folded.low, lexicon, start, min(len(folded.low), start + DATELINE_WORDS), ""):
            if len(when.value) != 10:
                continue
            before = _without_weekday(folded.plain[start:when.start], lexicon)
            after = folded.plain[when.end:when.end + 2].strip()
            if (not before.strip(' (-|,') or DATELINE.match(before)) and (not after or after[0] in ".:-,;)|\n" or after[0].isupper()):
                place = re.split(r"[,(/-]| - ", before.strip(" (-"))[0].strip()
                return header or when.value, place if place[:1].isupper() else "", when.end
            break
    return header, "", 0


def _without_weekday(text: str, lexicon: Lexicon) -> str:
    """The words before a dateline's date, without article and weekday."""
    return re.sub(rf"(?i)\b(?:{'|'.join(lexicon.weekdays)}|li|on|il|lo|the)\b,? ?", "", text)


def find_dates(folded: Folded, lexicon: Lexicon, page: str) -> tuple[When, ...]:
    """All dates of a text in order, none inside another."""
    found: list[When] = []
    for when in [*_absolute(folded.low, lexicon, 0, len(folded.low), page), *_relative(folded, lexicon, page), *_years(folded.low, lexicon, page)]:
        if not any(when.start < other.end and other.start < when.end for other in found):
            found.append(when)
    return tuple(sorted(found, key=lambda when: when.start))


def _absolute(low: str, lexicon: Lexicon, start: int, end: int, page: str) -> Iterator[When]:
    for match in ISO.finditer(low, start, end):
        yield from _when(match, match.group(), "full")
    for match in NUMERIC.finditer(low, start, end):
        yield from _when(match, _iso(match.group(4), int(match.group(3)), int(match.group(1))), "full")
    months = lexicon.month_pattern
    day = r"(\d{1,2}|primo)(?:st|nd|rd|th|o|°)?"
    for pattern, order in ((rf"(?<![\d.]){day}(?:(?: ?(?:-|/|e|and|to|al|a) ?\d{{1,2}})?(?: of| di)? )({months})\b(?:,?(?: del| de)? ({YEAR}))?", (1, 2, 3)),
                           (rf"\b({months}) {day}\b(?:(?: ?- ?\d{{1,2}})?(?:,? ({YEAR}))?)(?! {YEAR})", (2, 1, 3))):
        for match in re.compile(pattern).finditer(low, start, end):
            number = 1 if match.group(order[0]) == "primo" else int(match.group(order[0]))
            month = _month(match.group(order[1]), lexicon)
            if match.group(order[2]):
                yield from _when(match, _iso(match.group(order[2]), month, number), "full")
            elif page:
                yield from _when(match, _nearest(page, month, number, low[max(0, match.start() - 60):match.end() + 20]), "relative")


def _month(word: str, lexicon: Lexicon) -> int:
    """1 to 12."""
    return 1 + next(index for index, name in enumerate(lexicon.months) if name.startswith(word.rstrip(".")[:3]))


def _iso(year: str, month: int, day: int) -> str:
    try:
        return datetime.date(int(year), month, day).isoformat()
    except ValueError:
        return ""


def _when(match: re.Match[str], value: str, how: str) -> Iterator[When]:
    if value:
        yield When(match.start(), match.end(), value, how)


def _nearest(page: str, month: int, day: int, around: str) -> str:
    """A day without a year: the last one, or the next one where the words speak of what is to come."""
    year = int(page[:4])
    candidates = [value for value in (_iso(str(year + step), month, day) for step in (-1, 0, 1)) if value]
    if FUTURE.search(around):
        return next((value for value in candidates if value >= page[:10]), "")
    past = [value for value in candidates if value <= page[:10]]
    same = _iso(str(year), month, day)
    if same and same > page[:10] and _days(same, page) <= 45:
        return same
    return past[-1] if past else ""


def _days(one: str, other: str) -> int:
    return abs((datetime.date.fromisoformat(one[:10]) - datetime.date.fromisoformat(other[:10])).days)


def _years(low: str, lexicon: Lexicon, page: str) -> Iterator[When]:
    months = lexicon.month_pattern
    for match in re.compile(rf"\b({months}),?(?: del| of| in)? ({YEAR})\b").finditer(low):
        yield When(match.start(), match.end(), f"{match.group(2)}-{_month(match.group(1), lexicon):02d}", "month")
    for match in re.compile(rf"{lexicon.patterns['year_before'].pattern} ?({YEAR})(?![\d-]| ?- ?\d|/\d)").finditer(low):
        yield When(match.start(1), match.end(1), match.group(1), "year")
    for match in re.compile(rf"\(({YEAR})\)").finditer(low):
        yield When(match.start(1), match.end(1), match.group(1), "year")
    if page:
        for match in lexicon.find("last_year", low):
            yield When(match.start(), match.end(), str(int(page[:4]) - 1), "year")
        for match in lexicon.find("years_ago", low):
            number = lexicon.numbers.get(match.group(1)) or (int(match.group(1)) if match.group(1).isdigit() else 0)
            if 0 < number < 10:
                yield When(match.start(), match.end(), str(int(page[:4]) - number), "year")
        for match in re.compile(rf"{lexicon.patterns['month_before'].pattern} ({'|'.join(lexicon.months)})\b(?! \d)").finditer(low):
            around = low[max(0, match.start() - 60):match.end() + 10]
            yield When(match.start(1), match.end(1), _month_only(page, _month(match.group(1), lexicon), around), "month")


def _month_only(page: str, month: int, around: str) -> str:
    year = int(page[:4])
    if FUTURE.search(around):
        year += month < int(page[5:7])
    else:
        year -= month > int(page[5:7])
    return f"{year}-{month:02d}"


def _relative(folded: Folded, lexicon: Lexicon, page: str) -> Iterator[When]:
    if len(page) < 10:
        return
    try:
        today = datetime.date.fromisoformat(page[:10])
    except ValueError:
        return
    low = folded.low
    for name, days in (("today", 0), ("yesterday", -1), ("tomorrow", 1)):
        for match in lexicon.find(name, low):
            yield When(match.start(), match.end(), (today + datetime.timedelta(days)).isoformat(), "relative")
    for match in lexicon.find("weekdays", low):
        before, after = low[max(0, match.start() - 14):match.start()], low[match.end():match.end() + 14]
        if re.match(r",? \d", after) or re.search(r"\b(?:every|ogni)\s$", before):
            continue
        yield When(match.start(), match.end(), _weekday(today, match.group(), low[max(0, match.start() - 50):match.end() + 50], before, after, lexicon), "relative")


def _weekday(today: datetime.date, word: str, around: str, before: str, after: str, lexicon: Lexicon) -> str:
    """The day of a weekday's name: the page's own day or the last such day; the next one where the words say so."""
    index = next(i for i, name in enumerate(lexicon.weekdays) if name == word)
    back = (today.weekday() - index) % 7
    if lexicon.has("last_word", before) or lexicon.has("last_word", after):
        back = back or (0 if re.search(r"\bthis\b", before) else 7)
    elif lexicon.has("next_word", before) or lexicon.has("next_word", after) or FUTURE.search(around):
        back = back - 7 if back else -7 if lexicon.has("next_word", before + after) else 0
    return (today - datetime.timedelta(back)).isoformat()
