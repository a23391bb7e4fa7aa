"""Pictures as files: legible, complete, of the right size, and never more than a picture."""

import base64
import io
import math
import re
import struct
import xml.etree.ElementTree as ET
import zlib
from itertools import combinations, pairwise

import pytest
from PIL import Image

import graph.render.picture
from graph.errors import BadValue, RenderError
from graph.model import Edge, Node, ordered
from graph.render.picture import draw
from graph.render.sheet import PAPERS, compose, fit_lines
from graph.render.type import text_width
from graph.schema import load_schema
from graph.view import ViewSpec, make_scene
from graph.view.theme import THEMES
from tests.golden.subgraphs import bridge, crowd, twinned

SCHEMA = load_schema()
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = ('<script>alert("x")</script>', "]]> & <!-- ' \" -->", '#set page(fill: red) $x$ `#eval("1")`', "A\u202eb\x00c\x08d", "=cmd|' /C calc'!A0",
           '"/><image href="http://example.org/x.png"/>')


def scene_of(subgraph, **spec):
    return make_scene(subgraph, ViewSpec(**{"title": "Title", **spec}), SCHEMA)


def hostile():
    nodes = [Node(f"<{at}>&\"", "Region", {"name": name}) for at, name in enumerate(HOSTILE)]
    edges = [Edge(f"e{at}", "TWINNED_WITH", one.id, other.id) for at, (one, other) in enumerate(pairwise(nodes))]
    return scene_of(ordered(nodes, edges), title=HOSTILE[0], subtitle=HOSTILE[2], source_line=HOSTILE[5])


def texts(svg):
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text")]


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def pdf_content(pdf):
    """The text of a PDF's streams and objects, inflated where it is deflated."""
    parts = [pdf]
    for match in re.finditer(rb"stream\r?\n", pdf):
        try:
            parts.append(zlib.decompressobj().decompress(pdf[match.end():]))
        except zlib.error:
            continue
    return b"\n".join(parts)


@pytest.mark.parametrize("page", PAPERS)
@pytest.mark.parametrize("count", [3, 50, 200, 300])
def test_no_name_lies_on_another_nor_on_a_mark_nor_off_the_page(count, page):
    sheet = compose(scene_of(crowd(count), subtitle="A subtitle"), page)
    boxes = [name.box for name in sheet.names]
    assert len(boxes) >= min(count, 25)
    assert not [1 for one, other in combinations(boxes, 2) if overlap(one, other)]
    marks = [(mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius) for mark in sheet.marks]
    assert not [1 for box in boxes for mark in marks if overlap(box, mark)]
    heads = [text.y for text in sheet.texts if text.text in ("Title", "A subtitle")]
    assert all(max(heads) < box[1] and box[3] <= sheet.rules[0] and box[0] > 0 and box[2] < sheet.paper.width for box in boxes)


@pytest.mark.parametrize("count", [3, 50, 200])
def test_a_box_is_as_wide_as_its_text(count):
    for name in compose(scene_of(crowd(count)), "a4").names:
        widths = [text_width(line, name.size, bold=name.bold) for line in name.lines[:len(name.lines) - name.small]]
        assert max(widths, default=0) <= name.box[2] - name.box[0]


@pytest.mark.parametrize("page", PAPERS)
def test_marks_lie_on_the_page_and_apart(page):
    sheet = compose(scene_of(crowd(200)), page)
    assert all(mark.x - mark.radius > 0 and mark.x + mark.radius < sheet.paper.width and mark.y + mark.radius < sheet.rules[0] for mark in sheet.marks)
    assert not [1 for a, b in combinations(sheet.marks, 2) if (a.x - b.x) ** 2 + (a.y - b.y) ** 2 < (a.radius + b.radius) ** 2]


def test_marks_stand_to_each_other_as_on_the_screen():
    spots = {"norland": (-400.0, 0.0), "sudmark": (400.0, 60.0), "accord": (0.0, 300.0)}
    only = frozenset(node.id for node in bridge().nodes) - set(spots)
    marks = {mark.node.id: mark for mark in compose(scene_of(bridge(), positions=spots, hidden=only), "a4").marks}
    assert marks["norland"].x < marks["accord"].x < marks["sudmark"].x
    assert marks["norland"].y < marks["sudmark"].y < marks["accord"].y
    assert abs((marks["accord"].x - marks["norland"].x) - (marks["sudmark"].x - marks["accord"].x)) < 0.1


def test_no_more_names_than_wanted_and_the_rest_is_counted():
    sheet = compose(scene_of(crowd(60), max_labels=10), "a4")
    assert len({name.id for name in sheet.names} & {mark.node.id for mark in sheet.marks}) == 10
    assert "50 names left out for want of room." in [text.text for text in sheet.texts]


def test_the_page_says_all_that_a_reader_needs():
    svg = draw(scene_of(bridge(), title="Two regions", subtitle="and an accord", on="2024-06-01", version="7", source_line="3 sources: A, B and C"), "svg")
    said = texts(svg)
    for text in ("Two regions", "and an accord", "3 sources: A, B and C", "As of 1 June 2024 · data version 7", "4 more are left out.",
                 "2 regions", "1 agreement", "Norland", "Ada Brun", "ended"):
        assert text in said


def test_every_line_is_drawn_parallel_ones_too():
    svg = draw(scene_of(bridge()), "svg")
    lines = ET.fromstring(svg).find(f"{SVG}g[@id='lines']")
    assert len([path for path in lines if path.get("stroke")]) == 15


def test_names_are_never_markup():
    root = ET.fromstring(draw(hostile(), "svg"))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {"svg", "title", "desc", "defs", "style", "rect", "g", "path", "circle", "text"}
    assert not [value for element in root.iter() for name, value in element.attrib.items() if "href" in name or name.startswith("on")]
    said = " ".join(element.text or "" for element in root.iter(f"{SVG}text"))
    assert '<script>alert("x")</script>' in said
    assert "#set page(fill: red)" in said
    assert not re.search(r"[\x00-\x08\u202e]", said)


def test_the_svg_carries_its_font_and_fetches_nothing():
    svg = draw(scene_of(bridge()), "svg").decode()
    assert re.findall(r"url\((?!data:|#)", svg) == []
    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)", svg) == []
    fonts = re.findall(r"base64,([A-Za-z0-9+/=]+)\)", svg)
    assert [base64.b64decode(font)[:4] for font in fonts] == [b"wOF2", b"wOF2"]


def test_browsers_understand_the_list_of_fonts():
    families = ET.fromstring(draw(scene_of(bridge()), "svg")).get("font-family").split(", ")
    assert families[0] == "'Ponte Sans'"
    assert all(re.fullmatch(r"'[^']+'|[a-z-]+", family) for family in families)


@pytest.mark.parametrize(("page", "size"), [("a4", (841.89, 595.28)), ("16:9", (960.0, 540.0))])
def test_the_pdf_is_one_vector_page_with_title_language_and_its_fonts(page, size):
    pdf = draw(scene_of(bridge(), title="Norland & Sudmark", language="it"), "pdf", page)
    content = pdf_content(pdf)
    assert pdf.startswith(b"%PDF-")
    box = [float(number) for number in re.search(rb"/MediaBox ?\[([^\]]+)\]", content)[1].split()]
    assert box[2:] == pytest.approx(size, abs=0.1)
    assert set(re.findall(rb"/FontName ?/[A-Z]+\+([^/\s]+)", content)) == {b"PonteSans-Regular", b"PonteSans-SemiBold"}
    assert content.count(b"/FontFile2") == 2
    assert b"/Subtype/Image" not in content.replace(b" ", b"")
    assert re.search(rb"/Lang ?\(it\)", content)
    assert b"pdfuaid" in content
    assert b"Norland &amp; Sudmark" in content or b"Norland & Sudmark" in content


def test_hostile_names_make_a_pdf_like_any_other():
    assert draw(hostile(), "pdf").startswith(b"%PDF-")


@pytest.mark.parametrize(("page", "pixels"), [("a4", (3508, 2481)), ("16:9", (4000, 2250))])
def test_the_png_has_300_dots_per_inch_and_says_so(page, pixels):
    png = draw(scene_of(bridge()), "png", page)
    with Image.open(io.BytesIO(png)) as image:
        image.verify()
        assert all(abs(one - other) <= 1 for one, other in zip(image.size, pixels, strict=True))
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)


def test_the_same_scene_is_the_same_file():
    scene = scene_of(crowd(40))
    assert draw(scene, "svg") == draw(scene, "svg")
    assert draw(scene, "png") == draw(scene, "png")


def test_in_grey_there_is_no_colour():
    svg = draw(scene_of(bridge(), theme="grey", path=("SIGNED:bo:accord",)), "svg").decode()
    colours = set(re.findall(r"#[0-9A-Fa-f]{6}\b", svg))
    assert colours
    assert all(colour[1:3] == colour[3:5] == colour[5:7] for colour in colours)


def test_a_script_that_no_font_has_is_replaced_by_the_id_and_said(monkeypatch):
    monkeypatch.setattr(graph.render.picture, "unprintable", frozenset)
    svg = draw(scene_of(ordered([Node("beijing", "Region", {"name": "北京"}), Node("oslo", "Region", {"name": "Oslo"})], []), title="北 A"), "svg")
    said = texts(svg)
    assert {"beijing", "Oslo", "? A"} <= set(said)
    assert "1 name is written as its id: no font here has its script." in said


def test_a_script_that_the_machine_has_is_printed(monkeypatch):
    monkeypatch.setattr(graph.render.picture, "unprintable", lambda chars: frozenset())
    assert "北京" in texts(draw(scene_of(ordered([Node("beijing", "Region", {"name": "北京"})], [])), "svg"))


def test_an_empty_scene_is_a_page_with_its_title():
    assert "Nothing yet" in texts(draw(scene_of(ordered([], []), title="Nothing yet"), "svg"))
    assert draw(scene_of(ordered([], []), title=""), "pdf").startswith(b"%PDF-")


def test_a_loop_and_two_nodes_in_one_place_can_be_drawn():
    nodes = [Node("a", "Region", {"name": "A"}), Node("b", "Region", {"name": "B"})]
    edges = [Edge("1", "PART_OF", "a", "a"), Edge("2", "PART_OF", "a", "b")]
    assert draw(scene_of(ordered(nodes, edges), positions={"a": (0.0, 0.0), "b": (0.0, 0.0)}), "pdf").startswith(b"%PDF-")


def test_a_long_title_is_wrapped_and_a_longer_one_marked_as_cut():
    lines = fit_lines("word " * 80, 19, 770, 2, bold=True)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(text_width(line, 19, bold=True) <= 770 for line in lines)
    assert text_width(fit_lines("x" * 900, 19, 770, 2)[0], 19) <= 770


@pytest.mark.parametrize(("format", "page"), [("gif", "a4"), ("pdf", "a3")])
def test_another_format_or_page_is_refused(format, page):
    with pytest.raises(BadValue, match="Use one of"):
        draw(scene_of(bridge()), format, page)


def test_when_typst_fails_there_is_one_sentence(monkeypatch):
    monkeypatch.setattr(graph.render.picture, "TEMPLATE", b"#panic()")
    with pytest.raises(RenderError, match="could not be made"):
        draw(scene_of(bridge()), "pdf")


def test_the_dots_per_inch_are_written_once():
    png = draw(scene_of(bridge()), "png")
    assert png.count(b"pHYs") == 1
    at = png.index(b"pHYs")
    assert struct.unpack(">I", png[at + 13:at + 17])[0] == zlib.crc32(png[at:at + 13])


@pytest.mark.parametrize("page", PAPERS)
def test_what_a_picture_is_about_is_always_named(page):
    centre = Node("centre", "Region", {"name": "Autonomous Province of Bolzano"})
    ring = [Node(f"n{at}", "Network", {"name": f"Network {at}"}) for at in range(10)]
    far = {"n8": (-900.0, -500.0), "n9": (900.0, 500.0)}
    around = {"centre": (0.0, 0.0)} | {f"n{at}": (75 * math.cos(at * math.tau / 8), 75 * math.sin(at * math.tau / 8)) for at in range(8)} | far
    edges = [Edge(f"e{at}", "MEMBER_OF", "centre", node.id) for at, node in enumerate(ring)]
    sheet = compose(scene_of(ordered([centre, *ring], edges), focus=("centre",), positions=around), page)
    assert "centre" in {name.id for name in sheet.names}


def test_names_of_a_column_at_the_side_find_room_there():
    ends = [Node("a", "Region", {"name": "A"}), Node("b", "Region", {"name": "B"})]
    shared = [Node(f"n{at}", "Network", {"name": f"Network {at}"}) for at in range(9)]
    own = [Node(f"g{at}", "Agreement", {"name": f"Agreement on cooperation in the matter of number {at}", "date": "2020-01-02"}) for at in range(14)]
    edges = [Edge(f"{end.id}{node.id}", "MEMBER_OF", end.id, node.id) for end in ends for node in shared]
    edges += [Edge(f"e{node.id}", "PARTY_TO", "b", node.id) for node in own]
    sheet = compose(scene_of(ordered([*ends, *shared, *own], edges), focus=("a", "b")), "a4")
    assert {node.id for node in own} <= {name.id for name in sheet.names}


@pytest.mark.parametrize("theme", ["print", "grey"])
def test_a_file_names_the_layers_that_are_on_and_marks_what_comes_from_them_by_shape(theme):
    scene = scene_of(twinned(), theme=theme, layers=("lobbying", "twinning"))
    root = ET.fromstring(draw(scene, "svg"))
    drawn = {group.get("id"): list(group) for group in root.iter(f"{SVG}g") if group.get("id")}
    labels = [label for label in texts(draw(scene, "svg")) if label.startswith("layer: ")]
    assert labels == ["layer: lobbying (nothing of it here)", "layer: twinned towns of Wikidata"]
    assert len(drawn["layers"]) == 3
    assert {part.get("fill") for part in drawn["layers"]} == {THEMES[theme].ink}
    marked = [group for group in drawn["marks"] if len(group) == 3]
    assert sorted(group[0].text.split("\n")[0] for group in marked) == ["Brotherstead", "Twinton"]


def test_a_layer_called_in_a_script_that_no_font_has_is_still_listed():
    scene = scene_of(twinned(), layers=("\U00012000",))
    assert "layer: ? (nothing of it here)" in texts(draw(scene, "svg")) or "layer: \U00012000 (nothing of it here)" in texts(draw(scene, "svg"))
    assert draw(scene, "pdf").startswith(b"%PDF")
