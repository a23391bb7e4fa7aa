"""Resolve what free text says of memberships, item by item, to networks and regions that are known; whatever is not certain is left open.

An item counts where it is a known name and nothing else, with its acronym, address or country at most. A name within a sentence, an
acronym that could be another's (ESRA of the sugar refiners), a cooperation, what was or is to come: all of that is left to a person.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from graph.model import Name, Node
from graph.search import NameIndex, fold
from loaders.press.lexicon import read_names
from loaders.transparency import words

ADDRESS = re.compile(r"\(?(?:(?:https?:?//|www\.)[^\s,;()]+|\b[\w-]+(?:\.[\w-]+)*\.(?:eu|org|com|net|be|de|fr|it|es|nl|int)\b(?:/[^\s,;()]*)?)\)?",
                     re.IGNORECASE)
HOST = re.compile(r"(?:https?:?//)?(?:www\.)?([\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)
BULLET = re.compile(r"^\s*(?:[-–—•▪·◦*>]+|\(?\d{1,3}[.)]|\d{1,3}\s{2,}|[a-z]\))\s*")
BRACKET = re.compile(r"^(?P<name>.+?)\s*\((?P<inner>[^()]*)\)\s*(?P<rest>.*)$")
PAIR = re.compile(r"\s*(?::|\s[-–—]\s|=)\s*")
PARTS = re.compile(r"\s*(?:[;•▪·]|,(?!\d)|\s/\s|\s(?:and|et|und|en|e|y|och|og|oraz|ja)\s)\s*")
CLOSE = 92
"""The likeness (0 to 100) at which a long name is the same name, misspelt: "Conference of Pheripheral Maritime Regions"."""
LONG = 18
LONGEST_ITEM = 200


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a text lists: its wording, and the id that it means ("" where that is not certain), with the role that it states."""

    wording: str
    id: str = ""
    role: str = "member"
    short: bool = False


class Naming:
    """The networks, regions and organisations that all views show, by the names that they have in any language."""

    def __init__(self, names: Iterable[Name], networks: Iterable[Node], until: str) -> None:
        shown = [name for name in names if not name.layers]
        self.later = {node.id for node in networks if node.text("founded")[:4] > until[:4]}
        """Networks that were founded after the register speaks: nobody can have been a member."""
        self.hosts = {host: node.id for node in networks if (host := host_of(node.text("website")))}
        known = {name.id: name for name in shown}
        more = [Name(id, known[id].kind, tuple(("alias", text) for text in texts), known[id].country)
                for language in read_names()["languages"].values() for id, texts in language["names"].items() if id in known]
        every = [name for name in (*shown, *more) if name.id not in self.later]
        self._long = {fold(text): name.id for name in every if name.kind == "Network" for _, text in name.names if len(text) >= LONG}
        self._networks: dict[str, str] = {}
        self._all = NameIndex.build([name for name in every if name.kind in ("Network", "Region", "Organisation")])
        self._short = {fold(text): (name.id, text) for name in every if name.kind == "Network" for _, text in name.names if " " not in text}

    def exact(self, text: str, *kinds: str, country: str = "") -> str:
        """The id of the one thing that is called exactly so."""
        found = {name.id for name in self._all.named(text, kinds=kinds, country=country)} if fold(text) else set()
        return next(iter(found)) if len(found) == 1 else ""

    def network(self, text: str) -> str:
        """The network with this name of several words, misspelt a little at most."""
        if len(text.split()) < 2:
            return ""
        if text not in self._networks:
            near = process.extractOne(fold(text), self._long.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE) if len(text) >= LONG else None
            self._networks[text] = self.exact(text, "Network") or (self._long[near[0]] if near else "")
        return self._networks[text]

    def short(self, text: str) -> str:
        """The network with this acronym or name of one word: written as it writes itself, in capitals, or with one if it is long."""
        id, own = self._short.get(fold(text), ("", ""))
        return id if id and (text in (own, own.upper()) or (len(text) > 4 and text[:1].isupper())) else ""


def host_of(address: str) -> str:
    """The host of an address, without "www."."""
    found = HOST.match(address.strip())
    return found[1].casefold() if found else ""


def memberships(text: str, naming: Naming, *, public: bool) -> list[Item]:
    """The networks that somebody says to be a member of, and all that was not understood. `public`: a region's, or a network's own office.

    A name of one word counts where the text also names another known network, gives its address, or a public body speaks.
    """
    found: list[Item] = []
    for line, denied in _lines(text):
        found += [Item(line)] if denied else _read(line, naming)
    sure = {item.id for item in found if item.id and not item.short}
    company = {item.id for item in found if item.id}
    return [item if not item.short or public or item.id in sure or len(company) > 1 else Item(item.wording) for item in found]


def members(text: str, naming: Naming, countries: Mapping[str, str]) -> Iterator[Item]:
    """The regions that a network lists as its members: "Limburg (NL)", "Flandres : Vlaamse Overheid"; a country in brackets must be theirs."""
    for line, denied in _lines(text):
        bare = ADDRESS.sub(" ", line).strip(" ,.-–:")
        bracket = BRACKET.match(bare)
        inner = bracket["inner"].strip() if bracket else ""
        country = countries.get(inner.upper(), "-") if re.fullmatch(r"[A-Z]{2}", inner) else ""
        head, _, who = bare.partition(":")
        heads = [bracket["name"] if bracket else bare, head if not who else ""]
        tried = [part for one in heads for part in (one, re.sub(r"^Region |\s+Region$", "", one))]
        ids = [] if denied else [id for part in tried if (id := naming.exact(part.strip(" :"), "Region", country=country))]
        if who and not ids and not denied:  # "Catalogne: Generalitat de Catalunya, Barcelona": both must name the region
            named = {naming.exact(part, "Region") for part in (head, who.split(",")[0])}
            ids = sorted(named) if len(named) == 1 else []
        yield Item(bare[:LONGEST_ITEM], ids[0] if ids else "", "observer" if words.says("observer", bare) else "member")


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Lines without their bullets, and whether they, or the heading above them, say that no membership is meant."""
    denied = False
    for raw in re.split(r"[\n\r]+|;\s(?![^()]*\))|\.\s+(?=[A-Z])", text):
        line = BULLET.sub("", " ".join(raw.split()))
        if not line:
            continue
        if line.endswith(":"):
            denied = words.says("not", line)
        yield line, denied or words.says("not", line)


def _read(line: str, naming: Naming) -> list[Item]:
    """A line as one item, else what it lists."""
    whole = _item(line, naming)
    parts = [BULLET.sub("", part) for part in PARTS.split(line)]
    if whole.id or len(parts) == 1:
        return [whole]
    return [_item(part, naming) for part in parts if part.strip()]


def _item(text: str, naming: Naming) -> Item:
    wording = text[:LONGEST_ITEM]
    hosts = {naming.hosts.get(host_of(found[0].strip("()")), "") for found in ADDRESS.finditer(text)} - {""}
    bare = ADDRESS.sub(" ", text).strip(" .,:-–—\"'“”„«»()" if ADDRESS.search(text) else " .,:-–—\"'“”„«»")
    bracket = BRACKET.match(bare)
    role = "observer" if words.says("observer", bare) else "associate" if words.says("associate", bare) else "member"
    if bracket and (words.says("observer", bracket["inner"]) or words.says("associate", bracket["inner"]) or words.says("member", bracket["inner"])):
        bare = bracket["name"]
    if (id := _named(bare, naming)) or (id := _named(words.after_member(fold(bare)), naming)):
        return Item(wording, id, role)
    if id := naming.short(bare) or naming.short(bare.rpartition(" ")[2] if words.after_member(fold(bare)) == fold(bare.rpartition(" ")[2]) else ""):
        return Item(wording, id, role, short=id not in hosts)
    return Item(wording)


def _named(text: str, naming: Naming) -> str:
    """The network that an item names in full: alone, with its acronym in brackets or beside it."""
    if id := naming.network(text):
        return id
    bracket = BRACKET.match(text)
    if bracket and not bracket["rest"].strip(" .,"):
        return naming.network(bracket["name"]) or (naming.network(bracket["inner"]) if naming.short(bracket["name"]) else "")
    one, *others = PAIR.split(text, maxsplit=1)
    if not others:
        first, _, rest = text.partition(" ")
        return naming.network(rest) if naming.short(first) and naming.network(rest) == naming.short(first) else ""
    ids = {naming.network(part) for part in (one, others[0])} - {""}
    return next(iter(ids)) if len(ids) == 1 and all(naming.network(part) or naming.short(part) in ids for part in (one, others[0])) else ""
