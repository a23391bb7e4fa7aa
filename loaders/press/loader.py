"""Read a file or a pasted text, and save what a person chose of it: what the command line and the screens take from this package.

Reading and saving are apart, because a person chooses in between.
"""

from collections.abc import Collection
from functools import cache
from pathlib import Path

from graph.errors import BadFile
from graph.model import Source, WriteReport
from graph.schema import load_schema
from graph.store import Store
from loaders import runner
from loaders.press.gazetteer import Gazetteer
from loaders.press.known import slug
from loaders.press.proposals import LOADER, Proposal, Reading
from loaders.press.reader import read_text

DATA = Path(__file__).parents[2] / "data"
LARGEST_BYTES = 2_000_000


@cache
def curated_gazetteer() -> Gazetteer:
    """The names of the data that come with Ponte, read once: a text can be read without a running graph."""
    return Gazetteer.from_folder(DATA)


def read_bytes(content: bytes, file: str) -> str:
    """The text of a file's content: UTF-8, with or without a byte order mark.

    Raises BadFile, with the line where there is one, if it is too large or badly encoded.
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


def read_file(path: Path, gazetteer: Gazetteer | None = None, *, language: str | None = None, date: str | None = None) -> Reading:
    """A press release in a .txt file, read with the curated names or with a gazetteer of the graph.

    Raises BadFile where the file cannot be read, BadValue for a date that is none.
    """
    return read_text(load_text(path), gazetteer or curated_gazetteer(), document=path.stem, language=language, date=date)


def source_of(reading: Reading, *, text_name: str = "", title: str = "", url: str = "", publisher: str = "", tier: str = "press") -> Source:
    """The source that a reading's statements name: the same text under the same name is the same source."""
    name = Path(text_name).stem or reading.document
    return Source(f"press-{slug(name) or 'text'}-{reading.digest}", title or name, url, publisher, tier, language=reading.language,
                  date=reading.date, loader=LOADER)


def save_reading(reading: Reading, store: Store, *, text_name: str = "", only: Collection[Proposal] | None = None,
                 source: Source | None = None, progress: runner.Progress = runner.silent) -> WriteReport:
    """Write what was ticked (None: all) into the graph; what was saved of this text before and is not ticked now goes.

    Raises SchemaError before anything is written, StoreError while writing.
    """
    schema = load_schema()
    source = source or source_of(reading, text_name=text_name)
    statements = {statement.id: statement for statement in reading.statements(source, only)}
    runner.check(statements.values(), schema)
    return runner.write(LOADER, statements, {source.id: source}, store, schema, progress, scope=[source.id])
