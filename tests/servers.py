"""Start the two servers that everything is tested on: the local one, and a real Neo4j Community from its jars."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import neo4j
from filelock import FileLock

from graph.settings import Settings
from tests.contract.clearing import CLEAR

FOLDER = Path(__file__).with_name("neo4j")
PASSWORD = "ponte-for-tests"
CONFIGURATION = """
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
db.tx_log.preallocate=false
server.memory.pagecache.size=128m
"""


class Missing(Exception):
    """What a server needs is not on this machine; the message says what."""


@contextlib.contextmanager
def local_server(home: Path | None = None, linger: float = 0.0) -> Iterator[Settings]:
    """Settings of a local server with its data in a folder that is removed at the end."""
    with tempfile.TemporaryDirectory(prefix="ponte-local-", ignore_cleanup_errors=True) as folder:
        yield Settings(home=home or Path(folder), linger=linger, heap="512m")


@contextlib.contextmanager
def neo4j_server() -> Iterator[Settings]:
    """Settings of a real Neo4j: the one of NEO4J_URI where it is set, else one that is started here.

    Raises Missing, also where that of NEO4J_URI holds anything: what is tested or measured empties it.
    """
    if os.environ.get("NEO4J_URI"):
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(Path(folder), os.environ["NEO4J_URI"], os.environ.get("NEO4J_USERNAME", "neo4j"),
                                os.environ.get("NEO4J_PASSWORD", ""), os.environ.get("NEO4J_DATABASE", ""))
            if _asked(settings, "MATCH (n) RETURN 1 AS one LIMIT 1"):
                raise Missing("NEO4J_URI names a database that is not empty, and tests would empty it: unset it, or give them a database of their own")
            try:
                yield settings
            finally:
                while _asked(settings, CLEAR)[0]["gone"]:
                    pass
        return
    jars = neo4j_jars()
    with tempfile.TemporaryDirectory(prefix="ponte-neo4j-", ignore_cleanup_errors=True) as folder:
        port = free_port()
        process = start_neo4j(jars, Path(folder), port)
        try:
            settings = Settings(Path(folder), f"bolt://127.0.0.1:{port}", "neo4j", PASSWORD)
            wait_for(settings, process)
            yield settings
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _asked(settings: Settings, cypher: str) -> list[neo4j.Record]:
    auth = (settings.neo4j_username, settings.neo4j_password)
    with neo4j.GraphDatabase.driver(settings.neo4j_uri, auth=auth) as driver:
        return driver.execute_query(cypher, database_=settings.neo4j_database or None).records


def neo4j_jars() -> Path:
    """The folder of Neo4j's jars, fetched by Maven at first use.

    Raises Missing.
    """
    if not shutil.which("java"):
        raise Missing("a real Neo4j needs Java 17 or later (java is not installed)")
    jars = FOLDER / "lib"
    with FileLock(FOLDER / "lib.lock"):
        if not list(jars.glob("neo4j-server-*.jar")):
            if not shutil.which("mvn"):
                raise Missing("a real Neo4j needs Maven to fetch its jars (mvn is not installed)")
            fetched = subprocess.run(["mvn", "-q", "-B", "dependency:copy-dependencies", "-DincludeScope=runtime", "-DoutputDirectory=lib"],
                                     cwd=FOLDER, capture_output=True, text=True, check=False)
            if fetched.returncode:
                raise Missing(f"Maven could not fetch Neo4j: {fetched.stdout.strip()[-300:]}")
    return jars


def start_neo4j(jars: Path, folder: Path, port: int) -> "subprocess.Popen[bytes]":
    """Start Neo4j with its data in a folder, which may hold those of an earlier start."""
    home, conf = folder / "home", folder / "conf"
    home.mkdir(exist_ok=True)
    conf.mkdir(exist_ok=True)
    (conf / "neo4j.conf").write_text(CONFIGURATION.format(port=port))
    java = ["java", "-Xmx1g", "-XX:+UseParallelGC", "--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "-cp", str(jars / "*")]
    places = [f"--home-dir={home}", f"--config-dir={conf}"]
    with (folder / "neo4j.out").open("wb") as log:
        subprocess.run([*java, "org.neo4j.server.startup.Neo4jAdminCommand", "dbms", "set-initial-password", PASSWORD],
                       env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(conf)}, stdout=log, stderr=log, check=False)
        return subprocess.Popen([*java, "org.neo4j.server.CommunityEntryPoint", *places], stdout=log, stderr=log, stdin=subprocess.DEVNULL)


def wait_for(settings: Settings, process: "subprocess.Popen[bytes]", seconds: float = 120.0) -> None:
    """Return when the server answers and has the password of the tests."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            log = (settings.home / "neo4j.out").read_text(errors="replace")
            raise RuntimeError(f"Neo4j ended with status {process.returncode}: {log[-1500:]}")
        for password in (PASSWORD, "neo4j"):
            with contextlib.suppress(neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError, OSError), \
                    neo4j.GraphDatabase.driver(settings.neo4j_uri, auth=("neo4j", password)) as driver:
                driver.verify_connectivity()  # does not try again by itself, as a transaction would
                if password == PASSWORD:
                    return
                driver.execute_query("ALTER CURRENT USER SET PASSWORD FROM $old TO $new", old=password, new=PASSWORD, database_="system")
        time.sleep(0.2)
    raise TimeoutError("Neo4j did not come up")


def free_port() -> int:
    """A port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
