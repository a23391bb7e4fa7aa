"""Keep the one connection to the graph: sessions, retries, and a new link when the local server has died."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import neo4j
from neo4j import exceptions as driver_errors

from graph.errors import QueryFailed, QueryTooLarge, StoreUnavailable
from graph.settings import Settings
from graph.store.link import Link, open_link, translating
from graph.store.watch import Cancel, Watch
from graph.store.wire import Meter, sever
from graph.words import mark

T = TypeVar("T")


class Connection:
    """The link to the server, opened at once, and taken anew where the local server has died."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self.is_local = not settings.neo4j_uri
        self._link = open_link(settings)
        self.watch = Watch(self._terminate, self._disobeyed)

    @property
    def uri(self) -> str:
        """The address of the server."""
        return self._link.uri

    @property
    def server(self) -> str:
        """What the server calls itself, with its version."""
        return self._link.server

    @property
    def database(self) -> str | None:
        """The database's name; None is the user's own."""
        return None if self.is_local else self._settings.neo4j_database or None

    def read(self, cypher: str, parameters: Mapping[str, Any] | None = None, *, seconds: float | None = None,
             ) -> list[neo4j.Record]:
        """All rows of a query of Ponte's own; as the reader, in a READ session, ended after `seconds`."""
        def work(link: Link) -> list[neo4j.Record]:
            with self._reading(link, seconds or self._settings.time_limit, None) as (tag, session):
                return list(session.run(f"{cypher} /* {tag} */", dict(parameters or {})))

        return self._again_when_lost(work)

    def ask(self, cypher: str, parameters: Mapping[str, Any] | None = None, *, seconds: float, limit: int,
            cancel: Cancel | None = None) -> tuple[list[str], list[neo4j.Record], bool, float]:
        """Of anyone's query the columns, at most `limit` rows, whether there were more, and the seconds it took.

        Raises QueryTooLarge for an answer, or a query, that is too large to hold: it is not tried again.
        """
        start = time.perf_counter()

        def work(link: Link) -> tuple[list[str], list[neo4j.Record]]:
            with self._reading(link, seconds, cancel, fetch_size=min(limit + 1, 1000)) as (tag, session):
                result = session.run(f"{cypher} /* {tag} */", dict(parameters or {}))
                with Meter(session):
                    return list(result.keys()), result.fetch(limit + 1)

        columns, rows = self._again_when_lost(work, anyones=True)
        return columns, rows[:limit], len(rows) > limit, time.perf_counter() - start

    @contextlib.contextmanager
    def _reading(self, link: Link, seconds: float, cancel: Cancel | None, fetch_size: int = 1000) -> Iterator[tuple[str, neo4j.Session]]:
        """The tag for a query, behind which it is found, and the session to run it in."""
        with translating(link.uri, self._settings), self.watch.query(seconds, cancel) as run, \
                link.reader.session(database=self.database, default_access_mode=neo4j.READ_ACCESS, fetch_size=fetch_size) as session:
            run.sever = lambda: sever(session)
            yield run.tag, session

    def write(self, cypher: str, **parameters: Any) -> list[neo4j.Record]:
        """Run one writing statement in a transaction that is tried again after a conflict; its rows."""
        def work(transaction: neo4j.ManagedTransaction) -> list[neo4j.Record]:
            return list(transaction.run(cypher, parameters))

        def attempt(link: Link) -> list[neo4j.Record]:
            with translating(link.uri, self._settings), link.writer.session(database=self.database) as session:
                return session.execute_write(work)

        return self._again_when_lost(attempt)

    def together(self, work: Callable[["Within"], T]) -> T:
        """Do all of `work` in one transaction, or nothing of it; it is begun again after a conflict with another's."""
        def attempt(link: Link) -> T:
            with translating(link.uri, self._settings), link.writer.session(database=self.database) as session:
                return session.execute_write(lambda transaction: work(Within(transaction)))

        return self._again_when_lost(attempt)

    def ask_within(self, prepare: Callable[["Within"], object], cypher: str, parameters: Mapping[str, Any], *, seconds: float,
                   limit: int, cancel: Cancel | None = None) -> tuple[list[str], list[neo4j.Record], bool, float]:
        """As `ask`, where `prepare` has changed the graph in the same transaction; all of it is taken back, whatever the query does."""
        start = time.perf_counter()

        def work(link: Link) -> tuple[list[str], list[neo4j.Record]]:
            with translating(link.uri, self._settings), self.watch.query(seconds, cancel) as run, \
                    link.writer.session(database=self.database) as session:
                run.sever = lambda: sever(session)
                with session.begin_transaction() as transaction:
                    prepare(Within(transaction))
                    result = transaction.run(f"{cypher} /* {run.tag} */", dict(parameters))
                    with Meter(session):
                        found = list(result.keys()), result.fetch(limit + 1)
                    transaction.rollback()
                    return found

        columns, rows = self._again_when_lost(work, anyones=True)
        return columns, rows[:limit], len(rows) > limit, time.perf_counter() - start

    def alter(self, cypher: str) -> None:
        """Run one statement about constraints or indexes."""
        link = self._link
        with translating(link.uri, self._settings), link.writer.session(database=self.database) as session:
            session.run(cypher).consume()

    def close(self) -> None:
        """Close watch and link."""
        self.watch.close()
        self._link.close()

    def _again_when_lost(self, work: Callable[[Link], T], *, anyones: bool = False) -> T:
        """Do a work, and once more on a new local server where the one before died; not if `anyones` query may have killed it."""
        link = self._link
        if anyones and link.lease and not link.lease.alive():
            link = self._renewed(link)
        try:
            return work(link)
        except (StoreUnavailable, QueryFailed) as lost:
            if not link.lease or not (isinstance(lost, StoreUnavailable) or link is not self._link):  # whose drivers another has closed
                raise
            ended = link.lease.ended()
            memory = ended and anyones and link.lease.ran_out_of_memory()
            if ended:
                link = self._renewed(link)
            if memory:
                raise QueryTooLarge(reason=mark("it needs more memory than the local server has; PONTE_HEAP gives it more")) from lost
            if anyones and not ended:
                raise QueryFailed(reason=mark("the local server gave it up: it is too large, or nested too deeply")) from lost
        return work(link)

    def _renewed(self, lost: Link) -> Link:
        """A new link after the local server died; whoever comes first opens it."""
        with self._lock:
            if self._link is lost:
                self._link = open_link(self._settings)
                lost.close()
            return self._link

    def _terminate(self, tag: str) -> None:
        with contextlib.suppress(driver_errors.DriverError, driver_errors.Neo4jError, OSError), \
                self._link.writer.session(database=self.database) as session:
            running = [record.data() for record in session.run("SHOW TRANSACTIONS")]
            for row in running:
                if tag + " " in str(row.get("currentQuery", "")):
                    session.run("TERMINATE TRANSACTIONS $id", id=row["transactionId"]).consume()

    def _disobeyed(self) -> None:
        """The local server is Ponte's own: it is started anew rather than left to compute what nobody waits for."""
        if lease := self._link.lease:
            lease.end_java()


class Within:
    """What a `Connection` does, inside one transaction: what was written before is read."""

    def __init__(self, transaction: neo4j.ManagedTransaction | neo4j.Transaction) -> None:
        self._transaction = transaction

    def read(self, cypher: str, parameters: Mapping[str, Any] | None = None, **_: Any) -> list[neo4j.Record]:
        """All rows; what a decision reads is little, so no limit is needed."""
        return list(self._transaction.run(cypher, dict(parameters or {})))

    def write(self, cypher: str, **parameters: Any) -> list[neo4j.Record]:
        """The rows of one writing statement."""
        return list(self._transaction.run(cypher, parameters))
