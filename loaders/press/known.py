"""Fill a gazetteer from the graph or from the curated CSV files, which call the same things by different columns."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from graph.errors import BadFile
from graph.model import Edge, Node
from loaders.press.gazetteer import NAMED, SHORTEST_ACRONYM, Gazetteer, Known, KnownEvent, Term, Written
from loaders.press.text import fold

Row = Mapping[str, str]
NO_NAMES = ("meeting", "own organisation")
"""Kinds of rows in network_names.csv that name something else than the network."""
OFFICE_WORDS = ("office", "council", "association", "government of", "europa", "organisation")
"""A member list writes the office in Brussels for the region: no name of the region."""


def from_graph(nodes: Iterable[Node], edges: Iterable[Edge]) -> Gazetteer:
    """See `Gazetteer.build`."""
    by_id = {node.id: node for node in nodes}
    ties = list(edges)
    known = {id: Known(id, node.kind, node.name, node.text("country")) for id, node in by_id.items()}
    names = [written for node in by_id.values() if node.kind in NAMED for written in _names_of(node)]
    terms = [_term(by_id[edge.source], edge) for edge in ties if edge.kind in ("LEADS", "SERVES_IN") and edge.source in by_id]
    terms += [Term(id, node.name, "", "", "") for id, node in by_id.items()
              if node.kind == "Leader" and not any(term.person == id for term in terms)]
    return _without_series(Gazetteer(known, tuple(names), tuple(terms), _known_events(by_id, ties, "Agreement", "PARTY_TO"),
                                     _known_events(by_id, ties, "Event", "TOOK_PART_IN"),
                                     {id: _texts(node) for id, node in by_id.items() if node.kind == "Sector"}))


def _texts(node: Node) -> tuple[str, ...]:
    aliases = node.properties.get("aliases", ())
    texts = [str(value) for key, value in node.properties.items() if key == "name" or key.startswith("name_")]
    return tuple(dict.fromkeys([*texts, *(aliases if isinstance(aliases, tuple) else [str(aliases)])]))


def _names_of(node: Node) -> Iterator[Written]:
    if node.kind == "Event" and "series" not in node.text("kind"):
        return
    for key, value in node.properties.items():
        if key == "name" or key.startswith("name_"):
            yield Written(node.id, node.kind, str(value), key[5:])
    aliases = node.properties.get("aliases", ())
    for alias in aliases if isinstance(aliases, tuple) else [str(aliases)]:
        if _is_name(alias):
            yield Written(node.id, node.kind, alias, exact=_is_acronym(alias))
    if len(node.text("acronym")) >= SHORTEST_ACRONYM:
        yield Written(node.id, node.kind, node.text("acronym"), exact=True)


def _term(person: Node, edge: Edge) -> Term:
    return Term(person.id, person.name, edge.target, edge.text("office"), edge.text("office_kind"), edge.text("portfolio"),
                edge.text("since"), edge.text("until"))


def _known_events(by_id: Mapping[str, Node], edges: Iterable[Edge], kind: str, tie: str) -> tuple[KnownEvent, ...]:
    who: dict[str, set[str]] = {}
    for edge in edges:
        if edge.kind == tie:
            who.setdefault(edge.target, set()).add(edge.source)
    return tuple(KnownEvent(id, node.text("kind"), node.name, frozenset(who.get(id, ())), node.text("date"), node.text("status"))
                 for id, node in by_id.items() if node.kind == kind)


def _is_acronym(name: str) -> bool:
    return name.isupper() and " " not in name


def _is_name(name: str) -> bool:
    return not any(word in name.lower() for word in OFFICE_WORDS)


def _without_series(gazetteer: Gazetteer) -> Gazetteer:
    """Drop a network's name that is the name of a series of meetings: "Leaders Meeting" is no organisation."""
    series = {fold(written.text) for written in gazetteer.written if written.kind == "Event"}
    kept = tuple(written for written in gazetteer.written if written.kind != "Network" or fold(written.text) not in series)
    return Gazetteer(gazetteer.known, kept, gazetteer.terms, gazetteer.agreements, gazetteer.events, gazetteer.sector_terms)


def from_folder(path: Path | str) -> Gazetteer:
    """See `Gazetteer.from_folder`.

    Raises BadFile where a file is missing or is no CSV of the curated data.
    """
    folder = Path(path)
    rows = {name: _rows(folder / f"{name}.csv") for name in (
        "regions", "region_names", "networks", "network_names", "countries", "country_names", "organisations", "leaders",
        "sector_taxonomy", "sector_map", "agreements", "agreement_parties", "events")}
    known: dict[str, Known] = {}
    for row in rows["regions"]:
        known[row["region_id"]] = Known(row["region_id"], "Region", row["name_en"], row["country"])
    for row in rows["countries"]:
        known[row["country_id"]] = Known(row["country_id"], "Country", row["name_en"], row["iso2"])
    for row in rows["networks"]:
        known.setdefault(row["network_id"], Known(row["network_id"], "Network", row["name_en"]))
    for row in rows["organisations"]:
        known[row["org_id"]] = Known(row["org_id"], "Organisation", row["name_en"])
    for row in rows["events"]:
        known[row["event_id"]] = Known(row["event_id"], "Event", row["name"])
    for row in rows["sector_taxonomy"]:
        known[row["sector_id"]] = Known(row["sector_id"], "Sector", row["label_en"])
    return _without_series(Gazetteer(known, tuple(_written(rows)), tuple(_terms(rows["leaders"])), _agreements(rows), _events(rows),
                                     _sector_terms(rows)))


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(file=str(path), problem=f"the file cannot be read ({error})",
                      remedy="Give the folder of the curated data, with its CSV files in UTF-8.") from error


def _written(rows: Mapping[str, list[dict[str, str]]]) -> Iterator[Written]:
    """Every way to write a name that the files give."""
    yield from _region_names(rows)
    yield from _network_names(rows)
    yield from (Written(row["org_id"], "Organisation", row["name_en"]) for row in rows["organisations"])
    yield from (Written(row["event_id"], "Event", row["name"]) for row in rows["events"] if row["kind"] == "event series")
    yield from (Written(row["country_id"], "Country", row[key], key[5:]) for row in rows["countries"] for key in row
                if key.startswith("name_") and row[key])
    yield from (Written(row["country_id"], "Country", row["name"]) for row in rows["country_names"])


def _region_names(rows: Mapping[str, list[dict[str, str]]]) -> Iterator[Written]:
    for row in rows["regions"]:
        yield Written(row["region_id"], "Region", row["name_en"], "en")
        yield from (Written(row["region_id"], "Region", part) for part in row["name_local"].split(" / "))
    for row in rows["region_names"]:
        if _is_name(row["name"]):
            language = "" if row["kind"] in ("own language", "alias") else row["lang"]
            yield Written(row["region_id"], "Region", row["name"].rstrip("²"), language, exact=_is_acronym(row["name"]))


def _network_names(rows: Mapping[str, list[dict[str, str]]]) -> Iterator[Written]:
    for row in rows["networks"]:
        yield Written(row["network_id"], "Network", row["name_en"], exact=row["name_en"].isupper())
        if len(row["acronym"]) >= SHORTEST_ACRONYM:
            yield Written(row["network_id"], "Network", row["acronym"], exact=True)
    for row in rows["network_names"]:
        if row["kind"] not in NO_NAMES:
            yield Written(row["network_id"], "Network", row["name"], exact=_is_acronym(row["name"]))


def _terms(rows: Iterable[Row]) -> Iterator[Term]:
    seen: dict[str, Term] = {}
    for row in rows:
        term = Term(slug(row["person"]), row["person"], row["region_id"], row["office"], row["office_kind"], row["portfolio"],
                    row["start"], row["end"])
        before = seen.get(row["term_key"])
        seen[row["term_key"]] = term if before is None else Term(
            term.person, term.name, term.region, term.office, term.office_kind, term.portfolio,
            before.since or term.since, before.until or term.until)
    yield from seen.values()


def slug(name: str) -> str:
    """A readable id: "Eric Beißwenger" -> "eric-beisswenger"."""
    return "-".join("".join(c if c.isalnum() else " " for c in fold(name).replace("'", "")).split())


def _agreements(rows: Mapping[str, list[dict[str, str]]]) -> tuple[KnownEvent, ...]:
    who: dict[str, set[str]] = {}
    for row in rows["agreement_parties"]:
        who.setdefault(row["agreement_id"], set()).add(row["party_id"])
    return tuple(KnownEvent(row["agreement_id"], row["kind"], row["title"], frozenset(who.get(row["agreement_id"], ())), row["date"],
                            row["status"]) for row in rows["agreements"])


def _events(rows: Mapping[str, list[dict[str, str]]]) -> tuple[KnownEvent, ...]:
    return tuple(KnownEvent(row["event_id"], row["kind"], row["name"],
                            frozenset(part.strip() for part in row["participants"].split(";") if part.strip())
                            | ({row["network_id"]} if row["network_id"] else set()), row["date"].split("/")[0]) for row in rows["events"])


def _sector_terms(rows: Mapping[str, list[dict[str, str]]]) -> dict[str, tuple[str, ...]]:
    """Sector id -> what it is called: labels in all languages, and the mapped strings that mean it or a part of it."""
    terms: dict[str, list[str]] = {}
    for row in rows["sector_taxonomy"]:
        for key in row:
            if key.startswith("label_") or key == "seed_term_it":
                terms.setdefault(row["sector_id"], []).extend(part.strip() for part in row[key].split("/") if part.strip())
    by_string: dict[str, list[Row]] = {}
    for row in rows["sector_map"]:
        if row["relation"] in ("equal", "narrower"):
            by_string.setdefault(row["as_stated"], []).append(row)
    for string, mapped in by_string.items():
        if len(mapped) == 1:
            terms.setdefault(mapped[0]["sector_id"], []).append(string)
    return {sector: tuple(dict.fromkeys(words)) for sector, words in terms.items()}
