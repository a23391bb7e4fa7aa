"""Decide on what a text proposes: what a person accepts, corrects or rejects becomes statements that the record keeps.

Nothing enters the graph that was not accepted. What was decided is found again by what was proposed, so a text that is read again
is not asked about again; each decision is one write, so two people who review at once lose nothing.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.errors import BadValue
from graph.model import ACCEPTED, CORRECTED, REJECTED, Properties, Source, Statement
from graph.record.deciding import REVIEWED
from graph.schema import Schema
from graph.store import Store
from loaders.desk.corrections import checked, clean, now
from loaders.desk.grounds import LOADER
from loaders.desk.people import Reviewer
from loaders.press.loader import source_of
from loaders.press.proposals import Proposal, Reading

Key = tuple[str, str, str, str]
RULE = "corrected"
ADDED = "added"
"""The rule of a tie that a person read in the text."""
LONGEST_PASSAGE = 1_000
PLACE = re.compile(r"span (\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to decide: what the text proposes, how it stands `now` that names in it were corrected, and what was decided on it."""

    proposal: Proposal
    now: Proposal
    verdict: str = ""
    by: str = ""
    when: str = ""

    @property
    def key(self) -> str:
        """What it is found by."""
        return "|".join(self.proposal.key)

    @property
    def open(self) -> bool:
        """Whether nobody has decided on it."""
        return not self.verdict


@dataclass(frozen=True, slots=True)
class Review:
    """A text under review: what was read, the source that it is, which ids are in the graph, and what was decided so far."""

    reading: Reading
    source: Source
    there: frozenset[str]
    reviews: tuple[Statement, ...]
    items: tuple[Item, ...]

    def item(self, key: str) -> Item | None:
        """The item with this key."""
        return next((item for item in self.items if item.key == key), None)


def source_for(store: Store, reading: Reading, *, title: str = "", url: str = "", publisher: str = "",
               internal: bool | None = None) -> Source:
    """The source that a text is: the same text is the same source, whatever it is called this time."""
    new = replace(source_of(reading, title=title, url=url, publisher=publisher), internal=bool(internal))
    ending = f"-{reading.digest}"
    known = next((source for source in store.sources() if source.id.startswith("press-") and source.id.endswith(ending)), None)
    if known is None:
        return new
    return replace(known, title=title or known.title, url=url or known.url, publisher=publisher or known.publisher,
                   internal=known.internal if internal is None else internal)


def open_review(store: Store, reading: Reading, source: Source) -> Review:
    """A text with what was decided on it so far, by anyone."""
    reviews = store.reviews([source.id])
    ids = {end for proposal in reading.proposals for end in (proposal.id, proposal.source, proposal.target) if end}
    there = frozenset(node.id for node in store.get(ids))
    renamed = _renamed(reviews)
    decided = _decided(reviews)
    items = []
    for proposal in reading.proposals:
        if proposal.is_edge or proposal.properties or not proposal.known:
            last = decided.get(proposal.key)
            items.append(Item(proposal, _with_names(proposal, renamed), *((last.verdict, last.reviewer, last.decided) if last else ())))
    items += _added(reviews, {proposal.key for proposal in reading.proposals})
    return Review(reading, source, there, reviews, tuple(items))


def accept(review: Review, items: Iterable[Item], reviewer: Reviewer) -> tuple[Statement, ...]:
    """The statements that let items in, with the ends that their ties need."""
    when = now()
    new: dict[str, Statement] = {}
    for item in items:
        changed = item.now != item.proposal
        new |= _by_id(_proposed(review, item.now, ACCEPTED, reviewer, when, RULE if changed else ""))
        if changed:
            new |= _by_id(_proposed(review, item.proposal, CORRECTED, reviewer, when, ends=False))
    return _not_yet(new, review)


def reject(review: Review, item: Item, reviewer: Reviewer) -> tuple[Statement, ...]:
    """The statements that keep an item out; with a name that is new go the open ties that hang on it."""
    when = now()
    hanging = [other for other in review.items if other.open and other.proposal.is_edge and not item.proposal.is_edge
               and item.proposal.id not in review.there and item.proposal.id in (other.proposal.source, other.proposal.target)]
    return tuple(statement for one in (item, *hanging) for statement in _proposed(review, one.proposal, REJECTED, reviewer, when, ends=False))


def correct_tie(review: Review, item: Item, reviewer: Reviewer, schema: Schema, *, kind: str, source: str, target: str,
                qualifiers: Mapping[str, str], named: Mapping[str, tuple[str, str]] | None = None) -> tuple[Statement, ...]:
    """A tie in the place of the one proposed; `named` gives kind and name of ends that are new.

    Raises BadValue for a value that cannot be.
    """
    said: Properties = {name: checked(name, value, schema) for name, value in qualifiers.items() if value and name in schema.edges[kind].qualifiers}
    kept = {name: value for name, value in item.now.properties.items() if name in schema.edges[kind].qualifiers and name not in qualifiers}
    better = replace(item.now, kind=kind, source=source, target=target, properties={**kept, **said}, inferred=False)
    when = now()
    new = [replace(item.now, kind=end, id=id, name=name, source="", target="", properties={}, known=False)
           for id, (end, name) in (named or {}).items() if id in (source, target)]
    statements = [statement for proposal in (*new, better) for statement in _proposed(review, proposal, ACCEPTED, reviewer, when, RULE)]
    statements += _proposed(review, item.proposal, CORRECTED, reviewer, when, ends=False)
    return _not_yet(_by_id(statements), review)


def add_tie(review: Review, reviewer: Reviewer, schema: Schema, *, kind: str, source: str, target: str, span: tuple[int, int],
            qualifiers: Mapping[str, str], named: Mapping[str, tuple[str, str]] | None = None) -> tuple[Statement, ...]:
    """A tie that the text states at `span` and that was not proposed; one that was is so corrected, and lies where the person says.

    Raises BadValue for a value that cannot be, and for a tie that was decided on already.
    """
    spec = schema.edges[kind]
    fixed: Properties = {name: words[0] for name, words in spec.choices.items() if len(words) == 1}
    said: Properties = {name: checked(name, value, schema) for name, value in qualifiers.items() if value and name in spec.qualifiers}
    quote = review.reading.text[slice(*span)]
    tie = _with_names(Proposal(kind, "", source=source, target=target, properties={**fixed, **said}, span=span, quote=quote, rule=ADDED),
                      _renamed(review.reviews))
    if item := next((item for item in review.items if tie.key in (item.proposal.key, item.now.key)), None):
        if not item.open:
            raise BadValue(name="The tie", value=quote[:80], remedy="It was decided on already; take that back first.")
        better = replace(item, now=replace(item.now, span=span, quote=quote))
        return correct_tie(review, better, reviewer, schema, kind=kind, source=tie.source, target=tie.target, qualifiers=qualifiers)
    new = [Proposal(end, id, name, span=span, quote=quote, rule=ADDED) for id, (end, name) in (named or {}).items() if id in (source, target)]
    when = now()
    statements = [statement for proposal in (*new, tie) for statement in _proposed(review, proposal, ACCEPTED, reviewer, when, ADDED)]
    return _not_yet(_by_id(statements), review)


def passage(text: str, words: str, span: object = None) -> tuple[int, int]:
    """Where in a text these words stand: at `span`, where they were marked there, else where they stand first, however they are spaced.

    Raises BadValue where the text does not hold them, and for more than LONGEST_PASSAGE of it.
    """
    plain = words.split()
    if isinstance(span, list) and len(span) == 2 and all(type(end) is int for end in span) and text[slice(*span)].split() == plain:
        start, end = span
    else:
        found = re.search(r"\s+".join(map(re.escape, plain)), text, re.IGNORECASE) if plain and len(words) <= LONGEST_PASSAGE else None
        start, end = found.span() if found else (0, 0)
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip())
    if not 0 <= start < end <= start + LONGEST_PASSAGE:
        raise BadValue(name="The passage", value=words[:80],
                       remedy="Mark it in the text, or write it as it stands there, in at most 1,000 characters.")
    return start, end


def correct_name(review: Review, item: Item, reviewer: Reviewer, schema: Schema, *, kind: str, id: str, name: str, known: bool,
                 properties: Mapping[str, str]) -> tuple[Statement, ...]:
    """Something in the place of what is proposed: something `known`, of which the text's wording is then an alias, or something new.

    Raises BadValue for a value that cannot be.
    """
    said: Properties = {prop: checked(prop, value, schema) for prop, value in properties.items() if value and prop in schema.nodes[kind].properties}
    kept = {prop: value for prop, value in item.now.properties.items() if prop in schema.nodes[kind].properties and prop not in properties}
    better = replace(item.now, kind=kind, id=id, name=clean(name), properties={**kept, **said}, known=known)
    when = now()
    statements = list(_proposed(review, better, ACCEPTED, reviewer, when, RULE))
    if known and id != item.proposal.id:
        base = statements[0]
        statements.append(replace(base, property="aliases", value=(item.proposal.name,)))
    statements += _proposed(review, item.proposal, CORRECTED, reviewer, when, ends=False)
    return _not_yet(_by_id(statements), review)


def take_back(review: Review, item: Item) -> tuple[Statement, ...]:
    """The statements of the decision on an item; what other accepted ties stand on stays."""
    own = [statement for statement in review.reviews if _key(statement) == item.proposal.key and statement.verdict in REVIEWED]
    moments = {(statement.decided, statement.reviewer) for statement in own}
    gone = [statement for statement in review.reviews if (statement.decided, statement.reviewer) in moments]
    left = [statement for statement in review.reviews if statement not in gone]
    needed = {end for statement in left if statement.verdict == ACCEPTED and statement.object for end in (statement.subject, statement.object)}
    return tuple(statement for statement in gone if statement.object or statement.verdict != ACCEPTED or statement.subject not in needed)


def main_names(review: Review) -> tuple[str, ...]:
    """What a picture of the accepted is drawn around: the parties of its agreements, else the ends of its ties."""
    accepted = [statement for statement in review.reviews if statement.verdict == ACCEPTED and statement.object]
    parties = [statement.subject for statement in accepted if statement.kind == "PARTY_TO"]
    ends = [end for statement in accepted for end in (statement.subject, statement.object)]
    nodes = [statement.subject for statement in review.reviews if statement.verdict == ACCEPTED]
    return tuple(dict.fromkeys(parties or ends or nodes))[:6]


def _proposed(review: Review, proposal: Proposal, verdict: str, reviewer: Reviewer, when: str, rule: str = "", *,
              ends: bool = True) -> list[Statement]:
    """The statements of a proposal as a person's, with those of its ends where these were read in the same text."""
    others = tuple(other for other in review.reading.proposals if other.key != proposal.key)
    reading = replace(review.reading, proposals=(*others, proposal))
    said = reading.statements(review.source, [proposal])
    own = [statement for statement in said if _key(statement) == proposal.key]
    brought = [statement for statement in said if _key(statement) != proposal.key] if ends else []
    rejected = {statement.subject for statement in review.reviews if statement.verdict in (REJECTED, CORRECTED) and not statement.object}
    return [replace(statement, loader=LOADER, verdict=verdict, reviewer=reviewer.text, decided=when, rule=rule or statement.rule)
            for statement in (*own, *(statement for statement in brought if statement.subject not in rejected))]


def _not_yet(new: Mapping[str, Statement], review: Review) -> tuple[Statement, ...]:
    """Without what was accepted already, by anyone: a name is accepted once, with the first tie that needs it."""
    there = {_said(statement) for statement in review.reviews if statement.verdict == ACCEPTED}
    return tuple(statement for statement in new.values() if statement.verdict != ACCEPTED or statement.object or _said(statement) not in there)


def _said(statement: Statement) -> tuple[object, ...]:
    return statement.kind, statement.subject, statement.object, statement.property, statement.value


def _by_id(statements: Iterable[Statement]) -> dict[str, Statement]:
    return {statement.id: statement for statement in statements}


def _key(statement: Statement) -> Key:
    """What a statement was proposed as."""
    if statement.object:
        return statement.kind, "", statement.subject, statement.object
    return statement.kind, statement.subject, "", ""


def _decided(reviews: Sequence[Statement]) -> dict[Key, Statement]:
    """The last decision on each proposal; that something else was put in its place says more than that this was accepted."""
    last: dict[Key, Statement] = {}
    for statement in sorted(reviews, key=lambda s: (s.decided, s.verdict == CORRECTED)):
        if statement.verdict in REVIEWED and not statement.property:
            last[_key(statement)] = statement
    return last


def _added(reviews: Sequence[Statement], proposed: Collection[Key]) -> list[Item]:
    """The ties that people read in the text themselves, as items."""
    found: dict[Key, Item] = {}
    for statement in reviews:
        if statement.rule == ADDED and statement.verdict == ACCEPTED and statement.object and _key(statement) not in proposed:
            start, end = (int(number) for number in match.groups()) if (match := PLACE.fullmatch(statement.place)) else (0, 0)
            tie = Proposal(statement.kind, "", source=statement.subject, target=statement.object, properties=statement.qualifiers,
                           span=(start, end), quote=statement.quote, rule=ADDED)
            found[tie.key] = Item(tie, tie, statement.verdict, statement.reviewer, statement.decided)
    return list(found.values())


def _renamed(reviews: Sequence[Statement]) -> dict[str, str]:
    """Which id a person put in the place of which, for what was read of it elsewhere in the text."""
    names = [statement for statement in reviews if not statement.object and not statement.property]
    placed = {(statement.place, statement.decided): statement.subject for statement in names
              if statement.verdict == ACCEPTED and statement.rule == RULE}
    return {statement.subject: placed[statement.place, statement.decided] for statement in names
            if statement.verdict == CORRECTED and (statement.place, statement.decided) in placed}


def _with_names(proposal: Proposal, renamed: Mapping[str, str]) -> Proposal:
    if not proposal.is_edge or not {proposal.source, proposal.target} & renamed.keys():
        return proposal
    return replace(proposal, source=renamed.get(proposal.source, proposal.source), target=renamed.get(proposal.target, proposal.target))
