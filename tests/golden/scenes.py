"""Name the golden scenes: small pictures that must not change unseen. Each is a subgraph and a view of it."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from graph.schema import load_schema
from graph.view import Scene, ViewSpec, make_scene
from tests.golden.subgraphs import bridge, twinned

FOLDER = Path(__file__).with_name("scenes")
FOCUS = ("norland", "sudmark")
PATH = ("PARTY_TO:norland:accord", "PARTY_TO:sudmark:accord")
SPECS: Mapping[str, ViewSpec] = {
    "bridge": ViewSpec(title="What connects Norland and Sudmark?", subtitle="One accord", focus=FOCUS, path=PATH, on="2024-06-01",
                       version="3", source_line="2 sources: Norland and Sudmark"),
    "ponte": ViewSpec(title="Che cosa unisce?", language="it", focus=FOCUS, on="2024-06-01", theme="grey"),
    "filtered": ViewSpec(title="Without sectors", hidden_kinds=frozenset({"Sector"}), hidden=frozenset({"cy"}), theme="dark",
                         positions={"norland": (-300.0, 0.0), "sudmark": (300.0, 0.0), "accord": (0.0, 0.0)}),
    "layers": ViewSpec(title="Norland, Sudmark and their towns", focus=FOCUS, on="2024-06-01", layers=("lobbying", "twinning")),
}
SUBGRAPHS = {"layers": twinned}


def scene(name: str) -> Scene:
    """The scene as it is made today."""
    return make_scene(SUBGRAPHS.get(name, bridge)(), SPECS[name], load_schema())


def text(name: str) -> str:
    """Today's scene as the text that its file holds."""
    return json.dumps(asdict(scene(name)), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
