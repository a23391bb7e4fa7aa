"""Read the saved questions: one `.cypher` file each, its title, description and parameters in the comments at its top."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.errors import SchemaError

FOLDER = Path(__file__).parent
KINDS = ("region", "network", "sector", "date", "text", "number")
HEADER = re.compile(r"^// (title|description)\.(\w\w): (.+)$|^// parameter: (\w+) (\w+)(?: (.+))?$")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value to fill in: `kind` is one of KINDS; a region, network or sector is given to the query by its id."""

    name: str
    kind: str
    default: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A saved question; texts by language."""

    name: str
    title: dict[str, str]
    description: dict[str, str]
    parameters: tuple[Parameter, ...]
    cypher: str


@cache
def load_questions(folder: Path = FOLDER) -> tuple[Question, ...]:
    """All saved questions, by name.

    Raises SchemaError for a file whose head cannot be read.
    """
    return tuple(_read(path) for path in sorted(folder.glob("*.cypher")))


def _read(path: Path) -> Question:
    texts: dict[str, dict[str, str]] = {"title": {}, "description": {}}
    parameters = []
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [line for line in lines if line.startswith("//")]
    for line in head:
        found = HEADER.match(line)
        if not found or (found[5] and found[5] not in KINDS):
            raise SchemaError(what=f"{path.name}: “{line}” is no title, description or parameter", remedy=f"Kinds are {', '.join(KINDS)}.")
        if found[1]:
            texts[found[1]][found[2]] = found[3]
        else:
            parameters.append(Parameter(found[4], found[5], found[6] or ""))
    if "en" not in texts["title"]:
        raise SchemaError(what=f"{path.name} has no English title", remedy="Add “// title.en: …” at its top.")
    cypher = "\n".join(line for line in lines if not line.startswith("//")).strip()
    return Question(path.stem, texts["title"], texts["description"], tuple(parameters), cypher)
