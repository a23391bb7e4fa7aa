"""Check a mapping against the schema before a single row is read: whatever it contradicts is one sentence with its line."""

import difflib
from collections.abc import Collection
from typing import NoReturn

from graph.errors import BadFile, BadValue
from graph.schema import ALWAYS, EdgeKind, Schema
from loaders.table.cells import read_value
from loaders.table.mapping import ID, NAME, EdgeMap, Feed, Mapping, NodeMap, TableMap


def check_mapping(mapping: Mapping, schema: Schema, file: str) -> None:
    """Raise BadFile where a mapping contradicts the schema or itself."""
    check = _Check(schema, file)
    if not mapping.tables:
        check.refuse(0, "the mapping maps no table", "Add “tables:” with at least one entry.")
    for kind in mapping.expectations:
        check.one_of(0, kind, (*schema.nodes, *schema.edges), "kind of node or edge")
    spaces: set[str] = set()
    for table in mapping.tables:
        check.table(table, spaces)
        spaces |= {node.space for node in table.nodes if node.key and not node.is_reference}


class _Check:
    def __init__(self, schema: Schema, file: str) -> None:
        self._schema = schema
        self._file = file

    def refuse(self, line: int, problem: str, remedy: str) -> NoReturn:
        raise BadFile(file=self._file, line=line, problem=problem, remedy=remedy)

    def one_of(self, line: int, word: str, allowed: Collection[str], what: str) -> None:
        """Refuse a word that is not among those that are allowed."""
        if word not in allowed:
            near = difflib.get_close_matches(word, allowed, 1, 0.5)
            self.refuse(line, f"“{word}” is no {what}", f"Did you mean “{near[0]}”?" if near else f"Use one of {', '.join(sorted(allowed))}.")

    def table(self, table: TableMap, spaces: Collection[str]) -> None:
        """One table; `spaces` are the kinds of keys that tables before it give."""
        if not table.nodes:
            self.refuse(table.line, "a table feeds no node", "Say under “nodes” what its rows are about.")
        for node in table.nodes:
            self._node(node, spaces)
        aliases = {node.alias: node for node in table.nodes}
        for edge in table.edges:
            self._edge(edge, aliases)
        if table.observed:
            self._constant(table.observed, "date", "observed")

    def _node(self, node: NodeMap, spaces: Collection[str]) -> None:
        visible = set(self._schema.visible)
        for kind in node.kinds:
            self.one_of(node.line, kind, visible, "kind of node")
        if not node.kinds and not node.is_reference:
            self.refuse(node.line, f"the node “{node.alias}” has no kind", f"Add “kind:” with one of {', '.join(sorted(visible))}.")
        if node.is_reference:
            if node.space not in spaces:
                self.refuse(node.line, f"no table before it gives the keys that “{node.alias}” uses", "Map the nodes first, with their “key”.")
            return
        self._identity(node)
        for name, feed in node.properties.items():
            if not (name in (*ALWAYS[1:], "name") or name.startswith("name_")):
                allowed = set.union(*(set(self._schema.nodes[kind].properties) for kind in node.kinds))
                self.one_of(feed.line or node.line, name, allowed | {"aliases"}, f"property of {' or '.join(node.kinds)}")
            self._feed(feed, name)

    def _identity(self, node: NodeMap) -> None:
        codes = [by for by in node.by if by not in (NAME, ID)]
        for by in codes:
            if by not in node.properties:
                self.refuse(node.line, f"“{node.alias}” is to be found by “{by}”, which no column feeds", f"Add “{by}” to its properties.")
        if node.name is None and not codes:
            self.refuse(node.line, f"the node “{node.alias}” has neither a name nor a code", "Add “name:” with the column that names it.")
        if NAME in node.by and node.name is None and len(node.by) > 1:
            self.refuse(node.line, f"“{node.alias}” is to be found by its name, which no column feeds", "Add “name:”.")
        for feed, what in ((node.name, "name"), (node.id, "id"), (node.key, "key")):
            if feed:
                self._feed(feed, what)

    def _edge(self, edge: EdgeMap, aliases: dict[str, NodeMap]) -> None:
        self.one_of(edge.line, edge.kind, self._schema.edges, "kind of edge")
        spec = self._schema.edges[edge.kind]
        for alias in (edge.source, edge.target):
            self.one_of(edge.line, alias, aliases, "node of this table")
        ends = (set(aliases[edge.source].kinds), set(aliases[edge.target].kinds))
        if not self._fits(spec, *ends) and (spec.directed or not self._fits(spec, *reversed(ends))):
            self.refuse(edge.line, f"{edge.kind} cannot lead from {_or(ends[0])} to {_or(ends[1])}",
                        f"It leads from {_or(spec.sources)} to {_or(spec.targets)}.")
        for name, feed in edge.qualifiers.items():
            self.one_of(feed.line or edge.line, name, spec.qualifiers - {"as_stated"}, f"qualifier of {edge.kind}")
            self._feed(feed, name)
            for word in [feed.constant, *feed.words.values()]:
                if word and name in spec.classes:
                    self.one_of(feed.line or edge.line, word, spec.classes[name], f"{name} of {edge.kind}")

    def _fits(self, spec: EdgeKind, sources: set[str], targets: set[str]) -> bool:
        return (not sources or bool(sources & spec.sources)) and (not targets or bool(targets & spec.targets))

    def _feed(self, feed: Feed, name: str) -> None:
        if feed.find:
            self.one_of(feed.line, feed.find, self._schema.visible, "kind of node")
        else:
            self._constant(feed, self._schema.holds(name), name)

    def _constant(self, feed: Feed, holds: str, name: str) -> None:
        if not feed.constant:
            return
        try:
            read_value(feed.constant, holds, name=name, date=feed.date, part=feed.part, decimal=feed.decimal or ".")
        except BadValue as problem:
            self.refuse(feed.line, f"{name} is “{feed.constant}”, which is no {holds}", str(problem.context["remedy"]))


def _or(kinds: Collection[str]) -> str:
    return " or ".join(sorted(kinds)) or "nothing"
