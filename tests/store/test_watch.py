"""A query ends in time, whether the server obeys or not."""

import threading

import pytest

from graph.errors import QueryCancelled, QueryTimeout
from graph.store import Cancel, watch
from graph.store.watch import Watch

PATIENCE = 30.0
"""Seconds after which something that should happen at once counts as a failure."""


class Server:
    """What a watch does with a server: the tags that it was told to end, and how often it was given up."""

    def __init__(self, monkeypatch, *, obeys: bool) -> None:
        monkeypatch.setattr(watch, "OBEYS_SECONDS", PATIENCE if obeys else 0.05)
        self.over = threading.Event()
        self.told: list[str] = []
        self.given_up = 0
        self.obeys = obeys
        self.watch = Watch(self.terminate, self.give_up)

    def terminate(self, tag: str) -> None:
        self.told.append(tag)
        if self.obeys:
            self.over.set()
        else:
            threading.Event().wait(PATIENCE)  # a server that is asked to end a query and answers nobody

    def give_up(self) -> None:
        self.given_up += 1

    def run(self, seconds: float, cancel: Cancel | None = None) -> str:
        """A query that runs until somebody ends it; its tag."""
        with self.watch.query(seconds, cancel) as run:
            run.sever = self.over.set
            if self.over.wait(PATIENCE):
                raise OSError("connection lost")
        return run.tag


def test_a_server_that_obeys_is_not_given_up(monkeypatch):
    server = Server(monkeypatch, obeys=True)
    with pytest.raises(QueryTimeout):
        server.run(0.01)
    assert len(set(server.told)) == 1
    assert server.given_up == 0


def test_a_server_that_does_not_obey_is_left_and_given_up_once(monkeypatch):
    server = Server(monkeypatch, obeys=False)
    with pytest.raises(QueryTimeout):
        server.run(0.01)
    assert server.given_up == 1


def test_a_cancelled_query_does_not_wait_for_a_server_that_does_not_obey(monkeypatch):
    server = Server(monkeypatch, obeys=False)
    cancel = Cancel()
    threading.Timer(0.05, cancel).start()
    with pytest.raises(QueryCancelled):
        server.run(PATIENCE, cancel)


def test_a_tag_that_is_being_ended_never_meets_another_query(monkeypatch):
    server = Server(monkeypatch, obeys=True)
    with server.watch.query(PATIENCE) as first:
        pass
    with pytest.raises(QueryTimeout):
        server.run(0.01)
    with server.watch.query(PATIENCE) as third:
        assert set(server.told) == {first.tag}
        assert third.tag != first.tag
