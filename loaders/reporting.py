"""Say what a run read, left out and changed: a few lines for the terminal, the whole list as a table."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from graph.errors import BadFile
from graph.model import WriteReport
from graph.render.tables import to_csv
from graph.view.label import clean
from loaders.base import Notes
from loaders.runner import RunReport

MOST_LINES = 20
CHANGES = {"nodes_new": "nodes new", "nodes_changed": "nodes changed", "nodes_gone": "nodes gone", "edges_new": "ties new",
           "edges_changed": "ties changed", "edges_gone": "ties gone", "statements_new": "statements new", "statements_gone": "statements gone"}


def report_lines(report: RunReport) -> Iterator[str]:
    """What a run, or a dry run, did."""
    yield f"{report.loader}: {report.statements:,} statements read ({_counted(report.by_kind)})"
    if report.dry:
        found = report.difference
        yield f"It would make {found.new:,} statements new, {found.changed:,} changed, {found.gone:,} gone; nothing was written."
        for word, counts in (("New", found.facts_new), ("Gone", found.facts_gone)):
            if counts:
                yield f"{word}: {_counted(counts)}"
    else:
        yield f"{report.loader}: {changes(report.written)}"
    yield from note_lines(report.notes)


def changes(written: WriteReport) -> str:
    """What a write changed."""
    parts = [f"{count:,} {text}" for name, text in CHANGES.items() if (count := getattr(written, name))]
    return ", ".join(parts) or "nothing changed"


def note_lines(notes: Notes) -> Iterator[str]:
    """What a person should know of a run, the most frequent first, at most MOST_LINES of each."""
    for file, count in notes.rows.items():
        yield f"{file}: {count:,} rows read"
    for title, lines in (("Left out", notes.left_out), ("Not mapped", notes.unmapped)):
        yield from _listed(title, lines, len(lines))
    reasons = [f"{count:,} × {reason} ({', '.join(notes.examples.get(reason, ()))})" for reason, count in notes.skipped.most_common()]
    yield from _listed("Skipped", reasons, notes.skipped.total())
    wordings = [f"{count:,} × {what}: {' '.join(wording.split())[:100]}" for (what, wording), count in notes.unresolved.most_common(MOST_LINES + 1)]
    yield from _listed("Not resolved", wordings, len(notes.unresolved))


def write_list(target: Path, notes: Notes) -> None:
    """Write all that was left out, skipped or not resolved into a CSV file, whole or not at all.

    Raises BadFile where it cannot be written.
    """
    rows = [*(("left out", 1, line) for line in notes.left_out), *(("not mapped", 1, line) for line in notes.unmapped),
            *(("skipped", count, reason) for reason, count in notes.skipped.most_common()),
            *((f"not resolved: {what}", count, wording) for (what, wording), count in notes.unresolved.most_common())]
    try:
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as out:
            out.write(to_csv(("what", "count", "wording"), rows))
        Path(out.name).chmod(0o644)
        Path(out.name).replace(target)
    except OSError as problem:
        raise BadFile(file=str(target), problem=f"it cannot be written ({problem.strerror})", remedy="Name another place.") from problem


def _listed(title: str, lines: list[str], total: int) -> Iterator[str]:
    if lines:
        yield f"{title} ({total:,}):"
        yield from (f"  {clean(line)}" for line in lines[:MOST_LINES])
        if len(lines) > MOST_LINES:
            yield "  … all of them: --report FILE"


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {kind}" for kind, count in sorted(counts.items())) or "nothing"

