"""Read Ponte's settings from the environment, once; every room is given the values that it needs."""

import contextlib
import errno
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from graph.errors import DiskFull, SettingsError
from graph.schema import load_schema


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: the variable's name, its default as text, and what it is for."""

    name: str
    default: str
    help: str


SETTINGS = (
    Setting("NEO4J_URI", "", "Address of a Neo4j server, any scheme of its driver (bolt, neo4j, neo4j+s …). Empty: Ponte starts its own."),
    Setting("NEO4J_USERNAME", "neo4j", "User on that server."),
    Setting("NEO4J_PASSWORD", "", "Password of that user."),
    Setting("NEO4J_DATABASE", "", "Database on that server. Empty: the user's home database."),
    Setting("PONTE_HOME", "", "Folder of the local data. Empty: the platform's folder for user data."),
    Setting("PONTE_LINGER", "30", "Seconds that the local server stays after the last Ponte process has ended."),
    Setting("PONTE_HEAP", "512m", "Memory of the local server's Java heap."),
    Setting("PONTE_REGION", "", "The region you work for, as an id or a name: the start of paths."),
    Setting("PONTE_LANGUAGE", "en", "Language of the interface at the first visit: en or it."),
    Setting("PONTE_USER_HEADER", "", "Header in which a trusted proxy names the user, such as X-Remote-User. Empty: people name themselves."),
    Setting("PONTE_ROW_LIMIT", "1000", "Rows that a query may return at the most."),
    Setting("PONTE_TIME_LIMIT", "20", "Seconds that a query may take at the most."),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The values of SETTINGS, checked; times in seconds."""

    home: Path
    neo4j_uri: str = ""
    neo4j_username: str = "neo4j"
    neo4j_password: str = ""
    neo4j_database: str = ""
    linger: float = 30.0
    heap: str = "512m"
    region: str = ""
    language: str = "en"
    user_header: str = ""
    row_limit: int = 1000
    time_limit: float = 20.0


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process; nothing is created on disk.

    Raises SettingsError when a value cannot be used.
    """
    values = {setting.name: environ.get(setting.name, "").strip() or setting.default for setting in SETTINGS}
    home = Path(values["PONTE_HOME"]).expanduser() if values["PONTE_HOME"] else Path(platformdirs.user_data_dir("ponte", appauthor=False))
    return Settings(
        home=home.absolute(),
        neo4j_uri=values["NEO4J_URI"],
        neo4j_username=values["NEO4J_USERNAME"],
        neo4j_password=values["NEO4J_PASSWORD"],
        neo4j_database=values["NEO4J_DATABASE"],
        linger=_number(values, "PONTE_LINGER", 0, 86_400),
        heap=_heap(values["PONTE_HEAP"]),
        region=values["PONTE_REGION"],
        language=_language(values["PONTE_LANGUAGE"]),
        user_header=values["PONTE_USER_HEADER"],
        row_limit=int(_number(values, "PONTE_ROW_LIMIT", 1, 100_000)),
        time_limit=_number(values, "PONTE_TIME_LIMIT", 0.1, 3_600),
    )


@contextlib.contextmanager
def using(home: Path) -> Iterator[None]:
    """Work in the folder of the local data: what the system says of it is said in Ponte's words.

    Raises DiskFull, SettingsError.
    """
    try:
        yield
    except TimeoutError:  # of a lock: it says nothing of the folder
        raise
    except OSError as problem:
        if problem.errno == errno.ENOSPC:
            raise DiskFull(folder=str(home)) from problem
        raise SettingsError(name="PONTE_HOME", value=str(home),
                            remedy=f"It cannot be used ({problem.strerror}); set it to a folder that can be written.") from problem


def _number(values: Mapping[str, str], name: str, low: float, high: float) -> float:
    try:
        number = float(values[name])
    except ValueError:
        number = float("nan")
    if not low <= number <= high:
        raise SettingsError(name=name, value=values[name], remedy=f"Set it to a number from {low:g} to {high:g}, or remove it.")
    return number


def _heap(value: str) -> str:
    if not (value[:-1].isdigit() and value[-1:] in "mMgG"):
        raise SettingsError(name="PONTE_HEAP", value=value, remedy="Set it to a size such as 512m or 2g, or remove it.")
    return value


def _language(value: str) -> str:
    known = load_schema().languages
    if value not in known:
        raise SettingsError(name="PONTE_LANGUAGE", value=value, remedy=f"Set it to one of {', '.join(known)}, or remove it.")
    return value
