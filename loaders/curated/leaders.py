"""Read leaders: a person in an office, with the day seen there and an end that may come from another page."""

from collections.abc import Iterator

from graph.model import Statement
from loaders.base import Said
from loaders.curated.rows import LOADER, Known, Library, said
from loaders.rows import Row

OFFICE_KINDS = ("head", "deputy_head", "minister", "state_secretary", "official", "envoy")


def leaders(rows: list[Row], library: Library, known: Known) -> Iterator[Statement]:
    """leaders.csv: heads lead a region, others serve in it."""
    for row in rows:
        region = row.id("region_id", known.regions)
        key = row.need("term_key").split("|")
        who = said(row, library, as_of=row.date("as_of"))
        id, statements = known.person(row.need("person"), who)
        yield from statements
        kind = row.choice("office_kind", OFFICE_KINDS)
        edge = "LEADS" if row.choice("is_head", ("yes", "no")) == "yes" else "SERVES_IN"
        office, wording = row.take("office"), row.take("office_as_stated")
        tie = {"office_kind": kind, "term": key[3] if len(key) > 3 else ""}
        start, end = row.date("start"), row.date("end")
        ended = _end(row, library, who.place)
        yield who.edge(edge, id, region, as_stated=wording, office=office, since=start, until="" if ended else end,
                       portfolio=row.take("portfolio"), party=row.take("party"), **tie)
        if ended and end:
            yield ended.edge(edge, id, region, as_stated=wording, until=end, **tie)


def _end(row: Row, library: Library, place: str) -> Said | None:
    url, evidence = row.take("end_source_url"), row.take("end_evidence")
    confidence = row.choice("end_confidence", ("stated", "inferred"), empty=True)
    return Said(LOADER, library.cite(url, "", ""), place, evidence, confidence or "stated") if url else None
