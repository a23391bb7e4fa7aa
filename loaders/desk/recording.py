"""Write what a person said into the record, and take it back: whole or not at all, and nothing that others say at once is lost."""

from collections.abc import Iterable

from graph.errors import RecordBusy
from graph.model import Facts, Source, Statement, WriteReport
from graph.record.touching import facts_touched
from graph.schema import load_schema
from graph.store import Store

ATTEMPTS = 20
"""How often a decision is assembled again because somebody else wrote meanwhile."""


def say(store: Store, new: Iterable[Statement] = (), taken_back: Iterable[Statement] = (), sources: Iterable[Source] = ()) -> WriteReport:
    """Write statements and remove others, in one step of the graph.

    Raises SchemaError before anything is written, RecordBusy where others wrote at each attempt, StoreError while writing.
    """
    schema, said, gone = load_schema(), tuple(new), tuple(taken_back)
    given = {source.id: source for source in sources}
    kinds = {node.id: node.kind for node in store.get({id for s in said for id in (s.subject, s.object) if id})}
    kinds |= {statement.subject: statement.kind for statement in said if statement.kind in schema.nodes}
    for statement in said:
        schema.check(statement, kinds)
    for _ in range(ATTEMPTS):
        version = store.version()
        facts = facts_touched(said, gone, given, store.seeing(None), schema)
        report = store.decide(facts, [statement.id for statement in gone], version=version)
        if report is not None:
            return report
    raise RecordBusy


def describe(store: Store, source: Source) -> None:
    """Write what is said of a source that is in the record: its title, publisher, address, and whether it is internal."""
    known = store.sources([source.id])
    if known and known[0] != source:
        store.decide(Facts(sources=(source,)), version=store.version())
