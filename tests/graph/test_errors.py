"""Every error says what happened, the value and the remedy."""

import copy
import pickle

import pytest

from graph import errors


def test_a_name_that_is_unknown_says_what_was_perhaps_meant():
    error = errors.UnknownName(name="Lombarda", suggestions=("Lombardy", "Lombard League"))
    assert str(error) == "“Lombarda” is not in the graph. Did you mean Lombardy, Lombard League?"
    assert error.suggestions == ("Lombardy", "Lombard League")
    assert "Check the spelling" in str(errors.UnknownName(name="Xyz"))


def test_a_broken_row_names_file_line_column_and_remedy():
    error = errors.BadFile(file="leaders.csv", line=12, column="start", problem="“soon” is no date", remedy="Write it as 2024-10-09.")
    assert str(error) == "leaders.csv, line 12, column start: “soon” is no date. Write it as 2024-10-09."


def test_context_is_kept_as_attributes_and_nothing_else_is_there():
    error = errors.QueryTimeout(seconds=2.5)
    assert error.seconds == 2.5
    assert "2.5 s" in str(error)
    with pytest.raises(AttributeError):
        _ = error.minutes


def test_an_error_survives_copying():
    error = errors.QueryTimeout(seconds=3)
    assert str(copy.copy(error)) == str(error)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
