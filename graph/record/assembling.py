"""Assemble nodes and edges from statements: group what speaks of one fact, tell its terms apart, project it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter

from graph.errors import SchemaError
from graph.model import Edge, Facts, Node, Source, Statement
from graph.record.keys import by_classes, ends_of, key_text
from graph.record.offices import Term, settled
from graph.record.projecting import edge_properties, node_properties
from graph.record.terms import split_terms
from graph.schema import Schema

Tie = tuple[str, tuple[str, str]]
ALL_BUT_ABOUT = attrgetter(*(field.name for field in fields(Statement) if field.name != "about"))
"""`about` is the last field; `dataclasses.replace` takes twice as long, and this is done for every statement."""


def assemble(statements: Iterable[Statement], sources: Mapping[str, Source], schema: Schema) -> Facts:
    """The facts that these statements state together; their order does not matter.

    Raises SchemaError if one id is of two kinds, or a statement's source is not among `sources`.
    """
    on_nodes: dict[str, list[Statement]] = defaultdict(list)
    on_ties: dict[Tie, list[Statement]] = defaultdict(list)
    for _, statement in sorted({statement.id: statement for statement in statements}.items()):
        if statement.source not in sources:
            raise SchemaError(what=f"A statement on “{statement.subject}” names the unknown source “{statement.source}”",
                              remedy="Add it to the sources.")
        if statement.object:
            on_ties[statement.kind, ends_of(statement, schema)].append(statement)
        else:
            on_nodes[statement.subject].append(statement)
    nodes = [Node(id, _kind_of(id, group), node_properties(group, sources, schema)) for id, group in sorted(on_nodes.items())]
    terms = [term for (kind, ends), group in on_ties.items() for term in _terms(kind, ends, group, sources, schema)]
    edges = sorted(settled(terms, sources, schema), key=lambda edge: edge.id)
    every = [*on_nodes.items(), *((edge.id, stated) for edge, stated in terms)]
    about = [statement if statement.about == id else Statement(*(*ALL_BUT_ABOUT(statement), id))
             for id, stated in sorted(every, key=lambda pair: pair[0]) for statement in stated]
    used = sorted({statement.source for statement in about})
    return Facts(tuple(nodes), tuple(edges), tuple(about), tuple(sources[id] for id in used))


def _kind_of(id: str, group: Sequence[Statement]) -> str:
    kinds = sorted({statement.kind for statement in group})
    if len(kinds) > 1:
        raise SchemaError(what=f"“{id}” is stated to be {' and '.join(kinds)}", remedy="Give one of them another id.")
    return kinds[0]


def _terms(kind: str, ends: tuple[str, str], group: Sequence[Statement], sources: Mapping[str, Source], schema: Schema) -> list[Term]:
    """The edges that the statements on one tie make, one for each key and term, with who states each."""
    spec = schema.edges[kind]
    found: list[Term] = []
    for classes, stated in by_classes(group, spec).items():
        first_id = key_text(kind, ends, classes)
        for number, term in enumerate(split_terms(stated), 1):
            id = first_id if number == 1 else f"{first_id}|{number}"
            found.append((Edge(id, kind, *ends, edge_properties(term, spec, sources, schema)), term))
    return found
