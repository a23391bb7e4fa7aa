"""Graphs of other tools are read as two tables, nodes and edges, and mapped as any table is."""

import json

import networkx as nx
import pytest

from loaders.table.facts import statements
from loaders.table.opening import Given, open_tables
from tests.loaders.table.books import archive, cells, opened
from tests.loaders.table.world import facts, reading

GRAPH = nx.MultiDiGraph()
GRAPH.add_node("n1", label="Lombardia", type="region", lat=45.5)
GRAPH.add_node("n2", label="ESRA", type="network")
GRAPH.add_node("n3", label="Gent <&> Brugge", type="city", aliases="a;b")
GRAPH.add_edge("n1", "n2", role="member", since="2019")
GRAPH.add_edge("n1", "n3", kind="twinning")

MAPPING = """\
tables:
  - sheet: nodes
    nodes:
      region: {kind: Region, where: {type: region}, name: label, key: id, properties: {lat: lat}}
      network: {kind: Network, where: {type: network}, name: label, key: id}
      city: {kind: Place, where: {type: city}, name: label, unknown: new, key: id, properties: {aliases: {column: aliases, split: ";"}}}
  - sheet: edges
    nodes:
      one: {key: source}
      other: {key: target}
    edges:
      - {kind: MEMBER_OF, from: one, to: other, where: {role: "*"}, qualifiers: {role: role, since: since}}
      - {kind: TWINNED_WITH, from: one, to: other, where: {kind: twinning}}
    ignore: [id]
"""
EXPECTED = [("MEMBER_OF", "lombardy", "esra", {"role": "member", "since": "2019"}), ("TWINNED_WITH", "lombardy", "gent-brugge", {})]


def graphml():
    return "\n".join(nx.generate_graphml(GRAPH, named_key_ids=True))


def gexf(version="1.2draft"):
    plain = nx.MultiDiGraph(GRAPH)
    for _, attributes in plain.nodes(data=True):
        attributes["kind_of_node"] = attributes.pop("type")
    return "\n".join(nx.generate_gexf(plain, version=version))


def node_link(edges):
    return json.dumps(nx.node_link_data(GRAPH, edges=edges))


@pytest.mark.parametrize(("content", "form"), [(graphml(), "GraphML"), (node_link("links"), "JSON"), (node_link("edges"), "JSON")])
def test_a_graph_of_networkx_is_mapped(content, form):
    file = opened(content, "graph.txt")
    assert (file.form, [sheet.name for sheet in file.sheets]) == (form, ["nodes", "edges"])
    ties, values, problems, found = facts(content, MAPPING.replace("    ignore: [id]\n", ""), name="graph.txt")
    assert ties == EXPECTED
    assert [v for v in values if v[0] == "gent-brugge"] == [("gent-brugge", "name", "Gent <&> Brugge"), ("gent-brugge", "aliases", "a"), ("gent-brugge", "aliases", "b")]
    assert ("lombardy", "lat", 45.5) in values
    assert not problems.problems
    assert {s.place for s in found if s.object} == {"sheet edges row 1", "sheet edges row 2"}


@pytest.mark.parametrize("version", ["1.1draft", "1.2draft"])
def test_a_gexf_graph_is_mapped(version):
    mapping = MAPPING.replace("{type:", "{kind_of_node:").replace("    ignore: [id]\n", "")
    ties, *_ = facts(gexf(version), mapping, name="graph.gexf")
    assert ties == EXPECTED


GEXF_13 = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3"><meta><creator>Gephi 0.10</creator></meta>
<graph defaultedgetype="undirected" mode="dynamic">
<attributes class="node" mode="static"><attribute id="0" title="type" type="string"><default>city</default></attribute></attributes>
<attributes class="edge"><attribute id="0" title="kind" type="string"/></attributes>
<nodes><node id="a" label="Lombardy" start="2010"><attvalues><attvalue for="0" value="region"/></attvalues><viz:size value="10"/></node>
<node id="b" label="Gent"><nodes><node id="c" label="Gent-Dampoort"/></nodes></node></nodes>
<edges><edge id="1" source="a" target="b" weight="2.0"><attvalues><attvalue for="0" value="twinning"/></attvalues></edge></edges></graph></gexf>"""


def test_gexf_1_3_with_defaults_and_nodes_in_nodes():
    file = opened(GEXF_13, "graph.gexf")
    assert file.sheet("nodes").columns == ("id", "label", "start", "type")
    assert cells(file, "nodes") == [["a", "Lombardy", "2010", "region"], ["c", "Gent-Dampoort", "", "city"], ["b", "Gent", "", "city"]]
    assert dict(zip(file.sheet("edges").columns, cells(file, "edges")[0], strict=True)) == \
        {"id": "1", "source": "a", "target": "b", "label": "", "weight": "2.0", "kind": "twinning"}


YED = """<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
<key for="node" id="d5" attr.name="description" attr.type="string"><default>none given</default></key><key for="node" id="d6" yfiles.type="nodegraphics"/>
<key for="edge" id="d10" yfiles.type="edgegraphics"/><graph edgedefault="directed" id="G">
<node id="n0"><data key="d6"><y:ShapeNode><y:Geometry height="30.0"/><y:NodeLabel fontSize="12">Lombardia</y:NodeLabel></y:ShapeNode></data></node>
<node id="n1"><data key="d5">second</data><data key="d6"><y:ShapeNode><y:NodeLabel>ESRA</y:NodeLabel></y:ShapeNode></data></node>
<edge id="e0" source="n0" target="n1"><data key="d10"><y:PolyLineEdge><y:EdgeLabel>member</y:EdgeLabel></y:PolyLineEdge></data></edge></graph></graphml>"""


def test_the_labels_of_yed_are_attributes():
    file = opened(YED, "graph.graphml")
    assert cells(file, "nodes") == [["n0", "none given", "Lombardia"], ["n1", "second", "ESRA"]]
    assert cells(file, "edges") == [["e0", "n0", "n1", "member"]]


def test_objects_without_an_id_are_known_by_their_place_and_lists_are_parted():
    content = json.dumps({"nodes": [{"name": "Lombardy", "tags": ["x", "y"], "size": 1.5, "ok": True, "none": None, "more": {"a": 1}}], "links": [{"source": 0, "target": 0}]})
    file = opened(content, "d3.json")
    assert file.sheet("nodes").columns == ("id", "name", "tags", "size", "ok", "none", "more")
    assert cells(file, "nodes") == [["0", "Lombardy", "x;y", "1.5", "true", "", '{"a": 1}']]
    assert cells(opened('[{"Region": "Bavaria"}, {"Role": "member"}]', "list.json")) == [["Bavaria", ""], ["", "member"]]


def test_an_edge_to_a_node_that_the_file_has_not_is_named():
    content = graphml().replace('target="n2"', 'target="n9"')
    ties, _, problems, _ = facts(content, MAPPING.replace("    ignore: [id]\n", ""), name="g.graphml")
    assert len(ties) == 1
    assert "no node of the file has the key “n9”" in str(problems.problems[0])


NODES_CSV = ":ID(Region-ID),name,:LABEL,lat:double,aliases:string[]\n1,Lombardia,Region;Entity,45.5,LOM;Lombardei\n2,Bayern,Region,,\n"
NETS_CSV = "netId:ID(Net-ID),name,:LABEL\n1,ESRA,Network\n"
RELS_CSV = ":START_ID(Region-ID),:END_ID(Net-ID),:TYPE,since:date\n1,1,MEMBER,2019-05-01\n2,1,MEMBER,\n"
NEO4J = """\
tables:
  - sheet: regions.csv
    nodes:
      region:
        kind: Region
        name: name
        key: {column: ":ID(Region-ID)", space: Region-ID}
        properties: {lat: "lat:double", aliases: {column: "aliases:string[]", split: ";"}}
    ignore: [":LABEL"]
  - sheet: nets.csv
    nodes: {net: {kind: Network, name: name, key: {column: "netId:ID(Net-ID)", space: Net-ID}}}
    ignore: [":LABEL"]
  - sheet: rels.csv
    nodes:
      from: {key: {column: ":START_ID(Region-ID)", space: Region-ID}}
      to: {key: {column: ":END_ID(Net-ID)", space: Net-ID}}
    edges:
      - {kind: MEMBER_OF, from: from, to: to, where: {":TYPE": MEMBER}, qualifiers: {since: "since:date"}}
"""


@pytest.mark.parametrize("packed", [False, True])
def test_the_files_of_neo4j_admin_are_mapped_together(packed):
    parts = {"regions.csv": NODES_CSV, "nets.csv": NETS_CSV, "rels.csv": RELS_CSV}
    given = [Given.content("export.zip", archive(parts))] if packed else [Given.content(name, text.encode()) for name, text in parts.items()]
    used = reading(NEO4J)
    found = list(statements(open_tables(given), used))
    assert [(s.subject, s.object, dict(s.qualifiers)) for s in found if s.object] == [("lombardy", "esra", {"since": "2019-05-01"}), ("bavaria", "esra", {})]
    assert {s.value for s in found if s.property == "aliases"} == {"LOM", "Lombardei"}
    assert not used.problems.problems
    assert not used.problems.notes
