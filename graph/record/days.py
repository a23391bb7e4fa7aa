"""Count days on ISO text, tolerant of days that no calendar has ("2021-02-30" in a list is no reason to stop)."""

import calendar


def day_before(day: str) -> str:
    """The day before a day (YYYY-MM-DD)."""
    year, month, number = (int(part) for part in day.split("-"))
    if number > 1:
        return f"{year:04d}-{month:02d}-{min(number - 1, calendar.monthrange(year, month)[1]):02d}"
    year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return f"{year:04d}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"


def year_before(day: str) -> str:
    """The same day a year earlier, as text to compare with."""
    return f"{int(day[:4]) - 1:04d}{day[4:]}"
