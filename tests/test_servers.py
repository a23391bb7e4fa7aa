"""Tests and benches empty the database that they are given: never one that holds something."""

import os

import pytest

from tests.servers import Missing, _asked, neo4j_server


def test_a_database_that_holds_something_is_not_taken_for_tests(monkeypatch):
    try:
        monkeypatch.delenv("NEO4J_URI", raising=False)
        server = neo4j_server()
        settings = server.__enter__()
    except Missing as missing:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(str(missing))
    try:
        for name in ("uri", "username", "password"):
            monkeypatch.setenv(f"NEO4J_{name.upper()}", getattr(settings, f"neo4j_{name}"))
        _asked(settings, "CREATE (:Region {id: 'ours'})")
        with pytest.raises(Missing, match="not empty"), neo4j_server():
            pass
        assert len(_asked(settings, "MATCH (n) RETURN n")) == 1
        _asked(settings, "MATCH (n) DELETE n")
        with neo4j_server() as ours:
            _asked(ours, "CREATE (:Region {id: 'of a test'})")
        assert not _asked(settings, "MATCH (n) RETURN n")
    finally:
        server.__exit__(None, None, None)
