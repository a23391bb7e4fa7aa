"""Every command of the documents works as it is written there."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

import graph.__main__
import loaders.__main__
from tests.graph.test_main import environment

TOP = Path(__file__).parent.parent
MAINS = {"graph": graph.__main__.main, "loaders": loaders.__main__.main}
COMMAND = re.compile(r"^ {4}(?:\.venv/bin/)?python -m (graph|loaders) (.+)$", re.M)
EXCERPT = TOP / "tests/loaders/twinning/excerpt-2016"
"""What stands for FILE: a source whose files do not come with Ponte."""
RELEASE = TOP / "tests/loaders/press/texts/docs/it-lom-bav-2024.txt"
NOTHING_ALIKE = "No two names in the record look like one.\n"
"""What `same` says of the curated data, where there is nothing to list."""


def commands():
    """Module and arguments of each command of README.md and docs/how-to.md; what has an ellipsis or a file of the reader's is none."""
    for file in (TOP / "README.md", TOP / "docs/how-to.md"):
        for module, rest in COMMAND.findall(file.read_text(encoding="utf-8")):
            arguments = shlex.split(rest, comments=True)
            if not any("…" in argument or argument.startswith("members.") for argument in arguments):
                yield module, tuple(arguments)


@pytest.mark.parametrize(("module", "arguments"), sorted(set(commands()), key=lambda command: ("--save" in command[1], command)), ids=str)
def test_a_command_of_the_documents(settings, curated_store, monkeypatch, tmp_path, capfd, module, arguments):
    for name, value in environment(settings).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    shutil.copy(RELEASE, tmp_path / "release.txt")
    if arguments[0] == "remove" or "--layer" in arguments:
        assert MAINS["loaders"](["run", "twinning", "--from", str(EXCERPT)]) == 0
        capfd.readouterr()
    assert MAINS[module]([str(EXCERPT) if argument == "FILE" else argument for argument in arguments]) == 0
    out, err = capfd.readouterr()
    assert out or err == NOTHING_ALIKE
    assert err == NOTHING_ALIKE or re.fullmatch(r"(Loading \w+ …\n)?", err)
    if "--to" in arguments:
        assert (tmp_path / arguments[arguments.index("--to") + 1]).stat().st_size > 1_000


def test_there_are_commands_to_try():
    assert len(set(commands())) >= 12
