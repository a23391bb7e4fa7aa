"""Saved questions speak the reader's language: every heading and every word of their own has its translation."""

import pytest

from graph.guard import columns_of
from graph.questions import load_questions
from graph.schema import load_schema
from graph.words import LANGUAGES, catalogue
from screens.result import heading


@pytest.mark.parametrize("question", load_questions(), ids=lambda q: q.name)
def test_headings_and_fields_are_in_every_language(question):
    schema = load_schema()
    for language in LANGUAGES:
        for column in (*columns_of(question.cypher), *(parameter.name for parameter in question.parameters)):
            said = heading(column, schema, language)
            english = heading(column, schema, "en")
            assert "_" not in said
            assert language == "en" or column in schema.properties or english in catalogue(language), f"no {language} for “{english}”"


@pytest.mark.parametrize("question", load_questions(), ids=lambda q: q.name)
def test_titles_and_descriptions_are_in_every_language(question):
    assert set(question.title) >= set(LANGUAGES)
    assert set(question.description) >= set(LANGUAGES)
