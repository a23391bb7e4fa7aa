"""The values that reading a text gives: proposals, each with its place, rule and confidence, and the whole reading.

A person ticks proposals before anything enters the graph, so a reading is complete in itself: it can be shown, chosen from, and turned
into statements without reading again.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from graph.model import Properties, Source, Statement

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
        return bool(self.source)


@dataclass(frozen=True, slots=True)
class Reading:
    """All proposals of one text, nodes first; `notes` are sentences on what was not understood."""

    document: str
    language: str
    date: str
    proposals: tuple[Proposal, ...] = ()
    notes: tuple[str, ...] = ()

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
        ticked = set(only_keys := [(p.kind, p.id, p.source, p.target) for p in only])
        ends = {end for _, _, start, stop in only_keys for end in (start, stop) if end}
        return tuple(p for p in self.proposals if (p.kind, p.id, p.source, p.target) in ticked or (not p.is_edge and p.id in ends))


def _statements(proposal: Proposal, source: Source, reading: Reading) -> Iterator[Statement]:
    common = {"source": source.id, "as_stated": proposal.quote, "language": reading.language, "place": f"span {proposal.span[0]}-{proposal.span[1]}",
              "quote": proposal.quote, "observed": reading.date or source.date, "confidence": "inferred" if proposal.inferred else "stated",
              "rule": proposal.rule, "loader": LOADER}
    if proposal.is_edge:
        yield Statement(proposal.kind, proposal.source, object=proposal.target, qualifiers=dict(proposal.properties), **common)
        return
    yield Statement(proposal.kind, proposal.id, **common)
    if not proposal.known:
        yield Statement(proposal.kind, proposal.id, property="name", value=proposal.name, **common)
    for name, value in proposal.properties.items():
        inferred = {"confidence": "inferred"} if name == "date" and proposal.properties.get("date_inferred") else {}
        if name != "date_inferred":
            yield Statement(proposal.kind, proposal.id, property=name, value=value, **{**common, **inferred})
