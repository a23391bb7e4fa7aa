"""Every screen shows the same on the local server and on a Neo4j."""

import pytest

from tests.screens.driver import Screen

pytestmark = pytest.mark.usefixtures("curated")


def test_explore_from_the_first_view_to_a_link():
    screen = Screen.app()
    assert {"agr-lom-fla-2026", "lombardy", "flanders", "esra", "four-motors"} <= screen.shown
    before = screen.places
    screen.do("explore_canvas", "select", node="flanders").press("panel_expand_SERVES_IN")
    assert set(screen.places) > set(before)
    assert "Matthias Diependaele" in screen.panel
    screen.type("search_text", "lombarda").press("search_lombardy")
    assert screen.link["around"] == "lombardy"
    assert Screen.app(**screen.link).data == screen.data


def test_paths_with_conditions():
    screen = Screen.only("paths", {"from": "lombardy", "to": "flanders", "on": "2026-06-01", "off": "Network"})
    assert "Lombardy and Flanders are parties to “Memorandum of Understanding Lombardy - Flanders”, signed on 3 March 2026" in screen.text
    assert "esra" not in screen.shown
    assert "Shortest paths: 2 steps" in screen.text


def test_ask_answers_refuses_and_ends(curated, monkeypatch):
    assert len(Screen.only("ask").rows) == 6
    query = "MATCH p = shortestPath((a:Region {id: 'lombardy'})-[*..4]-(b:Region {id: 'quebec'})) WHERE all(r IN relationships(p) WHERE r.x IS NULL) RETURN p"
    screen = Screen.only("ask", {"tab": "own"}).type("ask_text", query)
    assert ("ask_run" in screen.keys) is not curated.is_local
    assert bool(screen.said("warning")) is curated.is_local
    assert "The query was not run" in screen.type("ask_text", "MATCH (n:Region) SET n.name = 'x' RETURN n").said("warning")
    assert len(screen.type("ask_text", "MATCH (n:Region) RETURN m.name AS x").press("ask_run").said("error").splitlines()) == 1
    monkeypatch.setenv("PONTE_TIME_LIMIT", "0.5")
    slow = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a * b = -1 RETURN count(*) AS n"
    assert "The query was ended after 0.5" in screen.type("ask_text", slow).press("ask_run").said("error")


def test_sources_and_what_they_disagree_about(curated):
    screen = Screen.only("sources")
    assert sum(row["Statements"] for row in screen.rows) == curated.counts()["Statement"]
    assert any("European Chemical Regions Network" in line for line in Screen.only("sources", {"tab": "conflicts"}).said("expander").splitlines())
