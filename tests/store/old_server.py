"""Answer as a server of any version does, as far as a driver goes before its first query: handshake and HELLO of Bolt."""

import contextlib
import socket
import threading
from collections.abc import Iterator

BOLT_4_4, BOLT_3, NONE = b"\x00\x00\x04\x04", b"\x00\x00\x00\x03", b"\x00\x00\x00\x00"


@contextlib.contextmanager
def server_of(agent: str, version: bytes = BOLT_4_4) -> Iterator[str]:
    """The address of a server that calls itself `agent` ("Neo4j/4.4.39") and chooses this version of Bolt."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_serve, args=(listener, agent, version), daemon=True).start()
        yield f"bolt://127.0.0.1:{listener.getsockname()[1]}"


def _serve(listener: socket.socket, agent: str, version: bytes) -> None:
    with contextlib.suppress(OSError):
        while True:
            connection, _ = listener.accept()
            with connection, contextlib.suppress(OSError):
                _read(connection, 20)  # the magic number and four proposals
                connection.sendall(version)
                while _message(connection):
                    connection.sendall(_success({"server": agent, "connection_id": "bolt-1"}))


def _message(connection: socket.socket) -> bytes:
    """One message, its chunks joined; empty when the other side is gone."""
    message = b""
    while size := int.from_bytes(_read(connection, 2), "big"):
        message += _read(connection, size)
    return message


def _read(connection: socket.socket, count: int) -> bytes:
    found = b""
    while len(found) < count and (part := connection.recv(count - len(found))):
        found += part
    return found


def _success(fields: dict[str, str]) -> bytes:
    body = b"\xb1\x70" + bytes([0xA0 + len(fields)]) + b"".join(_text(text) for pair in fields.items() for text in pair)
    return len(body).to_bytes(2, "big") + body + b"\x00\x00"


def _text(text: str) -> bytes:
    raw = text.encode()
    return (bytes([0x80 + len(raw)]) if len(raw) < 16 else b"\xd0" + bytes([len(raw)])) + raw
