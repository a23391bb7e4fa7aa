"""Answer "what is known of this?": its facts in groups, each with its time, its sources and its conflicts."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graph.answers.citing import Citation, Evidence
from graph.answers.telling import disputed, inferred, lasts, span, stage
from graph.model import Cut, Edge, Node, Statement, Value, other_layers
from graph.record import Conflict, State, conflicts, dated_by, held_back, standing
from graph.record.projecting import node_properties
from graph.schema import Schema
from graph.store import Store
from graph.words import date, edge_name, layer_names, listing, mark, number, translate, translator

HIDDEN = frozenset({"country", "lat", "lon", "nuts_level", "status_as_of"})
USUAL = {"parties_complete": "yes"}
"""What goes without saying."""
ORDER = ("LEADS", "PARTY_TO", "SIGNED", "MEMBER_OF", "CHAIRS", "SERVES_IN", "COVERS", "FOCUSES_ON", "TOOK_PART_IN", "COORDINATES", "ESTABLISHED",
         "FOLLOWS", "ADOPTED_AT", "TWINNED_WITH", "PRIORITISES", "SUCCEEDED_BY", "PART_OF")
EXPECTED = {"Region": {"LEADS": mark("its head of government"), "MEMBER_OF": mark("its networks"), "PARTY_TO": mark("its agreements")},
            "Network": {"MEMBER_OF": mark("its members"), "CHAIRS": mark("who presides over it")},
            "Agreement": {"SIGNED": mark("who signed it"), "COVERS": mark("its sectors")}}
"""By kind, the ties that a reader looks for first."""
MOST_TIES = 400
QUALIFIERS = ("office", "role", "portfolio", "brief", "topic", "relation", "framework")
UNSAID = {"PARTY_TO": "party", "MEMBER_OF": "member", "COVERS": "equal", "FOCUSES_ON": "equal"}
"""Of each kind of tie, what its heading says already."""
ROUGHLY = ("narrower", "broader", "related")
"""How a sector stands to what a source says, where it is not the same."""


@dataclass(frozen=True, slots=True)
class Line:
    """One fact: what it says, the node it leads to ("" for a property), its time, the numbers of its sources, what is disputed, what
    people said of it themselves; `past` also of what has not begun on the day; `fact` is the id of the node or tie, `property` which
    of the node's own; `layer` what the layer is called where every view does not show it."""

    text: str
    node: str = ""
    detail: str = ""
    cites: tuple[int, ...] = ()
    disputed: tuple[str, ...] = ()
    past: bool = False
    fact: str = ""
    property: str = ""
    words: tuple[Statement, ...] = ()
    layer: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of one kind under their heading; `kind` is a kind of edge, "" for properties."""

    title: str
    kind: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One value of a conflict, as shown and as stated, with who says it."""

    value: str
    cites: tuple[int, ...]
    said: Value = ""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A conflict in words: what it is about, and the values side by side, the shown one first; `fact` and `name` are the ids of both."""

    about: str
    property: str
    sides: tuple[Side, ...]
    fact: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of one thing; `counts` gives the ties by kind, for expanding; `silence` says of what no source speaks."""

    node: Node
    summary: str
    groups: tuple[Group, ...]
    disagreements: tuple[Disagreement, ...]
    citations: tuple[Citation, ...]
    counts: Mapping[str, int]
    cut: Cut | None = None
    silence: str = ""


def describe(store: Store, schema: Schema, id: str, *, on: str = "", language: str = "en") -> Description:
    """What is known of a node, as of a day (today where none is given).

    Raises KeyError if there is no such node.
    """
    day = on or datetime.datetime.now(datetime.UTC).date().isoformat()
    around = store.neighbours(id, limit=MOST_TIES)
    nodes = around.by_id()
    if id not in nodes:
        raise KeyError(id)
    evidence = Evidence.load(store, [id, *(edge.id for edge in around.edges)])
    node = _told_of(nodes[id], evidence, schema)
    writer = _Writer(schema, language, day, node, nodes, evidence)
    groups = tuple(writer.groups(around.edges))
    own = writer.properties()
    everything = (own, *groups) if own.lines else groups
    counts: dict[str, int] = defaultdict(int)
    for edge in around.edges:
        counts[edge.kind] += 1
    said = tuple(statement for about in evidence.about.values() for statement in about)
    found = tuple(writer.disagreement(conflict, around.edges) for conflict in conflicts(said, evidence.sources, schema))
    silence = "" if around.cut else writer.silence(around.edges)
    return Description(node, writer.summary(), everything, found, evidence.citations(), dict(counts), around.cut, silence)


def _told_of(node: Node, evidence: Evidence, schema: Schema) -> Node:
    """A node of several layers with what those of them say that are seen; what diplomacy says goes first."""
    if "layers" not in node.properties:
        return node
    said = evidence.about.get(node.id, [])
    back = held_back(said)
    more = node_properties(node.id, [statement for statement in said if statement.id not in back], evidence.sources, schema)
    return replace(node, properties={**more, **node.properties})


@dataclass(frozen=True, slots=True)
class _Writer:
    schema: Schema
    language: str
    on: str
    node: Node
    nodes: Mapping[str, Node]
    evidence: Evidence

    def summary(self) -> str:
        """ "Region · Belgium". """
        kind = self.schema.nodes[self.node.kind].one
        parts = [kind.get(self.language, kind["en"]).capitalize()]
        country = self.node.text("country")
        if country:
            parts.append(self.nodes[country].name_in(self.language) if country in self.nodes else country.replace("-", " ").title())
        elif self.node.text("acronym"):
            parts.append(self.node.text("acronym"))
        if layers := layer_names(self.schema, other_layers(self.node), self.language):
            parts.append(translate("layer: {name}", self.language, name=layers))
        return " · ".join(parts)

    def properties(self) -> Group:
        """The node's own properties, in the order in which the schema names them."""
        lines = []
        for name in self.schema.nodes[self.node.kind].properties:
            value = self.node.properties.get(name)
            if value is None or name in HIDDEN or value == USUAL.get(name):
                continue
            label = self.schema.label(name, self.language)
            marks = (name,) if name in disputed(self.node) else ()
            cites = self.evidence.cite(self.node.id, properties=(name,))
            lines.append(Line(f"{label}: {shown(name, value, self.schema, self.language)}", cites=cites, disputed=marks,
                              fact=self.node.id, property=name, words=self.evidence.words(self.node.id, properties=(name,))))
        return Group("", "", tuple(lines))

    def groups(self, edges: Iterable[Edge]) -> Iterable[Group]:
        """The ties by kind and direction, what holds before what is past, the newest first."""
        by_kind: dict[tuple[str, bool], list[Edge]] = defaultdict(list)
        for edge in edges:
            by_kind[edge.kind, edge.target == self.node.id and edge.source != self.node.id].append(edge)
        for kind, reverse in sorted(by_kind, key=lambda key: (ORDER.index(key[0]) if key[0] in ORDER else 99, key[1])):
            lines = sorted((self._line(edge) for edge in by_kind[kind, reverse]), key=lambda pair: pair[0])
            title = edge_name(self.schema, kind, self.language, reverse=reverse)
            yield Group(title[:1].upper() + title[1:], kind, tuple(line for _, line in lines))

    def _line(self, edge: Edge) -> tuple[tuple[bool, int, str], Line]:
        dating = dated_by(edge, self.nodes)
        found = standing(dating, self.on)
        other = self.nodes.get(edge.other(self.node.id), Node(edge.other(self.node.id), ""))
        planned = stage(edge, dating, self.language)
        past = dating.kind != "Event" and (found.state is State.ENDED or (found.state is State.NOT_BEGUN and not planned))
        dated = date(other.text("date"), self.language) if other.kind in ("Agreement", "Event") else ""
        time = span(found, self.on, self.language) if dating is edge and lasts(edge, self.schema) else edge.text("period")
        details = [self._qualifiers(edge), dated, planned, time, inferred(edge, self.language)]
        when = edge.text("since") or other.text("date") or edge.text("until") or edge.text("confirmed")
        detail = ", ".join(filter(None, details)).replace(", (", " (")
        line = Line(other.name_in(self.language), other.id, detail, self.evidence.cite(edge.id), disputed(edge), past, edge.id,
                    words=self.evidence.words(edge.id), layer=layer_names(self.schema, other_layers(edge), self.language))
        return (past, -int((when or "0").replace("-", "").ljust(8, "0")[:8]), line.text), line

    def _qualifiers(self, edge: Edge) -> str:
        texts = [shown(name, edge.text(name), self.schema, self.language) for name in QUALIFIERS
                 if edge.text(name) and edge.text(name) != UNSAID.get(edge.kind)]
        if edge.text("relation") in ROUGHLY:
            texts = [translate("stated as “{text}”", self.language, text=edge.text("as_stated"))]
        party = edge.text("for")
        if party:
            texts.append(self.nodes[party].name_in(self.language) if party in self.nodes else party)
        return ", ".join(texts)

    def silence(self, edges: Iterable[Edge]) -> str:
        """Of what a reader would look for no source speaks; "" where there is something of all of it."""
        _ = translator(self.language)
        there = {edge.kind for edge in edges}
        missing = [_(what) for kind, what in EXPECTED.get(self.node.kind, {}).items() if kind not in there]
        if not missing or self.node.text("type") == "predecessor":
            return ""
        return _("No source in the record speaks of {things}; that does not mean that there are none.", things=listing(missing, self.language))

    def disagreement(self, conflict: Conflict, edges: Iterable[Edge]) -> Disagreement:
        """A conflict in words."""
        about = self.node.name_in(self.language)
        for edge in edges:
            if edge.id == conflict.about:
                other = self.nodes[edge.other(self.node.id)].name_in(self.language)
                about = f"{other} ({edge_name(self.schema, edge.kind, self.language, reverse=edge.target == self.node.id)})"
        sides = tuple(Side(shown(conflict.property, value, self.schema, self.language), self._cited(statements), value)
                      for value, statements in conflict.values)
        return Disagreement(about, self.schema.label(conflict.property, self.language), sides, conflict.about, conflict.property)

    def _cited(self, statements: Iterable[Statement]) -> tuple[int, ...]:
        wanted = {statement.source for statement in statements}
        numbers = {citation.source.id: citation.number for citation in self.evidence.citations()}
        missing = wanted - numbers.keys()
        if missing:
            self.evidence.cite(*{statement.about for statement in statements})
            numbers = {citation.source.id: citation.number for citation in self.evidence.citations()}
        return tuple(sorted(numbers[source] for source in wanted if source in numbers))


def shown(name: str, value: Value, schema: Schema, language: str) -> str:
    """A value as people read it: dates written out, numbers by locale, lists as lists, flags as yes and no."""
    _ = translator(language)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple):
        return listing(value, language)
    if isinstance(value, int | float):
        return number(value, language)
    if schema.holds(name) == "flag":
        return _(value)
    if schema.holds(name) == "date" or name.endswith(("since", "until")):
        return date(value, language)
    if schema.holds(name) == "word":
        return _("role not stated") if (name, value) == ("role", "unknown") else _(value.replace("_", " "))
    return value
