"""Make names fit for a picture: nothing invisible in them, wrapped to two lines, shortened where that is not enough."""

import unicodedata

LINE = 28
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
JOINERS = "\u200c\u200d"
SHORTENED = "…"


def clean(text: str) -> str:
    """Text without control characters, direction overrides, surrogates and unassigned characters; one space for many."""
    spaced = "".join(" " if char in "\t\n\r\x0b\x0c\x85\u2028\u2029" else char for char in text)
    kept = (char for char in spaced if char in JOINERS or unicodedata.category(char) not in INVISIBLE)
    return " ".join("".join(kept).split())


def wrap(text: str, line: int = LINE) -> tuple[str, ...]:
    """A text on one line or two of about `line` characters, the rest cut and marked."""
    if len(text) <= line:
        return (text,) if text else ()
    first, rest = _split(text, line)
    if len(rest) <= line:
        return _balanced(text, line) if " " in text else (first, rest)
    return (first, shorten(rest, line))


def shorten(text: str, limit: int) -> str:
    """A text of at most `limit` characters, cut at a word where one ends nearby."""
    if len(text) <= limit:
        return text
    room = text[:limit - 1]
    word = room.rsplit(" ", 1)[0]
    return (word if len(word) > limit * 0.5 else room).rstrip(" ,;:–-(") + SHORTENED


def _split(text: str, line: int) -> tuple[str, str]:
    at = text.rfind(" ", 0, line + 1)
    if at <= 0:
        hyphen = text.rfind("-", 0, line)
        at = hyphen + 1 if hyphen > 0 else line
    return text[:at].rstrip(), text[at:].lstrip()


def _balanced(text: str, line: int) -> tuple[str, ...]:
    """Two lines of about the same length, if both fit."""
    spaces = [at for at, char in enumerate(text) if char == " " and at <= line and len(text) - at - 1 <= line]
    if not spaces:
        return _split(text, line)
    at = min(spaces, key=lambda at: (abs(len(text) - 1 - 2 * at), at))
    return text[:at], text[at + 1:]
