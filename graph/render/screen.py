"""Turn a Scene into what vis-network in the browser draws, through pyvis; the page around it is the app's own.

Of pyvis only the data are used: `Network(directed=True)` keeps parallel edges, adding is not quadratic, and its HTML
template, which fetches from the network, is never published. Tooltips are plain text; the canvas draws the names.
"""

from typing import Any

from pyvis.network import Network

from graph.view import LegendEntry, Scene, SceneEdge, SceneNode
from graph.view.theme import theme_of


def canvas_data(scene: Scene) -> dict[str, Any]:
    """Nodes, edges and options for the canvas, of plain JSON types only; positions are fixed, physics off."""
    network = Network(directed=True)
    for node in scene.nodes:
        network.add_node(node.id, shape=node.shape, title=node.title, x=float(node.x), y=float(node.y), size=float(node.size),
                         **_node_extras(node))
    for edge in scene.edges:
        network.add_edge(edge.source, edge.target, id=edge.id, title=edge.title, width=float(edge.width), color=edge.colour,
                         **_edge_extras(edge))
    nodes, edges, *_ = network.get_network_data()
    for drawn in nodes:
        del drawn["label"]  # pyvis puts the id there
    for line, edge in zip(edges, scene.edges, strict=True):
        line["arrows"] = {"to": {"enabled": edge.directed, "scaleFactor": 0.45}, **_in_the_middle(edge)}
    return {"nodes": nodes, "edges": edges, "options": _options(scene), "legend": [_legend(entry) for entry in scene.legend],
            "notes": list(scene.notes), "aria": scene.alt, "maxLabels": scene.max_labels, "theme": _theme(scene)}


def _node_extras(node: SceneNode) -> dict[str, Any]:
    return {"color": {"background": node.fill, "border": node.border, "highlight": {"background": node.fill, "border": node.border}},
            "borderWidth": 3.0 if node.stress else 2.0 if node.focus else 1.2, "name": node.label, "lines": list(node.lines),
            "detail": node.detail, "rank": float(node.rank), "kind": node.kind, "focus": node.focus, "layerMark": node.layer_mark}


def _edge_extras(edge: SceneEdge) -> dict[str, Any]:
    bow = {"enabled": True, "type": "curvedCW" if edge.curve < 0 else "curvedCCW", "roundness": abs(float(edge.curve))}
    return {"dashes": list(edge.dash) or False, "smooth": bow if edge.curve else False, "name": edge.label, "kind": edge.kind,
            "style": edge.style, "stress": edge.stress}


MIDDLES = {"dot": "circle", "square": "box", "diamond": "diamond", "triangle": "triangle", "triangleDown": "inv_triangle"}
"""What vis-network calls the marks of layers where they stand on a line."""


def _in_the_middle(edge: SceneEdge) -> dict[str, Any]:
    """The mark of the layer that a line comes from."""
    return {"middle": {"enabled": True, "type": MIDDLES[edge.layer_mark], "scaleFactor": 0.45}} if edge.layer_mark else {}


def _options(scene: Scene) -> dict[str, Any]:
    return {"physics": {"enabled": False}, "layout": {"improvedLayout": False, "randomSeed": 1},
            "nodes": {"borderWidthSelected": 4, "shapeProperties": {"interpolation": False}},
            "edges": {"selectionWidth": 1.5, "hoverWidth": 0.5, "smooth": False},
            "interaction": {"hover": True, "multiselect": True, "tooltipDelay": 250, "hideEdgesOnDrag": len(scene.edges) > 600}}


def _legend(entry: LegendEntry) -> dict[str, Any]:
    return {"key": entry.key, "label": entry.label, "count": entry.count, "shape": entry.shape, "fill": entry.fill,
            "border": entry.border, "colour": entry.colour, "dash": list(entry.dash), "width": float(entry.width), "layerMark": entry.layer_mark}


def _theme(scene: Scene) -> dict[str, str]:
    theme = theme_of(scene.theme)
    return {"ground": theme.ground, "ink": theme.ink, "muted": theme.muted, "stress": theme.stress}
