"""The open data of the bench: where they lie, how each is opened as any user would, and a first share of their rows where all take too long."""

import gzip
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.model import Facts
from graph.record import Gathering, sameness
from graph.schema import load_schema
from graph.store import Store
from loaders import runner
from loaders.base import Loader, Notes
from loaders.folders import FolderLoader, all_sources
from loaders.table.loader import TableLoader, naming_of
from loaders.table.mapping_file import load_mapping
from loaders.table.opening import Given, open_tables

TOP = Path(__file__).parents[2]
MAPPINGS = TOP / "tests/loaders/table/mappings"


class NoData(Exception):
    """The open data are not on this machine."""


@dataclass(frozen=True, slots=True)
class OpenData:
    """One source: its loader's name, or its mapping, and the files to read."""

    name: str
    files: tuple[Path, ...]
    mapping: str = ""
    whole: bool = True

    def loader(self, store: Store) -> FolderLoader | TableLoader:
        """Its loader; of an excerpt nothing is expected."""
        if self.mapping:
            schema = load_schema()
            mapping = load_mapping(MAPPINGS / self.mapping, schema)
            mapping = mapping if self.whole else replace(mapping, expectations={})
            return TableLoader(open_tables([Given.path(file) for file in self.files], mapping.form), mapping, schema, lambda: naming_of(store))
        loader = runner.open_source(self.name, store, self.files)
        if not self.whole:
            loader.info = replace(loader.info, expectations={}, filled={})
        return loader

    def facts(self, store: Store) -> Facts:
        """All that it makes of an otherwise curated graph, for the plain load; what is in the graph already is left out."""
        schema = load_schema()
        loader: Loader = self.loader(store)
        own = Gathering(schema, loader.statements(Notes()), sameness(store.judgements()))
        sources = loader.sources()
        there = store.present(own.kinds)
        ties = {id for found in store.ties_at(there).values() for id in found}
        parts = list(own.facts(sources))
        return Facts(tuple(node for part in parts for node in part.nodes if node.id not in there),
                     tuple(edge for part in parts for edge in part.edges if edge.id not in ties), tuple(chain.from_iterable(part.statements for part in parts)),
                     tuple(sources[id] for id in sorted({statement.source for statement in own})))


def folder() -> Path:
    """Where the data lie. Raises NoData."""
    found = Path(os.environ.get("PONTE_BENCH_DATA") or TOP.parent / "shared/data")
    if not (found / "cordis-h2020").is_dir():
        raise NoData(f"The open data are not in {found}: set PONTE_BENCH_DATA to the folder that holds cordis-h2020 and the others.")
    return found


@contextmanager
def opened(share: float) -> Iterator[tuple[list[OpenData], OpenData]]:
    """The sources that are loaded together, and a small one to be removed again."""
    data = folder()
    with TemporaryDirectory(prefix="ponte-open-data-") as name:
        def cut(file: Path, keep: Callable[[int], int]) -> Path:
            return _excerpt(file, Path(name) / file.parent.name, keep)

        def first(count: int) -> int:
            return max(200, int(count * share)) if share < 1 else count

        whole = share >= 1
        sources = [OpenData("twinning", (cut(data / "wikidata-p190-2016/relations.tsv", first), data / "wikidata-p190-2016/names.tsv"), whole=whole)]
        if "transparency" in all_sources():
            sources.append(OpenData("transparency", (cut(data / "eu-transparency-register-2018/tr_2018-10.jsonl.gz", first),), whole=whole))
        sources.append(OpenData("H2020", (cut(data / "cordis-h2020/h2020.csv.gz", first),), "cordis-h2020.yml", whole))
        kohesio = cut(data / "kohesio-beneficiaries-2023/kohesio-data-export.tsv", lambda _: 1_400)
        yield sources, OpenData("Kohesio", (kohesio,), "kohesio-beneficiaries.yml", whole=False)


def _excerpt(file: Path, into: Path, keep: Callable[[int], int]) -> Path:
    """The file itself, or a copy of its first lines in a folder of the same name, which tells the year."""
    unpacked = gzip.open if file.suffix == ".gz" else open
    with unpacked(file, "rb") as lines:
        count = sum(1 for _ in lines)
    if keep(count) >= count:
        return file
    into.mkdir(exist_ok=True)
    copy = into / file.name.removesuffix(".gz")
    with unpacked(file, "rb") as lines, copy.open("wb") as out:
        out.writelines(islice(lines, keep(count)))
    return copy
