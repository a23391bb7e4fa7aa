"""Define the frozen values that travel between Ponte's rooms, so that no dict of unknown shape does.

Dates are ISO 8601 text, as precise as stated ("2019", "2019-04", "2019-04-09"); `first_day` and `last_day` widen
them to days. Property values are those that Neo4j keeps: text, numbers, truth, and lists of text.
"""

import builtins
import calendar
import datetime
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Value = str | int | float | bool | tuple[str, ...]
Properties = Mapping[str, Value]
DIPLOMACY = "diplomacy"
"""The layer that every view shows; the others are switched on."""


@dataclass(frozen=True, slots=True)
class Node:
    """A region, leader, network …: `id` is a readable slug, `kind` a kind of graph/schema.yml."""

    id: str
    kind: str
    properties: Properties = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name in English, or the id where there is none."""
        return str(self.properties.get("name") or self.id)

    def name_in(self, language: str) -> str:
        """The name in a language ("it"), else the general one."""
        return str(self.properties.get(f"name_{language}") or self.name)

    def text(self, name: str) -> str:
        """A property as text, "" where it is absent."""
        value = self.properties.get(name, "")
        return ", ".join(value) if isinstance(value, tuple) else str(value)


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie from `source` to `target` (ids of nodes). Properties: since, until, role … as in graph/schema.yml."""

    id: str
    kind: str
    source: str
    target: str
    properties: Properties = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A property as text, "" where it is absent."""
        value = self.properties.get(name, "")
        return ", ".join(value) if isinstance(value, tuple) else str(value)

    def other(self, node: str) -> str:
        """The end that is not `node`."""
        return self.target if node == self.source else self.source


def other_layers(thing: Node | Edge) -> tuple[str, ...]:
    """The layers that a node or edge lies in where it is not one that every view shows; none where it is."""
    layers = thing.properties.get("layers")
    return layers if isinstance(layers, tuple) and DIPLOMACY not in layers else ()


@dataclass(frozen=True, slots=True)
class Source:
    """A document or register that states facts. Properties as in DESIGN.md, "Sources".

    `tier` is one of TIERS; `origin` names whose text a copy or a register holds; `date` is the page's own; `last_seen` is when a run
    last read it (ISO, UTC): as what a run no longer finds goes, all its statements were seen then.
    """

    id: str
    title: str = ""
    url: str = ""
    publisher: str = ""
    tier: str = "other"
    origin: str = ""
    language: str = ""
    date: str = ""
    licence: str = ""
    layer: str = DIPLOMACY
    loader: str = ""
    note: str = ""
    internal: bool = False
    last_seen: str = field(default="", compare=False)


TIERS = ("own_act", "official", "register", "press", "other", "project", "own_knowledge", "encyclopaedia", "copy")
"""From most to least trusted; `copy` never outranks another."""

ACCEPTED, REJECTED, CORRECTED = "accepted", "rejected", "corrected"
DECIDED, WRONG = "decided", "wrong"
POSITIVE, NEGATIVE, UNSURE = "positive", "negative", "unsure"
VERDICTS = ("", ACCEPTED, REJECTED, CORRECTED, DECIDED, WRONG, POSITIVE, NEGATIVE, UNSURE)
"""What a person made of a statement; graph/record/deciding.py and sameness.py say what follows from it."""
SAME_AS = "same_as"
"""The property under which a person judges whether two nodes are one."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says in one place: that a node is, one value of its property, or one edge with its qualifiers.

    - a node is:   `kind` is a kind of node, `subject` its id, `property` and `object` empty
    - a property:  as above, with `property` and `value`
    - an edge:     `kind` is a kind of edge, `subject` and `object` its ends; `qualifiers` (role, since, until, office …)
      are what this source says of it, as stated
    - one value of an edge: as an edge, with `property` and `value`; its `qualifiers` say which edge is meant, and no more

    `place` is "row 12" or "span 93-102"; `quote` is the evidence or the words of the span; `observed` the day the source
    speaks of. What a person made of it: `verdict` (one of VERDICTS), `reviewer`, `decided` (when, UTC) and `note`.
    `about`, the id of the node or edge that is stated, is set by `graph.record`: "" for what is kept and projected nowhere;
    `first_seen`, when it was first written (ISO, UTC), is set by the store.
    """

    kind: str
    subject: str
    source: str
    object: str = ""
    property: str = ""
    value: Value = ""
    qualifiers: Properties = field(default_factory=dict)
    as_stated: str = ""
    language: str = ""
    place: str = ""
    quote: str = ""
    observed: str = ""
    confidence: str = "stated"
    rule: str = ""
    loader: str = ""
    reviewer: str = ""
    verdict: str = ""
    decided: str = ""
    note: str = ""
    about: str = ""
    first_seen: str = field(default="", compare=False)
    _id: str = field(default="", init=False, repr=False, compare=False)

    @builtins.property
    def id(self) -> str:
        """A digest of all that it says (not of `about` and `first_seen`): the same words in the same place are the same statement."""
        if not self._id:
            object.__setattr__(self, "_id", self._digest())  # asked for several times in a run, of hundreds of thousands
        return self._id

    def _digest(self) -> str:
        parts = (self.kind, self.subject, self.source, self.object, self.property, repr(self.value),
                 repr(sorted(self.qualifiers.items())), self.as_stated, self.place, self.quote, self.observed,
                 self.confidence, self.rule, self.loader, self.reviewer, self.verdict, self.language,
                 *((self.decided, self.note) if self.decided or self.note else ()))
        return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class Subgraph:
    """Nodes and edges, each once and in a fixed order; `cut` says in numbers what was left out."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    cut: "Cut | None" = None

    def node(self, id: str) -> Node:
        """The node with this id; KeyError if it is not here."""
        for node in self.nodes:
            if node.id == id:
                return node
        raise KeyError(id)

    def by_id(self) -> dict[str, Node]:
        """All nodes by id."""
        return {node.id: node for node in self.nodes}


@dataclass(frozen=True, slots=True)
class Cut:
    """What a limit left out: `left_out` things (at least, where `at_least`), because of `reason`
    ("rows", "seconds", "steps", "nodes", "paths")."""

    reason: str
    left_out: int = 0
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Path:
    """A walk through the graph: `nodes` one longer than `edges`; `cost` for ranking, lower first."""

    nodes: tuple[str, ...]
    edges: tuple[Edge, ...]
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class QueryResult:
    """Rows of a query: plain values, `Node`, `Edge`, `Path`, lists and dicts of these. `truncated`: a limit cut rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool = False
    seconds: float = 0.0
    subgraph: Subgraph = field(default_factory=Subgraph)


def ordered(nodes: Iterable[Node], edges: Iterable[Edge], cut: Cut | None = None) -> Subgraph:
    """A subgraph with each node and edge once, by id; edges whose ends are missing are dropped."""
    by_id = {node.id: node for node in nodes}
    kept = {edge.id: edge for edge in edges if edge.source in by_id and edge.target in by_id}
    return Subgraph(tuple(by_id[key] for key in sorted(by_id)), tuple(kept[key] for key in sorted(kept)), cut)


def first_day(date: str) -> str:
    """The first day of a date or an interval as stated: "2019-04" -> "2019-04-01"; "" stays ""."""
    date = date.partition("/")[0]
    return f"{date}-01-01" if len(date) == 4 else f"{date}-01" if len(date) == 7 else date[:10]


def last_day(date: str) -> str:
    """The last day of a date or an interval as stated: "2019-02" -> "2019-02-28"; "" stays ""."""
    date = date.rpartition("/")[2]
    if len(date) == 7:
        year, month = int(date[:4]), int(date[5:7])
        return f"{date}-{calendar.monthrange(year, month)[1]:02d}"
    return f"{date}-12-31" if len(date) == 4 else date[:10]


def is_date(text: str) -> bool:
    """Whether a text is a date as Ponte writes them: "2019", "2019-04" or "2019-04-09"."""
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        return False
    try:
        datetime.date.fromisoformat(first_day(text))
    except ValueError:
        return False
    return True


def dates_agree(one: str, other: str) -> bool:
    """Whether two dates can both be true within their precision ("2019" and "2019-04" can; "" says nothing)."""
    return not one or not other or (first_day(one) <= last_day(other) and first_day(other) <= last_day(one))


@dataclass(frozen=True, slots=True)
class Name:
    """All names of one node, for searching: `names` holds (language or "", text), its own name first, aliases as ("alias", text);
    `country` is the id of its country; `former` says that it no longer exists; `merged` are the ids of nodes for which it stands; `layers`
    are those in which it lies where no view shows it unasked."""

    id: str
    kind: str
    names: tuple[tuple[str, str], ...]
    country: str = ""
    former: bool = False
    merged: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """The wanted state of every fact that a write touches: nodes and edges with all their properties, the statements
    behind them (`about` set), their sources, and the ids of nodes and edges that no statement supports any more."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    statements: tuple[Statement, ...] = ()
    sources: tuple[Source, ...] = ()
    gone_nodes: tuple[str, ...] = ()
    gone_edges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WriteReport:
    """How many things a write made, changed and removed."""

    nodes_new: int = 0
    nodes_changed: int = 0
    nodes_gone: int = 0
    edges_new: int = 0
    edges_changed: int = 0
    edges_gone: int = 0
    statements_new: int = 0
    statements_gone: int = 0

    @property
    def nothing(self) -> bool:
        """Whether the graph stayed as it was."""
        return self == WriteReport()
