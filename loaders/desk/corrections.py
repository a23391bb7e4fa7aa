"""Turn what a person says of a fact into statements: that it ended, has another value, is wrong, or was not there yet.

Each function gives the statements of one word; `say` in recording.py writes them, and takes them back. A word on one value of a tie
carries what places it on that tie (its role, office, dates as they stood), and says nothing of these.
"""

import datetime
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graph.errors import BadValue, SchemaError
from graph.model import DECIDED, SAME_AS, WRONG, Edge, Node, Source, Statement, Value
from graph.record import assemble
from graph.schema import EdgeKind, Schema
from graph.store import Store
from loaders.base import DATE
from loaders.curated.rows import slug
from loaders.desk.grounds import LOADER, Grounds
from loaders.desk.people import Reviewer

LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something now, on which grounds, with which note."""

    reviewer: Reviewer
    grounds: Grounds
    note: str = ""
    when: str = ""

    @property
    def source(self) -> Source:
        """The source that every statement of this word names."""
        return self.grounds.source(self.reviewer)

    def says(self, kind: str, subject: str, object: str = "", *, rule: str, verdict: str = DECIDED, **more: object) -> Statement:
        """A statement of this speaker."""
        base = Statement(kind, subject, self.source.id, object=object, loader=LOADER, rule=rule, verdict=verdict,
                         reviewer=self.reviewer.text, decided=self.when or now(), note=clean(self.note))
        return replace(base, **more)  # type: ignore[arg-type]


def now() -> str:
    """This moment, as the record keeps it: two words of one person follow each other."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def ended(speaker: Speaker, edge: Edge, until: str, store: Store, schema: Schema) -> tuple[Statement, ...]:
    """That a tie ended on a date.

    Raises BadValue where it is none.
    """
    return (_on_tie(speaker, edge, store, schema, rule="ended", property="until", value=checked("until", until, schema)),)


def another_value(speaker: Speaker, thing: Node | Edge, property: str, value: Value, store: Store, schema: Schema, *,
                  rule: str = "another value") -> tuple[Statement, ...]:
    """That a property of a node or a tie has this value; the one among several to prefer, where the rule says so.

    What is part of a tie's key (a membership's class of role) cannot change on it: then the tie is wrong and another is there, unless
    nobody had said it, so that what they say supports the other.
    Raises BadValue for a value that cannot be.
    """
    said = checked(property, value, schema)
    if isinstance(thing, Node):
        return (speaker.says(thing.kind, thing.id, property=property, value=said, rule=rule),)
    spec = schema.edges[thing.kind]
    if property in spec.key and spec.class_of(property, str(said)) != spec.class_of(property, thing.text(property)):
        qualifiers = {**stated_qualifiers(thing, spec), property: said}
        new = speaker.says(thing.kind, thing.source, thing.target, qualifiers=qualifiers, observed=thing.text("confirmed"), rule=rule)
        left_open = thing.text(property) in ("", spec.unknown_joins.get(property))
        return (new,) if left_open else (*wrong(speaker, thing, store, schema, rule=rule), new)
    return (_on_tie(speaker, thing, store, schema, rule=rule, property=property, value=said),)


def wrong(speaker: Speaker, edge: Edge, store: Store, schema: Schema, *, rule: str = "wrong") -> tuple[Statement, ...]:
    """That a tie is not so."""
    return (_on_tie(speaker, edge, store, schema, rule=rule, verdict=WRONG),)


def wrong_value(speaker: Speaker, thing: Node | Edge, property: str, value: Value, store: Store, schema: Schema) -> tuple[Statement, ...]:
    """That a property does not have this value; which it has, is not said."""
    if isinstance(thing, Node):
        return (speaker.says(thing.kind, thing.id, property=property, value=value, rule="wrong", verdict=WRONG),)
    return (_on_tie(speaker, thing, store, schema, rule="wrong", verdict=WRONG, property=property, value=value),)


def added_tie(speaker: Speaker, kind: str, source: str, target: str, qualifiers: Mapping[str, str], schema: Schema) -> tuple[Statement, ...]:
    """That a tie is, as it stands today.

    Raises BadValue for a qualifier that cannot be.
    """
    said = {name: checked(name, value, schema) for name, value in qualifiers.items() if value != ""}
    today = (speaker.when or now())[:10]
    return (speaker.says(kind, source, target, qualifiers=said, observed=today, rule="added"),)


def added_node(speaker: Speaker, kind: str, name: str, taken: Iterable[str]) -> tuple[Statement, ...]:
    """That something is that the record does not know: its id is made of its name and is not one of `taken`.

    Raises BadValue for a name that is none.
    """
    own, id = clean(name), new_id(name, taken)
    return (speaker.says(kind, id, rule="added"), speaker.says(kind, id, property="name", value=own, rule="added"))


def judged(speaker: Speaker, one: Node, other: Node, verdict: str) -> tuple[Statement, ...]:
    """Whether two are one (POSITIVE: `one` stands for both), are two (NEGATIVE), or cannot be told (UNSURE).

    Raises BadValue for one and the same, and for two of different kinds.
    """
    if one.id == other.id or one.kind != other.kind:
        raise BadValue(name="The pair", value=f"{one.name}, {other.name}", remedy="Name two different ones of the same kind.")
    return (speaker.says(other.kind, other.id, property=SAME_AS, value=one.id, rule="judged", verdict=verdict),)


def new_id(name: str, taken: Iterable[str]) -> str:
    """The readable id of something new, none of `taken`.

    Raises BadValue for a name that is none.
    """
    own, used = clean(name), set(taken)
    base = slug(own)
    if not base or len(own) > 200:
        raise BadValue(name="The name", value=own[:80], remedy="Write it in letters, as it is written.")
    return next(id for id in (base, *(f"{base}-{number}" for number in range(2, 10_000))) if id not in used)


def checked(property: str, value: Value, schema: Schema) -> Value:
    """A value as it was given, trimmed.

    Raises BadValue where it is empty, too long, or no date where one is meant.
    """
    if not isinstance(value, str):
        return value
    text = clean(value)
    if not text or len(text) > LONGEST:
        raise BadValue(name=schema.label(property, "en"), value=text[:80], remedy="Write something, in at most 2,000 characters.")
    if schema.holds(property) == "date" and not all(DATE.fullmatch(part) for part in text.split("/", 1)):
        raise BadValue(name=schema.label(property, "en"), value=text, remedy="Write it as 2024, 2024-10 or 2024-10-09.")
    return text


def clean(text: str) -> str:
    """A text on one line, without what nobody sees."""
    return " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in text).split())


def stated_qualifiers(edge: Edge, spec: EdgeKind) -> dict[str, Value]:
    """What is stated of a tie, with its dates as stated; what the record derived is left out."""
    found = {name: value for name, value in edge.properties.items() if name in spec.qualifiers and name not in ("since", "until", "as_stated")}
    dates = {name: edge.text(f"{name}_stated") for name in ("since", "until")}
    return found | {name: date for name, date in dates.items() if date}


def _on_tie(speaker: Speaker, edge: Edge, store: Store, schema: Schema, *, rule: str, verdict: str = DECIDED, property: str = "",
            value: Value = "") -> Statement:
    """A word on this very edge: placed there by the most of what is stated of it that does not lead elsewhere."""
    spec = schema.edges[edge.kind]
    said = stated_qualifiers(edge, spec)
    known = _stated_between(edge, store, schema)
    sources = {statement.source: Source(statement.source) for statement in known} | {speaker.source.id: speaker.source}
    for dates in (("since", "until"), ("since",), ("until",), ()):
        placing = {name: text for name, text in said.items() if name in spec.key or name in dates}
        word = speaker.says(edge.kind, edge.source, edge.target, rule=rule, verdict=verdict, property=property, value=value,
                            qualifiers=placing, observed=edge.text("confirmed"))
        if any(statement.id == word.id and statement.about == edge.id for statement in assemble([*known, word], sources, schema).statements):
            return word
    raise SchemaError(what=f"“{edge.id}” cannot be told from other ties of the same two", remedy="Reload the page; the record has changed.")


def _stated_between(edge: Edge, store: Store, schema: Schema) -> tuple[Statement, ...]:
    """All that is stated of ties of this kind between these two, under whichever of their ids."""
    ends = {node.id: {node.id, *_merged(node)} for node in store.get([edge.source, edge.target])}
    pairs = {(one, other) for one in ends.get(edge.source, {edge.source}) for other in ends.get(edge.target, {edge.target})}
    if not schema.edges[edge.kind].directed:
        pairs |= {(other, one) for one, other in pairs}
    said = store.statements_on((), [(edge.kind, one, other) for one, other in sorted(pairs)])
    return tuple(replace(statement, subject=edge.source, object=edge.target) for statement in said)


def _merged(node: Node) -> tuple[str, ...]:
    merged = node.properties.get("same_as", ())
    return merged if isinstance(merged, tuple) else (str(merged),)

