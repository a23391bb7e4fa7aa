"""A mapping file comes back as it was written; a mistake in it, or against the schema, is one sentence with its line."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadFile
from graph.model import TIERS, Source
from graph.schema import load_schema
from loaders.table.mapping import Cites, EdgeMap, Feed, Mapping, NodeMap, TableMap
from loaders.table.mapping_file import load_mapping, read_mapping
from loaders.table.mapping_text import mapping_text
from loaders.table.opening import TextForm

SCHEMA = load_schema()
GOOD = """\
mapping: 1
name: esra
source:
  title: Members
tables:
  - nodes:
      member:
        kind: Region
        name: Region
        properties:
          website: Site
      network:
        kind: Network
        name: {constant: ESRA}
    edges:
      - kind: MEMBER_OF
        from: member
        to: network
        qualifiers:
          role: {column: Role, words: {Mitglied: member}}
          since: Since
"""


def read(text):
    return read_mapping(text.encode(), "m.yml", SCHEMA)


def test_a_mapping_is_read():
    mapping = read(GOOD)
    (table,) = mapping.tables
    assert (mapping.loader, mapping.source.id, table.header) == ("table:esra", "table:esra", (1,))
    assert table.nodes[0] == NodeMap("member", ("Region",), Feed("Region"), properties={"website": Feed("Site")})
    assert table.edges[0].qualifiers["role"] == Feed("Role", words={"Mitglied": "member"})


@pytest.mark.parametrize(("old", "new", "words"), [
    ("mapping: 1", "mapping: 2", "line 1: the version of the mapping is “2”"), ("mapping: 1\n", "", "version"),
    ("name: esra", "name: ESRA Members", "the name “ESRA Members” cannot be used"), ("name: esra\n", "", "has no “name”"),
    ("  title: Members", "  publisher: x", "“source” has no “title”"), ("  title: Members", "  title: x\n  tier: offical", "line 5: “tier”.*is “offical”.*own act"),
    ("  title: Members", "  title: x\n  date: soon", "the date of the source is “soon”"),
    ("  title: Members", "  title: x\n  titel: y", "line 5: “titel” means nothing in “source”. Did you mean “title”?"),
    ("kind: Region", "kind: Regoin", "line 8: “Regoin” is no kind of node. Did you mean “Region”?"), ("kind: Region", "kind: Statement", "“Statement” is no kind of node"),
    ("website: Site", "websit: Site", "line 11: “websit” is no property of Region. Did you mean “website”?"),
    ("website: Site", "acronym: Site", "“acronym” is no property of Region"),
    ("kind: MEMBER_OF", "kind: MEMBER", "line 16: “MEMBER” is no kind of edge. Did you mean “MEMBER_OF”?"),
    ("kind: MEMBER_OF", "kind: SIGNED", "line 16: SIGNED cannot lead from Region to Network. It leads from Leader to Agreement"),
    ("from: member", "from: membr", "line 16: “membr” is no node of this table. Did you mean “member”?"),
    ("since: Since", "begun: Since", "line 21: “begun” is no qualifier of MEMBER_OF"), ("Mitglied: member", "Mitglied: membre", "line 20: “membre” is no role of MEMBER_OF. Did you mean “member”?"),
    ("since: Since", "since: {constant: soon}", "line 21: since is “soon”, which is no date"), ("since: Since", "since: {column: A, constant: b}", "needs one of column, text and constant"),
    ("since: Since", "since: {column: A, date: american}", "“date” in “since” is “american”. Write one of dmy, mdy"),
    ("name: Region", "name: Region\n        by: [nuts]", "found by “nuts”, which no column feeds"), ("        name: Region\n", "", "has neither a name nor a code"),
    ("  - nodes:", "  - header: first\n    nodes:", "“header” is “first”"), ("      member:", "      member:\n        kind: Country\n      member:", "“member” stands twice"),
    ("tables:", "read: {delimiter: ';;'}\ntables:", "no single sign"), ("tables:", "read: {encoding: latin-99}\ntables:", "no encoding “latin-99”"),
    ("tables:", "expect: {Region: 5}\ntables:", "no pair of numbers"), ("tables:", "expect: {Regoin: [1, 2]}\ntables:", "“Regoin” is no kind"),
    ("name: Region", "name: [Region", "it is no YAML"), ("name: Region", "name: &a Region", "x"), ("        kind: Region\n", "", "has no kind"),
    ("        kind: Region\n        name: Region\n        properties:\n          website: Site\n", "        key: id\n", "no table before it gives the keys"),
])
def test_a_mistake_is_one_sentence_with_its_line(old, new, words):
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    if words == "x":
        text += "    ignore: [*a]\n"
        words = "references"
    with pytest.raises(BadFile, match=words.replace("?", r"\?")):
        read(text)


@pytest.mark.parametrize(("content", "words"), [(b"", "it is no mapping"), (b"- a", "it is no mapping"), (b"\xff\xfe", "UTF-8"), (b"a" * 600_000, "at most 500 kB"),
                                                (b"[" * 5000, "it is no YAML"), (b"mapping: 1\nname: x\nsource: {title: y}\n", "maps no table")])
def test_what_is_no_mapping_is_told(content, words):
    with pytest.raises(BadFile, match=words):
        read_mapping(content, "m.yml", SCHEMA)


def test_a_missing_mapping_is_one_sentence(tmp_path):
    with pytest.raises(BadFile, match="cannot be read"):
        load_mapping(tmp_path / "none.yml", SCHEMA)


def test_words_that_yaml_takes_for_truth_values_stay_words():
    mapping = read(GOOD.replace("Mitglied: member", "NO: observer, yes: member, 1: partner"))
    assert mapping.tables[0].edges[0].qualifiers["role"].words == {"NO": "observer", "yes": "member", "1": "partner"}


def test_the_example_of_the_documentation_is_a_mapping():
    from pathlib import Path

    text = Path("docs/tables.md").read_text(encoding="utf-8")
    example = text.split("```yaml\n")[1].split("```")[0]
    assert read(textwrap.dedent(example)).tables


WORD = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(lambda text: text.strip() == text)
TEXTS = st.lists(WORD, max_size=3).map(tuple)
WORDS = st.dictionaries(WORD, WORD, max_size=2)
WHERE = st.dictionaries(WORD, st.lists(WORD, min_size=1, max_size=2).map(tuple), max_size=2)
SOURCE_OF = st.sampled_from(["column", "text", "constant"]).flatmap(lambda kind: WORD.map(lambda word: {kind: word}))


@st.composite
def feeds(draw):
    return Feed(**draw(SOURCE_OF), split=draw(TEXTS), words=draw(WORDS), blank=draw(st.none() | TEXTS), part=draw(st.sampled_from(["", "start", "end"])),
                date=draw(st.sampled_from(["", "mdy", "serial"])), decimal=draw(st.sampled_from(["", ","])))


@st.composite
def mappings(draw):
    node = NodeMap("who", draw(st.sampled_from([("Region",), ("Region", "Country")])), draw(feeds()), draw(st.none() | feeds()), unknown=draw(st.sampled_from(["list", "new"])),
                   means=draw(WORDS), key=draw(st.none() | feeds()), where=draw(WHERE), properties=draw(st.dictionaries(st.sampled_from(["nuts", "name_it", "aliases"]), feeds(), max_size=2)))
    net = NodeMap("net", ("Network",), Feed(constant="ESRA"))
    edge = EdgeMap("MEMBER_OF", "who", "net", where=draw(WHERE), as_stated=draw(st.none() | feeds()))
    cites = draw(st.none() | feeds().map(lambda feed: Cites(url=feed)))
    table = TableMap(draw(st.just("") | WORD), draw(st.sampled_from([(1,), (), (3,), (2, 3)])), draw(st.none() | TEXTS), draw(st.sampled_from([".", ","])), draw(TEXTS),
                     draw(WHERE), (node, net), (edge,), draw(TEXTS), draw(st.none() | SOURCE_OF.filter(lambda found: "constant" not in found).map(lambda found: Feed(**found))),
                     cites, draw(TEXTS))
    source = Source("table:a-b", draw(WORD), draw(st.just("") | WORD), draw(st.just("") | WORD), draw(st.sampled_from(TIERS)), language="de", date="2024-10", loader="table:a-b",
                    note=draw(st.just("") | WORD), internal=draw(st.booleans()))
    form = TextForm(draw(st.sampled_from(["", "cp1252"])), draw(st.sampled_from(["", ";", "\t"])), draw(st.sampled_from([None, True, False])))
    return Mapping("a-b", source, (table,), form, draw(st.sampled_from([{}, {"Region": (1, 9)}])))


@given(mapping=mappings())
def test_any_mapping_comes_back_as_it_was_written(mapping):
    assert read(mapping_text(mapping)) == mapping
