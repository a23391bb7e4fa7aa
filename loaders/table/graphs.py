"""Read the graphs of other tools as two sheets, `nodes` and `edges`, whose columns are their attributes.

The columns are found in a first reading, because attributes may be declared late or not at all.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from graph.errors import BadFile
from loaders.table.grid import MOST_COLUMNS, Number, Row, Sheet, TableFile
from loaders.table.xml import attributes, local, walk

OpenFile = Callable[[], BinaryIO]
Record = dict[str, str]
Reader = Callable[[], Iterator[Record]]
NODES, EDGES = "nodes", "edges"


def read_graphml(name: str, open_file: OpenFile) -> TableFile:
    """The nodes and edges of a GraphML file; labels of yEd count as an attribute."""
    return _as_sheets("GraphML", name, lambda what: _graphml(name, open_file, what))


def read_gexf(name: str, open_file: OpenFile) -> TableFile:
    """The nodes and edges of a GEXF file (1.1 to 1.3)."""
    return _as_sheets("GEXF", name, lambda what: _gexf(name, open_file, what))


def read_json(content: bytes, name: str) -> tuple[Sheet, ...]:
    """The nodes and links of node-link JSON, or the rows of a list of objects.

    Raises BadFile for other JSON.
    """
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as problem:
        line = getattr(problem, "lineno", 0)
        raise BadFile(file=name, line=line, problem="it is no well-formed JSON", remedy="Export it once more.") from problem
    if isinstance(found, list) and found and all(isinstance(item, dict) for item in found):
        return (_sheet("", lambda: map(_record, found), name),)
    links: Any = found.get("links", found.get("edges")) if isinstance(found, dict) else None
    if not _objects(links) or not _objects(found.get("nodes")):
        raise BadFile(file=name, problem="its JSON has no lists of “nodes” and “links”", remedy="Export it as node-link JSON, GraphML or CSV.")
    nodes = [{"id": number, **node} for number, node in enumerate(found["nodes"])]
    return (_sheet(NODES, lambda: map(_record, nodes), name), _sheet(EDGES, lambda: map(_record, links), name))


def _objects(found: object) -> bool:
    return isinstance(found, list) and all(isinstance(item, dict) for item in found)


def _as_sheets(form: str, name: str, read: Callable[[str], Iterator[Record]]) -> TableFile:
    return TableFile(name, form, tuple(_sheet(what, lambda what=what: read(what), name) for what in (NODES, EDGES)))  # type: ignore[misc]


def _sheet(what: str, read: Reader, name: str) -> Sheet:
    """Records as a sheet: a column for each name that any of them has, in the order in which they come."""
    columns: dict[str, int] = {}
    for record in read():
        for column in record:
            columns.setdefault(column, len(columns))
        if len(columns) > MOST_COLUMNS:
            raise BadFile(file=name, problem=f"its {what} have more than {MOST_COLUMNS} attributes", remedy="Export fewer.")

    def rows() -> Iterator[Row]:
        for number, record in enumerate(read(), start=1):
            yield Row(number, tuple(record.get(column, "") for column in columns))

    return Sheet(what, rows, tuple(columns))


def _record(item: dict[str, Any]) -> Record:
    """An object of JSON as texts: a list is its items with semicolons between, an object within is JSON."""
    return {str(key): _plain(value) for key, value in item.items()}


def _plain(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case list():
            return ";".join(map(_plain, value))
        case dict():
            return json.dumps(value, ensure_ascii=False)
    return Number(value)


@dataclass(frozen=True, slots=True)
class _Attribute:
    """A declared attribute: of nodes or edges, its name, and its value where an element has none."""

    of: str
    name: str
    default: str = ""


def _graphml(name: str, open_file: OpenFile, what: str) -> Iterator[Record]:
    """The records of all nodes or all edges, in the order of the file."""
    tag = what[:-1]
    declared: dict[str, _Attribute] = {}
    with open_file() as file:
        for event, element, _ in walk(file, name, frozenset({"key", "node", "edge"})):
            kind = local(element.tag)
            if event == "start":
                continue
            if kind == "key":
                given = attributes(element)
                called = given.get("attr.name") or given.get("yfiles.type") or given.get("id", "")
                declared[given.get("id", "")] = _Attribute(given.get("for", "all"), called, _default(element))
            elif kind == tag:
                own = attributes(element)
                first = {column: own.get(column, "") for column in (("id",) if tag == "node" else ("id", "source", "target"))}
                values = {a.name: a.default for a in declared.values() if a.default and a.of in (tag, "all")}
                values |= {declared[key].name if key in declared else key: _inner_text(part)
                           for part in element if local(part.tag) == "data" for key in (attributes(part).get("key", ""),)}
                yield _beside(first, values)


def _gexf(name: str, open_file: OpenFile, what: str) -> Iterator[Record]:
    tag = what[:-1]
    declared: dict[str, _Attribute] = {}
    with open_file() as file:
        for event, element, _ in walk(file, name, frozenset({"attributes", "node", "edge"})):
            kind = local(element.tag)
            if event == "start" or kind not in ("attributes", tag):
                continue
            given = attributes(element)
            if kind == "attributes":
                if given.get("class") == tag:
                    declared |= {a["id"]: _Attribute(tag, a.get("title") or a["id"], _default(part)) for part in element
                                 for a in (attributes(part),) if "id" in a}
                continue
            values = {a.name: a.default for a in declared.values() if a.default}
            for value in _values(element):
                key = value.get("for") or value.get("id", "")
                values[declared[key].name if key in declared else key] = value.get("value", "")
            own = {column: given.pop(column, "") for column in (("id", "label") if tag == "node" else ("id", "source", "target", "label"))}
            yield _beside(own | given, values)


def _values(element: Element) -> Iterable[dict[str, str]]:
    """The values of a node or an edge itself, not of those that lie in it."""
    return (attributes(value) for part in element if local(part.tag) == "attvalues" for value in part)


def _default(element: Element) -> str:
    return next((_inner_text(part) for part in element if local(part.tag) == "default"), "")


def _inner_text(element: Element) -> str:
    """All text in an element; in the drawings of yEd that of its labels alone."""
    labels = [part for part in element.iter() if local(part.tag) in ("NodeLabel", "EdgeLabel")]
    return " ".join("".join(part.itertext()).strip() for part in labels) if labels else "".join(element.itertext()).strip()


def _beside(own: Record, values: Record) -> Record:
    """An element's own columns, and its attributes beside them: one of the same name is told apart."""
    return own | {f"{column} (attribute)" if column in own else column: text for column, text in values.items()}
