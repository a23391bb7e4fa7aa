"""Say how a tie is drawn, from what the record knows of it on a date."""

from graph.model import Edge
from graph.record import State, says_is, standing
from graph.schema import EdgeKind


def line_style(edge: Edge, kind: EdgeKind, on: str) -> str:
    """A key of theme.STYLES.

    Only ties that last (they may carry `since`) can end or lack a late confirmation: who once signed has signed.
    """
    found = standing(edge, on) if on and "since" in kind.qualifiers else None
    if found and found.state is State.ENDED:
        return "ended"
    if found and found.state is State.NOT_BEGUN:
        return "ahead"
    if edge.properties.get("inferred"):
        return "inferred"
    return "holds" if not found or found.state is State.UNKNOWN or says_is(found, on) else "confirmed"
