"""Assemble nodes and edges from statements: group what speaks of one fact, tell its terms apart, project it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any, TypeVar

from graph.errors import SchemaError
from graph.model import DIPLOMACY, Edge, Facts, Node, Source, Statement, Value
from graph.record.deciding import held_back, makes_fact, stands
from graph.record.keys import Bearing, by_classes, ends_of, key_text
from graph.record.layers import apart, layers_of
from graph.record.offices import Term, settled
from graph.record.projecting import edge_properties, node_properties
from graph.record.sameness import APART, Sameness, sameness
from graph.record.terms import split_terms
from graph.schema import Schema

T = TypeVar("T", bound=Any)
Tie = tuple[str, tuple[str, str]]
SAID = attrgetter(*(field.name for field in fields(Statement) if field.name not in ("about", "first_seen", "_id")))
"""`about` and `first_seen` are the last fields; `dataclasses.replace` takes twice as long, and this is done for every statement."""
PART = 10_000
"""Statements in one part: some batches of the store's."""
BY_ID = attrgetter("id")


class Gathering:
    """Statements grouped by what they speak of, each once: nodes by the id that stands for them, ties by kind and ends."""

    def __init__(self, schema: Schema, statements: Iterable[Statement] = (), same: Sameness = APART) -> None:
        self._schema = schema
        self._same = same
        self.nodes: dict[str, dict[str, Statement]] = {}
        self.ties: dict[Tie, dict[str, Statement]] = {}
        self.kinds: dict[str, str] = {}
        for statement in statements:
            self.add(statement)

    def add(self, statement: Statement) -> None:
        """Take a statement in; one that says the same takes the place of the one before.

        Raises SchemaError if it states a node to be of another kind than before.
        """
        if statement.object:
            self.ties.setdefault((statement.kind, ends_of(statement, self._schema, self._same)), {})[statement.id] = statement
            return
        id = self._same.of(statement.subject)
        kind = self.kinds.setdefault(id, statement.kind)
        if kind != statement.kind:
            raise SchemaError(what=f"“{id}” is stated to be {' and '.join(sorted((kind, statement.kind)))}", remedy="Give one of them another id.")
        self.nodes.setdefault(id, {})[statement.id] = statement

    def __iter__(self) -> Iterator[Statement]:
        for group in (*self.nodes.values(), *self.ties.values()):
            yield from group.values()

    def __len__(self) -> int:
        return sum(map(len, self.nodes.values())) + sum(map(len, self.ties.values()))

    @property
    def groups(self) -> int:
        """How many nodes and ties are spoken of."""
        return len(self.nodes) + len(self.ties)

    def touching(self, bearing: Bearing) -> "Gathering":
        """What has a bearing on some facts, in groups of its own."""
        part = Gathering(self._schema, same=self._same)
        part.nodes = {id: dict(self.nodes[id]) for id in bearing.nodes if id in self.nodes}
        part.kinds = {id: self.kinds[id] for id in part.nodes}
        ties = {(kind, (a, b)) for kind, a, b in bearing.ties}
        part.ties = {tie: dict(group) for tie, group in self.ties.items() if tie in ties or (tie[0], tie[1][1]) in bearing.offices}
        return part

    def facts(self, sources: Mapping[str, Source]) -> Iterator[Facts]:
        """The facts that these statements state together, nodes first, in parts of about PART statements.

        The holders of one office, whose ends follow from each other, are in one part. Statements that are kept and projected nowhere
        are about nothing ("").
        """
        for ids in _parts({id: len(group) for id, group in self.nodes.items()}):
            yield self._nodes(ids, sources)
        offices: dict[tuple[str, ...], list[Tie]] = defaultdict(list)
        for kind, ends in self.ties:
            offices[(kind, ends[1]) if self._schema.edges[kind].single_holder else (kind, *ends)].append((kind, ends))
        for keys in _parts({key: sum(len(self.ties[tie]) for tie in ties) for key, ties in offices.items()}):
            yield self._edges([tie for key in keys for tie in offices[key]], sources)

    def _nodes(self, ids: Iterable[str], sources: Mapping[str, Source]) -> Facts:
        nodes: list[Node] = []
        about: list[Statement] = []
        for id in ids:
            said, back = _counting(self.nodes[id].values())
            if stands(said):
                nodes.append(Node(id, self.kinds[id], self._node(id, said, sources)))
            about += [*(speaking_of(id, statement) for statement in said), *(speaking_of("", statement) for statement in back)]
        return Facts(tuple(nodes), (), tuple(about))

    def _node(self, id: str, said: Sequence[Statement], sources: Mapping[str, Source]) -> dict[str, Value]:
        own, others = apart(said, sources)
        found = node_properties(id, own or said, sources, self._schema, self._same)
        if own and others:
            found |= layers_of(filter(makes_fact, said), sources)
            names = [statement for statement in others if statement.property == "aliases"]
            if more := names and node_properties(id, [*own, *names], sources, self._schema, self._same).get("aliases"):
                found["aliases"] = more
        return found

    def _edges(self, ties: Iterable[Tie], sources: Mapping[str, Source]) -> Facts:
        terms: list[Term] = []
        beside: list[Term] = []
        about: list[Statement] = []
        for tie in ties:
            said, back = _counting(self.ties[tie].values())
            if tie[1][0] == tie[1][1]:  # a tie of which both ends are one, unless it was stated so
                back += [statement for statement in said if statement.subject != statement.object]
                said = [statement for statement in said if statement.subject == statement.object]
            own, others = apart(said, sources)
            terms += self._terms(tie, own, sources)
            beside += self._terms(tie, others, sources)
            about += [speaking_of("", statement) for statement in back]
        spoken = {statement.id: speaking_of(edge.id, statement) for edge, stated in (*beside, *terms) for statement in stated}
        return Facts((), tuple(self._settled(terms, beside, sources)), (*about, *spoken.values()))

    def _settled(self, terms: Iterable[Term], beside: Iterable[Term], sources: Mapping[str, Source]) -> Iterator[Edge]:
        """The edges of diplomacy, and those that only other layers state; what both state is told from the first."""
        told = {edge.id: edge for edge, stated in beside if stands(stated)}
        edges = settled([term for term in terms if stands(term[1])], sources, self._schema)
        for edge in edges:
            other = told.pop(edge.id, None)
            yield _in_layers_too(edge, other) if other else edge
        yield from settled([(edge, stated) for edge, stated in beside if edge.id in told], sources, self._schema)

    def _terms(self, tie: Tie, said: Sequence[Statement], sources: Mapping[str, Source]) -> list[Term]:
        """The edges that the statements on one tie make, one for each key and term, with who states each."""
        kind, ends = tie
        spec = self._schema.edges[kind]
        found: list[Term] = []
        for classes, stated in by_classes(said, spec).items():
            first_id = key_text(kind, ends, classes)
            for number, term in enumerate(split_terms(stated), 1):
                id = first_id if number == 1 else f"{first_id}|{number}"
                found.append((Edge(id, kind, *ends, edge_properties(term, spec, sources, self._schema, self._same)), term))
        return found


def assemble(statements: Iterable[Statement], sources: Mapping[str, Source], schema: Schema, same: Sameness | None = None) -> Facts:
    """The facts that these statements state together; their order does not matter.

    `same` says which nodes a person has judged to be one, where these statements are a part of the record; else they say so themselves.
    Statements that are kept and projected nowhere are about nothing ("").

    Raises SchemaError if one id is of two kinds, or a statement's source is not among `sources`.
    """
    every = list(statements)
    check_sources(every, sources)
    parts = list(Gathering(schema, every, sameness(every) if same is None else same).facts(sources))
    used = sorted({statement.source for part in parts for statement in part.statements})
    return Facts(tuple(sorted((node for part in parts for node in part.nodes), key=BY_ID)),
                 tuple(sorted((edge for part in parts for edge in part.edges), key=BY_ID)),
                 tuple(sorted((statement for part in parts for statement in part.statements), key=attrgetter("about", "id"))),
                 tuple(sources[id] for id in used))


def check_sources(statements: Iterable[Statement], sources: Collection[str]) -> None:
    """Raise SchemaError at the first statement whose source is not among `sources`."""
    for statement in statements:
        if statement.source not in sources:
            raise SchemaError(what=f"A statement on “{statement.subject}” names the unknown source “{statement.source}”",
                              remedy="Add it to the sources.")


def _in_layers_too(edge: Edge, other: Edge) -> Edge:
    """An edge of diplomacy that is also one of other layers."""
    layers = other.properties.get("layers")
    return replace(edge, properties={**edge.properties, "layers": tuple(sorted({DIPLOMACY, *layers}))}) if isinstance(layers, tuple) else edge


def speaking_of(about: str, statement: Statement) -> Statement:
    """The same statement with the node or edge that it states."""
    if statement.about == about:
        return statement
    said = Statement(*(*SAID(statement), about, statement.first_seen))
    object.__setattr__(said, "_id", statement.id)  # the same words: no need to digest them again
    return said


def _counting(group: Iterable[Statement]) -> tuple[list[Statement], list[Statement]]:
    """Statements on one fact, by id: those that count, and those that are held back."""
    said = sorted(group, key=BY_ID)
    back = held_back(said) if any(statement.verdict for statement in said) else frozenset()
    return [statement for statement in said if statement.id not in back], [statement for statement in said if statement.id in back]


def _parts(sizes: Mapping[T, int]) -> Iterator[list[T]]:
    """Keys in order, in lists whose sizes make up about PART."""
    part: list[T] = []
    total = 0
    for key in sorted(sizes):
        part.append(key)
        total += sizes[key]
        if total >= PART:
            yield part
            part, total = [], 0
    if part:
        yield part
