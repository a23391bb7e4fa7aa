"""Fail when a setting, command, source, question or kind is undocumented."""

import re
from pathlib import Path

import pytest
import yaml

from graph.questions import load_questions
from graph.schema import load_schema
from graph.settings import SETTINGS

TOP = Path(__file__).parent.parent
HOW_TO = (TOP / "docs/how-to.md").read_text(encoding="utf-8")
CONCEPTS = (TOP / "docs/concepts.md").read_text(encoding="utf-8")
COOKBOOK = (TOP / "docs/cypher.md").read_text(encoding="utf-8")
README = (TOP / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda s: s.name)
def test_every_setting_is_in_how_to_with_its_default(setting):
    row = re.search(rf"^\| `{setting.name}` \|([^|]*)\|", HOW_TO, re.M)
    assert row, f"{setting.name} is missing from docs/how-to.md"
    if setting.default:
        assert f"`{setting.default}`" in row[1]


@pytest.mark.parametrize("kind", [*load_schema().nodes, *load_schema().edges])
def test_every_kind_is_in_concepts(kind):
    assert f"`{kind}`" in CONCEPTS


@pytest.mark.parametrize("question", load_questions(), ids=lambda q: q.name)
def test_every_question_is_in_the_cookbook(question):
    assert f"`{question.name}`" in COOKBOOK


@pytest.mark.parametrize("folder", sorted(p.parent.name for p in (TOP / "loaders").glob("*/source.yml")))
def test_every_source_is_in_the_readme_and_says_who_publishes_it(folder):
    assert f"`{folder}`" in README
    source = yaml.safe_load((TOP / "loaders" / folder / "source.yml").read_text(encoding="utf-8"))
    assert source["title"]
    assert source["publisher"]
    assert source["licence"]


@pytest.mark.parametrize(("module", "documents"), [("graph", HOW_TO + README), ("loaders", HOW_TO + README)])
def test_every_command_is_documented(module, documents):
    source = (TOP / module / "__main__.py").read_text(encoding="utf-8")
    commands = set(re.findall(r'add_parser\(\s*"(\w+)"', source))
    assert commands, "no commands found"
    missing = {name for name in commands if f"python -m {module} {name}" not in documents}
    assert not missing


def test_every_make_target_is_in_its_help():
    makefile = (TOP / "Makefile").read_text(encoding="utf-8")
    targets = set(makefile.split(".PHONY:")[1].splitlines()[0].split()) - {"help"}
    assert not {target for target in targets if f"make {target}" not in makefile}


def test_links_between_the_documents_lead_somewhere():
    for file in [TOP / "README.md", *(TOP / "docs").glob("*.md")]:
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", file.read_text(encoding="utf-8")):
            assert (file.parent / link).exists(), f"{file.name} links to {link}, which is not there"
