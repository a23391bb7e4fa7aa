"""What the guard lets pass runs on both servers; saved questions give the answers that were counted by hand."""

import re
from pathlib import Path

import pytest

from graph.guard import check
from graph.model import Node
from graph.questions import load_questions
from tests.graph.cypher_lists import ALLOWED

PARAMETERS = {"id": "lombardy", "ids": ["lombardy", "flanders"], "text": "x"}
COOKBOOK = re.findall(r"```cypher\n(.*?)```", (Path(__file__).parents[2] / "docs/cypher.md").read_text(encoding="utf-8"), re.S)


def ask(store, name, **values):
    question = next(question for question in load_questions() if question.name == name)
    given = {parameter.name: parameter.default for parameter in question.parameters} | values
    return store.query(check(question.cypher, local=store.is_local).text, given)


def named(result):
    """The rows with names where there are nodes."""
    return [tuple(value.name if isinstance(value, Node) else value for value in row) for row in result.rows]


@pytest.mark.parametrize("query", ALLOWED)
def test_what_the_guard_allows_runs(curated_store, query):
    guarded = check(query, local=curated_store.is_local)
    result = curated_store.query(guarded.text, {name: PARAMETERS[name] for name in guarded.parameters})
    assert result.columns


@pytest.mark.parametrize("recipe", COOKBOOK)
def test_every_recipe_of_the_cookbook_answers(curated_store, recipe):
    assert curated_store.query(check(recipe, local=curated_store.is_local).text).rows


@pytest.mark.parametrize("question", load_questions(), ids=lambda q: q.name)
def test_every_saved_question_runs_with_its_defaults(curated_store, question):
    assert ask(curated_store, question.name).columns


def test_networks_shared_by_lombardy_and_flanders(curated_store):
    # memberships.csv: both stand in five networks of the press release of 3 March 2026 (cca, ecrn, esra, four-motors, vanguard) and in fit-for-future
    rows = named(ask(curated_store, "shared-networks"))
    assert {row[0] for row in rows} == {"Critical Chemicals Alliance", "European Chemical Regions Network", "European Semiconductor Regions Alliance",
                                        "Fit for the Future (Leaders Meeting)", "Four Motors for Europe", "Vanguard Initiative"}
    roles = {row[0]: (row[2], row[4]) for row in rows}
    assert roles["Four Motors for Europe"] == ("founder", "associate")
    assert roles["Critical Chemicals Alliance"] == ("unknown", "unknown")


def test_esra_members_without_an_agreement_with_flanders(curated_store):
    # 30 members by name; with Flanders in agreement_parties.csv: lombardy (2026), wales, basque-country, catalonia, north-rhine-westphalia … have one
    rows = named(ask(curated_store, "members-without-agreement"))
    names = {row[0] for row in rows}
    assert {"Andalusia", "Carinthia", "Saarland"} <= names
    assert not names & {"Lombardy", "Wales", "Basque Country", "Flanders"}
    assert {row[4] for row in rows} == {32}


def test_the_presidency_of_the_four_motors_by_source(curated_store):
    # network_roles.csv: 8 terms; La Prealpina of 11 April 2025 hands it to Catalonia; a governance page and a press page both speak of 2017
    rows = named(ask(curated_store, "presidency"))
    assert (rows[0][0], rows[0][2]) == ("Catalonia", "2025-04-11")
    assert {row[0] for row in rows} == {"Catalonia", "Lombardy", "Baden-Württemberg", "Auvergne-Rhône-Alpes"}
    assert {row[2] for row in rows if row[0] == "Baden-Württemberg"} >= {"2017", "2017-10", "2023-03"}
    assert "2017" in {row[3] for row in rows if row[0] == "Auvergne-Rhône-Alpes"}


def test_what_happened_is_apart_from_what_was_merely_recorded(curated_store):
    # since January 2025 Flanders signed one agreement; five memberships are mentioned again in the release of 3 March 2026
    rows = named(ask(curated_store, "changes", region="flanders", since="2025-01"))
    happened = [row for row in rows if row[0] == "happened"]
    assert [(row[1], row[2]) for row in happened] == [("2026-03-03", "agreement")]
    assert len([row for row in rows if row[0] == "newly recorded"]) == 5


def test_regions_in_networks_of_chemistry_and_of_semiconductors(curated_store):
    # agreement_parties.csv: flanders 16 agreements, lombardy 8 among the regions in both
    rows = named(ask(curated_store, "two-sectors"))
    assert [(row[0], row[2]) for row in rows[:2]] == [("Flanders", 16), ("Lombardy", 8)]
    assert [row[2] for row in rows] == sorted((row[2] for row in rows), reverse=True)


def test_the_conflicts_that_the_data_are_known_for_are_disputed(curated_store):
    rows = named(ask(curated_store, "disputed"))
    found = {(row[0], tie): set(row[3]) for row in rows for tie in (row[1],)}
    assert {"founded", "seat"} <= found["European Chemical Regions Network", ""]
    assert "since" in found["Markus Söder", "LEADS"]
    assert "party" in found["Anke Rehlinger", "LEADS"]
