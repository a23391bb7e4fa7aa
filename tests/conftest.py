"""Give tests real stores: an empty one, and one with the curated data, each on the local server and on a real Neo4j."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings as profile

from graph.settings import Settings
from graph.store import Store, open_store
from loaders import runner
from tests.contract.clearing import clear, prepared
from tests.servers import Missing, local_server, neo4j_server

SERVERS = ("local", "neo4j")
profile.register_profile("ponte", deadline=None)
profile.load_profile("ponte")
"""A loaded machine is slow, not wrong: no example has a time of its own."""


@pytest.fixture(scope="session")
def local_settings() -> Iterator[Settings]:
    """A local server that lives as long as the tests."""
    with local_server() as settings:
        holder = open_store(settings)  # its lease keeps the server between tests
        yield settings
        holder.close()


@pytest.fixture(scope="session")
def neo4j_settings() -> Iterator[Settings]:
    """A real Neo4j; without what it needs the tests are skipped, or fail where CI=true."""
    server = neo4j_server()
    try:
        settings = server.__enter__()
    except Missing as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing))
        pytest.skip(str(missing))
    yield settings
    server.__exit__(None, None, None)


@pytest.fixture(scope="session", params=SERVERS)
def settings(request: pytest.FixtureRequest) -> Settings:
    """The settings of each server in turn."""
    found: Settings = request.getfixturevalue(f"{request.param}_settings")
    return found


@pytest.fixture(scope="session")
def opened(settings: Settings) -> Iterator[Store]:
    """One store for the whole session on each server."""
    store = open_store(settings)
    yield store
    store.close()


@pytest.fixture
def store(opened: Store) -> Store:
    """An empty store."""
    clear(opened)
    return opened


@pytest.fixture
def curated_store(opened: Store) -> Store:
    """A store with the curated data and nothing else, for tests that only read; loaded again only when another test changed it."""
    return prepared(opened, "curated", lambda: runner.run(runner.open_source("curated", opened), opened))
