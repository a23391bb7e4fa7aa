"""Read the EU Transparency Register: its organisations, where they sit, and the known networks that they say to be members of."""

import datetime
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from graph.model import Statement
from loaders.base import Run, Said
from loaders.known import OWN_COUNTRY
from loaders.transparency import words
from loaders.transparency.entries import ISO_COUNTRIES, Entry, read_entries
from loaders.transparency.membership import Item, Naming, host_of, members, memberships

OWN = "tr:"
"""What the ids of organisations begin with that nobody else states."""
NUMBER = re.compile(r"\d{5,}-\d\d")
PERSONS = ("Self-employed consultants", "Self-employed individuals")
PUBLIC = frozenset({"Regional structures", "Other sub-national public authorities", "Associations and networks of public authorities",
                    "Transnational associations and networks of public regional or other sub-national authorities"})
REGION = re.compile(r"^(?:Region|Regione|Région|Región)\s+", re.IGNORECASE)
DATE = re.compile(r"(?:(?P<day>\d\d)-(?P<month>\d\d)-)?(?P<year>(?:19|20)\d\d)(?:[-_](?P<later>0[1-9]|1[0-2]))?")


def statements(run: Run) -> Iterator[Statement]:
    """Every organisation that is no person, and its memberships."""
    file = run.find("*.xml*") or run.find("*.json*") or run.need("*.xml")
    date = _date_of(file)
    run.source(date=date)
    register = _Register(run, date)
    for entry in read_entries(run, file):
        yield from register.told(entry, run.says(entry.place, observed=date))


class _Register:
    """Tells who an entry is, what it belongs to, and who belongs to it."""

    def __init__(self, run: Run, date: str) -> None:
        self._run = run
        names = [name for name in run.known.names().values() if not name.id.startswith(OWN)]
        self._naming = Naming(names, run.known.nodes("Network"), date)
        self._kinds = {name.id: name.kind for name in names}
        self._told: set[str] = set()

    def told(self, entry: Entry, says: Said) -> Iterator[Statement]:
        """What one entry states. Persons are left out: who registers in the own name, or under a title."""
        if not entry.name or not NUMBER.fullmatch(entry.number):
            return self._run.notes.skip("no name, or no number of the register", says.place)
        if entry.section in PERSONS or words.is_person(entry.name, entry.form):
            return self._run.notes.skip("a person, or in a person's name", says.place)
        country = self._run.known.country(entry.country) if entry.country else ""
        kind, id = self._who(entry, country) or ("Organisation", f"{OWN}{entry.number}")
        yield from self._tell(kind, id, says)
        if id.startswith(OWN):
            yield from self._described(id, entry, country, says)
        yield from self._belongs(kind, id, entry, says)
        if kind == "Network":
            yield from self._has_members(id, entry.members, says)
        return None

    def _described(self, id: str, entry: Entry, country: str, says: Said) -> Iterator[Statement]:
        if country.startswith(OWN_COUNTRY) and country not in self._told:
            yield from self._tell("Country", country, says)
            yield from says.value("Country", country, "name", entry.country_stated, language="en")
            yield from says.value("Country", country, "iso2", entry.country)
        address = entry.website.split(" ")[0]
        for property, value in (("name", entry.name), ("acronym", entry.acronym if entry.acronym != entry.name else ""), ("type", entry.section),
                                ("website", address if address.startswith(("http://", "https://")) else "")):
            yield from says.value("Organisation", id, property, value)
        yield from says.value("Organisation", id, "country", country, as_stated=entry.country_stated)
        if not country:
            self._run.notes.unclear("country", entry.country_stated)

    def _belongs(self, kind: str, id: str, entry: Entry, says: Said) -> Iterator[Statement]:
        for item in _once(memberships(entry.membership, self._naming, public=entry.section in PUBLIC)):
            if not item.id or item.id == id or kind == "Network":
                if not words.is_nothing(item.wording):
                    self._run.notes.unclear("membership", item.wording)
                continue
            yield from self._tell("Network", item.id, says)
            yield says.edge("MEMBER_OF", id, item.id, role=item.role, as_stated=item.wording)

    def _has_members(self, network: str, text: str, says: Said) -> Iterator[Statement]:
        codes = dict(self._run.known.codes("Country", "iso2"))
        for item in _once(members(text, self._naming, codes | {eu: codes[iso] for eu, iso in ISO_COUNTRIES.items() if iso in codes})):
            if not item.id:
                if not words.is_nothing(item.wording):
                    self._run.notes.unclear("member of a network", item.wording)
                continue
            yield from self._tell("Region", item.id, says)
            yield says.edge("MEMBER_OF", item.id, network, role=item.role, as_stated=item.wording)

    def _tell(self, kind: str, id: str, says: Said) -> Iterator[Statement]:
        if id not in self._told:
            self._told.add(id)
            yield says.node(kind, id)

    def _who(self, entry: Entry, country: str) -> tuple[str, str] | None:
        """The network, region or organisation that all views show and that an entry is: by its address, or by its name; a public body alone
        can be a region, of its own country."""
        host, public = host_of(entry.website), entry.section in PUBLIC
        id = self._naming.hosts.get(host, "") if public else ""
        if not id and (len(entry.name.split()) > 1 or entry.name.casefold() in host):
            id = self._naming.exact(entry.name, "Network", "Organisation")
        if not id and public and not words.says("office", entry.name):
            parts = [REGION.sub("", part) for part in (entry.name, entry.acronym, *entry.name.split("/ "))]
            id = next((id for part in (entry.name, entry.acronym, *parts) if (id := self._naming.exact(part, "Region", country=country))), "")
        return (self._kinds[id], id) if id else None


def _once(items: Iterable[Item]) -> Iterator[Item]:
    """Each thing once, and what could not be told."""
    seen: set[str] = set()
    for item in items:
        if not item.id or item.id not in seen:
            yield item
        seen.add(item.id)


def _date_of(file: Path) -> str:
    """The day, month or year in the name of the file ("ODP_30-06-2024", "tr_2018-10"), else the day on which it was last changed."""
    if not (found := DATE.search(file.name)):
        return datetime.datetime.fromtimestamp(file.stat().st_mtime, datetime.UTC).date().isoformat()
    return "-".join(filter(None, (found["year"], found["later"] or found["month"], found["day"])))
