"""Tell how a text file is encoded, and read its lines: Unicode where it can be, else the Windows code page whose words it spells.

A library was tried first: charset-normalizer took 10 of 13 short Western samples for Central European. The letters
that each language uses tell more than statistics do where a file has thirty names.
"""

import codecs
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from graph.errors import BadFile

SAMPLE = 200_000
LONGEST_LINE = 1_000_000
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
NAMES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-32": "UTF-32",
         "cp1252": "Windows-1252", "cp1250": "Windows-1250", "cp1251": "Windows-1251", "cp1253": "Windows-1253"}
SIGNS = "’‘“”„«»–—…€°¡¿·§®"
ALPHABETS: dict[str, tuple[str, ...]] = {
    "cp1252": ("àèéìíîòóùú", "àâæçéèêëîïôœùûüÿ", "äöüß", "áéíñóúü", "áâãàçéêíóôõú", "áéëïóöüè", "æøåéòóâêôèü", "åäöéü", "àéèíïóòúüç·"),
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž"),
    "cp1251": ("абвгдежзийклмнопрстуфхцчшщъьыэюяёіїєґѐѝјљњћџђ",),
    "cp1253": ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",),
}
"""The letters beyond ASCII of the languages that a code page serves, one alphabet a language."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file is encoded: `name` for all of it; `odd` for single lines that are not UTF-8, the first of which is `first_odd`."""

    name: str
    odd: str = ""
    odd_lines: int = 0
    first_odd: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know."""
        if self.odd_lines and self.name == "utf-8":
            where = f"{self.odd_lines} lines are not in UTF-8 as the others are (the first is line {self.first_odd})"
            return (f"{where}; they were read as {NAMES[self.odd]}",)
        return ()


def find_encoding(open_file: Callable[[], BinaryIO], name: str) -> Encoding:
    """The encoding of a file, read whole but never kept.

    Raises BadFile for what is no text.
    """
    with open_file() as file:
        head = file.read(4096)
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return Encoding(encoding)
    if b"\0" in head:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        if max(even, odd) < 0.3 * len(head) / 2:
            raise BadFile(file=name, problem="it is no text and no table that Ponte knows", remedy="Give a CSV, TSV, XLSX or ODS file.")
        return Encoding("utf-16-be" if even > odd else "utf-16-le")
    with open_file() as file:
        return _without_mark(file)


def _without_mark(file: BinaryIO) -> Encoding:
    """UTF-8 where any line beyond ASCII is; else the code page of the lines that are not."""
    utf_8 = odd = first = 0
    sample = bytearray()
    for number, line in enumerate(file, start=1):
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
            utf_8 += 1
        except UnicodeDecodeError:
            odd, first = odd + 1, first or number
            if len(sample) < SAMPLE:
                sample += line
    if not odd:
        return Encoding("utf-8")
    page = code_page(bytes(sample))
    return Encoding("utf-8", page, odd, first) if utf_8 else Encoding(page, page)


def code_page(sample: bytes) -> str:
    """The Windows code page under which most words of a sample are spelt with the letters of one language."""
    return max(ALPHABETS, key=lambda page: (_spelt(sample.decode(page, "replace"), page), -list(ALPHABETS).index(page)))


def _spelt(text: str, page: str) -> float:
    """How many words are spelt with one alphabet of a code page, less those that are not; words with digits say nothing."""
    return sum(_word(word, page) for word in re.findall(r"[^\s;,\t|\"]*[^\x00-\x7f][^\s;,\t|\"]*", text) if not re.search(r"\d", word))


def _word(word: str, page: str) -> float:
    letters = [c for c in word.casefold() if c > "\x7f" and c not in SIGNS]
    if not letters:
        return float(all(c in SIGNS for c in word if c > "\x7f"))
    if page in ("cp1251", "cp1253") and re.search(r"[A-Za-z]|[^\W\d_A-ZА-ЯΑ-Ω][А-ЯΑ-ΩΆ-Ώ]", word):
        return -1.0
    if page == "cp1252" and re.search("õ(?!e)", word.casefold()):
        return -1.0  # Portuguese has it before an e alone; else it is the Hungarian ő
    return max(2 * sum(c in alphabet for c in letters) / len(letters) - 1 for alphabet in ALPHABETS[page])


def read_lines(file: BinaryIO, encoding: Encoding, name: str) -> Iterator[str]:
    """The lines of a file as text, with their ends; a line alone in a carriage return ends there too.

    Raises BadFile, with the line, where the bytes are none of this encoding or a line has no end.
    """
    number = 0
    try:
        for number, line in enumerate(_decoded(file, encoding), start=1):
            if len(line) > LONGEST_LINE:
                raise BadFile(file=name, line=number, problem=f"the line is longer than {LONGEST_LINE:,} characters",
                              remedy="Look for line ends that are missing.")
            yield from re.split(r"(?<=\r)(?!\n)", line) if "\r" in line[:-2] else (line,)
    except UnicodeError as problem:
        raise BadFile(file=name, line=number + 1, problem=f"a byte there is no {NAMES.get(encoding.name, encoding.name)}",
                      remedy="Save it as “CSV UTF-8”.") from problem


def _decoded(file: BinaryIO, encoding: Encoding) -> Iterator[str]:
    if encoding.name != "utf-8":
        yield from io.TextIOWrapper(file, encoding=encoding.name, newline="")
        return
    while line := file.readline(LONGEST_LINE + 1):
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            if not encoding.odd:
                raise
            yield line.decode(encoding.odd, "replace")
