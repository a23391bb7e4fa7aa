"""The guard lets good questions pass and refuses the rest, each with its reason, its word and the way round."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import RefusedQuery
from graph.guard import check, columns_of
from graph.questions import load_questions
from tests.graph.cypher_lists import ALLOWED, BRACES, CONDITIONAL, REFUSED

WRITES = ["CREATE (n)", "MATCH (n) SET n.x = 1", "MATCH (n) DETACH DELETE n", "MERGE (n:Region {id: 'x'})", "MATCH (n) REMOVE n.x", "LOAD CSV FROM 'x' AS r RETURN r"]


@pytest.mark.parametrize("query", ALLOWED)
@pytest.mark.parametrize("local", [True, False])
def test_a_good_question_passes(query, local):
    assert check(query, local=local).text == query.strip().rstrip(";")


@pytest.mark.parametrize("query", REFUSED)
def test_the_rest_is_refused_with_a_reason_and_a_remedy(query):
    with pytest.raises(RefusedQuery) as caught:
        check(query, local=False)
    assert caught.value.reason
    assert str(caught.value.remedy).endswith((".", "}"))


@pytest.mark.parametrize("query", CONDITIONAL)
def test_a_condition_on_a_shortest_path_is_refused_where_it_would_be_answered_wrongly(query):
    with pytest.raises(RefusedQuery, match="shortest path"):
        check(query, local=True)
    assert check(query, local=False)


@pytest.mark.parametrize("query", BRACES)
def test_a_ties_property_in_braces_is_refused_where_it_would_find_nothing(query):
    with pytest.raises(RefusedQuery, match="braces"):
        check(query, local=True)
    assert check(query, local=False)


def test_parameters_are_named_once_in_order_and_not_in_texts():
    assert check("MATCH (n {id: $b}) WHERE n.x = $a OR n.y = $b RETURN '$c', $`odd name`", local=True).parameters == ("b", "a", "odd name")


@pytest.mark.parametrize("question", load_questions(), ids=lambda q: q.name)
def test_saved_questions_pass(question):
    assert set(check(question.cypher, local=True).parameters) == {parameter.name for parameter in question.parameters}


@given(st.sampled_from(WRITES), st.randoms(use_true_random=False))
def test_no_change_of_case_blanks_or_comments_lets_a_write_pass(query, dice):
    disguised = "".join(dice.choice((c.lower(), c.upper())) for c in query)
    disguised = disguised.replace(" ", dice.choice((" ", "\n", "\t ", " /* x */ ", " // x\n", "/**/ ")))
    with pytest.raises(RefusedQuery):
        check(disguised, local=dice.random() < 0.5)


@given(st.lists(st.sampled_from(["MATCH", "(", ")", "[", "]", "{", "}", "-", ">", "*", "..", "1", "n", ":", ".", "'", '"', "`", "\\", "$", "/*", "*/", "//", "\n",
                                 " ", ";", "CREATE", "shortestPath", "WHERE", "p", "=", ",", "RETURN", "é", "\u0000", "|"]), max_size=30).map("".join))
def test_any_heap_of_signs_is_allowed_or_refused_and_nothing_else(text):
    outcome = None
    try:
        outcome = check(text, local=True)
    except RefusedQuery as refused:
        outcome = refused
    assert outcome


@given(st.text(max_size=80))
def test_words_inside_a_text_refuse_nothing(text):
    quoted = text.replace("\\", "").replace("'", "")
    assert check(f"RETURN 'CREATE {quoted} DELETE' AS x", local=True)


@pytest.mark.parametrize(("query", "columns"), [
    ("MATCH (n) RETURN DISTINCT n.name AS name, n.id, count(*) AS `a b` ORDER BY name LIMIT 3", ("name", "n.id", "a b")),
    ("CALL { MATCH (a) RETURN a.x AS x UNION MATCH (b) RETURN b.y AS x } RETURN x ORDER BY x", ("x",)),
    ("MATCH (n) RETURN [x IN n.l WHERE x > 1 | x], {k: 1, m: 2} AS m", ("[xINn.lWHEREx>1|x]", "m")),
    ("RETURN *", ()),
])
def test_the_names_of_columns_are_read_from_the_text(query, columns):
    assert columns_of(query) == columns


def test_lists_are_long_enough():
    assert len(ALLOWED) + len(REFUSED) + len(CONDITIONAL) >= 120
    assert random.Random(1).choice(ALLOWED)
