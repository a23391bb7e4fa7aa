"""Names with HTML, script, formulas, terminal codes and format fields are names: in every answer and in every exported file."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET

import openpyxl
import pytest

from graph.answers import around, connect, describe
from graph.model import Source, Statement
from graph.record import assemble
from graph.render.screen import canvas_data
from graph.render.tables import to_csv, to_xlsx
from graph.schema import load_schema
from graph.view import ViewSpec, make_scene
from tests.contract.clearing import prepared
from tests.graph.test_main import ask  # noqa: F401  # a fixture

SCHEMA = load_schema()
SVG = "{http://www.w3.org/2000/svg}"
NAMES = {
    "script": '<script>alert("x")</script>', "image": '"><img src=x onerror=alert(1)>', "link": '<a href="https://example.org">here</a>',
    "formula": "=HYPERLINK(\"http://example.org\",\"x\")", "plus": "+1+cmd|' /C calc'!A0", "minus": "-2+3", "at": "@SUM(1+1)",
    "terminal": "\x1b[31mRed\x1b]0;title\x07 land", "fields": "{office} {to} %s $x", "typst": "#set page(fill: red) $x$ `#eval(1)`",
    "template": "${alert(1)} {{7*7}} [1] *b* _i_", "backwards": "abc\u202edef", "quote": "O'Neill \"the\" \\ Region; DROP",
}
VISIBLE = {id: " ".join(re.sub(r"[\x00-\x1f\x7f\u202e]", "", name).split()) for id, name in NAMES.items()}


@pytest.fixture
def hostile(opened):
    """A network of regions with such names, a source whose title is one, and quotes that are."""
    source = Source("page", title=NAMES["script"], url="javascript:alert(1)", publisher=NAMES["image"], tier="press", date="2024-05-01")
    said = [Statement("Network", "net", "page", property="name", value="The <b>Net</b>", place="row 1")]
    for id, name in NAMES.items():
        said += [Statement("Region", id, "page", property="name", value=name, place=f"row {id}", quote=name),
                 Statement("MEMBER_OF", id, "page", object="net", qualifiers={"role": "member"}, as_stated=name, place=f"row {id}", quote=name)]
    return prepared(opened, "hostile names", lambda: opened.write(assemble(said, {"page": source}, SCHEMA)))


def test_search_and_answers_say_them_and_nothing_steers_the_terminal(ask, hostile):  # noqa: F811
    for id, name in NAMES.items():
        status, out, _ = ask("search", "--", name)
        assert status == 0, id
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", out)
    status, out, _ = ask("path", "script", "terminal")
    assert status == 0
    assert f"{VISIBLE['script']} is a member of The <b>Net</b>" in out
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", out)
    status, out, _ = ask("query", "MATCH (n:Region) RETURN n.name AS name ORDER BY n.id")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", out)


def test_json_is_json_and_keeps_every_character(ask, hostile):  # noqa: F811
    _, out, _ = ask("query", "MATCH (n:Region) RETURN n.id AS id, n.name AS name ORDER BY id", "--format", "json")
    assert dict(json.loads(out)["rows"]) == NAMES
    assert "\x1b" not in out


def test_no_cell_of_a_table_is_a_formula(ask, hostile):  # noqa: F811
    _, out, _ = ask("query", "MATCH (n:Region) RETURN n.id AS id, n.name AS name ORDER BY id", "--format", "csv")
    cells = [cell for row in csv.reader(io.StringIO(out.removeprefix("\ufeff"))) for cell in row]
    assert len(cells) == 2 + 2 * len(NAMES)
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]
    result = hostile.query("MATCH (n:Region) RETURN n, n.name AS name, collect(n.name) AS names ORDER BY n.id")
    for row in csv.reader(io.StringIO(to_csv(result.columns, result.rows).decode("utf-8-sig"))):
        assert not [cell for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(result.columns, result.rows)))["Ponte"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}


@pytest.mark.parametrize("title", ["script", "typst", "terminal", "formula"])
def test_pictures_draw_them_as_letters(ask, hostile, tmp_path, title):  # noqa: F811
    for suffix in ("svg", "pdf", "png"):
        target = tmp_path / f"x.{suffix}"
        status, _, err = ask("draw", "net", "script", "--to", str(target), "--title", NAMES[title])
        assert (status, err) == (0, "")
    root = ET.parse(tmp_path / "x.svg").getroot()
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {"svg", "title", "desc", "defs", "style", "rect", "g", "path", "circle", "text"}
    assert not [name for element in root.iter() for name in element.attrib if "href" in name or name.lower().startswith("on")]
    assert VISIBLE[title] in [element.text for element in root.iter(f"{SVG}title")] + [element.text for element in root.iter(f"{SVG}text")]
    assert not re.search(r"[\x00-\x08\x0b\x1b\u202e]", (tmp_path / "x.svg").read_text(encoding="utf-8"))
    pdf = (tmp_path / "x.pdf").read_bytes()
    assert b"/JavaScript" not in pdf
    assert b"/URI" not in pdf


def test_the_canvas_gets_plain_text(hostile):
    view = around(hostile, ["net"])
    data = canvas_data(make_scene(view.subgraph, ViewSpec(title=NAMES["image"]), SCHEMA))
    assert json.loads(json.dumps(data)) == data
    assert {node["id"]: node["name"] for node in data["nodes"] if node["id"] != "net"} == VISIBLE
    assert not [node for node in data["nodes"] if re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", node["title"])]


def test_sentences_and_panels_fill_nothing_in(hostile):
    found = connect(hostile, SCHEMA, "fields", "template")
    assert found.paths[0].sentence.text.startswith("{office} {to} %s $x is a member of The <b>Net</b>")
    described = describe(hostile, SCHEMA, "net")
    assert {line.node: line.text for group in described.groups if group.kind == "MEMBER_OF" for line in group.lines} == NAMES
