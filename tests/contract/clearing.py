"""Empty a store between tests."""

from graph.store import Store

CLEAR = "MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN count(n) AS gone"


def clear(store: Store) -> None:
    """Remove everything, in parts that fit a transaction."""
    while store._connection.write(CLEAR)[0]["gone"]:
        pass
