"""Say ties as sentences that hold on a date: "is" for what is in force, "last confirmed" for what may have changed since."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.answers.citing import Evidence
from graph.model import Edge, Node, Statement, first_day, other_layers
from graph.record import Standing, State, dated_by, says_is, standing
from graph.schema import Schema
from graph.words import date, edge_sentence, elided, layer_names, mark, translate, translator, when

AGREED = {
    "signed": mark("{one} and {other} are parties to “{agreement}”, signed {when}"),
    "in force": mark("{one} and {other} are parties to “{agreement}”, in force, dated {date}"),
    "announced": mark("“{agreement}” between {one} and {other} was announced for {date}; no source says that it was signed"),
    "negotiating": mark("“{agreement}” between {one} and {other} is under negotiation, as of {as_of}"),
    "over": mark("{one} and {other} were parties to “{agreement}”, dated {date}, which has ended"),
    "": mark("{one} and {other} are parties to “{agreement}”, dated {date}"),
}
AGREED_UNDATED = {
    "signed": mark("{one} and {other} are parties to “{agreement}”, signed, undated"),
    "in force": mark("{one} and {other} are parties to “{agreement}”, in force, undated"),
    "announced": mark("“{agreement}” between {one} and {other} was announced; no source says that it was signed"),
    "over": mark("{one} and {other} were parties to “{agreement}”, which has ended"),
    "": mark("{one} and {other} are parties to “{agreement}”, undated"),
}

@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer: the numbers of its sources, the facts that it states, what is disputed in it, what people said of it."""

    text: str
    cites: tuple[int, ...] = ()
    facts: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    topic: str = ""
    words: tuple[Statement, ...] = ()

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
        dating = dated_by(edge, self.nodes)
        found = standing(dating, self.on)
        source, target = (self.nodes.get(id, Node(id, "")) for id in (edge.source, edge.target))
        text = edge_sentence(self.schema, edge, source, target, self.language, past=found.state is State.ENDED)
        time = span(found, self.on, self.language) if dating is edge and lasts(edge, self.schema) else ""
        marks = [stage(edge, dating, self.language), time, inferred(edge, self.language), layer_mark(edge, self.schema, self.language)]
        return " ".join(filter(None, [text, *marks]))

    def agreed(self, one: str, other: str, agreement: Node) -> str:
        """What two have agreed, or mean to agree, as a sentence: signed, in force, over, or no more than announced."""
        status, day = agreement.text("status"), agreement.text("date")
        stage = "over" if standing(agreement, self.on).state is State.ENDED else status
        wordings = AGREED if day or stage == "negotiating" else AGREED_UNDATED
        text = translate(wordings.get(stage, wordings[""]), self.language, one=one, other=other, agreement=self.name(agreement.id),
                         when=when(day, self.language), date=date(day, self.language),
                         as_of=date(agreement.text("status_as_of") or self.on, self.language))
        place = agreement.text("place") if stage not in ("announced", "negotiating") else ""
        return text + (f" ({place})" if place else "") + "."


def lasts(edge: Edge, schema: Schema) -> bool:
    """Whether ties of this kind begin and end; what was signed or held once does not."""
    return bool({"since", "period"} & schema.edges[edge.kind].qualifiers)


def stage(edge: Edge, thing: Edge | Node, language: str) -> str:
    """The mark of a tie to an agreement that is not there yet; `thing` is what dates the tie."""
    status = thing.text("status") if thing.id == edge.target else ""
    return {"announced": translate("(announced)", language), "negotiating": translate("(under negotiation)", language)}.get(status, "")


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
        if first_day(found.seen) > first_day(on):
            text += " " + _("(first stated {when})", when=when(found.seen, language))
        else:
            text += " " + _("(last confirmed {when})", when=when(found.confirmed, language))
    return elided(text.strip(), language)


def inferred(edge: Edge, language: str) -> str:
    """The mark of a tie that no source states in so many words."""
    return translator(language)("(inferred)") if edge.properties.get("inferred") else ""


def layer_mark(thing: Edge | Node, schema: Schema, language: str) -> str:
    """The mark of what lies in a layer that was switched on: "(layer: twinned towns of Wikidata)"."""
    names = layer_names(schema, other_layers(thing), language)
    return translate("(layer: {name})", language, name=names) if names else ""


def disputed(thing: Edge | Node) -> tuple[str, ...]:
    """The properties about which sources disagree."""
    found = thing.properties.get("disputed", ())
    return found if isinstance(found, tuple) else (str(found),)
