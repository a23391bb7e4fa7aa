"""Make workbooks for tests: XLSX by openpyxl, ODS by hand, as office programs write them."""

import io
import zipfile
from xml.sax.saxutils import escape

import openpyxl

from loaders.table.opening import Given, open_tables

NAMESPACES = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
              'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"')
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def xlsx(rows, merged=(), sheet="Members"):
    """A workbook with these rows."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for area in merged:
        page.merge_cells(area)
    return saved(book)


def saved(book):
    """The bytes of an openpyxl workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell(text, attributes=""):
    """A cell of text of an ODS sheet."""
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(text).split("\n"))
    return f'<table:table-cell office:value-type="string" {attributes}>{paragraphs}</table:table-cell>'


def line(*cells, attributes=""):
    """A row of an ODS sheet; what is text becomes a cell."""
    inner = "".join(c if c.startswith("<") else cell(c) for c in cells)
    return f"<table:table-row {attributes}>{inner}</table:table-row>"


def ods(*lines, sheet="Members", head="", more=""):
    """An ODS workbook with these rows."""
    content = (f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content {NAMESPACES}><office:body><office:spreadsheet>'
               f'<table:table table:name="{sheet}">{"".join(lines)}</table:table>{more}</office:spreadsheet></office:body></office:document-content>')
    return archive({"mimetype": MIMETYPE, "content.xml": content})


def archive(parts):
    """A ZIP archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def opened(content, name="table.csv", form=None):
    """A table file from bytes or text."""
    return open_tables([Given.content(name, content.encode() if isinstance(content, str) else content)], form)


def cells(file, sheet=""):
    """The rows of a sheet as lists of texts."""
    return [list(row.cells) for row in file.sheet(sheet).rows()]
