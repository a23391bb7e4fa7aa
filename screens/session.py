"""Hold what all screens share: the one opener of the store, the reader's language and region, errors as sentences."""

import contextlib
import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from graph.answers import Citation, PublicStore, Withheld, named_like_nothing, withheld
from graph.errors import PonteError
from graph.model import Source
from graph.schema import load_schema
from graph.search import Hit, NameIndex
from graph.settings import Settings, read_settings
from graph.store import Store, open_store
from graph.words import LANGUAGES, date, error_text, kind_name, translate, translator
from loaders.desk.people import DECLARED
from loaders.runner import ensure_loaded

STYLE = Path(__file__).with_name("style.css")
STAGES = {"read": "Reading the curated data", "compare": "Comparing", "write": "Writing the graph"}


@st.cache_resource(show_spinner=False, on_release=Store.close)
def the_store(settings: Settings) -> Store:
    """The one store of this process; whoever comes first opens it."""
    return open_store(settings)


def close_store() -> None:
    """Close the store, if it was opened: the app calls it at its end."""
    the_store.clear()


def ready_store(settings: Settings) -> Store:
    """The store with data in it: an empty graph is filled with the curated data, with a progress bar.

    Raises PonteError when the graph cannot be reached or filled.
    """
    _ = translator(language())
    with st.spinner(_("Opening the graph …"), show_time=False):
        store = the_store(settings)
        empty = store.version() == "0" or bool(store.interrupted())
    if empty:
        bar = st.progress(0.0, text=_("Loading the curated data …"))

        def advance(stage: str, done: int, total: int) -> None:
            bar.progress(min(1.0, done / total) if total else 0.0, text=_(STAGES[stage]))

        ensure_loaded(store, settings, advance)
        bar.empty()
    return store


def language() -> str:
    """The interface language: the link's, else the chosen one, else the setting; English where the settings cannot be read."""
    wanted = st.query_params.get("lang") or st.session_state.get("lang")
    if not wanted:
        with contextlib.suppress(PonteError):
            wanted = read_settings().language
    return wanted if wanted in LANGUAGES else "en"


def region(index: NameIndex, settings: Settings) -> str:
    """The region that the reader works for, "" if none: the link's, else the chosen one, else the setting."""
    for wanted in (st.query_params.get("region"), st.session_state.get("region"), settings.region):
        if wanted:
            with contextlib.suppress(PonteError):
                return index.resolve(wanted, kinds=("Region",))
    return ""


def keep_in_link(**values: str) -> None:
    """Write view state into the address, as one step of the browser's history; empty values leave it."""
    before = st.query_params.to_dict()
    after = {**before, **values}
    after = {name: value for name, value in after.items() if value}
    if after != before:
        st.query_params.from_dict(after)


def link_to(page: str, **values: str) -> str:
    """The whole address of a screen with view state, for colleagues who reach the same Ponte."""
    top = (st.context.url or "").split("?")[0].rstrip("/")
    top = top.removesuffix(f"/{page}") if page else top
    kept = {"lang": language(), **values}
    return f"{top}/{page}?{urlencode({name: value for name, value in kept.items() if value}, safe=',~|:+')}"


def show_tab(key: str, parts: Mapping[str, tuple[str, Callable[[], None]]], usual: str = "") -> None:
    """Tabs by name, each with its title and what draws it; only the open one is drawn, and the address says which it is."""
    first = usual or next(iter(parts))
    wanted = st.query_params.get("tab", first)
    boxes = st.tabs([title for title, _ in parts.values()], default=parts[wanted if wanted in parts else first][0], key=f"{key}_tabs_{language()}",
                    on_change="rerun")
    for name, box in zip(parts, boxes, strict=True):
        if box.open:
            keep_in_link(tab="" if name == first else name)
            with box:
                parts[name][1]()


def go_to(page: str) -> None:
    """Ask for another screen, from a callback; screens/main.py leads there in this run."""
    st.session_state["ponte_go"] = page


def name_index(store: Store) -> NameIndex:
    """The search index of what a store sees; while it is made, which takes seconds where large layers are switched on, that is said."""
    with st.spinner(translate("Reading the names …", language()), show_time=False):
        return index_of(store, store.key())


@st.cache_resource(show_spinner=False, max_entries=4)
def index_of(_store: Store, key: str) -> NameIndex:
    """Nobody changes it, and a copy for every run would take 130 ms where NUTS is switched on."""
    return NameIndex.build(_store.names())


@st.cache_data(show_spinner=False, max_entries=2)
def kept_inside(_store: Store, version: str) -> Withheld:
    """What internal sources say, of which nothing may leave in a file."""
    return withheld(_store, load_schema())


def leaving(store: Store) -> Store:
    """The store that answers for files: the same, or one without what internal sources say."""
    return PublicStore.of(store, kept_inside(store, store.version()))


def no_copies(store: Store) -> None:
    """Where a source is internal, take the button from tables with which a browser would save them as they are."""
    if kept_inside(store, store.version()):
        st.html('<style>[data-testid="stElementToolbar"] { display: none; }</style>')


@st.cache_data(show_spinner=False, max_entries=8)
def region_names(_store: Store, version: str, language: str) -> dict[str, str]:
    """The regions of today by id, under their names in a language, in the order of these."""
    named = {name.id: dict(name.names).get(language, name.names[0][1]) for name in _store.names() if name.kind == "Region" and not name.former and name.names}
    return dict(sorted(named.items(), key=lambda pair: pair[1]))


def said_date(day: str) -> str:
    """A date in the reader's language."""
    return date(day, language())


def today() -> str:
    """The day of today, as ISO text."""
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def theme() -> str:
    """The reader's theme, as the pictures name it."""
    return "dark" if st.context.theme.type == "dark" else "light"


def inject_style() -> None:
    """Put the house style on the page."""
    st.html(STYLE)


@contextlib.contextmanager
def errors_as_sentences() -> Iterator[None]:
    """Show one sentence for what goes wrong inside, never a traceback."""
    try:
        yield
    except PonteError as problem:
        st.error(error_text(problem, language()))


def search_box(store: Store, key: str, label: str, on_pick: Callable[[str], None], *, kinds: tuple[str, ...] = (), placeholder: str = "") -> None:
    """A search as you type over the names that a store sees, in all languages; `on_pick` is called with the id of what was chosen."""
    text = st.text_input(label, key=f"{key}_text", live=True, placeholder=placeholder, label_visibility="collapsed", icon=":material/search:")
    if not text:
        return
    index = name_index(store)
    hits = index.search(text, kinds=kinds, limit=8)
    with st.container(key=f"{key}_hits", gap=None):
        if not hits:
            st.caption(plain_label(named_like_nothing(text, store, load_schema(), language())))
        for hit in hits:
            st.button(_hit_label(index, hit), key=f"{key}_{hit.id}", type="tertiary", on_click=_pick, args=(f"{key}_text", hit.id, on_pick))


def _hit_label(index: NameIndex, hit: Hit) -> str:
    own = index.own_name(hit.id, language())
    name = own if hit.name == own else f"{own} ({hit.name})"
    return f"{plain_label(name)} :gray[{plain_label(kind_name(load_schema(), hit.kind, language()))}]"


def _pick(text_key: str, id: str, on_pick: Callable[[str], None]) -> None:
    st.session_state[text_key] = ""
    on_pick(id)


def plain_label(text: str) -> str:
    """A text for a button or a caption, where Streamlit would read Markdown: every sign is itself."""
    return "".join(f"\\{c}" if c in r"\`*_{}[]()#+-.!|<>~:$^=" else c for c in text)


def html_cites(numbers: tuple[int, ...], citations: Iterable[Citation] = ()) -> str:
    """The small numbers behind a fact; each leads to its source (screens/canvas/links.js) and says who it is."""
    names = {citation.number: f"{citation.source.publisher or citation.source.title}, {date(citation.source.date, language())}".strip(", ") for citation in citations}
    return "".join(f'<a class="ponte-cite" href="#" data-cite="{number}" title="{escape(names.get(number, ""), quote=True)}">{number}</a>' for number in numbers)


def html_conflict(disputed: tuple[str, ...]) -> str:
    """The mark of a conflict: words, not only a colour."""
    return f'<span class="ponte-conflict">{escape(translate("sources disagree", language()))}</span>' if disputed else ""


def html_source(citation: Citation) -> str:
    """A numbered source: who, what, when, with its link; a copy is marked and is no link."""
    source = citation.source
    quotes = dict.fromkeys(statement.quote for statement in citation.statements if statement.quote)
    places = dict.fromkeys(statement.place for statement in citation.statements if statement.place)
    said = " ".join(f"<q>{escape(quote)}</q>" for quote in list(quotes)[:3])
    by = dict.fromkeys(f"{said_by(s.reviewer)}, {said_date(s.decided[:10])}" for s in citation.statements if s.reviewer)
    where = "; ".join([*list(places)[:3], *list(by)[:3]])
    return (f'<div class="ponte-source" data-source="{citation.number}"><b>{citation.number}</b> {html_source_name(source)}'
            f'{"<br>" + said if said else ""}{f"<br><span class=ponte-quiet>{escape(where)}</span>" if where else ""}</div>')


def said_by(name: str) -> str:
    """A person's name, or a publisher's, as a reader of this language reads it."""
    return name.replace(DECLARED, translate(DECLARED, language()))


def html_source_name(source: Source) -> str:
    """A source as a line: publisher, title, date, tier; linked unless it is a copy or no web address."""
    lang = language()
    title = escape(translate(source.title, lang) if source.tier == "own_knowledge" else source.title or source.id)
    if source.tier != "copy" and source.url.startswith(("http://", "https://")):
        title = f'<a href="{escape(source.url, quote=True)}" target="_blank" rel="noopener noreferrer">{title}</a>'
    parts = [escape(said_by(source.publisher)), title, escape(date(source.date, lang)), escape(translate(source.tier.replace("_", " "), lang))]
    marks = [mark for mark, there in (("copy", source.tier == "copy"), ("internal", source.internal)) if there]
    copy = "".join(f' <span class="ponte-copy">{escape(translate(mark, lang))}</span>' for mark in marks)
    return " · ".join(filter(None, parts)) + copy
