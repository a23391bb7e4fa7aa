"""Serve the real app as a child process, as `streamlit run app.py` does, on a port that nobody uses."""

import contextlib
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.servers import free_port

TOP = Path(__file__).parents[1]
SECONDS = 60.0


class App:
    """A running Ponte. `address` stays the same when it is started again."""

    def __init__(self, environ: Mapping[str, str], top: Path = TOP, python: Path | str = sys.executable) -> None:
        self._environ, self._top, self._python = dict(environ), top, str(python)
        self._port = free_port()
        self.address = f"http://127.0.0.1:{self._port}"
        self.start()

    def start(self) -> None:
        """Start it and return when it answers."""
        command = [self._python, "-m", "streamlit", "run", "app.py", "--server.port", str(self._port)]
        self._process = subprocess.Popen(command, cwd=self._top, env=self._environ, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        end = time.monotonic() + SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.address}/health", timeout=5):
                return
            time.sleep(0.05)
        self.kill()
        raise RuntimeError(f"the app did not answer within {SECONDS:g} seconds (status {self._process.returncode})")

    def kill(self) -> None:
        """End it as kill -9 does."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """End it as Ctrl+C does."""
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()


def environ_of(home: Path, **more: str) -> dict[str, str]:
    """This environment, but with the app's own data folder, and no server of its own left behind."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "PONTE_"))}
    return {**plain, "PONTE_HOME": str(home), "PONTE_LINGER": "0", **more}


@contextlib.contextmanager
def serving(top: Path, python: Path | str, environ: Mapping[str, str]) -> Iterator[str]:
    """The address of an app that runs from a folder with a Python, and is stopped at the end."""
    app = App(environ, top, python)
    try:
        yield app.address
    finally:
        app.stop()
