"""Read the nodes and edges of a row by the shape that the mapping gives them; nothing is said before all of the row was read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from graph.model import Properties, Value
from graph.schema import EdgeKind, Schema
from graph.words import mark
from loaders.table.feeding import Cells, Feeder, Unusable, Where, part_of, remember
from loaders.table.mapping import ID, NAME, EdgeMap, Feed, NodeMap
from loaders.table.meaning import SECTOR, Meaning, Meant
from loaders.table.problems import Problem
from loaders.table.told import told

Bind = Callable[[Feed, str], Feeder]
Valued = tuple[Meant, str, Value, int | None]
Stated = tuple[str, str, str, Properties, str]


class NodeShape:
    """Tells which nodes a row means under one alias, and what it says of them."""

    def __init__(self, node: NodeMap, bind: Bind, where: Where, meaning: Meaning, schema: Schema) -> None:
        self.alias = node.alias
        self._node, self._where, self._meaning, self._schema = node, where, meaning, schema
        self._name = bind(node.name, "name") if node.name else None
        self._id = bind(node.id, "id") if node.id else None
        self._key = bind(node.key, "key") if node.key else None
        self._properties = {name: bind(feed, name) for name, feed in node.properties.items()}
        self._codes = [by for by in node.by if by not in (NAME, ID)]
        country = self._properties.get("country")
        telling = (self._name, self._id, country, *(self._properties[by] for by in self._codes))
        self._tell = (*where.reads, *(index for feeder in telling if feeder for index in feeder.reads))
        self._say = tuple(index for feeder in self._properties.values() for index in feeder.reads)
        self._told: dict[Cells, list[Meant]] = {}
        self._known_of: dict[tuple[str, str], Cells] = {}

    def meant(self, row: Cells, place: Problem) -> list[Meant]:
        """Those whom the row means; nobody where its conditions are not met or it names none. Raises Unusable."""
        if not self._where.holds(row):
            return []
        if self._node.is_reference:
            meant = (one for key in self._texts(self._key, row) for one in self._meaning.keyed(self._node.space, key, self._label(self._key)))
            return [one for one in meant if not self._node.kinds or one.kind in self._node.kinds]
        told = self._told.get(part := part_of(row, self._tell))
        if told is None:
            found = list(self._settled(row, place))
            told = list({one.id: one for one in found if one}.values())
            if all(found):
                remember(self._told, part, told)
        return told

    def _settled(self, row: Cells, place: Problem) -> Iterator[Meant | None]:
        worded = self._meaning.wordings(self._node, self._texts(self._name, row))
        names, ids = tuple(name for name, _ in worded), self._texts(self._id, row)
        codes = {by: self._properties[by].texts(row) for by in self._codes}
        countries = tuple(map(str, self._properties["country"].values(row))) if "country" in self._properties else ()
        count = max(len(names), *(map(len, codes.values())), 0) if codes else len(names)
        where = replace(place, column=self._label(self._name or next(iter(self._properties.values()), None)))
        for index in range(count):
            own_codes = {by: self._one(texts, index, count) for by, texts in codes.items()}
            found = self._meaning.settle(self._node, self._one(names, index, count), own_codes, self._one(ids, index, count),
                                         self._one(countries, index, count), where)
            wording = worded[index][1] if index < len(worded) else ""
            yield replace(found, text=wording) if found and wording and found.text != wording else found

    def values(self, row: Cells, meant: Sequence[Meant], source: str) -> Iterator[Valued]:
        """What the row says of those whom it means, but for what the row before said alike of the same. Raises Unusable."""
        if len(meant) == 1 and self._known_of.get((source, meant[0].id)) == part_of(row, self._say):
            return
        for one in meant:
            if one.named:
                yield one, "name", one.text, self._name.index if self._name else None
        for name, feeder in self._properties.items():
            values = feeder.values(row) if meant else ()
            if len(meant) > 1 and len(values) > 1 and len(values) != len(meant):
                raise Unusable(feeder.label, told(mark("it has {values} values for {names} names. Give one for each, or one for all."),
                                                  values=len(values), names=len(meant)))
            for number, one in enumerate(meant):
                given = values[number:number + 1] if len(meant) > 1 and len(values) > 1 else values
                if self._has(one.kind, name):
                    yield from ((one, name, value, feeder.index) for value in self._together(name, given))

    def remember(self, row: Cells, meant: Sequence[Meant], source: str) -> None:
        """Keep whom the file's own key means and what was said of them, now that the row is said."""
        if len(meant) == 1:
            remember(self._known_of, (source, meant[0].id), part_of(row, self._say))
        if self._key and not self._node.is_reference and meant:
            for key in self._key.texts(row):
                self._meaning.made.keys.setdefault((self._node.space, key), tuple(meant))

    def _has(self, kind: str, name: str) -> bool:
        """Whether a kind has a property: of several kinds in one column one may lack it."""
        return name in ("name", "aliases") or name.startswith("name_") or name in self._schema.nodes[kind].properties

    def _together(self, name: str, values: Sequence[Value]) -> Sequence[Value]:
        """Several values of one property as one list; of names each by itself."""
        if len(values) < 2 or name == "aliases" or name.startswith("name"):
            return values
        return (tuple(map(str, values)),)

    def _texts(self, feeder: Feeder | None, row: Cells) -> tuple[str, ...]:
        return feeder.texts(row) if feeder else ()

    def _label(self, feeder: Feeder | None) -> str:
        return feeder.label if feeder else ""

    def _one(self, texts: Sequence[str], index: int, count: int) -> str:
        """What belongs to one of several names: the text in its place, or the only one."""
        if len(texts) == count:
            return texts[index]
        return texts[0] if len(texts) == 1 else ""


class EdgeShape:
    """Tells which edges of one kind a row states."""

    def __init__(self, edge: EdgeMap, bind: Bind, where: Where, spec: EdgeKind) -> None:
        self._edge, self._where, self._spec = edge, where, spec
        self._qualifiers = {name: bind(feed, name) for name, feed in edge.qualifiers.items()}
        self._as_stated = bind(edge.as_stated, "as_stated") if edge.as_stated else None

    def stated(self, row: Cells, who: Mapping[str, Sequence[Meant]]) -> Iterator[Stated]:
        """The edges between those whom the row means. Raises Unusable."""
        sources, targets = who[self._edge.source], who[self._edge.target]
        if not sources or not targets or not self._where.holds(row):
            return
        said = {name: feeder.values(row) for name, feeder in self._qualifiers.items()}
        for name, values in said.items():
            self._check_class(name, values)
        stated = "; ".join(self._as_stated.texts(row)) if self._as_stated else ""
        many = max(len(sources), len(targets))
        for number, (source, target) in enumerate((source, target) for source in sources for target in targets):
            index = number if min(len(sources), len(targets)) == 1 else -1
            qualifiers = {name: value for name, values in said.items() if (value := self._one(name, values, index, many)) != ""}
            yield self._between(source, target, qualifiers, stated)

    def _between(self, source: Meant, target: Meant, qualifiers: Properties, stated: str) -> Stated:
        spec = self._spec
        if not spec.directed and source.kind not in spec.sources and target.kind in spec.sources:
            source, target = target, source
        for end, allowed in ((source, spec.sources), (target, spec.targets)):
            if end.kind not in allowed:
                raise Unusable("", told(mark("{tie} cannot have “{name}” ({kind}) at this end. Correct the cell or the mapping."),
                                        tie=spec.kind, name=end.text or end.id, kind=end.kind))
        if source.id == target.id:
            raise Unusable("", told(mark("both ends of {tie} are “{name}”. Correct one of the two cells."), tie=spec.kind, name=source.id))
        wording = stated or (target.text if "as_stated" in spec.qualifiers and target.kind == SECTOR else "")
        return spec.kind, source.id, target.id, qualifiers, wording

    def _one(self, name: str, values: Sequence[Value], index: int, many: int) -> Value:
        """The value for one edge of a row: its own where there is one for each, else the only one, else all together."""
        if len(values) <= 1:
            return values[0] if values else ""
        if len(values) == many and index >= 0:
            return values[index]
        if many > 1 or name in self._spec.key:
            raise Unusable(self._qualifiers[name].label, told(mark("it has {values} values for {ties} ties. Give one for each, or one for all."),
                                                              values=len(values), ties=many))
        return "; ".join(map(str, values))

    def _check_class(self, name: str, values: Sequence[Value]) -> None:
        allowed = self._spec.classes.get(name, {})
        odd = [value for value in values if allowed and str(value) not in allowed]
        if odd:
            raise Unusable(self._qualifiers[name].label, told(
                mark("“{value}” is no {name} of {tie}. Write one of {allowed}, or say in the mapping what it means (`words`)."),
                value=odd[0], name=name, tie=self._spec.kind, allowed=", ".join(allowed)))
