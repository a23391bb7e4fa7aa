"""Every usual way to say a thing is read, in every language: one sentence each, so that a rule that breaks names its sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from loaders.press import Reading
from loaders.press.lexicon import languages

from .conftest import Read, edges, nodes

FOLDER = Path(__file__).parent / "phrases"
TWO = {"bavaria", "catalonia"}
PHRASES = [(language, section, text) for language in languages()
           for section, texts in yaml.safe_load((FOLDER / f"{language}.yml").read_text(encoding="utf-8")).items() for text in texts]


def agreements(reading: Reading) -> set[tuple[object, object]]:
    return {(p.properties["status"], p.properties.get("date", "")) for p in reading.proposals if p.kind == "Agreement"}


def parties(reading: Reading) -> set[str]:
    return {source for source, _ in edges(reading, "PARTY_TO")}


def chairs(reading: Reading) -> dict[str, dict[str, object]]:
    return {p.source: dict(p.properties) for p in reading.proposals if p.kind == "CHAIRS"}


def meetings(reading: Reading) -> list[set[str]]:
    return [{s for s, t in edges(reading, "TOOK_PART_IN") if t == id} for id in nodes(reading, "Event")]


EXPECTED: dict[str, Callable[[Reading], bool]] = {
    "signed": lambda r: [status for status, _ in agreements(r)] == ["signed"] and parties(r) == TWO,
    "announced": lambda r: [status for status, _ in agreements(r)] in (["announced"], ["negotiating"]) and parties(r) == TWO,
    "none": lambda r: not agreements(r),
    "earlier": lambda r: agreements(r) == {("signed", "2014")} and parties(r) == TWO,
    "member": lambda r: edges(r, "MEMBER_OF") >= {("bavaria", "vanguard"), ("catalonia", "vanguard")},
    "joined": lambda r: edges(r, "MEMBER_OF") == {("bavaria", "vanguard")},
    "handover": lambda r: set(chairs(r)) == TWO and bool(chairs(r)["bavaria"].get("until")) and bool(chairs(r)["catalonia"].get("since")),
    "chairs": lambda r: set(chairs(r)) == {"bavaria"},
    "meeting": lambda r: len(meetings(r)) == 1 and meetings(r)[0] >= TWO,
    "no_meeting": lambda r: not meetings(r),
    "assembly": lambda r: len(meetings(r)) == 1 and "vanguard" in meetings(r)[0],
}


@pytest.mark.parametrize(("language", "section", "text"), PHRASES)
def test_it_is_read_however_it_is_said(language: str, section: str, text: str, read: Read) -> None:
    reading = read(text, language=language)
    assert EXPECTED[section](reading), [(p.kind, p.id or (p.source, p.target), dict(p.properties)) for p in reading.proposals]


def test_every_language_has_the_same_sections() -> None:
    sections = {language: {section for other, section, _ in PHRASES if other == language} for language in languages()}
    assert set(map(frozenset, sections.values())) == {frozenset(EXPECTED)}
