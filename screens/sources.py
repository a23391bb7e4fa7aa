"""Sources: what is loaded and from where, what it covers, and what sources disagree about."""

from html import escape

import streamlit as st

from graph.answers import Account, Disagreement, account_of, describe
from graph.model import DIPLOMACY, TIERS, Source, Statement
from graph.schema import load_schema
from graph.settings import Settings
from graph.store import Store
from graph.words import date, kind_name, number, translate, translate_count, translator
from screens import correcting, layers, session
from screens.coverage import show_aged, show_coverage
from screens.table import show_table


def show(store: Store, settings: Settings) -> None:
    """Draw the screen."""
    _ = translator(session.language())
    version = store.version()
    seen = layers.choose(store, version, "sources")
    layers.say_absent(store, version, "sources")
    session.show_tab("sources", {
        "loaded": (_("Sources"), lambda: _loaded(seen, version)),
        "coverage": (_("Coverage"), lambda: show_coverage(seen, settings)),
        "conflicts": (_("Sources disagree"), lambda: _disagreements(seen)),
        "age": (_("Not confirmed lately"), lambda: show_aged(seen, settings)),
        "table": (_("Import a table"), lambda: show_table(store)),
    })
    correcting.show_dialog(store, settings)


def _loaded(store: Store, version: str) -> None:
    """Every source with who publishes it, how far it is trusted, and how much it states."""
    language = session.language()
    _ = translator(language)
    sources, counts, things = _inventory(store, store.key())
    schema = load_schema()
    said = [f"{number(count, language)} {kind_name(schema, kind, language, count)}" for kind, count in things.items()
            if count and kind in schema.nodes]
    st.html(f'<p class="ponte-lead">{escape(" · ".join(said))}</p><p class="ponte-quiet">'
            f'{escape(_("In {place}, data version {version}, written {date}.", place=store.address, version=version, date=store.written()[:10]))}</p>')
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        wanted = st.text_input(_("Search sources"), key="sources_search", live=True, width=340)
        tiers = st.multiselect(_("Tier"), [tier for tier in TIERS if any(s.tier == tier for s in sources)], key="sources_tiers",
                               format_func=lambda tier: _(tier.replace("_", " ")), width=420)
    shown = sorted((source for source in sources if (not tiers or source.tier in tiers) and _about(source, wanted)),
                   key=lambda source: (source.publisher.casefold(), source.date, source.id))
    if not shown:
        st.info(_("No source is like that."))
        return
    several = bool(layers.loaded(store, version))
    rows = [_row(source, counts, language, several) for source in shown]
    names = list(rows[0])
    columns = {names[-1]: st.column_config.LinkColumn(names[-1], display_text=r"https?://([^/]+)"), names[1]: st.column_config.TextColumn(width="large")}
    session.no_copies(store)
    table = st.dataframe(rows, hide_index=True, height=360, column_config=columns, on_select="rerun", selection_mode="single-row", key="sources_table")
    st.caption(_("Copies are marked and are no link. Sources that hold the same text count once. Choose a row to read what the source says."))
    chosen = [shown[number] for number in table.selection.rows if number < len(shown)]
    if chosen:
        _account(store, version, chosen[0], language)


def _about(source: Source, wanted: str) -> bool:
    return not wanted or wanted.casefold() in f"{source.publisher} {source.title} {source.url}".casefold()


def _row(source: Source, counts: dict[str, int], language: str, several: bool) -> dict[str, str | int | None]:
    _ = translator(language)
    linked = source.tier != "copy" and source.url.startswith(("http://", "https://"))
    layer = {_("Layer"): load_schema().layer_name(source.layer or DIPLOMACY, language)} if several else {}
    return {_("Publisher"): source.publisher, _("Title"): source.title or source.id, _("Date"): date(source.date, language), **layer,
            _("Tier"): _(source.tier.replace("_", " ")), _("Statements"): counts.get(source.id, 0), _("Origin"): source.origin,
            _("Language"): source.language, _("Loader"): source.loader, _("Licence"): source.licence, _("Address"): source.url if linked else None}


@st.cache_data(show_spinner=False, max_entries=64)
def _account_of(_store: Store, version: str, source: str, language: str) -> Account:
    return account_of(_store, load_schema(), source, language=language)


def _account(store: Store, version: str, source: Source, language: str) -> None:
    """What one source says, each statement with its quote and place."""
    _ = translator(language)
    found = _account_of(store, version, source.id, language)
    lines = "".join(f'<tr><th scope="row">{escape(said.text)}</th><td>{_quote(said.statement)}</td><td>{escape(said.statement.place)}</td>'
                    f"<td>{escape(date(said.statement.observed, language))}</td><td>{escape(_(said.statement.confidence))}</td></tr>" for said in found.said)
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in (_("What it says"), _("Evidence"), _("Where"), _("Speaks of"), _("How")))
    more = translate_count("{count} more statement is not shown.", "{count} more statements are not shown.", found.left_out, language) if found.left_out else ""
    st.html(f'<div class="ponte-panel" data-account="{escape(source.id, quote=True)}"><h3>{session.html_source_name(source)}</h3>'
            f'<p class="ponte-quiet">{escape(source.note)}</p></div><div class="ponte-rows" tabindex="0"><table><thead><tr>{heads}</tr></thead>'
            f'<tbody>{lines}</tbody></table></div><p class="ponte-quiet">{escape(more)}</p>')
    facts = dict.fromkeys(said.statement.about for said in found.said if said.statement.about)
    st.button(_("Add or correct"), key="sources_correct", on_click=correcting.open_on, args=(list(facts),), disabled=not facts, type="tertiary")


def _quote(statement: Statement) -> str:
    return f"<q>{escape(statement.quote)}</q>" if statement.quote else escape(statement.as_stated)


@st.cache_data(show_spinner=False, max_entries=4)
def _inventory(_store: Store, version: str) -> tuple[tuple[Source, ...], dict[str, int], dict[str, int]]:
    return _store.sources(), _store.statements_by_source(), _store.counts()


@st.cache_data(show_spinner="…", max_entries=4)
def _all_disagreements(_store: Store, version: str, language: str) -> list[tuple[str, Disagreement, str]]:
    """Every conflict in words, with the thing that it is about and its sources as HTML."""
    schema, found = load_schema(), []
    disputed = _store.disputed()
    about = {node.id for node in disputed.nodes if "disputed" in node.properties} | {edge.source for edge in disputed.edges}
    for id in sorted(about):
        description = describe(_store, schema, id, language=language)
        sources = {citation.number: citation for citation in description.citations}
        for disagreement in description.disagreements:
            cited = "".join(session.html_source(sources[n]) for side in disagreement.sides for n in side.cites if n in sources)
            found.append((description.node.name_in(language), disagreement, cited))
    return found


def _disagreements(store: Store) -> None:
    language = session.language()
    _ = translator(language)
    found = _all_disagreements(store, store.key(), language)
    if not found:
        st.info(_("No two sources contradict each other."))
        return
    st.caption(translate_count("{count} conflict. Both values are kept; the best source is shown first.",
                               "{count} conflicts. All values are kept; the best source is shown first.", len(found), language))
    for place, (name, disagreement, sources) in enumerate(found):
        about = name if disagreement.about == name else f"{name}: {disagreement.about}"
        values = " / ".join(side.value for side in disagreement.sides)
        with st.expander(session.plain_label(f"{about}, {disagreement.property}: {values}")):
            for side, column in enumerate(st.columns(len(disagreement.sides))):
                with column:
                    _side(disagreement, side, f"{place}_{side}")
            st.html(sources)


def _side(disagreement: Disagreement, side: int, key: str) -> None:
    """One value with who says it, and the button that prefers it."""
    said = disagreement.sides[side]
    st.html(f'<div class="ponte-panel"><b>{escape(said.value)}</b>{session.html_cites(said.cites)}</div>')
    st.button(translate("prefer", session.language()), key=f"prefer_{key}", on_click=correcting.open_on, type="tertiary",
              args=([disagreement.fact], disagreement.name, str(side)))
