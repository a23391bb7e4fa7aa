"""Settings come from the environment once; a value that cannot be used is named with its remedy."""

from pathlib import Path

import pytest

from graph.errors import SettingsError
from graph.settings import read_settings


def test_without_any_variable_the_local_server_is_used_and_nothing_is_created(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    settings = read_settings({})
    assert settings.neo4j_uri == ""
    assert (settings.linger, settings.row_limit, settings.language) == (30.0, 1000, "en")
    assert list(tmp_path.iterdir()) == []


def test_variables_are_taken_and_blanks_count_as_absent(tmp_path):
    settings = read_settings({"NEO4J_URI": " neo4j+s://graph.example.org ", "PONTE_HOME": str(tmp_path), "PONTE_LINGER": "", "PONTE_TIME_LIMIT": "2.5"})
    assert settings.neo4j_uri == "neo4j+s://graph.example.org"
    assert settings.home == Path(tmp_path)
    assert (settings.linger, settings.time_limit) == (30.0, 2.5)


@pytest.mark.parametrize(("name", "value"), [
    ("PONTE_LINGER", "soon"), ("PONTE_LINGER", "-1"), ("PONTE_ROW_LIMIT", "0"), ("PONTE_HEAP", "much"), ("PONTE_TIME_LIMIT", "nan"),
])
def test_a_value_that_cannot_be_used_is_named_with_its_remedy(name, value):
    with pytest.raises(SettingsError) as caught:
        read_settings({name: value})
    assert name in str(caught.value)
    assert value in str(caught.value)
    assert "Set it to" in str(caught.value)
