"""Give a Ponte process its lease on the local server, starting the server when there is none.

This package is the only one that knows ArcadeDB. Several processes (the app, a loader, the command line) share one server: a
small supervisor process owns java and lives as long as one of them holds a lease (supervisor.py).
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from graph.errors import DiskFull, LocalServerFailed
from graph.settings import using
from graph.store.local_server.arcadedb import MEMORY_RAN_OUT

READER = "reader"
LAST_END = "last-end.txt"
"""The process id of the last java that ended by itself, and its status."""
ROOM_BYTES = 50_000_000
"""Below this much free space the server is not started: it could not even write its logs."""


@dataclass(slots=True)
class Lease:
    """The right to use the local server; given back by `close`, or by the kernel when the process ends."""

    connection: socket.socket
    uri: str
    password: str
    reader_password: str
    java: int
    supervisor: int
    home: Path

    def close(self) -> None:
        """Give the lease back."""
        self.connection.close()

    def alive(self) -> bool:
        """Whether the supervisor still holds this lease."""
        try:
            self.connection.setblocking(False)
            return self.connection.recv(1) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False

    def end_java(self) -> None:
        """End the server by force, for all who use it: the next of them to ask starts another."""
        if self.alive():
            with contextlib.suppress(OSError):
                os.kill(self.java, getattr(signal, "SIGKILL", signal.SIGTERM))

    def ended(self, seconds: float = 1.0) -> bool:
        """Whether the server ends within this time: its supervisor notes the end of java, then closes the leases."""
        try:
            self.connection.settimeout(seconds)
            return self.connection.recv(1) == b""
        except TimeoutError:
            return False
        except OSError:
            return True

    def ran_out_of_memory(self) -> bool:
        """Whether the server of this lease has ended for want of memory."""
        with contextlib.suppress(OSError):
            return (self.home / LAST_END).read_text() == f"{self.java} {MEMORY_RAN_OUT}"
        return False


def take_lease(home: Path, linger: float, heap: str, seconds: float = 90.0) -> Lease:
    """A lease on the server whose data lie under `home`, which is started when it is not there.

    Raises LocalServerFailed, DiskFull, SettingsError where the folder cannot be used.
    """
    end = time.monotonic() + seconds
    with contextlib.suppress(Timeout), using(home.parent):
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with contextlib.suppress(OSError):  # some file systems know no modes
            home.chmod(0o700)
        while time.monotonic() < end:
            if lease := _join(home):
                return lease
            with FileLock(home / "start.lock", timeout=max(1.0, end - time.monotonic())):
                if lease := _join(home) or _start(home, linger, heap, end):
                    return lease
    raise LocalServerFailed(reason=f"no answer within {seconds:g} seconds", log=str(home / "db" / "server.out"))


def has_room(folder: Path, least: int) -> bool:
    """Whether so many bytes are free where a folder lies; yes where nobody can tell."""
    try:
        status = os.statvfs(folder) if hasattr(os, "statvfs") else None
    except OSError:
        return True
    return status is None or status.f_bavail * status.f_frsize >= least


class _Detached(subprocess.Popen[bytes]):
    """A process that is meant to outlive this one: its object goes without a warning."""

    def __del__(self) -> None:
        if self.poll() is None:
            self.returncode = 0
        super().__del__()


def _start(home: Path, linger: float, heap: str, end: float) -> Lease | None:
    if not has_room(home, ROOM_BYTES):
        raise DiskFull(folder=str(home))
    failure = home / "failure.txt"
    failure.unlink(missing_ok=True)
    top = str(Path(__file__).parents[3])
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (top, os.environ.get("PYTHONPATH"))))}
    detached = {"creationflags": 0x00000208} if os.name == "nt" else {"start_new_session": True}
    with (home / "supervisor.log").open("ab") as log:
        supervisor = _Detached(
            [sys.executable, "-m", "graph.store.local_server.supervisor", str(home), str(linger), heap],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=home, env=environ, close_fds=True, **detached)
    while time.monotonic() < end:
        if lease := _join(home):
            return lease
        if supervisor.poll() is not None:
            reason = failure.read_text() if failure.exists() else f"its supervisor ended with status {supervisor.returncode}"
            raise LocalServerFailed(reason=reason, log=str(home / "db" / "server.out"))
        time.sleep(0.03)
    return None


def _join(home: Path) -> Lease | None:
    if not _supervised(home):  # whoever took the ports of a supervisor that was killed would be told the passwords
        return None
    with contextlib.suppress(OSError, ValueError, KeyError):
        state = json.loads((home / "state.json").read_text())
        with contextlib.ExitStack() as unless_greeted:
            connection = unless_greeted.enter_context(socket.create_connection(("127.0.0.1", state["lease"]), 2))
            connection.settimeout(2)
            connection.sendall(state["token"].encode() + b"\n")
            if connection.recv(3) == b"ok\n":
                unless_greeted.pop_all()
                return Lease(connection, f"bolt://127.0.0.1:{state['bolt']}", state["password"], state["reader_password"],
                             state["java"], state["supervisor"], home)
    return None


def _supervised(home: Path) -> bool:
    """Whether a supervisor lives: it holds its lock as long as it does."""
    lock = FileLock(home / "server.lock")
    try:
        lock.acquire(timeout=0)
    except OSError:  # Timeout is one
        return True
    lock.release()
    return False
