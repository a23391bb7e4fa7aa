"""Read a mapping file: YAML whose every mistake is named with its line, so that a person can mend it without knowing YAML well."""

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn, TypeVar

import yaml

from graph.errors import BadFile
from graph.model import TIERS, Source
from graph.schema import Schema
from loaders.base import DATE
from loaders.table.checking import check_mapping
from loaders.table.dates import ORDERS
from loaders.table.mapping import NAME, PREFIX, Cites, EdgeMap, Feed, Mapping, NodeMap, TableMap
from loaders.table.opening import TextForm

VERSION = "1"
LARGEST = 500_000
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
T = TypeVar("T")


def load_mapping(path: Path, schema: Schema) -> Mapping:
    """The mapping in a file, checked against the schema.

    Raises BadFile, with the line, where it cannot be read or contradicts itself or the schema.
    """
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise BadFile(file=str(path), problem=f"it cannot be read ({problem.strerror})", remedy="Check the name of the file.") from problem
    return read_mapping(content, path.name, schema)


def read_mapping(content: bytes, file: str, schema: Schema) -> Mapping:
    """The mapping that a text holds, checked against the schema; BadFile as in `load_mapping`."""
    mapping = _Reader(file).mapping(_compose(content, file))
    check_mapping(mapping, schema, file)
    return mapping


def _compose(content: bytes, file: str) -> yaml.Node:
    """The text as YAML nodes, which know their lines."""
    if len(content) > LARGEST:
        raise BadFile(file=file, problem=f"a mapping has at most {LARGEST // 1000} kB", remedy="Give the mapping, not the table.")
    try:
        text = content.decode("utf-8-sig")
        for event in yaml.parse(text, yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                line = event.start_mark.line + 1 if event.start_mark else 0
                raise BadFile(file=file, line=line, problem="references (*) are not read", remedy="Write it out.")
        root = yaml.compose(text, yaml.SafeLoader)
    except UnicodeDecodeError as problem:
        raise BadFile(file=file, problem="it is not encoded in UTF-8", remedy="Save it as UTF-8.") from problem
    except (yaml.YAMLError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        why = getattr(problem, "problem", None) or "nested too deeply"
        raise BadFile(file=file, line=mark.line + 1 if mark else 0, problem=f"it is no YAML ({why})",
                      remedy="Look at the indentation and the colons there.") from problem
    if not isinstance(root, yaml.MappingNode):
        raise BadFile(file=file, problem="it is no mapping", remedy="It begins with “mapping: 1”; see docs/tables.md.")
    return root


class _Part:
    """One block of the file: each entry is taken once, and what is left at the end is a mistake."""

    def __init__(self, file: str, node: yaml.Node, what: str) -> None:
        self.file, self.what, self.line = file, what, _line(node)
        if not isinstance(node, yaml.MappingNode):
            self.refuse(f"{what} needs entries below it", "Write them indented, as “name: value”.")
        self._entries: dict[str, tuple[yaml.Node, int]] = {}
        self._asked: list[str] = []
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.refuse(f"{what} has an entry without a name", "Write “name: value”.", _line(key))
            if key.value in self._entries:
                self.refuse(f"“{key.value}” stands twice in {what}", "Keep one of them.", _line(key))
            self._entries[key.value] = (value, _line(key))

    def refuse(self, problem: str, remedy: str, line: int = 0) -> NoReturn:
        raise BadFile(file=self.file, line=line or self.line, problem=problem, remedy=remedy)

    def take(self, name: str) -> yaml.Node | None:
        self._asked.append(name)
        return self._entries.pop(name, (None, 0))[0]

    def text(self, name: str, *, needed: bool = False) -> str:
        node = self.take(name)
        found = "" if node is None else self.scalar(node, name)
        if needed and not found:
            self.refuse(f"{self.what} has no “{name}”", "Add it.")
        return found

    def scalar(self, node: yaml.Node, name: str) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self.refuse(f"“{name}” in {self.what} is to be one text", "Write it on the same line.", _line(node))
        return "" if node.tag.endswith(":null") else str(node.value)

    def texts(self, name: str) -> tuple[str, ...] | None:
        node = self.take(name)
        if node is None:
            return None
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        return tuple(self.scalar(item, name) for item in items)

    def choice(self, name: str, allowed: Sequence[str], usual: str) -> str:
        node = self.take(name)
        if node is None:
            return usual
        if (found := self.scalar(node, name)) not in allowed:
            self.refuse(f"“{name}” in {self.what} is “{found}”", f"Write one of {', '.join(allowed)}.", _line(node))
        return found

    def flag(self, name: str) -> bool | None:
        said = self.choice(name, ("yes", "no", "true", "false"), "")
        return said in ("yes", "true") if said else None

    def part(self, name: str, what: str = "") -> "_Part | None":
        node = self.take(name)
        return None if node is None else _Part(self.file, node, what or f"“{name}”")

    def entries(self) -> Iterator[tuple[str, yaml.Node]]:
        for name in list(self._entries):
            yield name, self._entries.pop(name)[0]

    def end(self) -> None:
        for name, (_, line) in self._entries.items():
            near = difflib.get_close_matches(name, self._asked, 1)
            remedy = f"Did you mean “{near[0]}”?" if near else f"It may have {', '.join(dict.fromkeys(self._asked))}."
            self.refuse(f"“{name}” means nothing in {self.what}", remedy, line)


class _Reader:
    """Turns the blocks of one file into values."""

    def __init__(self, file: str) -> None:
        self._file = file

    def mapping(self, root: yaml.Node) -> Mapping:
        top = _Part(self._file, root, "the mapping")
        if (version := top.text("mapping")) != VERSION:
            top.refuse(f"the version of the mapping is “{version}”, not {VERSION}", f"Begin with “mapping: {VERSION}”.")
        name = top.text("name", needed=True)
        if not SLUG.fullmatch(name):
            top.refuse(f"the name “{name}” cannot be used", "Use small letters, digits and hyphens, such as esra-members.")
        source = self._source(top, name)
        form = self._form(top)
        tables = self._list(top, "tables", self._table)
        expectations = self._expectations(top)
        top.end()
        return Mapping(name, source, tables, form, expectations)

    def _list(self, part: _Part, name: str, read: Callable[[_Part], T]) -> tuple[T, ...]:
        node = part.take(name)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            part.refuse(f"“{name}” is to be a list", "Begin each entry with a hyphen.", _line(node))
        return tuple(read(_Part(self._file, item, f"an entry of “{name}”")) for item in node.value)

    def _source(self, top: _Part, name: str) -> Source:
        part = top.part("source")
        if part is None:
            top.refuse("the mapping names no source", "Add “source:” with title, publisher and date.")
        tier = part.choice("tier", [tier.replace("_", " ") for tier in TIERS], "other").replace(" ", "_")
        found = Source(
            id=f"{PREFIX}{name}", title=part.text("title", needed=True), url=part.text("url"), publisher=part.text("publisher"), tier=tier,
            origin=part.text("origin"), language=part.text("language"), date=part.text("date"), licence=part.text("licence"),
            layer=part.text("layer") or "diplomacy", loader=f"{PREFIX}{name}", note=part.text("note"), internal=part.flag("internal") or False)
        if found.date and not DATE.fullmatch(found.date):
            part.refuse(f"the date of the source is “{found.date}”", "Write it as 2024, 2024-10 or 2024-10-09.")
        part.end()
        return found

    def _form(self, top: _Part) -> TextForm:
        part = top.part("read")
        if part is None:
            return TextForm()
        sign = part.text("delimiter")
        found = TextForm(part.text("encoding"), "\t" if sign in ("tab", "\\t") else sign, part.flag("quotes"))
        if len(found.delimiter) > 1:
            part.refuse(f"the delimiter “{found.delimiter}” is no single sign", "Write “;” or “tab”.")
        try:
            "".encode(found.encoding or "utf-8")
        except LookupError:
            part.refuse(f"there is no encoding “{found.encoding}”", "Write utf-8, utf-16, cp1252 or cp1250.")
        part.end()
        return found

    def _expectations(self, top: _Part) -> dict[str, tuple[int, int]]:
        part = top.part("expect")
        found = {}
        for kind, node in part.entries() if part else ():
            bounds = [item.value for item in node.value] if isinstance(node, yaml.SequenceNode) else []
            if len(bounds) != 2 or not all(str(bound).isdigit() for bound in bounds):
                top.refuse(f"what is expected of {kind} is no pair of numbers", "Write the least and the most: [10, 500].", _line(node))
            found[kind] = (int(bounds[0]), int(bounds[1]))
        return found

    def _table(self, part: _Part) -> TableMap:
        header = self._header(part)
        nodes = part.part("nodes")
        found = TableMap(
            sheet=part.text("sheet"), header=header, blank=part.texts("blank"), decimal=part.choice("decimal", (".", ","), "."),
            fill_down=part.texts("fill_down") or (), where=self._where(part),
            nodes=tuple(self._node(alias, node) for alias, node in nodes.entries()) if nodes else (),
            edges=self._list(part, "edges", self._edge), quote=part.texts("quote") or (), observed=self._feed(part, "observed"),
            cites=self._cites(part), ignore=part.texts("ignore") or (), line=part.line)
        part.end()
        return found

    def _header(self, part: _Part) -> tuple[int, ...]:
        rows = part.texts("header")
        if rows is None:
            return (1,)
        if not all(row.isdigit() for row in rows):
            part.refuse(f"“header” is “{', '.join(rows)}”", "Write the number of the row that names the columns; 0 if there is none.")
        return tuple(sorted(int(row) for row in rows if row != "0"))

    def _where(self, part: _Part) -> dict[str, tuple[str, ...]]:
        conditions = part.part("where")
        found = {}
        for column, node in conditions.entries() if conditions else ():
            items = node.value if isinstance(node, yaml.SequenceNode) else [node]
            found[column] = tuple(conditions.scalar(item, column) for item in items)  # type: ignore[union-attr]
        return found

    def _node(self, alias: str, node: yaml.Node) -> NodeMap:
        part = _Part(self._file, node, f"the node “{alias}”")
        key = part.part("key") if self._is_block(part, "key") else None
        space = key.text("space") if key else ""
        found = NodeMap(
            alias=alias, kinds=part.texts("kind") or (), name=self._feed(part, "name"), id=self._feed(part, "id"), by=part.texts("by") or (NAME,),
            unknown="new" if part.choice("unknown", ("list", "new"), "list") == "new" else "list", means=self._words(part, "means"),
            key=self._feed_of(key, "key") if key else self._feed(part, "key"), space=space, where=self._where(part),
            properties=self._feeds(part, "properties"), line=part.line)
        part.end()
        return found

    def _is_block(self, part: _Part, name: str) -> bool:
        return isinstance(part._entries.get(name, (None, 0))[0], yaml.MappingNode)

    def _edge(self, part: _Part) -> EdgeMap:
        found = EdgeMap(part.text("kind", needed=True), part.text("from", needed=True), part.text("to", needed=True), self._feeds(part, "qualifiers"),
                        self._feed(part, "as_stated"), self._where(part), part.line)
        part.end()
        return found

    def _cites(self, part: _Part) -> Cites | None:
        block = part.part("cites")
        if block is None:
            return None
        found = Cites(*(self._feed(block, name) for name in ("url", "title", "publisher", "date")))
        block.end()
        return found

    def _words(self, part: _Part, name: str) -> dict[str, str]:
        block = part.part(name, f"“{name}” of {part.what}")
        return {word: block.scalar(node, word) for word, node in block.entries()} if block else {}

    def _feeds(self, part: _Part, name: str) -> dict[str, Feed]:
        block = part.part(name, f"“{name}” of {part.what}")
        return {key: self._one_feed(block, key, node) for key, node in block.entries()} if block else {}

    def _feed(self, part: _Part, name: str) -> Feed | None:
        node = part.take(name)
        return None if node is None else self._one_feed(part, name, node)

    def _one_feed(self, part: _Part, name: str, node: yaml.Node) -> Feed:
        if isinstance(node, yaml.ScalarNode):
            return Feed(column=part.scalar(node, name), line=_line(node))
        return self._feed_of(_Part(self._file, node, f"“{name}”"), name)

    def _feed_of(self, block: _Part, name: str) -> Feed:
        found = Feed(block.text("column"), block.text("text"), block.text("constant"), block.texts("split") or (), self._words(block, "words"),
                     block.texts("blank"), block.choice("date", ORDERS, ""), block.choice("part", ("start", "end"), ""),
                     block.choice("decimal", (".", ","), ""), block.text("find"), block.line)
        if sum(map(bool, (found.column, found.text, found.constant))) != 1:
            block.refuse(f"“{name}” needs one of column, text and constant", "Write “column: …” for a column of the table.")
        block.end()
        return found


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
