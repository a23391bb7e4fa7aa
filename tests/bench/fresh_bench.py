"""Measure the time from `git clone` to the first view on a machine that has nothing yet, and what it is spent on."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.browser_bench import first_view_seconds
from tests.bench.measure import Row
from tests.serving import serving

TOP = Path(__file__).parents[2]


def rows() -> list[Row]:
    """Clone, install without a cache, load, serve, first view: seconds each and together."""
    out: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="ponte-fresh-") as folder:
        clone, home = Path(folder) / "ponte", Path(folder) / "home"
        environ = {**os.environ, "PIP_NO_CACHE_DIR": "1", "PONTE_HOME": str(home), "PONTE_LINGER": "0"}
        environ.pop("NEO4J_URI", None)
        steps = (
            ("git clone", ["git", "clone", "--quiet", str(TOP), str(clone)], Path(folder)),
            ("make setup (from the package index, no cache)", ["make", "setup"], clone),
            ("load the curated data", [str(clone / ".venv/bin/python"), "-m", "loaders", "run", "--if-empty"], clone),
        )
        for what, command, where in steps:
            start = time.perf_counter()
            subprocess.run(command, cwd=where, env=environ, check=True, stdout=subprocess.DEVNULL, stderr=sys.stderr)
            out.append(Row(what, f"{time.perf_counter() - start:.1f} s", "", None))
        start = time.perf_counter()
        with serving(clone, clone / ".venv/bin/python", environ) as address:
            out.append(Row("start the app", f"{time.perf_counter() - start:.1f} s", "", None))
            out.append(Row("first view in the browser, first visit", f"{first_view_seconds(address, visits=1)[0]:.1f} s", "", None))
        size = sum(f.stat().st_size for f in (clone / ".venv").rglob("*") if f.is_file() and not f.is_symlink())
        shutil.rmtree(clone, ignore_errors=True)
    total = sum(float(row.figure.split()[0]) for row in out)
    return [*out, Row("from git clone to the first view", f"{total:.1f} s", "", None), Row("installed", f"{size / 1e6:.0f} MB", "", None)]
