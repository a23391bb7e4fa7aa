"""Open a file of unknown make: what it is is judged by its content, never by its name, and its size before anything is unpacked."""

import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

from graph.errors import BadFile
from loaders.table.archive import open_archive, open_part, open_unzipped
from loaders.table.graphs import read_gexf, read_graphml, read_json
from loaders.table.grid import Sheet, TableFile
from loaders.table.opendocument import read_ods
from loaders.table.text import read_text_sheet
from loaders.table.workbook import read_xlsx

LARGEST_FILE = 500_000_000
LARGEST_PACKED = 100_000_000
LARGEST_JSON = 100_000_000
ZIP, GZIP = b"PK\x03\x04", b"\x1f\x8b"
NOT_TABLES = {
    b"%PDF": ("it is a PDF, no table", "Save the table as CSV or XLSX: a PDF has no cells."),
    b"\xd0\xcf\x11\xe0": ("it is an old Excel file (XLS), or a workbook with a password, no table", "Save it as XLSX, without a password."),
    b"PK\x05\x06": ("it is an empty ZIP archive, no table", "Put the tables into it."),
    b"7z\xbc\xaf": ("it is a 7-Zip archive, no table", "Unpack it first."),
    b"Rar!": ("it is a RAR archive, no table", "Unpack it first."),
    b"\x89PNG": ("it is a picture, no table", "Give the table itself."),
    b"\xff\xd8\xff": ("it is a picture, no table", "Give the table itself."),
    b"SQLite format 3": ("it is a SQLite database, no table", "Export the table as CSV."),
    b"PAR1": ("it is a Parquet file, no table", "Save it as CSV."),
    b"{\\rtf": ("it is a text document (RTF), no table", "Save the table as CSV or XLSX."),
}
"""What files of other kinds begin with, what they are, and what helps."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it was given: its name, its size in bytes, and how to read it from the start."""

    name: str
    size: int
    open: Callable[[], BinaryIO]

    @classmethod
    def path(cls, path: Path) -> "Given":
        """A file on disk. Raises BadFile where it cannot be read."""
        try:
            with path.open("rb"):
                return cls(path.name, path.stat().st_size, lambda: path.open("rb"))
        except OSError as problem:
            raise BadFile(file=str(path), problem=f"it cannot be read ({problem.strerror})", remedy="Check the name of the file.") from problem

    @classmethod
    def content(cls, name: str, content: bytes) -> "Given":
        """A file that was uploaded."""
        return cls(PurePath(name).name, len(content), lambda: io.BytesIO(content))


@dataclass(frozen=True, slots=True)
class TextForm:
    """How a mapping says that text files are to be read; what is not said is found out."""

    encoding: str = ""
    delimiter: str = ""
    quotes: bool | None = None


def open_tables(given: Iterable[Given], form: TextForm | None = None) -> TableFile:
    """Files as one table file: each a sheet where they are several, as Neo4j's nodes and relationships are.

    Raises BadFile with one sentence for what is no table, is damaged, or too large.
    """
    files = [_open(one, form or TextForm()) for one in given]
    if len(files) == 1:
        return files[0]
    sheets = [Sheet(f"{file.name} {sheet.name}" if len(file.sheets) > 1 else file.name, sheet.rows, sheet.columns, sheet.hidden)
              for file in files for sheet in file.sheets]
    return TableFile(", ".join(file.name for file in files), files[0].form, tuple(sheets), tuple(note for file in files for note in file.notes))


def _open(given: Given, form: TextForm) -> TableFile:
    _check_size(given, LARGEST_FILE)
    with given.open() as file:
        head = file.read(4096)
    if not head.strip():
        raise BadFile(file=given.name, problem="it is empty", remedy="Check that it was saved or downloaded whole.")
    for start, (problem, remedy) in NOT_TABLES.items():
        if head.startswith(start):
            raise BadFile(file=given.name, problem=problem, remedy=remedy)
    if head.startswith(ZIP):
        _check_size(given, LARGEST_PACKED)
        return _open_zip(given, form)
    if head.startswith(GZIP):
        _check_size(given, LARGEST_PACKED)
        return _open_plain(given.name, lambda: open_unzipped(given.open, given.name), _gzip_head(given), form)
    return _open_plain(given.name, given.open, head, form)


def _check_size(given: Given, largest: int) -> None:
    if given.size > largest:
        raise BadFile(file=given.name, problem=f"it has {given.size / 1e6:,.0f} MB, more than the {largest // 1_000_000} MB that are read",
                      remedy="Keep the rows that are needed, or cut it into parts.")


def _gzip_head(given: Given) -> bytes:
    with open_unzipped(given.open, given.name) as file:
        return file.read(4096)


def _open_plain(name: str, open_file: Callable[[], BinaryIO], head: bytes, form: TextForm, sheet: str = "") -> TableFile:
    """A graph in XML or JSON, else text."""
    begin = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if begin.startswith(b"<"):
        return _open_xml(name, open_file)
    if begin.startswith((b"{", b"[")) and re.match(rb'[{\[]\s*(["{\[\]}]|$)', begin):
        with open_file() as file:
            content = file.read(LARGEST_JSON + 1)
        _check_size(Given(name, len(content), open_file), LARGEST_JSON)
        return TableFile(name, "JSON", read_json(content, name))
    found, dialect, coded = read_text_sheet(name, open_file, sheet, delimiter=form.delimiter, quoted=form.quotes, encoding=form.encoding)
    return TableFile(name, "TSV" if dialect.delimiter == "\t" else "CSV", (found,), coded.notes)


def _open_xml(name: str, open_file: Callable[[], BinaryIO]) -> TableFile:
    with open_file() as file:
        head = file.read(4096).decode("utf-8", "replace").replace("\0", "")
    if re.search(r"<(\w+:)?graphml\b", head):
        return read_graphml(name, open_file)
    if re.search(r"<(\w+:)?gexf\b", head):
        return read_gexf(name, open_file)
    if re.search(r"<(!doctype )?html\b", head, re.I):
        raise BadFile(file=name, problem="it is a web page, no table", remedy="Open it in a spreadsheet program and save it as XLSX.")
    if "urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise BadFile(file=name, problem="it is an Excel file of 2003 (XML)", remedy="Save it as XLSX.")
    raise BadFile(file=name, problem="its XML is neither GraphML nor GEXF", remedy="Export it as one of these, or as CSV.")


def _open_zip(given: Given, form: TextForm) -> TableFile:
    """A workbook, else an archive of text files, each of them a sheet."""
    with given.open() as file, open_archive(file, given.name) as archive:
        parts = [part.filename for part in archive.infolist() if not part.is_dir() and not part.filename.startswith("__MACOSX/")]
        kind = archive.read("mimetype")[:100] if "mimetype" in parts and archive.getinfo("mimetype").file_size < 100 else b""
    if "xl/workbook.xml" in parts:
        return TableFile(given.name, "XLSX", _filled(read_xlsx(given.name, given.open), given.name))
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return TableFile(given.name, "ODS", _filled(read_ods(given.name, given.open), given.name))
    for sign, problem in (("word/document.xml", "it is a text document (DOCX)"), ("ppt/presentation.xml", "it is a presentation (PPTX)"),
                          ("xl/workbook.bin", "it is a binary Excel workbook (XLSB)"), ("mimetype", "it is an OpenDocument file without sheets")):
        if sign in parts:
            raise BadFile(file=given.name, problem=problem, remedy="Save the table as XLSX, ODS or CSV.")
    return _open_parts(given, parts, form)


def _open_parts(given: Given, parts: list[str], form: TextForm) -> TableFile:
    tables = [part for part in parts if part.casefold().endswith((".csv", ".tsv", ".txt"))]
    if not tables:
        raise BadFile(file=given.name, problem="it is a ZIP archive without a table", remedy="Put CSV files into it, or give them alone.")
    sheets, notes = [], []
    for part in tables:
        found, _, coded = read_text_sheet(f"{given.name}: {part}", lambda part=part: open_part(given.open, part, given.name), part,  # type: ignore[misc]
                                          delimiter=form.delimiter, quoted=form.quotes, encoding=form.encoding)
        sheets.append(found)
        notes += [f"{part}: {note}" for note in coded.notes]
    return TableFile(given.name, "CSV", tuple(sheets), tuple(notes))


def _filled(sheets: tuple[Sheet, ...], name: str) -> tuple[Sheet, ...]:
    if not sheets:
        raise BadFile(file=name, problem="it has no sheet with cells", remedy="Check that it was saved or downloaded whole.")
    return sheets
