"""Ask: saved questions and Cypher of one's own, which only reads; what is refused, wrong, slow or cut is said in a sentence."""

import pytest

from tests.screens.driver import ON_THE_LOCAL_SERVER, Screen

pytestmark = ON_THE_LOCAL_SERVER
SLOW = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a * b = -1 RETURN count(*) AS n"


def own(**link: str) -> Screen:
    return Screen.only("ask", {"tab": "own", **link})


def ran(query: str) -> Screen:
    screen = own().type("ask_text", query)
    return screen.press("ask_run") if "ask_run" in screen.keys else screen


def test_a_saved_question_is_answered_at_once_with_its_table(curated):
    screen = Screen.only("ask")
    assert screen.link["question"] == "shared-networks"
    assert {row["Network"] for row in screen.rows} >= {"European Semiconductor Regions Alliance", "Four Motors for Europe"}
    assert "6 rows in" in screen.said("caption")


def test_another_question_with_another_parameter_stands_in_the_link(curated):
    screen = Screen.only("ask").set("selectbox", "ask_question", "presidency").set("selectbox", "ask_presidency_network", "ara")
    assert (screen.link["question"], screen.link["p_network"]) == ("presidency", "ara")
    again = Screen.only("ask", screen.link)
    assert again.rows == screen.rows


def test_questions_start_from_the_readers_region(curated):
    assert Screen.only("ask", {"region": "bavaria"}).test.selectbox(key="ask_shared-networks_one").value == "bavaria"


def test_ones_own_query_gives_a_table_and_its_parameters_are_asked_for(curated):
    screen = ran("MATCH (r:Region)-[m:MEMBER_OF]->(n:Network {id: $network}) RETURN r.name AS region ORDER BY region LIMIT 3")
    assert screen.test.text_input(key="ask_value_network").value == "esra"
    assert [row["region"] for row in screen.rows][:2] == ["Andalusia", "Auvergne-Rhône-Alpes"]
    assert screen.link["q"].startswith("MATCH (r:Region)")
    assert [row["region"] for row in screen.type("ask_value_network", "four-motors").press("ask_run").rows] == ["Auvergne-Rhône-Alpes", "Baden-Württemberg", "Catalonia"]


def test_a_query_of_nodes_and_ties_is_drawn_too(curated):
    screen = ran("MATCH (r:Region {id: 'flanders'})-[m:MEMBER_OF]->(n) RETURN r, m, n")
    assert {"flanders", "esra"} <= screen.shown
    assert len(screen.data["edges"]) == len(screen.rows)


@pytest.mark.parametrize(("query", "said"), [
    ("MATCH (n) DETACH DELETE n", "The query was not run"),
    ("CREATE (n:Region {id: 'x'}) RETURN n", "The query was not run"),
    ("LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l", "The query was not run"),
    ("MATCH (n) RETURN n; MATCH (m) RETURN m", "The query was not run"),
    ("MATCH p = shortestPath((a:Region {id: 'lombardy'})-[*..4]-(b:Region {id: 'quebec'})) WHERE all(r IN relationships(p) WHERE r.since > '2000') RETURN p", "Paths"),
])
def test_what_is_refused_is_said_with_the_reason_before_it_can_be_run(curated, query, said):
    before = curated.version()
    screen = ran(query)
    assert said in screen.said("warning")
    assert "ask_run" not in screen.keys
    assert curated.version() == before


@pytest.mark.parametrize("query", ["MATCH (n:Region RETURN n", "MATCH (n) RETURN unknownFunction(n)", "RETURN", "MATCH (n) RETURN m.name AS x"])
def test_a_query_with_a_mistake_gets_one_sentence(curated, query):
    screen = ran(query)
    said = screen.said("warning") + screen.said("error")
    assert said
    assert "Traceback" not in said
    assert len(said.splitlines()) == 1


def test_a_slow_query_is_ended_at_the_limit_and_it_is_said(curated, monkeypatch):
    monkeypatch.setenv("PONTE_TIME_LIMIT", "0.5")
    assert "The query was ended after 0.5" in ran(SLOW).said("error")


def test_a_million_rows_are_cut_and_it_is_said(curated):
    screen = ran("UNWIND range(1, 1000000) AS n RETURN n")
    assert len(screen.rows) == 1000
    assert "Cut after 1,000 rows: narrow the question to see the rest." in screen.said("caption")


def test_nothing_found_is_said(curated):
    assert "Nothing in the record answers this." in ran("MATCH (r:Region {id: 'atlantis'}) RETURN r.name AS name").said("info")


def test_values_are_read_as_a_person_means_them(curated):
    screen = own().type("ask_text", "RETURN $a + 1 AS a, NOT $b AS b, $c + '!' AS c")
    screen.type("ask_value_a", "3").type("ask_value_b", "true").type("ask_value_c", "3 March").press("ask_run")
    assert screen.rows == [{"a": 4, "b": "false", "c": "3 March!"}]


def test_a_column_may_hold_values_of_every_sort(curated):
    screen = ran("UNWIND [1, 'two', 3.5, true, null, [1, 2], {k: 'v'}, date('2024-05-01')] AS value RETURN value")
    assert [str(row["value"]) for row in screen.rows[:3]] == ["1", "two", "3.5"]


def test_a_parameter_without_a_value_is_named(curated):
    screen = own().type("ask_text", "RETURN $region AS r").press("ask_run")
    assert "$region cannot be used: it has no value" in screen.said("error")


def test_a_query_in_a_link_is_shown_but_not_run(curated):
    screen = Screen.only("ask", {"q": "MATCH (n:Region) RETURN count(n) AS regions"})
    assert screen.test.text_area(key="ask_text").value == "MATCH (n:Region) RETURN count(n) AS regions"
    assert not screen.test.dataframe
