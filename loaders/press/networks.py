"""Find who belongs to a network: stated members, founders, who joined or left, and who is only named within it (role unknown, inferred)."""

import re
from collections.abc import Iterator

from loaders.press.agreements import Deal
from loaders.press.members import Membership, beside, spelt_out
from loaders.press.page import Mention, Page, When
from loaders.press.parties import actors, group_before, list_behind, listed, main_pair
from loaders.press.text import Sentence

PAIR = 2
REACH = 70
CARRIED = 2
"""Sentences over which a network that was named is still the one spoken of, where a text names several."""
CUES = ("member", "joined", "left", "founder", "observer", "not_member")
BEFORE_DATE = 12
RELATIVE = re.compile(r", (?:which|who|che|die|der|das|que|qui|dat) [^,;.]{0,80},")
"""What is told of one member by the way: "X, which had left in 2019, and Y"."""


def find_memberships(page: Page, deals: tuple[Deal, ...]) -> tuple[Membership, ...]:
    """All memberships, each region and network once, the surest rule first."""
    found = [m for group in _groups(page) for m in _in_group(page, group, deals)]
    order = {"member": 0, "founder": 0, "joined": 0, "left": 0, "unites": 0, "within": 2, "reference": 2}
    out: dict[tuple[str, str], Membership] = {}
    for membership in sorted(found, key=lambda m: (m.inferred, order.get(m.how, 1))):
        out.setdefault((membership.member, membership.network), membership)
    return tuple(out.values())


def _groups(page: Page) -> Iterator[tuple[Sentence, ...]]:
    """Sentences with the fragments that go on behind them ("Ed anche la …", "As well as …")."""
    group: list[Sentence] = []
    for sentence in page.prose():
        if group and group[-1].paragraph == sentence.paragraph and page.lexicon.patterns["continues"].match(page.low(sentence).lstrip()):
            group.append(sentence)
            continue
        if group:
            yield tuple(group)
        group = [sentence]
    if group:
        yield tuple(group)


def _in_group(page: Page, group: tuple[Sentence, ...], deals: tuple[Deal, ...]) -> Iterator[Membership]:
    subject: tuple[str, ...] = ()
    for start, end in _clauses(page, group):
        yield from _in_clause(page, start, end, subject, deals)
        cue = min((m.start() for name in CUES for m in page.lexicon.find(name, page.folded.low, start, end)), default=end)
        subject = tuple(m.id for m in actors(page, start, cue)) or subject


def _clauses(page: Page, group: tuple[Sentence, ...]) -> Iterator[tuple[int, int]]:
    """The group whole; cut where it tells in several clauses who belongs, joined or left."""
    start, end, low = group[0].start, group[-1].end, page.folded.low
    joints = list(page.lexicon.patterns["clauses"].finditer(low, start, end))
    for index, match in enumerate(joints):
        until = joints[index + 1].start() if index + 1 < len(joints) else end
        if _tells(page, start, match.start()) and _tells(page, match.end(), until):
            yield start, match.start()
            start = match.end()
    yield start, end


def _tells(page: Page, start: int, end: int) -> bool:
    """Whether a span says of somebody that he belongs, joined, left or does not."""
    return any(page.lexicon.has(name, page.folded.low[start:end]) for name in CUES)


def _in_clause(page: Page, start: int, end: int, subject: tuple[str, ...], deals: tuple[Deal, ...]) -> Iterator[Membership]:
    """What one clause says; `subject` is that of the clause before it, for one that has none of its own."""
    text = _without_asides(page, start, page.folded.low[start:end])
    if page.lexicon.has("not_member", text) and not page.lexicon.has("left", text) and not page.lexicon.has("admitted", text):
        return
    networks = page.within(start, end, ("Network",), how=("name", "reference"))
    dates = tuple(when for when in page.dates_in(start, end) if not page.lexicon.patterns["until"].search(
        page.folded.low, max(start, when.start - BEFORE_DATE), when.start))
    if not networks:
        yield from tuple(_named_apart(page, start, end)) or _carried(page, start, end, text, dates)
        return
    yield from _founding(page, networks, start, end, dates)
    if leaving := page.lexicon.patterns["left"].search(text):
        yield from _left(page, networks[0], start, start + leaving.start(), dates)
        return
    yield from spelt_out(page, networks, end)
    yield from _uniting(page, networks, start, end, dates, deals)
    if page.lexicon.has("joined", text) and (joined := tuple(_joined(page, networks, start, end, dates))):
        yield from joined
        return
    yield from beside(page, networks, end, text)
    if page.lexicon.has("member", text) or page.lexicon.has("founder", text):
        yield from _stated(page, networks, start, end, dates, subject, deals)
    elif inside := _named_within(page, networks, start, end):
        opens = not actors(page, start, inside[0].start) and inside[0].start - start < REACH
        followers = tuple(m.id for m in actors(page, inside[-1].end, end)) if opens else ()
        pair = followers or _both(page, start, inside[0].start, deals)
        yield from (Membership(m, n.id, "unknown", (n.start, n.end), "within", inferred=True) for n in inside for m in pair)


def _without_asides(page: Page, start: int, text: str) -> str:
    """A clause without members of something else, and without what it tells of one member by the way and names nobody in."""
    text = page.lexicon.patterns["no_members"].sub(lambda m: " " * len(m.group()), text)
    return RELATIVE.sub(lambda m: m.group() if page.within(start + m.start(), start + m.end(), ("Region",)) else " " * len(m.group()), text)


def _carried(page: Page, start: int, end: int, text: str, dates: tuple[When, ...]) -> Iterator[Membership]:
    """"Galicia and Normandy were admitted", "Tuscany, a founding member, …": of the network that was named just before."""
    before = page.within(0, start, ("Network",), how=("name", "reference"))
    if not before or page.lexicon.has("presidency", text):
        return
    since = sum(s.start >= before[-1].end for s in page.prose() if s.start <= start)
    if since > CARRIED and len({m.id for m in before}) > 1:
        return
    above = actors(page, 0, start) if page.lexicon.patterns["named_above"].search(text) else ()
    network, who = before[-1], [*above, *(m for m in actors(page, start, end, countries=True) if m.how != "person")]
    span = (network.start, network.end)
    if leaving := page.lexicon.patterns["left"].search(text):
        yield from _left(page, network, start, start + leaving.start(), dates)
    elif page.lexicon.has("joined", text):
        yield from (Membership(m.id, network.id, "member", span, "joined", since=_day(dates) or page.date) for m in who)
    elif (unites := page.lexicon.patterns["unites"].search(text)) and len(members := list_behind(page, start + unites.end(), end)) >= PAIR:
        yield from (Membership(m.id, network.id, "member", span, "unites") for m in (*above, *members) if m.kind in ("Region", "Country"))
    elif any(page.lexicon.has(name, text) for name in ("member", "observer", "founder")):
        role = _role(page, text)
        yield from (Membership(m.id, network.id, role, span, "member", founder=page.lexicon.has("founder", text)) for m in who)


def _role(page: Page, text: str) -> str:
    return "associate" if page.lexicon.has("associate", text) else "observer" if page.lexicon.has("observer", text) else "member"


def _left(page: Page, network: Mention, start: int, verb: int, dates: tuple[When, ...]) -> Iterator[Membership]:
    """Who left: named before the verb and the network in one clause, else before the network."""
    clause = max((m.end() for m in page.lexicon.patterns["clauses"].finditer(page.folded.low, start, verb)), default=start)
    named = actors(page, clause, verb) or (actors(page, clause, network.start) if network.start > verb else ())
    behind = () if named else actors(page, network.end, network.end + REACH)[:1]
    for who in listed(page, (*named, *behind)[0].start, max(verb, network.start) if named else network.end + 2 * REACH) if named or behind else ():
        yield Membership(who.id, network.id, "former", (network.start, network.end), "left", until=_day(dates))


def _named_apart(page: Page, start: int, end: int) -> Iterator[Membership]:
    """"… told the members, among them Scotland and the Azores": of the network that was named last."""
    before, intro = page.within(0, start, ("Network",), how=("name", "reference")), _opens_list(page, start, end)
    if intro is None or not before:
        return
    consists = page.lexicon.patterns["consists"].match(page.folded.low, intro.start())
    for member in actors(page, intro.end(), end) if consists else listed(page, intro.end(), end):
        if member.kind in ("Region", "Country"):
            yield Membership(member.id, before[-1].id, "member", (before[-1].start, before[-1].end), "member")


def _opens_list(page: Page, start: int, end: int) -> re.Match[str] | None:
    """The words that open a list of members."""
    return next((match for name in ("consists", "member_list") for match in page.lexicon.find(name, page.folded.low, start, end)), None)


def _named_within(page: Page, networks: tuple[Mention, ...], start: int, end: int) -> tuple[Mention, ...]:
    """Networks behind "within networks such as", the first one close by: taking part in an assembly is not belonging."""
    low = page.folded.low
    for match in page.lexicon.find("within", low, start, end):
        behind = tuple(n for n in networks if n.start >= match.end())
        if behind and behind[0].start - match.end() < REACH and not page.lexicon.has("network_gathering", low[match.end():behind[0].start]):
            return behind
    return ()


def _day(dates: tuple[When, ...]) -> str:
    return dates[0].value if dates else ""


def _both(page: Page, start: int, end: int, deals: tuple[Deal, ...]) -> tuple[str, ...]:
    """Whom "both" or a missing subject means: the regions of the sentence, else the parties of the agreement, else the text's two; "it"
    is what the sentence before begins with."""
    here = tuple(m.id for m in actors(page, start, end))
    if not here and page.home and page.lexicon.patterns["own_region"].match(page.folded.low, start):
        return (page.home.id,)
    if not here and page.lexicon.patterns["pronoun"].match(page.folded.low, start):
        return tuple(m.id for m in _spoken_of(page, start)[:1])
    both = page.lexicon.has("both", page.folded.low[start:end])
    if (len(here) == PAIR if both else here):
        return here
    two = next((deal for deal in deals if len(deal.who) == PAIR), None)
    pair = tuple(m.id for m in two.parties if m.kind in ("Region", "Country")) if two else main_pair(page)
    return tuple(dict.fromkeys((*pair, *here)))


def _spoken_of(page: Page, start: int) -> tuple[Mention, ...]:
    """The regions of the sentence before."""
    before = [s for s in page.prose() if s.end <= start]
    return actors(page, before[-1].start, before[-1].end) if before else ()


def _uniting(page: Page, networks: tuple[Mention, ...], start: int, end: int, dates: tuple[When, ...],
             deals: tuple[Deal, ...]) -> Iterator[Membership]:
    """«… l'associazione che dal 1988 unisce le due regioni al Baden-Württemberg e all'Auvergne-Rhône-Alpes»; "A, B and C form …"."""
    low = page.folded.low
    if page.lexicon.patterns["forms"].search(low, start, end) and len(forming := _forming(page, start, networks[0].start)) > PAIR:
        stated = [d.value for d in dates]
        for who in forming:
            yield Membership(who.id, networks[0].id, "member", (networks[0].start, networks[0].end), "unites",
                             since=stated[0] if len(stated) == 1 else "")
    for match in page.lexicon.find("unites", low, start, end):
        before = [n for n in networks if n.end <= match.start() and not re.search(r"[.;]", low[n.end:match.start()])]
        if not before:
            continue
        stop = page.lexicon.patterns["members_end"].search(low, match.end(), end)
        limit = stop.start() if stop else end
        members = [m.id for m in list_behind(page, match.end(), limit) if m.kind in ("Region", "Country")]
        if page.lexicon.has("both", low[match.end():limit]):
            own = tuple(m.id for m in actors(page, start, match.start()))
            both = own if len(own) > 1 else _both(page, start, match.start(), deals)
            members = [*both, *(m.id for m in actors(page, match.end(), limit))]
        since = [d.value for d in dates if before[-1].end <= d.start < limit]
        for member in dict.fromkeys(members):
            yield Membership(member, before[-1].id, "member", (before[-1].start, before[-1].end), "unites", since=since[0] if since else "")


def _forming(page: Page, start: int, end: int) -> tuple[Mention, ...]:
    """Who forms a network: those named, and those whom "the four regions" means."""
    return tuple({m.id: m for m in (*group_before(page, start, end), *actors(page, start, end))}.values())


def _founding(page: Page, networks: tuple[Mention, ...], start: int, end: int, dates: tuple[When, ...]) -> Iterator[Membership]:
    """"… with which the Working Community between both territories was born": who founded it stands behind "between"."""
    low = page.folded.low
    if not page.lexicon.has("founder", low[start:end]):
        return
    for network in networks:
        for match in page.lexicon.find("between", low, network.end, min(end, network.end + REACH)):
            both = page.lexicon.patterns["both"].match(low, match.end() + 1)
            members = _both(page, start, match.start(), ()) if both else tuple(m.id for m in listed(page, match.end(), end))
            since = dates[0].value if len(dates) == 1 else ""
            yield from (Membership(m, network.id, "member", (network.start, network.end), "founder", since, founder=True) for m in members)


def _joined(page: Page, networks: tuple[Mention, ...], start: int, end: int, dates: tuple[When, ...]) -> Iterator[Membership]:
    """Who joined: the regions of the sentence, "With Norte in Portugal the Alliance now counts 31 members"."""
    if page.lexicon.has("presidency", page.folded.low[start:end]):
        return
    network = networks[0]
    for member in actors(page, start, end, countries=True):
        if member.how != "person":
            yield Membership(member.id, network.id, "member", (network.start, network.end), "joined", since=_day(dates) or page.date)


def _stated(page: Page, networks: tuple[Mention, ...], start: int, end: int, dates: tuple[When, ...],
            subject: tuple[str, ...], deals: tuple[Deal, ...]) -> Iterator[Membership]:
    """Members by words like "member", "fanno parte", "founded by": with the role that stands there."""
    low = page.folded.low
    text = low[start:end]
    both = page.lexicon.has("both", text) or not actors(page, start, end)
    group = tuple(m.id for m in group_before(page, start, end))
    here, pair_meant = actors(page, start, end), page.lexicon.has("both", text)
    if not (here or group or subject or pair_meant) and (page.lexicon.patterns["members_act"].search(text) or not page.lexicon.has("member", text)):
        return
    members = group or (() if not both else subject if subject and not page.lexicon.has("both", text) else _both(page, start, end, deals))
    above = actors(page, 0, start) if page.lexicon.patterns["named_above"].search(text) else ()
    members = tuple(dict.fromkeys((*members, *(m.id for m in (*above, *actors(page, start, end))))))
    founder = page.lexicon.has("founder", text) and not page.lexicon.has("left", text)
    if founder and not page.lexicon.has("member", text) and not page.lexicon.patterns["founded_by"].search(text):
        return
    role = _role(page, text)
    for network in networks:
        if network.how == "reference" and len({n.id for n in networks}) > 1:
            continue
        since = [d.value for d in dates if d.how in ("year", "month", "full")]
        for member in members:
            yield Membership(member, network.id, role, (network.start, network.end), "founder" if founder else "member",
                             since=since[0] if since and len(since) == 1 else "", founder=founder)
