"""Define what a mapping says: for each column which kind, property, edge or qualifier it feeds, who the source is, how names are known.

The values are frozen and know no file; `line` is where the mapping file says it, for the sentences about it.
"""

from collections.abc import Mapping as Words
from dataclasses import dataclass, field
from typing import Literal

from graph.model import Source
from loaders.table.opening import TextForm

Unknown = Literal["list", "new"]
NAME, ID = "name", "id"
ANY = "*"
PREFIX = "table:"


@dataclass(frozen=True, slots=True)
class Feed:
    """Where a value comes from and how it is read: one `column`, a `text` with columns in braces, or a `constant`.

    `split`: what parts several values in a cell. `words`: what a wording means. `blank`: what stands for nothing (None: as in the
    table). `date`: dmy, mdy, ymd or serial. `part`: start or end of an interval. `decimal`: the sign before decimals.
    `find`: the value is the id of what has this name or code, of that kind.
    """

    column: str = ""
    text: str = ""
    constant: str = ""
    split: tuple[str, ...] = ()
    words: Words[str, str] = field(default_factory=dict)
    blank: tuple[str, ...] | None = None
    date: str = ""
    part: str = ""
    decimal: str = ""
    find: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class NodeMap:
    """A node that each row speaks of, under a word of the mapping's own (`alias`), by which its edges name it.

    It is found `by` its name, its id or a property with codes, in that order, among `kinds`; what is found nowhere is made
    new, of the first kind, or listed. `key` is the file's own identifier, by which later tables of the file mean it: there a
    node is a reference, its `kinds` those that count.
    """

    alias: str
    kinds: tuple[str, ...] = ()
    name: Feed | None = None
    id: Feed | None = None
    by: tuple[str, ...] = (NAME,)
    unknown: Unknown = "list"
    means: Words[str, str] = field(default_factory=dict)
    key: Feed | None = None
    space: str = ""
    where: Words[str, tuple[str, ...]] = field(default_factory=dict)
    properties: Words[str, Feed] = field(default_factory=dict)
    line: int = field(default=0, compare=False)

    @property
    def is_reference(self) -> bool:
        """Whether it means nodes of earlier tables by their key alone."""
        return self.key is not None and not (self.name or self.id or self.properties)


@dataclass(frozen=True, slots=True)
class EdgeMap:
    """An edge that each row states between two of its nodes, by their aliases."""

    kind: str
    source: str
    target: str
    qualifiers: Words[str, Feed] = field(default_factory=dict)
    as_stated: Feed | None = None
    where: Words[str, tuple[str, ...]] = field(default_factory=dict)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Cites:
    """The source that a row names itself, instead of the mapping's."""

    url: Feed | None = None
    title: Feed | None = None
    publisher: Feed | None = None
    date: Feed | None = None


@dataclass(frozen=True, slots=True)
class TableMap:
    """What one sheet feeds. `header`: the rows that name its columns; `fill_down`: columns whose value holds for the rows below too;
    `where`: the rows that count; `quote`: columns that are kept as evidence; `observed`: the day that a row speaks of."""

    sheet: str = ""
    header: tuple[int, ...] = (1,)
    blank: tuple[str, ...] | None = None
    decimal: str = "."
    fill_down: tuple[str, ...] = ()
    where: Words[str, tuple[str, ...]] = field(default_factory=dict)
    nodes: tuple[NodeMap, ...] = ()
    edges: tuple[EdgeMap, ...] = ()
    quote: tuple[str, ...] = ()
    observed: Feed | None = None
    cites: Cites | None = None
    ignore: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A whole mapping: its name, the source, how text files are read, and what each table feeds."""

    name: str
    source: Source
    tables: tuple[TableMap, ...]
    form: TextForm = field(default_factory=TextForm)
    expectations: Words[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def loader(self) -> str:
        """The name under which its statements are loaded and removed."""
        return PREFIX + self.name
