"""Run ArcadeDB from the `arcadedb-embedded` wheel as a child process; everything that is special about it stands here.

The wheel brings its own Java. It is never imported: in this process it would crash on SIGTERM.
"""

import base64
import contextlib
import ctypes
import http.client
import importlib.util
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

DATABASE = "graph"
READER = "reader"
MEMORY_RAN_OUT = 3
"""The status with which java ends when its memory runs out. Going on without memory it answered nobody any more."""
COMMAND_TIMEOUT_MS = 600_000
"""A backstop only: it holds for the whole server, loads included. The store's own limits end queries."""

GROUPS = {
    "version": 1,
    "databases": {"*": {"groups": {
        "admin": {"resultSetLimit": -1, "readTimeout": -1, "access": ["updateSecurity", "updateSchema", "updateDatabaseSettings"],
                  "types": {"*": {"access": ["createRecord", "readRecord", "updateRecord", "deleteRecord"]}}},
        READER: {"resultSetLimit": -1, "readTimeout": -1, "access": [], "types": {"*": {"access": ["readRecord"]}}},
        "*": {"resultSetLimit": -1, "readTimeout": -1, "access": [], "types": {"*": {"access": []}}},
    }}},
}
"""The reader may read and nothing else: the local server does not refuse writes in a READ session."""


LISTENS, TAKEN = "HTTP Server started", "Unable to listen"
"""What the log says when both ports are open, and when another process took one between our choice and the server's start."""
ATTEMPTS = 3


class DidNotStart(Exception):
    """Java ended or stayed silent; the message says which."""


class PortTaken(DidNotStart):
    """Another process listens on one of the two ports."""


def free_port() -> int:
    """A port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def password_in(file: Path) -> str:
    """The password kept in a file of mode 600, made at first use."""
    if not file.exists() or not file.read_text().strip():
        temporary = file.with_suffix(".new")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(secrets.token_urlsafe(24))
        temporary.replace(file)
    file.chmod(0o600)
    return file.read_text().strip()


class ArcadeDB:
    """One running server: its two ports, its two users, its process."""

    def __init__(self, root: Path, heap: str) -> None:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.root = root
        self.heap = heap
        self.password = password_in(root / "root.password")
        self.reader_password = password_in(root / "reader.password")
        self.bolt_port = 0
        self.http_port = 0
        self.process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        """The command line of the server."""
        spec = importlib.util.find_spec("arcadedb_embedded")
        if spec is None or not spec.submodule_search_locations:
            raise DidNotStart("the package arcadedb-embedded is not installed")
        package = Path(next(iter(spec.submodule_search_locations)))
        java = package / "jre" / "bin" / ("java.exe" if os.name == "nt" else "java")
        if not java.exists():
            raise DidNotStart("arcadedb-embedded brings no Java for this platform; connect to a Neo4j by NEO4J_URI")
        settings = {
            "server.rootPath": self.root, "server.rootPasswordPath": self.root / "root.password",
            "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin", "server.mode": "development",
            "bolt.host": "127.0.0.1", "bolt.port": self.bolt_port, "bolt.defaultDatabase": DATABASE,
            "server.httpIncomingHost": "127.0.0.1", "server.httpIncomingPort": self.http_port,
            "command.timeout": COMMAND_TIMEOUT_MS, "txWalFlush": 2,
            "opencypher.loadCsv.allowFileUrls": "false", "opencypher.loadCsv.allowRemoteUrls": "false",
        }
        return [str(java), f"-Xmx{self.heap}", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError",
                "--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true", *[f"-Darcadedb.{name}={value}" for name, value in settings.items()],
                "-cp", str(package / "jars" / "*"), "com.arcadedb.server.ArcadeDBServer"]

    def start(self, note: Callable[[int], object], seconds: float = 60.0) -> None:
        """Start java, `note` its process id, and return when the database and both users are there.

        Raises DidNotStart.
        """
        (self.root / "config").mkdir(exist_ok=True)
        (self.root / "config" / "server-groups.json").write_text(json.dumps(GROUPS))
        for attempt in range(1, ATTEMPTS + 1):
            self.bolt_port, self.http_port = free_port(), free_port()
            with (self.root / "server.out").open("wb") as log:
                self.process = subprocess.Popen(self.command(), cwd=self.root, stdin=subprocess.DEVNULL, stdout=log, stderr=log, close_fds=True,
                                                preexec_fn=_end_with_parent() if sys.platform == "linux" else None)
            note(self.process.pid)
            try:
                self._wait_until(self._listens, seconds)
                break
            except PortTaken:
                self.stop()
                if attempt == ATTEMPTS:
                    raise
        self._wait_until(lambda: self._answers("GET", "/api/v1/ready", ok=(200, 204)), seconds)
        users = self.root / "config" / "server-users.jsonl"
        if DATABASE not in json.loads(self._http("GET", "/api/v1/databases")[1])["result"]:
            self._server_command(f"create database {DATABASE}")
        if f'"name":"{READER}"' not in users.read_text(encoding="utf-8").replace(" ", ""):
            user = {"name": READER, "password": self.reader_password, "databases": {DATABASE: [READER]}}
            self._server_command(f"create user {json.dumps(user)}")
        self._wait_until(self._bolt_answers, seconds)

    def stop(self, seconds: float = 20.0) -> None:
        """End java in order, and by force when it does not listen."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _wait_until(self, condition: Callable[[], bool], seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process is not None and self.process.poll() is not None:
                raise DidNotStart(f"Java ended with status {self.process.returncode}")
            if condition():
                return
            time.sleep(0.03)
        raise DidNotStart(f"no answer within {seconds:g} seconds")

    def _listens(self) -> bool:
        """Whether java itself says so: its password must reach no other process that was quicker."""
        log = (self.root / "server.out").read_text(encoding="utf-8", errors="replace")
        if TAKEN in log:
            raise PortTaken("another process took its port")
        return LISTENS in log

    def _bolt_answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.bolt_port), 0.5):
            return True
        return False

    def _answers(self, method: str, path: str, ok: tuple[int, ...]) -> bool:
        with contextlib.suppress(OSError, http.client.HTTPException):
            return self._http(method, path)[0] in ok
        return False

    def _server_command(self, text: str) -> None:
        status, body = self._http("POST", "/api/v1/server", {"command": text})
        if status >= 400:
            raise DidNotStart(f"{text.split('{')[0].strip()} failed: {body[:300].decode(errors='replace')}")

    def _http(self, method: str, path: str, body: object = None) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.http_port, timeout=60)
        login = base64.b64encode(f"root:{self.password}".encode()).decode()
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None,
                               {"Authorization": f"Basic {login}", "Content-Type": "application/json"})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


def _end_with_parent() -> Callable[[], None]:
    """What makes the kernel end java when its supervisor dies (Linux only); loaded before the fork, where it is safe."""
    libc = ctypes.CDLL(None)

    def ask() -> None:
        libc.prctl(1, signal.SIGTERM)

    return ask


def end_stale(pid: int, root: Path, seconds: float = 20.0) -> None:
    """End a java that a killed supervisor left behind, if it is ours by its command line."""
    if not _is_ours(pid, root):
        return
    with contextlib.suppress(OSError):
        os.kill(pid, signal.SIGTERM)
    end = time.monotonic() + seconds
    while _is_ours(pid, root):
        if time.monotonic() > end:
            with contextlib.suppress(OSError):
                os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))
            return
        time.sleep(0.05)


def _is_ours(pid: int, root: Path) -> bool:
    if Path("/proc/self/cmdline").exists():
        try:
            return str(root).encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return False
    if os.name == "nt":
        query = ["powershell", "-NoProfile", "-Command", f"(Get-CimInstance Win32_Process -Filter 'ProcessId={pid}').CommandLine"]
    else:
        query = ["ps", "-o", "command=", "-p", str(pid)]
    found = subprocess.run(query, capture_output=True, text=True, check=False)
    return str(root) in found.stdout
