"""Hold a picture as values: what every renderer draws alike, on screen and on paper."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ViewSpec:
    """How a subgraph is to be seen.

    `positions` in canvas units, of any of the nodes; the others are given a place. `hidden` are ids of nodes, `path`
    ids of edges to stress, `focus` the nodes that the picture is about, `on` the date (ISO) whose state is shown,
    `layers` those that are switched on besides diplomacy.
    `source_line` and `version` stand at the foot, as they are, `remarks` with what is left out. `theme` is light, dark, print or grey.
    """

    title: str = ""
    subtitle: str = ""
    language: str = "en"
    positions: Mapping[str, Point] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    hidden_kinds: frozenset[str] = frozenset()
    focus: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    on: str = ""
    max_labels: int = 70
    theme: str = "light"
    version: str = ""
    source_line: str = ""
    layers: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SceneNode:
    """A mark at (x, y), `size` its radius. `lines` is the label wrapped to two lines at most, `detail` a small line
    under it (a date, an office), `short` an acronym or nothing, `title` what a tooltip says, plain text. The higher
    `rank`, the sooner it is labelled. `layer_mark` is the small shape at its corner that says from which layer it comes."""

    id: str
    x: float
    y: float
    size: float
    shape: str
    fill: str
    border: str
    label: str
    lines: tuple[str, ...]
    detail: str
    short: str
    kind: str
    rank: float
    stress: bool
    focus: bool
    pattern: str
    title: str
    layer_mark: str = ""


@dataclass(frozen=True, slots=True)
class SceneEdge:
    """A line from `source` to `target`. `style` is a key of theme.STYLES, `dash` its pattern (empty: solid); `curve` the
    bow to the right of its way, in parts of its length, so that parallel edges lie apart; `layer_mark` the small shape in
    its middle that says from which layer it comes."""

    id: str
    source: str
    target: str
    kind: str
    label: str
    width: float
    style: str
    dash: tuple[float, ...]
    colour: str
    directed: bool
    stress: bool
    curve: float
    title: str
    layer_mark: str = ""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of the legend: a kind of node (`shape` set), a layer (`layer_mark` set) or a style of line, and how many are shown."""

    key: str
    label: str
    count: int
    shape: str = ""
    fill: str = ""
    border: str = ""
    pattern: str = ""
    colour: str = ""
    dash: tuple[float, ...] = ()
    width: float = 1.0
    layer_mark: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole picture. `notes` say what it does not show; `alt` says it in words, for who cannot see it."""

    nodes: tuple[SceneNode, ...]
    edges: tuple[SceneEdge, ...]
    legend: tuple[LegendEntry, ...]
    title: str
    subtitle: str
    source_line: str
    date_line: str
    notes: tuple[str, ...]
    alt: str
    language: str
    theme: str
    max_labels: int
