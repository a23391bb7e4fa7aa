"""Give screens a store to show: the settings of a server in the environment, and Streamlit's caches empty."""

from collections.abc import Iterator

import pytest
import streamlit as st

from graph.settings import Settings
from graph.store import Store
from screens import session

VARIABLES = {"NEO4J_URI": "neo4j_uri", "NEO4J_USERNAME": "neo4j_username", "NEO4J_PASSWORD": "neo4j_password", "NEO4J_DATABASE": "neo4j_database",
             "PONTE_HOME": "home", "PONTE_LINGER": "linger", "PONTE_HEAP": "heap"}


def put_in_environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make `read_settings` give these settings."""
    for name in ("PONTE_REGION", "PONTE_LANGUAGE", "PONTE_USER_HEADER", "PONTE_ROW_LIMIT", "PONTE_TIME_LIMIT"):
        monkeypatch.delenv(name, raising=False)
    for name, field in VARIABLES.items():
        monkeypatch.setenv(name, str(getattr(settings, field)))


def forget() -> None:
    """Let the screens keep nothing of what they have read, but the store itself."""
    st.cache_data.clear()
    session.index_of.clear()


@pytest.fixture(scope="session")
def app_store(settings: Settings) -> Iterator[None]:
    """The store that the screens themselves open, and what they keep of it, go when the tests go on to another server."""
    yield
    session.close_store()
    forget()


@pytest.fixture
def environment(settings: Settings, app_store: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of the server are in the environment."""
    put_in_environment(settings, monkeypatch)


@pytest.fixture
def curated(curated_store: Store, environment: None) -> Store:
    """The curated data are there for the screens."""
    return curated_store


@pytest.fixture
def empty(store: Store, environment: None) -> Iterator[Store]:
    """Nothing is there for the screens yet; what they keep of what a test writes goes with it."""
    forget()
    yield store
    forget()
