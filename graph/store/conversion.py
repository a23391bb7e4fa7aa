"""Turn the driver's values into Ponte's and back: the only place where both are known."""

from collections.abc import Iterable, Mapping
from typing import Any

import neo4j.graph
import neo4j.spatial
import neo4j.time

from graph.errors import BadParameter, QueryTooLarge
from graph.model import SAME_AS, Edge, Name, Node, Path, Properties, Source, Statement, Value, other_layers
from graph.schema import Schema
from graph.words import mark

DEEPEST_VALUE = 50
PLAIN = (str, int, float, bool, type(None))
SOURCE_FIELDS = tuple(Source.__dataclass_fields__)
STATEMENT_FIELDS = tuple(name for name in Statement.__dataclass_fields__ if name not in ("qualifiers", "_id"))


class Converter:
    """Converts the rows of one result, each node and edge once; remembers its nodes, so that edges know the ids of their ends."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._ids: dict[str, str] = {}
        self._nodes: dict[str, Node] = {}
        self._edges: dict[str, Edge] = {}
        self.nodes: dict[str, Node] = {}
        self.edges: dict[str, Edge] = {}

    def learn(self, *nodes: neo4j.graph.Node) -> None:
        """Note the ids of nodes before edges are converted."""
        for node in nodes:
            self._ids[node.element_id] = str(node.get("id", node.element_id))

    def unknown_ends(self, edges: Iterable[neo4j.graph.Relationship]) -> set[str]:
        """Element ids of ends that no row names."""
        return {node.element_id for edge in edges for node in edge.nodes if node is not None and node.element_id not in self._ids}

    def value(self, value: Any) -> Any:
        """A value of the driver as one of Ponte's: times, points and bytes become text."""
        if isinstance(value, PLAIN):
            return value
        if isinstance(value, neo4j.graph.Node):
            return self.node(value)
        if isinstance(value, neo4j.graph.Relationship):
            return self.edge(value)
        if isinstance(value, neo4j.graph.Path):
            nodes = tuple(self.node(node).id for node in value.nodes)
            return Path(nodes, tuple(self.edge(edge) for edge in value.relationships))
        if isinstance(value, Mapping):
            return {str(key): self.value(item) for key, item in value.items()}
        if isinstance(value, list | tuple) and not isinstance(value, neo4j.spatial.Point | neo4j.time.Duration):
            return [self.value(item) for item in value]
        return _text(value)

    def node(self, node: neo4j.graph.Node) -> Node:
        """A node; its kind is the label that the schema knows (never one by position)."""
        if found := self._nodes.get(node.element_id):
            return found
        id = self._ids.setdefault(node.element_id, str(node.get("id", node.element_id)))
        found = self._nodes[node.element_id] = Node(id, kind_of(node.labels, self._schema), properties_of(node))
        known = self._schema.nodes.get(found.kind)
        if known is None or not known.hidden:
            self.nodes[id] = found
        return found

    def edge(self, edge: neo4j.graph.Relationship) -> Edge:
        """An edge with the ids of its ends."""
        if found := self._edges.get(edge.element_id):
            return found
        start, end = ("" if node is None else self._ids.get(node.element_id, node.element_id) for node in edge.nodes)
        id = str(edge.get("id", edge.element_id))
        found = self._edges[edge.element_id] = self.edges[id] = Edge(id, edge.type, start, end, properties_of(edge))
        return found


def kind_of(labels: Iterable[str], schema: Schema) -> str:
    """The kind among a node's labels."""
    known = sorted(label for label in labels if label in schema.nodes)
    return known[0] if known else next(iter(sorted(set(labels) - {"Entity"})), "Entity")


def properties_of(thing: Mapping[str, Any]) -> dict[str, Value]:
    """Properties as Ponte keeps them, without the id: lists become tuples of text, anything odd becomes text."""
    return {name: value if type(value) is str else _property(value) for name, value in thing.items() if name != "id"}


def _property(value: Any) -> Value:
    if isinstance(value, PLAIN) and value is not None:
        return value
    if isinstance(value, list | tuple) and not isinstance(value, neo4j.spatial.Point | neo4j.time.Duration):
        return tuple(map(str, value))
    return _text(value)


def _text(value: Any) -> str:
    if isinstance(value, bytes | bytearray):
        return value.hex()
    if isinstance(value, neo4j.spatial.Point):
        return f"point({', '.join(map(str, value))})"
    return str(value.iso_format()).replace(".000000000", "") if hasattr(value, "iso_format") else str(value)


def plain(properties: Properties) -> dict[str, Any]:
    """Properties as the driver takes them; empty ones are left out."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in properties.items() if value not in ("", ())}


def name_of(node: Node) -> Name:
    """All that a node is called, for the search index."""
    names = [("", node.name)] if node.properties.get("name") else []
    names += sorted((key[5:], str(value)) for key, value in node.properties.items() if key.startswith("name_"))
    aliases = node.properties.get("aliases", ())
    names += [("alias", alias) for alias in (aliases if isinstance(aliases, tuple) else (str(aliases),))]
    if acronym := node.text("acronym"):
        names.append(("alias", acronym))
    merged = node.properties.get(SAME_AS, ())
    return Name(node.id, node.kind, tuple(dict.fromkeys(names)), node.text("country"), node.text("type") == "predecessor",
                merged if isinstance(merged, tuple) else (str(merged),), other_layers(node))


def found_in(rows: Iterable[Iterable[Any]]) -> tuple[list[neo4j.graph.Node], list[neo4j.graph.Relationship]]:
    """All nodes and relationships in rows, those within lists, maps and paths too.

    Raises QueryTooLarge for lists within lists that no table, file or further step could take.
    """
    nodes: list[neo4j.graph.Node] = []
    edges: list[neo4j.graph.Relationship] = []
    level = [value for row in rows for value in row if not isinstance(value, PLAIN)]
    for _ in range(DEEPEST_VALUE):
        nodes += [value for value in level if isinstance(value, neo4j.graph.Node)]
        edges += [value for value in level if isinstance(value, neo4j.graph.Relationship)]
        level = [inner for value in level for inner in _parts(value) if not isinstance(inner, PLAIN)]
        if not level:
            return nodes, edges
    raise QueryTooLarge(reason=mark("its answer holds lists within lists, more than 50 deep"))


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, neo4j.graph.Path):
        return (*value.nodes, *value.relationships)
    if isinstance(value, neo4j.graph.Entity | neo4j.spatial.Point | neo4j.time.Duration):
        return ()
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, list | tuple) else ()


def check_parameter(name: str, value: Any, depth: int = 0) -> None:
    """Raise BadParameter for a value of a query that no server takes."""
    if depth > DEEPEST_VALUE:
        raise BadParameter(name=name, problem=mark("its lists are nested too deeply"))
    if isinstance(value, list | tuple | dict):
        for part in (*value, *value.values()) if isinstance(value, dict) else value:
            check_parameter(name, part, depth + 1)
    elif isinstance(value, str):
        if not value.isascii() and any("\ud800" <= sign <= "\udfff" for sign in value):
            raise BadParameter(name=name, problem=mark("it holds signs that are no text"))
    elif isinstance(value, int) and not -2**63 <= value < 2**63:
        raise BadParameter(name=name, problem=mark("the number is too large"))
    elif value is not None and not isinstance(value, bool | int | float):
        raise BadParameter(name=name, problem=f"“{type(value).__name__}” is no text, number, truth value or list")


def source_row(source: Source) -> dict[str, Any]:
    """A source as the properties of its node."""
    return plain({name: getattr(source, name) for name in SOURCE_FIELDS})


def source_of(row: Mapping[str, Any]) -> Source:
    """A source from the properties of its node."""
    return Source(**{name: row[name] for name in SOURCE_FIELDS if name in row})


def statement_row(statement: Statement) -> dict[str, Any]:
    """A statement as the properties of its node: qualifiers lie flat among its own; `tie` finds all that state one fact."""
    own = {name: getattr(statement, name) for name in STATEMENT_FIELDS}
    return plain({**statement.qualifiers, **own, "id": statement.id, "tie": tie_of(statement),
                  "carries": tuple(sorted(statement.qualifiers))})


def statement_of(row: Mapping[str, Any]) -> Statement:
    """A statement from the properties of its node."""
    properties = properties_of(row)
    carried = properties.get("carries", ())
    qualifiers = {name: properties[name] for name in carried if name in properties} if isinstance(carried, tuple) else {}
    return Statement(qualifiers=qualifiers, **{name: properties[name] for name in STATEMENT_FIELDS if name in properties})  # type: ignore[arg-type]


def tie_of(statement: Statement) -> str:
    """What all statements about the same node, or between the same ends, share."""
    return f"{statement.kind}|{statement.subject}|{statement.object}" if statement.object else statement.subject
