"""Keep what a reader made of a picture: a frozen state in the session and in the address, with undo."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

import streamlit as st

KEY = "explore_states"
DONE, UNDONE = "explore_done", "explore_undone"
MOST_UNDO = 50
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ViewState:
    """A picture on Explore: what it is around (nothing: the first view), what was expanded, hidden, filtered and moved.

    `expanded` holds (node, kind of edge), in order; `moved` holds (node, x, y); `on` a date; `sector` the id of one.
    """

    around: tuple[str, ...] = ()
    expanded: tuple[tuple[str, str], ...] = ()
    hidden: tuple[str, ...] = ()
    kinds_off: tuple[str, ...] = ()
    sector: str = ""
    on: str = ""
    moved: tuple[tuple[str, float, float], ...] = ()
    selected: str = ""

    @property
    def positions(self) -> dict[str, Point]:
        """The places that the reader chose."""
        return {id: (x, y) for id, x, y in self.moved}

    def with_moved(self, moved: Mapping[str, Point]) -> "ViewState":
        """The same view with some nodes elsewhere."""
        places = {**self.positions, **{id: (float(x), float(y)) for id, (x, y) in moved.items()}}
        return replace(self, moved=tuple((id, x, y) for id, (x, y) in sorted(places.items())))


def to_link(state: ViewState) -> dict[str, str]:
    """The state as parameters of an address; what is as usual is left out."""
    def listed(items: tuple[str, ...]) -> str:
        return ",".join(quote(item, safe=":-_|~") for item in items)

    return {"around": listed(state.around), "open": listed(tuple(f"{node}~{kind}" for node, kind in state.expanded)),
            "hide": listed(state.hidden), "off": listed(state.kinds_off), "sector": state.sector, "on": state.on,
            "at": listed(tuple(f"{id}~{x:g}~{y:g}" for id, x, y in state.moved)), "sel": state.selected}


def from_link(link: Mapping[str, str]) -> ViewState:
    """The state that an address holds; what cannot be read is left out."""
    def parts(name: str) -> list[str]:
        return [unquote(part) for part in link.get(name, "").split(",") if part]

    opened = tuple((a, b) for a, _, b in (part.partition("~") for part in parts("open")) if b)
    moved = []
    for part in parts("at"):
        id, *numbers = part.split("~")
        if len(numbers) == 2 and all(_is_number(n) for n in numbers):
            moved.append((id, float(numbers[0]), float(numbers[1])))
    return ViewState(tuple(parts("around")), opened, tuple(parts("hide")), tuple(parts("off")), link.get("sector", ""), link.get("on", ""),
                     tuple(sorted(moved)), link.get("sel", ""))


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit() and len(text) < 12


def current() -> ViewState:
    """The state of this session; at its beginning the one of the address."""
    if KEY not in st.session_state:
        st.session_state[KEY] = from_link({name: st.query_params[name] for name in st.query_params})
    state: ViewState = st.session_state[KEY]
    return state


def change(**changes: object) -> None:
    """Change the state; what was before can be had back, but for a mere choice of what the panel shows."""
    put(replace(current(), **changes), undoable=set(changes) != {"selected"})  # type: ignore[arg-type]


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
