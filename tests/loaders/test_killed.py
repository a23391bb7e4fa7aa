"""A load from the command line that is killed at any moment is finished by running it again: on both servers, to the last property."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph.record import assemble
from graph.schema import load_schema
from loaders.__main__ import main
from loaders.base import Notes
from loaders.folders import open_loader
from tests.graph.test_main import environment

TOP = Path(__file__).parents[2]
MOMENTS = {"begun": "MATCH (m:Meta) RETURN coalesce(sum(size(m.writing)), 0) AS n", "nodes": "MATCH (n:Country) RETURN count(n) AS n",
           "ties": "MATCH ()-[r:MEMBER_OF]->() RETURN count(r) AS n", "statements": "MATCH (s:Statement) RETURN count(s) AS n"}
"""When to kill it: as soon as there is one of these."""


@pytest.fixture(scope="module")
def wanted():
    """What the files state, put together without any server."""
    loader = open_loader("curated")
    statements = list(loader.statements(Notes()))
    return assemble(statements, loader.sources(), load_schema())


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_load_killed_while_it_writes(settings, store, wanted, monkeypatch, capfd, moment):
    child = subprocess.Popen([sys.executable, "-m", "loaders", "run", "curated"], cwd=TOP, env={**os.environ, **environment(settings)},
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while child.poll() is None and not store.query(MOMENTS[moment]).rows[0][0]:
        pass  # each look is a query
    child.kill()
    assert child.wait() == -9
    assert store.interrupted() == "curated"
    assert store.version() == "0"
    for name, value in environment(settings).items():
        monkeypatch.setenv(name, value)
    assert main(["status"]) == 0
    assert "A load of curated was cut off: python -m loaders run curated finishes it." in capfd.readouterr().out
    assert main(["run", "curated"]) == 0
    assert (store.interrupted(), store.version()) == ("", "1")
    assert store.write(wanted).nothing
    counts = store.counts()
    assert sum(counts[kind] for kind in load_schema().visible) == len(wanted.nodes)
    assert sum(counts[kind] for kind in load_schema().edges) == len(wanted.edges)
    assert (counts["Statement"], counts["Source"]) == (len(wanted.statements), len(wanted.sources))
