"""Judge each proposal on the annotated texts, fit the confidence of its rule on one half of them and look at the other half."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from loaders.press import Gazetteer, Proposal, read_text
from loaders.press.confidence import UNKNOWN, estimate, rule_key

from .corpus import Document, documents, score

BANDS = ((0.95, 1.01), (0.9, 0.95), (0.8, 0.9), (0.0, 0.8))
SEEN = 0.25
"""What a text counts that rules were written with: it is read better than one that nobody has seen."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A proposal of a text and whether the annotation has it."""

    rule: str
    right: bool
    fitted: bool
    set: str


def halves() -> Iterator[tuple[Document, bool]]:
    """Every text, and whether it is of the half that confidences are fitted on: every other one of each language and set."""
    by_group = sorted(documents(), key=lambda d: (d.set, d.language, d.name))
    for _, group in groupby(by_group, key=lambda d: (d.set, d.language)):
        for index, document in enumerate(group):
            yield document, index % 2 == 0


def judged(gazetteer: Gazetteer) -> tuple[Judged, ...]:
    """The proposals of all texts whose kind the annotation speaks of."""
    return tuple(Judged(rule_key(p.kind, p.rule, inferred=p.inferred), right, fitted, document.set)
                 for document, fitted in halves()
                 for p, right in verdicts(document, read_text(document.text, gazetteer, document=document.name).proposals))


def verdicts(document: Document, proposals: Iterable[Proposal]) -> Iterator[tuple[Proposal, bool]]:
    """Each proposal with whether it is right, where that can be told."""
    judge = Judge(document, tuple(proposals))
    for proposal in judge.proposals:
        right = judge.right(proposal)
        if right is not None:
            yield proposal, right


class Judge:
    """Holds the proposals of one text against its annotation."""

    def __init__(self, document: Document, proposals: tuple[Proposal, ...]) -> None:
        self.proposals = proposals
        self.gold: Mapping[str, set[object]] = score().gold_facts(document.gold)
        leaders = document.gold["leaders"]
        assert isinstance(leaders, list)
        self.regions = {score().fold(leader["name"]): leader.get("region") for leader in leaders}
        self.nodes = {p.id: p for p in proposals if not p.is_edge}
        self.ends: dict[tuple[str, str], set[str]] = defaultdict(set)
        for p in proposals:
            self.ends[p.kind, p.target].add(p.source)

    def right(self, p: Proposal) -> bool | None:
        """Whether a proposal is right; None where the annotation does not speak of its kind."""
        if p.kind in ("Region", "Network", "Sector"):
            return p.id in self.gold[f"{p.kind.lower()}s"]
        judges: Mapping[str, Callable[[], bool]] = {
            "Leader": lambda: self.name(p.id) in self.gold["leaders"],
            "Agreement": lambda: self.agreement(p.id), "PARTY_TO": lambda: self.agreement(p.target),
            "COVERS": lambda: p.target in self.gold["sectors"] and self.agreement(p.source),
            "FOCUSES_ON": lambda: p.target in self.gold["sectors"],
            "SIGNED": lambda: (self.parties(p.target), self.name(p.source)) in self.gold["signatories"],
            "MEMBER_OF": lambda: (p.source, p.target) in self.gold["memberships"],
            "CHAIRS": lambda: self.chair(p),
            "Event": lambda: self.meeting(p.id), "TOOK_PART_IN": lambda: self.meeting(p.target),
            "LEADS": lambda: self.regions.get(self.name(p.source)) == p.target,
            "SERVES_IN": lambda: self.regions.get(self.name(p.source)) == p.target,
        }
        return judges[p.kind]() if p.kind in judges else None

    def name(self, id: str) -> str:
        """A node's name, to compare people by."""
        folded: str = score().fold(self.nodes[id].name)
        return folded

    def parties(self, id: str) -> frozenset[str]:
        """The proposed parties of an agreement."""
        return frozenset(self.ends["PARTY_TO", id])

    def agreement(self, id: str) -> bool:
        """Whether there is an agreement with these parties, status and date; the annotation knows plans, and none that are negotiated."""
        properties = self.nodes[id].properties
        status = "announced" if properties.get("status") == "negotiating" else properties.get("status")
        return (self.parties(id), status, properties.get("date")) in self.gold["agreements"]

    def meeting(self, id: str) -> bool:
        """Whether there is a meeting of at most these participants on that day."""
        who, date = self.ends["TOOK_PART_IN", id], self.nodes[id].properties.get("date")
        meetings: Iterable[tuple[frozenset[str], object]] = self.gold["meetings"]  # type: ignore[assignment]
        return any(wanted <= who and day == date for wanted, day in meetings)

    def chair(self, p: Proposal) -> bool:
        """Whether this person or region chairs this network."""
        who = self.name(p.source) if self.nodes[p.source].kind == "Leader" else p.source
        chairs: Iterable[tuple[frozenset[str], str]] = self.gold["chairs"]  # type: ignore[assignment]
        return any(who in holders and network == p.target for holders, network in chairs)


def fit(found: Iterable[Judged]) -> Mapping[str, float]:
    """The confidence of each rule that the fitted half calls upon."""
    fitted = [one for one in found if one.fitted]
    unseen, seen = tally(one for one in fitted if one.set == "held"), tally(one for one in fitted if one.set != "held")
    pairs = {rule: (unseen.get(rule, (0, 0)), seen.get(rule, (0, 0))) for rule in sorted({one.rule for one in fitted})}
    return {rule: estimate(new[0] + SEEN * old[0], new[1] + SEEN * old[1]) for rule, (new, old) in pairs.items()}


def tally(found: Iterable[Judged]) -> Mapping[str, tuple[int, int]]:
    """Rule -> how often it was right, how often it was seen."""
    counts: dict[str, list[bool]] = defaultdict(list)
    for one in found:
        counts[one.rule].append(one.right)
    return {rule: (sum(rights), len(rights)) for rule, rights in counts.items()}


def bands(found: Iterable[Judged], confidences: Mapping[str, float]) -> str:
    """How often proposals of the other half were right, by their confidence, as a table."""
    rest = [one for one in found if not one.fitted]
    lines = ["| confidence | of the other half | right | of these held back | right |", "|---|---|---|---|---|"]
    for low, high in BANDS:
        within = [one for one in rest if low <= confidences.get(one.rule, UNKNOWN) < high]
        held = [one for one in within if one.set == "held"]
        label = f"{low:.2f} and more" if high > 1 else f"{low:.2f} to {high:.2f}" if low else f"below {high:.2f}"
        lines.append(f"| {label} | {len(within)} | {_share(within)} | {len(held)} | {_share(held)} |")
    return "\n".join(lines)


def rules(found: Iterable[Judged], confidences: Mapping[str, float]) -> str:
    """Each rule with its confidence and how often it was right in both halves, as a table."""
    found = tuple(found)
    ours, others = tally(one for one in found if one.fitted), tally(one for one in found if not one.fitted)
    lines = ["| rule | confidence | fitted half | other half |", "|---|---|---|---|"]
    for rule, sure in sorted(confidences.items(), key=lambda item: (-item[1], item[0])):
        lines.append(f"| {rule} | {sure:.2f} | {_of(ours, rule)} | {_of(others, rule)} |")
    return "\n".join(lines)


def _share(found: list[Judged]) -> str:
    return f"{sum(one.right for one in found) / len(found):.2f}" if found else "–"


def _of(counts: Mapping[str, tuple[int, int]], rule: str) -> str:
    right, seen = counts.get(rule, (0, 0))
    return f"{right} of {seen}" if seen else "–"
