"""Join what several sentences say of one agreement, so that a page about one memorandum proposes one.

Drafts come from `agreements`; here they find their parties, their date and each other, and what was only planned gives way
to what was signed.
"""

from collections.abc import Iterator
from dataclasses import replace

from loaders.press.agreements import Deal, drafts
from loaders.press.page import Mention, Page
from loaders.press.parties import actors, main_pair, with_party


def find_deals(page: Page) -> tuple[Deal, ...]:
    """The agreements of a page with two or more parties; the first is what the page is about."""
    found = drafts(page)
    current = _join_current(page, [d for d in found if not d.earlier])
    return tuple(_with_dates(page, [*current, *_join_earlier(page, [d for d in found if d.earlier], current)]))


def _join_current(page: Page, drafts: list[Deal]) -> list[Deal]:
    """Today's agreements: drafts of the same parties joined, drafts without parties given to the nearest one."""
    full = [d for d in drafts if len(d.who) > 1 and (d.status or not d.weak)]
    partial = [d for d in drafts if len(d.who) < 2]
    full += _with_home(page, partial, full)
    if not full:
        full = _from_pieces(page, partial)
        partial = partial if full else []
    joined: list[Deal] = []
    for draft in full:
        twin = next((i for i, deal in enumerate(joined) if _same(deal, draft)), None)
        if twin is None:
            joined.append(draft)
        else:
            joined[twin] = _merge(joined[twin], draft)
    for draft in partial:
        fitting = [i for i, deal in enumerate(joined) if draft.who <= deal.who]
        if fitting and (draft.status or draft.kind):
            near = min(fitting, key=lambda i: (abs(joined[i].sentence - draft.sentence), i))
            if not (draft.status in ("announced", "negotiating") and joined[near].status == "signed"):
                joined[near] = _merge(joined[near], draft)
    joined += _announced_of_pair(page, partial, joined)
    signed = [d.who for d in joined if d.status == "signed"]
    return [d for d in joined if d.status == "signed" or (d.who not in signed and (d.status or _is_standing(d)))]


def _with_home(page: Page, partial: list[Deal], full: list[Deal]) -> list[Deal]:
    """"A memorandum was signed with Catalonia": an agreement of the region that the text speaks for, if no other sentence names who."""
    told = [replace(deal, parties=pair, inferred=True) for deal in partial
            if deal.kind and (deal.status == "signed" or (deal.status and _says_both(page, deal)))
            and not any(deal.who <= other.who and deal.status == other.status and deal.sentence != other.sentence for other in full)
            and not _is_partner(page, deal) and not _is_of_network(page, deal)
            and (pair := _spoken_of(page, deal, None)) and deal.who <= {m.id for m in pair}]
    home = page.home
    if home is None:
        return told
    return told + [replace(deal, parties=(home, *deal.parties), inferred=True) for deal in partial
            if deal.status and deal.kind and home.id not in deal.who and _is_partner(page, deal)
            and not any(deal.who <= other.who and deal.status == other.status for other in (*full, *told))
            and not _signers_say(partial, deal)]


def _says_both(page: Page, deal: Deal) -> bool:
    """Whether a draft is one of "both sides"."""
    return not deal.who and page.lexicon.has("both", page.low(page.prose()[deal.sentence]))


def _announced_of_pair(page: Page, partial: list[Deal], joined: list[Deal]) -> list[Deal]:
    """"A memorandum is to be signed in Cardiff": of the two regions that the text is about, if none of theirs is found."""
    pair = main_pair(page)
    everyone = {m.id: m for m in actors(page, 0, page.folded.captions_from)}
    if not joined or len(pair) != 2 or any(set(pair) <= deal.who for deal in joined):
        return []
    return [replace(deal, parties=tuple(everyone[id] for id in pair), inferred=True) for deal in partial
            if not deal.who and deal.kind and not deal.weak and deal.status in ("announced", "negotiating") and not _is_of_network(page, deal)][:1]


def _signers_say(partial: list[Deal], deal: Deal) -> bool:
    """Whether those who signed tell the parties."""
    signing = {person.region for draft in partial for person, _ in draft.signers if person.region}
    return len(signing) == 2 and deal.who <= signing


def _is_standing(deal: Deal) -> bool:
    """Whether an agreement that is named with its parties, but with no verb, may be taken for one that exists."""
    return not deal.weak and deal.kind not in ("understanding", "pact")


def _same(one: Deal, other: Deal) -> bool:
    """Whether two drafts may be one agreement: same parties or fewer, no two dates, not one signed and one only planned."""
    if one.date and other.date and not (one.date.startswith(other.date) or other.date.startswith(one.date)):
        return False
    if {one.status, other.status} == {"signed", "announced"} and one.kind != other.kind and other.kind and one.kind:
        return False
    if one.who < other.who or other.who < one.who:
        return not (one.date and other.date) and not (one.status and other.status)
    return one.who == other.who


RANK = {"signed": 3, "negotiating": 2, "announced": 1, "": 0}
GENERIC = ("", "understanding", "agreement", "pact", "protocol")


def _merge(deal: Deal, draft: Deal) -> Deal:
    """One agreement out of two drafts: the more parties, the higher status, the more telling kind, the more exact date."""
    better = draft if RANK[draft.status] > RANK[deal.status] else deal
    telling = deal.kind in GENERIC and draft.kind and (draft.kind not in GENERIC or not deal.kind)
    exact = max(deal.date, draft.date, key=len)
    signers = {s[0].id: s for s in (*draft.signers, *deal.signers)}
    return replace(deal, status=better.status, kind=draft.kind if telling else deal.kind, span=draft.span if telling else deal.span,
                   parties=max(deal.parties, draft.parties, key=len), place=deal.place or draft.place,
                   date=exact if deal.status == draft.status or not deal.date else better.date or exact,
                   relation=deal.relation or draft.relation, weak=deal.weak and draft.weak,
                   signers=tuple(signers[id] for id in dict.fromkeys(s[0].id for s in (*deal.signers, *draft.signers))))


def _from_pieces(page: Page, partial: list[Deal]) -> list[Deal]:
    """An agreement whose parties no single sentence names: those of the signers, of the pieces, or the two regions of the text; with
    one partner named, the region that the text names first is the other."""
    telling = [d for d in partial if d.status and d.kind and not _is_of_network(page, d)]
    if not telling:
        return []
    signing = {s[0].region: Mention(*s[1], "Region", s[0].region, "person") for d in partial for s in d.signers if s[0].region}
    named = {m.id: m for d in partial for m in d.parties}
    pair = main_pair(page)
    everyone = {m.id: m for m in actors(page, 0, page.folded.captions_from)}
    for candidates in (signing, named, {id: everyone[id] for id in pair} if set(named) <= set(pair) else {}):
        if len(candidates) == 2:
            return [replace(telling[0], parties=tuple(candidates.values()), inferred=True)]
    host = next(iter(everyone.values()), None)
    return [replace(deal, parties=(host, *deal.parties), inferred=True) for deal in telling
            if host and host.id not in deal.who and _is_partner(page, deal)][:1]


def _is_partner(page: Page, deal: Deal) -> bool:
    """Whether a draft names one party, and that behind "with"."""
    sentence = page.prose()[deal.sentence]
    return len(deal.who) == 1 and any({m.id for m in found} == deal.who for _, found in with_party(page, sentence.start, sentence.end))


def _is_of_network(page: Page, deal: Deal) -> bool:
    """Whether the sentence of a draft speaks of a network's members: whoever they are, the text does not name them."""
    sentence = page.prose()[deal.sentence]
    return bool(page.within(sentence.start, sentence.end, ("Network",), how=("name", "reference")))


def _join_earlier(page: Page, drafts: list[Deal], current: list[Deal]) -> list[Deal]:
    """Earlier agreements, each date once; without parties of their own they have those of today's, or of the text."""
    out: list[Deal] = []
    everyone = {m.id: m for m in actors(page, 0, page.folded.captions_from)}
    pair = tuple(everyone[id] for id in main_pair(page) if id in everyone)
    for draft in drafts:
        near = min(current, key=lambda deal: (abs(deal.sentence - draft.sentence), -deal.sentence), default=None)
        sentence = page.prose()[draft.sentence]
        here = {m.id for m in actors(page, sentence.start, sentence.end)}
        if not draft.parties and page.lexicon.has("both", page.low(sentence)):
            near = next((deal for deal in current if deal.status == "signed"), near)
        if not draft.parties and near and len(here) > 1 and not here & near.who:
            continue
        parties = draft.parties or _spoken_of(page, draft, near) or _named_here(page, draft, near) or (near.parties if near else pair)
        if len(draft.parties) == 1 and near and draft.who <= near.who:
            parties = near.parties
        elif len(draft.parties) == 1 and (host := page.home if page.home and page.home.id not in draft.who else near and near.parties[0]):
            parties = (host, *draft.parties)
        if len({m.id for m in parties}) < 2 or (draft.weak and not current and not draft.kind):
            continue
        deal = replace(draft, parties=parties, inferred=not draft.parties, kind=draft.kind or (near.kind if near else "agreement"))
        if not any(other.who == deal.who and (other.date.startswith(deal.date) or deal.date.startswith(other.date)) for other in out):
            out.append(deal)
    return out


def _named_here(page: Page, draft: Deal, near: Deal | None) -> tuple[Mention, ...]:
    """The region that the sentence of an earlier agreement names, with that of the text, where it is none of today's parties."""
    sentence = page.prose()[draft.sentence]
    here = actors(page, sentence.start, sentence.end)
    if len(here) != 1 or page.home is None or page.home.id == here[0].id or (near and here[0].id in near.who):
        return ()
    return (page.home, *here)


def _spoken_of(page: Page, draft: Deal, near: Deal | None) -> tuple[Mention, ...]:
    """The two whom the sentence before speaks of, where no agreement of today is nearer."""
    prose = page.prose()
    if near and near.sentence == draft.sentence:
        return ()
    for index in range(draft.sentence - 1, -1, -1):
        if (near and near.sentence == index) or prose[index].paragraph != prose[draft.sentence].paragraph:
            return ()
        if found := actors(page, prose[index].start, prose[index].end):
            both = page.lexicon.patterns["both_leaders"].search(page.folded.low, prose[draft.sentence].start, prose[draft.sentence].end)
            if len(found) == 1 and both and page.home and page.home.id != found[0].id:
                return page.home, found[0]
            return found if len(found) == 2 else ()
    return ()


def _with_dates(page: Page, deals: list[Deal]) -> Iterator[Deal]:
    """Signed today unless the text says when, or that it was some other day: the page's date, marked as inferred."""
    for deal in deals:
        day = page.day_told(page.prose()[deal.sentence])
        sentence = page.prose()[deal.sentence]
        vague = page.lexicon.patterns["vague"].search(page.folded.low, sentence.start, sentence.end)
        if deal.status == "signed" and not deal.date and day and not deal.earlier and not vague:
            yield replace(deal, date=day, date_inferred=True)
        elif not deal.status:
            yield replace(deal, status="signed", inferred=True)
        else:
            yield deal
