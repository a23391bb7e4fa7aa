"""Read graph/schema.yml, so that kinds of nodes and edges are data and every room asks the same question of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from graph.errors import SchemaError
from graph.model import SAME_AS, VERDICTS, WRONG, Properties, Statement

SCHEMA_FILE = Path(__file__).with_name("schema.yml")
SHAPES = frozenset({"dot", "square", "triangle", "triangleDown", "diamond", "hexagon", "star", "pentagon", "ring"})
ALWAYS = ("id", "name", "aliases", SAME_AS)
STATEMENT_FIELDS = frozenset(Statement.__dataclass_fields__) - {"as_stated", "_id"}
Texts = Mapping[str, str]
Choices = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class NodeKind:
    """What schema.yml says of one kind of node; `one` and `many` by language."""

    kind: str
    one: Texts
    many: Texts
    shape: str
    colour: str
    size: float
    caption: tuple[str, ...]
    properties: tuple[str, ...]
    start: str = ""
    end: str = ""
    hidden: bool = False
    choices: Choices = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EdgeKind:
    """What schema.yml says of one kind of edge; `phrases` by (role or "", language, "now" | "past")."""

    kind: str
    sources: frozenset[str]
    targets: frozenset[str]
    out_name: Texts
    in_name: Texts
    phrases: Mapping[tuple[str, str, str], str]
    key: tuple[str, ...]
    strength: float
    qualifiers: frozenset[str]
    directed: bool = True
    classes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ends: Properties = field(default_factory=dict)
    unknown_joins: Properties = field(default_factory=dict)
    single_holder: Properties = field(default_factory=dict)
    choices: Choices = field(default_factory=dict)

    def class_of(self, qualifier: str, value: str) -> str:
        """The class that a value of a key qualifier belongs to ("founder" -> "member"); the value itself where none is named."""
        return self.classes.get(qualifier, {}).get(value, value)


@dataclass(frozen=True, slots=True)
class Schema:
    """All kinds, by name."""

    nodes: Mapping[str, NodeKind]
    edges: Mapping[str, EdgeKind]
    properties: Mapping[str, Mapping[str, str]]
    languages: tuple[str, ...]
    layers: Mapping[str, Texts] = field(default_factory=dict)

    @property
    def visible(self) -> tuple[str, ...]:
        """Kinds of nodes that pictures and paths may show."""
        return tuple(kind for kind, spec in self.nodes.items() if not spec.hidden)

    def label(self, property: str, language: str) -> str:
        """What a property is called in a language."""
        names = self.properties.get(property, {})
        return names.get(language) or names.get("en") or property.replace("_", " ")

    def layer_name(self, layer: str, language: str) -> str:
        """What views call a layer in a language."""
        names = self.layers.get(layer, {})
        return names.get(language) or names.get("en") or layer

    def holds(self, property: str) -> str:
        """What a property holds: text, word (one of a few, translated), date, link, number, flag, sentence or the id of another."""
        return self.properties.get(property, {}).get("holds", "text")

    def compares(self, property: str) -> bool:
        """Whether two different values of a property are a conflict (wordings are none)."""
        return self.properties.get(property, {}).get("compare") != "no"

    def check(self, statement: Statement, kinds: Mapping[str, str] | None = None) -> None:
        """Raise SchemaError unless a statement fits; `kinds` gives the kind of each node that is known by id."""
        if statement.verdict not in VERDICTS:
            raise SchemaError(what=f"“{statement.verdict}” is no verdict", remedy=f"Use one of {', '.join(filter(None, VERDICTS))}.")
        if statement.kind in self.nodes:
            self._check_node(statement)
        elif statement.kind in self.edges:
            self._check_edge(statement, kinds or {})
        else:
            raise SchemaError(what=f"“{statement.kind}” is no kind of node or edge", remedy="Use one of graph/schema.yml.")

    def _check_node(self, statement: Statement) -> None:
        name = statement.property
        known = self.nodes[statement.kind].properties
        if name and name not in ALWAYS and name not in known and not name.startswith("name_"):
            raise SchemaError(what=f"{statement.kind} “{statement.subject}” has no property “{name}”",
                              remedy=f"Use one of {', '.join(sorted(known))}.")
        if statement.verdict == WRONG and not name:
            raise SchemaError(what=f"“{statement.subject}” itself is called wrong", remedy="Say which of its values or ties is wrong.")
        if not statement.subject or statement.object:
            raise SchemaError(what=f"A statement on a {statement.kind} needs a subject and no object", remedy="Give the id of the node.")

    def _check_edge(self, statement: Statement, kinds: Mapping[str, str]) -> None:
        spec = self.edges[statement.kind]
        for end, allowed in ((statement.subject, spec.sources), (statement.object, spec.targets)):
            if not end or (end in kinds and kinds[end] not in allowed):
                raise SchemaError(what=f"{statement.kind} cannot have “{end}” ({kinds.get(end, 'nothing')}) at this end",
                                  remedy=f"It may be: {', '.join(sorted(allowed))}.")
        odd = (set(statement.qualifiers) | ({statement.property} if statement.property else set())) - spec.qualifiers
        if odd:
            raise SchemaError(what=f"{statement.kind} does not carry {', '.join(sorted(odd))}",
                              remedy=f"It may carry {', '.join(sorted(spec.qualifiers)) or 'nothing'}.")


@cache
def load_schema(path: Path = SCHEMA_FILE) -> Schema:
    """The schema, read once.

    Raises SchemaError if the file contradicts itself.
    """
    raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    nodes = {kind: _node_kind(kind, entry) for kind, entry in raw["nodes"].items()}
    edges = {kind: _edge_kind(kind, entry) for kind, entry in raw["edges"].items()}
    schema = Schema(nodes, edges, raw["properties"], tuple(raw["languages"]), raw.get("layers", {}))
    _check_schema(schema)
    return schema


def _node_kind(kind: str, entry: dict[str, Any]) -> NodeKind:
    names, dates = entry["names"], entry.get("dates", {})
    return NodeKind(kind, {lang: n["one"] for lang, n in names.items()}, {lang: n["many"] for lang, n in names.items()},
                    entry["shape"], entry["colour"], float(entry["size"]), tuple(entry["caption"]), tuple(entry["properties"]),
                    dates.get("start", ""), dates.get("end", ""), entry.get("hidden", False), _choices(entry))


def _edge_kind(kind: str, entry: dict[str, Any]) -> EdgeKind:
    phrases = dict(entry["phrases"])
    roles = {"": {k: v for k, v in phrases.items() if k != "roles"}, **phrases.get("roles", {})}
    texts = {(role, lang, tense): text for role, by_lang in roles.items()
             for lang, tenses in by_lang.items() for tense, text in tenses.items()}
    classes = {q: {value: name for name, values in groups.items() for value in values} for q, groups in entry.get("classes", {}).items()}
    names = entry["names"]
    return EdgeKind(kind, frozenset(entry["from"]), frozenset(entry["to"]), {lang: n["out"] for lang, n in names.items()},
                    {lang: n["in"] for lang, n in names.items()}, texts, tuple(entry["key"]), float(entry["strength"]),
                    frozenset(entry["qualifiers"]), entry.get("directed", True), classes, entry.get("ends", {}),
                    entry.get("unknown_joins", {}), entry.get("single_holder", {}), _choices(entry))


def _choices(entry: dict[str, Any]) -> Choices:
    return {name: tuple(words) for name, words in entry.get("choices", {}).items()}


def _check_schema(schema: Schema) -> None:
    for kind, node in schema.nodes.items():
        if node.shape not in SHAPES:
            raise SchemaError(what=f"{kind} has the shape “{node.shape}”", remedy=f"Use one of {', '.join(sorted(SHAPES))}.")
        if kind in schema.edges:
            raise SchemaError(what=f"“{kind}” is a kind of node and of edge", remedy="A server may keep both in one namespace: rename one.")
    for kind, edge in schema.edges.items():
        unknown = (edge.sources | edge.targets) - set(schema.nodes)
        if unknown:
            raise SchemaError(what=f"{kind} ends at unknown kinds {sorted(unknown)}", remedy="Add them under nodes.")
        reserved = edge.qualifiers & STATEMENT_FIELDS
        if reserved:
            raise SchemaError(what=f"{kind} carries {sorted(reserved)}, names of a statement's own fields", remedy="Choose other names.")
        if not set(edge.key) <= edge.qualifiers:
            raise SchemaError(what=f"{kind} has a key that is no qualifier", remedy="Add it under qualifiers.")
