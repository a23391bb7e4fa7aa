"""Turn a subgraph and a view into a Scene, purely: the same input is the same picture in every process."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from graph.layout import Point, place, place_new
from graph.model import Cut, Edge, Node, Source, Subgraph
from graph.schema import Schema
from graph.view.curve import bowed, parallel_curves
from graph.view.label import clean, shorten, wrap
from graph.view.layers import Layers
from graph.view.scene import LegendEntry, Scene, SceneEdge, SceneNode, ViewSpec
from graph.view.style import line_style
from graph.view.theme import STYLE_NAMES, STYLES, Theme, theme_of
from graph.words import date, edge_name, edge_sentence, elided, kind_name, listing, mark, number, translate, translate_count

__all__ = ["LegendEntry", "Scene", "SceneEdge", "SceneNode", "ViewSpec", "make_scene", "source_line"]

LABEL = 48
DENSE = 260
"""Lines from which all are drawn thin and pale, so that the marks stay readable."""
CUTS = {
    "nodes": (mark("{count} more is left out"), mark("{count} more are left out")),
    "paths": (mark("{count} more path is left out"), mark("{count} more paths are left out")),
    "rows": (mark("{count} more row is left out"), mark("{count} more rows are left out")),
}


def make_scene(subgraph: Subgraph, spec: ViewSpec, schema: Schema) -> Scene:
    """The picture of a subgraph as `spec` wants to see it.

    Nodes without a position are placed: beside their neighbours if others have one, else all together.
    Raises BadValue for an unknown theme.
    """
    theme = theme_of(spec.theme)
    shown, hidden = _shown(subgraph, spec, schema)
    positions = _positions(shown, spec)
    layers = Layers.of(shown, spec, schema)
    nodes = _nodes(shown, spec, schema, theme, positions, layers)
    edges = bowed(_edges(shown, spec, schema, theme, layers), nodes)
    legend = (*_kinds(nodes, spec, schema), *_lines(edges, spec, theme), *layers.legend())
    return Scene(nodes, edges, legend, clean(spec.title), clean(spec.subtitle), clean(spec.source_line), _date_line(spec),
                 _notes(subgraph.cut, hidden, spec, schema), _alt(nodes, edges, legend, spec), spec.language, spec.theme, spec.max_labels)


def source_line(sources: Iterable[Source], language: str, *, named: int = 3) -> str:
    """The sources of a picture in one line: the publishers that gave most, and how many others."""
    publishers = Counter(clean(source.publisher or source.title) for source in sources if source.publisher or source.title)
    if not publishers:
        return ""
    ranked = sorted(publishers, key=lambda name: (-publishers[name], name))
    rest = len(ranked) - named
    names = ranked if rest < 2 else [*ranked[:named], translate_count("{count} other", "{count} others", rest, language)]
    said = listing(names, language)
    return translate_count("{count} source: {names}", "{count} sources: {names}", publishers.total(), language, names=said)


def _shown(subgraph: Subgraph, spec: ViewSpec, schema: Schema) -> tuple[Subgraph, list[Node]]:
    visible = [node for node in subgraph.nodes if node.kind in schema.nodes and not schema.nodes[node.kind].hidden]
    hidden = [node for node in visible if node.id in spec.hidden or node.kind in spec.hidden_kinds]
    gone = {node.id for node in hidden}
    kept = {node.id: node for node in visible if node.id not in gone}
    edges = {edge.id: edge for edge in subgraph.edges if edge.kind in schema.edges and edge.source in kept and edge.target in kept}
    return Subgraph(tuple(kept[id] for id in sorted(kept)), tuple(edges[id] for id in sorted(edges))), hidden


def _positions(shown: Subgraph, spec: ViewSpec) -> Mapping[str, Point]:
    known = {node.id: (float(point[0]), float(point[1])) for node in shown.nodes if (point := spec.positions.get(node.id))}
    missing = [node.id for node in shown.nodes if node.id not in known]
    if not known:
        return place(shown, focus=spec.focus)
    if not missing:
        return known
    ties = Counter(end for edge in shown.edges for end in (edge.source, edge.target) if end in known and edge.other(end) in missing)
    anchor = min(known, key=lambda known_id: (-ties[known_id], known_id))
    return place_new(known, shown, missing, anchor)


def _nodes(shown: Subgraph, spec: ViewSpec, schema: Schema, theme: Theme, positions: Mapping[str, Point],
           layers: Layers) -> tuple[SceneNode, ...]:
    degree = Counter(end for edge in shown.edges for end in {edge.source, edge.target})
    most = max(degree.values(), default=1)
    stressed = {end for edge in shown.edges if edge.id in spec.path for end in (edge.source, edge.target)}
    offices = _offices(shown)
    return tuple(_node(node, spec, schema, theme, positions[node.id], degree[node.id] / most, node.id in stressed, offices, layers)
                 for node in shown.nodes)


def _node(node: Node, spec: ViewSpec, schema: Schema, theme: Theme, point: Point, share: float,
          stress: bool, offices: Mapping[str, str], layers: Layers) -> SceneNode:
    kind = schema.nodes[node.kind]
    focus = node.id in spec.focus
    fill, pattern = theme.greys.get(node.kind, (kind.colour, ""))
    label = _caption(node, kind.caption, spec.language)
    size = kind.size * (0.85 + 0.35 * share) * (1.55 if focus else 1.0)
    detail = _detail(node, schema, spec.language, offices)
    title = "\n".join(part for part in (label, kind_name(schema, node.kind, spec.language), detail, layers.text(node)) if part)
    rank = 1000.0 * focus + 500.0 * stress + 60.0 * math.sqrt(share) + 3.0 * kind.size
    return SceneNode(node.id, round(point[0], 2), round(point[1], 2), round(size, 2), kind.shape, fill,
                     theme.stress if stress else theme.border, shorten(label, LABEL), _wrapped(node, label), detail,
                     clean(node.text("acronym")), node.kind, round(rank, 3), stress, focus, pattern, title, layers.mark(node))


def _caption(node: Node, caption: Sequence[str], language: str) -> str:
    for property in caption:
        text = clean(node.name_in(language) if property == "name" else node.text(property))
        if text:
            return text
    return clean(node.id)


def _wrapped(node: Node, label: str) -> tuple[str, ...]:
    """The label on two lines; where it would be cut and there is an acronym, that."""
    lines = wrap(label)
    acronym = clean(node.text("acronym"))
    return (acronym,) if acronym and lines and lines[-1].endswith("…") else lines


def _offices(shown: Subgraph) -> dict[str, str]:
    """The office of each leader, from the strongest tie that states one."""
    order = {"LEADS": 0, "SERVES_IN": 1, "CHAIRS": 2}
    ties = sorted((edge for edge in shown.edges if edge.kind in order and edge.text("office")),
                  key=lambda edge: (-order[edge.kind], edge.text("since"), edge.id))
    return {edge.source: clean(edge.text("office")) for edge in ties}


def _detail(node: Node, schema: Schema, language: str, offices: Mapping[str, str]) -> str:
    start = schema.nodes[node.kind].start
    if start and node.kind != "Network":
        return clean(date(node.text(start), language))
    return shorten(offices.get(node.id, ""), 34)


def _edges(shown: Subgraph, spec: ViewSpec, schema: Schema, theme: Theme, layers: Layers) -> tuple[SceneEdge, ...]:
    nodes, curves = shown.by_id(), parallel_curves(shown.edges)
    dense = len(shown.edges) > DENSE
    return tuple(_edge(edge, nodes, spec, schema, theme, curves[edge.id], dense, layers) for edge in shown.edges)


def _edge(edge: Edge, nodes: Mapping[str, Node], spec: ViewSpec, schema: Schema, theme: Theme, curve: float, dense: bool,
          layers: Layers) -> SceneEdge:
    kind, stress = schema.edges[edge.kind], edge.id in spec.path
    style = line_style(edge, kind, spec.on)
    mark_of_layer = layers.mark(edge)
    colour = theme.stress if stress else theme.line if mark_of_layer or (kind.strength >= 0.5 and not dense) else theme.faint
    width = 2.8 if stress else (0.7 + 1.1 * kind.strength) * (0.7 if dense else 1.0)
    title = clean(edge_sentence(schema, edge, nodes[edge.source], nodes[edge.target], spec.language, past=style == "ended"))
    if style != "holds":
        title += f" ({translate(STYLE_NAMES[style], spec.language)})"
    if mark_of_layer:
        title += f" ({layers.text(edge)})"
    label = clean(edge_name(schema, edge.kind, spec.language))
    return SceneEdge(edge.id, edge.source, edge.target, edge.kind, label, round(width, 2), style, STYLES[style], colour,
                     kind.directed, stress, curve, title, mark_of_layer)


def _kinds(nodes: Sequence[SceneNode], spec: ViewSpec, schema: Schema) -> list[LegendEntry]:
    counts = Counter(node.kind for node in nodes)
    looks = {node.kind: node for node in nodes}
    border = theme_of(spec.theme).border
    return [LegendEntry(kind, kind_name(schema, kind, spec.language, counts[kind]), counts[kind], looks[kind].shape,
                        looks[kind].fill, border, looks[kind].pattern) for kind in schema.nodes if kind in counts]


def _lines(edges: Sequence[SceneEdge], spec: ViewSpec, theme: Theme) -> list[LegendEntry]:
    counts = Counter(edge.style for edge in edges)
    stressed = {edge.label for edge in edges if edge.stress}
    styles = [style for style in STYLES if style in counts] if set(counts) - {"holds"} else []
    entries = [LegendEntry(style, translate(STYLE_NAMES[style], spec.language), counts[style], colour=theme.line,
                           dash=STYLES[style], width=1.4) for style in styles]
    name = stressed.pop() if len(stressed) == 1 else translate(STYLE_NAMES["path"], spec.language)
    path = LegendEntry("path", name, sum(edge.stress for edge in edges), colour=theme.stress, width=2.6)
    return [*entries, path] if path.count else entries


def _date_line(spec: ViewSpec) -> str:
    parts = [translate("as of {date}", spec.language, date=date(spec.on, spec.language)) if spec.on else "",
             translate("data version {version}", spec.language, version=spec.version) if spec.version else ""]
    return clean(elided(" · ".join(part for part in parts if part), spec.language))


def _notes(cut: Cut | None, hidden: Sequence[Node], spec: ViewSpec, schema: Schema) -> tuple[str, ...]:
    notes = []
    if cut:
        one, many = CUTS.get(cut.reason, CUTS["nodes"])
        unsaid = translate("not everything is shown", spec.language)
        said = translate_count(one, many, cut.left_out, spec.language) if cut.left_out else unsaid
        notes.append(translate("at least {text}", spec.language, text=said) if cut.at_least and cut.left_out else said)
    kinds = Counter(node.kind for node in hidden if node.kind in spec.hidden_kinds)
    if kinds:
        names = [f"{number(kinds[kind], spec.language)} {kind_name(schema, kind, spec.language, kinds[kind])}"
                 for kind in schema.nodes if kind in kinds]
        notes.append(translate("filtered out: {names}", spec.language, names=listing(names, spec.language)))
    singly = len(hidden) - kinds.total()
    if singly:
        notes.append(translate_count("{count} is hidden", "{count} are hidden", singly, spec.language))
    return (*notes, *map(clean, spec.remarks))


def _alt(nodes: Sequence[SceneNode], edges: Sequence[SceneEdge], legend: Sequence[LegendEntry], spec: ViewSpec) -> str:
    kinds = listing([f"{number(entry.count, spec.language)} {entry.label}" for entry in legend if entry.shape], spec.language)
    first = [node.label for node in sorted(nodes, key=lambda node: (-node.rank, node.id))[:12]]
    parts = [clean(spec.title), clean(spec.subtitle)]
    if nodes:
        parts += [translate("The picture shows {kinds}", spec.language, kinds=kinds),
                  translate_count("{count} line joins them", "{count} lines join them", len(edges), spec.language),
                  translate("Most connected: {names}", spec.language, names=listing(first, spec.language))]
    else:
        parts.append(translate("The picture is empty", spec.language))
    parts += [entry.label[:1].upper() + entry.label[1:] for entry in legend if entry.layer_mark]
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)

