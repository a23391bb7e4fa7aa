"""Know who a cell means: by name in any language, by id, by code; exactly, or without the words that many names share."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from graph.model import Name
from graph.search import NameIndex, fold
from loaders.table.sectors import sector_map

EU_CODES = {"EL": "GR", "UK": "GB"}
"""What the European institutions write for two countries' ISO codes."""
COMMON = re.compile(
    r"\b(?:the|regional|region|province|state|county|voivodeship|government|council|municipality|autonomous|community|free|of|"
    r"regione|provincia|autonoma|di|della|del|région|collectivité|communauté|comunidad|autónoma|comunitat|generalitat|junta|gobierno|"
    r"land|freistaat|bundesland|kanton|canton|cantone|provincie|vlaamse|gewest|regio|de|la|le|les|d)\b['’]?", re.I)
ALIKE = 70.0
"""How well (0 to 100) a name must match to be suggested."""
LOOSE_KINDS = frozenset({"Region", "Country"})
"""Kinds whose names are also found without words like “Regione”: a closed world, where what is left can only be one."""


@dataclass(frozen=True, slots=True)
class Found:
    """Who was meant: nobody, one, or several; `loosely` where words of the name had to be left out."""

    names: tuple[Name, ...] = ()
    loosely: bool = False


class Naming:
    """The names and codes of a graph; codes are asked for when they are first needed."""

    def __init__(self, index: NameIndex, codes: Callable[[str, str], Mapping[str, str]]) -> None:
        self.index = index
        self._read_codes = codes
        self._codes: dict[tuple[str, str], dict[str, str]] = {}
        self._loose = self._without_common_words()
        self._kinds = {name.kind for name in index.names()}

    @classmethod
    def nothing(cls) -> "Naming":
        """What an empty graph knows."""
        return cls(NameIndex.build(()), lambda _kind, _property: {})

    def has(self, kind: str) -> bool:
        """Whether anything of a kind is known."""
        return kind in self._kinds

    def get(self, id: str) -> Name | None:
        """The name of an id that is known."""
        return self.index.get(id)

    def by_name(self, text: str, kinds: Collection[str], country: str = "") -> Found:
        """What has this name or id, and is not known to be of another country."""
        exact = self.index.named(text, kinds=kinds, country=country)
        if exact or not LOOSE_KINDS.intersection(kinds):
            return Found(exact)
        bare, place = _bare(text)
        if place and not country:
            country = self.country(place)
        ids = {name.id: name for name in (*self.index.named(bare, kinds=kinds, country=country), *self._named_loosely(bare, kinds, country))}
        return Found(tuple(ids.values()), loosely=True)

    def by_code(self, text: str, property: str, kinds: Collection[str]) -> Name | None:
        """What has this code (NUTS, ISO …) as that property."""
        wanted = code(text)
        for kind in kinds:
            ids = self.codes(kind, property)
            if id := ids.get(wanted) or ids.get(EU_CODES.get(wanted, "") if property == "iso2" else ""):
                return self.index.get(id)
        return None

    def country(self, text: str) -> str:
        """The id of a country by its name or code, "" if there is none."""
        if found := self.by_code(text, "iso2", ("Country",)):
            return found.id
        named = self.index.named(text, kinds=("Country",))
        return named[0].id if len(named) == 1 else ""

    def sectors(self, text: str) -> tuple[str, ...]:
        """The ids of the sectors that a wording means, where no sector has it as a name."""
        return tuple(id for id in sector_map().get(fold(text), ()) if self.get(id)) if not self.index.named(text, kinds=("Sector",)) else ()

    def suggest(self, text: str, kinds: Collection[str]) -> str:
        """What was perhaps meant by a name that nothing has, "" if nothing is like it."""
        hits = self.index.search(text, kinds=kinds, limit=1)
        return self.index.own_name(hits[0].id) if hits and hits[0].score >= ALIKE else ""

    def codes(self, kind: str, property: str) -> Mapping[str, str]:
        """The ids of a kind by the codes that they have as a property."""
        if (kind, property) not in self._codes:
            self._codes[kind, property] = {code(text): id for text, id in self._read_codes(kind, property).items()}
        return self._codes[kind, property]

    def _without_common_words(self) -> dict[str, list[Name]]:
        found: dict[str, dict[str, Name]] = defaultdict(dict)
        for name in self.index.names():
            if name.kind in LOOSE_KINDS and not name.former:
                for _, text in name.names:
                    if bare := fold(_bare(text)[0]):
                        found[bare][name.id] = name
        return {bare: list(names.values()) for bare, names in found.items()}

    def _named_loosely(self, bare: str, kinds: Collection[str], country: str) -> list[Name]:
        names = [name for name in self._loose.get(fold(bare), ()) if name.kind in kinds]
        return [name for name in names if not country or name.country in ("", country)]


def code(text: str) -> str:
    """A code as it is compared."""
    return text.strip().upper()


def _bare(text: str) -> tuple[str, str]:
    """A name without the words that many share, and what stands in brackets at its end: "Region Skåne (SE)" is "Skåne", "SE"."""
    found = re.fullmatch(r"(.*?)\s*\(([^()]*)\)", text)
    name, place = (found[1], found[2]) if found else (text, "")
    return " ".join(COMMON.sub(" ", name).split()) or name, place
