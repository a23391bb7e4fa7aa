"""Empty a store between tests, or fill it for tests that only read."""

from collections.abc import Callable

from graph.store import Store

CLEAR = "MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN count(n) AS gone"


def clear(store: Store) -> None:
    """Remove everything, in parts that fit a transaction."""
    while store._connection.write(CLEAR)[0]["gone"]:
        pass


def prepared(store: Store, name: str, fill: Callable[[], object]) -> Store:
    """The store, filled by `fill` and nothing else; filled again only when another test has changed it."""
    rows = store._connection.write("MATCH (m:Meta {id: 'ponte'}) RETURN m.prepared = $name AND m.prepared_version = m.version AS same", name=name)
    if not rows or not rows[0]["same"]:
        clear(store)
        fill()
        store._connection.write("MATCH (m:Meta {id: 'ponte'}) SET m.prepared = $name, m.prepared_version = m.version", name=name)
    return store
