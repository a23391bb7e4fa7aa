"""Propose the mapping of a table from what its columns seem to mean; the same rules make the mapping of what a person chose instead.

Which ties are possible is asked of the schema: the rules only say who is in the middle of a table.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from graph.model import Source
from graph.schema import Schema
from graph.search import fold
from graph.words import mark
from loaders.table.grid import TableFile
from loaders.table.mapping import PREFIX, Cites, EdgeMap, Feed, Mapping, NodeMap, TableMap
from loaders.table.meaning import readable_id
from loaders.table.naming import Naming
from loaders.table.recognising import CLOSED, NAME, NAMED_KINDS, PARTY, Guess, header_meaning, recognise, vocabulary
from loaders.table.sampling import Column, Sample, take_sample
from loaders.table.told import Told, told

MIDDLE = ("Agreement", "Event", "Network", "Region", "Organisation", "Country", "Place", "Leader", "Sector")
"""Who is in the middle of a table that names several: the others are tied to it."""
PARTIES = ("Region", "Country", "Organisation")
QUOTE, LINK, PERIOD, DATE = "quote", "cites_url", "period", "date"
TELLING = {"parties": "Agreement", "valid_until": "Agreement", "aims": "Agreement", "status": "Agreement", "acronym": "Network", "founded": "Network",
           "capital": "Region", "nuts": "Region", "iso": "Region", "lat": "Place"}
"""What else a table tells of says what those are whom its column of names means."""
LONGEST_NAME = 8


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a person decides of one sheet: the meaning of each column, and what all rows are about (its kind and its name)."""

    sample: Sample
    guesses: tuple[Guess, ...]
    about: tuple[str, str] | None = None
    reason: Told | None = None

    def with_meanings(self, meanings: dict[str, str]) -> "Sketch":
        """The same with other meanings for some columns."""
        return replace(self, guesses=tuple(
            guess if meanings.get(guess.column, guess.meaning) == guess.meaning
            else replace(guess, meaning=meanings[guess.column], confidence=1.0, reasons=(), kinds=()) for guess in self.guesses))


@dataclass(slots=True)
class _Nodes:
    """The nodes of a table in the making, and where each of their columns went."""

    maps: list[NodeMap] = field(default_factory=list)

    def add(self, node: NodeMap) -> NodeMap:
        aliases = {other.alias for other in self.maps}
        number = 2
        alias = node.alias
        while alias in aliases:
            alias, number = f"{node.alias} {number}", number + 1
        self.maps.append(replace(node, alias=alias))
        return self.maps[-1]

    def give(self, alias: str, property: str, feed: Feed) -> None:
        self.maps = [replace(node, properties={**node.properties, property: feed}) if node.alias == alias else node for node in self.maps]


def sketch(file: TableFile, naming: Naming, sheet: str = "") -> Sketch:
    """What a sheet seems to be about."""
    sample = take_sample(file, file.sheet(sheet))
    guesses = tuple(recognise(column, naming) for column in sample.columns)
    kind = _kind_of_names(guesses)
    guesses = tuple(replace(guess, meaning=kind) if guess.meaning == NAME else guess for guess in guesses)
    about, reason = (None, None) if any(guess.meaning == "Network" for guess in guesses) else _about(file, sample, naming)
    return Sketch(sample, guesses, about, reason)


def propose(file: TableFile, tables: Sequence[TableMap], title: str = "", source: Source | None = None, name: str = "") -> Mapping:
    """A mapping of some tables: called after the file, with its title as the source's where nothing else is said."""
    stem = PurePath(file.name.split(", ")[0]).name.split(".")[0]
    name = mapping_name(name or stem)
    given = source or Source("", title or stem)
    return Mapping(name, replace(given, id=PREFIX + name, loader=PREFIX + name), tuple(tables))


def mapping_name(text: str) -> str:
    """A text as the name of a mapping."""
    return re.sub(r"[^a-z0-9]+", "-", readable_id(text, "table")).strip("-") or "table"


def propose_table(one: Sketch, schema: Schema) -> TableMap:
    """The part of a mapping that a sketch comes to."""
    sample = one.sample
    columns = {column.name: column for column in sample.columns}
    nodes = _Nodes()
    by_column: dict[str, NodeMap] = {}
    for guess in _naming(one.guesses):
        kinds = _kinds(guess)
        alias = "party" if guess.meaning == PARTY else kinds[0].casefold()
        by_column[guess.column] = nodes.add(NodeMap(alias, kinds, Feed(guess.column, split=guess.split),
                                                    unknown="list" if CLOSED.intersection(kinds) else "new"))
    if one.about:
        nodes.add(NodeMap(one.about[0].casefold(), (one.about[0],), Feed(constant=one.about[1]), unknown="new"))
    middle = min(nodes.maps, key=lambda node: MIDDLE.index(node.kinds[0]), default=None)
    edges = list(_edges(nodes.maps, middle, by_column, _are_heads(one.guesses, columns), schema)) if middle else []
    used = set(by_column)
    edges = _with_the_rest(one, nodes, middle, edges, used, schema, columns)
    quote = tuple(guess.column for guess in one.guesses if guess.meaning == QUOTE)
    link = next((guess.column for guess in one.guesses if guess.meaning == LINK), "")
    used |= {*quote, link}
    return TableMap(sample.sheet, (sample.header,) if sample.header else (), nodes=tuple(nodes.maps), edges=tuple(edges), quote=quote,
                    cites=Cites(url=Feed(link)) if link else None,
                    ignore=tuple(column.name for column in sample.columns if column.name not in used and column.rows))


def possible_ties(one: Sequence[str], other: Sequence[str], schema: Schema) -> list[tuple[str, bool]]:
    """The kinds of edges between two kinds of nodes, each with whether it leads from the other one."""
    found = []
    for kind, spec in schema.edges.items():
        for back, (sources, targets) in ((False, (one, other)), (True, (other, one))):
            if spec.sources.intersection(sources) and spec.targets.intersection(targets) and (kind, not back) not in found:
                found.append((kind, back))
    return found


def _kinds(guess: Guess) -> tuple[str, ...]:
    """The kinds of node that a column names."""
    if guess.meaning == PARTY:
        return tuple(dict.fromkeys((*(kind for kind in guess.kinds if kind in PARTIES), *PARTIES))) if guess.kinds else PARTIES
    if guess.meaning in NAMED_KINDS:
        more = [kind for kind in guess.kinds if kind != guess.meaning and kind in PARTIES and guess.meaning in PARTIES]
        return (guess.meaning, *more)
    return ()


def _naming(guesses: Sequence[Guess]) -> list[Guess]:
    """The columns that name nodes of the table: none that says where others are, and of one kind no more than the schema can tie.

    Beside an agreement or a meeting all that are named take part; elsewhere of each kind the surest column, of regions two.
    """
    named = [guess for guess in guesses if _kinds(guess)]
    kinds = {guess.column: _kinds(guess)[0] for guess in named}
    others = {kinds[guess.column] for guess in named if guess.meaning not in ("Country", "Place")}
    if others & {"Region", "Organisation", "Agreement", "Event"} or any(guess.meaning == PARTY for guess in named):
        parties = {guess.column for guess in named if guess.header == PARTY}
        named = [guess for guess in named if guess.meaning != "Country" or guess.column in parties]
    if others & {"Agreement", "Event"}:
        return [guess for guess in named if guess.meaning != "Place"]
    kept: list[Guess] = []
    for guess in sorted(named, key=lambda guess: -guess.confidence):
        kind = kinds[guess.column]
        most = 2 if kind == "Region" and not others & {"Network", "Leader", "Sector"} else 1
        kept += [guess] if sum(kinds[other.column] == kind for other in kept) < most else []
    return [guess for guess in named if guess in kept]


def _kind_of_names(guesses: Sequence[Guess]) -> str:
    """What those are whom a column “name” means, by what else the table tells."""
    named = next((guess for guess in guesses if guess.meaning == NAME and guess.kinds), None)
    if named:
        return named.kinds[0]
    meanings = {guess.meaning for guess in guesses} | {guess.header for guess in guesses}
    if meanings & {DATE, PERIOD} and meanings & {"Region", "Sector", "Leader"}:
        return "Agreement"
    return next((kind for telling, kind in TELLING.items() if telling in meanings), "Organisation")


def _are_heads(guesses: Sequence[Guess], columns: dict[str, Column]) -> bool | None:
    """Whether most offices of the table are those of heads of government; None where it names none."""
    office = next((guess for guess in guesses if guess.meaning == "office"), None)
    if office is None:
        return None
    values = columns[office.column].values
    heads = sum(count for text, count in values.items() if vocabulary().ties.get(fold(text)) == "LEADS")
    return heads >= 0.8 * values.total()


def _edges(nodes: Sequence[NodeMap], middle: NodeMap, by_column: dict[str, NodeMap], heads: bool | None, schema: Schema) -> Iterator[EdgeMap]:
    """A tie between each node and the one in the middle, else between it and another."""
    headers = {node.alias: column for column, node in by_column.items()}
    for node in nodes:
        if node.alias == middle.alias:
            continue
        for other in (middle, *(other for other in nodes if other.alias not in (node.alias, middle.alias))):
            if ties := possible_ties(node.kinds, other.kinds, schema):
                kind, back = _likely(ties, node, other, headers.get(node.alias, ""), heads)
                source, target = (other, node) if back else (node, other)
                qualifiers = {"office_kind": Feed(constant="head")} if kind == "LEADS" else {}
                yield EdgeMap(kind, source.alias, target.alias, qualifiers)
                break


def _likely(ties: Sequence[tuple[str, bool]], node: NodeMap, other: NodeMap, header: str, heads: bool | None) -> tuple[str, bool]:
    """The tie of which the header speaks, else the first; who serves in a region need not lead it."""
    said, _ = header_meaning(header, vocabulary().ties)
    named = [tie for tie in ties if tie[0] == said]
    if "Leader" in node.kinds and "Region" in other.kinds and (heads is not None or not named):
        named = [tie for tie in ties if tie[0] == ("LEADS" if heads else "SERVES_IN")]
    return (named or list(ties))[0]


def _with_the_rest(one: Sketch, nodes: _Nodes, middle: NodeMap | None, edges: list[EdgeMap], used: set[str], schema: Schema,
                   columns: dict[str, Column]) -> list[EdgeMap]:
    """The edges with their qualifiers; properties go to the node nearest before them that may have them."""
    for guess in one.guesses:
        if guess.column in used or middle is None:
            continue
        feed = Feed(guess.column, date=guess.date, words=_words(guess, columns[guess.column]))
        for name, part in _targets(guess, middle):
            own = replace(feed, part=part)
            number = next((n for n, edge in enumerate(edges) if name in schema.edges[edge.kind].qualifiers), -1)
            holder = _holder(name, nodes.maps, middle, schema)
            if holder:
                nodes.give(holder.alias, name, replace(own, find="Country" if name == "country" else ""))
            elif number >= 0 and name not in edges[number].qualifiers:
                edges[number] = replace(edges[number], qualifiers={**edges[number].qualifiers, name: own})
            else:
                continue
            used.add(guess.column)
    return edges


def _targets(guess: Guess, middle: NodeMap) -> list[tuple[str, str]]:
    """The properties or qualifiers that a meaning comes to in this table, each with the part of an interval that it takes."""
    kind = middle.kinds[0]
    happens = kind in ("Agreement", "Event")
    begins, ends = ("date", "valid_until" if kind == "Agreement" else "end_date") if happens else ("since", "until")
    if guess.meaning == PERIOD or (guess.interval and guess.meaning in (DATE, "since")):
        return [(begins, "start"), (ends, "end")]
    renamed = {DATE: begins, "since": begins, "until": ends, "valid_until": ends, "Country": "country", "Place": "place",
               "type": "kind" if happens else "type"}
    return [(renamed.get(guess.meaning, guess.meaning), "")]


def _holder(name: str, nodes: Iterable[NodeMap], middle: NodeMap, schema: Schema) -> NodeMap | None:
    """The node that a property is of: the one in the middle if it may have it, else the first that may."""
    able = [node for node in nodes if name not in node.properties and not (node.name and node.name.constant)
            and (name == "aliases" or any(name in schema.nodes[kind].properties for kind in node.kinds))]
    named = [node for node in able if node.alias == middle.alias]
    return next(iter(named or able), None)


def _words(guess: Guess, column: Column) -> dict[str, str]:
    """What the wordings of a column of roles or statuses mean, as far as they are known."""
    known = {"role": vocabulary().roles, "status": vocabulary().statuses}.get(guess.meaning, {})
    return {value: known[fold(value)] for value in column.values if fold(value) in known and known[fold(value)] != value}


def _about(file: TableFile, sample: Sample, naming: Naming) -> tuple[tuple[str, str] | None, Told | None]:
    """The network of which the lines above the table, its sheet or its file speak."""
    above = ((mark("the line above the table names {name}"), title) for title in sample.titles)
    for where, text in (*above, (mark("the sheet names {name}"), sample.sheet),
                        (mark("the file names {name}"), PurePath(file.name).stem)):
        words = re.findall(r"[\w’'&+-]+", text.replace("_", " "))
        found = {name.id: name for size in range(min(LONGEST_NAME, len(words)), 0, -1) for start in range(len(words) - size + 1)
                 for name in naming.index.named(" ".join(words[start:start + size]), kinds=("Network",)) if size > 1 or len(words[start]) > 2}
        if len(found) == 1:
            (name,) = found.values()
            called = naming.index.own_name(name.id)
            return ("Network", called), told(where, name=called)
    return None, None
