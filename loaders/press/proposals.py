"""The values that reading a text gives: proposals, each with its place, rule and confidence, and the whole reading.

A person ticks proposals before anything enters the graph, so a reading is complete in itself: it can be shown, chosen from, and turned
into statements without reading again.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from graph.model import Properties, Source, Statement
from graph.schema import load_schema

LOADER = "press"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A node (`source` and `target` empty) or an edge that a text states at `span` of the original text.

    `confidence` is 0 to 1; `inferred` is read between the lines; `known` nodes are in the graph already; `quote` is the span's text.
    """

    kind: str
    id: str
    name: str = ""
    source: str = ""
    target: str = ""
    properties: Properties = field(default_factory=dict)
    span: tuple[int, int] = (0, 0)
    quote: str = ""
    rule: str = ""
    confidence: float = 1.0
    inferred: bool = False
    known: bool = False

    @property
    def is_edge(self) -> bool:
        """Whether it is an edge."""
        return bool(self.source)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells it from the other proposals of the reading."""
        return self.kind, self.id, self.source, self.target


@dataclass(frozen=True, slots=True)
class Reading:
    """All proposals of one text, nodes first; `notes` are sentences on what was not understood, `digest` is one of `text`, into which
    the spans point."""

    document: str
    language: str
    date: str
    proposals: tuple[Proposal, ...] = ()
    notes: tuple[str, ...] = ()
    digest: str = ""
    text: str = ""

    def summary(self) -> str:
        """What was found, counted by kind, and what was not understood: for the command line."""
        names = load_schema().nodes
        counts = Counter(proposal.kind for proposal in self.proposals if not proposal.is_edge)
        parts = [f"{count} {(names[kind].one if count == 1 else names[kind].many)['en']}" for kind, count in counts.items()]
        ties = sum(proposal.is_edge for proposal in self.proposals)
        said = f"{', '.join(parts)}, {ties} {'tie' if ties == 1 else 'ties'} between them." if parts else ""
        return " ".join([said, *self.notes]).strip()

    def lines(self) -> Iterator[dict[str, object]]:
        """The proposals in the form of the annotated texts' README: a node with id and name, an edge with from and to."""
        for proposal in self.proposals:
            attributes = {name: list(value) if isinstance(value, tuple) else value for name, value in proposal.properties.items()}
            head: dict[str, object] = {"document": self.document}
            if proposal.is_edge:
                head |= {"edge": proposal.kind, "from": proposal.source, "to": proposal.target}
            else:
                head |= {"node": proposal.kind, "id": proposal.id, "name": proposal.name}
            yield {**head, **attributes, "span": list(proposal.span), "rule": proposal.rule, "confidence": proposal.confidence,
                   "inferred": proposal.inferred}

    def statements(self, source: Source, only: Collection[Proposal] | None = None) -> tuple[Statement, ...]:
        """The proposals as statements of a source; `only` keeps those that a person ticked, with the ends that their edges need."""
        chosen = self.proposals if only is None else self._with_ends(only)
        return tuple(statement for proposal in chosen for statement in _statements(proposal, source, self))

    def _with_ends(self, only: Collection[Proposal]) -> tuple[Proposal, ...]:
        ticked = {proposal.key for proposal in only}
        ends = {end for proposal in only for end in (proposal.source, proposal.target) if end}
        return tuple(p for p in self.proposals if p.key in ticked or (not p.is_edge and p.id in ends))


def _statements(proposal: Proposal, source: Source, reading: Reading) -> Iterator[Statement]:
    base = Statement(proposal.kind, proposal.source or proposal.id, source.id, object=proposal.target, as_stated=proposal.quote,
                     language=reading.language, place=f"span {proposal.span[0]}-{proposal.span[1]}", quote=proposal.quote,
                     observed=reading.date or source.date, confidence="inferred" if proposal.inferred else "stated",
                     rule=proposal.rule, loader=LOADER)
    if proposal.is_edge:
        yield replace(base, qualifiers=dict(proposal.properties))
        return
    yield base
    if not proposal.known:
        yield replace(base, property="name", value=proposal.name)
    for name, value in proposal.properties.items():
        yield replace(base, property=name, value=value)
