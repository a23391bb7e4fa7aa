"""Keep layers apart: where diplomacy speaks of a fact, it is told from diplomacy alone, and what other layers say stands beside it.

So no value, date, count or end of what every view shows changes with what is loaded into another layer. Further names alone are heard
from everywhere: by them what every view shows is found in more languages.
"""

from collections.abc import Iterable, Mapping, Sequence

from graph.model import DIPLOMACY, Source, Statement, Value
from graph.record.deciding import is_word


def layer_of(source: Source | None) -> str:
    """The layer of a source."""
    return (source.layer if source else "") or DIPLOMACY


def layers_of(group: Iterable[Statement], sources: Mapping[str, Source]) -> dict[str, Value]:
    """The layers of the sources that state something; nothing where all are of the layer that every view shows."""
    found = sorted({layer_of(sources[statement.source]) for statement in group if statement.source in sources})
    return {} if found in ([], [DIPLOMACY]) else {"layers": tuple(found)}


def apart(group: Sequence[Statement], sources: Mapping[str, Source]) -> tuple[Sequence[Statement], Sequence[Statement]]:
    """What diplomacy says of a fact, and what the other layers say of it; a person's word bears on both."""
    others = [statement for statement in group if layer_of(sources.get(statement.source)) != DIPLOMACY]
    if not others:
        return group, ()
    words = [statement for statement in group if is_word(statement)]
    theirs = {statement.id for statement in (*others, *words)}
    own = [statement for statement in group if statement.id not in theirs]
    return ([*own, *words], [*others, *(word for word in words if word not in others)]) if own else ((), group)
