"""Open the one door to the graph: `Store`, over Bolt and the official driver, to Neo4j or to the local server."""

from graph.store.store import Store, open_store
from graph.store.watch import Cancel

__all__ = ["Cancel", "Store", "open_store"]
