"""Answer "what connects us?": agreements, people, networks, meetings, sectors in common, then the shortest paths, each with its sources."""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.answers.citing import Citation, Evidence
from graph.answers.telling import Sentence, Teller, disputed, inferred, span
from graph.model import Cut, Edge, Node, Path, Subgraph, first_day, ordered
from graph.paths import Judged, PathSearch, ranked, shortest_paths
from graph.record import State, dated_by, exists, holds, says_is, standing
from graph.schema import Schema
from graph.store import Store
from graph.words import listing, mark, translate, translate_count, translator, when

SHARED = ("PARTY_TO", "MEMBER_OF", "TOOK_PART_IN", "PRIORITISES", "TWINNED_WITH", "CHAIRS", "LEADS", "SUCCEEDED_BY")
MOST_AGREEMENTS = 8
MOST_MEETINGS = 5
ROLE_WORDS = {"founder": "as a founding member", "member": "as a member", "associate": "as an associate", "observer": "as an observer",
              "partner": "as a partner", "unknown": "role not stated", "lead": "as a member"}


@dataclass(frozen=True, slots=True)
class ToldPath:
    """A path and what it says."""

    path: Path
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Connection:
    """What connects two things: sentences by topic, the best paths, numbered sources, and the subgraph of all of it."""

    start: Node
    end: Node
    sentences: tuple[Sentence, ...]
    paths: tuple[ToldPath, ...]
    citations: tuple[Citation, ...]
    subgraph: Subgraph
    cut: Cut | None = None

    @property
    def stressed(self) -> tuple[str, ...]:
        """The edges of the best path."""
        return tuple(edge.id for edge in self.paths[0].path.edges) if self.paths else ()


def connect(store: Store, schema: Schema, start: str, end: str, *, on: str = "", avoid: Collection[str] = (),
            kinds_avoided: Collection[str] = (), max_steps: int = 4, limit: int = 10, language: str = "en") -> Connection:
    """What connects two things (ids), as of a day (today where none is given).

    `avoid` are ids that no path may touch, `kinds_avoided` kinds of nodes that it may not pass through. Sentences about what
    two regions share come first; paths follow, the strongest of the shortest first and those that are over last, at most `limit`.
    """
    ends = {node.id: node for node in store.get([start, end])}
    day = on or _today()
    search = find_paths(store, start, end, on=on, avoid=avoid, kinds_avoided=kinds_avoided, max_steps=max_steps)
    paths = _ranked(store, search, schema, day)
    shared = _Shared.find(store, ends[start], ends[end], on, frozenset(avoid), frozenset(kinds_avoided))
    edges = {edge.id: edge for edge in (*shared.edges, *(edge for path in paths[:limit] for edge in path.edges))}
    nodes = {node.id: node for node in store.get({id for edge in edges.values() for id in (edge.source, edge.target)} | {start, end})}
    evidence = Evidence.load(store, [*edges, *(id for id in nodes if nodes[id].kind in ("Agreement", "Event"))])
    teller = Teller(schema, language, day, nodes, evidence)
    sentences = tuple(_with_words(sentence, teller) for sentence in shared.tell(teller))
    told = tuple(ToldPath(path, _with_words(_tell_path(path, teller), teller)) for path in paths[:limit])
    cut = Cut("paths", len(paths) - limit) if len(paths) > limit else search.cut
    return Connection(ends[start], ends[end], sentences, told, evidence.citations(), ordered(nodes.values(), edges.values()), cut)


def _ranked(store: Store, search: PathSearch, schema: Schema, day: str) -> tuple[Path, ...]:
    """The paths in order; whether and since when a tie to an agreement or a meeting holds, that agreement or meeting says."""
    met = {node.id: node for node in store.dated({id for path in search.paths for id in path.nodes})}

    def judged(edge: Edge) -> Judged:
        dating = dated_by(edge, met)
        found = standing(dating, day)
        absent = found.state in (State.ENDED, State.NOT_BEGUN) or dating.text("status") in ("announced", "negotiating")
        return Judged(absent, not says_is(found, day), first_day(found.since or found.confirmed))

    return ranked(search, schema, judged)


def find_paths(store: Store, start: str, end: str, *, on: str = "", avoid: Collection[str] = (), kinds_avoided: Collection[str] = (),
               max_steps: int = 4) -> PathSearch:
    """The shortest paths on a day, passing neither through `avoid` nor through nodes of `kinds_avoided`, nor through what is not
    yet, or no longer, there."""
    def passable(ids: Collection[str]) -> Collection[str]:
        if kinds_avoided:
            ids = [node.id for node in store.get(ids) if node.kind not in kinds_avoided]
        absent = {node.id for node in store.dated(ids) if not exists(node, on)} if on else set()
        return [id for id in ids if id not in absent]

    return shortest_paths(start, end, store.adjacent, max_steps=max_steps, allowed=lambda edge: holds(edge, on), avoid=avoid, passable=passable)


def _with_words(sentence: Sentence, teller: Teller) -> Sentence:
    """The sentence with what people said of the facts in it."""
    return replace(sentence, words=teller.evidence.words(*sentence.facts, properties=("date", "status", "place")))


def _tell_path(path: Path, teller: Teller) -> Sentence:
    """A path as one sentence, a clause for each tie."""
    clauses = [teller.clause(edge) for edge in path.edges]
    cites = teller.evidence.cite(*(edge.id for edge in path.edges))
    facts = tuple(edge.id for edge in path.edges)
    return Sentence("; ".join(clauses) + ".", cites, facts, tuple(name for edge in path.edges for name in disputed(edge)), "path")


@dataclass(frozen=True, slots=True)
class _Shared:
    """What two regions have in common: edges by the thing that they share."""

    start: Node
    end: Node
    ties: Mapping[str, tuple[Edge, Edge]]
    direct: tuple[Edge, ...]
    about: Mapping[str, tuple[Edge, ...]]
    heads: tuple[Edge, ...]
    kinds: Mapping[str, str]
    agreed: bool
    """Whether the record knows of any agreement between both, whatever the date and what is avoided."""

    @classmethod
    def find(cls, store: Store, start: Node, end: Node, on: str, avoid: frozenset[str], kinds_avoided: frozenset[str]) -> "_Shared":
        """Read it: one step from both ends, then what is said of the agreements that they share."""
        every = store.adjacent([start.id, end.id], kinds=SHARED)
        one, other = ({edge.target for edge in every if edge.kind == "PARTY_TO" and edge.source == node.id} for node in (start, end))
        around = [edge for edge in every if holds(edge, on) and not {edge.source, edge.target} & avoid]
        sides: tuple[dict[str, Edge], dict[str, Edge]] = ({}, {})
        for edge in sorted(around, key=lambda edge: _over(edge, on)):
            for side, node in enumerate((start.id, end.id)):
                if node in (edge.source, edge.target) and edge.kind not in ("LEADS", "CHAIRS"):
                    sides[side].setdefault(edge.other(node), edge)
        common = sorted((sides[0].keys() & sides[1].keys()) - {start.id, end.id})
        kinds = {node.id: node.kind for node in store.get(common) if node.kind not in kinds_avoided and exists(node, on)}
        agreements = [id for id, kind in kinds.items() if kind == "Agreement"]
        about: dict[str, tuple[Edge, ...]] = {}
        for edge in store.adjacent(agreements, kinds=("SIGNED", "COVERS", "FOLLOWS", "ADOPTED_AT")) if agreements else ():
            for id in (edge.source, edge.target):
                if id in kinds:
                    about[id] = (*about.get(id, ()), edge)
        heads = tuple(edge for edge in around if edge.kind == "LEADS" and edge.target in (start.id, end.id) and not _over(edge, on))
        direct = tuple(edge for edge in around if {edge.source, edge.target} == {start.id, end.id})
        return cls(start, end, {id: (sides[0][id], sides[1][id]) for id in kinds}, direct, about, heads, kinds, bool(one & other))

    @property
    def edges(self) -> Iterable[Edge]:
        """All edges that the sentences speak of."""
        yield from (edge for pair in self.ties.values() for edge in pair)
        yield from self.direct
        yield from (edge for edges in self.about.values() for edge in edges)
        yield from self.heads

    def tell(self, teller: Teller) -> Iterable[Sentence]:
        """The sentences, the weightiest first."""
        agreements = sorted(self._of("Agreement"), key=lambda found: (teller.nodes[found].text("date"), found), reverse=True)
        for id in agreements[:MOST_AGREEMENTS]:
            yield from self._agreement(id, teller)
        yield from self._more(len(agreements) - MOST_AGREEMENTS, "agreement", teller)
        if not self.agreed and self.start.kind == self.end.kind == "Region":
            yield Sentence(translate("No source in the record states an agreement between {one} and {other}.", teller.language,
                                     one=teller.name(self.start.id), other=teller.name(self.end.id)), topic="agreement")
        yield from (teller.edge(edge, "tie") for edge in self.direct)
        yield from (teller.edge(edge, "leader") for edge in sorted(self.heads, key=lambda e: e.target != self.start.id))
        yield from (self._network(id, teller) for id in self._of("Network"))
        meetings = sorted(self._of("Event"), key=lambda found: (teller.nodes[found].text("date"), found), reverse=True)
        yield from (self._meeting(id, teller) for id in meetings[:MOST_MEETINGS])
        yield from self._more(len(meetings) - MOST_MEETINGS, "meeting", teller)
        yield from self._sectors(teller)

    def _of(self, kind: str) -> list[str]:
        return [id for id, found in self.kinds.items() if found == kind]

    def _agreement(self, id: str, teller: Teller) -> Iterable[Sentence]:
        _ = translator(teller.language)
        node, pair = teller.nodes[id], self.ties[id]
        text = teller.agreed(teller.name(self.start.id), teller.name(self.end.id), node)
        cites = teller.evidence.cite(id, *(edge.id for edge in pair), properties=("date", "status", "place", "valid_until", ""))
        yield Sentence(text, cites, (id, *(edge.id for edge in pair)), disputed(node), "agreement")
        signed = [edge for edge in self.about.get(id, ()) if edge.kind == "SIGNED"]
        if signed:
            who = listing([_signatory(edge, teller) for edge in signed], teller.language)
            yield Sentence(_("It was signed by {people}.", people=who), teller.evidence.cite(*(e.id for e in signed)),
                           tuple(e.id for e in signed), (), "agreement")
        covers = [edge for edge in self.about.get(id, ()) if edge.kind == "COVERS"]
        if covers:
            sectors = listing(dict.fromkeys(teller.name(edge.target) for edge in covers), teller.language)
            yield Sentence(_("It covers {sectors}.", sectors=sectors), teller.evidence.cite(*(e.id for e in covers)),
                           tuple(e.id for e in covers), (), "agreement")
        once = [edge for edge in self.about.get(id, ())
                if edge.source == id or (edge.source not in self.kinds and exists(teller.nodes[edge.source], teller.on))]
        yield from (teller.edge(edge, "agreement") for edge in once if edge.kind in ("FOLLOWS", "ADOPTED_AT"))

    def _network(self, id: str, teller: Teller) -> Sentence:
        _ = translator(teller.language)
        roles = []
        for node, edge in zip((self.start, self.end), self.ties[id], strict=True):
            time = span(standing(edge, teller.on), teller.on, teller.language)
            words = [_(ROLE_WORDS.get(edge.text("role"), "as a member")), time, inferred(edge, teller.language)]
            roles.append(f"{teller.name(node.id)} {' '.join(filter(None, words))}")
        over = any(_over(edge, teller.on) for edge in self.ties[id])
        said = mark("Both have taken part in {network}: {roles}.") if over else mark("Both take part in {network}: {roles}.")
        text = _(said, network=teller.name(id), roles=listing(roles, teller.language))
        edges = [edge.id for edge in self.ties[id]]
        return Sentence(text, teller.evidence.cite(*edges), tuple(edges), tuple(n for e in self.ties[id] for n in disputed(e)), "network")

    def _meeting(self, id: str, teller: Teller) -> Sentence:
        _ = translator(teller.language)
        node, edges = teller.nodes[id], [edge.id for edge in self.ties[id]]
        date = node.text("date")
        text = _("Both took part in “{meeting}”", meeting=teller.name(id)) + (f" {when(date, teller.language)}" if date else "") + "."
        return Sentence(text, teller.evidence.cite(*edges), tuple(edges), disputed(node), "meeting")

    def _sectors(self, teller: Teller) -> Iterable[Sentence]:
        _ = translator(teller.language)
        shared = [id for id in self._of("Sector") if not any(_over(edge, teller.on) for edge in self.ties[id])]
        if shared:
            edges = [edge.id for id in shared for edge in self.ties[id]]
            names = listing([teller.name(id) for id in shared], teller.language)
            yield Sentence(_("Both have among the priorities of their strategies: {sectors}.", sectors=names),
                           teller.evidence.cite(*edges), tuple(edges), (), "sector")

    def _more(self, count: int, topic: str, teller: Teller) -> Iterable[Sentence]:
        if count > 0:
            one, many = _MORE[topic]
            yield Sentence(translate_count(one, many, count, teller.language), topic=topic)


_MORE = {"agreement": ("{count} older agreement is in the record.", "{count} older agreements are in the record."),
         "meeting": ("{count} more meeting is in the record.", "{count} more meetings are in the record.")}


def _signatory(edge: Edge, teller: Teller) -> str:
    """ "Attilio Fontana (Lombardy)". """
    party = edge.text("for")
    return f"{teller.name(edge.source)} ({teller.name(party)})" if party else teller.name(edge.source)


def _over(edge: Edge, on: str) -> bool:
    """Whether a tie has ended, or has not begun, on a day (today where none is given)."""
    return not holds(edge, on or _today())


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()


__all__: Sequence[str] = ("Connection", "ToldPath", "connect", "find_paths")
