"""Fail when a golden scene changes; `make golden` renews them."""

import pytest

from tests.golden.scenes import FOLDER, SPECS, text


@pytest.mark.parametrize("name", SPECS)
def test_a_scene_is_as_it_was(name):
    assert text(name) == (FOLDER / f"{name}.json").read_text(encoding="utf-8"), "A picture changed: look, then `make golden`."


def test_every_golden_file_is_still_made():
    assert {file.stem for file in FOLDER.glob("*.json")} == set(SPECS)
