"""Open the drivers to one server, and say the driver's errors in Ponte's words."""

import contextlib
import errno
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass

import neo4j
from neo4j import exceptions as driver_errors

from graph.errors import DiskFull, QueryFailed, QueryTooLarge, RefusedQuery, StoreError, StoreUnavailable, UnsupportedServer, WrongCredentials
from graph.settings import Settings
from graph.store.local_server import READER, Lease, has_room, take_lease
from graph.words import mark

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


@dataclass(frozen=True, slots=True)
class Link:
    """Drivers for reading and writing, with the lease of the local server where that is the one; `server` is what it calls itself."""

    uri: str
    reader: neo4j.Driver
    writer: neo4j.Driver
    server: str
    lease: Lease | None

    def close(self) -> None:
        """Close drivers and lease."""
        self.reader.close()
        self.writer.close()
        if self.lease:
            self.lease.close()


def open_link(settings: Settings) -> Link:
    """A link to the server that the settings name; to the local server, with a lease on it, where there is no NEO4J_URI.

    Raises StoreUnavailable, WrongCredentials, UnsupportedServer, LocalServerFailed, DiskFull.
    """
    with contextlib.ExitStack() as unless_opened:
        if settings.neo4j_uri:
            lease, uri = None, settings.neo4j_uri
            writer = reader = unless_opened.enter_context(_driver(uri, settings.neo4j_username, settings.neo4j_password))
        else:
            lease = take_lease(settings.home / "graph", settings.linger, settings.heap)
            unless_opened.callback(lease.close)
            uri = lease.uri
            writer = unless_opened.enter_context(_driver(uri, "root", lease.password))
            reader = unless_opened.enter_context(_driver(uri, READER, lease.reader_password))
        link = Link(uri, reader, writer, _check_server(writer, uri, settings), lease)
        unless_opened.pop_all()
        return link


def _driver(uri: str, user: str, password: str) -> neo4j.Driver:
    if uri.partition("://")[0] not in SCHEMES:
        raise StoreUnavailable(uri=uri, reason=f"the address must begin with {', '.join(f'{scheme}://' for scheme in SCHEMES)}")
    try:
        return neo4j.GraphDatabase.driver(
            uri, auth=(user, password), user_agent="ponte", connection_timeout=10, connection_acquisition_timeout=30,
            max_transaction_retry_time=15, notifications_disabled_classifications=["UNRECOGNIZED"])
    except (driver_errors.ConfigurationError, ValueError) as problem:
        raise StoreUnavailable(uri=uri, reason=str(problem)) from problem


def _check_server(driver: neo4j.Driver, uri: str, settings: Settings) -> str:
    with translating(uri, settings):
        try:
            agent = str(driver.get_server_info().agent)
        except driver_errors.ConfigurationError:
            agent = _agent_of_old_server(uri, settings)
    check_version(uri, agent)
    return agent.removeprefix("Neo4j/") if "ArcadeDB" in agent else agent.replace("/", " ")


def _agent_of_old_server(uri: str, settings: Settings) -> str:
    """What a server calls itself that is too old for the drivers' settings (no filter of notifications); "" if it is no Neo4j."""
    auth = (settings.neo4j_username, settings.neo4j_password)
    with neo4j.GraphDatabase.driver(uri, auth=auth, user_agent="ponte", connection_timeout=10) as plain:
        try:
            return str(plain.get_server_info().agent)
        except driver_errors.UnsupportedServerProduct:
            return ""


@contextlib.contextmanager
def translating(uri: str, settings: Settings) -> Iterator[None]:
    """Whatever the driver raises within is raised as Ponte's own error."""
    try:
        yield
    except (driver_errors.Neo4jError, driver_errors.DriverError, OSError) as problem:
        raise translated(problem, uri, settings) from problem


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
