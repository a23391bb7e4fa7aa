"""Read who is twinned with whom from Wikidata: pairs of ids in TSV files, or a GEXF file of cities; each year is an edition of its own."""

import datetime
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

from graph.model import Statement
from loaders.base import Run, Said
from loaders.reading import elements, lines, local

QID = re.compile(r"(?:<?https?://www\.wikidata\.org/entity/)?(Q\d+)>?")
YEAR = re.compile(r"(?:19|20)\d\d")


def statements(run: Run) -> Iterator[Statement]:
    """The places, under their ids of Wikidata, and every pair once."""
    gexf = run.find("*.gexf")
    yield from _Twins(run).cities(gexf) if gexf else _Twins(run).pairs(run.need("relations.tsv"), run.find("names.tsv"))


class _Twins:
    """Tells who is meant by an id of Wikidata: a region or a place that the graph knows, else a place of its own."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._told: set[str] = set()
        self._pairs: set[tuple[str, str]] = set()

    def pairs(self, relations: Path, names: Path | None) -> Iterator[Statement]:
        """relations.tsv: two ids a line; names.tsv: an id and its name, in German where there is one."""
        date = _date_of(relations)
        source = self._run.source(f"wikidata-p190-{date[:4]}", date=date, note="Names in German first")
        labels = {} if names is None else dict(_cells(self._run, names))
        for number, (one, other) in _pairs(self._run, relations):
            says = self._run.says(f"{relations.name} row {number}", source=source, observed=date)
            for qid in (one, other):
                yield from self._place(says, qid, labels.get(qid, ""))
            yield from self._twins(says, one, other)

    def cities(self, gexf: Path) -> Iterator[Statement]:
        """A GEXF file: cities with their place on the map, and the lines between them."""
        run, date, source, titles = self._run, "", "", {}
        for element in elements(gexf, run.notes, "meta", "attribute", "node", "edge"):
            name = local(element.tag)
            if name == "meta":
                date = element.get("lastmodifieddate", "")
            elif name == "attribute":
                titles[element.get("id", "")] = element.get("title", "")
                continue
            source = source or run.source(f"wikidata-p190-{(date or _date_of(gexf))[:4]}", date=date or _date_of(gexf))
            run.notes.rows[gexf.name] += name in ("node", "edge")
            if name == "node":
                yield from self._city(run.says(f"node {element.get('id')}", source=source, observed=date), element, titles)
            elif name == "edge":
                one, other = element.get("source", ""), element.get("target", "")
                yield from self._twins(run.says(f"edge {one} {other}", source=source, observed=date), one, other)

    def _city(self, says: Said, node: Element, titles: Mapping[str, str]) -> Iterator[Statement]:
        qid = node.get("id", "")
        values = {titles.get(value.get("for", ""), ""): value.get("value", "") for value in node.iter() if local(value.tag) == "attvalue"}
        yield from self._place(says, qid, node.get("label", ""))
        kind, id = self._who(qid)
        if kind != "Place":
            return
        for name in ("lat", "lon"):
            if values.get(name):
                yield from says.value(kind, id, name, float(values[name]))
        if country := values.get("country", ""):
            known = self._run.known.named("Country", country)
            if not known:
                self._run.notes.unclear("country", country)
            yield from says.value(kind, id, "country", known, as_stated=country)

    def _place(self, says: Said, qid: str, name: str) -> Iterator[Statement]:
        """That someone is; of regions no more, whose names are known better."""
        kind, id = self._who(qid)
        if id in self._told:
            return
        self._told.add(id)
        yield says.node(kind, id)
        if kind == "Place":
            yield from says.value(kind, id, "name", name)
            yield from says.value(kind, id, "wikidata", qid)

    def _twins(self, says: Said, one: str, other: str) -> Iterator[Statement]:
        ends = sorted(self._who(qid) for qid in (one, other))
        pair = (ends[0][1], ends[1][1])
        if pair[0] == pair[1]:
            self._run.notes.skip("twinned with itself", says.place)
        elif pair in self._pairs:
            self._run.notes.skip("the same pair once more, mostly the other way round", says.place)
        else:
            self._pairs.add(pair)
            yield says.edge("TWINNED_WITH", *pair)

    def _who(self, qid: str) -> tuple[str, str]:
        for kind in ("Region", "Place"):
            if id := self._run.known.codes(kind, "wikidata").get(qid):
                return kind, id
        return "Place", f"place:{qid.casefold()}"


def _pairs(run: Run, relations: Path) -> Iterator[tuple[int, tuple[str, str]]]:
    for number, text in lines(relations, run.notes):
        cells = [QID.fullmatch(cell.strip()) for cell in text.split("\t")]
        if len(cells) == 2 and cells[0] and cells[1]:
            yield number, (cells[0][1], cells[1][1])
        elif number > 1:  # the first line may name the columns
            run.notes.skip("not two ids of Wikidata", f"{relations.name} row {number}")


def _cells(run: Run, names: Path) -> Iterator[tuple[str, str]]:
    for number, text in lines(names, run.notes):
        qid, tab, name = text.partition("\t")
        found = QID.fullmatch(qid.strip())
        if found and tab and name.strip():
            yield found[1], name.strip().strip('"')
        elif number > 1:
            run.notes.skip("no id of Wikidata with a name", f"{names.name} row {number}")


def _date_of(file: Path) -> str:
    """The year in the name of the file or its folder, else the day on which it was last changed."""
    found = YEAR.search(file.name) or YEAR.search(file.parent.name)
    return found[0] if found else datetime.datetime.fromtimestamp(file.stat().st_mtime, datetime.UTC).date().isoformat()
