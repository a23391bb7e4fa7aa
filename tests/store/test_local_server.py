"""The local server is there as long as one Ponte process lives, whoever is killed in whatever order, and for this machine only."""

import json
import os
import random
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from graph.errors import DiskFull, LocalServerFailed, QueryTimeout, QueryTooLarge, SettingsError
from graph.model import Facts, Node, Source, Statement
from graph.settings import Settings
from graph.store import Store, local_server, open_store, watch
from graph.store.local_server import arcadedb

TOP = Path(__file__).parents[2]
ENDS_WITHIN = 60.0
"""Seconds after which a process that should have ended counts as a failure; waiting ends as soon as it has."""
CLIENT = """
import sys
from pathlib import Path
from graph.settings import Settings
from graph.store import open_store
store = open_store(Settings(home=Path(sys.argv[1]), linger=float(sys.argv[2])))
store.counts()
print(store._connection._link.lease.java, flush=True)
sys.stdin.read()
"""
KILLED_LOAD = """
import os, signal, sys
from pathlib import Path
from graph.settings import Settings
from graph.store import open_store
from loaders import runner
from loaders.folders import open_loader
def advance(stage, done, total):
    if stage == "write" and total and done > total * float(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
runner.run(open_loader("curated"), open_store(Settings(home=Path(sys.argv[1]), linger=0)), advance)
"""


class Client:
    """A Ponte process that holds a store until it is let go or killed."""

    def __init__(self, home: Path, linger: float = 0.0) -> None:
        self.process = subprocess.Popen([sys.executable, "-c", CLIENT, str(home), str(linger)], cwd=TOP, text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def java(self) -> int:
        """The process id of the java that it uses, as soon as it has one."""
        assert self.process.stdout
        return int(self.process.stdout.readline())

    def kill(self) -> None:
        self.process.kill()
        self._over()

    def leave(self) -> None:
        self._over()

    def _over(self) -> None:
        self.process.communicate(timeout=ENDS_WITHIN)


@contextmanager
def clients(home: Path, count: int) -> Iterator[list[Client]]:
    started = [Client(home) for _ in range(count)]
    try:
        yield started
    finally:
        for client in started:
            if client.process.poll() is None:
                client.kill()


@contextmanager
def living(home: Path) -> Iterator[Store]:
    """A store of this process; afterwards its server has ended."""
    store = open_store(Settings(home=home, linger=0))
    try:
        yield store
    finally:
        java = psutil.Process(lease_of(store).java)
        store.close()
        java.wait(ENDS_WITHIN)


def lease_of(store: Store):
    return store._connection._link.lease


def kill(pid: int) -> None:
    process = psutil.Process(pid)
    process.kill()
    process.wait(ENDS_WITHIN)


def one_region() -> Facts:
    source = Source("s", "A source", "", "Ponte", "press")
    statement = Statement("aland", "Region", "s", "row 1", property="name", value="Åland")
    return Facts((Node("aland", "Region", {"name": "Åland"}),), (), (statement,), (source,))


def test_eight_processes_that_begin_at_once_share_one_server_until_the_last_is_killed(tmp_path):
    with clients(tmp_path, 8) as started:
        servers = {client.java() for client in started}
        assert len(servers) == 1
        java = psutil.Process(servers.pop())
        random.Random(4).shuffle(started)
        for client in started[:-1]:
            client.kill()
        assert java.is_running()
        late = Client(tmp_path)
        assert late.java() == java.pid
        late.kill()
        started[-1].kill()
    java.wait(ENDS_WITHIN)


def test_the_server_waits_for_the_next_process_as_long_as_it_was_told_to(tmp_path):
    first = Client(tmp_path, linger=600)
    java = first.java()
    first.leave()
    second = Client(tmp_path, linger=600)
    assert second.java() == java
    supervisor = psutil.Process(json.loads((tmp_path / "graph" / "state.json").read_text())["supervisor"])
    second.leave()
    supervisor.terminate()
    psutil.wait_procs([supervisor], ENDS_WITHIN)
    assert not psutil.pid_exists(java)


@pytest.mark.parametrize("victims", [("java",), ("supervisor",), ("java", "supervisor"), ("supervisor", "java")], ids="+".join)
def test_a_living_store_goes_on_after_its_server_was_killed(tmp_path, victims):
    with living(tmp_path) as store:
        store.write(one_region())
        lease = lease_of(store)
        java = psutil.Process(lease.java)
        for victim in victims:
            if psutil.pid_exists(pid := getattr(lease, victim)):
                kill(pid)
        java.wait(ENDS_WITHIN)
        assert [node.name for node in store.get(["aland"])] == ["Åland"]
        assert lease_of(store).java != lease.java
        assert store.write(one_region()).nothing
        assert not psutil.pid_exists(lease.java)


def test_all_who_ask_at_once_after_the_server_was_killed_are_answered(tmp_path):
    with living(tmp_path) as store, ThreadPoolExecutor(8) as pool:
        store.write(one_region())
        for _ in range(3):
            lease = lease_of(store)
            for victim in (lease.supervisor, lease.java):
                kill(victim)
            asked = [pool.submit(ask) for _ in range(8) for ask in (store.counts, lambda: store.query("MATCH (r:Region) RETURN r.name").rows)]
            answers = [answer.result() for answer in asked]
            assert all(answer in (store.counts(), (("Åland",),)) for answer in answers)


def test_a_query_that_eats_the_memory_is_said_to_and_the_store_goes_on(tmp_path):
    with living(tmp_path) as store:
        store.write(one_region())
        with pytest.raises(QueryTooLarge, match="PONTE_HEAP"):
            store.query("RETURN size(reduce(s = 'x', i IN range(1, 29) | s + s)) AS n")
        assert [node.name for node in store.get(["aland"])] == ["Åland"]


def test_a_server_that_does_not_end_a_query_is_started_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(watch, "OBEYS_SECONDS", 0.1)
    with living(tmp_path) as store:
        store.write(one_region())
        deaf = psutil.Process(lease_of(store).java)
        monkeypatch.setattr(store._connection.watch, "_terminate", lambda _: None)
        with pytest.raises(QueryTimeout):
            store.query("UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a = -b RETURN count(*) AS n", seconds=0.3)
        deaf.wait(ENDS_WITHIN)
        assert [node.name for node in store.get(["aland"])] == ["Åland"]


def loaded_counts(home: Path) -> dict[str, int]:
    """How much of each kind there is after the command line has finished a load."""
    environ = {**os.environ, "PONTE_LINGER": "0", "NEO4J_URI": "", "PONTE_HOME": str(home)}
    with living(home) as store:
        subprocess.run([sys.executable, "-m", "loaders", "run", "--if-empty"], cwd=TOP, env=environ, check=True, capture_output=True)
        assert store.interrupted() == ""
        return store.counts()


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The counts of a load that nobody disturbed."""
    return loaded_counts(tmp_path_factory.mktemp("whole"))


@pytest.mark.parametrize("share", [0.0, 0.3, 0.8])
def test_a_load_that_was_killed_is_finished_by_running_it_again(tmp_path, whole, share):
    cut = subprocess.run([sys.executable, "-c", KILLED_LOAD, str(tmp_path), str(share)], cwd=TOP, check=False)
    assert cut.returncode == -signal.SIGKILL
    with living(tmp_path) as store:
        assert store.interrupted() == "curated"
        assert store.counts() != whole
    assert loaded_counts(tmp_path) == whole


def test_it_listens_on_loopback_only_and_keeps_its_passwords_to_the_user(tmp_path):
    with living(tmp_path) as store:
        lease = lease_of(store)
        listening = [connection.laddr.ip for pid in (lease.java, lease.supervisor) for connection in psutil.Process(pid).net_connections("inet")
                     if connection.status == psutil.CONN_LISTEN]
        assert len(listening) == 3
        assert {ip.removeprefix("::ffff:") for ip in listening} == {"127.0.0.1"}
        secret = [tmp_path / "graph" / name for name in ("state.json", "db/root.password", "db/reader.password")]
        assert {stat.S_IMODE(file.stat().st_mode) for file in secret} == {0o600}
        assert stat.S_IMODE((tmp_path / "graph" / "db").stat().st_mode) == 0o700
        arguments = psutil.Process(lease.java).cmdline()
        assert "-Darcadedb.txWalFlush=2" in arguments
        assert not any(lease.password in argument or lease.reader_password in argument for argument in arguments)


def test_who_does_not_know_the_token_gets_no_lease_and_no_answer(tmp_path):
    with living(tmp_path) as store:
        state = tmp_path / "graph" / "state.json"
        right = state.read_text()
        state.write_text(json.dumps({**json.loads(right), "token": "wrong"}))
        assert local_server._join(tmp_path / "graph") is None
        state.write_text(right)
        assert store.get(["nothing"]) == ()


def test_what_others_could_read_or_write_is_closed_to_them(tmp_path):
    home = tmp_path / "graph"
    (home / "db").mkdir(parents=True)
    home.chmod(0o777)
    (home / "db" / "root.password").write_text("known-to-everyone")
    with living(tmp_path):
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        assert stat.S_IMODE((home / "db" / "root.password").stat().st_mode) == 0o600


def test_nobody_who_took_the_ports_of_a_killed_supervisor_is_told_a_password(tmp_path):
    home = tmp_path / "graph"
    home.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as thief:
        thief.settimeout(0)
        port = thief.getsockname()[1]
        state = {"lease": port, "token": "old", "bolt": port, "password": "secret", "reader_password": "secret", "java": 1, "supervisor": 1}
        (home / "state.json").write_text(json.dumps(state))
        assert local_server._join(home) is None
        with pytest.raises(BlockingIOError):
            thief.accept()


def test_a_lock_that_cannot_be_taken_is_one_sentence(tmp_path):
    (tmp_path / "graph" / "start.lock").mkdir(parents=True)
    with pytest.raises(SettingsError, match=str(tmp_path)):
        open_store(Settings(home=tmp_path, linger=0))


def test_a_supervisor_that_cannot_start_says_why(tmp_path):
    (tmp_path / "graph" / "db" / "root.password").mkdir(parents=True)
    with pytest.raises(LocalServerFailed, match="Is a directory"):
        open_store(Settings(home=tmp_path, linger=0))


def test_two_homes_are_two_graphs(tmp_path):
    with living(tmp_path / "one") as one, living(tmp_path / "two") as two:
        one.write(one_region())
        assert lease_of(one).java != lease_of(two).java
        assert two.get(["aland"]) == ()


def test_data_stay_where_they_were_after_the_server_has_ended(tmp_path):
    with living(tmp_path) as store:
        store.write(one_region())
    with living(tmp_path) as store:
        assert [node.id for node in store.get(["aland"])] == ["aland"]


def test_a_server_that_cannot_start_says_why_and_where_its_log_is(tmp_path):
    with pytest.raises(LocalServerFailed, match=r"Java ended with status 1.*server\.out"):
        open_store(Settings(home=tmp_path, linger=0, heap="1k"))
    with living(tmp_path) as store:
        assert store.version() == "0"


@pytest.mark.parametrize("which", [1, 2], ids=["bolt", "http"])
def test_a_port_that_another_process_took_first_is_given_up_for_another(tmp_path, monkeypatch, which):
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken, asked, choose = other.getsockname()[1], [], arcadedb.free_port

        def free_port() -> int:
            asked.append(1)
            return taken if len(asked) == which else choose()

        monkeypatch.setattr(arcadedb, "free_port", free_port)
        server = arcadedb.ArcadeDB(tmp_path, "256m")
        try:
            server.start([].append)
            assert len(asked) == 4
            assert taken not in (server.bolt_port, server.http_port)
        finally:
            server.stop()
        other.settimeout(0)
        with pytest.raises(BlockingIOError):  # nobody has told the other process a password, nor anything else
            other.accept()


def test_a_home_that_cannot_be_made_is_named(tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(SettingsError, match=rf"PONTE_HOME is “{file}”.*can be written"):
        open_store(Settings(home=file, linger=0))


def test_without_room_on_the_disk_nothing_is_started(tmp_path, monkeypatch):
    monkeypatch.setattr(local_server, "ROOM_BYTES", 1 << 62)
    with pytest.raises(DiskFull, match=str(tmp_path)):
        open_store(Settings(home=tmp_path, linger=0))
    assert not (tmp_path / "graph" / "db").exists()
