"""Read regions, countries, organisations and their names, successions and twinnings."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from graph.model import Statement, first_day
from graph.record import day_before
from graph.schema import Schema
from loaders.curated.rows import Known, Library, said, slug
from loaders.rows import Row

COUNTRY_LANGUAGES = ("it", "de", "fr", "es", "nl", "ca")
FULL_NAMES = ("own language", "exonym")
SHORT = ", short"


def countries(rows: list[Row], library: Library, known: Known) -> Iterator[Statement]:
    """countries.csv: a country, its code and its names."""
    for row in rows:
        id = row.id("country_id")
        who = said(row, library)
        code = row.need("iso2")
        known.country_of_code[code] = id
        yield who.node("Country", id)
        yield from who.value("Country", id, "iso2", code)
        yield from who.value("Country", id, "name", row.need("name_en"), language="en")
        for language in COUNTRY_LANGUAGES:
            yield from who.value("Country", id, f"name_{language}", row.take(f"name_{language}"), language=language)


def regions(rows: list[Row], library: Library, known: Known) -> Iterator[Statement]:
    """regions.csv: a region, its codes, and the country that it is part of."""
    for row in rows:
        id = row.id("region_id")
        who = said(row, library)
        code = row.take("country")
        country = known.country_of_code.get(code, "")
        yield who.node("Region", id)
        yield from who.value("Region", id, "name", row.need("name_en"), language="en")
        yield from who.value("Region", id, "aliases", row.take("name_local"))
        for column, property in (("type", "type"), ("nuts_code", "nuts"), ("nuts_level", "nuts_level"), ("iso3166_2", "iso"),
                                 ("capital", "capital"), ("website", "website")):
            yield from who.value("Region", id, property, row.take(column))
        if country:
            yield from who.value("Region", id, "country", country, as_stated=code)
            yield who.edge("PART_OF", id, country, as_stated=code)
        else:
            known.notes.unmapped.append(f"{row.place}: the country “{code}” is in no row of countries.csv")


def names(rows: list[Row], library: Library, known: Known, kind: str, column: str) -> Iterator[Statement]:
    """region_names.csv, country_names.csv, network_names.csv: a name in a language, or a spelling found in a source.

    Where a language has a short form ("Andalusien"), that is the name, and the long one an alias.
    """
    ids = {"Region": known.regions, "Country": known.countries, "Network": known.networks}[kind]
    shortened = {(row.peek(column), row.peek("lang")) for row in rows if row.peek("kind").endswith(SHORT)}
    for row in rows:
        id = row.id(column, ids)
        language, form = row.take("lang"), row.need("kind")
        who = said(row, library)
        usual = form in FULL_NAMES and (id, language) not in shortened
        named = usual or form.endswith(SHORT) or (kind == "Network" and form == "name")
        property = f"name_{language}" if named and language and language != "en" else "aliases"
        yield from who.value(kind, id, property, row.need("name"), language=language)


def qids(rows: list[Row], library: Library, known: Known) -> Iterator[Statement]:
    """region_qids.csv: Wikidata's id of a region."""
    for row in rows:
        yield from said(row, library).value("Region", row.id("region_id", known.regions), "wikidata", row.need("qid"))


def successions(rows: list[Row], library: Library, known: Known) -> Iterator[Statement]:
    """region_successions.csv: a region became part of another; by the same row all its ties were over the day before."""
    for row in rows:
        who, gone = said(row, library), row.id("predecessor_id", known.regions)
        successor, wording, day = row.id("successor_id", known.regions), row.take("kind"), row.date("date")
        if day:
            known.gone[gone] = (day, replace(who, confidence="inferred"))
        yield who.edge("SUCCEEDED_BY", gone, successor, as_stated=wording, date=day)


def ends(statements: Iterable[Statement], known: Known, schema: Schema) -> Iterator[Statement]:
    """The statements, followed by what ends the ties of regions that are gone: whatever lasts ended with the region, as far as
    can be inferred."""
    ended: dict[tuple[object, ...], Statement] = {}
    for statement in statements:
        yield statement
        spec = schema.edges.get(statement.kind)
        if spec and "until" in spec.qualifiers:
            keyed = {name: statement.qualifiers[name] for name in spec.key if name in statement.qualifiers}
            ended.setdefault((statement.kind, statement.subject, statement.object, *sorted(keyed.items())), replace(statement, qualifiers=keyed))
    for tie in ended.values():
        for end in (tie.subject, tie.object):
            if end in known.gone:
                day, who = known.gone[end]
                until = {**tie.qualifiers, "until": day_before(first_day(day))}
                yield replace(who.edge(tie.kind, tie.subject, tie.object), qualifiers=until)


def twinning(rows: list[Row], library: Library, known: Known) -> Iterator[Statement]:
    """region_twinning.csv: twinned with a region, or with a place that is no known region."""
    for row in rows:
        id = row.id("region_id", known.regions)
        who = said(row, library)
        partner, partner_id, qid = row.need("partner_name"), row.id("partner_region_id", known.regions, empty=True), row.take("partner_qid")
        row.drop("region_qid", "both_directions")
        if partner_id:
            first, second = sorted((id, partner_id))
            yield who.edge("TWINNED_WITH", first, second, as_stated=partner)
            continue
        place = f"place:{slug(partner)}"
        known.notes.unmapped.append(f"{row.place}: the twinned “{partner}” is no region of regions.csv; kept as a place")
        yield who.node("Place", place)
        yield from who.value("Place", place, "name", partner)
        yield from who.value("Place", place, "wikidata", qid)
        yield who.edge("TWINNED_WITH", id, place, as_stated=partner)


def organisations(rows: list[Row], library: Library, known: Known) -> Iterator[Statement]:
    """organisations.csv: members and parties that are neither region nor country nor network."""
    for row in rows:
        id = row.id("org_id")
        who = said(row, library)
        yield who.node("Organisation", id)
        yield from who.value("Organisation", id, "name", row.need("name_en"), language="en")
        yield from who.value("Organisation", id, "acronym", row.take("acronym"))
        yield from who.value("Organisation", id, "type", row.take("kind"))
        yield from who.value("Organisation", id, "country", row.id("country_id", known.countries, empty=True))
