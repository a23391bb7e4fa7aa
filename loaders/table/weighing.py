"""Weigh an Excel workbook before it is read: cells are counted and texts are measured, nothing is built.

Calamine lays a sheet out whole and copies each shared text into every cell that names it, so that a file of some
kilobytes may ask for gigabytes: one cell in row 1,048,576, or one long text named by a million cells.
"""

import re
import zipfile
from collections.abc import Iterator

from graph.errors import BadFile
from loaders.table.archive import bounded, too_large

LARGEST_XML = 300_000_000
LARGEST_TEXTS = 1_000_000_000
MOST_CELLS = 5_000_000
PIECE = 1 << 20
OPENING = re.compile(rb"<(?:[^\s<>/!?:]+:)?(row|c|si)(?=[\s/>])([^>]*)>(?:\s*<(?:[^\s<>/!?:]+:)?v>(\d{1,9})<)?")
NUMBER = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,3})(\d{1,7})["']""")
SHARED = re.compile(rb"""\bt\s*=\s*["']s["']""")
DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)|\0")


def check_workbook(archive: zipfile.ZipFile, name: str) -> None:
    """Raise BadFile for a workbook that would fill the memory, or whose XML declares entities."""
    scale = _Scale(name)
    parts = sorted(archive.namelist(), key=lambda part: not part.casefold().endswith("sharedstrings.xml"))
    for part in parts:
        scale.begin_part()
        for text in _pieces(archive, part, scale):
            scale.weigh(text)


def _pieces(archive: zipfile.ZipFile, part: str, scale: "_Scale") -> Iterator[bytes]:
    """An XML part in pieces that end before a tag or its value; nothing of parts that are no XML."""
    stream = bounded(archive.open(part), scale.name)
    tail = b""
    while piece := stream.read(PIECE):
        if not tail and not piece.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
            return
        text = tail + piece
        cut = text.rfind(b"<c ")
        cut = cut if cut > 0 else max(text.rfind(b"<"), 0)
        yield text[:cut]
        tail = text[cut:]
    yield tail


class _Scale:
    """What was counted so far; raises BadFile as soon as it is too much."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._xml = self._texts = 0
        self._lengths: list[int] = []
        self._longest = self._offset = self._text_start = 0
        self.begin_part()

    def begin_part(self) -> None:
        """What follows is another sheet, or another part."""
        self._end_text(self._offset)
        self._rows = self._columns = self._row = self._column = 0

    def weigh(self, text: bytes) -> None:
        """Count what stands in a piece."""
        self._xml += len(text)
        if self._xml > LARGEST_XML:
            raise too_large(self.name)
        if DECLARED.search(text):
            raise BadFile(file=self.name, problem="its XML declares entities, which are never read",
                          remedy="Save it anew in your spreadsheet program.")
        for found in OPENING.finditer(text):
            kind, attributes, value = found.groups()
            if kind == b"si":
                self._end_text(self._offset + found.start())
                self._text_start = self._offset + found.start()
                self._lengths.append(0)
            else:
                self._count(kind, attributes, value)
        self._offset += len(text)
        if self._rows * self._columns > MOST_CELLS:
            size = f"row {self._rows:,} and column {self._columns:,}: more than {MOST_CELLS:,} cells"
            raise BadFile(file=self.name, problem=f"a sheet reaches to {size}",
                          remedy="Delete what stands far below or beside the table, or save the sheet as CSV.")
        if self._texts > LARGEST_TEXTS:
            raise too_large(self.name)

    def _count(self, kind: bytes, attributes: bytes, value: bytes | None) -> None:
        number = NUMBER.search(attributes)
        if kind == b"row":
            self._row, self._column = int(number[2]) if number else self._row + 1, 0
            return
        self._column = _column(number[1]) if number and number[1] else self._column + 1
        self._rows = max(self._rows, int(number[2]) if number and number[1] else self._row)
        self._columns = max(self._columns, self._column)
        if SHARED.search(attributes):
            index = int(value) if value else -1
            self._texts += self._lengths[index] if 0 <= index < len(self._lengths) else self._longest

    def _end_text(self, offset: int) -> None:
        if self._lengths and not self._lengths[-1]:
            self._lengths[-1] = offset - self._text_start
            self._longest = max(self._longest, self._lengths[-1])


def _column(letters: bytes) -> int:
    number = 0
    for sign in letters:
        number = number * 26 + sign - 64
    return number
