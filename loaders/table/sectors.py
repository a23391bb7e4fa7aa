"""Tell which sectors a wording means by the map that comes with Ponte: "3D printing" is manufacturing, "academia" education and research."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from graph.search import fold

SECTOR_MAP = Path(__file__).parents[2] / "data" / "sector_map.csv"


@cache
def sector_map() -> Mapping[str, tuple[str, ...]]:
    """The ids of sectors by a folded wording."""
    found: dict[str, list[str]] = {}
    with SECTOR_MAP.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(fold(row["as_stated"]), []).append(row["sector_id"])
    return {wording: tuple(dict.fromkeys(ids)) for wording, ids in found.items()}
