"""Keep the one connection to the graph: drivers, sessions, retries, and the driver's errors in Ponte's words."""

import contextlib
import errno
import logging
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import neo4j
from neo4j import exceptions as driver_errors

from graph.errors import DiskFull, QueryFailed, RefusedQuery, StoreError, StoreUnavailable, UnsupportedServer, WrongCredentials
from graph.settings import Settings
from graph.store.local_server import READER, Lease, take_lease
from graph.store.watch import Cancel, Watch

T = TypeVar("T")
LOST = (driver_errors.ServiceUnavailable, driver_errors.SessionExpired, OSError)
SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
LEAST_VERSION = (5, 26)
SYSTEM_REASON = re.compile(r"\[Errno -?\d+\] ([^)\n\]]+)")
logging.getLogger("neo4j").addHandler(logging.NullHandler())  # else Python prints the driver's words beside our sentence


class Connection:
    """Drivers for reading and writing, opened at once; the local server's lease where there is no NEO4J_URI."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._lease: Lease | None = None
        self.is_local = not settings.neo4j_uri
        self._open()
        self.watch = Watch(self._terminate)

    def _open(self) -> None:
        settings = self._settings
        try:
            if self.is_local:
                self._lease = take_lease(settings.home / "graph", settings.linger, settings.heap)
                self.uri = self._lease.uri
                self._writer = self._driver("root", self._lease.password)
                self._reader = self._driver(READER, self._lease.reader_password)
            else:
                self.uri = settings.neo4j_uri
                self._writer = self._reader = self._driver(settings.neo4j_username, settings.neo4j_password)
            self.server = self._check_server()
        except Exception:
            self.close()
            raise

    def _driver(self, user: str, password: str) -> neo4j.Driver:
        if self.uri.partition("://")[0] not in SCHEMES:
            raise StoreUnavailable(uri=self.uri, reason=f"the address must begin with {', '.join(f'{scheme}://' for scheme in SCHEMES)}")
        try:
            return neo4j.GraphDatabase.driver(
                self.uri, auth=(user, password), user_agent="ponte", connection_timeout=10, connection_acquisition_timeout=30,
                max_transaction_retry_time=15, notifications_disabled_classifications=["UNRECOGNIZED"])
        except (driver_errors.ConfigurationError, ValueError) as problem:
            raise StoreUnavailable(uri=self.uri, reason=str(problem)) from problem

    def _check_server(self) -> str:
        with self._translating():
            agent = str(self._writer.get_server_info().agent)
        check_version(self.uri, agent)
        return agent.removeprefix("Neo4j/") if "ArcadeDB" in agent else agent.replace("/", " ")

    @property
    def database(self) -> str | None:
        """The database's name; None is the user's own."""
        return None if self.is_local else self._settings.neo4j_database or None

    def read(self, cypher: str, parameters: Mapping[str, Any] | None = None, *, seconds: float | None = None, limit: int | None = None,
             cancel: Cancel | None = None) -> tuple[list[str], list[neo4j.Record], bool]:
        """Columns, at most `limit` rows, and whether there were more; as the reader, in a READ session, ended after `seconds`."""
        return self._again_when_lost(lambda: self._read(cypher, parameters or {}, seconds or self._settings.time_limit, limit, cancel))

    def read_timed(self, cypher: str, parameters: Mapping[str, Any] | None, *, seconds: float, limit: int,
                   cancel: Cancel | None) -> tuple[list[str], list[neo4j.Record], bool, float]:
        """As `read`, and the seconds it took."""
        start = time.perf_counter()
        columns, rows, more = self.read(cypher, parameters, seconds=seconds, limit=limit, cancel=cancel)
        return columns, rows, more, time.perf_counter() - start

    def _read(self, cypher: str, parameters: Mapping[str, Any], seconds: float, limit: int | None,
              cancel: Cancel | None) -> tuple[list[str], list[neo4j.Record], bool]:
        size = 1000 if limit is None else min(limit + 1, 1000)
        with self._translating(), self.watch.query(seconds, cancel) as tag, \
                self._reader.session(database=self.database, default_access_mode=neo4j.READ_ACCESS, fetch_size=size) as session:
            result = session.run(f"/* {tag} */ {cypher}", dict(parameters))
            columns = list(result.keys())
            if limit is None:
                return columns, list(result), False
            rows = result.fetch(limit + 1)
            return columns, rows[:limit], len(rows) > limit

    def write(self, cypher: str, **parameters: Any) -> list[neo4j.Record]:
        """Run one writing statement in a transaction that is tried again after a conflict; its rows."""
        def work(transaction: neo4j.ManagedTransaction) -> list[neo4j.Record]:
            return list(transaction.run(cypher, parameters))

        def attempt() -> list[neo4j.Record]:
            with self._translating(), self._writer.session(database=self.database) as session:
                return session.execute_write(work)

        return self._again_when_lost(attempt)

    def together(self, work: Callable[["Within"], T]) -> T:
        """Do all of `work` in one transaction, or nothing of it; it is begun again after a conflict with another's."""
        def attempt() -> T:
            with self._translating(), self._writer.session(database=self.database) as session:
                return session.execute_write(lambda transaction: work(Within(transaction)))

        return self._again_when_lost(attempt)

    def alter(self, cypher: str) -> None:
        """Run one statement about constraints or indexes."""
        with self._translating(), self._writer.session(database=self.database) as session:
            session.run(cypher).consume()

    def explain(self, cypher: str, parameters: Mapping[str, Any]) -> str | None:
        """The server's own word on what a query does: r, w, rw, s."""
        with self._translating(), self._reader.session(database=self.database, default_access_mode=neo4j.READ_ACCESS) as session:
            return session.run(f"EXPLAIN {cypher}", dict(parameters)).consume().query_type

    def close(self) -> None:
        """Close drivers, watch and lease."""
        for closing in ("watch", "_reader", "_writer"):
            if hasattr(self, closing):
                getattr(self, closing).close()
        if self._lease:
            self._lease.close()

    def _again_when_lost(self, work: Callable[[], T]) -> T:
        lease = self._lease
        try:
            return work()
        except StoreUnavailable:
            if not self.is_local:
                raise
        self._reopen(lease)
        return work()

    def _reopen(self, lost: Lease | None) -> None:
        """Take a new lease after the local server died; whoever comes first does it."""
        with self._lock:
            if self._lease is not lost:
                return
            for driver in (self._reader, self._writer):
                driver.close()
            if lost:
                lost.close()
            self._open()

    def _terminate(self, tag: str) -> None:
        with contextlib.suppress(driver_errors.DriverError, driver_errors.Neo4jError, OSError), \
                self._writer.session(database=self.database) as session:
            running = [record.data() for record in session.run("SHOW TRANSACTIONS")]
            for row in running:
                if tag + " " in str(row.get("currentQuery", "")):
                    session.run("TERMINATE TRANSACTIONS $id", id=row["transactionId"]).consume()

    @contextlib.contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except (driver_errors.Neo4jError, driver_errors.DriverError, OSError) as problem:
            raise translated(problem, self.uri, self._settings) from problem


class Within:
    """What a `Connection` does, inside one transaction: what was written before is read."""

    def __init__(self, transaction: neo4j.ManagedTransaction) -> None:
        self._transaction = transaction

    def read(self, cypher: str, parameters: Mapping[str, Any] | None = None, **_: Any) -> tuple[list[str], list[neo4j.Record], bool]:
        """Columns, all rows, and that there are no more; what a decision reads is little, so no limit is needed."""
        result = self._transaction.run(cypher, dict(parameters or {}))
        return list(result.keys()), list(result), False

    def write(self, cypher: str, **parameters: Any) -> list[neo4j.Record]:
        """The rows of one writing statement."""
        return list(self._transaction.run(cypher, parameters))


def check_version(uri: str, agent: str) -> None:
    """Raise UnsupportedServer unless the server's agent ("Neo4j/5.26.12", "Neo4j/2025.03.0-aura") is Neo4j 5.26 or later, or compatible."""
    product, _, version = agent.partition("/")
    numbers = tuple(int(number) for number in re.findall(r"\d+", version)[:2])
    if product != "Neo4j" or numbers < LEAST_VERSION:
        raise UnsupportedServer(uri=uri, version=agent or "unknown")


def translated(problem: Exception, uri: str, settings: Settings) -> StoreError | RefusedQuery:
    """The driver's error as one of Ponte's."""
    text = str(getattr(problem, "message", None) or problem)
    code = getattr(problem, "code", None) or ""
    if isinstance(problem, driver_errors.AuthError):
        return WrongCredentials(uri=uri, user=settings.neo4j_username)
    if (isinstance(problem, OSError) and problem.errno == errno.ENOSPC) or "No space left" in text or "not enough disk" in text.lower():
        return DiskFull(folder=str(settings.home))
    if isinstance(problem, LOST):
        told = SYSTEM_REASON.search(text)
        return StoreUnavailable(uri=uri, reason=told[1].strip().lower() if told else _first_line(text))
    if isinstance(problem, driver_errors.ConfigurationError):
        return StoreUnavailable(uri=uri, reason=_first_line(text))
    if code.endswith((".AccessMode", "Security.Forbidden")):
        return RefusedQuery(reason="it would change the graph, or use what readers may not", remedy="Queries here only read.")
    if code.endswith("DatabaseNotFound"):
        return StoreUnavailable(uri=uri, reason=_first_line(text))
    return QueryFailed(reason=_first_line(text))


def _first_line(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return lines[0].strip().rstrip(".:") if lines else "no reason given"
