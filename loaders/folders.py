"""Find the loaders: every folder here with a source.yml is a source; its loader.py has one function, `statements`."""

import hashlib
import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import BadFile, BadValue
from graph.model import Source, Statement
from loaders.base import Notes, Run, SourceInfo, read_info
from loaders.known import Known

HERE = Path(__file__).parent
TOP = HERE.parent
MOST_FILES = 200


@dataclass(slots=True)
class FolderLoader:
    """The loader of a folder, with the files that it is to read."""

    info: SourceInfo
    files: tuple[Path, ...]
    known: Known
    read: Callable[[Run], Iterator[Statement]]
    _sources: dict[str, Source] = field(default_factory=dict)

    def sources(self) -> Mapping[str, Source]:
        """The sources that the statements named."""
        return self._sources

    def statements(self, notes: Notes) -> Iterator[Statement]:
        """What `loader.py` yields."""
        return self.read(Run(self.info, self.files, self.known, notes, self._sources))

    def digest(self) -> str:
        """A digest of the files and of the loader itself: where it is the same, a run would read the same."""
        found = hashlib.blake2b(digest_size=12)
        own = (file for pattern in ("*.py", "*.yml") for file in (HERE / self.info.name).glob(pattern))
        for file in (*sorted(own), *self.files):
            found.update(f"{file.name}\x1f{file.stat().st_size}\x1f".encode())
            with file.open("rb") as content:
                while part := content.read(1 << 20):
                    found.update(part)
        return found.hexdigest()


def all_sources() -> dict[str, SourceInfo]:
    """What every source says of itself, by its name."""
    return {file.parent.name: read_info(file.parent) for file in sorted(HERE.glob("*/source.yml"))}


def open_loader(name: str, given: Sequence[Path] = (), known: Known | None = None) -> FolderLoader:
    """The loader of a source, to read these files (or all files of these folders); its own data where it comes with Ponte.

    Raises BadValue for a source that there is not or that needs a file, BadFile for a file that cannot be read.
    """
    infos = all_sources()
    runnable = ", ".join(name for name, info in infos.items() if info.runs)
    if name not in infos or not infos[name].runs:
        raise BadValue(name="The source", value=name, remedy=f"There is: {runnable}.")
    info = infos[name]
    if not given and not info.included:
        raise BadValue(name="The source", value=name, remedy=f"Give its file with --from: {info.file}")
    module = importlib.import_module(f"loaders.{name}.loader")
    return FolderLoader(info, _files(given or [TOP / info.included]), known or Known.nothing(), module.statements)


def _files(given: Sequence[Path]) -> tuple[Path, ...]:
    found: list[Path] = []
    for path in given:
        if not path.exists():
            raise BadFile(file=str(path), problem="it is not there", remedy="Check the name of the file.")
        found += sorted(file for file in path.iterdir() if file.is_file()) if path.is_dir() else [path]
    if len(found) > MOST_FILES:
        raise BadFile(file=str(given[0]), problem=f"the folder holds {len(found):,} files",
                      remedy="Name the file, or a folder with nothing else in it.")
    return tuple(found)
