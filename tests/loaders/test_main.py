"""`python -m loaders`: what it lists, loads, reads and saves; one sentence where it cannot."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from loaders.__main__ import main
from tests.graph.test_main import environment

TEXTS = Path(__file__).parent / "press" / "texts" / "docs"
TEXT = TEXTS / "it-lom-bav-2024.txt"
TOP = Path(__file__).parents[2]


@pytest.fixture
def ask(settings, monkeypatch, capfd):
    """Run the command line on the store of the test: exit status, what it wrote, what it complained of."""
    for name, value in environment(settings).items():
        monkeypatch.setenv(name, value)

    def run(*arguments) -> tuple[int, str, str]:
        capfd.readouterr()
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as ended:
            status = int(ended.code)
        out, err = capfd.readouterr()
        return status, out, err

    return run


@pytest.fixture
def read(monkeypatch, capfd, tmp_path):
    """Run the command line where no server can be reached: reading needs none."""
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    monkeypatch.setenv("PONTE_HOME", str(tmp_path / "none"))

    def run(*arguments) -> tuple[int, str, str]:
        try:
            status = main(["read", *map(str, arguments)])
        except SystemExit as ended:
            status = int(ended.code)
        out, err = capfd.readouterr()
        return status, out, err

    return run


def test_the_sources_are_listed_with_publisher_and_coverage(capfd):
    assert main(["list"]) == 0
    out = capfd.readouterr().out
    assert out.startswith("curated       Curated facts on inter-regional diplomacy (Ponte; regions of Europe")
    assert "press " in out


def test_loading_again_changes_nothing_and_says_what_could_not_be_mapped(ask, curated_store):
    version = curated_store.version()
    status, out, err = ask("run", "curated")
    assert (status, err) == (0, "Loading curated …\n")
    assert out.startswith("curated: 7,075 statements read (6 ADOPTED_AT, ")
    assert "\ncurated: nothing changed\n" in out
    assert "Not mapped (21):\n" in out
    assert "the twinned “Wisconsin” is no region of regions.csv; kept as a place" in out
    assert ask("run", "--if-empty")[1] == "The graph is loaded already.\n"
    assert curated_store.version() == version


def test_a_source_that_does_not_exist_is_wrong_use(ask):
    status, out, err = ask("run", "curatid")
    assert (status, out, err) == (2, "", "There is no source “curatid”. There is: curated, nuts, transparency, twinning.\n")


def test_status_counts_what_is_loaded(ask, curated_store):
    status, out, _ = ask("status")
    assert status == 0
    assert f"The graph in {curated_store.address} ({curated_store.server}), data version {curated_store.version()}, written 20" in out
    assert "287 sources make 7075 statements\n" in out
    assert "     188 Region\n" in out


def test_status_of_an_empty_graph_says_how_to_fill_it(ask, store):
    status, out, _ = ask("status")
    assert status == 0
    assert "is empty: python -m loaders run\n" in out


@pytest.mark.parametrize("arguments", [(), ("dance",), ("read",), ("run", "--quickly")])
def test_wrong_use_is_status_2(capfd, arguments):
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    assert ended.value.code == 2
    assert capfd.readouterr().err.startswith("usage: python -m loaders")


def test_a_text_is_read_without_any_server_in_one_line(read):
    status, out, err = read(TEXT)
    assert (status, err) == (0, "")
    assert out.startswith(f"{TEXT}: ")
    assert "2 regions" in out
    assert "1 agreement" in out


def test_json_has_one_proposal_a_line_in_the_form_of_the_annotated_texts(read):
    other = TEXTS / "en-esra-2024.txt"
    status, out, err = read(TEXT, other, "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert (status, err) == (0, "")
    assert {line["document"] for line in lines} == {"it-lom-bav-2024", "en-esra-2024"}
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (TEXT, other)}
    nodes = {(line["document"], line["id"]) for line in lines if "node" in line}
    for line in lines:
        start, end = line["span"]
        assert 0 <= start < end <= len(texts[line["document"]])
        if "node" in line:
            assert {"document", "node", "id", "name", "span"} <= set(line)
        else:
            assert {"document", "edge", "from", "to", "span"} <= set(line)
            assert {(line["document"], line["from"]), (line["document"], line["to"])} <= nodes
    found = {(line.get("node"), line.get("id")) for line in lines if line["document"] == "it-lom-bav-2024"}
    assert {("Region", "lombardy"), ("Region", "bavaria"), ("Leader", "guido-guidesi")} <= found
    (agreement,) = [line for line in lines if line.get("node") == "Agreement" and line["document"] == "it-lom-bav-2024"]
    assert (agreement["status"], agreement["date"]) == ("signed", "2024-10-09")
    assert {line["edge"] for line in lines if "edge" in line} >= {"PARTY_TO", "SIGNED", "COVERS", "MEMBER_OF", "CHAIRS"}


@pytest.mark.parametrize("options", [(), ("--json",)])
@pytest.mark.parametrize("text", ["", "Il museo apre alle nove."])
def test_a_text_that_states_nothing_says_so(read, tmp_path, text, options):
    file = tmp_path / "page.txt"
    file.write_text(text)
    status, out, err = read(file, *options)
    assert status == 0
    assert (err if options else out).startswith(f"{file}: The text states no region, leader, network or agreement that Ponte knows.")
    assert (out if options else err) == ""


@pytest.mark.parametrize(("content", "words"), [
    (b"\x00\x01\x02\x03", "page.txt"), (b"a" * 2_000_001, "more than 2 million characters"),
    (None, "cannot be read (No such file or directory)"),
])
def test_a_text_that_cannot_be_read_is_one_sentence_and_nothing_of_the_others_is_printed(read, tmp_path, content, words):
    file = tmp_path / "page.txt"
    if content is not None:
        file.write_bytes(content)
    status, out, err = read(TEXT, file)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert words in err


def test_saving_needs_a_server_and_says_so(read):
    status, _, err = read(TEXT, "--save")
    assert (status, err.count("\n")) == (1, 1)
    assert "bolt://127.0.0.1:1 cannot be reached (connection refused)" in err


def test_what_is_read_is_saved_once_beside_what_is_there(ask, store):
    status, out, err = ask("read", TEXT, "--save")
    assert (status, err) == (0, "")
    assert "nodes new" in out.splitlines()[1]
    assert [node.text("date") for node in store.of_kind("Agreement")] == ["2024-10-09"]
    (source,) = store.sources()
    assert (source.id[:22], source.loader, source.tier) == ("press-it-lom-bav-2024-", "press", "press")
    assert all(statement.place.startswith("span ") for edge in store.adjacent(["lombardy"]) for statement in store.statements([edge.id]))
    assert ask("read", TEXT, "--save")[1].splitlines()[1] == f"{TEXT}: nothing changed"
    status, out, err = ask("read", TEXT, "--save", "--json")
    assert json.loads(out.splitlines()[0])["document"] == "it-lom-bav-2024"
    assert err == f"{TEXT}: nothing changed\n"


def test_what_a_text_leaves_open_overrides_nothing(ask, curated_store, tmp_path):
    file = tmp_path / "visit.txt"
    file.write_text("Milano, 10 marzo 2026. La Lombardia e le Fiandre lavorano insieme all'interno di reti come i Quattro Motori per l'Europa.", encoding="utf-8")
    assert ask("read", file, "--save")[0] == 0
    (edge,) = [e for e in curated_store.adjacent(["flanders"], kinds=["MEMBER_OF"]) if e.target == "four-motors"]
    assert (edge.text("role"), edge.text("confirmed")) == ("associate", "2026-03-10")


def test_a_child_process_that_reads_writes_utf8(tmp_path):
    ran = subprocess.run([sys.executable, "-m", "loaders", "read", str(TEXTS / "it-pie-aura-2019.txt"), "--json"], cwd=TOP, capture_output=True, check=False,
                         env={**os.environ, "PYTHONIOENCODING": "ascii", "PONTE_HOME": str(tmp_path)})
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "Auvergne-Rhône-Alpes" in ran.stdout.decode()
