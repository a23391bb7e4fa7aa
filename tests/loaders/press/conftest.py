"""Readings over the curated data, and over a small invented world."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import Edge, Node
from loaders.press import Gazetteer, Reading, read_text

DATA = Path(__file__).parents[3] / "data"
Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.from_folder(DATA)


@pytest.fixture(scope="session")
def read(gazetteer: Gazetteer) -> Read:
    """Read a text with the curated names."""
    def reading(text: str, date: str | None = "2025-06-11", **more: str) -> Reading:
        return read_text(text, gazetteer, document="page", date=date, **more)
    return reading


@pytest.fixture(scope="session")
def invented() -> Gazetteer:
    """Two regions of Utopia, one of Lilliput, a network and a head of government."""
    nodes = [Node("norland", "Region", {"name": "Norland", "name_it": "Norlandia", "country": "UT", "aliases": ("Free State of Norland",)}),
             Node("lower-norland", "Region", {"name": "Lower Norland", "name_it": "Bassa Norlandia", "country": "UT"}),
             Node("mildendo", "Region", {"name": "Mildendo-Sur-Mer", "country": "LI"}),
             Node("ring", "Network", {"name": "Ring of Regions", "acronym": "RING", "aliases": ("Fair Meeting",)}),
             Node("fair", "Event", {"name": "Fair Meeting", "kind": "event series"}),
             Node("ada-lund", "Leader", {"name": "Ada Lund"}), Node("tourism", "Sector", {"name": "tourism", "name_it": "turismo"}),
             Node("agr-old", "Agreement", {"name": "Old pact", "date": "2020-05-04", "kind": "pact"})]
    edges = [Edge("1", "LEADS", "ada-lund", "norland", {"office": "premier", "office_kind": "head", "since": "2019-01-01", "until": "2024-12-31"}),
             Edge("2", "PARTY_TO", "norland", "agr-old"), Edge("3", "PARTY_TO", "mildendo", "agr-old")]
    return Gazetteer.build(nodes, edges)


def nodes(reading: Reading, kind: str) -> set[str]:
    """Ids of the nodes of a kind that a reading proposes."""
    return {p.id for p in reading.proposals if not p.is_edge and p.kind == kind}


def edges(reading: Reading, kind: str) -> set[tuple[str, str]]:
    """Ends of the edges of a kind that a reading proposes."""
    return {(p.source, p.target) for p in reading.proposals if p.is_edge and p.kind == kind}


def only(reading: Reading, kind: str) -> dict[str, object]:
    """The properties of the one proposal of a kind."""
    (found,) = [p for p in reading.proposals if p.kind == kind]
    return dict(found.properties)
