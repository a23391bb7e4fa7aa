"""Own java on behalf of all Ponte processes: `python -m graph.store.local_server.supervisor HOME LINGER HEAP`.

It holds an exclusive file lock for its life. Each Ponte process keeps one authenticated loopback connection to it, its
lease, which the kernel closes even on kill -9. When no lease is left for LINGER seconds, it stops java and ends.
"""

import contextlib
import hmac
import json
import os
import secrets
import selectors
import signal
import socket
import sys
import time
from pathlib import Path

from filelock import FileLock

from graph.store.local_server import LAST_END
from graph.store.local_server.arcadedb import ArcadeDB, DidNotStart, end_stale

FIRST_LEASE_SECONDS = 15.0
"""How long the process that started the server has to come."""


def supervise(home: Path, linger: float, heap: str) -> int:
    """Run the server until nobody needs it; the exit status is 0, or 1 when java did not start or died."""
    with FileLock(home / "server.lock"):
        java_pid = home / "java.pid"
        if java_pid.exists():
            with contextlib.suppress(ValueError):
                end_stale(int(java_pid.read_text()), home / "db")
            java_pid.unlink(missing_ok=True)
        try:
            return _serve(home, ArcadeDB(home / "db", heap), linger)
        except (DidNotStart, OSError) as problem:
            (home / "failure.txt").write_text(str(problem))
            return 1


def _serve(home: Path, server: ArcadeDB, linger: float) -> int:
    java_pid = home / "java.pid"
    try:
        server.start(lambda pid: java_pid.write_text(str(pid)))
        (home / "failure.txt").unlink(missing_ok=True)
        return _keep_leases(home, server, linger)
    finally:
        (home / "state.json").unlink(missing_ok=True)
        server.stop()
        java_pid.unlink(missing_ok=True)


def _keep_leases(home: Path, server: ArcadeDB, linger: float) -> int:
    token = secrets.token_urlsafe(24)
    with socket.create_server(("127.0.0.1", 0)) as listener, selectors.DefaultSelector() as watch:
        listener.setblocking(False)
        watch.register(listener, selectors.EVENT_READ)
        _publish(home, server, listener.getsockname()[1], token)
        leases: set[socket.socket] = set()
        last_needed = time.monotonic() + FIRST_LEASE_SECONDS
        while server.process is not None and server.process.poll() is None:
            for key, _ in watch.select(0.2):
                connection = key.fileobj
                assert isinstance(connection, socket.socket)
                if connection is listener:
                    _greet(listener, token, leases, watch)
                elif _closed(connection):
                    watch.unregister(connection)
                    leases.discard(connection)
                    connection.close()
            now = time.monotonic()
            if leases:
                last_needed = now + linger
            elif now >= last_needed:
                return 0
        if server.process is not None:
            (home / LAST_END).write_text(f"{server.process.pid} {server.process.returncode}")
        for connection in leases:
            connection.close()
        return 1


def _publish(home: Path, server: ArcadeDB, lease_port: int, token: str) -> None:
    state = {"lease": lease_port, "token": token, "bolt": server.bolt_port, "password": server.password,
             "reader_password": server.reader_password, "java": server.process.pid if server.process else 0, "supervisor": os.getpid()}
    temporary = home / "state.new"
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump(state, out)
    temporary.replace(home / "state.json")


def _greet(listener: socket.socket, token: str, leases: set[socket.socket], watch: selectors.BaseSelector) -> None:
    with contextlib.suppress(OSError):
        connection, _ = listener.accept()
        connection.settimeout(1)
        if hmac.compare_digest(connection.recv(200).strip(), token.encode()):
            connection.sendall(b"ok\n")
            connection.setblocking(False)
            leases.add(connection)
            watch.register(connection, selectors.EVENT_READ)
        else:
            connection.close()


def _closed(connection: socket.socket) -> bool:
    try:
        return not connection.recv(100)
    except BlockingIOError:
        return False
    except OSError:
        return True


def _stop_in_order(*_: object) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stop_in_order)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(supervise(Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3]))
