"""Say ties as sentences that hold on a date: "is" for what is in force, "last confirmed" for what may have changed since."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.answers.citing import Evidence
from graph.model import Edge, Node
from graph.record import Standing, State, says_is, standing
from graph.schema import Schema
from graph.words import date, edge_sentence, translator, when


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer: the numbers of its sources, the facts that it states, and what is disputed in it."""

    text: str
    cites: tuple[int, ...] = ()
    facts: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    topic: str = ""

    @property
    def marked(self) -> str:
        """The sentence with its numbers: "… of Europe [1] [3]."."""
        return self.text + "".join(f" [{number}]" for number in self.cites)


@dataclass(frozen=True, slots=True)
class Teller:
    """Says edges between known nodes in a language, as of a day, citing evidence."""

    schema: Schema
    language: str
    on: str
    nodes: Mapping[str, Node]
    evidence: Evidence

    def name(self, id: str) -> str:
        """What something is called here."""
        return self.nodes[id].name_in(self.language) if id in self.nodes else id

    def edge(self, edge: Edge, topic: str = "") -> Sentence:
        """A tie as a sentence with its time."""
        return Sentence(self.clause(edge) + ".", self.evidence.cite(edge.id), (edge.id,), disputed(edge), topic)

    def clause(self, edge: Edge) -> str:
        """A tie as a sentence without its full stop."""
        found = standing(edge, self.on)
        source, target = (self.nodes.get(id, Node(id, "")) for id in (edge.source, edge.target))
        text = edge_sentence(self.schema, edge, source, target, self.language, past=found.state is State.ENDED)
        timed = "since" in self.schema.edges[edge.kind].qualifiers
        notes = [time for time in (span(found, self.on, self.language) if timed else "", inferred(edge, self.language)) if time]
        return " ".join([text, *notes])


def span(found: Standing, on: str, language: str) -> str:
    """When a fact holds: "since 26 March 2018", "from 2014 to 2019", "(last confirmed on 20 February 2026)"."""
    _ = translator(language)
    if found.since and found.until:
        text = _("from {start} to {end}", start=date(found.since, language), end=date(found.until, language))
    elif found.since:
        text = _("since {date}", date=date(found.since, language))
    elif found.until:
        text = _("until {date}", date=date(found.until, language))
    else:
        text = ""
    if found.derived:
        text += " " + _("(the end follows from the successor's beginning)")
    if found.state is State.UNKNOWN:
        text += " " + _("(undated)")
    elif found.state is not State.ENDED and not says_is(found, on) and found.confirmed:
        text += " " + _("(last confirmed {when})", when=when(found.confirmed, language))
    return text.strip()


def inferred(edge: Edge, language: str) -> str:
    """The mark of a tie that no source states in so many words."""
    return translator(language)("(inferred)") if edge.properties.get("inferred") else ""


def disputed(thing: Edge | Node) -> tuple[str, ...]:
    """The properties about which sources disagree."""
    found = thing.properties.get("disputed", ())
    return found if isinstance(found, tuple) else (str(found),)
