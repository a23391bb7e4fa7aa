"""An app whose port is taken says so in one line, and begins nothing."""

import os
import socket
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).parent.parent


def test_a_port_that_is_taken_is_named_in_one_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        ran = subprocess.run([sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", port], cwd=TOP, capture_output=True, text=True,
                             check=False, timeout=120, env={**os.environ, "PONTE_HOME": str(tmp_path / "home"), "NEO4J_URI": ""})
    said = [line for line in (ran.stdout + ran.stderr).splitlines() if line.strip()]
    assert ran.returncode == 1
    assert len(said) == 1
    assert said[0].endswith(f"Port {port} is not available")
    assert not (tmp_path / "home").exists()
