"""Read what a cell says as what a property holds: text, a date, a number, a yes or no, an address; or say why it cannot be."""

import re
from collections.abc import Collection, Sequence

from graph.errors import BadValue
from graph.model import Value
from graph.search import fold
from graph.words import mark
from loaders.table.dates import NoDate, read_date, read_part

BLANK_WORDS = ("NA", "N/A", "#N/A", "n.a.", "n/d", "n.d.", "nd", "k.A.", "k. A.", "s.o.", "null", "none", "nan", "nil",
               "-", "–", "—", "--", "…", "...", "?", "/", ".")
"""What stands for nothing in most tables; a mapping may list its own."""
BLANK = frozenset(word.casefold() for word in BLANK_WORDS)
YES = frozenset(map(fold, ("true", "yes", "y", "1", "x", "ja", "j", "si", "s", "oui", "o", "vero", "wahr", "vrai", "verdadero", "waar")))
NO = frozenset(map(fold, ("false", "no", "n", "0", "nein", "non", "nee", "falso", "falsch", "faux", "onwaar")))
GROUPED = {".": re.compile(r"[-+]?\d{1,3}([,' ]\d{3})+(\.\d+)?"), ",": re.compile(r"[-+]?\d{1,3}([.' ]\d{3})+(,\d+)?")}
PLAIN = {".": re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?"), ",": re.compile(r"[-+]?(\d+(,\d*)?|,\d+)")}
ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+", re.I)
HOST = re.compile(r"([a-z0-9-]+\.)+[a-z]{2,}(/\S*)?", re.I)
FORMULA = "="


def texts(cell: str, split: Sequence[str] = (), blank: Collection[str] = BLANK) -> tuple[str, ...]:
    """What a cell says: its texts, parted where a mapping says so, without those that stand for nothing."""
    parts = [cell]
    for sign in split:
        parts = [piece for part in parts for piece in part.split(sign)]
    cleaned = (" ".join(part.split()) for part in parts)
    return tuple(part for part in cleaned if part and part.casefold() not in blank)


def read_value(text: str, holds: str, *, name: str, date: str = "", part: str = "", decimal: str = ".") -> Value:
    """A text as what a property holds (schema.yml: text, sentence, link, date, number, flag).

    Raises BadValue, with what helps, where it is none.
    """
    match holds:
        case "date":
            return _date(text, name, date or "dmy", part)
        case "number":
            return _number(text, name, decimal)
        case "flag":
            return _flag(text, name)
        case "link":
            return _link(text, name)
    return text


def _date(text: str, name: str, order: str, part: str) -> str:
    try:
        return read_part(text, part, order) if part else read_date(text, order)
    except NoDate as problem:
        remedy = mark("Write it as 2024, 2024-10 or 2024-10-09, or say its order in the mapping (`date: mdy`).")
        if text.isdigit() and len(text) == 5:
            remedy = mark("Say `date: serial` in the mapping if it is a day as Excel counts them.")
        raise BadValue(name=name, value=text, remedy=remedy) from problem


def _number(text: str, name: str, decimal: str) -> int | float:
    bare = re.sub(r"[\s\u00a0\u202f]+", " ", text.replace("−", "-")).strip(" €$£%")
    group = "." if decimal == "," else ","
    if GROUPED[decimal].fullmatch(bare):
        bare = re.sub(rf"[{group}' ]", "", bare)
    if not PLAIN[decimal].fullmatch(bare):
        raise BadValue(name=name, value=text, remedy=mark('Write it in digits, or say in the mapping how decimals are written (`decimal: ","`).'))
    number = float(bare.replace(decimal, "."))
    if abs(number) >= 2**53:
        raise BadValue(name=name, value=text, remedy=mark("It is too large a number: map it to a text."))
    return int(number) if number.is_integer() and decimal not in bare.rstrip("0").rstrip(decimal) else number


def _flag(text: str, name: str) -> bool:
    said = fold(text)
    if said in YES or text in ("✓", "✔"):
        return True
    if said in NO:
        return False
    raise BadValue(name=name, value=text, remedy=mark("Write yes or no, or say in the mapping what it means (`words`)."))


def _link(text: str, name: str) -> str:
    if ADDRESS.fullmatch(text):
        return text
    if HOST.fullmatch(text):
        return f"https://{text}"
    raise BadValue(name=name, value=text, remedy=mark("Write the whole address, with https://."))
