"""Measure the store against the bare driver with the same Cypher, call by call in turn, and dated paths by themselves."""

import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import neo4j

from graph.answers import find_paths
from graph.settings import Settings
from graph.store import Store, cypher, open_store
from tests.bench.measure import Row, in_turn, percentile, ratio_rows
from tests.bench.world import ends_of, facts_of
from tests.contract.clearing import clear
from tests.servers import local_server, neo4j_server

CALLS = 300
AD_HOC = "MATCH (a:Entity {id: $id})-[r]-(b) RETURN a.name AS a, type(r) AS tie, b.name AS b ORDER BY tie, b LIMIT 50"


@contextmanager
def bare(store: Store) -> Iterator[Callable[..., Callable[[], object]]]:
    """What makes of a query and its parameters a call through the driver as anyone would open it, on the same server, as the reader."""
    connection = store._connection
    lease, settings = connection._link.lease, connection._settings
    auth = ("reader", lease.reader_password) if lease else (settings.neo4j_username, settings.neo4j_password)
    with neo4j.GraphDatabase.driver(connection.uri, auth=auth, notifications_disabled_classifications=["UNRECOGNIZED"]) as driver:
        def ask(text: str, **parameters: object) -> Callable[[], object]:
            return lambda: driver.execute_query(text, parameters, routing_=neo4j.RoutingControl.READ, database_=store._connection.database).records

        yield ask


def rows() -> list[Row]:
    """Both servers, one after the other."""
    out: list[Row] = []
    facts = facts_of()
    for name, server in (("local", local_server), ("Neo4j", neo4j_server)):
        with server() as settings:
            out += server_rows(name, settings, facts)
    return out


def server_rows(name: str, settings: Settings, facts) -> list[Row]:
    """One server's rows."""
    store = open_store(settings)
    try:
        clear(store)
        store.write(facts)
        pairs = [(a.id, b.id) for a, b in ends_of(facts, CALLS)]
        return [*ratios(name, store, pairs), *dated_rows(name, store, pairs)]
    finally:
        store.close()


def ratios(name: str, store: Store, pairs: Sequence[tuple[str, str]]) -> list[Row]:
    """Neighbours, shortest paths and a query, each against the bare driver with the same Cypher.

    Without a bound for paths where other layers are loaded and not seen: the same Cypher would give paths through them, which the store
    then searches again its own way.
    """
    layers = None if store._layers is None else list(store._layers)
    blind = bool(store.layers_off())
    with bare(store) as ask:
        measured = [
            ("neighbours", [lambda a=a: store.neighbours(a, limit=200) for a, _ in pairs],
             [ask(cypher.NEIGHBOURS.format(kinds="", seen=store._condition("r")), id=a, limit=201, layers=layers) for a, _ in pairs]),
            ("shortest path", [lambda a=a, b=b: store.shortest_paths(a, b) for a, b in pairs],
             [ask(cypher.all_shortest((), 6, store._schema), start=a, end=b, limit=20) for a, b in pairs]),
            ("query", [lambda a=a: store.query(AD_HOC, {"id": a}) for a, _ in pairs], [ask(AD_HOC, id=a) for a, _ in pairs]),
        ]
        return [row for what, ours, theirs in measured for row in ratio_rows(
            f"{name}: {what}, store over bare driver", *in_turn(ours, theirs), None if blind and what == "shortest path" else 1.2)]


def dated_rows(name: str, store: Store, pairs: Sequence[tuple[str, str]]) -> list[Row]:
    """Paths on a date that avoid some nodes: p95 under 300 ms."""
    dice = random.Random(3)
    seconds = []
    for a, b in pairs[:100]:
        start = time.perf_counter()
        find_paths(store, a, b, on=f"{dice.randint(1995, 2020)}-06-01", avoid=[f"n{dice.randrange(20_000)}" for _ in range(5)], max_steps=6)
        seconds.append(time.perf_counter() - start)
    p95 = percentile(seconds, 0.95)
    return [Row(f"{name}: dated path that avoids names, p95", f"{p95 * 1000:.0f} ms (median {statistics.median(seconds) * 1000:.0f})", "< 300 ms", p95 < 0.3)]
