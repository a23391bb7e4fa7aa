"""Load facts with the plainest fast Cypher that was found: the bar that the store's writer is measured against.

Batches of 2,000, CREATE only, ends matched by the unique `Entity(id)`; no check of what exists, no comparison, no report.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from neo4j import Driver

from graph.model import Facts
from graph.store.conversion import plain, source_row, statement_row

BATCH = 2_000
NOW = "2026-01-01T00:00:00+00:00"


def batches(rows: Sequence[Any], size: int = BATCH) -> Iterator[list[Any]]:
    """Rows in lists of `size`."""
    rest = iter(rows)
    while part := list(islice(rest, size)):
        yield part


def load(driver: Driver, database: str | None, facts: Facts) -> None:
    """Write all facts into an empty database that has its constraints."""
    with driver.session(database=database) as session:
        def run(cypher: str, rows: Sequence[Any]) -> None:
            for part in batches(rows):
                session.execute_write(lambda tx, part=part: tx.run(cypher, rows=part).consume())

        run("UNWIND $rows AS row CREATE (n:Source) SET n = row",
            [source_row(source) for source in facts.sources])
        by_kind = defaultdict(list)
        for node in facts.nodes:
            by_kind[node.kind].append({"id": node.id, **plain(node.properties)})
        for kind, rows in by_kind.items():
            run(f"UNWIND $rows AS row CREATE (n:Entity:{kind}) SET n = row", rows)
        ties = defaultdict(list)
        for edge in facts.edges:
            ties[edge.kind].append({"a": edge.source, "b": edge.target, "p": {"id": edge.id, **plain(edge.properties)}})
        for kind, rows in ties.items():
            run(f"UNWIND $rows AS row MATCH (a:Entity {{id: row.a}}), (b:Entity {{id: row.b}}) CREATE (a)-[r:{kind}]->(b) SET r = row.p", rows)
        run("UNWIND $rows AS row MATCH (o:Source {id: row.source}) CREATE (s:Statement)-[:FROM]->(o) SET s = row.p",
            [{"source": s.source, "p": {**statement_row(s), "first_seen": NOW}} for s in facts.statements])
