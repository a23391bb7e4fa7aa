"""Nothing that an internal source says leaves in any file, and every file says that something was left out."""

import dataclasses
import io
import json
import sys

import pytest
import streamlit as st
from pypdf import PdfReader

from graph.__main__ import main
from graph.answers import PublicStore, around, connect, withheld
from graph.model import DECIDED, POSITIVE, SAME_AS, WRONG, Source, Statement
from graph.render.picture import draw
from graph.schema import load_schema
from graph.view import ViewSpec, make_scene
from loaders.desk.recording import say
from tests.loaders.desk.test_recording import WORLD, load, state, stated
from tests.screens.conftest import forget, put_in_environment
from tests.screens.driver import Screen

SCHEMA = load_schema()
SECRET = Source("internal note", title="Note of the cabinet", publisher="The Cabinet", internal=True, loader="desk")
WHEN = "2026-07-01T09:00:00Z"


def said(kind, subject, object="", property="", value="", verdict=DECIDED, **qualifiers):
    return Statement(kind, subject, SECRET.id, object=object, property=property, value=value, qualifiers=qualifiers, verdict=verdict, decided=WHEN,
                     reviewer="Zelda Zorn", note="hush hush", loader="desk")


INSIDE = [said("Leader", "morgana-vale"), said("Leader", "morgana-vale", property="name", value="Morgana Vale"),
          said("LEADS", "morgana-vale", "avalon", office_kind="head", since="2026-05-05"),
          said("MEMBER_OF", "avalon", "league", property="until", value="2026-06-06", since="2010"),
          said("Network", "league", property="seat", value="Glastonbury"),
          said("TWINNED_WITH", "avalon", "afallach", verdict=WRONG)]
WORDS = ("Morgana", "morgana", "2026-05-0", "5 May", "2026-06-06", "6 June", "Glastonbury", "Cabinet", "hush", "Zelda", "internal note")


@pytest.fixture
def world(store):
    load(store, [*WORLD, dataclasses.replace(stated("Network", "league"), property="seat", value="Camelot")])
    before = state(store)
    say(store, INSIDE, sources=[SECRET])
    return store, before


def test_without_internal_sources_the_graph_is_as_if_they_had_said_nothing(world):
    store, (whole, _about, sources) = world
    assert store.get(["morgana-vale"])
    public = PublicStore.of(store, withheld(store, SCHEMA))
    ids = [name.id for name in public.names()]
    assert public.subgraph(ids) == whole
    assert [source.id for source in public.sources()] == sources
    assert {name.id for name in public.names()} == {node.id for node in whole.nodes}
    assert list(public.adjacent(["avalon"])) == sorted((e for e in whole.edges if "avalon" in (e.source, e.target)), key=lambda e: (e.kind, e.source, e.target, e.id))
    assert public.get(["league"])[0].properties["seat"] == "Camelot"
    assert not public.get(["morgana-vale"])


def test_a_merging_that_only_an_internal_source_knows_does_not_leave(store):
    load(store)
    whole = state(store)[0]
    say(store, [said("Region", "afallach", property=SAME_AS, value="avalon", verdict=POSITIVE)], sources=[SECRET])
    assert not store.get(["afallach"])
    public = PublicStore.of(store, withheld(store, SCHEMA))
    assert public.get(["avalon", "afallach"]) == tuple(node for node in whole.nodes if node.kind == "Region")
    assert {edge.id for edge in public.adjacent(["afallach", "avalon"])} == {e.id for e in whole.edges}


def test_a_query_is_answered_as_if_they_had_said_nothing_and_the_graph_stays(world):
    store, (whole, *_) = world
    version, counts = store.version(), store.counts()
    public = PublicStore.of(store, withheld(store, SCHEMA))
    rows = public.query("MATCH (a)-[r]->(b:Entity) RETURN count(r) AS n").rows
    assert rows == ((len(whole.edges),),)
    assert public.query("MATCH (s:Statement) WHERE s.reviewer IS NOT NULL RETURN s.note AS note, s.value AS value").rows == ()
    assert public.query("MATCH (l:Leader)-[e:LEADS]->(:Region {id: $id}) RETURN l.name AS name, e.until AS until", {"id": "avalon"}).rows == (("Mab", None),)
    assert store.query("MATCH (l:Leader)-[e:LEADS]->(:Region {id: 'avalon'}) RETURN l.name AS name ORDER BY name").rows == (("Mab",), ("Morgana Vale",))
    assert (store.version(), store.counts()) == (version, counts)


def test_pictures_and_paths_are_told_without_it(world):
    store, _ = world
    public = PublicStore.of(store, withheld(store, SCHEMA))
    view = around(public, ["avalon", "morgana-vale", "league"], on="2026-12-01")
    assert {"MEMBER_OF|avalon|league|member", "TWINNED_WITH|afallach|avalon"} <= {edge.id for edge in view.subgraph.edges}
    svg = draw(make_scene(view.subgraph, ViewSpec(title=view.title, focus=view.focus), SCHEMA), "svg").decode()
    assert "League" in svg
    assert not [word for word in WORDS if word in svg]
    assert not [word for word in WORDS if word in repr(connect(public, SCHEMA, "avalon", "league"))]


def test_nothing_leaves_by_the_command_line(world, settings, monkeypatch, tmp_path, capfdbinary):
    put_in_environment(settings, monkeypatch)
    target = tmp_path / "picture.svg"
    commands = [["draw", "Avalon", "League", "--to", str(target)], ["path", "Avalon", "League", "--format", "json"], ["path", "Avalon", "League"], ["search", "mor"],
                ["query", "MATCH (n) RETURN n", "--format", "csv"], ["query", "MATCH (n) RETURN n.name AS a, n.value AS b, n.title AS c", "--format", "json"],
                ["query", "MATCH (n) RETURN n"], ["query", "MATCH ()-[r]->() RETURN properties(r) AS p", "--format", "json"]]
    for command in commands:
        main(command)
        out, err = capfdbinary.readouterr()
        assert not [word for word in WORDS if word.encode() in out], command
        assert b"Internal sources are left out." in err
    assert not [word for word in WORDS if word in target.read_text()]
    assert "nternal sources are left out" in target.read_text()
    with pytest.raises(SystemExit):
        main(["draw"])
    assert main(["draw", "Morgana Vale", "--to", str(target)]) == 1


def test_on_a_terminal_it_is_shown(world, settings, monkeypatch):
    put_in_environment(settings, monkeypatch)
    screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(screen, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdout", screen)
    main(["search", "morgana"])
    screen.flush()
    assert "Morgana Vale" in screen.buffer.getvalue().decode()


def test_nothing_leaves_from_the_screens(world, settings, monkeypatch, app_store):
    put_in_environment(settings, monkeypatch)
    forget()
    files = {}
    monkeypatch.setattr(st, "download_button", lambda label, data, file_name, *_, **__: files.__setitem__(file_name, data() if callable(data) else data))
    explore = Screen.app(around="avalon,morgana-vale", sel="morgana-vale", open="morgana-vale~,avalon~+morgana-vale", hide="morgana-vale", on="2026-12-01")
    link = next(code.value for code in explore.test.code if "explore" in code.value or "around" in code.value)
    assert "morgana" not in link
    assert "Internal sources are left out of this address." in explore.text
    paths = Screen.only("paths", {"from": "avalon", "to": "league"})
    assert "Internal sources are left out of every file." in paths.text
    asked = Screen.only("ask", {"tab": "own"})
    asked.type("ask_text", "MATCH (l:Leader)-[e]->(r:Region) RETURN l.name AS name, e.since AS since, r ORDER BY name").press("ask_run")
    assert "Morgana Vale" in str(asked.rows)
    assert any("stElementToolbar" in found.value for found in asked.test.get("html"))
    assert {name.rsplit(".", 1)[1] for name in files} == {"pdf", "png", "svg", "csv", "xlsx", "json"}
    for name, content in files.items():
        text = content if isinstance(content, str) else content.decode("utf-8", "ignore")
        if name.endswith(".pdf"):
            text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
            assert "Avalon" in text
        assert not [word for word in WORDS if word in text], name
    assert json.loads(files["ask_own.json"])["rows"]
    forget()
