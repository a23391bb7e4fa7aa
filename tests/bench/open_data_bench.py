"""Measure loading real open data together: whole runs of their loaders against plain batched Cypher, memory, second runs, removal, and
what a reader asks of the graph afterwards.

A whole run reads, checks, compares and writes; plain Cypher only writes what is assembled already. Each run is a process of its own, so
that its memory is that of a load and of nothing else.
"""

import multiprocessing
import random
import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from graph.answers import find_paths
from graph.model import WriteReport
from graph.search import NameIndex
from graph.settings import Settings
from graph.store import Store, open_store
from loaders import runner
from loaders.folders import FolderLoader
from tests.bench import browser_bench
from tests.bench.load_bench import plain_load
from tests.bench.measure import Row, once, percentile
from tests.bench.names_bench import misspelt, slowest
from tests.bench.open_data import NoData, OpenData, opened
from tests.bench.store_bench import ratios
from tests.servers import local_server, neo4j_server
from tests.serving import environ_of

T = TypeVar("T")
CALLS = 100


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: statements that it read, rows that it wrote, its seconds and those of writing, MB of its process at the most."""

    statements: int
    written: int
    seconds: float
    writing: float
    megabytes: float


@dataclass(slots=True)
class _Clock:
    """A progress that notes when each stage began."""

    began: dict[str, float] = field(default_factory=dict)

    def __call__(self, stage: str, done: int, total: int) -> None:
        self.began.setdefault(stage, time.perf_counter())


def rows(share: float = 1.0) -> list[Row]:
    """Both servers; one line where the data are not there."""
    try:
        with opened(share) as (sources, small):
            said = f"{' and '.join(source.name for source in sources)}{'' if share >= 1 else f', the first {share:g} of their rows'}"
            out = [Row(f"loaded together: {said}", "", "", None)]
            for name, server in (("local", local_server), ("Neo4j", neo4j_server)):
                with server() as plain, server() as ours:
                    out += server_rows(name, plain, ours, sources, small)
            return out
    except NoData as missing:
        return [Row(str(missing), "", "", None)]


def server_rows(name: str, plain: Settings, ours: Settings, sources: Sequence[OpenData], small: OpenData) -> list[Row]:
    """One server's rows: the plain load and the loaders' runs in two graphs, source by source in turn."""
    bare_store, store = open_store(plain), open_store(ours)  # their leases keep the local servers between the runs
    try:
        for one in (bare_store, store):
            runner.run(runner.open_source("curated", one), one)
        bare_seconds, first = 0.0, []
        for source in sources:
            bare_seconds += plain_load(bare_store, source.facts(bare_store))
            first.append(apart(run, ours, source))
        counts, found = (one.seeing(None).counts() for one in (bare_store, store))
        if found != counts:
            raise AssertionError(f"the two loads made different graphs: {found} and {counts}")
        return [*load_rows(name, sources, first, bare_seconds), *later_rows(name, ours, sources, small, first), *reader_rows(name, store, ours)]
    finally:
        bare_store.close()
        store.close()


def later_rows(name: str, ours: Settings, sources: Sequence[OpenData], small: OpenData, first: Sequence[Measured]) -> list[Row]:
    """Second runs, what is skipped, and a small source that is loaded and removed again."""
    again = [apart(run, ours, source) for source in sources]
    total, second = (sum(m.seconds for m in runs) for runs in (first, again))
    most = max(m.megabytes for m in (*first, *again))
    out = [Row(f"{name}: memory beside the server's, at the most", f"{most:.0f} MB", "< 1000 MB", most < 1000),
           Row(f"{name}: second run with contents compared, first over second", f"{total / second:.1f} ({total:.0f} / {second:.0f} s)", ">= 2",
               total / second >= 2)]
    out += [Row(f"{name}: {source.name} skipped by its files' hash", f"{apart(skip, ours, source):.2f} s", "", None)
            for source in sources if not source.mapping]
    stated = apart(run, ours, small).statements
    seconds = apart(remove, ours, small)
    return [*out, Row(f"{name}: removal of a source of {stated:,} statements", f"{seconds:.1f} s", "< 10 s", seconds < 10)]


def load_rows(name: str, sources: Sequence[OpenData], first: Sequence[Measured], plain: float) -> list[Row]:
    """What the first runs took, each and together."""
    written, seconds, writing = sum(m.written for m in first), sum(m.seconds for m in first), sum(m.writing for m in first)
    each = [Row(f"{name}: {source.name}, {m.statements:,} statements, {m.written:,} rows written", f"{m.seconds:.0f} s ({m.writing:.0f} s writing)", "", None)
            for source, m in zip(sources, first, strict=True)]
    return [*each,
            Row(f"{name}: rows/s, writing (facts assembled on the way) over plain Cypher", f"{plain / writing:.2f} ({written / writing:,.0f} / {written / plain:,.0f})",
                ">= 0.8", plain / writing >= 0.8),
            Row(f"{name}: rows/s, whole runs (read, checked, compared, written) over plain Cypher",
                f"{plain / seconds:.2f} ({written / seconds:,.0f} / {written / plain:,.0f})", "", None)]


def reader_rows(name: str, store: Store, ours: Settings) -> list[Row]:
    """Search, paths, queries and views on what is now in the graph."""
    dice, every = random.Random(5), store.seeing(None)
    names = every.names()
    index = NameIndex.build(names)
    asked = [text for one in dice.sample(names, CALLS) for _, text in one.names[:1] if len(text) > 3]
    typed = slowest(index.search, [misspelt(text, dice) for text in asked])
    regions = [node.id for node in store.of_kind("Region")]
    pairs = [(a, b) for a, b in (dice.sample(regions, 2) for _ in range(3 * CALLS))]
    out = [Row(f"{name}: a name with a typo among those of {len(names):,} nodes, p95", f"{typed * 1000:.1f} ms", "< 20 ms", typed < 0.02)]
    for what, seen in (("", store), (", all layers", every)):
        p95 = percentile([once(lambda a=a, b=b, seen=seen: find_paths(seen, a, b, on="2020-06-01")) for a, b in pairs[:CALLS]], 0.95)  # type: ignore[misc]
        out.append(Row(f"{name}: dated path between regions{what}, p95", f"{p95 * 1000:.0f} ms", "< 300 ms", p95 < 0.3))
        out += ratios(f"{name}{what}", seen, pairs)
    return [*out, *browser_bench.reader_rows(environ_of(ours.home, **named(ours)), f"{name}: ")]


def named(settings: Settings) -> dict[str, str]:
    """The environment that names these settings' server."""
    if not settings.neo4j_uri:
        return {"PONTE_HEAP": settings.heap}
    return {"NEO4J_URI": settings.neo4j_uri, "NEO4J_USERNAME": settings.neo4j_username, "NEO4J_PASSWORD": settings.neo4j_password}


def apart(work: Callable[[Settings, OpenData], T], settings: Settings, source: OpenData) -> T:
    """What it gives, done in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, settings, source).result()


def run(settings: Settings, source: OpenData) -> Measured:
    """Run a loader; contents are read and compared whatever their files' hash."""
    store, clock = open_store(settings), _Clock()
    try:
        start = time.perf_counter()
        loader = source.loader(store)
        report = runner.run(loader, store, clock, digest=loader.digest() if isinstance(loader, FolderLoader) else "")
        end = time.perf_counter()
    finally:
        store.close()
    return Measured(report.statements, _written(report.written), end - start, end - clock.began.get("write", end), peak_megabytes())


def skip(settings: Settings, source: OpenData) -> float:
    """Seconds to see that the same files were read before."""
    store = open_store(settings)
    try:
        loader = source.loader(store)
        read: list[bool] = []
        seconds = once(lambda: read.append(isinstance(loader, FolderLoader) and runner.was_read(loader, store)))
        if read != [True]:
            raise AssertionError(f"{source.name} would be read again")
        return seconds
    finally:
        store.close()


def remove(settings: Settings, source: OpenData) -> float:
    """Seconds to remove a source."""
    store = open_store(settings)
    try:
        return once(lambda: runner.remove(source.loader(store).info.name, store))
    finally:
        store.close()


def peak_megabytes() -> float:
    """The most memory that this process had; on Linux `getrusage` would count what its parent had when it began."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def _written(report: WriteReport) -> int:
    return report.nodes_new + report.edges_new + report.statements_new
