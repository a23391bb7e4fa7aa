"""Read networks, their members, who holds their offices, and the sectors."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from graph.model import Statement
from graph.record import split_terms
from loaders.base import Said
from loaders.curated.rows import LOADER, Known, Library, said
from loaders.rows import Row

MEMBER_ROLES = ("founder", "member", "associate", "observer", "partner", "former", "lead", "unknown")
MEMBER_KINDS = ("region", "country", "organisation")
LABELS = ("it", "de", "fr", "es", "nl", "ca")
SCHEMES = {"NACE Rev. 2": "nace", "Vanguard pilot": "vanguard", "Eye@RIS3 structure": "eye_ris3"}
CHAIR_ROLES = {"president": "chair", "vice-president": "vice-chair", "vice-presidency": "vice-chair", "acting president": "chair"}
PILOT = "pilot lead: "


def networks(rows: list[Row], library: Library, known: Known) -> Iterator[Statement]:
    """networks.csv: a network as one source describes it, and the sectors that it focuses on."""
    for row in rows:
        id = row.id("network_id")
        as_of = row.date("member_count_as_of")
        who = said(row, library)
        yield who.node("Network", id)
        yield from who.value("Network", id, "name", row.need("name_en"), language="en")
        yield from who.value("Network", id, "member_count", row.number("member_count"))
        yield from who.value("Network", id, "founded", row.date("founded"))
        for column in ("acronym", "type", "seat", "website", "description"):
            yield from who.value("Network", id, column, row.take(column))
        for sector, wording, relation in known.covered(row.take("sectors"), row.place):
            yield who.edge("FOCUSES_ON", id, sector, as_stated=wording, relation=relation)
        if as_of:
            known.notes.rows["member counts with a day of their own"] += 1


def memberships(rows: list[Row], library: Library, known: Known) -> Iterator[Statement]:
    """memberships.csv: a member as one source gives it; where it was a predecessor then, the tie is the predecessor's,
    and that today's region follows from it is inferred."""
    for row in rows:
        network = row.id("network_id", known.networks)
        kind = row.choice("member_kind", MEMBER_KINDS)
        ids = {"region": known.regions, "country": known.countries, "organisation": known.organisations}[kind]
        member, then = row.id("region_id", ids), row.id("region_id_then", known.regions, empty=True)
        who = said(row, library, as_of=row.date("as_of"))
        wording = " ".join(filter(None, (row.take("region_as_stated"), row.take("role_as_stated"))))
        role = row.choice("role", MEMBER_ROLES)
        dates = {"since": row.date("since"), "until": row.date("until")}
        row.drop("fact_key")
        yield who.edge("MEMBER_OF", then or member, network, as_stated=wording, role=role, **dates)
        if then and then != member:
            inferred = replace(who, confidence="inferred")
            yield inferred.edge("MEMBER_OF", member, network, as_stated=wording, role="unknown")


def roles(rows: list[Row], library: Library, known: Known) -> Iterator[Statement]:
    """network_roles.csv: who holds an office of a network; leads of pilots coordinate, they do not chair.

    Where a person holds it, that the person's region does is inferred, a term for each person: between two of them nobody knows.
    """
    terms = _terms(rows)
    for row in rows:
        network = row.id("network_id", known.networks)
        kind = row.choice("holder_kind", ("region", "country", "person"))
        holder = row.id("region_id", known.members, empty=kind == "person")
        person, office, role = row.take("person"), row.take("office"), row.need("role")
        who = said(row, library, as_of=row.date("as_of"))
        since, until, ended = row.date("since"), row.date("until"), _end(row, library, who)
        if role.startswith(PILOT):
            yield who.edge("COORDINATES", holder, network, topic=role.removeprefix(PILOT), since=since, until=until)
            continue
        base, _, brief = role.partition(" (")
        qualifiers = {"role": CHAIR_ROLES.get(base, base), "term": terms.get(row.line, ""),
                      "brief": "acting" if base.startswith("acting") else brief.rstrip(")")}
        holders = [holder] if holder else []
        if person:
            id, statements = known.person(person, who)
            yield from statements
            holders.insert(0, id)
        for index, id in enumerate(holders):
            speaker = replace(who, confidence="inferred") if index else who
            own = {**qualifiers, "term": "-".join(filter(None, (holders[0], qualifiers["term"])))} if index else qualifiers
            carried = {**own, "office": office} if person and not index else own
            yield speaker.edge("CHAIRS", id, network, as_stated=role, since=since, until="" if ended else until, **carried)
            if ended and until:
                yield ended.edge("CHAIRS", id, network, as_stated=role, until=until, **own)


def _terms(rows: list[Row]) -> dict[int, str]:
    """The number of the term that a row speaks of, where one holder had the same office more than once: a row knows both
    its dates, even where its end comes from another source."""
    offices: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for row in rows:
        cells = {name: row.peek(name) for name in ("network_id", "person", "region_id", "role", "since", "until", "as_of")}
        key = tuple(cells[name] for name in ("network_id", "person", "region_id", "role"))
        dates = {name: cells[name] for name in ("since", "until") if cells[name]}
        holder = key[1] or key[2]
        offices[key].append(Statement("CHAIRS", holder, "", object=key[0], qualifiers=dates, observed=cells["as_of"], place=str(row.line)))
    numbered: dict[int, str] = {}
    for statements in offices.values():
        terms = split_terms(statements)
        for number, term in enumerate(terms, 1):
            numbered |= {int(statement.place): str(number) for statement in term if len(terms) > 1}
    return numbered


def _end(row: Row, library: Library, who: Said) -> Said | None:
    url, evidence = row.take("end_source_url"), row.take("end_evidence")
    confidence = row.choice("end_confidence", ("stated", "inferred"), empty=True)
    return Said(LOADER, library.cite(url, "", ""), who.place, evidence, confidence or "stated") if url else None


def taxonomy(rows: list[Row], library: Library, known: Known) -> Iterator[Statement]:
    """sector_taxonomy.csv: a sector, its names, and its codes in other schemes."""
    codes: dict[tuple[str, str], list[str]] = defaultdict(list)
    first: dict[tuple[str, str], Said] = {}
    for row in rows:
        id = row.id("sector_id")
        who = said(row, library)
        scheme, code = row.need("scheme"), row.need("code")
        labels = {language: row.take(f"label_{language}") for language in LABELS}
        english = row.need("label_en")
        row.drop("seed_term_it", "in_seed", "in_texts", "code_label", "relation")
        if scheme == "project":
            known.sectors[id] = english
            yield who.node("Sector", id)
            yield from who.value("Sector", id, "name", english, language="en")
            for language, label in labels.items():
                yield from who.value("Sector", id, f"name_{language}", label, language=language)
        else:
            property = SCHEMES.get(scheme)
            if property is None:
                known.notes.unmapped.append(f"{row.place}: the scheme “{scheme}” is not known")
                continue
            codes[id, property].append(code)
            first.setdefault((id, property), who)
    for (id, property), values in codes.items():
        yield from first[id, property].value("Sector", id, property, tuple(sorted(set(values))))


def sector_map(rows: list[Row], library: Library, known: Known) -> Iterator[Statement]:
    """sector_map.csv: the sectors that a stated string means; it states nothing of its own."""
    for row in rows:
        string, sector = row.need("as_stated"), row.id("sector_id", known.sectors)
        relation = row.choice("relation", ("equal", "narrower", "broader", "related"))
        said(row, library)
        row.drop("part", "used_in")
        known.sector_map.setdefault(string, []).append((sector, relation))
    yield from ()


def priorities(rows: list[Row], library: Library, known: Known) -> Iterator[Statement]:
    """region_sectors.csv: a priority of a region's strategy; the wording may mean more than its main sector."""
    for row in rows:
        region, main = row.id("region_id", known.regions), row.id("sector", known.sectors)
        who = said(row, library)
        wording, framework, period = row.need("as_stated"), row.take("framework"), row.take("period")
        meant = dict.fromkeys([main, *(sector for sector, _, _ in known.covered(wording.replace(";", ","), row.place))])
        for sector in meant:
            yield who.edge("PRIORITISES", region, sector, as_stated=wording, framework=framework, period=period)
