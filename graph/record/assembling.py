"""Assemble nodes and edges from statements: group what speaks of one fact, tell its terms apart, project it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter

from graph.errors import SchemaError
from graph.model import Edge, Facts, Node, Source, Statement
from graph.record.deciding import held_back, stands
from graph.record.keys import by_classes, ends_of, key_text
from graph.record.offices import Term, settled
from graph.record.projecting import edge_properties, node_properties
from graph.record.sameness import Sameness, sameness
from graph.record.terms import split_terms
from graph.schema import Schema

Tie = tuple[str, tuple[str, str]]
ALL_BUT_ABOUT = attrgetter(*(field.name for field in fields(Statement) if field.name != "about"))
"""`about` is the last field; `dataclasses.replace` takes twice as long, and this is done for every statement."""


def assemble(statements: Iterable[Statement], sources: Mapping[str, Source], schema: Schema, same: Sameness | None = None) -> Facts:
    """The facts that these statements state together; their order does not matter.

    `same` says which nodes a person has judged to be one, where these statements are a part of the record; else they say so themselves.
    Statements that are kept and projected nowhere are about nothing ("").

    Raises SchemaError if one id is of two kinds, or a statement's source is not among `sources`.
    """
    known = dict(sorted({statement.id: statement for statement in statements}.items()))
    same = sameness(known.values()) if same is None else same
    back = held_back(known.values())
    on_nodes, on_ties = _grouped((statement for id, statement in known.items() if id not in back), sources, schema, same)
    nodes = [Node(id, _kind_of(id, group), node_properties(id, group, sources, schema, same)) for id, group in sorted(on_nodes.items())
             if stands(group)]
    terms = [term for (kind, ends), group in on_ties.items() for term in _terms(kind, ends, group, sources, schema, same)]
    edges = sorted(settled([term for term in terms if stands(term[1])], sources, schema), key=lambda edge: edge.id)
    every = [*on_nodes.items(), *((edge.id, stated) for edge, stated in terms)]
    placed = {statement.id: id for id, stated in every for statement in stated}
    about = [_about(statement, placed.get(id, "")) for id, statement in sorted(known.items(), key=lambda pair: (placed.get(pair[0], ""), pair[0]))]
    used = sorted({statement.source for statement in about})
    return Facts(tuple(nodes), tuple(edges), tuple(about), tuple(sources[id] for id in used))


def _grouped(statements: Iterable[Statement], sources: Mapping[str, Source], schema: Schema,
             same: Sameness) -> tuple[dict[str, list[Statement]], dict[Tie, list[Statement]]]:
    """The statements on each node and on each tie; none on a tie of which both ends are one."""
    on_nodes: dict[str, list[Statement]] = defaultdict(list)
    on_ties: dict[Tie, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.source not in sources:
            raise SchemaError(what=f"A statement on “{statement.subject}” names the unknown source “{statement.source}”",
                              remedy="Add it to the sources.")
        if not statement.object:
            on_nodes[same.of(statement.subject)].append(statement)
        elif (ends := ends_of(statement, schema, same))[0] != ends[1] or statement.subject == statement.object:
            on_ties[statement.kind, ends].append(statement)
    return on_nodes, on_ties


def _about(statement: Statement, id: str) -> Statement:
    return statement if statement.about == id else Statement(*(*ALL_BUT_ABOUT(statement), id))


def _kind_of(id: str, group: Sequence[Statement]) -> str:
    kinds = sorted({statement.kind for statement in group})
    if len(kinds) > 1:
        raise SchemaError(what=f"“{id}” is stated to be {' and '.join(kinds)}", remedy="Give one of them another id.")
    return kinds[0]


def _terms(kind: str, ends: tuple[str, str], group: Sequence[Statement], sources: Mapping[str, Source], schema: Schema,
           same: Sameness) -> list[Term]:
    """The edges that the statements on one tie make, one for each key and term, with who states each."""
    spec = schema.edges[kind]
    found: list[Term] = []
    for classes, stated in by_classes(group, spec).items():
        first_id = key_text(kind, ends, classes)
        for number, term in enumerate(split_terms(stated), 1):
            id = first_id if number == 1 else f"{first_id}|{number}"
            found.append((Edge(id, kind, *ends, edge_properties(term, spec, sources, schema, same)), term))
    return found
