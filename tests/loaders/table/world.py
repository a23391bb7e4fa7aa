"""A small known world for tests of tables, and short ways to read a table under a mapping."""

from graph.model import Name
from graph.schema import load_schema
from graph.search import NameIndex
from loaders.table.facts import Reading, statements
from loaders.table.mapping_file import read_mapping
from loaders.table.naming import Naming
from tests.loaders.table.books import opened

NAMES = (
    Name("lombardy", "Region", (("", "Lombardy"), ("de", "Lombardei"), ("it", "Lombardia")), "italy"),
    Name("tuscany", "Region", (("", "Tuscany"), ("it", "Toscana")), "italy"),
    Name("bavaria", "Region", (("", "Bavaria"), ("de", "Bayern")), "germany"),
    Name("limburg-nl", "Region", (("", "Limburg"),), "netherlands"),
    Name("limburg-be", "Region", (("", "Limburg"),), "belgium"),
    Name("italy", "Country", (("", "Italy"), ("de", "Italien"))),
    Name("netherlands", "Country", (("", "Netherlands"),)),
    Name("belgium", "Country", (("", "Belgium"),)),
    Name("greece", "Country", (("", "Greece"),)),
    Name("esra", "Network", (("", "European Semiconductor Regions Alliance"), ("alias", "ESRA"))),
    Name("semiconductors", "Sector", (("", "Semiconductors"),)),
)
CODES = {("Region", "nuts"): {"ITC4": "lombardy", "ITI1": "tuscany", "DE2": "bavaria"},
         ("Country", "iso2"): {"IT": "italy", "NL": "netherlands", "BE": "belgium", "GR": "greece"}}
HEAD = "mapping: 1\nname: test\nsource: {title: Test, publisher: P, tier: press, date: 2025-01-01}\n"


def naming(more=()):
    """What the small world knows."""
    return Naming(NameIndex.build([*NAMES, *more]), lambda *of: CODES.get(of, {}))


def reading(mapping, known=None):
    """A reading of a mapping given as YAML below its head."""
    schema = load_schema()
    return Reading(read_mapping((HEAD + mapping).encode(), "m.yml", schema), schema, known or naming())


def facts(table, mapping, known=None, name="table.csv"):
    """What a table states: ties as (kind, from, to, qualifiers), values as (id, property, value), and the problems."""
    used = reading(mapping, known)
    found = list(statements(opened(table, name), used))
    ties = [(s.kind, s.subject, s.object, dict(s.qualifiers)) for s in found if s.object]
    values = [(s.subject, s.property, s.value) for s in found if s.property]
    return ties, values, used.problems, found
