"""Define what a loader is: what source.yml says of a source, what one run is given, and what it notes for people."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Protocol

import yaml

from graph.errors import BadFile
from graph.model import DIPLOMACY, TIERS, Source, Statement, Value
from loaders.known import Known

DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
MOST_EXAMPLES = 3
KEYS = frozenset({"title", "publisher", "licence", "homepage", "layer", "tier", "languages", "coverage", "expectations", "file", "included",
                  "editions"})
COVERAGE = frozenset({"text", "countries", "period"})
PERIOD = re.compile(r"\d{4}(/\d{4}|/)?")


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What a source.yml says: who publishes it, under which licence, what it covers, what is expected of it.

    `expectations` maps a kind of node or edge to the least and the most facts that a good run yields, `filled` "Kind.property" to the
    least share of its nodes that state it. `file` says in words what is to be given and where its publisher offers it, `included` is
    the folder of a source that comes with Ponte. `editions`: a run takes the place of its own sources alone, not of all that was loaded.
    """

    name: str
    title: str
    publisher: str
    licence: str
    homepage: str = ""
    layer: str = DIPLOMACY
    languages: tuple[str, ...] = ()
    coverage: str = ""
    expectations: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    filled: Mapping[str, float] = field(default_factory=dict)
    countries: tuple[str, ...] = ()
    period: str = ""
    tier: str = "register"
    file: str = ""
    included: str = ""
    editions: bool = False

    @property
    def runs(self) -> bool:
        """Whether it can be run as a whole; press releases are read one at a time."""
        return bool(self.file or self.included)


@dataclass(slots=True)
class Notes:
    """What a run wants a person to know: rows read by file, what was left out and why, what could not be told, and how far it has come."""

    rows: Counter[str] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)
    unmapped: list[str] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    unresolved: Counter[tuple[str, str]] = field(default_factory=Counter)
    position: tuple[int, int] = (0, 0)

    def skip(self, reason: str, place: str) -> None:
        """A row that states nothing here, with the reason."""
        self.skipped[reason] += 1
        examples = self.examples.setdefault(reason, [])
        if len(examples) < MOST_EXAMPLES:
            examples.append(place)

    def unclear(self, what: str, wording: str) -> None:
        """A wording of which nobody can tell what it names: ("membership", "Réseau européen des …")."""
        self.unresolved[what, wording] += 1


class Loader(Protocol):
    """One source: its description, its sources by id, and a function that yields statements."""

    info: SourceInfo

    def sources(self) -> Mapping[str, Source]:
        """All sources that the statements name, by id; complete once the statements were read."""
        ...

    def statements(self, notes: Notes) -> Iterator[Statement]:
        """The statements, in any order. Raises BadFile at the first cell that cannot be used."""
        ...


@dataclass(frozen=True, slots=True)
class Said:
    """Who says something, where and when: shared by all statements of one row."""

    loader: str
    source: str
    place: str
    quote: str = ""
    confidence: str = "stated"
    observed: str = ""

    def node(self, kind: str, id: str) -> Statement:
        """That a node is."""
        return self._say(kind, id)

    def value(self, kind: str, id: str, property: str, value: Value, *, language: str = "", as_stated: str = "") -> Iterator[Statement]:
        """That a property has a value; nothing where it is empty."""
        if value not in ("", ()):
            yield self._say(kind, id, property=property, value=value, language=language, as_stated=as_stated)

    def edge(self, kind: str, source: str, target: str, /, *, as_stated: str = "", **qualifiers: Value) -> Statement:
        """That an edge is, with those qualifiers that are not empty."""
        said = {name: value for name, value in qualifiers.items() if value != ""}
        return self._say(kind, source, object=target, qualifiers=said, as_stated=as_stated)

    def _say(self, kind: str, subject: str, **more: Any) -> Statement:
        return Statement(kind, subject, self.source, place=self.place, quote=self.quote, observed=self.observed,
                         confidence=self.confidence, loader=self.loader, **more)


@dataclass(slots=True)
class Run:
    """One run of a loader: the files that it is given, what the graph knows already, the sources that it names, its notes."""

    info: SourceInfo
    files: tuple[Path, ...]
    known: Known
    notes: Notes
    sources: dict[str, Source] = field(default_factory=dict)

    def find(self, pattern: str) -> Path | None:
        """The first file that is called so ("names.tsv", "*.gexf"), None where there is none."""
        return next((file for file in self.files if fnmatch(file.name.casefold(), pattern)), None)

    def need(self, pattern: str) -> Path:
        """The file that is called so.

        Raises BadFile where there is none.
        """
        return self.find(pattern) or self._refuse(pattern)

    def source(self, id: str = "", *, title: str = "", date: str = "", url: str = "", language: str = "", note: str = "", publisher: str = "",
               tier: str = "", origin: str = "", licence: str = "") -> str:
        """Name a source: that of source.yml, but for what is said here; its id."""
        info = self.info
        id = id or info.name
        self.sources[id] = Source(id, title or info.title, url or info.homepage, publisher or info.publisher, tier or info.tier, origin, language,
                                  date, licence or info.licence, info.layer, info.name, note)
        return id

    def says(self, place: str, *, source: str = "", quote: str = "", observed: str = "", confidence: str = "stated") -> Said:
        """Who says what is read at a place; the source of source.yml where none is named."""
        source = source or (self.info.name if self.info.name in self.sources else self.source())
        return Said(self.info.name, source, place, quote, confidence, observed)

    def _refuse(self, pattern: str) -> Path:
        given = ", ".join(file.name for file in self.files[:5]) or "nothing"
        raise BadFile(file=self.info.name, problem=f"no file is called {pattern} (given: {given})", remedy=f"Give it with --from: {self.info.file}")


def read_info(folder: Path) -> SourceInfo:
    """The source.yml of a loader's folder.

    Raises BadFile where it lacks a title, a publisher or a licence, or says what nobody reads.
    """
    name = f"{folder.name}/source.yml"
    try:
        raw = yaml.safe_load((folder / "source.yml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        raise BadFile(file=name, problem="it cannot be read as YAML", remedy="Compare it with another source's.") from problem
    raw = _checked(name, raw, KEYS, required=("title", "publisher", "licence"))
    coverage = _checked(name, raw.get("coverage") or {}, COVERAGE)
    expected, filled = _expectations(name, raw.get("expectations") or {})
    if raw.get("tier", "register") not in TIERS:
        raise BadFile(file=name, column="tier", problem=f"“{raw['tier']}” is no tier", remedy=f"Write one of {', '.join(TIERS)}.")
    period = str(coverage.get("period", ""))
    if period and not PERIOD.fullmatch(period):
        raise BadFile(file=name, column="period", problem=f"“{period}” is no period", remedy="Write it as 2016, 1985/2026 or 1985/.")
    texts = {key: " ".join(str(raw.get(key) or "").split()) for key in ("title", "publisher", "licence", "homepage", "file", "included")}
    return SourceInfo(folder.name, texts["title"], texts["publisher"], texts["licence"], texts["homepage"], str(raw.get("layer") or DIPLOMACY),
                      tuple(map(str, raw.get("languages") or ())), " ".join(str(coverage.get("text", "")).split()), expected, filled,
                      tuple(map(str, coverage.get("countries") or ())), period, str(raw.get("tier", "register")),
                      texts["file"], texts["included"], bool(raw.get("editions", False)))


def _checked(name: str, found: Any, known: frozenset[str], required: tuple[str, ...] = ()) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise BadFile(file=name, problem="it is no list of names and values", remedy="Compare it with another source's.")
    for key in required:
        if not found.get(key):
            raise BadFile(file=name, column=key, problem="it is missing",
                          remedy="Every source says what it is, who publishes it and what may be done with it.")
    if odd := sorted(set(found) - known):
        raise BadFile(file=name, column=str(odd[0]), problem="nothing reads it", remedy=f"It may say {', '.join(sorted(known))}.")
    return found


def _expectations(name: str, raw: Mapping[str, Any]) -> tuple[dict[str, tuple[int, int]], dict[str, float]]:
    counts: dict[str, tuple[int, int]] = {}
    filled: dict[str, float] = {}
    for what, value in raw.items():
        if isinstance(value, list) and len(value) == 2 and all(isinstance(part, int) for part in value):
            counts[what] = (value[0], value[1])
        elif "." in what and isinstance(value, int | float) and 0 <= value <= 1:
            filled[what] = float(value)
        else:
            raise BadFile(file=name, column=what, problem=f"“{value}” is no expectation",
                          remedy="Write “Kind: [least, most]” or “Kind.property: share”, a number from 0 to 1.")
    return counts, filled
