"""The mapping of a table is guessed from its headers and its cells, in six languages, with reasons; what is proposed is a valid mapping."""

import pytest

from graph.schema import load_schema
from loaders.table.facts import Reading, statements
from loaders.table.mapping_file import read_mapping
from loaders.table.mapping_text import mapping_text
from loaders.table.preview import try_out
from loaders.table.proposing import propose, propose_table, sketch
from loaders.table.proposing_graphs import is_graph, propose_graph
from loaders.table.recognising import vocabulary
from loaders.table.sampling import take_sample
from tests.loaders.table.books import archive, opened, xlsx
from tests.loaders.table.test_graphs import GEXF_13, NETS_CSV, NODES_CSV, RELS_CSV
from tests.loaders.table.world import naming

SCHEMA = load_schema()


def guessed(content, name="table.csv"):
    """What is found out about a table, the mapping that is proposed for it, and the ties that it then states."""
    file = opened(content, name)
    found = sketch(file, naming())
    mapping = checked(propose(file, [propose_table(found, SCHEMA)], next(iter(found.sample.titles), "")))
    used = Reading(mapping, SCHEMA, naming())
    ties = [(s.kind, s.subject, s.object, dict(s.qualifiers)) for s in statements(file, used) if s.object]
    return found, mapping, ties


def checked(mapping):
    """A proposal, as it is read from the text that would be saved."""
    return read_mapping(mapping_text(mapping).encode(), "m.yml", SCHEMA)


@pytest.mark.parametrize("header", ["Region;Network;Role;Since", "Regione;Rete;Ruolo;Dal", "Bundesland;Netzwerk;Rolle;Mitglied seit", "Région;Réseau;Rôle;Depuis",
                                    "Comunidad Autónoma;Red;Rol;Desde", "Gewest;Netwerk;Rol;Sinds", "a;b;c;since"])
def test_members_of_networks_are_recognised_in_six_languages_and_by_their_cells_alone(header):
    found, _, ties = guessed(f"{header}\nLombardei;ESRA;Mitglied;12.03.2019\nToscana;ESRA;osservatore;2020\nBayern;ESRA;membre fondateur;2021\n")
    assert [guess.meaning for guess in found.guesses] == ["Region", "Network", "role", "since"]
    assert ties == [("MEMBER_OF", "lombardy", "esra", {"role": "member", "since": "2019-03-12"}), ("MEMBER_OF", "tuscany", "esra", {"role": "observer", "since": "2020"}),
                    ("MEMBER_OF", "bavaria", "esra", {"role": "founder", "since": "2021"})]
    assert all(guess.reasons and 0.5 < guess.confidence < 1 for guess in found.guesses)


def test_title_lines_are_passed_and_name_what_all_rows_are_about():
    found, mapping, ties = guessed(xlsx([("Members of ESRA, as of 2025",), (None,), ("Region", "Role"), ("Bavaria", "member"), ("Tuscany", "member"), ("Lombardy", "member")]), "t.xlsx")
    assert (found.sample.header, found.about) == (3, ("Network", "European Semiconductor Regions Alliance"))
    assert mapping.source.title == "Members of ESRA, as of 2025"
    assert [tie[:3] for tie in ties] == [("MEMBER_OF", region, "esra") for region in ("bavaria", "tuscany", "lombardy")]


def test_a_list_of_agreements_with_several_parties_in_a_cell():
    table = "Titolo;Partner;Data firma;Settori;Firmatari;Luogo;Stato\nMemorandum con la Baviera;Bavaria / Toscana;3 marzo 2026;Semiconductors;Anna Bianchi;Milano;firmato\nIntesa;Lombardia;12/05/2019;Semiconductors;;Roma;in vigore\n"
    _, mapping, ties = guessed(table)
    agreement = mapping.tables[0].nodes[0]
    assert (agreement.kinds, agreement.unknown, sorted(agreement.properties)) == (("Agreement",), "new", ["date", "place", "status"])
    assert agreement.properties["status"].words == {"firmato": "signed", "in vigore": "in force"}
    assert [tie[0] for tie in ties] == ["PARTY_TO", "PARTY_TO", "COVERS", "SIGNED", "PARTY_TO", "COVERS"]


@pytest.mark.parametrize(("offices", "kind"), [(("Ministerpräsident", "presidente"), "LEADS"), (("Minister for Europe", "envoy"), "SERVES_IN")])
def test_heads_lead_and_others_serve(offices, kind):
    _, mapping, ties = guessed(f"Leader,Office,Region,Since\nAnna Rossi,{offices[0]},Bayern,16.03.2018\nJan Maes,{offices[1]},Lombardei,2019\n")
    assert [(tie[0], tie[2], tie[3]["office"]) for tie in ties] == [(kind, "bavaria", offices[0]), (kind, "lombardy", offices[1])]
    assert ("office_kind" in mapping.tables[0].edges[0].qualifiers) == (kind == "LEADS")


def test_periods_become_two_dates_and_american_dates_are_told_by_a_day_above_twelve():
    assert [tie[3] for tie in guessed("Region;Network;Period\nBayern;ESRA;2014–2020\nToscana;ESRA;since 2019\n")[2]] == [{"since": "2014", "until": "2020"}, {"since": "2019"}]
    assert [tie[3]["since"] for tie in guessed("Region;Network;Joined\nBayern;ESRA;03/12/2019\nToscana;ESRA;10/31/2020\n")[2]] == ["2019-03-12", "2020-10-31"]


def test_countries_and_codes_say_where_others_are():
    found, mapping, _ = guessed("Region;Land;NUTS;Website\nLimburg;NL;;www.limburg.nl\nBayern;DE;DE2;https://bayern.de\nLombardei;IT;ITC4;\nToscana;IT;ITI1;\n")
    assert [guess.meaning for guess in found.guesses] == ["Region", "Country", "nuts", "website"]
    (node,) = mapping.tables[0].nodes
    assert (node.kinds, sorted(node.properties), node.properties["country"].find) == (("Region",), ["country", "nuts", "website"], "Country")


def test_a_person_may_decide_otherwise():
    file = opened("Region;Network;Notes\nBayern;ESRA;x\nToscana;ESRA;y\n")
    changed = sketch(file, naming()).with_meanings({"Notes": "quote", "Network": ""})
    table = propose_table(changed, SCHEMA)
    assert (table.quote, table.ignore, table.edges) == (("Notes",), ("Network",), ())


def test_nothing_is_proposed_where_nothing_is_known():
    found = sketch(opened("Alpha;Beta\nx1;7\nx2;9\n"), naming())
    assert [guess.meaning for guess in found.guesses] == ["", ""]
    assert propose_table(found, SCHEMA).nodes == ()


def test_a_merged_title_is_no_header():
    file = opened(xlsx([("All members", None, None), ("Region", "Role", "Since"), ("Bavaria", "member", 2019)], merged=["A1:C1"]), "a.xlsx")
    assert take_sample(file, file.sheet()).header == 2


def test_a_table_without_header_begins_with_its_first_row():
    file = opened("Q12\tTuscany\nQ135\tBavaria\nQ1490\tLombardy\nQ1\tLimburg\n")
    assert take_sample(file, file.sheet()).header == 0


def test_the_first_rows_are_said_as_facts_beside_their_problems():
    file = opened("Region;Network;Role\nBayern;ESRA;Mitglied\nAtlantis;ESRA;Mitglied\nToscana;ESRA;Mitgleid\n")
    mapping = checked(propose(file, [propose_table(sketch(file, naming()), SCHEMA)]))
    rows = try_out(file, Reading(mapping, SCHEMA, naming()), "it").first
    assert rows[0].facts[0] == "Bavaria è membro di European Semiconductor Regions Alliance"
    assert [str(problem.text) for problem in rows[1].problems] == ["no region is called “Atlantis”"]
    assert (rows[2].facts, rows[2].problems[0].column) == ((), "C (Role)")


def test_types_of_a_graph_become_kinds_and_its_edges_ties():
    file = opened(GEXF_13, "g.gexf")
    assert is_graph(file)
    mapping = checked(propose(file, propose_graph(file, naming(), SCHEMA)))
    nodes, edges = mapping.tables
    assert [(node.kinds[0], dict(node.where)) for node in nodes.nodes] == [("Region", {"type": ("region",)}), ("Place", {"type": ("city",)})]
    found = list(statements(file, Reading(mapping, SCHEMA, naming())))
    assert [(s.kind, s.subject, s.object) for s in found if s.object] == [("TWINNED_WITH", "lombardy", "gent")]
    assert edges.sheet == "edges"


def test_the_headers_of_neo4j_admin_are_understood():
    file = opened(archive({"regions.csv": NODES_CSV, "nets.csv": NETS_CSV, "rels.csv": RELS_CSV}), "export.zip")
    mapping = checked(propose(file, propose_graph(file, naming(), SCHEMA)))
    found = list(statements(file, Reading(mapping, SCHEMA, naming())))
    assert [(s.kind, s.subject, s.object, dict(s.qualifiers)) for s in found if s.object] == \
        [("MEMBER_OF", "lombardy", "esra", {"since": "2019-05-01"}), ("MEMBER_OF", "bavaria", "esra", {})]
    assert not is_graph(opened("a;b\n1;2\n"))


def test_the_words_name_only_what_the_schema_knows():
    known = {*SCHEMA.nodes, *SCHEMA.edges, "parties", "name", "quote", "cites_url", "period", "aliases",
             *(name for kind in SCHEMA.nodes.values() for name in kind.properties), *(name for kind in SCHEMA.edges.values() for name in kind.qualifiers)}
    words = vocabulary()
    assert set(words.headers.values()) <= known
    assert set(words.roles.values()) <= set(SCHEMA.edges["MEMBER_OF"].classes["role"])
    assert set(words.ties.values()) <= set(SCHEMA.edges)
    assert set(words.kinds.values()) | set(words.named.values()) <= set(SCHEMA.visible)
