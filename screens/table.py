"""Import a table: what its columns seem to mean, the first rows as facts beside what is wrong with them, then into the graph."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import PurePath

import streamlit as st

from graph.errors import BadFile, PonteError
from graph.render.tables import to_csv
from graph.schema import Schema, load_schema
from graph.store import Store
from graph.words import edge_name, error_text, kind_name, number, translate_count, translator
from loaders import runner
from loaders.table.facts import Reading
from loaders.table.grid import TableFile
from loaders.table.loader import TableLoader, naming_of
from loaders.table.mapping import Mapping
from loaders.table.mapping_file import read_mapping
from loaders.table.mapping_text import mapping_text
from loaders.table.naming import Naming
from loaders.table.opening import Given, TextForm, open_tables
from loaders.table.preview import Outcome, RowFacts, try_out
from loaders.table.proposing import propose, propose_table, sketch
from loaders.table.proposing_graphs import is_graph, propose_graph
from screens import session
from screens.table_form import columns_form, source_form

LARGEST_MB = 200
MOST_CHECKED = 20_000
"""Rows that are read before loading; loading reads them all."""
FIRST_ROWS = 12
MOST_LISTED = 60
MAPPINGS = (".yml", ".yaml")
Files = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class _Checked:
    """What a file comes to under a mapping, and the reading that found it out."""

    outcome: Outcome
    reading: Reading


def show_table(store: Store) -> None:
    """Draw the screen."""
    language = session.language()
    _ = translator(language)
    st.caption(_("A spreadsheet (CSV, Excel, OpenDocument) or another tool's graph (GraphML, GEXF, JSON, Neo4j's CSV). Nothing enters the graph before you load it."))
    uploads = st.file_uploader(_("Files"), accept_multiple_files=True, max_upload_size=LARGEST_MB, key="table_files",
                               help=_("Several files are read together. A saved mapping (.yml) may be among them."))
    files: Files = tuple((upload.name, upload.getvalue()) for upload in uploads if not upload.name.casefold().endswith(MAPPINGS))
    saved = next(((upload.name, upload.getvalue()) for upload in uploads if upload.name.casefold().endswith(MAPPINGS)), None)
    if not files:
        return
    try:
        _import(store, files, saved)
    except PonteError as problem:
        st.error(session.plain_label(error_text(problem, language)))


def _import(store: Store, files: Files, saved: tuple[str, bytes] | None) -> None:
    """From the files to the graph: the mapping on the left, what it comes to on the right."""
    schema, naming = load_schema(), _naming(store)
    key = "table_" + hashlib.blake2b(repr([(name, len(content), hash(content)) for name, content in files]).encode(), digest_size=6).hexdigest()
    file = _opened(key, files, TextForm())
    _head(file)
    left, right = st.columns([0.42, 0.58], gap="large")
    with left:
        text, called = _mapping_text(file, naming, schema, key, saved)
        mapping = read_mapping(text.encode(), called, schema)
        st.download_button(translator(session.language())("Save the mapping"), text, f"{mapping.name}.yml", "application/yaml", key=f"{key}_save", on_click="ignore")
    with right:
        file = _opened(key, files, mapping.form)
        checked = _check(file, mapping, naming, schema, f"{key} {store.version()} {session.language()} {text}")
        _outcome(checked, schema)
        _load(store, TableLoader(file, mapping, schema, lambda: naming_of(store)), checked, schema, key)
        _rows(checked)
        _problems(checked, mapping.name)


def _naming(store: Store) -> Naming:
    """The names of this data version, made once a visit."""
    version, kept = store.version(), st.session_state.get("table_naming")
    if kept is None or kept[0] != version:
        kept = st.session_state["table_naming"] = (version, naming_of(store))
    naming: Naming = kept[1]
    return naming


def _opened(key: str, files: Files, form: TextForm) -> TableFile:
    """The files, opened once a visit."""
    kept = st.session_state.get("table_opened")
    if kept is None or kept[0] != (key, form):
        kept = st.session_state["table_opened"] = ((key, form), open_tables([Given.content(name, content) for name, content in files], form))
    file: TableFile = kept[1]
    return file


def _head(file: TableFile) -> None:
    """What was given, as it was understood."""
    _ = translator(session.language())
    sheets = [sheet.name for sheet in file.sheets if sheet.name]
    said = [file.name, file.form, *([", ".join(sheets[:6])] if len(sheets) > 1 else [])]
    st.html(f'<p class="ponte-lead">{escape(" · ".join(said))}</p>')
    for note in file.notes:
        st.caption(session.plain_label(note))


def _mapping_text(file: TableFile, naming: Naming, schema: Schema, key: str, saved: tuple[str, bytes] | None) -> tuple[str, str]:
    """The mapping as text and what it is called: the saved one, else the form's; a graph's, and what is edited, as text alone."""
    _ = translator(session.language())
    if saved:
        st.html(f'<div class="ponte-panel"><h4>{escape(_("The mapping that you gave"))}</h4></div>')
        text = _as_text(saved[1].decode("utf-8", "replace"), f"{key}_{hash(saved)}")
        return text, saved[0]
    if is_graph(file):
        st.html(f'<div class="ponte-panel"><h4>{escape(_("The mapping, as it seems"))}</h4></div>')
        return _as_text(mapping_text(propose(file, propose_graph(file, naming, schema))), key), _("The mapping")
    form = mapping_text(_formed(file, naming, schema, key))
    if st.toggle(_("Edit the mapping as text"), key=f"{key}_text_on"):
        return _as_text(form, f"{key}_text"), _("The mapping")
    return form, _("The mapping")


def _as_text(text: str, key: str) -> str:
    return st.text_area(translator(session.language())("Mapping"), value=text, height=520, key=f"{key}_area", label_visibility="collapsed")


def _formed(file: TableFile, naming: Naming, schema: Schema, key: str) -> Mapping:
    """The mapping of the form: a sheet, the meaning of its columns, who says it."""
    _ = translator(session.language())
    shown = [sheet.name for sheet in file.sheets if not sheet.hidden]
    sheet = st.selectbox(_("Sheet"), shown, key=f"{key}_sheet") if len(shown) > 1 else ""
    st.html(f'<div class="ponte-panel"><h4>{escape(_("What the columns mean"))}</h4></div>')
    guessed = sketch(file, naming, sheet or "")
    found = columns_form(guessed, schema, f"{key}_{sheet}")
    table = propose_table(found, schema)
    if not table.nodes:
        raise BadFile(file=file.name, problem="no column of it was recognised", remedy="Say what its columns mean.")
    st.html(f'<div class="ponte-panel"><h4>{escape(_("Who says it"))}</h4></div>')
    usual = propose(file, [table], next(iter(found.sample.titles), ""))
    return propose(file, [table], source=source_form(usual.source, key))


def _check(file: TableFile, mapping: Mapping, naming: Naming, schema: Schema, key: str) -> _Checked:
    """What the file comes to, read once for each mapping."""
    kept = st.session_state.get("table_checked")
    if kept is None or kept[0] != key:
        with st.spinner(translator(session.language())("Reading the table …")):
            reading = Reading(mapping, schema, naming)
            outcome = try_out(file, reading, session.language(), first=FIRST_ROWS, most=MOST_CHECKED)
        kept = st.session_state["table_checked"] = (key, _Checked(outcome, reading))
    checked: _Checked = kept[1]
    return checked


def _outcome(checked: _Checked, schema: Schema) -> None:
    """One sentence on what the table comes to, one on what it leaves out."""
    language = session.language()
    _ = translator(language)
    outcome, problems = checked.outcome, checked.reading.problems
    parts = []
    for kind, count in outcome.facts.items():
        if kind in schema.nodes:
            new = f" ({_('{count} not yet in the graph', count=number(outcome.new[kind], language))})" if outcome.new[kind] else ""
            parts.append(f"{number(count, language)} {kind_name(schema, kind, language, count)}{new}")
        else:
            parts.append(translate_count("{count} tie “{name}”", "{count} ties “{name}”", count, language, name=edge_name(schema, kind, language)))
    rows = translate_count("{count} row", "{count} rows", problems.rows, language)
    lead = f"{rows}: {', '.join(parts) or _('nothing')}"
    left = translate_count("{count} row is left out.", "{count} rows are left out.", problems.left_out, language) if problems.left_out else ""
    cut = _("Only the first {count} rows were looked at; loading reads them all.", count=number(MOST_CHECKED, language)) if outcome.cut else ""
    st.html(f'<p class="ponte-lead">{escape(lead)}</p><p class="ponte-quiet">{escape(" ".join(filter(None, (left, cut))))}</p>')


def _rows(checked: _Checked) -> None:
    """The first rows as facts, each beside its problems."""
    _ = translator(session.language())
    body = "".join(map(_row, checked.outcome.first))
    st.html(f'<div class="ponte-rows ponte-facts"><table><caption>{escape(_("The first rows, as facts"))}</caption><thead><tr><th scope="col">{escape(_("Row"))}</th>'
            f'<th scope="col">{escape(_("What it says"))}</th></tr></thead><tbody>{body}</tbody></table></div>')


def _row(row: RowFacts) -> str:
    language = session.language()
    _ = translator(language)
    lines = [f"<div>{escape(fact)}</div>" for fact in row.facts]
    lines += [f'<div class="ponte-wrong">{_coded(": ".join(filter(None, (problem.column, problem.text.said(language)))))}</div>' for problem in row.problems]
    place = f"{row.sheet} {row.number}" if row.sheet else str(row.number)
    return f'<tr><th scope="row">{escape(place)}</th><td>{"".join(lines) or escape(_("Nothing new"))}</td></tr>'


def _coded(text: str) -> str:
    """A sentence as HTML, with what is to be written in a mapping as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _problems(checked: _Checked, name: str) -> None:
    """All that is wrong, to be read here or taken to the table as a file."""
    language = session.language()
    _ = translator(language)
    problems = checked.reading.problems
    listed = [(problem.place(language), problem.text.said(language)) for problem in (*problems.problems, *problems.unknown_at)]
    _list(translate_count("{count} row left out", "{count} rows left out", problems.left_out, language), [problem.said(language) for problem in problems.problems])
    unknown = problems.unknown_lines(checked.reading.naming.suggest, language)
    _list(translate_count("{count} name that the graph does not know", "{count} names that the graph does not know", len(unknown), language), unknown)
    notes = problems.notes_in(language)
    _list(translate_count("{count} note", "{count} notes", len(notes), language), notes)
    if listed:
        st.download_button(_("All problems as CSV"), to_csv((_("Where"), _("What")), listed), f"{PurePath(name).name}-problems.csv", "text/csv",
                           key="table_problems", on_click="ignore", type="tertiary")


def _list(title: str, lines: Sequence[str]) -> None:
    if lines:
        with st.expander(session.plain_label(title)):
            more = f"<li>… +{len(lines) - MOST_LISTED}</li>" if len(lines) > MOST_LISTED else ""
            st.html(f'<div class="ponte-panel"><ul>{"".join(f"<li>{_coded(line)}</li>" for line in lines[:MOST_LISTED])}{more}</ul></div>')


def _load(store: Store, loader: TableLoader, checked: _Checked, schema: Schema, key: str) -> None:
    """Load it when the button is pressed; then lead to the picture."""
    language = session.language()
    _ = translator(language)
    if st.button(_("Load into the graph"), type="primary", key=f"{key}_load", disabled=not checked.outcome.statements):
        bar = st.progress(0.0)

        def advance(stage: str, done: int, total: int) -> None:
            stages = {"read": _("Reading the table …"), "compare": _("Comparing …"), "write": _("Writing the graph …")}
            bar.progress(min(1.0, done / total) if total else 0.0, text=stages[stage])

        report = runner.run(loader, store, advance, schema)
        bar.empty()
        st.session_state["table_loaded"] = (key, loader.mapping.loader, report.written.statements_new, report.written.statements_gone)
    if (done := st.session_state.get("table_loaded")) and done[0] == key:
        new = translate_count("Loaded as {name}: {count} new statement.", "Loaded as {name}: {count} new statements.", done[2], language, name=done[1])
        gone = translate_count(" {count} is gone.", " {count} are gone.", done[3], language) if done[3] else ""
        st.success(session.plain_label(new + gone))
        if around := ",".join(checked.outcome.ids):
            st.link_button(_("Open the picture"), f"explore?around={around}&lang={language}")
