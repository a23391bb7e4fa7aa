"""Look into a ZIP or gzip file before anything of it is unpacked, and unpack no more than it may hold.

What an archive says of its own sizes is not believed: every part is read in pieces and counted.
"""

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from typing import IO, Any, BinaryIO, Protocol

from graph.errors import BadFile

LARGEST_UNPACKED = 500_000_000
MOST_PARTS = 5_000


def open_archive(file: BinaryIO, name: str) -> zipfile.ZipFile:
    """A ZIP archive whose parts are few, small enough and not locked, by what it says of itself.

    Raises BadFile otherwise.
    """
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError) as problem:
        raise BadFile(file=name, problem="it is a damaged ZIP archive", remedy="Save or download it once more.") from problem
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise too_large(name)
    if any(part.flag_bits & 1 for part in parts):
        raise BadFile(file=name, problem="it is locked with a password", remedy="Save it without one.")
    return archive


def too_large(name: str) -> BadFile:
    """What is said of a file that grows too large when it is unpacked."""
    return BadFile(file=name, problem=f"unpacked it is larger than {LARGEST_UNPACKED // 1_000_000} MB, so it was not read",
                   remedy="Keep the rows that are needed, or cut it into parts.")


def open_part(open_file: Callable[[], BinaryIO], part: str, name: str) -> BinaryIO:
    """A part of an archive as a file of its own, no larger than it may be."""
    file = open_file()
    archive = zipfile.ZipFile(file)
    return bounded(archive.open(part), f"{name}: {part}", archive, file)


def open_unzipped(open_file: Callable[[], BinaryIO], name: str) -> BinaryIO:
    """What a gzip file holds, no larger than it may be."""
    file = open_file()
    return bounded(gzip.GzipFile(fileobj=file), name, file)


def bounded(stream: IO[bytes] | gzip.GzipFile, name: str, *owners: "Closable") -> BinaryIO:
    """A stream that raises BadFile where it is damaged or has grown too large; what it reads from is closed with it."""
    return io.BufferedReader(_Bounded(stream, name, owners))


class Closable(Protocol):
    """Whatever is to be closed at the end."""

    def close(self) -> None:
        """Give it back."""
        ...


class _Bounded(io.RawIOBase):
    def __init__(self, stream: IO[bytes] | gzip.GzipFile, name: str, owners: "tuple[Closable, ...]") -> None:
        self._stream = stream
        self._owners = owners
        self._name = name
        self._done = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            found = self._stream.read(len(buffer))
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError) as problem:
            raise BadFile(file=self._name, problem="it is damaged and cannot be unpacked", remedy="Save or download it once more.") from problem
        self._done += len(found)
        if self._done > LARGEST_UNPACKED:
            raise too_large(self._name)
        buffer[:len(found)] = found
        return len(found)

    def close(self) -> None:
        for one in (self._stream, *self._owners):
            one.close()
        super().close()
