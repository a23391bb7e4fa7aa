"""The tutorial is followed word by word: its files are made, its commands run, and what they print is what it says they print."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
TUTORIAL = (TOP / "loaders/README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)


def blocks(language):
    return [text for kind, text in BLOCK.findall(TUTORIAL) if kind == language]


@pytest.fixture(scope="module")
def workshop(tmp_path_factory):
    """A copy of what a person would have, with the curated data loaded; the server that it started is gone in the end."""
    folder = tmp_path_factory.mktemp("workshop")
    for part in ("graph", "loaders", "data"):
        shutil.copytree(TOP / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    run(folder, "python -m loaders run")
    return folder


def run(folder, command):
    program, *arguments = shlex.split(command)
    assert program == "python"
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "PONTE_"))}
    environ |= {"PONTE_HOME": str(folder / "home"), "PONTE_LINGER": "5", "PYTHONPATH": str(folder), "COLUMNS": "200"}
    done = subprocess.run([sys.executable, *arguments], cwd=folder, env=environ, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def test_a_new_source_is_added_by_following_the_tutorial_alone(workshop):
    (workshop / "members.csv").write_text(blocks("csv")[0], encoding="utf-8")
    (workshop / "loaders/islands").mkdir()
    (workshop / "loaders/islands/source.yml").write_text(blocks("yaml")[0], encoding="utf-8")
    (workshop / "loaders/islands/loader.py").write_text(blocks("python")[0], encoding="utf-8")
    commands, printed = blocks("sh"), blocks("text")
    assert len(commands) == len(printed) == 3
    for lines, expected in zip(commands, printed, strict=True):
        assert "".join(run(workshop, command) for command in lines.splitlines()) == expected


def test_the_tutorial_names_only_what_is_there():
    for path in re.findall(r"`((?:tests|loaders|graph|docs)/[\w./]+\.(?:py|yml|md))`", TUTORIAL):
        assert (TOP / path).exists() or "islands" in path, path
