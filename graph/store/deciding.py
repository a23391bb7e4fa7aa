"""Write what a person decided: in one transaction, and only if nobody wrote since it was assembled; or ask what would be without it.

Apart from loads, which are too large for one transaction. A decision that was cut off was never made, and of two that touch the same
fact at once the second is assembled again, so that neither is lost.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from graph.errors import QueryFailed
from graph.model import Facts, WriteReport
from graph.schema import Schema
from graph.store.connection import Connection, Within
from graph.store.cypher import VERSION
from graph.store.watch import Cancel
from graph.store.writing import Writer

LOCK = "MERGE (m:Meta {id: 'ponte'}) SET m.asked = coalesce(m.asked, 0) + 1 RETURN coalesce(m.version, 0) AS version"
"""Written to first, so that a second transaction waits here, or is begun again when it ends."""
LOADER = "desk"


def decide(connection: Connection, schema: Schema, facts: Facts, gone: Sequence[str], version: str) -> WriteReport | None:
    """Write facts as a whole; None, and nothing written, where the data version is no longer `version`."""
    def work(within: Within) -> WriteReport | None:
        if str(within.write(LOCK)[0]["version"]) != version:
            return None
        return Writer(within, schema, lambda _done, _total: None, None, 0).write([facts], gone, LOADER)

    try:
        return connection.together(work)
    except QueryFailed:
        if _version(connection) == version:
            raise
        return None  # the local server tells that another has made the same node as an error of its own, not as a conflict


def ask_without(connection: Connection, schema: Schema, facts: Facts, gone: Sequence[str], query: tuple[str, Mapping[str, Any]], seconds: float,
                limit: int, cancel: Cancel | None) -> tuple[list[str], list[Any], bool, float]:
    """The answer to a query as if the graph stood as in `facts`: columns, rows, whether there were more, seconds."""
    def prepare(within: Within) -> None:
        Writer(within, schema, lambda _done, _total: None, None, 0).write([facts], gone, LOADER)

    return connection.ask_within(prepare, *query, seconds=seconds, limit=limit, cancel=cancel)


def _version(connection: Connection) -> str:
    rows = connection.read(VERSION)
    return str(rows[0]["version"] or 0) if rows else "0"
