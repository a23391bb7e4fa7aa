"""Turn a file or a pasted text into a source and its statements: what the runner and the screens take from this package.

Reading (`read_file`, `read_text`) and saving (`PressLoader`) are apart, because a person chooses in between.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import BadFile
from graph.model import Source, Statement
from loaders.base import Notes, SourceInfo, read_info
from loaders.press.gazetteer import Gazetteer
from loaders.press.known import slug
from loaders.press.proposals import LOADER, Proposal, Reading
from loaders.press.reader import read_text

LARGEST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Document:
    """A text that was read, with the source that its statements name and the proposals that are wanted (None: all)."""

    reading: Reading
    source: Source
    only: tuple[Proposal, ...] | None = None

    def statements(self) -> tuple[Statement, ...]:
        """What enters the graph."""
        return self.reading.statements(self.source, self.only)


class PressLoader:
    """A loader over documents that were read and chosen from."""

    def __init__(self, documents: Collection[Document]) -> None:
        self.info: SourceInfo = read_info(Path(__file__).parent)
        self._documents = tuple(documents)

    def sources(self) -> Mapping[str, Source]:
        """The documents' sources by id."""
        return {document.source.id: document.source for document in self._documents}

    def statements(self, notes: Notes) -> Iterator[Statement]:
        """The wanted statements of all documents; what was not understood goes into the notes."""
        for document in self._documents:
            notes.left_out += [f"{document.reading.document}: {note}" for note in document.reading.notes]
            yield from document.statements()


def read_bytes(content: bytes, file: str) -> str:
    """The text of a file's content: UTF-8, with or without a byte order mark.

    Raises BadFile with the line where it is too large or badly encoded.
    """
    if len(content) > LARGEST_BYTES:
        raise BadFile(file=file, problem=f"the text has more than {LARGEST_BYTES / 1e6:.0f} MB, the most that is read",
                      remedy="Give the press release alone, or cut the file into parts.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content[:problem.start].count(b"\n") + 1
        raise BadFile(file=file, line=line, problem=f"the byte {content[problem.start]:#04x} is no UTF-8",
                      remedy="Save the text as UTF-8 (“Unicode”) and read it again.") from problem


def load_text(path: Path) -> str:
    """The text of a file; BadFile as in `read_bytes`, or where it cannot be opened."""
    try:
        with path.open("rb") as file:
            return read_bytes(file.read(LARGEST_BYTES + 1), path.name)
    except OSError as problem:
        raise BadFile(file=str(path), problem=f"it cannot be read ({problem.strerror})", remedy="Check the name of the file.") from problem


def read_file(path: Path, gazetteer: Gazetteer, *, language: str | None = None, date: str | None = None) -> Document:
    """A press release in a .txt file, read; its source is named after the file and its content.

    Raises BadFile where the file cannot be read, BadValue for a date that is none.
    """
    return read_document(load_text(path), gazetteer, document=path.stem, language=language, date=date)


def read_document(text: str, gazetteer: Gazetteer, *, document: str, language: str | None = None, date: str | None = None,
                  title: str = "", url: str = "", publisher: str = "", tier: str = "press") -> Document:
    """A pasted text, read; `document` names it. The same text under the same name is the same source."""
    reading = read_text(text, gazetteer, document=document, language=language, date=date)
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    source = Source(f"press-{slug(document) or 'text'}-{digest}", title or document, url, publisher, tier, language=reading.language,
                    date=reading.date, loader=LOADER)
    return Document(reading, source)
