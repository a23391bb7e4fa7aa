"""Write facts: in batches, each made once, compared with what is there, and finished by running again when killed."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from graph.errors import SchemaError
from graph.model import Edge, Facts, Node, Source, Statement, WriteReport
from graph.schema import Schema
from graph.store.connection import Connection, Within
from graph.store.conversion import plain, source_row, statement_row

T = TypeVar("T")
BATCH = 2_000

BEGIN = "MERGE (m:Meta {id: 'ponte'}) SET m.writing = [other IN coalesce(m.writing, []) WHERE other <> $loader] + [$loader]"
END = """
MATCH (m:Meta {id: 'ponte'})
SET m.version = coalesce(m.version, 0) + $step, m.writing = [other IN m.writing WHERE other <> $loader], m.written = $now
"""
ANY_NODE = "MATCH (n:{label}) RETURN 1 AS one LIMIT 1"
ANY_EDGE = "MATCH (:Entity)-[r:{kind}]->(:Entity) RETURN 1 AS one LIMIT 1"
NODES = "UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN collect({labels: labels(n), p: properties(n)}) AS found"
EDGES = "UNWIND $rows AS row MATCH (a:Entity {{id: row.a}})-[r:{kind}]->(b:Entity {{id: row.b}}) RETURN collect(properties(r)) AS found"
SOURCES = "UNWIND $ids AS id MATCH (n:Source {id: id}) RETURN collect(properties(n)) AS found"
STATEMENTS = "UNWIND $ids AS id MATCH (s:Statement {id: id}) RETURN collect([s.id, coalesce(s.about, '')]) AS found"
"""What is there, a batch in one record: the driver's work for each record is more than that for its values."""
CREATE_NODES = "UNWIND $rows AS row CREATE (n:Entity:{kind}) SET n = row"
SET_NODES = "UNWIND $rows AS row MATCH (n:Entity {id: row.id}) SET n = row"
CREATE_SOURCES = "UNWIND $rows AS row CREATE (n:Source) SET n = row"
SET_SOURCES = "UNWIND $rows AS row MATCH (n:Source {id: row.id}) SET n = row"
CREATE_EDGES = "UNWIND $rows AS row MATCH (a:Entity {{id: row.a}}), (b:Entity {{id: row.b}}) CREATE (a)-[r:{kind}]->(b) SET r = row.p"
SET_EDGES = """
UNWIND $rows AS row MATCH (a:Entity {{id: row.a}})-[r:{kind}]->(b:Entity {{id: row.b}}) WHERE r.id = row.p.id SET r = row.p
"""
DELETE_EDGES = """
UNWIND $rows AS row MATCH (a:Entity {{id: row.a}})-[r:{kind}]->(:Entity) WHERE r.id IN row.ids
WITH collect(r) AS found UNWIND found AS r DELETE r
"""
"""Found before any is deleted: the local server stumbles over what the same query has deleted. Each node's edges are gone through once."""
CREATE_STATEMENTS = "UNWIND $rows AS row MATCH (o:Source {id: row.source}) CREATE (s:Statement)-[:FROM]->(o) SET s = row"
SET_STATEMENTS = "UNWIND $rows AS row MATCH (s:Statement {id: row.id}) SET s.about = row.about"
DELETE_STATEMENTS = "UNWIND $ids AS id MATCH (s:Statement {id: id}) DETACH DELETE s"
DELETE_NODES = "UNWIND $ids AS id MATCH (n:Entity {id: id}) DETACH DELETE n"
ORPHANS = "MATCH (o:Source) WHERE NOT (o)<-[:FROM]-() RETURN o.id AS id"
DELETE_SOURCES = "UNWIND $ids AS id MATCH (o:Source {id: id}) DELETE o"


def batches(rows: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Rows in lists of `size`."""
    rest = iter(rows)
    while part := list(islice(rest, size)):
        yield part


def utc_now() -> str:
    """This second, as ISO text."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


class Writer:
    """One write: sources, nodes, edges, statements, part by part; then what is gone."""

    def __init__(self, connection: Connection | Within, schema: Schema, progress: Callable[[int, int], None], present: Collection[str] | None,
                 total: int) -> None:
        self._connection = connection
        self._schema = schema
        self._progress = progress
        self._present = present
        self._now = utc_now()
        self._count: Counter[str] = Counter()
        self._done = 0
        self._total = total

    def write(self, parts: Iterable[Facts], gone: Sequence[str], loader: str) -> WriteReport:
        """Do it; the report counts what was made, changed and removed."""
        begun, name = False, loader or "a loader"
        gone_edges: list[str] = []
        gone_nodes: list[str] = []
        for part in parts:
            self._check(part)
            if not begun:
                self._connection.write(BEGIN, loader=name)
                begun = True
            self._total = max(self._total, self._done + _size(part) + len(gone))
            self._write_sources(part.sources)
            self._write_nodes(part.nodes)
            self._write_edges(part.edges)
            self._write_statements(part.statements)
            gone_edges += part.gone_edges
            gone_nodes += part.gone_nodes
        if not begun:
            self._connection.write(BEGIN, loader=name)
        self._remove(gone_edges, gone_nodes, gone)
        report = WriteReport(**{name: self._count[name] for name in WriteReport.__dataclass_fields__})
        self._connection.write(END, step=0 if report.nothing and not self._count["sources"] else 1, now=self._now, loader=name)
        return report

    def _check(self, facts: Facts) -> None:
        """Kinds become part of Cypher's text, so none may come from anywhere but the schema."""
        unknown = {node.kind for node in facts.nodes} - set(self._schema.nodes) | {edge.kind for edge in facts.edges} - set(self._schema.edges)
        if unknown:
            raise SchemaError(what=f"“{min(unknown)}” is no kind of node or edge", remedy="Use one of graph/schema.yml.")

    def _step(self, rows: int) -> None:
        self._done += rows
        self._progress(self._done, self._total)

    def _some(self, text: str) -> bool:
        return bool(self._connection.read(text))

    def _write_sources(self, sources: Sequence[Source]) -> None:
        rows = {source.id: source_row(source) for source in sources}
        for part in batches(rows.values()):
            have = {found["id"]: found for found in self._found(SOURCES, ids=[row["id"] for row in part])}
            for row in part:
                if "last_seen" in have.get(row["id"], ()):
                    row["last_seen"] = have[row["id"]]["last_seen"]  # the run writes it down when it has ended
            new, changed = _compare(part, have)
            self._run(CREATE_SOURCES, new)
            self._run(SET_SOURCES, changed)
            self._count["sources"] += len(new) + len(changed)
            self._step(len(part))

    def _write_nodes(self, nodes: Sequence[Node]) -> None:
        by_kind: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for node in nodes:
            by_kind[node.kind].append({**plain(node.properties), "id": node.id})
        empty = self._present is None and bool(nodes) and not self._some(ANY_NODE.format(label="Entity"))
        for kind, rows in sorted(by_kind.items()):
            for part in batches(rows):
                asked = [] if empty else [row for row in part if self._present is None or row["id"] in self._present]
                have = self._nodes_there(kind, asked) if asked else {}
                new, changed = _compare(part, have)
                self._run(CREATE_NODES.format(kind=kind), new)
                self._run(SET_NODES, changed)
                self._count["nodes_new"] += len(new)
                self._count["nodes_changed"] += len(changed)
                self._step(len(part))

    def _nodes_there(self, kind: str, part: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        rows = self._found(NODES, ids=[row["id"] for row in part])
        for row in rows:
            if kind not in row["labels"]:
                other = next(iter(sorted(set(row["labels"]) - {"Entity"})), "Entity")
                raise SchemaError(what=f"“{row['p']['id']}” is to be a {kind} and is a {other} already", remedy="Give one of the two another id.")
        return {row["p"]["id"]: row["p"] for row in rows}

    def _write_edges(self, edges: Sequence[Edge]) -> None:
        by_kind: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for edge in edges:
            by_kind[edge.kind].append({"a": edge.source, "b": edge.target, "id": edge.id, "p": {**plain(edge.properties), "id": edge.id}})
        for kind, rows in sorted(by_kind.items()):
            empty = self._present is None and not self._some(ANY_EDGE.format(kind=kind))
            for part in batches(rows):
                asked = [] if empty else [row for row in part if self._present is None or (row["a"] in self._present and row["b"] in self._present)]
                have = self._edges_there(kind, asked) if asked else {}
                new, changed = _compare([row["p"] for row in part], have)
                by_id = {row["id"]: row for row in part}
                self._run(CREATE_EDGES.format(kind=kind), [by_id[row["id"]] for row in new])
                self._run(SET_EDGES.format(kind=kind), [by_id[row["id"]] for row in changed])
                self._count["edges_new"] += len(new)
                self._count["edges_changed"] += len(changed)
                self._step(len(part))

    def _edges_there(self, kind: str, part: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        ends = [{"a": a, "b": b} for a, b in sorted({(row["a"], row["b"]) for row in part})]
        return {found["id"]: found for found in self._found(EDGES.format(kind=kind), rows=ends)}

    def _write_statements(self, statements: Sequence[Statement]) -> None:
        """What moved to another edge before what is new: a write that was cut off finds its work by what is not there yet."""
        trusted = self._present is not None or not (statements and self._some(ANY_NODE.format(label="Statement")))
        for part in batches({statement.id: statement for statement in statements}.items()):
            have = {} if trusted else dict(self._found(STATEMENTS, ids=[id for id, _ in part]))
            known = {id for id, statement in part if statement.first_seen or id in have}
            moved = [{"id": id, "about": statement.about} for id, statement in part if id in known and have.get(id) != statement.about]
            self._run(SET_STATEMENTS, moved)
            new = [{**statement_row(statement), "first_seen": self._now} for id, statement in part if id not in known]
            self._run(CREATE_STATEMENTS, new)
            self._count["statements_new"] += len(new)
            self._step(len(part))

    def _remove(self, gone_edges: Sequence[str], gone_nodes: Sequence[str], gone: Sequence[str]) -> None:
        self._remove_edges(gone_edges)
        self._in_parts(DELETE_NODES, gone_nodes, "ids", "nodes_gone")
        self._in_parts(DELETE_STATEMENTS, gone, "ids", "statements_gone")
        if gone:
            orphans = [row["id"] for row in self._read(ORPHANS)]
            self._in_parts(DELETE_SOURCES, orphans, "ids", "sources_gone")

    def _remove_edges(self, gone: Sequence[str]) -> None:
        by_kind: dict[str, list[str]] = defaultdict(list)
        for id in sorted(gone):
            by_kind[id.partition("|")[0]].append(id)
        for kind, ids in by_kind.items():
            self._schema.edges[kind]
            for part in batches(ids):
                by_end: dict[str, list[str]] = defaultdict(list)
                for id in part:
                    by_end[id.split("|")[1]].append(id)
                self._run(DELETE_EDGES.format(kind=kind), [{"a": end, "ids": found} for end, found in by_end.items()])
                self._count["edges_gone"] += len(part)
                self._step(len(part))

    def _in_parts(self, text: str, rows: Sequence[Any], name: str, count: str) -> None:
        for part in batches(rows):
            self._connection.write(text, **{name: part})
            self._count[count] += len(part)
            self._step(len(part))

    def _read(self, text: str, **parameters: Any) -> list[Any]:
        return self._connection.read(text, parameters, seconds=300)

    def _found(self, text: str, **parameters: Any) -> list[Any]:
        return [found for row in self._read(text, **parameters) for found in row["found"]]

    def _run(self, text: str, rows: Sequence[Any]) -> None:
        if rows:
            self._connection.write(text, rows=list(rows))


def _size(facts: Facts) -> int:
    return sum(map(len, (facts.sources, facts.nodes, facts.edges, facts.statements, facts.gone_edges, facts.gone_nodes)))


def _compare(rows: Sequence[dict[str, Any]], have: Mapping[str, Mapping[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Those that are not there, and those that are there with other properties."""
    new = [row for row in rows if row["id"] not in have]
    changed = [row for row in rows if row["id"] in have and dict(have[row["id"]]) != row]
    return new, changed
