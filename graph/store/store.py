"""Read and write the graph, and nothing else: every bounded read is ordered, timed and can be cancelled."""

import copy
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from graph.errors import RefusedQuery
from graph.guard import columns_of
from graph.model import DIPLOMACY, Cut, Edge, Facts, Name, Node, Path, QueryResult, Source, Statement, Subgraph, WriteReport, ordered, other_layers
from graph.paths import shortest_paths
from graph.schema import Schema, load_schema
from graph.settings import Settings
from graph.store import cypher, deciding
from graph.store.connection import Connection
from graph.store.conversion import Converter, check_parameter, found_in, kind_of, name_of, properties_of, source_of, statement_of, tie_of
from graph.store.watch import Cancel
from graph.store.writing import Writer, batches, utc_now

MOST_KEYS = 5_000
"""How many keys are asked for in one read: all that is stated about them comes back at once."""


def open_store(settings: Settings) -> "Store":
    """The store that the settings name, ready to read and write: constraints and indexes are there.

    Raises StoreUnavailable, WrongCredentials, UnsupportedServer, LocalServerFailed, DiskFull.
    """
    store = Store(Connection(settings), settings, load_schema())
    store.prepare()
    return store


class Store:
    """The one door to the graph. Methods raise StoreError; none returns more than its limit.

    Nodes and edges are listed, counted and followed in the layers that this store sees, at first the one that all views show;
    what is asked for by its id is given whatever its layer, and the record is always whole.
    """

    def __init__(self, connection: Connection, settings: Settings, schema: Schema) -> None:
        self._connection = connection
        self._schema = schema
        self._settings = settings
        self._layers: tuple[str, ...] | None = (DIPLOMACY,)
        self.is_local = connection.is_local
        self.server = connection.server

    @property
    def address(self) -> str:
        """Where the graph lies, for people: a folder or an address."""
        return str(self._settings.home) if self.is_local else self._connection.uri

    def seeing(self, layers: Iterable[str] | None) -> "Store":
        """The same store, seeing these layers besides the one that all views show; all layers where None is given."""
        other = copy.copy(self)
        other._layers = None if layers is None else (DIPLOMACY, *sorted(set(layers) - {DIPLOMACY}))
        return other

    def close(self) -> None:
        """Give everything back."""
        self._connection.close()

    def prepare(self) -> None:
        """Make the constraints and indexes that are missing, drop those of earlier versions; who may not, can still read."""
        have = {str(row["name"]) for row in self._rows("SHOW INDEXES")} | {str(row["name"]) for row in self._rows("SHOW CONSTRAINTS")}
        wanted = [statement for name, statement in cypher.constraints(self._schema) if name not in have]
        for statement in [*wanted, *(f"DROP INDEX {name}" for name in cypher.DROPPED if name in have)]:
            try:
                self._connection.alter(statement)
            except RefusedQuery:
                return

    # -- about the whole

    def version(self) -> str:
        """The data version: a number that grows with every write, "0" for an empty graph."""
        rows = self._rows(cypher.VERSION)
        return str(rows[0]["version"] or 0) if rows else "0"

    def key(self) -> str:
        """What its answers may be kept under: the data version, and the layers that it sees."""
        return " ".join((self.version(), *(("all",) if self._layers is None else self._layers)))

    def written(self) -> str:
        """When the last write ended (ISO, UTC), "" if there was none."""
        rows = self._rows(cypher.VERSION)
        return str(rows[0]["written"] or "") if rows else ""

    def interrupted(self) -> str:
        """What did not end, "" if nothing: a loader, which running again finishes, or "remove NAME"."""
        rows = self._rows(cypher.VERSION)
        return str(([*(rows[0]["writing"] or ()), ""])[0]) if rows else ""

    def layers(self) -> tuple[str, ...]:
        """The layers of the sources that are loaded, by name, besides the one that all views show."""
        return tuple(str(row["layer"]) for row in self._rows(cypher.LAYERS))

    def layers_on(self) -> tuple[str, ...]:
        """Those of the loaded layers that were switched on; none of a store that sees all unasked."""
        on = (self._layers or (DIPLOMACY,))[1:]
        return tuple(layer for layer in self.layers() if layer in on) if on else ()

    def layers_off(self) -> tuple[str, ...]:
        """Those of the loaded layers that this store does not see."""
        return tuple(layer for layer in self.layers() if self._layers is not None and layer not in self._layers)

    def sees(self, thing: Node | Edge) -> bool:
        """Whether a node or edge lies in a layer that this store sees."""
        layers = other_layers(thing)
        return not layers or self._layers is None or not set(self._layers).isdisjoint(layers)

    def hears(self, source: Source) -> bool:
        """Whether a source lies in a layer that this store sees."""
        return self._layers is None or (source.layer or DIPLOMACY) in self._layers

    def ties_in_layers(self, ids: Iterable[str]) -> dict[str, int]:
        """How many ties of each other layer there are at these nodes, whatever this store sees."""
        return {str(row["layer"]): int(row["n"]) for row in self._rows(cypher.TIES_IN_LAYERS, ids=sorted(set(ids)))}

    def counts(self) -> dict[str, int]:
        """How many there are of each kind of node and edge, statements and sources included."""
        found = {str(row["kind"]): int(row["n"]) for row in self._rows(cypher.count_all(self._schema, self._layers), seconds=120)}
        return {kind: found.get(kind, 0) for kind in (*self._schema.nodes, *self._schema.edges)}

    def names(self) -> tuple[Name, ...]:
        """All names of all nodes, for the search index."""
        ids = sorted(id for row in self._rows(cypher.IDS.format(seen=self._condition("n")), seconds=120) for id in row["ids"])
        found = (pair for part in batches(ids) for row in self._rows(cypher.WHOLE, ids=part, seconds=120) for pair in row["found"])
        nodes = (Node(str(p["id"]), kind_of(labels, self._schema), properties_of(p)) for labels, p in found)
        return tuple(map(name_of, sorted(nodes, key=lambda node: node.id)))

    def codes(self, kind: str, property: str) -> dict[str, str]:
        """The ids of all nodes of a kind, whatever their layer, by a code that they have ("wikidata", "nuts").

        Where several have one code, one that all views show goes before one of another layer.
        Raises KeyError for a kind, ValueError for a property that the schema does not know.
        """
        if property not in self._schema.nodes[kind].properties:
            raise ValueError(property)
        return {str(row["code"]): str(row["id"]) for row in self._rows(cypher.CODES.format(kind=kind, property=property), seconds=120)}

    # -- nodes and edges

    def get(self, ids: Iterable[str]) -> tuple[Node, ...]:
        """The nodes with these ids, by id; unknown ids are left out."""
        return self._nodes(self._rows(cypher.GET, ids=sorted(set(ids))))

    def dated(self, ids: Iterable[str]) -> tuple[Node, ...]:
        """Those of these nodes that have a date, a founding or a status of their own, by id: few of many, so it is cheaper than `get`."""
        return self._nodes(self._rows(cypher.DATED, ids=sorted(set(ids))))

    def of_kind(self, kind: str, *, limit: int = 5000) -> tuple[Node, ...]:
        """The nodes of one kind, by id, at most `limit`."""
        self._schema.nodes[kind]
        return self._nodes(self._rows(cypher.OF_KIND.format(kind=kind, seen=self._condition("n")), limit=limit))

    def neighbours(self, node_id: str, *, kinds: Sequence[str] = (), limit: int = 200) -> Subgraph:
        """A node, at most `limit` of its edges (of these kinds) and their other ends; `cut` says how many more there are."""
        pattern, seen = cypher.kinds_pattern(tuple(kinds), self._schema), self._condition("r")
        converter = Converter(self._schema)
        rows = self._rows(cypher.NEIGHBOURS.format(kinds=pattern, seen=seen), id=node_id, limit=limit + 1)
        for row in rows[:limit]:
            converter.learn(row["a"], row["b"])
            for thing in (row["a"], row["r"], row["b"]):
                converter.value(thing)
        if not rows:
            return ordered(self.get([node_id]), ())
        cut = None
        if len(rows) > limit:
            total = int(self._rows(cypher.COUNT_NEIGHBOURS.format(kinds=pattern, seen=seen), id=node_id)[0]["n"])
            cut = Cut("rows", total - limit)
        return ordered(converter.nodes.values(), converter.edges.values(), cut)

    def adjacent(self, ids: Sequence[str], *, kinds: Sequence[str] = (), limit: int = 20_000) -> tuple[Edge, ...]:
        """The edges that touch these nodes, each once, at most `limit`: a step of a search."""
        pattern = cypher.kinds_pattern(tuple(kinds), self._schema)
        return _edges(self._rows(cypher.ADJACENT.format(kinds=pattern, seen=self._condition("r")), ids=list(ids), limit=limit))

    def subgraph(self, ids: Iterable[str], *, limit: int = 5000) -> Subgraph:
        """These nodes and all edges among them, at most `limit` edges."""
        wanted = sorted(set(ids))
        nodes = self._nodes(self._rows(cypher.GET, ids=wanted))
        rows = self._rows(cypher.AMONG.format(seen=self._condition("r")), ids=wanted, limit=limit + 1)
        cut = Cut("rows", 1, at_least=True) if len(rows) > limit else None
        return ordered(nodes, _edges(rows[:limit]), cut)

    def shortest_paths(self, start: str, end: str, *, kinds: Sequence[str] = (), max_steps: int = 6, limit: int = 20) -> tuple[Path, ...]:
        """All shortest paths between two nodes, whatever the direction and date, at most `limit`, by their edges' ids.

        Conditions on nodes, dates or edges belong to `graph.paths`: the local server answers them wrongly. Where the shortest of all
        lead through other layers than this store sees, they are searched that way.
        """
        rows = self._rows(cypher.all_shortest(tuple(kinds), max_steps, self._schema), start=start, end=end, limit=limit)
        converter = Converter(self._schema)
        for row in rows:
            converter.learn(*row["p"].nodes)
        found = [converter.value(row["p"]) for row in rows]
        paths = [path for path in found if all(map(self.sees, path.edges))]
        if len(paths) < len(found) and (not paths or len(found) == limit):
            paths = list(shortest_paths(start, end, lambda ids: self.adjacent(ids, kinds=kinds), max_steps=max_steps).paths)
        return tuple(sorted(paths, key=lambda path: [edge.id for edge in path.edges])[:limit])

    def disputed(self, *, limit: int = 500) -> Subgraph:
        """The nodes and edges about which sources contradict each other."""
        converter = Converter(self._schema)
        for row in self._rows(cypher.DISPUTED_NODES.format(seen=self._condition("n")), limit=limit):
            converter.value(row["n"])
        for row in self._rows(cypher.DISPUTED_EDGES.format(seen=self._condition("r")), limit=limit):
            converter.learn(row["a"], row["b"])
            for thing in (row["a"], row["r"], row["b"]):
                converter.value(thing)
        return ordered(converter.nodes.values(), converter.edges.values())

    # -- the record

    def statements(self, about: Iterable[str]) -> tuple[Statement, ...]:
        """What is stated about these nodes and edges."""
        return self._statements(cypher.STATEMENTS, sorted(set(about)))

    def statements_on(self, nodes: Iterable[str], ties: Iterable[tuple[str, str, str]]) -> tuple[Statement, ...]:
        """All statements about these nodes, and about edges with this (kind, subject, object)."""
        keys = {*nodes, *(tie_of(Statement(kind, subject, "", object=target)) for kind, subject, target in ties)}
        return self._statements(cypher.STATEMENTS_BY_TIE, sorted(keys))

    def statements_of_source(self, source: str, *, limit: int) -> tuple[tuple[Statement, ...], int]:
        """What one source states, at most `limit` statements, and how many there are in all."""
        total = int(self._rows(cypher.COUNT_STATEMENTS_OF_SOURCE, source=source)[0]["n"])
        return tuple(statement_of(row["s"]) for row in self._rows(cypher.STATEMENTS_OF_SOURCE, source=source, limit=limit)), total

    def statements_of(self, ids: Iterable[str]) -> tuple[Statement, ...]:
        """The statements with these ids."""
        return self._statements(cypher.STATEMENTS_BY_ID, sorted(set(ids)))

    def statement_ids(self, loader: str, sources: Iterable[str] | None = None) -> tuple[str, ...]:
        """The ids of a loader's statements (from these sources); with "" for the loader, of anyone's from these sources.

        They come as their sources hold them: the local server deletes in this order four times as fast as in another.
        """
        if sources is None:
            rows = self._rows(cypher.IDS_OF_LOADER, seconds=300, loader=loader)
        else:
            rows = self._rows(cypher.IDS_OF_SOURCES, seconds=300, loader=loader, sources=sorted(set(sources)))
        return tuple(id for row in rows for id in row["ids"])

    def present(self, ids: Iterable[str]) -> dict[str, str]:
        """Of these ids those that are in the graph, with their kinds."""
        found: dict[str, str] = {}
        if self._rows(cypher.ANY_ENTITY):
            for part in batches(sorted(set(ids))):
                rows = self._rows(cypher.PRESENT, seconds=120, ids=part)
                found |= {str(id): kind_of(labels, self._schema) for row in rows for id, labels in row["found"]}
        return found

    def unstated(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Of these nodes those that no statement is about: they are there because something is tied to them."""
        return tuple(str(row["id"]) for row in self._rows(cypher.UNSTATED, ids=sorted(set(ids)), seconds=120))

    def ties_at(self, ids: Iterable[str]) -> dict[str, dict[str, tuple[str, ...]]]:
        """The ids of all edges at these nodes, whatever their layer, with their layers; nodes without any are left out."""
        rows = [row for part in batches(sorted(set(ids)), 500) for row in self._rows(cypher.TIES_AT, ids=part, seconds=120)]
        return {str(row["id"]): {str(id): tuple(layers) for id, layers in row["ties"]} for row in rows}

    def said_by_people(self, ids: Iterable[str]) -> tuple[Statement, ...]:
        """What people said and decided about these nodes and their ties, the earliest first; what was set aside is among it."""
        rows = self._rows(cypher.SAID_BY_PEOPLE, loader=deciding.LOADER, ids=sorted(set(ids)))
        return tuple(statement_of(row["s"]) for row in rows)

    def judgements(self) -> tuple[Statement, ...]:
        """All judgements on which nodes are one."""
        return tuple(statement_of(row["s"]) for row in self._rows(cypher.JUDGEMENTS, loader=deciding.LOADER))

    def reviews(self, sources: Iterable[str]) -> tuple[Statement, ...]:
        """What people made of what these sources say, the earliest first."""
        rows = self._rows(cypher.REVIEWS, loader=deciding.LOADER, sources=sorted(set(sources)))
        return tuple(statement_of(row["s"]) for row in rows)

    def internal_statements(self) -> tuple[Statement, ...]:
        """All that internal sources say."""
        return tuple(statement_of(row["s"]) for row in self._rows(cypher.SAID_INTERNALLY, seconds=120))

    def internal_sources(self) -> tuple[Source, ...]:
        """The sources of which nothing may leave in a file."""
        return tuple(source_of(row["s"]) for row in self._rows(cypher.INTERNAL))

    def sources(self, ids: Iterable[str] | None = None) -> tuple[Source, ...]:
        """These sources, or all of them, by id."""
        rows = self._rows(cypher.ALL_SOURCES) if ids is None else self._rows(cypher.SOURCES, ids=sorted(set(ids)))
        return tuple(source_of(row["s"]) for row in rows)

    def statements_by_source(self) -> dict[str, int]:
        """How many statements each source makes."""
        return {str(row["source"]): int(row["n"]) for row in self._rows(cypher.COUNT_STATEMENTS_BY_SOURCE)}

    # -- ad hoc

    def query(self, text: str, parameters: Mapping[str, Any] | None = None, *, limit: int | None = None, seconds: float | None = None,
              cancel: Cancel | None = None) -> QueryResult:
        """The rows of a guarded query, as a reader: at most `limit` rows in `seconds` (both from the settings by default).

        A query sees all layers; `$layers` are those that this store sees.
        """
        limit, seconds = limit or self._settings.row_limit, seconds or self._settings.time_limit
        for name, value in (parameters or {}).items():
            check_parameter(name, value)
        return self._result(text, *self._connection.ask(text, self._given(text, parameters), seconds=seconds, limit=limit, cancel=cancel))

    def query_without(self, facts: Facts, gone: Iterable[str], text: str, parameters: Mapping[str, Any] | None = None, *, limit: int | None = None,
                      seconds: float | None = None, cancel: Cancel | None = None) -> QueryResult:
        """The rows of a guarded query as they would be if the graph stood as in `facts`, without the statements `gone`.

        It is asked within a transaction that is never ended but by taking it all back.
        """
        limit, seconds = limit or self._settings.row_limit, seconds or self._settings.time_limit
        for name, value in (parameters or {}).items():
            check_parameter(name, value)
        query = (text, self._given(text, parameters))
        return self._result(text, *deciding.ask_without(self._connection, self._schema, facts, tuple(gone), query, seconds, limit, cancel))

    def _given(self, text: str, parameters: Mapping[str, Any] | None) -> dict[str, Any]:
        """A query's parameters, the layers that are seen among them where it asks for them."""
        seen = {"layers": self._layers or (DIPLOMACY, *self.layers())} if "$layers" in text else {}
        return {**seen, **(parameters or {})}

    def _result(self, text: str, columns: list[str], records: list[Any], more: bool, taken: float) -> QueryResult:
        converter = Converter(self._schema)
        raw = [record.values() for record in records]
        nodes, edges = found_in(raw)
        converter.learn(*nodes)
        self._learn_ends(converter, edges)
        rows = tuple(tuple(converter.value(value) for value in row) for row in raw)
        subgraph = ordered(converter.nodes.values(), converter.edges.values())
        return QueryResult(tuple(columns) or columns_of(text), rows, more, taken, subgraph)

    def _learn_ends(self, converter: Converter, edges: list[Any]) -> None:
        """Edges returned without their nodes still need the ids of their ends."""
        unknown = sorted(converter.unknown_ends(edges))
        if unknown:
            for row in self._rows("MATCH (n) WHERE elementId(n) IN $ids RETURN n ORDER BY elementId(n)", ids=unknown):
                converter.learn(row["n"])
                converter.value(row["n"])

    # -- writing

    def write(self, facts: Facts | Iterable[Facts], gone: Iterable[str] = (), *, loader: str = "", present: Collection[str] | None = None,
              progress: Callable[[int, int], None] | None = None, total: int = 0) -> WriteReport:
        """Bring the graph to the state of these facts and remove the statements `gone` (ids); equal facts change nothing.

        Statements are written last and removed last, so a write that was killed is finished by running it again. Facts may come in
        parts, an edge not before its ends; `total` then tells how many rows to expect. With `present`, the ids of those nodes (and ends
        of edges) that are in the graph, nothing else is looked for, and every statement that was not read from the graph is new.
        """
        parts = [facts] if isinstance(facts, Facts) else facts
        return Writer(self._connection, self._schema, progress or unheard, present, total).write(parts, tuple(gone), loader)

    def note_run(self, loader: str, sources: Iterable[str], digests: Iterable[str] | None = None) -> None:
        """Write down that a run of a loader read these sources now, from files with these digests (None: as before)."""
        now = utc_now()
        self._connection.write(cypher.SEEN, ids=sorted(sources), now=now)
        known = self.run_digests(loader) if digests is None else tuple(digests)
        self._connection.write(cypher.SET_RUN, id=f"run {loader}", digests=list(known), now=now)

    def run_digests(self, loader: str) -> tuple[str, ...]:
        """What the runs of a loader wrote down about the files that are in force."""
        rows = self._rows(cypher.RUN, id=f"run {loader}")
        return tuple(rows[0]["digests"] or ()) if rows else ()

    def forget_runs(self, loader: str) -> None:
        """Take away what was written down about the runs of a loader."""
        self._connection.write(cypher.DELETE_RUN, id=f"run {loader}")

    def decide(self, facts: Facts, gone: Iterable[str] = (), *, version: str) -> WriteReport | None:
        """As `write`, in one transaction; None, and nothing is written, where the data version is no longer `version`."""
        return deciding.decide(self._connection, self._schema, facts, tuple(gone), version)

    def _rows(self, text: str, *, seconds: float | None = None, **parameters: Any) -> list[Any]:
        return self._connection.read(text, {"layers": self._layers, **parameters}, seconds=seconds)

    def _condition(self, name: str) -> str:
        return cypher.seen(name, self._layers)

    def _nodes(self, rows: list[Any]) -> tuple[Node, ...]:
        return tuple(Node(str(n["id"]), kind_of(n.labels, self._schema), properties_of(n)) for n in (row["n"] for row in rows))

    def _statements(self, text: str, keys: list[str]) -> tuple[Statement, ...]:
        return tuple(statement_of(row["s"]) for part in batches(keys, MOST_KEYS) for row in self._rows(text, keys=part, seconds=120))


def unheard(_done: int, _total: int) -> None:
    """A progress that nobody listens to."""


def _edges(rows: list[Any]) -> tuple[Edge, ...]:
    return tuple(Edge(str(p["id"]), str(row["kind"]), str(row["source"]), str(row["target"]), properties_of(p))
                 for row in rows for p in (row["properties"],))
