"""Find members that a text lists right behind a network's name: "the Four Motors (A, B, C and D)", "…, alongside A and B"."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.press.page import Mention, Page
from loaders.press.parties import actors, listed

PAIR = 2


@dataclass(frozen=True, slots=True)
class Membership:
    """A region (or country) in a network, as stated; `how` names the rule."""

    member: str
    network: str
    role: str
    span: tuple[int, int]
    how: str
    since: str = ""
    until: str = ""
    founder: bool = False
    inferred: bool = False


def spelt_out(page: Page, networks: tuple[Mention, ...], end: int) -> Iterator[Membership]:
    """"The Four Motors are A, B, C and D", "the Four Motors (A, B, C and D)": three or more right behind the name."""
    for network in networks:
        link = page.lexicon.patterns["are"].match(page.folded.low, network.end, end)
        members = listed(page, link.end(), end) if link else ()
        if len(members) > PAIR and all(m.kind in ("Region", "Country") for m in members):
            yield from (Membership(m.id, network.id, "member", (network.start, network.end), "unites") for m in members)
        yield from _one_of(page, network, end)


def _one_of(page: Page, network: Mention, end: int) -> Iterator[Membership]:
    """"X is one of the Four Motors, alongside A, B and C"."""
    low, sentence = page.folded.low, next(s for s in page.sentences if s.start <= network.start < s.end)
    if not page.lexicon.patterns["one_of"].search(low, sentence.start, network.start):
        return
    link = page.lexicon.patterns["beside"].match(low, network.end, end)
    for member in (*actors(page, sentence.start, network.start)[:1], *(listed(page, link.end(), end) if link else ())):
        if member.kind in ("Region", "Country"):
            yield Membership(member.id, network.id, "member", (network.start, network.end), "member")


def beside(page: Page, networks: tuple[Mention, ...], end: int, text: str) -> Iterator[Membership]:
    """"X takes part in the Summit, together with A, B and C"; "… which it forms with A, B and C"."""
    told = any(page.lexicon.has(name, text) for name in ("member", "within", "forms", "presidency", "chairs"))
    for network in networks if told else ():
        link = page.lexicon.patterns["beside"].match(page.folded.low, network.end, end)
        members = listed(page, link.end(), end) if link else ()
        if len(members) >= PAIR and all(m.kind in ("Region", "Country") for m in members):
            yield from (Membership(m.id, network.id, "member", (network.start, network.end), "member") for m in members)
