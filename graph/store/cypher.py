"""Hold all Cypher that the store itself sends: always with parameters, always ordered, kinds from the schema alone."""

from graph.schema import Schema

GET = "UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN n ORDER BY n.id"

DATED = """
UNWIND $ids AS id MATCH (n:Entity {id: id}) WHERE n.date IS NOT NULL OR n.status IS NOT NULL OR n.founded IS NOT NULL
RETURN n ORDER BY n.id
"""

NEIGHBOURS = """
MATCH (a:Entity {{id: $id}})-[r{kinds}]-(b:Entity) WHERE {seen}
RETURN a, r, b ORDER BY type(r), b.id, r.id LIMIT $limit
"""

COUNT_NEIGHBOURS = "MATCH (a:Entity {{id: $id}})-[r{kinds}]-(:Entity) WHERE {seen} RETURN count(r) AS n"

ADJACENT = """
UNWIND $ids AS id
MATCH (a:Entity {{id: id}})-[r{kinds}]-(b:Entity) WHERE {seen}
RETURN DISTINCT startNode(r).id AS source, endNode(r).id AS target, type(r) AS kind, properties(r) AS properties
ORDER BY kind, source, target, properties.id LIMIT $limit
"""

AMONG = """
UNWIND $ids AS id
MATCH (a:Entity {{id: id}})-[r]->(b:Entity) WHERE b.id IN $ids AND {seen}
RETURN a.id AS source, b.id AS target, type(r) AS kind, properties(r) AS properties
ORDER BY kind, source, target, properties.id LIMIT $limit
"""

OF_KIND = "MATCH (n:{kind}) WHERE {seen} RETURN n ORDER BY n.id LIMIT $limit"
IDS = "MATCH (n:Entity) WHERE {seen} RETURN collect(n.id) AS ids"
WHOLE = "UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN collect([labels(n), properties(n)]) AS found"
"""Many in one record: the driver's work for each record is more than that for its values. Not all at once: the local server's memory is small."""
CODES = """
MATCH (n:{kind}) WHERE n.{property} IS NOT NULL
RETURN n.id AS id, n.{property} AS code ORDER BY 'diplomacy' IN coalesce(n.layers, ['diplomacy']), id
"""
ANY_ENTITY = "MATCH (n:Entity) RETURN 1 AS one LIMIT 1"
PRESENT = "UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN collect([n.id, labels(n)]) AS found"
UNSTATED = """
UNWIND $ids AS id MATCH (n:Entity {id: id}) WHERE NOT EXISTS { MATCH (s:Statement {about: id}) }
RETURN id ORDER BY id
"""
TIES_AT = """
UNWIND $ids AS id MATCH (n:Entity {id: id})-[r]-(:Entity)
RETURN id, collect([r.id, coalesce(r.layers, ['diplomacy'])]) AS ties
"""
TIES_IN_LAYERS = """
UNWIND $ids AS id MATCH (:Entity {id: id})-[r]-(:Entity) WHERE r.layers IS NOT NULL AND NOT 'diplomacy' IN r.layers
WITH DISTINCT r UNWIND r.layers AS layer
RETURN layer, count(r) AS n ORDER BY layer
"""
LAYERS = "MATCH (s:Source) WHERE s.layer <> 'diplomacy' RETURN DISTINCT s.layer AS layer ORDER BY layer"
VERSION = "MATCH (m:Meta {id: 'ponte'}) RETURN m.version AS version, m.writing AS writing, m.written AS written"

STATEMENTS = "UNWIND $keys AS key MATCH (s:Statement {about: key}) RETURN properties(s) AS s ORDER BY s.about, s.id"
STATEMENTS_BY_TIE = "UNWIND $keys AS key MATCH (s:Statement {tie: key}) RETURN properties(s) AS s ORDER BY s.about, s.id"
STATEMENTS_BY_ID = "UNWIND $keys AS key MATCH (s:Statement {id: key}) RETURN properties(s) AS s ORDER BY s.about, s.id"
IDS_OF_LOADER = "MATCH (:Source)<-[:FROM]-(s:Statement) WHERE s.loader = $loader RETURN collect(s.id) AS ids"
IDS_OF_SOURCES = """
UNWIND $sources AS source MATCH (:Source {id: source})<-[:FROM]-(s:Statement) WHERE s.loader = $loader OR $loader = ''
RETURN collect(s.id) AS ids
"""
"""Found from their sources: an index on what all statements of a source share would make each deletion go through all of them."""
SAID_BY_PEOPLE = """
MATCH (s:Statement) WHERE s.decided > ''
WITH s WHERE s.loader = $loader AND (s.subject IN $ids OR s.object IN $ids OR (s.property = 'same_as' AND s.value IN $ids))
RETURN properties(s) AS s ORDER BY s.decided, s.id
"""
JUDGEMENTS = """
MATCH (s:Statement) WHERE s.decided > '' WITH s WHERE s.loader = $loader AND s.property = 'same_as'
RETURN properties(s) AS s ORDER BY s.id
"""
REVIEWS = """
UNWIND $sources AS source MATCH (:Source {id: source})<-[:FROM]-(s:Statement) WHERE s.loader = $loader
RETURN properties(s) AS s ORDER BY s.decided, s.id
"""
SAID_INTERNALLY = """
MATCH (o:Source)<-[:FROM]-(s:Statement) WHERE o.internal = true
RETURN properties(s) AS s ORDER BY s.id
"""
INTERNAL = "MATCH (s:Source) WHERE s.internal = true RETURN properties(s) AS s ORDER BY s.id"
SOURCES = "UNWIND $ids AS id MATCH (s:Source {id: id}) RETURN properties(s) AS s ORDER BY s.id"
STATEMENTS_OF_SOURCE = "MATCH (:Source {id: $source})<-[:FROM]-(s:Statement) RETURN properties(s) AS s ORDER BY s.about, s.id LIMIT $limit"
COUNT_STATEMENTS_OF_SOURCE = "MATCH (:Source {id: $source})<-[:FROM]-(s:Statement) RETURN count(s) AS n"
ALL_SOURCES = "MATCH (s:Source) RETURN properties(s) AS s ORDER BY s.id"
COUNT_STATEMENTS_BY_SOURCE = "MATCH (o:Source)<-[:FROM]-() RETURN o.id AS source, count(*) AS n ORDER BY source"
DISPUTED_NODES = "MATCH (n:Entity) WHERE n.disputed IS NOT NULL AND {seen} RETURN n ORDER BY n.id LIMIT $limit"
DISPUTED_EDGES = """
MATCH (a:Entity)-[r]->(b:Entity) WHERE r.disputed IS NOT NULL AND {seen}
RETURN a, r, b ORDER BY type(r), r.id LIMIT $limit
"""

SEEN = "UNWIND $ids AS id MATCH (s:Source {id: id}) SET s.last_seen = $now"
RUN = "MATCH (m:Meta {id: $id}) RETURN m.digests AS digests, m.ended AS ended"
SET_RUN = "MERGE (m:Meta {id: $id}) SET m.digests = $digests, m.ended = $now"
DELETE_RUN = "MATCH (m:Meta {id: $id}) DELETE m"

INDEXES = (("Statement", "about"), ("Statement", "tie"), ("Statement", "decided"))
DROPPED = ("ponte_statement_loader", "ponte_statement_source")
"""Indexes of earlier versions, which made removing a large source slow."""
UNIQUE_BESIDES = ("Entity", "Statement", "Source", "Meta")


def seen(name: str, layers: tuple[str, ...] | None) -> str:
    """The condition that a node or edge is of one of `$layers`; None are all. What has no `layers` is of the layer that all views show."""
    return "true" if layers is None else f"({name}.layers IS NULL OR any(layer IN {name}.layers WHERE layer IN $layers))"


def kinds_pattern(kinds: tuple[str, ...], schema: Schema) -> str:
    """":A|B" for a pattern, from kinds of the schema alone; "" for all.

    Raises KeyError for a kind that the schema does not know.
    """
    for kind in kinds:
        schema.edges[kind]
    return ":" + "|".join(kinds) if kinds else ""


def all_shortest(kinds: tuple[str, ...], max_steps: int, schema: Schema) -> str:
    """Undated shortest paths by their edges' ids; kinds are always named, so that the record's own ties are never walked."""
    pattern = kinds_pattern(kinds or tuple(schema.edges), schema)
    return (f"MATCH (a:Entity {{id: $start}}), (b:Entity {{id: $end}}) "
            f"MATCH p = allShortestPaths((a)-[{pattern}*..{int(max_steps)}]-(b)) "
            "WITH p, [r IN relationships(p) | r.id] AS ids ORDER BY ids RETURN p LIMIT $limit")


def count_all(schema: Schema, layers: tuple[str, ...] | None) -> str:
    """How many there are of each kind in some layers, in one query; the record is counted whole.

    Ties are counted in one walk: the local server goes through all that there is, statements too, for each kind that is asked for alone.
    """
    conditions = {kind: "" if spec.hidden else f"WHERE {seen('n', layers)}" for kind, spec in schema.nodes.items()}
    nodes = [f"MATCH (n:{kind}) {condition} RETURN '{kind}' AS kind, count(n) AS n" for kind, condition in conditions.items()]
    edges = f"MATCH (:Entity)-[r]->(:Entity) WHERE {seen('r', layers)} RETURN type(r) AS kind, count(r) AS n"
    return " UNION ALL ".join([*nodes, edges])


def constraints(schema: Schema) -> list[tuple[str, str]]:
    """Names and statements of everything that must be there before the first write."""
    unique = [*UNIQUE_BESIDES, *schema.visible]
    out = [(f"ponte_{label.lower()}_id", f"CREATE CONSTRAINT ponte_{label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE")
           for label in unique]
    out += [(f"ponte_{label.lower()}_{name}", f"CREATE INDEX ponte_{label.lower()}_{name} IF NOT EXISTS FOR (n:{label}) ON (n.{name})")
            for label, name in INDEXES]
    return out
