"""What does not answer, refuses, or is too old is said in one sentence; reads go out as reads, whatever the address's scheme."""

import dataclasses
import errno
import socket

import pytest
from neo4j import exceptions as driver_errors

from graph.__main__ import main
from graph.errors import BadParameter, DiskFull, QueryFailed, RefusedQuery, StoreUnavailable, UnsupportedServer, WrongCredentials
from graph.settings import Settings
from graph.store import open_store
from graph.store.link import check_version, translated
from tests.servers import free_port
from tests.store.old_server import BOLT_3, BOLT_4_4, NONE, server_of


def server_error(code: str, message: str) -> driver_errors.Neo4jError:
    """An error as a server sends it."""
    return driver_errors.Neo4jError._hydrate_neo4j(code=code, message=message)


def test_nothing_at_the_address(tmp_path):
    uri = f"bolt://127.0.0.1:{free_port()}"
    with pytest.raises(StoreUnavailable, match=uri):
        open_store(Settings(tmp_path, uri))


def test_something_else_at_the_address(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        uri = f"bolt://127.0.0.1:{listener.getsockname()[1]}"
        listener.settimeout(0)
        listener.close()
        with pytest.raises(StoreUnavailable, match="Check that it runs"):
            open_store(Settings(tmp_path, uri))


@pytest.mark.parametrize("uri", ["http://127.0.0.1:7474", "127.0.0.1", "bolt+what://127.0.0.1"])
def test_an_address_that_is_none(tmp_path, uri):
    with pytest.raises(StoreUnavailable, match="NEO4J_URI"):
        open_store(Settings(tmp_path, uri))


def test_a_wrong_password_and_an_unknown_database(neo4j_settings):
    with pytest.raises(WrongCredentials, match="refuses the user “neo4j”"):
        open_store(dataclasses.replace(neo4j_settings, neo4j_password="wrong"))
    with pytest.raises(StoreUnavailable, match="nowhere"):
        open_store(dataclasses.replace(neo4j_settings, neo4j_database="nowhere")).counts()


def test_a_routing_address_works_and_reads_go_out_as_reads(neo4j_settings):
    routed = dataclasses.replace(neo4j_settings, neo4j_uri=neo4j_settings.neo4j_uri.replace("bolt://", "neo4j://"))
    store = open_store(routed)
    try:
        assert store.query("RETURN 1 AS one").rows == ((1,),)
        with pytest.raises(RefusedQuery):
            store._connection.read("CREATE (n:Entity {id: 'x'}) RETURN n")
    finally:
        store.close()


@pytest.mark.parametrize(("agent", "refused"), [
    ("Neo4j/4.4.39", True), ("Neo4j/5.22.0", True), ("Neo4j/5.25.1", True), ("", True), ("Memgraph/v5.30", True),
    ("Neo4j/5.26.12", False), ("Neo4j/5.27-aura", False), ("Neo4j/2025.03.0", False), ("Neo4j/2026.01.1-aura", False),
])
def test_a_server_that_is_too_old_is_refused_with_its_version(agent, refused):
    if refused:
        with pytest.raises(UnsupportedServer, match=agent or "unknown"):
            check_version("bolt://here", agent)
    else:
        check_version("bolt://here", agent)


@pytest.mark.parametrize(("agent", "bolt", "words"), [
    ("Neo4j/4.4.39", BOLT_4_4, "is Neo4j/4.4.39. Ponte needs Neo4j 5.26 or later"), ("Neo4j/3.5.35", BOLT_3, "is Neo4j/3.5.35"),
    ("Memgraph/v2", BOLT_4_4, "is Memgraph/v2"), ("Anything", NONE, "is of an unknown kind"),
])
def test_what_speaks_an_old_bolt_is_refused_with_its_version_in_one_line(tmp_path, monkeypatch, capfd, agent, bolt, words):
    """No old Neo4j is at hand: a socket speaks as one up to HELLO, to the real driver."""
    with server_of(agent, bolt) as uri:
        with pytest.raises(UnsupportedServer, match=words):
            open_store(Settings(tmp_path, uri))
        monkeypatch.setenv("NEO4J_URI", uri)
        assert main(["status"]) == 1
        out, err = capfd.readouterr()
        assert (out, err.count("\n")) == ("", 1)
        assert words in err


@pytest.mark.parametrize(("problem", "kind"), [
    (OSError(errno.ENOSPC, "No space left on device"), DiskFull),
    (server_error("Neo.DatabaseError.General.UnknownError", "java.io.IOException: No space left on device"), DiskFull),
    (server_error("Neo.DatabaseError.General.UnknownError", "The database has encountered a critical error, and needs to be restarted."), StoreUnavailable),
    (driver_errors.ServiceUnavailable("gone"), StoreUnavailable),
    (driver_errors.SessionExpired("gone"), StoreUnavailable),
    (server_error("Neo.ClientError.Statement.SyntaxError", "Unknown function 'foo'\nmore"), QueryFailed),
])
def test_the_drivers_errors_become_ours(tmp_path, problem, kind):
    found = translated(problem, "bolt://here", Settings(tmp_path))
    assert type(found) is kind
    assert "\n" not in str(found)


def nested(depth: int) -> list[object]:
    """A list in a list in a list …"""
    found: list[object] = []
    for _ in range(depth):
        found = [found]
    return found


@pytest.mark.parametrize("value", [object(), 2**63, [1, {"a": b"x"}], {1, 2}, "\udcff", {"\ud800": 1}, nested(60), nested(100_000)])
def test_a_value_that_no_server_takes_is_refused_with_its_name(store, value):
    with pytest.raises(BadParameter, match=r"\$x cannot be used"):
        store.query("RETURN $x AS x", {"x": value})
