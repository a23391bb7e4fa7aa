"""Time calls in turn and say it as ratios, so that a drifting machine does not favour either side."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured, the figure, the bound, and whether it holds."""

    what: str
    figure: str
    bound: str
    holds: bool | None


def once(call: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def in_turn(ours: Sequence[Callable[[], object]], theirs: Sequence[Callable[[], object]], warm_up: int = 100) -> tuple[list[float], list[float]]:
    """Seconds of both sides, call by call in turn; who goes first alternates."""
    for index in range(min(warm_up, len(ours))):
        ours[index]()
        theirs[index]()
    mine: list[float] = []
    other: list[float] = []
    for index, (one, two) in enumerate(zip(ours, theirs, strict=True)):
        first, second = ((one, mine), (two, other)) if index % 2 else ((two, other), (one, mine))
        for call, seconds in (first, second):
            seconds.append(once(call))
    return mine, other


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of all values lie."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def ratio_rows(what: str, mine: Sequence[float], other: Sequence[float], bound: float | None) -> list[Row]:
    """Median and p95 of one side over the other's, against an upper bound, where one is wanted."""
    rows = []
    for name, take in (("median", statistics.median), ("p95", lambda v: percentile(v, 0.95))):
        a, b = take(mine), take(other)
        rows.append(Row(f"{what}, {name}", f"{a / b:.2f} ({a * 1000:.1f} / {b * 1000:.1f} ms)", f"<= {bound:g}" if bound else "",
                        a / b <= bound if bound else None))
    return rows


def print_table(title: str, rows: Sequence[Row]) -> None:
    """The rows as aligned text."""
    print(f"\n{title}")
    width = max((len(row.what) for row in rows), default=0)
    for row in rows:
        verdict = "" if row.holds is None else "holds" if row.holds else "FALLS SHORT"
        print(f"  {row.what:{width}}  {row.figure:28} {row.bound:12} {verdict}", flush=True)
