"""Switch layers on: from what a person calls them to a store that sees them."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from graph.errors import NameInLayer, UnknownLayer, UnknownName
from graph.model import DIPLOMACY, other_layers
from graph.schema import Schema
from graph.search import NameIndex, fold
from graph.store import Store
from graph.words import layer_names, translate

CLOSE_ENOUGH = 60.0
"""Similarity (0 to 100) from which a name is a guess at another."""


def switch_on(store: Store, schema: Schema, wanted: Iterable[str]) -> Store:
    """The store that sees these layers too, each by its name in the sources or in any language of the schema.

    Raises UnknownLayer for one of which nothing is loaded.
    """
    names = list(wanted)
    return store.seeing([_resolved(name, store, schema) for name in names]) if names else store


def resolve(index: NameIndex, text: str, store: Store, schema: Schema, language: str) -> str:
    """The one id that a name means in the index of what a store sees.

    Raises UnknownName, AmbiguousName, NameInLayer where only a layer knows the name that the store does not see.
    """
    try:
        return index.resolve(text)
    except UnknownName:
        wanted = fold(text)
        there = [name.id for name in store.seeing(None).names() if wanted in (fold(known) for _, known in name.names)] if store.layers() else []
        off = sorted({layer for node in store.get(there) if not store.sees(node) for layer in other_layers(node)})
        if not off:
            raise
        raise NameInLayer(name=text, layer=layer_names(schema, off, language)) from None


def named_like_nothing(text: str, store: Store, schema: Schema, language: str) -> str:
    """A sentence for a search that found nothing in what a store sees; the layers that it did not go through are named."""
    said = [translate("Nothing is named like “{text}”.", language, text=text)]
    if off := store.layers_off():
        said.append(translate("Not searched, because switched off: {layers}.", language, layers=layer_names(schema, off, language)))
    return " ".join(said)


def _resolved(wanted: str, store: Store, schema: Schema) -> str:
    loaded = (DIPLOMACY, *store.layers())
    called = {fold(name): layer for layer in loaded for name in (*schema.layers.get(layer, {}).values(), layer)}
    if found := called.get(fold(wanted)):
        return found
    alike = process.extract(fold(wanted), list(called), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH, limit=3)
    near = dict.fromkeys(called[name] for name, _, _ in alike)
    raise UnknownLayer(name=wanted, layers=tuple(near) or loaded, guessed=bool(near))
