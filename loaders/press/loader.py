"""Read a file or a pasted text, and save what a person chose of it: what the command line and the screens take from this package.

Reading and saving are apart, because a person chooses in between.
"""

from collections.abc import Collection
from functools import cache
from pathlib import Path

from graph.model import Source, WriteReport
from graph.schema import load_schema
from graph.store import Store
from loaders import runner
from loaders.press.files import load_document, read_document
from loaders.press.gazetteer import Gazetteer
from loaders.press.known import slug
from loaders.press.proposals import LOADER, Proposal, Reading
from loaders.press.reader import read_text

DATA = Path(__file__).parents[2] / "data"


@cache
def curated_gazetteer() -> Gazetteer:
    """The names of the data that come with Ponte, read once: a text can be read without a running graph."""
    return Gazetteer.from_folder(DATA)


def read_bytes(content: bytes, file: str) -> str:
    """The text of a file's content: see `files.read_document`, which also gives its title and date."""
    return read_document(content, file).text


def read_file(path: Path, gazetteer: Gazetteer | None = None, *, language: str | None = None, date: str | None = None) -> Reading:
    """A press release in a file (.txt, .html, .docx, .pdf), read with the curated names or with a gazetteer of the graph.

    Raises BadFile where the file cannot be read, BadValue for a date that is none.
    """
    document = load_document(path)
    return read_text(document.text, gazetteer or curated_gazetteer(), document=path.stem, language=language, date=date,
                     published=document.date)


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
