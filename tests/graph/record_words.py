"""Say things in tests: fictional regions, networks and people, and sources of every tier."""

from graph.model import TIERS, Edge, Facts, Node, Source, Statement
from graph.record import assemble
from graph.schema import load_schema

SCHEMA = load_schema()
SOURCES = {tier: Source(tier, publisher=f"Publisher of {tier}", tier=tier, date="2024-05-01") for tier in TIERS}
SOURCES |= {
    "gazette": Source("gazette", publisher="Gazette", tier="press", date="2024-05-01"),
    "herald": Source("herald", publisher="Herald", tier="press", date="2024-05-01"),
    "herald-2": Source("herald-2", publisher="Herald", tier="press", date="2024-06-01"),
    "mirror": Source("mirror", publisher="Mirror", tier="copy", origin="Gazette", date="2025-09-09"),
    "undated": Source("undated", publisher="Leaflet", tier="press"),
}


def member(source="gazette", *, region="avalon", network="league", place="row 1", observed="", confidence="stated", **qualifiers) -> Statement:
    """Avalon is in the League."""
    return Statement("MEMBER_OF", region, source, object=network, qualifiers=qualifiers, place=place, observed=observed, confidence=confidence)


def head(person, source="gazette", *, region="avalon", place="row 1", observed="", confidence="stated", **qualifiers) -> Statement:
    """A person is head of government of Avalon."""
    return Statement("LEADS", person, source, object=region, qualifiers={"office_kind": "head", **qualifiers}, place=place, observed=observed,
                     confidence=confidence)


def value(property, value, source="gazette", *, kind="Region", id="avalon", **more) -> Statement:
    """Avalon has a property."""
    return Statement(kind, id, source, property=property, value=value, place=f"{property}={value}", **more)


def facts(*statements: Statement) -> Facts:
    """What these statements state together."""
    return assemble(statements, SOURCES, SCHEMA)


def edges(*statements: Statement) -> list[Edge]:
    """The edges that they make."""
    return list(facts(*statements).edges)


def edge(*statements: Statement) -> Edge:
    """The one edge that they make."""
    (only,) = facts(*statements).edges
    return only


def node(*statements: Statement) -> Node:
    """The one node that they make."""
    (only,) = facts(*statements).nodes
    return only


def heads(*statements: Statement) -> dict[str, Edge]:
    """The edges of heads by person."""
    return {edge.source: edge for edge in facts(*statements).edges}


