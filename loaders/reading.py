"""Open the files of a source piece by piece: never more than they may hold, text decoded line by line, XML without entities."""

import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from graph.errors import BadFile
from loaders.base import Notes

LARGEST = 1_000_000_000
"""Bytes of a file, unpacked."""
LONGEST_LINE = 5_000_000
GZIP = b"\x1f\x8b"
CONTROL = re.compile(rb"(?i)&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]));")
LONGEST_REFERENCE = 16
"""Bytes within which the end of a reference is waited for."""


def lines(path: Path, notes: Notes) -> Iterator[tuple[int, str]]:
    """The lines of a text file (UTF-8, gzip or not) without their ends, with their numbers; blank ones are left out.

    Raises BadFile where it cannot be read, is badly encoded, damaged or too large.
    """
    with opened(path, notes) as file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE + 1), b""), 1):
            if len(line) > LONGEST_LINE:
                raise BadFile(file=path.name, line=number, problem=f"the line is longer than {LONGEST_LINE:,} bytes",
                              remedy="Look for a missing line end.")
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
            except UnicodeDecodeError as problem:
                raise BadFile(file=path.name, line=number, problem="it is not encoded in UTF-8", remedy="Save it as UTF-8.") from problem
            if text.strip():
                notes.rows[path.name] += 1
                yield number, text


def json_lines(path: Path, notes: Notes) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a file that holds one JSON object a line, with the numbers of their lines; BadFile as in `lines`."""
    for number, text in lines(path, notes):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as problem:
            raise BadFile(file=path.name, line=number, problem="the line is no JSON", remedy="Download the file once more.") from problem
        if not isinstance(found, dict):
            raise BadFile(file=path.name, line=number, problem="the line is no JSON object", remedy="Give one object a line.")
        yield number, found


def elements(path: Path, notes: Notes, *names: str) -> Iterator[Element]:
    """The elements with these names (without namespace) of an XML file, each dropped when the next is asked for.

    Raises BadFile where it is no XML or declares entities; a document type elsewhere is not fetched.
    """
    with opened(path, notes) as file:
        try:
            for event, element in iterparse(_Legal(file), events=("start", "end")):
                if event == "start":
                    continue
                if local(element.tag) in names:
                    yield element
                    element.clear()
        except DefusedXmlException as problem:
            raise BadFile(file=path.name, problem="it declares entities, which are never read", remedy="Export it without them.") from problem
        except ParseError as problem:
            raise BadFile(file=path.name, line=problem.position[0], problem="it is no well-formed XML", remedy="Download it once more.") from problem


def local(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


@contextmanager
def opened(path: Path, notes: Notes) -> Iterator[BinaryIO]:
    """A file to read from its start, unpacked; how far it is read goes into the notes."""
    try:
        with path.open("rb") as raw:
            counted = _Counted(raw, path, notes)
            packed = raw.read(2) == GZIP
            raw.seek(0)
            stream = _Counted(cast(BinaryIO, gzip.GzipFile(fileobj=counted)), path) if packed else counted
            yield cast(BinaryIO, io.BufferedReader(stream))
    except (OSError, EOFError, zlib.error) as problem:
        reason = getattr(problem, "strerror", None) or "it is damaged"
        raise BadFile(file=path.name, problem=f"it cannot be read ({reason})", remedy="Check the file, or download it once more.") from problem


class _Legal:
    """A stream of XML without references to signs that XML 1.0 has not; files that call themselves XML 1.1 hold them."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._kept = b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes; a reference is never cut in two."""
        while True:
            part = self._stream.read(size)
            found = self._kept + part
            begun = found.rfind(b"&", -LONGEST_REFERENCE) if part else -1
            cut = begun if begun >= 0 and b";" not in found[begun:] else len(found)
            self._kept = found[cut:]
            clean = CONTROL.sub(b"", found[:cut])
            if clean or not part:
                return clean


class _Counted(io.RawIOBase):
    """A stream that refuses to grow too large and tells how far it is."""

    def __init__(self, stream: BinaryIO, path: Path, notes: Notes | None = None) -> None:
        self._stream = stream
        self._path = path
        self._notes = notes
        self._size = path.stat().st_size
        self._done = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        found = self._stream.read(len(buffer))
        self._done += len(found)
        if self._done > LARGEST:
            raise BadFile(file=self._path.name, problem=f"it holds more than {LARGEST // 1_000_000:,} MB, the most that is read",
                          remedy="Cut it into parts.")
        if self._notes:
            self._notes.position = (self._done, self._size)
        buffer[:len(found)] = found
        return len(found)
