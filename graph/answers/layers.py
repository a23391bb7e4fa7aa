"""Switch layers on: from what a person calls them to a store that sees them."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from graph.errors import UnknownLayer
from graph.model import DIPLOMACY
from graph.schema import Schema
from graph.search import fold
from graph.store import Store

CLOSE_ENOUGH = 60.0
"""Similarity (0 to 100) from which a name is a guess at another."""


def switch_on(store: Store, schema: Schema, wanted: Iterable[str]) -> Store:
    """The store that sees these layers too, each by its name in the sources or in any language of the schema.

    Raises UnknownLayer for one of which nothing is loaded.
    """
    names = list(wanted)
    return store.seeing([_resolved(name, store, schema) for name in names]) if names else store


def _resolved(wanted: str, store: Store, schema: Schema) -> str:
    loaded = (DIPLOMACY, *store.layers())
    called = {fold(name): layer for layer in loaded for name in (*schema.layers.get(layer, {}).values(), layer)}
    if found := called.get(fold(wanted)):
        return found
    alike = process.extract(fold(wanted), list(called), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH, limit=3)
    near = dict.fromkeys(called[name] for name, _, _ in alike)
    raise UnknownLayer(name=wanted, layers=tuple(near) or loaded, guessed=bool(near))
