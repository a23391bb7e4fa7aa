"""Keep what internal sources say out of every file: tell how the graph stands without them, and answer from that.

Nothing is filtered by name. What touches an internal statement is assembled anew without it, as if it had been taken back, so that
neither a value nor an end that follows from it leaves.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.model import Edge, Facts, Name, Node, QueryResult, Source, Statement, Subgraph, ordered
from graph.record.touching import ALL, facts_touched
from graph.schema import Schema
from graph.store import Cancel, Store
from graph.store.conversion import name_of
from graph.words import mark

LEFT_OUT = mark("internal sources are left out")


@dataclass(frozen=True, slots=True)
class Withheld:
    """What may not leave: each node and tie that an internal source touches, as it stands without (None: it is not there); `restored`
    are ties that are there only without, because an internal source denies them."""

    nodes: Mapping[str, Node | None] = field(default_factory=dict)
    edges: Mapping[str, Edge | None] = field(default_factory=dict)
    restored: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    facts: Facts = field(default_factory=Facts)
    gone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sources)

    def node(self, node: Node) -> Node | None:
        """A node as it may leave."""
        return self.nodes.get(node.id, node)

    def edge(self, edge: Edge) -> Edge | None:
        """A tie as it may leave."""
        return self.edges.get(edge.id, edge)

    def public(self, subgraph: Subgraph) -> Subgraph:
        """A subgraph as it may leave; a tie that only an internal source denies is there again."""
        nodes = {node.id: node for found in subgraph.nodes if (node := self.node(found))}
        edges = {edge.id: edge for found in subgraph.edges if (edge := self.edge(found))}
        edges |= {id: edge for id in self.restored if (edge := self.edges[id]) and edge.source in nodes and edge.target in nodes}
        return ordered(nodes.values(), edges.values(), subgraph.cut)

    def ids(self, ids: Iterable[str]) -> list[str]:
        """Of these ids those that may leave in a link."""
        return [id for id in ids if self.nodes.get(id, id) is not None and self.edges.get(id, id) is not None]


def withheld(store: Store, schema: Schema) -> Withheld:
    """What may not leave of this graph; nothing, where no source is internal."""
    sources = store.internal_sources()
    if not sources:
        return Withheld()
    said = store.internal_statements()
    facts = facts_touched((), said, {}, store.seeing(None), schema)
    nodes: dict[str, Node | None] = {node.id: node for node in facts.nodes}
    edges: dict[str, Edge | None] = {edge.id: edge for edge in facts.edges}
    there = {edge.id for edge in store.seeing(None).adjacent(sorted({edge.source for edge in facts.edges}), limit=ALL)}
    return Withheld({**nodes, **dict.fromkeys(facts.gone_nodes)}, {**edges, **dict.fromkeys(facts.gone_edges)},
                    frozenset(edges.keys() - there), frozenset(source.id for source in sources), facts, tuple(statement.id for statement in said))


class PublicStore(Store):
    """The graph without what internal sources say, for answers that leave in a file."""

    kept: Withheld

    @classmethod
    def of(cls, store: Store, kept: Withheld) -> Store:
        """A store to answer from; the same where nothing is withheld."""
        if not kept:
            return store
        public = cls.__new__(cls)
        public.__dict__.update(store.__dict__)
        public.kept = kept
        return public

    def layers(self) -> tuple[str, ...]:
        """The layers of the sources that may be named."""
        public = {source.layer for source in self.sources()}
        return tuple(layer for layer in super().layers() if layer in public)

    def names(self) -> tuple[Name, ...]:
        """All names of all nodes."""
        own = [name for name in super().names() if name.id not in self.kept.nodes]
        return tuple(sorted([*own, *(name_of(node) for node in self.kept.nodes.values() if node and self.sees(node))], key=lambda name: name.id))

    def get(self, ids: Iterable[str]) -> tuple[Node, ...]:
        """The nodes with these ids."""
        wanted = sorted(set(ids))
        found = {node.id: node for node in super().get(wanted)}
        return tuple(node for id in wanted if (node := self.kept.nodes.get(id, found.get(id))))

    def dated(self, ids: Iterable[str]) -> tuple[Node, ...]:
        """Those of these nodes that have a date of their own."""
        return tuple(node for found in super().dated(ids) if (node := self.kept.node(found)))

    def of_kind(self, kind: str, *, limit: int = 5000) -> tuple[Node, ...]:
        """The nodes of one kind."""
        return tuple(node for found in super().of_kind(kind, limit=limit) if (node := self.kept.node(found)) and self.sees(node))

    def neighbours(self, node_id: str, *, kinds: Sequence[str] = (), limit: int = 200) -> Subgraph:
        """A node, its edges and their other ends."""
        return self._public(super().neighbours(node_id, kinds=kinds, limit=limit))

    def adjacent(self, ids: Sequence[str], *, kinds: Sequence[str] = (), limit: int = 20_000) -> tuple[Edge, ...]:
        """The edges that touch these nodes."""
        found = {edge.id: edge for seen in super().adjacent(ids, kinds=kinds, limit=limit) if (edge := self.kept.edge(seen))}
        restored = [edge for id in self.kept.restored if (edge := self.kept.edges[id])]
        found |= {edge.id: edge for edge in restored if {edge.source, edge.target} & set(ids) and (not kinds or edge.kind in kinds)}
        return tuple(sorted(filter(self.sees, found.values()), key=lambda edge: (edge.kind, edge.source, edge.target, edge.id)))

    def subgraph(self, ids: Iterable[str], *, limit: int = 5000) -> Subgraph:
        """These nodes and all edges among them."""
        return self._public(super().subgraph(ids, limit=limit))

    def _public(self, subgraph: Subgraph) -> Subgraph:
        found = self.kept.public(subgraph)
        return ordered(found.nodes, filter(self.sees, found.edges), found.cut)

    def query(self, text: str, parameters: Mapping[str, Any] | None = None, *, limit: int | None = None, seconds: float | None = None,
              cancel: Cancel | None = None) -> QueryResult:
        """The rows of a guarded query."""
        return self.query_without(self.kept.facts, self.kept.gone, text, parameters, limit=limit, seconds=seconds, cancel=cancel)

    def statements(self, about: Iterable[str]) -> tuple[Statement, ...]:
        """What is stated about these nodes and edges."""
        return tuple(statement for statement in super().statements(about) if statement.source not in self.kept.sources)

    def judgements(self) -> tuple[Statement, ...]:
        """All judgements on which nodes are one."""
        return tuple(statement for statement in super().judgements() if statement.source not in self.kept.sources)

    def sources(self, ids: Iterable[str] | None = None) -> tuple[Source, ...]:
        """These sources."""
        return tuple(source for source in super().sources(ids) if not source.internal)
