"""Texts, dates, numbers and sentences come out in the reader's language, and the catalogues are complete."""

import ast
import re
from pathlib import Path

import pytest

from graph import errors, words
from graph.model import Edge, Node
from graph.schema import load_schema

TOP = Path(__file__).parents[2]
LOMBARDY = Node("lombardy", "Region", {"name": "Lombardy", "name_it": "Lombardia"})
MOTORS = Node("four-motors", "Network", {"name": "Four Motors for Europe", "name_it": "Quattro Motori per l'Europa"})


@pytest.mark.parametrize(("stated", "english", "italian"), [
    ("2026-03-03", "3 March 2026", "3 marzo 2026"), ("2019-04", "April 2019", "aprile 2019"), ("2019", "2019", "2019"), ("", "", ""),
    ("1999/2002", "1999/2002", "1999/2002"),
])
def test_dates_are_written_out_as_precisely_as_stated(stated, english, italian):
    assert words.date(stated, "en") == english
    assert words.date(stated, "it") == italian


def test_italian_dates_elide_their_article_and_begin_a_month_with_an_ordinal():
    assert words.when("2026-11-08", "it") == "l'8 novembre 2026"
    assert words.when("2018-03-01", "it") == "il 1º marzo 2018"
    assert words.elided("dal 11 aprile 2025 al 8 maggio 2025", "it") == "dall'11 aprile 2025 all'8 maggio 2025"
    assert words.elided("dal 18 aprile 2018", "it") == "dal 18 aprile 2018"
    assert words.when("2018-03-01", "en") == "on 1 March 2018"


def test_numbers_and_lists_follow_the_language():
    assert (words.number(144726, "en"), words.number(144726, "it")) == ("144,726", "144.726")
    assert words.listing(["a", "b", "c"], "en") == "a, b and c"
    assert words.listing(["a", "b", "c"], "it") == "a, b e c"


def test_a_tie_is_a_sentence_with_its_role_and_its_tense():
    schema = load_schema()
    edge = Edge("e", "MEMBER_OF", "lombardy", "four-motors", {"role": "associate"})
    assert words.edge_sentence(schema, edge, LOMBARDY, MOTORS, "en") == "Lombardy is an associate of Four Motors for Europe"
    assert words.edge_sentence(schema, edge, LOMBARDY, MOTORS, "it", past=True) == \
        "Lombardia era membro associato di Quattro Motori per l'Europa"


def test_an_office_that_no_source_names_leaves_no_empty_brackets():
    schema = load_schema()
    leader = Node("x", "Leader", {"name": "Ada Rossi"})
    assert words.edge_sentence(schema, Edge("e", "LEADS", "x", "lombardy", {}), leader, LOMBARDY, "en") == "Ada Rossi leads Lombardy"


def test_markup_and_braces_in_a_name_stay_what_they_are():
    schema = load_schema()
    odd = Node("x", "Region", {"name": "{to} <b>"})
    edge = Edge("e", "MEMBER_OF", "x", "four-motors", {})
    assert words.edge_sentence(schema, edge, odd, MOTORS, "en") == "{to} <b> is a member of Four Motors for Europe"


def all_errors(kind=errors.PonteError):
    for child in kind.__subclasses__():
        yield child
        yield from all_errors(child)


@pytest.mark.parametrize("kind", sorted({k.template for k in all_errors()} | {errors.UnknownName.template_with_suggestions,
                                                                                    errors.RefusedQuery.template_with_word}))
def test_every_error_is_translated_with_the_same_fields(kind):
    italian = words.catalogue("it").get(kind)
    if kind in ("{what}", "{what}. {remedy}", "{where}: {problem}. {remedy}"):
        return
    assert italian, f"no Italian for: {kind}"
    assert set(re.findall(r"{(\w+)", italian)) == set(re.findall(r"{(\w+)", kind))


def texts_in_code():
    """Every text that the code says through a translator, by file."""
    for folder in ("graph", "screens", "loaders"):
        for file in sorted((TOP / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                    name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                    literals = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                    if name in ("_", "translate", "mark") and literals:
                        yield file.relative_to(TOP).as_posix(), literals[0]
                    elif name in ("translate_count", "count_") and len(literals) >= 2:
                        yield file.relative_to(TOP).as_posix(), (literals[0], literals[1])


def test_every_text_of_the_interface_is_translated_into_italian():
    known = words.catalogue("it")
    italian = {*known, *(form for forms in known if isinstance(forms, tuple) for form in forms)}
    missing = sorted({f"{file}: {text}" for file, text in texts_in_code() if text and text not in italian})
    assert missing == []


def test_translations_have_the_fields_of_their_originals():
    for language in words.LANGUAGES:
        for original, translation in words.catalogue(language).items():
            one = original[0] if isinstance(original, tuple) else original
            other = translation[0] if isinstance(translation, tuple) else translation
            assert set(re.findall(r"{(\w+)", other)) <= set(re.findall(r"{(\w+)", original[1] if isinstance(original, tuple) else one)), one
