"""Read what Unicode CLDR calls the subdivisions of countries (ISO 3166-2) in many languages, and which lie in which."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from graph.errors import BadFile
from loaders.base import Run
from loaders.reading import elements

LANGUAGE = re.compile(r"([a-z]{2,3})\.xml")
UNSAID = "↑↑↑"
"""What stands where a language has no name of its own."""


@dataclass(frozen=True, slots=True)
class Subdivisions:
    """Names by code ("IT-25") and language, and the code within which another lies: a subdivision's, or a country's ("IT")."""

    names: Mapping[str, Mapping[str, str]]
    within: Mapping[str, str]

    def of(self, country: str) -> list[str]:
        """The codes of a country, in order."""
        return sorted(code for code in self.names if code.startswith(f"{country}-"))

    def depth(self, code: str) -> int:
        """1 for what lies in the country itself, 2 for what lies in such a one."""
        return 1 if "-" not in self.within[code] else 2


def read_subdivisions(run: Run) -> Subdivisions:
    """All that the given files hold: one of containment, one a language; codes that are no longer in use are left out.

    Raises BadFile where the containment, or every language, is missing.
    """
    containment = run.find("*containment.xml") or run.need("subdivisions.xml")
    within: dict[str, str] = {}
    for group in elements(containment, run.notes, "subgroup"):
        run.notes.rows[containment.name] += 1
        within |= {_code(inner): _code(group.get("type", "")) for inner in group.get("contains", "").split()}
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for file in run.files:
        if not (language := LANGUAGE.fullmatch(file.name)):
            continue
        for element in elements(file, run.notes, "subdivision"):
            run.notes.rows[file.name] += 1
            code, name = _code(element.get("type", "")), " ".join((element.text or "").split())
            if code in within and name and name != UNSAID and not element.get("alt"):
                names[code][language[1]] = name
    if not names:
        raise BadFile(file=run.info.name, problem="no file holds names of subdivisions (it.xml, de.xml …)",
                      remedy=f"Give them with --from: {run.info.file}")
    return Subdivisions(names, within)


def _code(cldr: str) -> str:
    """A code as ISO writes it: "it25" is "IT-25", "IT" a country."""
    return cldr if cldr.isupper() and len(cldr) == 2 else f"{cldr[:2]}-{cldr[2:]}".upper()
