"""Write a mapping as the YAML text that `mapping_file` reads: what is usual is left out, what is written comes back the same."""

from typing import Any

import yaml

from graph.model import Source
from loaders.table.mapping import Cites, EdgeMap, Feed, Mapping, NodeMap, TableMap
from loaders.table.opening import TextForm

HEAD = "# How a table becomes facts. What the entries mean: docs/tables.md\n"
Block = dict[str, Any]


def mapping_text(mapping: Mapping) -> str:
    """The mapping as YAML."""
    content = _filled({
        "mapping": 1, "name": mapping.name, "source": _source(mapping.source), "read": _form(mapping.form),
        "tables": [_table(table) for table in mapping.tables], "expect": {kind: list(bounds) for kind, bounds in mapping.expectations.items()}})
    return HEAD + yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=110)


def _filled(block: Block) -> Block:
    """The entries that say something."""
    return {name: value for name, value in block.items() if value not in ("", None, [], {}, ())}


def _source(source: Source) -> Block:
    return _filled({"title": source.title, "publisher": source.publisher, "url": source.url, "date": source.date, "licence": source.licence,
                    "tier": "" if source.tier == "other" else source.tier.replace("_", " "), "origin": source.origin, "language": source.language,
                    "layer": "" if source.layer == "diplomacy" else source.layer, "note": source.note, "internal": source.internal or ""})


def _form(form: TextForm) -> Block:
    quotes = {True: "yes", False: "no", None: ""}[form.quotes]
    return _filled({"encoding": form.encoding, "delimiter": "tab" if form.delimiter == "\t" else form.delimiter, "quotes": quotes})


def _table(table: TableMap) -> Block:
    header: Any = list(table.header) if len(table.header) > 1 else table.header[0] if table.header else 0
    return _filled({
        "sheet": table.sheet, "header": "" if header == 1 else header, "blank": _listed(table.blank),
        "decimal": "" if table.decimal == "." else table.decimal, "fill_down": list(table.fill_down), "where": _where(table.where),
        "nodes": {node.alias: _node(node) for node in table.nodes}, "edges": [_edge(edge) for edge in table.edges],
        "quote": list(table.quote), "observed": _feed(table.observed), "cites": _cites(table.cites), "ignore": list(table.ignore)}) \
        | ({"blank": []} if table.blank == () else {})


def _node(node: NodeMap) -> Block:
    key = _feed(node.key)
    if node.space and node.key:
        key = {**({"column": key} if isinstance(key, str) else key or {}), "space": node.space}
    return _filled({
        "kind": node.kinds[0] if len(node.kinds) == 1 else list(node.kinds), "name": _feed(node.name), "id": _feed(node.id),
        "by": "" if node.by == ("name",) else list(node.by), "unknown": "" if node.unknown == "list" else node.unknown, "means": dict(node.means),
        "key": key, "where": _where(node.where), "properties": {name: _feed(feed) for name, feed in node.properties.items()}})


def _edge(edge: EdgeMap) -> Block:
    return _filled({"kind": edge.kind, "from": edge.source, "to": edge.target, "where": _where(edge.where),
                    "qualifiers": {name: _feed(feed) for name, feed in edge.qualifiers.items()}, "as_stated": _feed(edge.as_stated)})


def _cites(cites: Cites | None) -> Block | None:
    return _filled({name: _feed(getattr(cites, name)) for name in ("url", "title", "publisher", "date")}) if cites else None


def _where(where: Any) -> Block:
    return {column: texts[0] if len(texts) == 1 else list(texts) for column, texts in where.items()}


def _feed(feed: Feed | None) -> Any:
    """A feed as a block; one that is a column and nothing else as the column's name."""
    if feed is None:
        return None
    block = _filled({"column": feed.column, "text": feed.text, "constant": feed.constant, "split": list(feed.split), "words": dict(feed.words),
                     "date": feed.date, "part": feed.part, "decimal": feed.decimal, "find": feed.find})
    if feed.blank is not None:
        block["blank"] = list(feed.blank)
    return feed.column if list(block) == ["column"] else block


def _listed(texts: tuple[str, ...] | None) -> list[str] | None:
    return None if texts is None else list(texts)
