"""Give each layer that is switched on a small mark, so that what comes from it is told apart by shape and in words, not by colour."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.model import Edge, Node, Subgraph, other_layers
from graph.schema import Schema
from graph.view.label import clean
from graph.view.scene import LegendEntry, ViewSpec
from graph.view.theme import LAYER_MARKS, theme_of
from graph.words import layer_names, translate


@dataclass(frozen=True, slots=True)
class Layers:
    """The layers of one picture: a mark for each, and how many names and ties come from it."""

    marks: Mapping[str, str]
    counts: Mapping[str, int]
    spec: ViewSpec
    schema: Schema

    @classmethod
    def of(cls, shown: Subgraph, spec: ViewSpec, schema: Schema) -> "Layers":
        """Those that are switched on, and any other that something here comes from."""
        things: tuple[Node | Edge, ...] = (*shown.nodes, *shown.edges)
        counts = Counter(layer for thing in things for layer in other_layers(thing))
        names = sorted({*spec.layers, *counts})
        return cls({layer: LAYER_MARKS[number % len(LAYER_MARKS)] for number, layer in enumerate(names)}, counts, spec, schema)

    def mark(self, thing: Node | Edge) -> str:
        """The mark that something bears, "" where every view shows it."""
        return next((self.marks[layer] for layer in other_layers(thing)), "")

    def text(self, thing: Node | Edge) -> str:
        """The same in words: "layer: twinned towns of Wikidata"."""
        names = clean(layer_names(self.schema, other_layers(thing), self.spec.language))
        return translate("layer: {name}", self.spec.language, name=names) if names else ""

    def legend(self) -> Iterator[LegendEntry]:
        """An entry for each, also where nothing in the picture comes from it."""
        language, ink = self.spec.language, theme_of(self.spec.theme).ink
        for layer, mark in self.marks.items():
            label = translate("layer: {name}", language, name=clean(self.schema.layer_name(layer, language)))
            label += "" if self.counts.get(layer) else " " + translate("(nothing of it here)", language)
            yield LegendEntry(f"layer {layer}", label, self.counts.get(layer, 0), fill=ink, border=ink, layer_mark=mark)
