"""Write rows of a query as CSV, JSON or a workbook for Excel; a cell is never a formula, whoever wrote the name in it."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from graph.model import Edge, Node, Path
from graph.view.label import clean, shorten

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
WIDEST = 60
"""Letters of a column in a terminal."""
Rows = Iterable[Sequence[Any]]


def plain(value: Any) -> Any:
    """A value of a row as JSON knows it: nodes, edges and paths as objects, dates and others as text."""
    match value:
        case Node():
            return {"id": value.id, "kind": value.kind, **{name: plain(text) for name, text in value.properties.items()}}
        case Edge():
            return {"id": value.id, "kind": value.kind, "from": value.source, "to": value.target,
                    **{name: plain(text) for name, text in value.properties.items() if name not in ("id", "kind", "from", "to")}}
        case Path():
            return {"nodes": list(value.nodes), "edges": [plain(edge) for edge in value.edges]}
        case Mapping():
            return {str(name): plain(inner) for name, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(inner) for inner in value]
        case None | bool() | int() | float() | str():
            return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def cell(value: Any) -> str:
    """A value as a person reads it in a table: names instead of nodes, "" for nothing."""
    match value:
        case None:
            return ""
        case Node():
            return value.name
        case Edge():
            return f"{value.source} {value.kind} {value.target}"
        case Path():
            return " – ".join(value.nodes)
        case list() | tuple() | set() | frozenset():
            return "; ".join(cell(inner) for inner in value)
        case Mapping():
            return json.dumps(plain(value), ensure_ascii=False)
        case bool():
            return "true" if value else "false"
    return str(plain(value))


def defused(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before what could begin one."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) or text.startswith(FORMULA) else text


def to_text(columns: Sequence[str], rows: Rows) -> str:
    """A table in letters of one width, as a terminal shows it; wide cells are shortened, nothing in them steers the terminal."""
    texts = [[clean(cell(value)) for value in row] for row in rows]
    widths = [min(WIDEST, max([len(name), *(len(row[i]) for row in texts)])) for i, name in enumerate(columns)]
    lines = ([clean(name) for name in columns], ["-" * width for width in widths], *texts)
    return "\n".join("  ".join(shorten(text, width).ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() for line in lines)


def to_csv(columns: Sequence[str], rows: Rows) -> bytes:
    """CSV in UTF-8 with the mark by which Excel knows it; numbers stay numbers, all other cells are defused."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([defused(column) for column in columns])
    for row in rows:
        writer.writerow([value if _number(value) else defused(cell(value)) for value in row])
    return text.getvalue().encode("utf-8-sig", "replace")


def to_json(columns: Sequence[str], rows: Rows, **more: object) -> str:
    """`columns` and `rows` as JSON text, with whatever else is to stand beside them."""
    table = {"columns": list(columns), "rows": [[plain(value) for value in row] for row in rows]}
    return json.dumps(table | more, ensure_ascii=False)


def to_xlsx(columns: Sequence[str], rows: Rows) -> bytes:
    """A workbook of one sheet: the header in bold, text as text, numbers as numbers."""
    lines = [_row(1, columns, bold=True), *(_row(number, row) for number, row in enumerate(rows, start=2))]
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as workbook:
        for name, text in {**_PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            entry = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            workbook.writestr(entry, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}', zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _number(value: Any) -> bool:
    """Whether a value may go into a cell as a number; what is not finite has no such cell."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15


def _row(number: int, values: Iterable[Any], *, bold: bool = False) -> str:
    style = ' s="1"' if bold else ""
    cells = (f"<c{style}><v>{value}</v></c>" if _number(value) else
             f'<c t="inlineStr"{style}><is><t xml:space="preserve">{escape(clean(cell(value))[:32_767])}</t></is></c>' for value in values)
    return f'<row r="{number}">{"".join(cells)}</row>'


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml":
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    "_rels/.rels":
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml":
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="Ponte" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels":
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml":
        f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/>'
        '<name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>',
}
