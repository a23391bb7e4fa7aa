"""Turn what the rules found into proposals: one for each node and each edge, with places in the reader's own text."""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import replace

from graph.model import Properties, Value
from loaders.press.agreements import Deal, known_deal
from loaders.press.chairs import Chair
from loaders.press.confidence import confidence_of
from loaders.press.gazetteer import KnownEvent
from loaders.press.known import slug
from loaders.press.meetings import Meeting
from loaders.press.members import Membership
from loaders.press.page import Mention, Page, Person
from loaders.press.proposals import Proposal
from loaders.press.sectors import Topic

NODE_HOW = ("name", "adjective", "bracket")


class Composer:
    """Collects proposals of one page, each once."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._found: dict[tuple[str, str, str, str], Proposal] = {}

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """Nodes first, then edges whose ends are proposed, each in order of appearance."""
        ids = {p.id for p in self._found.values() if not p.is_edge}
        nodes = [p for p in self._found.values() if not p.is_edge]
        edges = [p for p in self._found.values() if p.is_edge and p.source in ids and p.target in ids]
        return (*sorted(nodes, key=lambda p: p.span), *sorted(edges, key=lambda p: (p.span, p.kind, p.source, p.target)))

    def node(self, kind: str, id: str, name: str, span: tuple[int, int], rule: str, *, properties: Properties | None = None,
             inferred: bool = False) -> None:
        """Propose a node, unless it is there."""
        self._put(Proposal(kind, id, name, properties=_clean(properties), rule=rule, inferred=inferred,
                           known=id in self.page.gazetteer.known or id in self.page.gazetteer.terms_of), span)

    def edge(self, kind: str, source: str, target: str, span: tuple[int, int], rule: str, *, properties: Properties | None = None,
             inferred: bool = False) -> None:
        """Propose an edge, unless it is there."""
        self._put(Proposal(kind, "", source=source, target=target, properties=_clean(properties), rule=rule, inferred=inferred), span)

    def known_node(self, id: str, span: tuple[int, int], rule: str) -> None:
        """Propose a node that the gazetteer knows."""
        known = self.page.gazetteer.known.get(id)
        if known:
            self.node(known.kind, id, known.name, span, rule)

    def _put(self, proposal: Proposal, span: tuple[int, int]) -> None:
        start, end = self.page.folded.span(*span)
        key = (proposal.kind, proposal.id, proposal.source, proposal.target)
        if key not in self._found:
            quote = self.page.folded.original[start:end]
            sure = confidence_of(proposal.kind, proposal.rule, inferred=proposal.inferred)
            self._found[key] = replace(proposal, name=proposal.name or quote, span=(start, end), quote=quote, confidence=sure)


def _clean(properties: Properties | None) -> Properties:
    return {name: value for name, value in (properties or {}).items() if value not in ("", ())}


def add_names(composer: Composer, mentions: Iterable[Mention]) -> None:
    """Regions, networks, countries, organisations that the text names; a country in brackets says where its region lies."""
    last: Mention | None = None
    for mention in mentions:
        if mention.kind in ("Region", "Network", "Country", "Organisation") and mention.how in NODE_HOW:
            composer.known_node(mention.id, (mention.start, mention.end), "adjective" if mention.how == "adjective" else "name")
            if mention.how == "bracket" and last and last.kind == "Region":
                composer.edge("PART_OF", last.id, mention.id, (last.start, mention.end), "country behind region")
            last = mention


def add_people(composer: Composer, people: Iterable[Person]) -> None:
    """Leaders, and their offices where the text states them with the region."""
    for person in people:
        span = person.spans[0]
        composer.node("Leader", person.id, person.name, span, "known name" if person.known else "office and name")
        if not person.region or not person.office:
            continue
        known = composer.page.gazetteer.known.get(person.region)
        head = person.office_kind == "head" and known is not None and known.kind == "Region"
        phrase, stated = person.phrases[0] if person.phrases else span, person.stated
        composer.edge("LEADS" if head else "SERVES_IN", person.id, person.region, phrase, "office and name" if stated else "known leader",
                      properties={"office": person.office, "office_kind": person.office_kind,
                                  "portfolio": "" if head else person.portfolio}, inferred=not stated)


def add_deals(composer: Composer, deals: tuple[Deal, ...], topics: Iterable[Topic], aims: Iterable[str]) -> None:
    """Agreements with parties and signatories; the first of today has the text's sectors and aims."""
    ids = {deal: _deal_id(composer.page, deal) for deal in deals}
    for index, (deal, id) in enumerate(ids.items()):
        main = index == 0 and not deal.earlier
        _add_deal(composer, deal, id, tuple(aims) if main else ())
        for topic in topics if main else ():
            span = (topic.start, topic.end)
            composer.edge("COVERS", id, topic.sector, span, "contents", properties={"as_stated": composer.page.folded.words(*span)})
    _add_follows(composer, ids)


def _deal_id(page: Page, deal: Deal) -> str:
    """The id of the known agreement, else a readable one: agr-lombardy-flanders-2026-03-03."""
    known = known_deal(deal, page.gazetteer)
    return known.id if known else "-".join(["agr", *(m.id.replace(":", "-") for m in deal.parties), deal.date or deal.status])


def _add_deal(composer: Composer, deal: Deal, id: str, aims: tuple[str, ...]) -> None:
    known = known_deal(deal, composer.page.gazetteer)
    parties = " - ".join(composer.page.gazetteer.known[m.id].name for m in deal.parties)
    name = known.name if known else " ".join([deal.kind.capitalize() or "Agreement", parties, deal.date[:4]]).strip()
    composer.node("Agreement", id, name, deal.span, "earlier agreement" if deal.earlier else "agreement",
                  properties={"kind": known.kind if known and known.kind else deal.kind or "agreement", "status": deal.status,
                              "date": deal.date, "place": deal.place, "aims": aims}, inferred=deal.inferred)
    for mention in deal.parties:
        span = (mention.start, mention.end)
        composer.known_node(mention.id, span, "party")
        composer.edge("PARTY_TO", mention.id, id, span, "party", properties={"role": "party"}, inferred=deal.inferred)
    for person, span in deal.signers:
        composer.edge("SIGNED", person.id, id, span, "signatory", properties={"for": person.region})


def _add_follows(composer: Composer, ids: Mapping[Deal, str]) -> None:
    """Which earlier agreement today's renews or replaces."""
    for deal, other in itertools.product(ids, ids):
        relation = other.relation or deal.relation
        if not deal.earlier and other.earlier and other.who == deal.who and relation and ids[deal] != ids[other]:
            composer.edge("FOLLOWS", ids[deal], ids[other], other.span, "earlier agreement", properties={"relation": relation})


def add_sectors(composer: Composer, topics: Iterable[Topic], network: str) -> None:
    """Sectors as nodes; of a network where no agreement covers them."""
    for topic in topics:
        span = (topic.start, topic.end)
        composer.known_node(topic.sector, span, "contents")
        if network:
            stated = {"as_stated": composer.page.folded.words(*span)}
            composer.edge("FOCUSES_ON", network, topic.sector, span, "contents", properties=stated, inferred=True)


def add_memberships(composer: Composer, memberships: Iterable[Membership]) -> None:
    """MEMBER_OF with role, founder, since and until as stated."""
    for m in memberships:
        properties: dict[str, Value] = {"role": m.role, "since": m.since, "until": m.until}
        if m.founder:
            properties["founder"] = True
        composer.edge("MEMBER_OF", m.member, m.network, m.span, f"membership: {m.how}", properties=properties, inferred=m.inferred)


def add_chairs(composer: Composer, chairs: Iterable[Chair]) -> None:
    """CHAIRS, and that the region of a chair is a member (inferred)."""
    people = {person.id for person in composer.page.people}
    for chair in chairs:
        composer.edge("CHAIRS", chair.holder, chair.network, chair.span, f"chair: {chair.how}",
                      properties={"role": chair.role, "since": chair.since, "until": chair.until})
        member = chair.region or ("" if chair.holder in people else chair.holder)
        if member:
            composer.edge("MEMBER_OF", member, chair.network, chair.span, "membership: chair", properties={"role": "member"}, inferred=True)


def add_meetings(composer: Composer, meetings: Iterable[Meeting]) -> None:
    """Events with who took part; a network's own is PART_OF it."""
    for meeting in meetings:
        known = _known_meeting(composer.page, meeting)
        id = meeting.id or (known.id if known else _meeting_id(meeting))
        who = " - ".join(composer.page.gazetteer.known[m.id].name for m in meeting.who)
        name = meeting.name or (known.name if known else f"{meeting.kind.capitalize()} {who} {meeting.date}".strip())
        composer.node("Event", id, name, meeting.span, meeting.how, inferred=meeting.inferred,
                      properties={"kind": known.kind if known else meeting.kind, "date": meeting.date, "place": meeting.place})
        for mention in meeting.who:
            composer.known_node(mention.id, (mention.start, mention.end), "participant")
            composer.edge("TOOK_PART_IN", mention.id, id, (mention.start, mention.end), meeting.how, inferred=meeting.inferred)
        for person in meeting.people:
            composer.edge("TOOK_PART_IN", person.id, id, person.spans[0], meeting.how)
        if meeting.network:
            composer.edge("PART_OF", id, meeting.network, meeting.span, meeting.how)


def _meeting_id(meeting: Meeting) -> str:
    if meeting.kind == "series":
        return f"ev-{slug(meeting.name)}"
    return "-".join(["ev", *(m.id.replace(":", "-") for m in meeting.who), meeting.date or "undated"])


def _known_meeting(page: Page, meeting: Meeting) -> KnownEvent | None:
    """The known meeting of these participants on this day."""
    who = frozenset(m.id for m in meeting.who)
    return next((known for known in page.gazetteer.events if known.id == meeting.id or (
        meeting.kind != "series" and meeting.date and known.date == meeting.date and who <= known.who)), None)


def unknown_regions(page: Page) -> tuple[str, ...]:
    """What is called a region and is none that is known, for the person who reviews."""
    taken = [(m.start, m.end) for m in page.mentions] + [span for person in page.people for span in person.spans]
    found = (m for m in page.lexicon.patterns["unknown_region"].finditer(page.folded.plain)
             if not any(s < m.end() and m.start() < e for s, e in taken))
    return tuple(dict.fromkeys(page.folded.words(*match.span()) for match in found))


def unknown_networks(page: Page) -> tuple[str, ...]:
    """What looks like a network that nobody knows, for the person who reviews."""
    found = (m for m in page.lexicon.patterns["unknown_network"].finditer(page.folded.plain)
             if not any(n.start < m.end() and m.start() < n.end for n in page.mentions))
    return tuple(dict.fromkeys(page.folded.words(*match.span()) for match in found))
