"""A mapped table is a source as any other: loaded twice nothing changes, what it no longer states is gone, a bad one changes nothing."""

import pytest

from graph.errors import BadFile, ExpectationFailed
from graph.schema import load_schema
from loaders import runner
from loaders.__main__ import main
from loaders.table.loader import TableLoader, naming_of
from loaders.table.mapping_file import read_mapping
from tests.loaders.table.books import opened, xlsx
from tests.loaders.table.world import HEAD

WORLD = """\
tables:
  - nodes:
      region: {kind: Region, name: Region, unknown: new, properties: {nuts: NUTS, aliases: {column: Also, split: "/"}}}
      network: {kind: Network, name: {constant: ESRA}, unknown: new}
    edges:
      - {kind: MEMBER_OF, from: region, to: network, qualifiers: {role: Role, since: Since}}
"""
ROWS = [("Region", "NUTS", "Also", "Role", "Since"), ("Lombardy", "ITC4", "Lombardia/Lombardei", "member", 2019), ("Bavaria", "DE2", "Bayern", "observer", None),
        ("Община Петрич", None, None, "member", None)]


def loader_of(store, rows=ROWS, mapping=WORLD, head=HEAD):
    schema = load_schema()
    return TableLoader(opened(xlsx(rows), "world.xlsx"), read_mapping((head + mapping).encode(), "m.yml", schema), schema, lambda: naming_of(store))


def test_a_table_is_loaded_and_the_second_run_changes_nothing(store):
    report = runner.run(loader_of(store), store)
    assert (report.written.nodes_new, report.written.edges_new) == (4, 3)
    (source,) = store.sources()
    assert (source.id, source.title, source.loader, source.tier) == ("table:test", "Test", "table:test", "press")
    (edge,) = (edge for edge in store.adjacent(["lombardy"]))
    assert edge.properties["since"] == "2019-01-01"
    assert [s.place for s in store.statements([edge.id])] == ["row 2"]
    assert runner.run(loader_of(store), store).unchanged


def test_what_the_table_no_longer_states_is_gone(store):
    runner.run(loader_of(store), store)
    report = runner.run(loader_of(store, ROWS[:-1]), store)
    assert (report.written.nodes_gone, report.written.edges_gone) == (1, 1)
    assert [node.name for node in store.of_kind("Region")] == ["Bavaria", "Lombardy"]


def test_a_second_table_finds_what_the_first_made_known_by_name_and_by_code(store):
    runner.run(loader_of(store), store)
    other = HEAD.replace("name: test", "name: other")
    mapping = "tables:\n  - nodes:\n      region: {kind: Region, name: Name, by: [nuts, name], unknown: list, properties: {nuts: Code, capital: Capital}}\n"
    report = runner.run(loader_of(store, [("Name", "Code", "Capital"), (None, "ITC4", "Milan"), ("Bayern", None, "Munich"), ("Nowhere", None, "x")], mapping, other), store)
    assert {node.id: node.text("capital") for node in store.of_kind("Region") if node.text("capital")} == {"lombardy": "Milan", "bavaria": "Munich"}
    assert report.notes.unmapped == ["No region is called “Nowhere”"]


@pytest.mark.parametrize(("rows", "mapping", "error", "words"), [
    ([ROWS[0], *[("X", None, None, "mumber", None)] * 3, ROWS[1]], WORLD, BadFile, "3 of 4 rows cannot be used, the first because “mumber” is no role"),
    ([ROWS[0], ("X", None, None, "member", None)], WORLD.replace("unknown: new", "unknown: list"), BadFile, "none of its 1 rows states anything"),
    (ROWS[:1], WORLD, BadFile, "none of its 0 rows"), (ROWS, WORLD + "expect: {Region: [10, 50]}\n", ExpectationFailed, "3 of Region instead of 10 to 50"),
    (ROWS, WORLD.replace("Since}", "Begun}"), BadFile, "column Begun: the column is missing"),
])
def test_a_bad_table_leaves_the_graph_as_it_was(store, rows, mapping, error, words):
    runner.run(loader_of(store), store)
    version, before = store.version(), store.counts()
    with pytest.raises(error, match=words):
        runner.run(loader_of(store, rows, mapping), store)
    assert (store.version(), store.counts()) == (version, before)


def test_rows_left_out_and_names_not_known_are_in_the_notes(store):
    report = runner.run(loader_of(store, [*ROWS, ("Y", None, None, "mumber", None), ("=1+1", None, None, "member", None)]), store)
    assert report.notes.rows == {"world.xlsx": 5}
    assert any(line.startswith("row 5, column D (Role): “mumber” is no role") for line in report.notes.left_out)


@pytest.fixture
def in_graph(store, settings, monkeypatch):
    """The command line meets the store of the test."""
    monkeypatch.setattr("loaders.__main__.read_settings", lambda: settings)
    return store


def test_the_command_shows_what_a_table_would_become_and_loads_it(in_graph, tmp_path, capsys):
    (tmp_path / "m.yml").write_text(HEAD + WORLD, encoding="utf-8")
    (tmp_path / "t.csv").write_text("Region;NUTS;Also;Role;Since\nLombardy;ITC4;Lombardia;member;2019\nBavaria;;;mumber;\n=1;;;member;\n", encoding="utf-8")
    arguments = ["table", str(tmp_path / "t.csv"), "--mapping", str(tmp_path / "m.yml")]
    assert main([*arguments, "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "row 2\n  Lombardy is a member of ESRA (Since: 2019)\n" in said
    assert "row 3\n  ! “mumber” is no role of “member of”." in said
    assert "3 rows would become 10 statements: 2 Region (2 new), 1 Network (1 new), 2 MEMBER_OF.\n1 rows would be left out." in said
    assert in_graph.version() == "0"
    assert main(arguments) == 0
    assert in_graph.counts()["MEMBER_OF"] == 2
    capsys.readouterr()
    assert main(arguments) == 0
    assert "nothing changed" in capsys.readouterr().out


def test_a_table_is_removed_and_one_that_shrank_by_half_is_refused(in_graph, tmp_path, capsys):
    (tmp_path / "m.yml").write_text(HEAD + WORLD, encoding="utf-8")
    table = tmp_path / "t.csv"
    table.write_text("Region;NUTS;Also;Role;Since\nA;;;member;2019\nB;;;member;\nC;;;member;\nD;;;member;\nE;;;member;\n", encoding="utf-8")
    arguments = ["table", str(table), "--mapping", str(tmp_path / "m.yml")]
    assert main(arguments) == 0
    version = in_graph.version()
    table.write_text("Region;NUTS;Also;Role;Since\nA;;;member;2019\n", encoding="utf-8")
    assert main([*arguments, "--dry-run", "--accept-smaller"]) == 0
    assert "12 gone; nothing was written" in capsys.readouterr().out
    assert main(arguments) == 1
    assert "5 statements instead of the 17 of the run before" in capsys.readouterr().err
    assert in_graph.version() == version
    assert main([*arguments, "--accept-smaller", "--report", str(tmp_path / "r.csv")]) == 0
    assert in_graph.counts()["Region"] == 1
    assert (tmp_path / "r.csv").exists()
    assert main(["remove", "table:test"]) == 0
    assert (in_graph.counts()["Region"], in_graph.counts()["Statement"], in_graph.counts()["Source"]) == (0, 0, 0)


def test_the_command_guesses_a_mapping_that_can_be_saved_and_run(in_graph, tmp_path, capsys):
    runner.run(loader_of(in_graph), in_graph)
    version, saved = in_graph.version(), tmp_path / "members.yml"
    (tmp_path / "t.csv").write_text("Members of ESRA;;\nRegion;Rolle;Seit\nLombardei;Mitglied;2019\nBayern;Beobachter;2020\n", encoding="utf-8")
    assert main(["table", str(tmp_path / "t.csv"), "--save", str(saved)]) == 0
    said = capsys.readouterr().out
    assert "# Region: Region (" in said
    assert "Lombardy is a member of ESRA (Since: 2019)" in said
    assert in_graph.version() == version
    assert main(["table", str(tmp_path / "t.csv"), "--mapping", str(saved)]) == 0
    assert {edge.source for edge in in_graph.adjacent(["esra"]) if len(in_graph.statements([edge.id])) == 2} == {"lombardy", "bavaria"}
    assert main(["table", str(tmp_path / "t.csv"), "--save", str(saved)]) == 1
    assert "Give another name: nothing is overwritten." in capsys.readouterr().err
    (tmp_path / "odd.csv").write_text("Alpha;Beta\nx1;7\nx2;9\n", encoding="utf-8")
    assert main(["table", str(tmp_path / "odd.csv")]) == 1
    assert "no column of it was recognised" in capsys.readouterr().err


def test_the_command_says_in_one_sentence_what_is_wrong(in_graph, tmp_path, capsys):
    (tmp_path / "m.yml").write_text(HEAD + WORLD.replace("MEMBER_OF", "SIGNED"), encoding="utf-8")
    (tmp_path / "t.csv").write_text("a,b\n", encoding="utf-8")
    assert main(["table", str(tmp_path / "t.csv"), "--mapping", str(tmp_path / "m.yml")]) == 1
    assert capsys.readouterr().err == "m.yml, line 9: SIGNED cannot lead from Region to Network. It leads from Leader to Agreement.\n"
