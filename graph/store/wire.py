"""Reach into the driver's connection for the two things that it has no public way for: break off, and count what arrives."""

from typing import Any

import neo4j

from graph.errors import QueryTooLarge
from graph.words import mark

MOST_BYTES = 16_000_000
"""What one answer may weigh on the wire; as Python values it takes up to twenty times as much memory."""


def sever(session: neo4j.Session) -> None:
    """Break off a session's connection from another thread, so that whoever waits for it has an error at once."""
    if connection := _connection(session):
        connection.kill()


class Meter:
    """Counts what a session receives, and breaks off after MOST_BYTES: a row may hold anything, so no limit of rows helps."""

    def __init__(self, session: neo4j.Session) -> None:
        self._session = session
        self._socket = _connection(session).socket
        self._receive = self._socket.recv_into
        self._received = 0

    def __enter__(self) -> None:
        self._socket.recv_into = self._counted

    def __exit__(self, *_: object) -> None:
        del self._socket.recv_into
        if self._received > MOST_BYTES:
            raise QueryTooLarge(reason=mark("its answer is larger than 16 MB"))

    def _counted(self, buffer: memoryview, size: int) -> int:
        got: int = self._receive(buffer, size)
        self._received += got
        if self._received > MOST_BYTES:
            sever(self._session)
            return 0  # the driver reads it as the end of the connection
        return got


def _connection(session: neo4j.Session) -> Any:
    return session._connection
