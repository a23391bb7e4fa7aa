"""Turn a file into the text that is read: plain text, a saved page, .docx or .pdf, told apart by their content and not by their name.

A file comes from anywhere, so its size is judged before anything is unpacked, nothing in it is run, and nothing that it refers to
is fetched. Whatever cannot be read has one sentence (BadFile).
"""

import codecs
import io
import logging
import re
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import BadFile

if TYPE_CHECKING:
    from pypdf import PdfReader

ENDINGS = ("txt", "html", "htm", "docx", "pdf")
"""What a screen offers for upload; the content decides."""
LARGEST_FILE = 20_000_000
LARGEST_TEXT = 2_000_000
LARGEST_UNPACKED = 100_000_000
HEAD = 2000
PDF_HEAD = 1024
OTHER_FORMATS = ((b"\xd0\xcf\x11\xe0", "an old Word file (.doc)"), (b"{\\rtf", "rich text (RTF)"), (b"\x89PNG", "a picture"),
                 (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"), (b"\x1f\x8b", "a packed archive"), (b"7z\xbc\xaf", "a packed archive"))
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"))
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?([\w-]{3,20})|<\?xml[^>]{0,100}encoding=[\"']([\w-]{3,20})", re.IGNORECASE)
MARKUP = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype html|html|head|body|article|main|div)\b|.*<(?:html|body)[\s>]",
                    re.IGNORECASE | re.DOTALL)
OTHER_XML = re.compile(r"\s*<\?xml|\s*<!doctype (?!html)", re.IGNORECASE)
OLD_WINDOWS = "windows-1252"
WESTERN = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿŒœŠšŽžŸ€‚„…‹›‘’“”•–—«»¡¿§°ª·²³´¨©®™±½\xa0\xad")
"""What the six languages write beyond ASCII: bytes that give anything else were no Windows text."""


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file as extracted, into which all spans point; `title` and `date` as the file itself states them."""

    text: str
    title: str = ""
    date: str = ""


def load_document(path: Path) -> Document:
    """The text of a file; BadFile as in `read_document`, or where it cannot be opened."""
    try:
        with path.open("rb") as file:
            return read_document(file.read(LARGEST_FILE + 1), path.name)
    except OSError as problem:
        raise BadFile(file=str(path), problem=f"it cannot be read ({problem.strerror})", remedy="Check the name of the file.") from problem


def read_document(content: bytes, file: str) -> Document:
    """The text of a file's content.

    Raises BadFile where it is too large, damaged, locked, badly encoded, holds no text, or is no format that is read.
    """
    if len(content) > LARGEST_FILE:
        raise BadFile(file=file, problem=f"the file has more than {LARGEST_FILE // 1_000_000} MB, the most that is read",
                      remedy="Give the press release alone, or cut the file into parts.")
    document = _extract(content, file)
    if len(document.text) > LARGEST_TEXT:
        raise BadFile(file=file, problem=f"the text has more than {LARGEST_TEXT // 1_000_000} million characters, the most that is read",
                      remedy="Give the press release alone, or cut the file into parts.")
    return document


def _extract(content: bytes, file: str) -> Document:
    if b"%PDF-" in content[:PDF_HEAD]:
        return _from_pdf(content, file)
    if content[:4] == b"PK\x03\x04":
        return _from_docx(content, file)
    for magic, name in OTHER_FORMATS:
        if content.startswith(magic):
            raise _other(file, name)
    text = decode(content, file)
    head = text[:HEAD]
    if MARKUP.match(head):
        return _from_html(text, file)
    if OTHER_XML.match(head):
        raise _other(file, "XML that is no page")
    return Document(text)


def _other(file: str, name: str) -> BadFile:
    return BadFile(file=file, problem=f"it is {name}, which is not read", remedy="Save it as .txt, .html, .docx or .pdf, or paste its text.")


def decode(content: bytes, file: str) -> str:
    """The characters of a text: by its byte order mark, its own word, UTF-8, or as Windows wrote the six languages before.

    Raises BadFile with the line where bytes of two encodings are mixed, or none fits.
    """
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return _decoded(content, encoding, file)
    if b"\x00" in content:
        raise _other(file, "no text")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as problem:
        stated = CHARSET.search(content[:HEAD])
        name = (stated.group(1) or stated.group(2)).decode() if stated else ""
        if name and name.lower() not in ("utf-8", "utf8"):
            return _decoded(content, name, file)
        return _western(content, file, problem)


def _decoded(content: bytes, encoding: str, file: str) -> str:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError) as problem:
        raise BadFile(file=file, problem=f"it says that it is {encoding}, but its bytes are not",
                      remedy="Save the text as UTF-8 (“Unicode”) and read it again.") from problem


def _western(content: bytes, file: str, problem: UnicodeDecodeError) -> str:
    """A text of Windows-1252, if it is that throughout: no character of another encoding among its own."""
    text = content.decode(OLD_WINDOWS, errors="replace")
    mixed = not content.decode("utf-8", errors="ignore").isascii()
    if mixed or not all(c.isascii() or c in WESTERN for c in text):
        line = content[:problem.start].count(b"\n") + 1
        raise BadFile(file=file, line=line, problem=f"the byte {content[problem.start]:#04x} is no UTF-8",
                      remedy="Save the text as UTF-8 (“Unicode”) and read it again.") from problem
    return text


def _from_html(text: str, file: str) -> Document:
    """A saved page: its article without menus, each block a paragraph; the date only where the page's markup states it."""
    from trafilatura import bare_extraction  # 0.2 s to import, for pages alone

    page = bare_extraction(text, include_comments=False, with_metadata=True, config=_page_settings(),
                           date_extraction_params={"extensive_search": False, "original_date": True})
    if page is None or isinstance(page, dict) or not (page.text or "").strip():
        raise BadFile(file=file, problem="the page holds no text", remedy="Save the page completely loaded, or paste its text.")
    return Document("\n\n".join(line.strip() for line in (page.text or "").splitlines() if line.strip()), page.title or "", page.date or "")


@cache
def _page_settings() -> Any:
    """trafilatura's own settings, but a short release is a page too."""
    from trafilatura.settings import DEFAULT_CONFIG

    settings = deepcopy(DEFAULT_CONFIG)
    settings["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "40"
    return settings


def _from_docx(content: bytes, file: str) -> Document:
    """A Word file: paragraphs and tables in their order."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        _check_archive(content, file)
        document = docx.Document(io.BytesIO(content))
        blocks = [text for item in document.iter_inner_content() for text in _texts_of(item)]
    except (zipfile.BadZipFile, PackageNotFoundError, SyntaxError, KeyError, ValueError, NotImplementedError, EOFError) as problem:
        raise BadFile(file=file, problem="the Word file is damaged", remedy="Open it in Word, save it again, or paste its text.") from problem
    if not blocks:
        raise BadFile(file=file, problem="the Word file holds no text", remedy="Paste the text of the release.")
    return Document("\n\n".join(blocks), document.core_properties.title or "")


def _check_archive(content: bytes, file: str) -> None:
    """Refuse an archive that is no Word file, that would unpack to too much, or whose XML brings entities of its own."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if "word/document.xml" not in archive.namelist():
            raise _other(file, "an archive or another office file")
        if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
            raise BadFile(file=file, problem=f"the Word file unpacks to more than {LARGEST_UNPACKED // 1_000_000} MB, the most that is read",
                          remedy="Take the pictures out, or paste its text.")
        for part in archive.infolist():
            if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(part)[:HEAD]:
                raise BadFile(file=file, problem="the Word file brings XML entities, which Word never writes",
                              remedy="Do not trust the file; paste its text if you know where it is from.")


def _texts_of(item: Any) -> Iterator[str]:
    """The texts of a paragraph, or of a table row by row; cells that are merged once."""
    if hasattr(item, "rows"):
        for row in item.rows:
            cells = dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells)
            yield from [" | ".join(text for text in cells if text)] if any(cells) else []
    elif item.text.strip():
        yield item.text.strip()


def _from_pdf(content: bytes, file: str) -> Document:
    """A PDF: the text of its pages; a scan has none."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports every small damage that it could repair
    try:
        reader = PdfReader(io.BytesIO(content))
        text = "\n\n".join(_pages(reader))
        title = reader.metadata.title if reader.metadata else ""
    except (FileNotDecryptedError, DependencyError) as problem:
        raise BadFile(file=file, problem="the PDF is locked", remedy="Save it without its password, or paste its text.") from problem
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError) as problem:
        raise BadFile(file=file, problem="the PDF is damaged", remedy="Print it to a new PDF, or paste its text.") from problem
    if not text.strip():
        raise BadFile(file=file, problem="the PDF holds pictures and no text", remedy="Have its text recognised (OCR), or paste it.")
    return Document(text, title if isinstance(title, str) else "")


def _pages(reader: "PdfReader") -> Iterator[str]:
    """The texts of the pages, until it is clear that they are more than is read."""
    length = 0
    for page in reader.pages:
        text = page.extract_text()
        length += len(text)
        yield text
        if length > LARGEST_TEXT:
            return
