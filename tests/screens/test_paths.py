"""Paths: two names as a person writes them, conditions, and an answer in sentences with numbered sources."""

import re

import pytest

from tests.screens.driver import ON_THE_LOCAL_SERVER, Screen

pytestmark = ON_THE_LOCAL_SERVER


def asked(start: str, end: str) -> Screen:
    return Screen.only("paths").type("paths_from", start).type("paths_to", end)


def test_it_opens_on_the_partners_of_the_newest_agreement(curated):
    screen = Screen.only("paths")
    assert {screen.test.text_input(key="paths_from").value, screen.test.text_input(key="paths_to").value} == {"Lombardy", "Flanders"}
    assert "agr-lom-fla-2026" in screen.shown


def test_an_example_where_a_name_is_missing(curated):
    screen = Screen.only("paths").type("paths_to", "")
    assert "Type two names, in any language: for example Lombardia and Vlaanderen." in screen.said("info")


def test_what_connects_two_names_is_drawn_and_told_with_sources(curated):
    screen = asked("Lombardia", "Vlaanderen")
    assert "Lombardy and Flanders are parties to “Memorandum of Understanding Lombardy - Flanders”, signed on 3 March 2026" in screen.text
    assert "It was signed by Attilio Fontana (Lombardy) and Matthias Diependaele (Flanders)." in screen.text
    assert "Both take part in Four Motors for Europe: Lombardy as a founding member" in screen.text
    assert "Shortest paths: 2 steps" in screen.text
    assert {"lombardy", "flanders", "agr-lom-fla-2026", "esra"} <= screen.shown
    assert (screen.link["from"], screen.link["to"]) == ("lombardy", "flanders")


def test_every_number_in_a_sentence_has_its_source_on_the_screen(curated):
    screen = asked("Lombardia", "Vlaanderen")
    cited = set(re.findall(r'data-cite="(\d+)"', screen.html))
    assert cited
    assert cited <= set(re.findall(r'data-source="(\d+)"', screen.html))


def test_an_unknown_name_gets_suggestions(curated):
    screen = asked("Lombardia", "Flandres du Nord")
    assert "“Flandres du Nord” is not in the graph. Did you mean" in screen.said("warning")
    assert not screen.test.get("bidi_component")
    assert "Did you mean Lombardy" in asked("Lombarddy", "Flanders").said("warning")


def test_the_same_name_twice(curated):
    assert "Both names mean the same. Name another." in asked("Lombardia", "Lombardy").said("warning")


def test_conditions_change_the_answer_and_stand_in_the_link(curated):
    screen = asked("Lombardia", "Québec")
    assert "Shortest paths: 2 steps" in screen.text
    shortest = screen.shown
    screen.set("multiselect", "paths_off", ["Network", "Agreement", "Event", "Sector"])
    assert screen.link["off"] == "Network,Agreement,Event,Sector"
    assert screen.shown != shortest
    assert not {node["kind"] for node in screen.data["nodes"]} & {"Network", "Agreement", "Event", "Sector"}
    again = Screen.only("paths", screen.link)
    assert again.text == screen.text


def test_a_name_to_avoid_is_neither_drawn_nor_told(curated):
    screen = asked("Lombardia", "Vlaanderen").type("paths_avoid", "Vier Motoren für Europa; ESRA")
    assert screen.link["avoid"] == "four-motors,esra"
    assert not screen.shown & {"four-motors", "esra"}
    assert "Four Motors" not in screen.text.split("source")[0]
    assert "“Nonsuch” is not in the graph" in screen.type("paths_avoid", "Nonsuch").said("warning")


def test_on_an_earlier_date_what_began_later_does_not_count(curated):
    screen = asked("Lombardia", "Catalunya")
    assert "four-motors" in screen.shown
    assert "four-motors" not in screen.type("paths_on", "1985").shown
    assert screen.link["on"] == "1985"
    signed_later = asked("Lombardia", "Vlaanderen").type("paths_on", "2010-01-01")
    assert "agr-lom-fla-2026" not in signed_later.shown
    assert "Memorandum of Understanding Lombardy - Flanders" not in signed_later.text
    assert "“yesterday” is no date" in screen.type("paths_on", "yesterday").said("warning")


def test_too_few_steps_are_said_with_what_to_do(curated):
    screen = asked("Attilio Fontana", "Matthias Diependaele").set("number_input", "paths_steps", 1)
    assert "No path of at most 1 step. Allow more steps, another date, or avoid fewer names." in screen.said("warning")
    assert screen.link["steps"] == "1"


def test_many_paths_are_cut_and_it_is_said(curated):
    screen = asked("Lombardia", "Catalunya")
    assert screen.html.count('data-paths="10"') == 1
    assert "more paths are left out." in screen.said("caption")


def test_the_readers_region_is_where_paths_start(curated, monkeypatch):
    assert Screen.only("paths", {"region": "flanders"}).test.text_input(key="paths_from").value == "Flanders"
    monkeypatch.setenv("PONTE_REGION", "Lombardia")
    assert Screen.only("paths").test.text_input(key="paths_from").value == "Lombardy"


def test_swapping_asks_the_other_way_round(curated):
    screen = asked("Lombardia", "Vlaanderen").press("paths_swap")
    assert (screen.link["from"], screen.link["to"]) == ("flanders", "lombardy")


@pytest.mark.parametrize("link", [{"from": "nobody", "to": "lombardy"}, {"from": "lombardy", "to": "flanders", "steps": "²"}, {"from": "lombardy", "to": "flanders", "steps": "9" * 5000},
                                  {"from": "lombardy", "to": "flanders", "off": "Nothing", "avoid": "nobody"}, {"from": "lombardy", "to": "flanders", "on": "2019-99"}])
def test_a_link_that_someone_mangled_gets_an_answer_or_a_sentence(curated, link):
    screen = Screen.only("paths", link)
    assert screen.said("warning") or screen.shown


def test_a_click_offers_what_was_clicked_in_explore(curated):
    screen = asked("Lombardia", "Vlaanderen").do("paths_canvas", "select", node="esra")
    assert "About European Semiconductor Regions Alliance" in screen.text
