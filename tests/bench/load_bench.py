"""Measure loading against plain batched Cypher: the same nodes, edges and statements in the same final shape."""

import neo4j

from graph.schema import load_schema
from graph.settings import Settings
from graph.store import Store, cypher, open_store
from tests.bench import plain
from tests.bench.measure import Row, once
from tests.bench.world import facts_of
from tests.contract.clearing import clear
from tests.servers import local_server, neo4j_server

NODES, EDGES = 20_000, 100_000


def rows() -> list[Row]:
    """Both servers."""
    out: list[Row] = []
    facts = facts_of(NODES, EDGES)
    for name, server in (("local", local_server), ("Neo4j", neo4j_server)):
        with server() as settings:
            out += server_rows(name, settings, facts)
    return out


def server_rows(name: str, settings: Settings, facts) -> list[Row]:
    """Plain, ours, plain, ours, and ours again on what is there; the better of two each."""
    store = open_store(settings)
    total = len(facts.nodes) + len(facts.edges) + len(facts.statements)
    plain_seconds, our_seconds = [], []
    try:
        warm_up(store, settings)
        for _ in range(2):
            clear(store)
            plain_seconds.append(plain_load(store, facts))
            clear(store)
            our_seconds.append(once(lambda: store.write(facts)))
        again = once(lambda: store.write(facts))
        counts = store.counts()
        assert counts["Statement"] == len(facts.statements)
    finally:
        store.close()
    bare, ours = total / min(plain_seconds), total / min(our_seconds)
    return [Row(f"{name}: rows/s, store over plain Cypher", f"{ours / bare:.2f} ({ours:,.0f} / {bare:,.0f})", ">= 0.8", ours / bare >= 0.8),
            Row(f"{name}: second run with contents compared, first over second", f"{min(our_seconds) / again:.1f} ({min(our_seconds):.1f} / {again:.1f} s)",
                ">= 2", min(our_seconds) / again >= 2)]


def warm_up(store: Store, settings: Settings) -> None:
    """Let the server compile what both sides will use."""
    small = facts_of(2_000, 4_000)
    clear(store)
    store.write(small)
    clear(store)
    plain_load(store, small)


def plain_load(store: Store, facts) -> float:
    """Seconds that the plain load takes, as the user who may write."""
    connection = store._connection
    lease, settings = connection._link.lease, connection._settings
    auth = ("root", lease.password) if lease else (settings.neo4j_username, settings.neo4j_password)
    with neo4j.GraphDatabase.driver(connection.uri, auth=auth) as driver:
        for _, statement in cypher.constraints(load_schema()):
            driver.execute_query(statement, database_=connection.database)
        return once(lambda: plain.load(driver, connection.database, facts))
