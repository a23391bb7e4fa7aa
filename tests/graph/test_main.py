"""The command line says the same as the screens: names as people write them, three exit statuses, one sentence when it cannot be done."""

import csv
import io
import json
import os
import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from graph.__main__ import main
from graph.settings import Settings
from loaders import runner
from tests.contract.clearing import prepared
from tests.servers import free_port

TOP = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
SLOW = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a * b = -1 RETURN count(*) AS n"


def environment(settings: Settings) -> dict[str, str]:
    """The variables that name a server."""
    return {"PONTE_HOME": str(settings.home), "PONTE_LINGER": "0", "NEO4J_URI": settings.neo4j_uri, "NEO4J_USERNAME": settings.neo4j_username,
            "NEO4J_PASSWORD": settings.neo4j_password, "NEO4J_DATABASE": settings.neo4j_database, "PONTE_LANGUAGE": "", "PONTE_REGION": ""}


@pytest.fixture
def ask(settings, monkeypatch, capfd):
    """Run the command line on the store of the test: exit status, what it wrote, what it complained of."""
    for name, value in environment(settings).items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str) -> tuple[int, str, str]:
        capfd.readouterr()
        try:
            status = main(arguments)
        except SystemExit as ended:
            status = int(ended.code)
        out, err = capfd.readouterr()
        return status, out, err

    return run


@pytest.fixture
def curated(ask, curated_store):
    return ask


def refused(answer, *words):
    """One sentence on stderr, nothing on stdout, status 1."""
    status, out, err = answer
    assert status == 1, err
    assert out == ""
    assert err.count("\n") == 1
    assert "Traceback" not in err
    for word in words:
        assert word in err
    return True


def test_status_names_the_graph_and_counts_it(curated, curated_store):
    status, out, err = curated("status")
    assert (status, err) == (0, "")
    assert f"Graph:    {curated_store.address} (" in out
    assert re.search(r"Data:     version \d+, written 20\d\d-", out)
    assert re.search(r"^ +188 regions$", out, re.M)
    assert re.search(r"^ +55 agreements$", out, re.M)


def test_status_of_an_empty_graph_says_how_to_fill_it_and_everything_else_refuses(ask, store, tmp_path):
    status, out, _ = ask("status")
    assert status == 0
    assert "empty: python -m loaders run fills it" in out
    for arguments in (("search", "x"), ("query", "RETURN 1 AS one"), ("path", "a", "b"), ("draw", "a", "--to", str(tmp_path / "x.svg"))):
        assert refused(ask(*arguments), "The graph is empty. Fill it first: python -m loaders run")
    assert list(tmp_path.glob("*.svg")) == []


@pytest.fixture
def twins(ask, opened):
    """The curated data and twinned towns beside them, in a layer of their own."""
    def fill():
        runner.run(runner.open_source("curated", opened), opened)
        runner.run(runner.open_source("twinning", opened, [TOP / "tests/loaders/twinning/excerpt-2016"]), opened)

    prepared(opened, "curated and twins of 2016", fill)
    return ask


def test_a_layer_is_seen_where_it_is_switched_on_and_status_says_which_there_are(twins, tmp_path):
    off, on = twins("status"), twins("status", "--layer", "twinning")
    assert "Layers:   diplomacy; not counted here: twinning (--layer NAME)\n" in off[1]
    assert "Layers:   diplomacy, twinning\n" in on[1]
    counted = [int(re.search(r"([\d,]+) TWINNED_WITH", out)[1].replace(",", "")) for _, out, _ in (off, on)]
    assert counted[0] < counted[1]
    assert refused(twins("search", "Los Angeles"), "Not searched, because switched off: twinned towns of Wikidata.")
    assert twins("search", "Los Angeles", "--layer", "gemellaggi di Wikidata")[1].split()[1] == "Place"
    assert refused(twins("path", "Berlin", "Los Angeles"), "“Los Angeles” lies in a layer that is switched off: twinned towns of Wikidata.")
    assert "Berlin is twinned with Los Angeles (last confirmed in 2016) (layer: twinned towns of Wikidata). [1]" in twins(
        "path", "Berlin", "Los Angeles", "--layer", "twinning")[1]
    question = "MATCH (n:Place) WHERE any(layer IN coalesce(n.layers, $layers) WHERE layer IN $layers) RETURN count(n) AS n"
    rows = [json.loads(twins("query", question, "--format", "json", *more)[1])["rows"][0][0] for more in ((), ("--layer", "twinning"))]
    assert rows[0] < rows[1]
    target = tmp_path / "berlin.svg"
    assert twins("draw", "Berlin", "--to", str(target))[0] == 0
    assert "twinned towns of Wikidata" not in target.read_text(encoding="utf-8")
    assert twins("draw", "Berlin", "--layer", "twinning", "--to", str(target))[0] == 0
    assert "Los Angeles" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(("layer", "words"), [("twining", "Did you mean twinning?"), ("xyz", "Loaded are: diplomacy, twinning."), ("", "Loaded are")])
def test_a_layer_of_which_nothing_is_loaded_is_refused_with_those_that_are(twins, layer, words):
    for arguments in (("status",), ("search", "Berlin"), ("path", "Berlin", "Flanders"), ("query", "RETURN 1 AS one")):
        assert refused(twins(*arguments, "--layer", layer), f"Nothing is loaded in a layer “{layer}”.", words)


@pytest.mark.parametrize(("text", "id"), [
    ("vlaanderen", "flanders"), ("Fiandre", "flanders"), ("flandes", "flanders"), ("BAVIERA", "bavaria"), ("Quebec", "quebec"), ("québec", "quebec"),
    ("flanders", "flanders"), ("Vlaandern", "flanders"), ("Quattro Motori", "four-motors"), ("ESRA", "esra"), ("fontana", "attilio-fontana")])
def test_search_finds_names_in_any_language_with_typos_and_gives_ids(curated, text, id):
    status, out, _ = curated("search", text, "--limit", "3")
    assert status == 0
    assert out.split()[0] == id
    assert len(out.splitlines()) <= 3


def test_search_for_what_nothing_is_named_like(curated):
    assert refused(curated("search", "zzzzqqqq"), "zzzzqqqq")
    assert refused(curated("search", "  "))


def test_a_query_answers_as_table_json_and_csv(curated):
    text = "MATCH (r:Region)-[:MEMBER_OF]->(n:Network {id: $network}) RETURN r.name AS region, n.founded AS founded ORDER BY region LIMIT $most"
    parameters = ("--param", "network=four-motors", "--param", "most=3")
    status, out, err = curated("query", text, *parameters)
    assert (status, err) == (0, "")
    assert [line.split("  ")[0] for line in out.splitlines()] == ["region", "-" * 20, "Auvergne-Rhône-Alpes", "Baden-Württemberg", "Catalonia"]
    status, out, _ = curated("query", text, *parameters, "--format", "json")
    answer = json.loads(out)
    assert list(answer) == ["columns", "rows", "truncated", "seconds"]
    assert answer["columns"] == ["region", "founded"]
    assert answer["rows"][2] == ["Catalonia", "1988-09-09"]
    assert answer["truncated"] is False
    assert 0 < answer["seconds"] < 60
    status, out, _ = curated("query", text, *parameters, "--format", "csv")
    assert list(csv.reader(io.StringIO(out.removeprefix("\ufeff")))) == [["region", "founded"], ["Auvergne-Rhône-Alpes", "1988-09-09"],
                                                                           ["Baden-Württemberg", "1988-09-09"], ["Catalonia", "1988-09-09"]]


def test_nodes_ties_and_paths_are_objects_in_json(curated):
    _status, out, _ = curated("query", "MATCH p = (r:Region {id: 'lombardy'})-[m:MEMBER_OF]->(n:Network {id: 'esra'}) RETURN r, m, p", "--format", "json")
    region, tie, path = json.loads(out)["rows"][0]
    assert (region["id"], region["kind"], region["name"]) == ("lombardy", "Region", "Lombardy")
    assert (tie["kind"], tie["from"], tie["to"]) == ("MEMBER_OF", "lombardy", "esra")
    assert path["nodes"] == ["lombardy", "esra"]


@pytest.mark.parametrize(("given", "value"), [("3", 3), ("-2.5", -2.5), ("true", True), ("null", None), ('["a", "b"]', ["a", "b"]), ("2024-10", "2024-10"),
                                              ("a=b", "a=b"), ("", ""), ("[x", "[x"), ("Québec", "Québec")])
def test_parameters_are_numbers_truth_and_lists_where_they_look_like_it_and_text_else(curated, given, value):
    status, out, err = curated("query", "RETURN $v AS v", "--param", f"v={given}", "--format", "json")
    assert status == 0, err
    assert json.loads(out)["rows"] == [[value]]


def test_rows_beyond_the_limit_are_cut_and_that_is_said(curated):
    status, out, err = curated("query", "UNWIND range(1, 1000000) AS n RETURN n", "--limit", "7", "--format", "json")
    answer = json.loads(out)
    assert (status, len(answer["rows"]), answer["truncated"], err) == (0, 7, True, "")
    status, out, err = curated("query", "UNWIND range(1, 1000000) AS n RETURN n")
    assert (status, len(out.splitlines()), err) == (0, 1002, "Cut after 1,000 rows; --limit gives more.\n")


def test_a_query_that_takes_too_long_is_ended(curated):
    assert refused(curated("query", SLOW, "--timeout", "0.5"), "ended after 0.5 s")


@pytest.mark.parametrize(("text", "words"), [
    ("CREATE (:Region {id: 'x'})", "would change the graph"), ("MATCH (n) DETACH DELETE n", "would change the graph"), ("", "it is empty"),
    ("LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l", "would read files"), ("CALL dbms.listConfig()", "not allowed"),
    ("MATCH p = (a)-[*]-(b) RETURN p", "no upper bound"), ("MATCH (n RETURN n", "brackets do not match"), ("RETURN 1; RETURN 2", "more than one statement"),
    ("RETURN $who", "--param who="), ("MATCH (n:Region) RETURN m", "The query cannot be run"), ("CALL apoc.load.json('http://x') YIELD value RETURN value", "not allowed"),
    ("USE system SHOW USERS", "not run")])
def test_cypher_that_does_more_than_read_is_refused_in_a_sentence(curated, text, words):
    assert refused(curated("query", text), words)


def test_the_way_from_lombardy_to_flanders_in_words(curated):
    status, out, err = curated("path", "Lombardia", "Vlaanderen")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "Lombardy and Flanders"
    assert lines[1].startswith("- Lombardy and Flanders are parties to “Memorandum of Understanding Lombardy - Flanders”, signed on 3 March 2026")
    assert [line for line in lines if "Four Motors for Europe: Lombardy as a founding member" in line]
    assert "Shortest paths, 2 steps:" in lines
    numbers = {int(number) for line in lines[:lines.index("Sources")] for number in re.findall(r" \[(\d+)\]", line)}
    assert sorted(numbers) == [int(line[1:line.index("]")]) for line in lines[lines.index("Sources") + 1:]]


def test_a_path_as_json_holds_ids_alone(curated, curated_store):
    status, out, _ = curated("path", "Lombardia", "Vlaanderen", "--format", "json", "--limit", "3")
    answer = json.loads(out)
    assert status == 0
    assert list(answer) == ["from", "to", "paths", "cut"]
    assert (answer["from"], answer["to"], len(answer["paths"])) == ("lombardy", "flanders", 3)
    assert answer["cut"]["reason"] == "paths"
    for path in answer["paths"]:
        assert set(path) == {"nodes", "edges", "text"}
        assert (path["nodes"][0], path["nodes"][-1]) == ("lombardy", "flanders")
        assert len({node.id for node in curated_store.get(path["nodes"])}) == len(path["nodes"])
        for edge in path["edges"]:
            assert set(edge) == {"kind", "from", "to", "statements"}
            stored = {s.id for e in curated_store.adjacent([edge["from"]], kinds=[edge["kind"]]) if e.target == edge["to"] for s in curated_store.statements([e.id])}
            assert edge["statements"]
            assert set(edge["statements"]) <= stored
    assert answer["paths"][0]["nodes"][1] == "agr-lom-fla-2026"
    assert answer["paths"][0]["text"].endswith(".")


def test_a_path_knows_its_day_what_to_avoid_and_the_language(curated):
    status, out, _ = curated("path", "lombardy", "flanders", "--on", "2015-06-01")
    assert out.startswith("Lombardy and Flanders, as of 1 June 2015\n- Roberto Maroni leads Lombardy")
    assert "Memorandum" not in out
    status, out, _ = curated("path", "lombardy", "Fiandre", "--avoid", "Four Motors", "--avoid", "agr-lom-fla-2026", "--format", "json")
    passed = {node for path in json.loads(out)["paths"] for node in path["nodes"]}
    assert status == 0
    assert not passed & {"four-motors", "agr-lom-fla-2026"}
    status, out, _ = curated("path", "Lombardy", "Flanders", "--language", "it")
    assert out.startswith("Lombardia e Fiandre\n- Lombardia e Fiandre sono parti di")


def test_no_path_is_status_1_with_a_sentence_and_what_is_known_all_the_same(curated):
    status, out, err = curated("path", "Lombardy", "Shandong", "--steps", "1")
    assert (status, err) == (1, "No path of at most 1 step. Allow more steps, another date, or avoid fewer names.\n")
    assert "Guo Shuqing leads Shandong (Governor) (last confirmed on 15 July 2016)." in out
    status, out, err = curated("path", "Lombardy", "Shandong", "--steps", "1", "--format", "json")
    assert (status, err.count("\n"), json.loads(out)) == (1, 1, {"from": "lombardy", "to": "shandong", "paths": [], "cut": None})


@pytest.mark.parametrize(("arguments", "words"), [
    (("path", "Lombardia", "Flandernn"), ("“Flandernn” is not in the graph. Did you mean", "Flanders")),
    (("path", "Lombardia", "qqqqqqqq"), ("“qqqqqqqq” is not in the graph. Check the spelling",)),
    (("path", "Lombardia", "Lombardy"), ("the same as FROM",)), (("path", "", "Lombardy"), ("is not in the graph",)),
    (("path", "Lombardia", "Fiandre", "--avoid", "Quebeck"), ("Did you mean Quebec",)),
    (("draw", "Lombardie Magna", "--to", "x.svg"), ("is not in the graph",)),
])
def test_names_that_are_not_there(curated, arguments, words):
    assert refused(curated(*arguments), *words)


def test_a_name_that_several_have_is_not_guessed(curated, curated_store):
    found = curated_store.query("MATCH (n:Event) WITH n.name AS name, count(*) AS n WHERE n > 1 RETURN name LIMIT 1").rows
    assert refused(curated("path", found[0][0], "Lombardy"), "may mean", "id ev-4m-handover-2020", "Write one of these")


@pytest.mark.parametrize("arguments", [
    (), ("dance",), ("search",), ("query",), ("path", "Lombardia"), ("draw", "Lombardia"), ("query", "RETURN 1", "--limit", "0"),
    ("query", "RETURN 1", "--limit", "many"), ("query", "RETURN 1", "--timeout", "-1"), ("query", "RETURN 1", "--timeout", "nan"),
    ("query", "RETURN 1", "--format", "xml"), ("query", "RETURN 1", "--param", "alone"), ("query", "RETURN 1", "--param", "=x"),
    ("query", "RETURN 1", "--param", "x=[1,]"), ("path", "a", "b", "--on", "yesterday"), ("path", "a", "b", "--on", "2024-02-30"),
    ("path", "a", "b", "--on", "2024-13"), ("draw", "a", "--to", "x.gif"), ("draw", "a", "--to", "folder"), ("path", "a", "b", "--language", "xx")])
def test_wrong_use_is_status_2_and_says_how_to_use_it(ask, arguments):
    status, out, err = ask(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("usage: python -m graph")
    assert "Traceback" not in err


def test_draw_makes_an_a4_page_of_each_format(curated, tmp_path):
    for suffix in ("svg", "pdf", "png"):
        target = tmp_path / f"briefing.{suffix}"
        status, out, err = curated("draw", "Lombardia", "Vlaanderen", "--to", str(target))
        assert (status, err) == (0, "")
        assert re.match(rf"{re.escape(str(target))}: \d+ names, \d+ left out\n", out)
    root = ET.parse(tmp_path / "briefing.svg").getroot()
    assert (float(root.get("width").removesuffix("mm")), float(root.get("height").removesuffix("mm"))) == pytest.approx((297, 210), abs=0.1)
    assert {"Lombardy", "Flanders"} <= {element.text for element in root.iter(f"{SVG}text")}
    pdf = (tmp_path / "briefing.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    box = [float(number) for number in re.search(rb"/MediaBox ?\[([^\]]+)\]", pdf)[1].split()]
    assert box[2:] == pytest.approx([841.89, 595.28], abs=0.1)
    png = (tmp_path / "briefing.png").read_bytes()
    assert struct.unpack(">II", png[16:24]) == pytest.approx((3508, 2481), abs=1)
    assert struct.unpack(">I", png[png.index(b"pHYs") + 4:][:4])[0] == pytest.approx(300 / 0.0254, abs=1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["briefing.pdf", "briefing.png", "briefing.svg"]


def test_draw_takes_a_slide_a_day_a_title_grey_and_a_language(curated, tmp_path):
    target = tmp_path / "slide.svg"
    status, _, _ = curated("draw", "Fiandre", "--to", str(target), "--page", "16:9", "--on", "2015-06-01", "--title", "Prima <b>", "--grey", "--language", "it")
    root = ET.parse(target).getroot()
    said = " ".join(element.text or "" for element in root.iter(f"{SVG}text"))
    assert status == 0
    assert float(root.get("width").removesuffix("mm")) / float(root.get("height").removesuffix("mm")) == pytest.approx(16 / 9, abs=0.01)
    assert "Prima <b>" in said
    assert "Fiandre" in said
    assert "1º giugno 2015" in said
    assert "Diependaele" not in said


def test_a_picture_that_cannot_be_written_leaves_nothing_behind(curated, tmp_path):
    assert refused(curated("draw", "Lombardy", "--to", str(tmp_path / "nowhere" / "x.svg")), "does not exist; make it first")
    folder = tmp_path / "taken.svg"
    folder.mkdir()
    assert refused(curated("draw", "Lombardy", "--to", str(folder)), "cannot be written")
    assert [path.name for path in tmp_path.iterdir()] == ["taken.svg"]


def test_what_is_drawn_over_is_replaced_whole(curated, tmp_path):
    target = tmp_path / "x.svg"
    target.write_text("older")
    assert curated("draw", "esra", "--to", str(target))[0] == 0
    ET.parse(target)


@pytest.mark.parametrize(("variables", "words"), [
    ({"NEO4J_URI": "bolt://127.0.0.1:{free}"}, "cannot be reached (connection refused). Check that it runs and that NEO4J_URI is right."),
    ({"NEO4J_URI": "neo4j://127.0.0.1:{free}"}, "cannot be reached"), ({"NEO4J_URI": "http://127.0.0.1:7474"}, "must begin with bolt://"),
    ({"PONTE_LINGER": "soon"}, "PONTE_LINGER is “soon”. Set it to a number"), ({"PONTE_LANGUAGE": "xx"}, "PONTE_LANGUAGE is “xx”. Set it to one of en, it"),
    ({"PONTE_HEAP": "lots"}, "PONTE_HEAP"), ({"PONTE_HOME": "/dev/null", "NEO4J_URI": ""}, "PONTE_HOME is “/dev/null”. It cannot be used")])
def test_a_server_that_is_not_there_and_settings_that_are_none(monkeypatch, capfd, tmp_path, variables, words):
    monkeypatch.setenv("PONTE_HOME", str(tmp_path))
    for name, value in variables.items():
        monkeypatch.setenv(name, value.format(free=free_port()))
    for arguments in (("status",), ("path", "a", "b")):
        status = main(arguments)
        out, err = capfd.readouterr()
        assert refused((status, out, err), words)


def test_a_child_process_writes_utf8_whatever_its_pipe_is_set_to(settings, curated_store):
    ran = subprocess.run([sys.executable, "-m", "graph", "search", "quebec", "--limit", "3"], cwd=TOP, capture_output=True, check=False,
                         env={**os.environ, **environment(settings), "PYTHONIOENCODING": "ascii"})
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "Québec" in ran.stdout.decode()


def test_a_reader_that_goes_away_is_no_traceback(settings, curated_store):
    query = "UNWIND range(1, 200000) AS n RETURN n"
    with subprocess.Popen([sys.executable, "-m", "graph", "query", query, "--limit", "100000"], cwd=TOP, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env={**os.environ, **environment(settings)}) as child:
        assert child.stdout.readline()
        child.stdout.close()
        err = child.stderr.read()
        assert child.wait(60) in (0, 1)
    assert b"Traceback" not in err
