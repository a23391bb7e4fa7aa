"""Propose the mapping of another tool's graph: what its types of nodes and edges are here, as far as their words tell."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

from graph.schema import Schema
from graph.search import fold
from loaders.table.grid import TableFile
from loaders.table.mapping import EdgeMap, Feed, NodeMap, TableMap
from loaders.table.naming import Naming
from loaders.table.proposing import possible_ties
from loaders.table.recognising import CLOSED, QID, Guess, header_meaning, recognise, vocabulary
from loaders.table.sampling import Column, Sample, take_sample

NEO4J = re.compile(r"(?P<name>[^:]*):(?P<role>ID|START_ID|END_ID|LABEL|TYPE|IGNORE)(?:\((?P<space>[^)]*)\))?$")
TYPED = re.compile(r"(?P<name>[^:]+):(?P<type>[a-zA-Z]+)(?P<many>\[\])?(?:\{.*\})?$")
MOST_TYPES = 25
TYPES = frozenset({"type", "kind", "labels", "category", "group", "class", "relation", "relationship"})
NAMED = ("Region", "Place", "Network", "Leader", "Organisation")
NAMES = ("label", "name", "title", "nodegraphics")


def is_graph(file: TableFile) -> bool:
    """Whether a file is a graph: one table of it has two ends in each row."""
    return any(_ends(take_sample(file, sheet)) for sheet in file.sheets)


def propose_graph(file: TableFile, naming: Naming, schema: Schema) -> tuple[TableMap, ...]:
    """What each table of a graph feeds: nodes first, then edges between the kinds that were recognised."""
    samples = [take_sample(file, sheet) for sheet in file.sheets]
    nodes = [_nodes(sample, naming, schema) for sample in samples if not _ends(sample)]
    kinds: dict[str, list[str]] = {}
    for table in nodes:
        for node in table.nodes:
            kinds.setdefault(node.space, []).extend(kind for kind in node.kinds if kind not in kinds.get(node.space, ()))
    return (*nodes, *(table for sample in samples if _ends(sample) for table in (_edges(sample, kinds, schema),) if table.edges))


def _ends(sample: Sample) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """The columns of the two ends with the kinds of keys that they hold; None in a table of nodes."""
    found = {match["role"]: (column.name, match["space"] or "") for column in sample.columns if (match := NEO4J.match(column.name))}
    if "START_ID" in found and "END_ID" in found:
        return found["START_ID"], found["END_ID"]
    named = {column.name.casefold(): column.name for column in sample.columns}
    return ((named["source"], ""), (named["target"], "")) if {"source", "target"} <= set(named) else None


def _nodes(sample: Sample, naming: Naming, schema: Schema) -> TableMap:
    """One entry for each type of node that is recognised, each with the properties that its kind may have."""
    key, space = _key(sample)
    typed = _types(sample, "LABEL")
    name = _name(sample, key, typed)
    guesses = [recognise(column, naming) for column in sample.columns if column.name not in (key, name, typed.name if typed else "")]
    kinds = _kinds_by_type(typed) if typed else {}
    if not kinds:
        kinds = {(): _kind_by_names(sample, name, guesses, naming)}
    nodes: list[NodeMap] = []
    for texts, kind in kinds.items():
        properties = _properties(guesses, kind, schema)
        if "wikidata" in schema.nodes[kind].properties and _are_qids(sample, key):
            properties["wikidata"] = Feed(key)
        nodes.append(NodeMap(_alias(kind, nodes), (kind,), Feed(name), by=("wikidata", "name") if "wikidata" in properties else ("name",),
                             key=Feed(key), space=space, where={typed.name: texts} if typed and texts else {},
                             unknown="list" if kind in CLOSED else "new", properties=properties))
    return TableMap(sample.sheet, _header(sample), nodes=tuple(nodes), ignore=_unread(sample, nodes))


def _edges(sample: Sample, kinds: dict[str, list[str]], schema: Schema) -> TableMap:
    """One entry for each type of edge that is recognised; where there are no types, for each pair of kinds that can be tied."""
    ends = _ends(sample) or (("", ""), ("", ""))
    (source, first), (target, second) = ends
    typed = _types(sample, "TYPE")
    by_type = {kind: texts for texts, kind in _edges_by_type(typed, schema).items()} if typed else {}
    nodes: dict[str, NodeMap] = {}
    edges = []
    for one, other in product(kinds.get(first, ()), kinds.get(second, ())):
        for kind, back in possible_ties((one,), (other,), schema)[:None if by_type else 1]:
            if by_type and kind not in by_type:
                continue
            here = _reference(nodes, f"from {one.casefold()}", one, source, first)
            there = _reference(nodes, f"to {other.casefold()}", other, target, second)
            where = {typed.name: by_type[kind]} if typed and by_type else {}
            qualifiers = _qualifiers(sample, {source, target, *where}, kind, schema)
            edges.append(EdgeMap(kind, *((there, here) if back else (here, there)), qualifiers, where=where))
    found = [*nodes.values()]
    read = {source, target, *(typed.name for typed in (typed,) if typed), *(feed.column for edge in edges for feed in edge.qualifiers.values())}
    return TableMap(sample.sheet, _header(sample), nodes=tuple(found), edges=tuple(edges),
                    ignore=tuple(column.name for column in sample.columns if column.name not in read and column.rows))


def _reference(nodes: dict[str, NodeMap], alias: str, kind: str, column: str, space: str) -> str:
    nodes.setdefault(alias, NodeMap(alias, (kind,), key=Feed(column), space=space))
    return alias


def _key(sample: Sample) -> tuple[str, str]:
    """The column of the file's own identifiers, and what they are the identifiers of."""
    for column in sample.columns:
        if (match := NEO4J.match(column.name)) and match["role"] == "ID":
            return column.name, match["space"] or ""
    named = {column.name.casefold(): column.name for column in sample.columns}
    return named.get("id", sample.columns[0].name), ""


def _types(sample: Sample, role: str) -> Column | None:
    """The column that says of which type a node or an edge is: few different values, or words that mean a kind."""
    for column in sample.columns:
        match = NEO4J.match(column.name)
        if (match and match["role"] == role) or (fold(column.name) in TYPES and 0 < len(column.values) <= MOST_TYPES):
            return column
    return None


def _are_qids(sample: Sample, key: str) -> bool:
    values = next((column.values for column in sample.columns if column.name == key), Counter[str]())
    return bool(values) and all(QID.fullmatch(value) for value in values)


def _name(sample: Sample, key: str, typed: Column | None) -> str:
    """The column that names the nodes; the key where there is none."""
    for wanted in NAMES:
        for column in sample.columns:
            bare = TYPED.sub(r"\g<name>", column.name).casefold()
            if bare == wanted and column.rows and (typed is None or column.name != typed.name):
                return column.name
    match = NEO4J.match(key)
    called = ((column.name, header_meaning(column.name, vocabulary().headers)[0]) for column in sample.columns)
    named = next((column for column, meaning in called if meaning == "name" and column != key), "")
    return named or (key if match is None or match["name"] else sample.columns[0].name)


def _kinds_by_type(typed: Column) -> dict[tuple[str, ...], str]:
    """The kinds that the values of a column of types mean: the values, and the kind."""
    found: dict[str, list[str]] = {}
    for value in typed.values:
        for part in value.split(";"):
            kind = vocabulary().kinds.get(fold(part)) or header_meaning(part, vocabulary().kinds)[0]
            if kind:
                found.setdefault(kind, []).append(value)
                break
    return {tuple(values): kind for kind, values in found.items()}


def _edges_by_type(typed: Column, schema: Schema) -> dict[tuple[str, ...], str]:
    """The kinds of edges that the values of a column of types mean."""
    found: dict[str, list[str]] = {}
    for value in typed.values:
        said = next((kind for kind in schema.edges if fold(kind.replace("_", " ")) == fold(value.replace("_", " "))), "")
        role = "MEMBER_OF" if fold(value.replace("_", " ").split(" ")[0]) in vocabulary().roles else ""
        kind = said or header_meaning(value, vocabulary().ties)[0] or role
        if kind:
            found.setdefault(kind, []).append(value)
    return {tuple(values): kind for kind, values in found.items()}


def _kind_by_names(sample: Sample, name: str, guesses: Sequence[Guess], naming: Naming) -> str:
    """The kind that most names are known as; places where there are coordinates, else organisations."""
    column = next((column for column in sample.columns if column.name == name), None)
    kinds = Counter(found.kind for text in (column.values if column else ()) for found in naming.by_name(text, NAMED).names)
    if column and kinds.total() >= 0.5 * len(column.values):
        return kinds.most_common(1)[0][0]
    return "Place" if {"lat", "lon"} <= {guess.meaning for guess in guesses} else "Organisation"


def _properties(guesses: Sequence[Guess], kind: str, schema: Schema) -> dict[str, Feed]:
    """The columns that a kind has properties for."""
    found: dict[str, Feed] = {}
    for guess in guesses:
        typed = TYPED.match(guess.column)
        bare = fold(typed["name"] if typed else guess.column).replace(" ", "_")
        meaning = {"Country": "country"}.get(guess.meaning, bare if bare in schema.nodes[kind].properties else guess.meaning)
        if meaning not in found and (meaning in schema.nodes[kind].properties or meaning == "aliases"):
            split = (";",) if typed and typed["many"] else ()
            found[meaning] = Feed(guess.column, split=split, date=guess.date, find="Country" if meaning == "country" else "")
    return found


def _qualifiers(sample: Sample, other: set[str], kind: str, schema: Schema) -> dict[str, Feed]:
    """The columns that say more of an edge; `other` say something else already."""
    roles, found = vocabulary().roles, dict[str, Feed]()
    for column in (column for column in sample.columns if column.name not in other):
        typed = TYPED.match(column.name)
        meaning = header_meaning(typed["name"] if typed else column.name, vocabulary().headers)[0]
        meaning = {"date": "since"}.get(meaning, meaning)
        if meaning in schema.edges[kind].qualifiers and column.rows and meaning not in found:
            words = {value: roles[fold(value)] for value in column.values if roles.get(fold(value), value) != value} if meaning == "role" else {}
            found[meaning] = Feed(column.name, words=words)
    return found


def _alias(kind: str, nodes: Sequence[NodeMap]) -> str:
    same = sum(node.kinds[0] == kind for node in nodes)
    return kind.casefold() + (f" {same + 1}" if same else "")


def _header(sample: Sample) -> tuple[int, ...]:
    return (sample.header,) if sample.header else (1,)


def _unread(sample: Sample, nodes: Sequence[NodeMap]) -> tuple[str, ...]:
    read = set(_columns(nodes))
    return tuple(column.name for column in sample.columns if column.name not in read and column.rows)


def _columns(nodes: Sequence[NodeMap]) -> Iterator[str]:
    for node in nodes:
        yield from node.where
        yield from (feed.column for feed in (node.name, node.key, *node.properties.values()) if feed)
