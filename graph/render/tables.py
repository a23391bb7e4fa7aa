"""Write rows of a query as CSV, JSON or a workbook for Excel; a cell is never a formula, whoever wrote the name in it."""

import csv
import datetime
import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter

from graph.model import Edge, Node, Path
from graph.view.label import clean, shorten

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
WIDEST = 60
"""Letters of a column in a terminal."""
MOST_PIXELS = 420
"""Width of a column of a workbook."""
MOST_LETTERS = 32_767
"""What a cell of a workbook holds at most."""
Rows = Iterable[Sequence[Any]]


def plain(value: Any) -> Any:
    """A value of a row as JSON knows it: nodes, edges and paths as objects, dates and others as text."""
    match value:
        case Node():
            return {"id": value.id, "kind": value.kind, **_others(value.properties, "kind")}
        case Edge():
            return {"id": value.id, "kind": value.kind, "from": value.source, "to": value.target,
                    **_others(value.properties, "kind", "from", "to")}
        case Path():
            return {"nodes": list(value.nodes), "edges": [plain(edge) for edge in value.edges]}
        case Mapping():
            return {str(name): plain(inner) for name, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(inner) for inner in value]
        case float() if not math.isfinite(value):
            return str(value)  # JSON has no such number
        case None | bool() | int() | float() | str():
            return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _others(properties: Mapping[str, Any], *taken: str) -> dict[str, Any]:
    """Properties by name, those apart whose names stand for something else in the object: an agreement's `kind` is `kind_`."""
    return {f"{name}_" if name in taken else name: plain(value) for name, value in properties.items() if name != "id"}


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
    """A workbook of one sheet: the header in bold and always in view, text as text, numbers as numbers."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        workbook.set_properties({"created": datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)})  # the same rows make the same bytes
        sheet = workbook.add_worksheet("Ponte")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [_fitting(name) for name in columns], workbook.add_format({"bold": True}))
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if _number(value):
                    sheet.write_number(number, column, value)
                else:
                    sheet.write_string(number, column, _fitting(cell(value)))
        sheet.autofit(MOST_PIXELS)
    return made.getvalue()


def _fitting(text: str) -> str:
    """Text as a cell of a workbook takes it; what was cut says so."""
    text = clean(text)
    if len(text) <= MOST_LETTERS:
        return text
    said = f" … [{MOST_LETTERS:,} / {len(text):,}]"
    return text[:MOST_LETTERS - len(said)] + said


def _number(value: Any) -> bool:
    """Whether a value may go into a cell as a number; what is not finite has no such cell."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15
