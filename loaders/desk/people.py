"""Say who speaks: the user whom a trusted proxy names, else who a person says to be, and marked so."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from graph.errors import BadValue

DECLARED = "(self-declared)"
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A person's name, and whether nobody vouches for it; `text` is how the record keeps it."""

    name: str
    declared: bool = True

    @property
    def text(self) -> str:
        """ "Anna Rossi (self-declared)". """
        return f"{self.name} {DECLARED}" if self.declared else self.name


def reviewer_of(headers: Mapping[str, str], header: str, declared: str) -> Reviewer | None:
    """Who speaks: whom the `header` of a trusted proxy names, else the `declared` name; None where there is neither.

    A name that people give themselves never passes for one that a proxy vouches for. Without a `header`, headers are not looked at.
    """
    named = next((value for name, value in headers.items() if header and name.casefold() == header.casefold()), "")
    if name := _clean(_decoded(named)):
        return Reviewer(name, declared=False)
    name = _clean(declared)
    return Reviewer(name) if name else None


def reviewer_named(declared: str) -> Reviewer:
    """Who says to be this.

    Raises BadValue where the name is empty.
    """
    found = reviewer_of({}, "", declared)
    if found is None:
        raise BadValue(name="The name", value=declared, remedy="Say who you are, so that others know whose word it is.")
    return found


def _decoded(value: str) -> str:
    """A header's text: servers read it as Latin-1, proxies write it as UTF-8."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def _clean(name: str) -> str:
    """A name on one line, without what nobody sees, and without the mark that only Ponte sets."""
    seen = "".join(c if unicodedata.category(c)[0] not in "CZ" else " " for c in name)
    return " ".join(seen.replace(DECLARED, " ").split())[:LONGEST].strip()
