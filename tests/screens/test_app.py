"""The whole app: a first visit, the reader's region and language, a graph that is not there."""

import pytest

from screens import session
from tests.screens.driver import ON_THE_LOCAL_SERVER, Screen
from tests.servers import free_port

pytestmark = ON_THE_LOCAL_SERVER


@pytest.fixture
def elsewhere(environment, monkeypatch):
    """Nothing answers at the address of the graph."""
    uri = f"bolt://127.0.0.1:{free_port()}"
    monkeypatch.setenv("NEO4J_URI", uri)
    return uri


def test_the_first_visit_asks_for_whom_the_reader_works_and_the_answer_is_kept(curated):
    screen = Screen.app()
    assert "Which region do you work for?" in screen.text
    screen.set("selectbox", "region_choice", "flanders")
    assert screen.link["region"] == "flanders"
    assert "region_skip" not in screen.keys
    assert "region_skip" not in Screen.app(**screen.link).keys


def test_the_question_can_be_skipped(curated):
    screen = Screen.app().press("region_skip")
    assert "Which region do you work for?" not in screen.text
    assert "Which region do you work for?" not in screen.run().text


def test_the_setting_answers_the_question_and_the_first_view_is_about_that_region(curated, monkeypatch):
    monkeypatch.setenv("PONTE_REGION", "Baviera")
    screen = Screen.app()
    assert "region_skip" not in screen.keys
    assert "bavaria" in screen.shown
    assert "agr-lom-fla-2026" not in screen.shown


def test_the_language_switches_with_names_and_stays_in_the_link(curated):
    screen = Screen.app()
    assert {"Lombardy", "Flanders"} <= screen.names
    screen.press("lang_it")
    assert screen.link["lang"] == "it"
    assert {"Lombardia", "Fiandre"} <= screen.names
    assert "3 marzo 2026" in screen.lead
    assert "Per quale regione lavora" in screen.text
    assert Screen.app(**screen.link).lead == screen.lead
    assert "3 March 2026" in screen.press("lang_en").lead


def test_the_language_of_the_first_visit_is_a_setting(curated, monkeypatch):
    monkeypatch.setenv("PONTE_LANGUAGE", "it")
    assert "Lombardia" in Screen.app().names


def test_the_foot_says_which_data_are_shown(curated):
    assert f"Data version {curated.version()}, written " in Screen.app().said("caption")


def test_a_server_that_does_not_answer_is_said_in_one_sentence_and_can_be_tried_again(elsewhere, monkeypatch, settings):
    screen = Screen.app()
    assert f"The graph at {elsewhere} cannot be reached" in screen.said("error")
    assert "Check that it runs and that NEO4J_URI is right." in screen.said("error")
    monkeypatch.setenv("NEO4J_URI", settings.neo4j_uri)
    assert not screen.press("ponte_again").said("error")


def test_a_setting_that_cannot_be_used_is_named(environment, monkeypatch):
    monkeypatch.setenv("PONTE_TIME_LIMIT", "soon")
    assert "The setting PONTE_TIME_LIMIT is “soon”." in Screen.app().said("error")


def test_the_store_is_opened_once_for_all_visits(curated):
    Screen.app()
    first = session.the_store(session.read_settings())
    Screen.app()
    assert session.the_store(session.read_settings()) is first


def test_while_the_names_are_read_that_is_said(curated, monkeypatch):
    said, build = [], session.NameIndex.build
    spinner = session.st.spinner

    def building(names):
        assert said[-1] == "Lettura dei nomi …"
        said.append("built")
        return build(names)

    monkeypatch.setattr(session.NameIndex, "build", building)
    monkeypatch.setattr(session.st, "spinner", lambda text, **more: (said.append(text), spinner(text, **more))[1])
    session.index_of.clear()
    Screen.app(lang="it")
    assert "built" in said
