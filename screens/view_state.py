"""Keep what a reader made of a picture: a frozen state in the session and in the address, with undo."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, unquote

import streamlit as st

from graph.model import DIPLOMACY, is_date
from graph.schema import load_schema

KEY = "explore_states"
LINKED = "explore_linked"
DONE, UNDONE = "explore_done", "explore_undone"
FOLDED = "-"
"""As `selected`: the panel is folded away."""
MOST_UNDO = 50
MOVED = re.compile(r"^([^~\n]+)~(-?[0-9]{1,6}(?:\.[0-9]{1,6})?)~(-?[0-9]{1,6}(?:\.[0-9]{1,6})?)$", re.M)
LAID = re.compile(r"[0-9]{1,3}")
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ViewState:
    """A picture on Explore: what it is around (nothing: the first view), what was expanded, hidden, filtered and moved.

    `expanded` holds, in order, (node, kind of its ties to show; "" for all; "+id" for one other end). `laid` is how many of these
    were there when the picture was last arranged anew. `moved` holds (node, x, y) of what was pinned; `on` a date; `sector` an id;
    `layers` what is switched on besides diplomacy, loaded here or not.
    """

    around: tuple[str, ...] = ()
    expanded: tuple[tuple[str, str], ...] = ()
    hidden: tuple[str, ...] = ()
    kinds_off: tuple[str, ...] = ()
    sector: str = ""
    on: str = ""
    moved: tuple[tuple[str, float, float], ...] = ()
    selected: str = ""
    laid: int = 0
    layers: tuple[str, ...] = ()

    @property
    def positions(self) -> dict[str, Point]:
        """The places that the reader chose."""
        return {id: (x, y) for id, x, y in self.moved}

    def only(self, **changes: Any) -> "ViewState":
        """The same state but for some values."""
        return replace(self, **changes)

    def with_moved(self, moved: Mapping[str, Point]) -> "ViewState":
        """The same view with some nodes elsewhere."""
        places = {**self.positions, **{id: (float(x), float(y)) for id, (x, y) in moved.items()}}
        return replace(self, moved=tuple((id, x, y) for id, (x, y) in sorted(places.items())))

    def without_moved(self, node: str) -> "ViewState":
        """The same view with a node let go."""
        return replace(self, moved=tuple(place for place in self.moved if place[0] != node))

    def with_expanded(self, node: str, what: str) -> "ViewState":
        """The same view with more of a node's ties."""
        return replace(self, expanded=tuple(dict.fromkeys((*self.expanded, (node, what)))))


def listed(items: Iterable[str]) -> str:
    """A list as one parameter of an address."""
    return ",".join(quote(item, safe=":-_|~+") for item in items)


def parts(text: str) -> list[str]:
    """The list that such a parameter holds."""
    return [unquote(part) for part in text.split(",") if part]


def to_link(state: ViewState) -> dict[str, str]:
    """The state as parameters of an address; what is as usual is left out."""
    return {"around": listed(state.around), "open": listed(tuple(f"{node}~{kind}" for node, kind in state.expanded)),
            "hide": listed(state.hidden), "off": listed(state.kinds_off), "sector": state.sector, "on": state.on,
            "at": listed(tuple(f"{id}~{x:g}~{y:g}" for id, x, y in state.moved)), "sel": state.selected, "laid": str(state.laid or ""),
            "layers": listed(state.layers)}


def from_link(link: Mapping[str, str]) -> ViewState:
    """The state that an address holds; what cannot be read, because someone mangled it, is left out."""
    def named(name: str) -> list[str]:
        return parts(link.get(name, ""))

    kinds = {"", *load_schema().edges}
    opened = [(a, b) for a, mark, b in (part.partition("~") for part in named("open")) if mark and (b in kinds or b.startswith("+"))]
    moved = [(id, float(x), float(y)) for id, x, y in MOVED.findall("\n".join(named("at")))]
    on, laid = link.get("on", ""), link.get("laid", "")
    return ViewState(tuple(named("around")), tuple(opened), tuple(named("hide")), tuple(named("off")), link.get("sector", ""),
                     on if is_date(on) else "", tuple(sorted(moved)), link.get("sel", ""), int(laid) if LAID.fullmatch(laid) else 0,
                     tuple(sorted({*named("layers")} - {DIPLOMACY})))


def current() -> ViewState:
    """The state of this session; at its beginning the one of the address."""
    if KEY not in st.session_state:
        st.session_state[KEY] = from_link(_address())
    state: ViewState = st.session_state[KEY]
    return state


def _address() -> dict[str, str]:
    names = to_link(ViewState())
    return {name: value for name, value in st.query_params.to_dict().items() if name in names}


def follow_address(*, arrived: bool) -> None:
    """Take the address's state where the reader went there: by a link from another screen, or by Back and Forward.

    A state that was changed in this run wins: the browser may not have got the address of the run before.
    """
    link = _address()
    linked = st.session_state.get(LINKED)
    if KEY not in st.session_state or not linked:
        return
    if link != linked[0] and current() == linked[1] and (link or not arrived):
        put(from_link(link))


def remember_address() -> None:
    """Note which state the address stands for."""
    link = {name: value for name, value in to_link(current()).items() if value}
    st.session_state[LINKED] = (link, current())


def change(**changes: Any) -> None:
    """Change the state; what was before can be had back, but for a mere choice of what the panel shows."""
    put(replace(current(), **changes), undoable=set(changes) != {"selected"})


def put(state: ViewState, *, undoable: bool = True) -> None:
    """Set the state."""
    before = current()
    if state == before:
        return
    if undoable:
        st.session_state.setdefault(DONE, []).append(before)
        del st.session_state[DONE][:-MOST_UNDO]
        st.session_state[UNDONE] = []
    st.session_state[KEY] = state


def undo() -> None:
    """Go back one change."""
    _step(DONE, UNDONE)


def redo() -> None:
    """Take an undone change back."""
    _step(UNDONE, DONE)


def _step(take: str, give: str) -> None:
    stack = st.session_state.get(take, [])
    if stack:
        st.session_state.setdefault(give, []).append(current())
        st.session_state[KEY] = stack.pop()


def can_undo() -> bool:
    """Whether there is anything to go back to."""
    return bool(st.session_state.get(DONE))


def can_redo() -> bool:
    """Whether anything was undone."""
    return bool(st.session_state.get(UNDONE))
