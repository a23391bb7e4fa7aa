"""Measure the picture: layout and canvas data of 200 nodes against pyvis's own page settling, and the PDF."""

import json
import random
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright
from pyvis.network import Network

from graph.layout import place
from graph.model import Edge, Node, Subgraph, ordered
from graph.render.picture import draw
from graph.render.screen import canvas_data
from graph.schema import load_schema
from graph.view import ViewSpec, make_scene
from tests.bench.measure import Row, once
from tests.browser.driver import FLAGS, find_chromium


def subgraph_of(count: int, seed: int = 5) -> Subgraph:
    """A graph of `count` regions and networks with twice as many ties, clustered as memberships are."""
    dice = random.Random(seed)
    nodes = [Node(f"n{i:03}", "Network" if i % 8 == 0 else "Region", {"name": f"Name of region {i}"}) for i in range(count)]
    networks = [node.id for node in nodes if node.kind == "Network"]
    edges = [Edge(f"e{i}-{j}", "MEMBER_OF", node.id, dice.choice(networks), {}) for i, node in enumerate(nodes)
             if node.kind == "Region" for j in range(2)]
    return ordered(nodes, edges)


def ponte_seconds(subgraph: Subgraph) -> float:
    """Seconds to lay out, make the scene and write the data for the canvas."""
    schema = load_schema()

    def work() -> None:
        scene = make_scene(subgraph, ViewSpec(title="Bench", positions=place(subgraph)), schema)
        json.dumps(canvas_data(scene))

    work()
    return min(once(work) for _ in range(5))


def pyvis_seconds(subgraph: Subgraph, limit: float = 120.0) -> float:
    """Seconds until pyvis's own page, with its default physics, says that it has stabilised."""
    page_network = Network(directed=True, cdn_resources="in_line")
    for node in subgraph.nodes:
        page_network.add_node(node.id, label=node.name)
    for edge in subgraph.edges:
        page_network.add_edge(edge.source, edge.target)
    html = page_network.generate_html(notebook=False)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "pyvis.html"
        file.write_text(html, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        page = browser.new_page()
        page.route("http*://**", lambda route: route.abort())
        start = time.perf_counter()
        page.goto(file.as_uri(), wait_until="commit")
        page.wait_for_function("() => typeof network !== 'undefined' && network")
        page.evaluate("() => { window.settled = false; network.on('stabilized', () => { window.settled = true; }); }")
        page.wait_for_function("() => window.settled", timeout=limit * 1000)
        seconds = time.perf_counter() - start
        browser.close()
    return seconds


def pdf_seconds(subgraph: Subgraph) -> float:
    """Seconds for the PDF of a laid-out graph."""
    scene = make_scene(subgraph, ViewSpec(title="Bench", positions=place(subgraph)), load_schema())
    draw(scene, "pdf", "a4")
    return min(once(lambda: draw(scene, "pdf", "a4")) for _ in range(3))


def rows() -> list[Row]:
    """The picture's part of the table."""
    subgraph = subgraph_of(200)
    ours, theirs, pdf = ponte_seconds(subgraph), pyvis_seconds(subgraph), pdf_seconds(subgraph)
    return [Row("200 nodes ready, pyvis's page over Ponte", f"{theirs / ours:.0f} ({theirs:.1f} / {ours:.3f} s)", ">= 20", theirs / ours >= 20),
            Row("PDF of 200 nodes", f"{pdf:.2f} s", "< 1 s", pdf < 1)]
