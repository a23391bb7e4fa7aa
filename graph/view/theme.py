"""Define the colours and line styles of each theme, so that no renderer chooses its own.

Shape carries the kind first; of the fills, orange, sky and yellow miss 3:1 on white, so every mark has an outline
that does not. `grey` tells kinds apart without any colour: by shape, grey and pattern.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.errors import BadValue
from graph.words import mark


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of one theme; `greys` holds (fill, pattern) by kind where the schema's colours are not wanted."""

    ground: str
    ink: str
    muted: str
    rule: str
    border: str
    line: str
    faint: str
    stress: str
    greys: Mapping[str, tuple[str, str]] = field(default_factory=dict)


GREYS = {
    "Region": ("#3C3C3C", ""), "Country": ("#8A8A8A", ""), "Organisation": ("#D9D9D9", "hatch"), "Place": ("#FFFFFF", ""),
    "Leader": ("#FFFFFF", ""), "Network": ("#B5B5B5", ""), "Sector": ("#FFFFFF", "dots"), "Agreement": ("#6A6A6A", ""),
    "Event": ("#E6E6E6", ""),
}
THEMES = {
    "light": Theme("#FFFFFF", "#1F2328", "#59636E", "#D1D9E0", "#2B2F36", "#8C959F", "#B9C1C9", "#C2410C"),
    "dark": Theme("#0E1117", "#F0F3F6", "#A9B4C0", "#3D444D", "#E6EAEF", "#7D8894", "#525C67", "#FF8A3D"),
    "print": Theme("#FFFFFF", "#16191D", "#4A525B", "#C4CBD2", "#22262B", "#818B96", "#AEB7C0", "#C2410C"),
    "grey": Theme("#FFFFFF", "#000000", "#404040", "#BFBFBF", "#000000", "#808080", "#A6A6A6", "#000000", GREYS),
}

LAYER_MARKS = ("diamond", "square", "dot", "triangle", "triangleDown")
"""The small marks of layers that are switched on, in their order; they are drawn in ink, so that no colour is needed."""

STYLES: Mapping[str, tuple[float, ...]] = {
    "holds": (), "confirmed": (7, 4), "ended": (1.5, 3.5), "ahead": (3, 3), "inferred": (8, 3, 1.5, 3),
}
STYLE_NAMES = {
    "holds": mark("in force or lately confirmed"),
    "confirmed": mark("last confirmed over a year before"),
    "ended": mark("ended"),
    "ahead": mark("not yet begun"),
    "inferred": mark("inferred, not stated"),
    "path": mark("the path"),
}


def theme_of(name: str) -> Theme:
    """The theme with this name; raises BadValue if there is none."""
    if name not in THEMES:
        raise BadValue(name="theme", value=name, remedy=f"Use one of {', '.join(THEMES)}.")
    return THEMES[name]
