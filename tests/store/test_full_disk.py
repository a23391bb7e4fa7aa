"""A full disk is one sentence; what was written stays, and what was begun is finished once there is room. On small disks of their own."""

import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.__main__ import main
from graph.errors import DiskFull, StoreUnavailable
from graph.model import Facts, Node
from graph.settings import Settings
from graph.store import Store, open_store
from loaders import runner
from loaders.folders import open_loader
from tests.servers import PASSWORD, Missing, free_port, neo4j_jars, start_neo4j, wait_for

HERE = Facts((Node("aland", "Region", {"name": "Åland"}),))


@pytest.fixture
def disk(tmp_path, request) -> Iterator[Path]:
    """A disk of so many megabytes; where none can be made the test is skipped, or fails where CI=true."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={request.param}m", "tmpfs", str(folder)], capture_output=True, text=True, check=False)
    if made.returncode:
        reason = f"a small disk needs the right to mount ({made.stderr.strip()})"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(disk: Path, left: int = 0) -> Path:
    """Take all room on a disk but for some bytes; the file that takes it. A server that writes meanwhile takes the rest."""
    filler = disk / "filler"
    filler.touch()
    status = os.statvfs(disk)
    try:
        filler.write_bytes(b"\0" * (status.f_bavail * status.f_frsize - left))
    except OSError as problem:
        if problem.errno != errno.ENOSPC:
            raise
    return filler


def finished(store: Store) -> bool:
    """Whether a load, run now, leaves the graph as an undisturbed one does: the third run has nothing to do."""
    runner.run(open_loader("curated"), store)
    counts = store.counts()
    return store.interrupted() == "" and runner.run(open_loader("curated"), store).unchanged and (counts["Region"], counts["Agreement"]) == (189, 55)


@pytest.mark.parametrize("disk", [30], indirect=True)
def test_without_room_for_the_local_server_nothing_is_begun(disk, monkeypatch, capfd):
    monkeypatch.setenv("PONTE_HOME", str(disk))
    monkeypatch.setenv("NEO4J_URI", "")
    assert main(["status"]) == 1
    out, err = capfd.readouterr()
    assert (out, err) == ("", f"No room is left in {disk / 'graph'}. Nothing was lost; free some space and try again.\n")
    assert not (disk / "graph" / "db").exists()


@pytest.mark.parametrize("disk", [80], indirect=True)
@pytest.mark.parametrize("left", [0, 2_000_000], ids=["at once", "half-way"])
def test_a_load_that_fills_the_disk_of_the_local_server_is_finished_later(disk, left):
    store = open_store(Settings(home=disk, linger=0))
    try:
        store.write(HERE)
        filler = fill(disk, left)
        with pytest.raises(DiskFull, match=str(disk)):
            runner.run(open_loader("curated"), store)
        assert [node.name for node in store.get(["aland"])] == ["Åland"]
        assert store.interrupted() == "curated"
        filler.unlink()
        assert finished(store)
    finally:
        store.close()


@pytest.mark.parametrize("disk", [500], indirect=True)
def test_a_neo4j_whose_disk_is_full_says_so_and_has_lost_nothing_when_it_is_back(disk):
    try:
        jars = neo4j_jars()
    except Missing as missing:
        pytest.fail(str(missing)) if os.environ.get("CI") == "true" else pytest.skip(str(missing))
    settings = Settings(disk / "neo4j", f"bolt://127.0.0.1:{free_port()}", "neo4j", PASSWORD)
    settings.home.mkdir()
    port = int(settings.neo4j_uri.rpartition(":")[2])
    with Ended(start_neo4j(jars, settings.home, port)) as process:
        wait_for(settings, process)
        with Opened(settings) as store:
            store.write(HERE)
            filler = fill(disk)
            for _ in range(2):
                with pytest.raises(StoreUnavailable, match="make room on its disk and restart it"):
                    runner.run(open_loader("curated"), store)
    filler.unlink()
    with Ended(start_neo4j(jars, settings.home, port)) as process:
        wait_for(settings, process)
        with Opened(settings) as store:
            assert [node.name for node in store.get(["aland"])] == ["Åland"]
            assert finished(store)


@pytest.mark.parametrize("disk", [1], indirect=True)
def test_a_picture_for_which_there_is_no_room_leaves_the_older_one(disk, curated_store, settings, monkeypatch, capfd):
    for name, value in (("PONTE_HOME", str(settings.home)), ("NEO4J_URI", settings.neo4j_uri), ("NEO4J_PASSWORD", settings.neo4j_password), ("PONTE_LINGER", "0")):
        monkeypatch.setenv(name, value)
    target = disk / "briefing.png"
    target.write_bytes(b"older")
    filler = fill(disk, 8_192)
    assert main(["draw", "Lombardy", "--to", str(target)]) == 1
    out, err = capfd.readouterr()
    assert (out, err) == ("", f"--to “{target}” cannot be used. It cannot be written (No space left on device).\n")
    assert target.read_bytes() == b"older"
    assert sorted(path.name for path in disk.iterdir()) == ["briefing.png", filler.name]


class Ended:
    """A server process that is over at the end of the block, whatever happened in it."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.process = process

    def __enter__(self) -> "subprocess.Popen[bytes]":
        return self.process

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()


class Opened:
    """A store that is closed at the end of the block."""

    def __init__(self, settings: Settings) -> None:
        self.store = open_store(settings)

    def __enter__(self) -> Store:
        return self.store

    def __exit__(self, *_: object) -> None:
        self.store.close()
