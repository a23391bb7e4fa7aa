"""Compare what a run states with what is stored, and say what the graph must become: no more than what is new or gone touches."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from graph.errors import SchemaError
from graph.model import DIPLOMACY, Facts, Node, Source, Statement
from graph.record import Bearing, Gathering, Sameness, bearing
from graph.schema import Schema
from graph.store import Store
from graph.store.writing import batches


@dataclass(frozen=True, slots=True)
class Difference:
    """How many statements are new, say something else than before, and are gone; how many nodes and ties are new or gone, by kind."""

    new: int = 0
    changed: int = 0
    gone: int = 0
    facts_new: Mapping[str, int] | None = None
    facts_gone: Mapping[str, int] | None = None

    @property
    def nothing(self) -> bool:
        """Whether all is as before."""
        return not (self.new or self.changed or self.gone)


class Rewriting:
    """What must be assembled and written where some statements of a loader are new and others are gone."""

    def __init__(self, own: Gathering, stored: Collection[str], store: Store, schema: Schema, same: Sameness, *, gone: Sequence[str],
                 whole: bool = False) -> None:
        """`same`: which nodes a person has judged to be one. `whole`: all that is stated is looked at, new or not.

        Raises SchemaError where a tie ends at what nobody states, or one id is of two kinds.
        """
        self._store = store
        self._same = same
        self.gone = gone
        self._gone = frozenset(gone)
        self.lost = store.statements_of(gone)
        self.new = [statement for statement in own if statement.id not in stored]
        touched = bearing([*(own if whole else self.new), *self.lost], schema, [same])
        self._work = own if len(self.new) == len(own) else own.touching(touched)
        self.present = store.present({*map(same.of, touched.nodes), *(same.of(end) for _, a, b in touched.ties for end in (a, b))})
        self._check_ends(own)
        self._abouts: dict[str, str] = {}
        self._take_in(self._stored_around(touched))
        if whole:
            self._take_in(store.statements_of(s.id for s in self._work if s.id in stored and s.id not in self._abouts))
        self._before = {*self._abouts.values(), *(statement.about for statement in self.lost)} - {""}

    @property
    def total(self) -> int:
        """About how many rows will be written."""
        return self._work.groups + len(self.new) + len(self.gone)

    def parts(self, sources: Mapping[str, Source]) -> Iterator[Facts]:
        """The facts to write, in parts: sources, nodes, ties, then what nobody states any more."""
        yield Facts(sources=tuple(sources[id] for id in sorted({statement.source for statement in self.new})))
        left = set(self._before)
        for part in _ahead(self._work.facts(self._known(sources))):
            left -= {node.id for node in part.nodes} | {edge.id for edge in part.edges}
            yield replace(part, statements=tuple(s for s in part.statements if self._abouts.get(s.id) != s.about))
        yield self._left_over(left)

    def statements(self) -> Difference:
        """How many statements are new, changed and gone."""
        changed = (Counter(map(_place, self.new)) & Counter(map(_place, self.lost))).total()
        return Difference(len(self.new) - changed, changed, len(self.gone) - changed)

    def difference(self, sources: Mapping[str, Source]) -> Difference:
        """What writing it would change, facts by kind too."""
        known = self._known(sources)
        left = set(self._before)
        fresh: Counter[str] = Counter()
        for part in self._work.facts(known):
            facts = [(node.id, node.kind) for node in part.nodes] + [(edge.id, edge.kind) for edge in part.edges]
            fresh.update(kind for id, kind in facts if id not in left)
            left -= {id for id, _ in facts}
        over = self._left_over(left)
        kinds = [self.present[id] for id in over.gone_nodes] + [id.partition("|")[0] for id in over.gone_edges]
        return replace(self.statements(), facts_new=+fresh, facts_gone=Counter(kinds))

    def _known(self, sources: Mapping[str, Source]) -> Mapping[str, Source]:
        others = {statement.source for statement in self._work} - sources.keys()
        return {**{source.id: source for source in self._store.sources(others)}, **sources}

    def _check_ends(self, own: Gathering) -> None:
        for kind, ends in self._work.ties:
            for end in ends:
                if end not in own.kinds and end not in self.present:
                    raise SchemaError(what=f"{kind} ends at “{end}”, which nobody states", remedy="State that node too, or correct its id.")

    def _stored_around(self, touched: Bearing) -> Iterator[Statement]:
        """All that the graph holds about the facts that are touched, whoever states it."""
        of, present = self._same.of, self.present
        nodes = sorted(id for id in touched.nodes if of(id) in present)
        ties = sorted((kind, a, b) for kind, a, b in touched.ties if of(a) in present and of(b) in present)
        for some in batches(nodes):  # not all at once: of a whole source they would be in memory twice
            yield from self._store.statements_on(some, ())
        for between in batches(ties):
            yield from self._store.statements_on((), between)
        absent = {of(end) for _, a, b in touched.ties for end in (a, b)} - present.keys()
        if absent:  # what a person set aside is nowhere in the graph, and yet has a bearing
            yield from self._store.said_by_people(absent)
        holders = sorted({of(target) for _, target in touched.offices if of(target) in present})
        if holders:
            kinds = sorted({kind for kind, _ in touched.offices})
            edges = [edge for edge in self._store.seeing(None).adjacent(holders, kinds=kinds) if edge.target in holders]
            self.present |= self._store.present(edge.source for edge in edges)
            yield from self._store.statements(edge.id for edge in edges)

    def _take_in(self, stored: Iterator[Statement] | Collection[Statement]) -> None:
        for statement in stored:
            self._abouts[statement.id] = statement.about
            if statement.id not in self._gone:
                self._work.add(statement)

    def _left_over(self, left: Collection[str]) -> Facts:
        """What goes. A node that something is still tied to stays, with nothing said of it; a bare one goes with its last tie."""
        edges = {id for id in left if "|" in id}
        nodes = {id for id in left if id in self.present}
        ends = {end for id in edges for end in id.split("|")[1:3]} - nodes
        candidates = nodes | set(self._store.unstated(ends))
        tied = {id: layers for id, ties in self._store.ties_at(candidates).items()
                if (layers := [layer for edge, on in ties.items() if edge not in edges for layer in on])}
        bare = tuple(Node(id, self.present[id], _bare(tied[id])) for id in sorted(nodes & tied.keys()))
        return Facts(bare, gone_nodes=tuple(sorted(candidates - tied.keys())), gone_edges=tuple(sorted(edges)))


def _ahead(parts: Iterator[Facts]) -> Iterator[Facts]:
    """The same parts, the next one assembled while this one is written: one wants the processor, the other waits for the server."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, parts, None)
        while (part := coming.result()) is not None:
            coming = pool.submit(next, parts, None)
            yield part


def _bare(layers: Collection[str]) -> dict[str, tuple[str, ...]]:
    return {} if set(layers) == {DIPLOMACY} else {"layers": tuple(sorted(set(layers)))}


def _place(statement: Statement) -> tuple[str, ...]:
    """What a changed statement keeps: who speaks of what."""
    return statement.source, statement.kind, statement.subject, statement.object, statement.property
