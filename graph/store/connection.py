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

from graph.errors import DiskFull, QueryFailed, QueryTooLarge, RefusedQuery, StoreError, StoreUnavailable, UnsupportedServer, WrongCredentials
from graph.settings import Settings
from graph.store.local_server import READER, Lease, has_room, take_lease
from graph.store.watch import Cancel, Watch
from graph.store.wire import Meter, sever
from graph.words import mark

T = TypeVar("T")
LOST = (driver_errors.ServiceUnavailable, driver_errors.SessionExpired, OSError)
SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
LEAST_VERSION = (5, 26)
NOT_WRITTEN = re.compile("Transaction error on commit|Error executing Cypher command")
LEAST_ROOM = 10_000_000
"""Bytes below which what the local server could not write failed for want of room: it says no more than that it failed."""
CANNOT_WRITE = re.compile("Could not append transaction|has encountered a critical error")
CANNOT_WRITE_REASON = mark("it can no longer write: see its log, make room on its disk and restart it; nothing that was written is lost")
"""What a Neo4j says from the moment its disk is full until it is restarted."""
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
        self.watch = Watch(self._terminate, self._disobeyed)

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
            self._give_back()  # but the watch: a later query may find the server again, and needs its end
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
            try:
                agent = str(self._writer.get_server_info().agent)
            except driver_errors.ConfigurationError:
                agent = self._agent_of_old_server()
        check_version(self.uri, agent)
        return agent.removeprefix("Neo4j/") if "ArcadeDB" in agent else agent.replace("/", " ")

    def _agent_of_old_server(self) -> str:
        """What a server calls itself that is too old for the drivers' settings (no filter of notifications); "" if it is no Neo4j."""
        auth = (self._settings.neo4j_username, self._settings.neo4j_password)
        with neo4j.GraphDatabase.driver(self.uri, auth=auth, user_agent="ponte", connection_timeout=10) as plain:
            try:
                return str(plain.get_server_info().agent)
            except driver_errors.UnsupportedServerProduct:
                return ""

    @property
    def database(self) -> str | None:
        """The database's name; None is the user's own."""
        return None if self.is_local else self._settings.neo4j_database or None

    def read(self, cypher: str, parameters: Mapping[str, Any] | None = None, *, seconds: float | None = None,
             ) -> list[neo4j.Record]:
        """All rows of a query of Ponte's own; as the reader, in a READ session, ended after `seconds`."""
        def work() -> list[neo4j.Record]:
            with self._reading(seconds or self._settings.time_limit, None) as (tag, session):
                return list(session.run(f"{cypher} /* {tag} */", dict(parameters or {})))

        return self._again_when_lost(work)

    def ask(self, cypher: str, parameters: Mapping[str, Any] | None = None, *, seconds: float, limit: int,
            cancel: Cancel | None = None) -> tuple[list[str], list[neo4j.Record], bool, float]:
        """Of anyone's query the columns, at most `limit` rows, whether there were more, and the seconds it took.

        Raises QueryTooLarge for an answer, or a query, that is too large to hold: it is not tried again.
        """
        start = time.perf_counter()

        def work() -> tuple[list[str], list[neo4j.Record]]:
            with self._reading(seconds, cancel, fetch_size=min(limit + 1, 1000)) as (tag, session):
                result = session.run(f"{cypher} /* {tag} */", dict(parameters or {}))
                with Meter(session):
                    return list(result.keys()), result.fetch(limit + 1)

        columns, rows = self._again_when_lost(work, anyones=True)
        return columns, rows[:limit], len(rows) > limit, time.perf_counter() - start

    @contextlib.contextmanager
    def _reading(self, seconds: float, cancel: Cancel | None, fetch_size: int = 1000) -> Iterator[tuple[str, neo4j.Session]]:
        """The tag for a query, behind which it is found, and the session to run it in."""
        with self._translating(), self.watch.query(seconds, cancel) as run, \
                self._reader.session(database=self.database, default_access_mode=neo4j.READ_ACCESS, fetch_size=fetch_size) as session:
            run.sever = lambda: sever(session)
            yield run.tag, session

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

    def ask_within(self, prepare: Callable[["Within"], object], cypher: str, parameters: Mapping[str, Any], *, seconds: float,
                   limit: int, cancel: Cancel | None = None) -> tuple[list[str], list[neo4j.Record], bool, float]:
        """As `ask`, where `prepare` has changed the graph in the same transaction; all of it is taken back, whatever the query does."""
        start = time.perf_counter()

        def work() -> tuple[list[str], list[neo4j.Record]]:
            with self._translating(), self.watch.query(seconds, cancel) as run, self._writer.session(database=self.database) as session:
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
        with self._translating(), self._writer.session(database=self.database) as session:
            session.run(cypher).consume()

    def explain(self, cypher: str, parameters: Mapping[str, Any]) -> str | None:
        """The server's own word on what a query does: r, w, rw, s."""
        with self._translating(), self._reader.session(database=self.database, default_access_mode=neo4j.READ_ACCESS) as session:
            return session.run(f"EXPLAIN {cypher}", dict(parameters)).consume().query_type

    def close(self) -> None:
        """Close watch, drivers and lease."""
        self.watch.close()
        self._give_back()

    def _give_back(self) -> None:
        for driver in ("_reader", "_writer"):
            if hasattr(self, driver):
                getattr(self, driver).close()
        if self._lease:
            self._lease.close()

    def _again_when_lost(self, work: Callable[[], T], *, anyones: bool = False) -> T:
        """Do a work, and once more on a new local server where the one before died; not if `anyones` query may have killed it."""
        lease = self._lease
        if anyones and lease and not lease.alive():
            self._reopen(lease)
            lease = self._lease
        try:
            return work()
        except StoreUnavailable as lost:
            if not lease:
                raise
            ended = lease.ended()
            memory = ended and anyones and lease.ran_out_of_memory()
            if ended:
                self._reopen(lease)
            if memory:
                raise QueryTooLarge(reason=mark("it needs more memory than the local server has; PONTE_HEAP gives it more")) from lost
            if anyones and not ended:
                raise QueryFailed(reason=mark("the local server gave it up: it is too large, or nested too deeply")) from lost
        return work()

    def _reopen(self, lost: Lease) -> None:
        """Take a new lease after the local server died; whoever comes first does it."""
        with self._lock:
            if self._lease is lost:
                self._give_back()
                self._open()

    def _terminate(self, tag: str) -> None:
        with contextlib.suppress(driver_errors.DriverError, driver_errors.Neo4jError, OSError), \
                self._writer.session(database=self.database) as session:
            running = [record.data() for record in session.run("SHOW TRANSACTIONS")]
            for row in running:
                if tag + " " in str(row.get("currentQuery", "")):
                    session.run("TERMINATE TRANSACTIONS $id", id=row["transactionId"]).consume()

    def _disobeyed(self) -> None:
        """The local server is Ponte's own: it is started anew rather than left to compute what nobody waits for."""
        if self._lease:
            self._lease.end_java()

    @contextlib.contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except (driver_errors.Neo4jError, driver_errors.DriverError, OSError) as problem:
            raise translated(problem, self.uri, self._settings) from problem


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


def check_version(uri: str, agent: str) -> None:
    """Raise UnsupportedServer unless the server's agent ("Neo4j/5.26.12", "Neo4j/2025.03.0-aura") is Neo4j 5.26 or later, or compatible."""
    product, _, version = agent.partition("/")
    numbers = tuple(int(number) for number in re.findall(r"\d+", version)[:2])
    if product != "Neo4j" or numbers < LEAST_VERSION:
        raise UnsupportedServer(uri=uri, version=agent or "of an unknown kind")


def translated(problem: Exception, uri: str, settings: Settings) -> StoreError | RefusedQuery:
    """The driver's error as one of Ponte's."""
    text = str(problem.message if isinstance(problem, driver_errors.Neo4jError) and problem.message else problem)
    code = getattr(problem, "code", None) or ""
    if isinstance(problem, driver_errors.AuthError):
        return WrongCredentials(uri=uri, user=settings.neo4j_username)
    if (isinstance(problem, OSError) and problem.errno == errno.ENOSPC) or "No space left" in text or "not enough disk" in text.lower():
        return DiskFull(folder=str(settings.home))
    if not settings.neo4j_uri and NOT_WRITTEN.search(text) and not has_room(settings.home, LEAST_ROOM):
        return DiskFull(folder=str(settings.home))
    if CANNOT_WRITE.search(text):
        return StoreUnavailable(uri=uri, reason=CANNOT_WRITE_REASON)
    if isinstance(problem, LOST):
        told = SYSTEM_REASON.search(text)
        return StoreUnavailable(uri=uri, reason=told[1].strip().lower() if told else _first_line(text))
    if isinstance(problem, driver_errors.ConfigurationError):
        return StoreUnavailable(uri=uri, reason=_first_line(text))
    if code.endswith((".AccessMode", "Security.Forbidden")):
        return RefusedQuery(reason="it would change the graph, or use what readers may not", remedy="Queries here only read.")
    if code.endswith("OutOfMemoryError"):
        return QueryTooLarge(reason=mark("it needs more memory than the server has"))
    if code.endswith("DatabaseNotFound"):
        return StoreUnavailable(uri=uri, reason=_first_line(text))
    return QueryFailed(reason=_first_line(text))


def _first_line(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return lines[0].strip().rstrip(".:") if lines else "no reason given"
