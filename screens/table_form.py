"""Let a person say what the columns of a table mean: the guess beside its reason, to be kept or changed."""

from html import escape

import streamlit as st

from graph.model import TIERS, Source
from graph.schema import Schema
from graph.words import kind_name, mark, translator
from loaders.table.proposing import LINK, PERIOD, QUOTE, Sketch
from loaders.table.recognising import NAMED_KINDS, PARTY
from screens import session

PROPERTIES = ("role", "since", "until", "date", "valid_until", "status", "office", "party", "acronym", "website", "founded", "seat", "type", "country", "nuts",
              "iso", "wikidata", "capital", "lat", "lon", "place", "aims", "description")
OTHERS = {PARTY: mark("Parties or members"), PERIOD: mark("Period, from – to"), "aliases": mark("Other names"), QUOTE: mark("Evidence, kept word for word"),
          LINK: mark("Source of the row (address)"), "": mark("Nothing")}
MOST_COLUMNS = 40
MOST_EXAMPLES = 3
LONGEST_EXAMPLE = 40


def meanings(schema: Schema, language: str) -> dict[str, str]:
    """All that a column can mean, in words."""
    _ = translator(language)
    named = {kind: _("Name: {kind}", kind=kind_name(schema, kind, language)) for kind in NAMED_KINDS}
    return named | {name: _(text) for name, text in OTHERS.items() if name} | {name: schema.label(name, language) for name in PROPERTIES} | {"": _(OTHERS[""])}


def columns_form(sketch: Sketch, schema: Schema, key: str) -> Sketch:
    """The sketch as the person leaves it: a line for each column, with examples, the meaning and why it was guessed."""
    language = session.language()
    _ = translator(language)
    options = meanings(schema, language)
    chosen: dict[str, str] = {}
    with st.container(key="table_columns", gap="small"):
        for guess, column in list(zip(sketch.guesses, sketch.sample.columns, strict=True))[:MOST_COLUMNS]:
            name, meaning = st.columns([0.5, 0.5], gap="small", vertical_alignment="center")
            examples = ", ".join(text[:LONGEST_EXAMPLE] for text, _count in column.values.most_common(MOST_EXAMPLES))
            why = f"{guess.confidence:.0%}: {guess.why(language)}" if guess.reasons else ""
            name.html(f'<p class="ponte-column"><b>{escape(column.name)}</b> <span class="ponte-quiet">{escape(examples)}</span>'
                      f'<br><span class="ponte-quiet"><i>{escape(why)}</i></span></p>')
            known = guess.meaning if guess.meaning in options else ""
            chosen[guess.column] = meaning.selectbox(
                column.name, list(options), index=list(options).index(known), format_func=options.__getitem__, key=f"{key}_{column.index}",
                label_visibility="collapsed")
    if len(sketch.guesses) > MOST_COLUMNS:
        st.caption(_("{count} more columns mean nothing; map them in the text.", count=len(sketch.guesses) - MOST_COLUMNS))
    about = _about(sketch, key)
    return Sketch(sketch.sample, sketch.with_meanings(chosen).guesses, about, sketch.reason)


def _about(sketch: Sketch, key: str) -> tuple[str, str] | None:
    """The network that all rows are about, where no column names one."""
    _ = translator(session.language())
    name = st.text_input(_("Network that all rows are about"), value=sketch.about[1] if sketch.about else "", key=f"{key}_about",
                         placeholder=_("None; a column says it"), help=session.plain_label(sketch.reason.said(session.language())) if sketch.reason else None)
    return ("Network", name.strip()) if name.strip() else None


def source_form(usual: Source, key: str) -> Source:
    """Who says what the table says."""
    _ = translator(session.language())
    tiers = [tier for tier in TIERS if tier not in ("project", "copy")]
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        title = st.text_input(_("Title of the source"), value=usual.title, key=f"{key}_title", width=250)
        publisher = st.text_input(_("Publisher"), value=usual.publisher, key=f"{key}_publisher", width=190)
        date = st.text_input(_("Date"), value=usual.date, key=f"{key}_date", width=120, placeholder="2024-10")
        url = st.text_input(_("Address"), value=usual.url, key=f"{key}_url", width=250)
        tier = st.selectbox(_("Tier"), tiers, index=tiers.index("other"), format_func=lambda tier: _(tier.replace("_", " ")), key=f"{key}_tier", width=150)
        internal = st.checkbox(_("Internal: leaves in no file"), value=usual.internal, key=f"{key}_internal")
    return Source(usual.id, title.strip() or usual.title, url.strip(), publisher.strip(), tier, date=date.strip(), internal=internal, loader=usual.loader)
