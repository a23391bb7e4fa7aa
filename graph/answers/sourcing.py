"""Answer "what does this source say, and where?": each of its statements in words, down to its quote."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.answers.describing import shown
from graph.model import CORRECTED, NEGATIVE, POSITIVE, REJECTED, SAME_AS, UNSURE, WRONG, Edge, Node, Statement
from graph.schema import Schema
from graph.store import Store
from graph.words import edge_sentence, kind_name, language_name, mark, translator

MOST_STATEMENTS = 500
NOT_SO = {WRONG: mark("wrong"), REJECTED: mark("rejected"), CORRECTED: mark("corrected")}
JUDGED = {POSITIVE: mark("“{one}” and “{other}” are the same"), NEGATIVE: mark("“{one}” and “{other}” are not the same"),
          UNSURE: mark("“{one}” and “{other}” are perhaps the same")}
DETAILS = ("since", "until", "portfolio", "framework", "period", "for")


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of a source: what it says in words, the subject's id, and where in the source it stands."""

    text: str
    subject: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Account:
    """What a source says, by subject, and how many statements more there are."""

    said: tuple[Said, ...]
    left_out: int = 0


def account_of(store: Store, schema: Schema, source: str, *, language: str = "en", limit: int = MOST_STATEMENTS) -> Account:
    """What one source (its id) states, at most `limit` statements.

    That something is, and is called what it is called here, is told only where nothing more is said of it.
    """
    statements, total = store.statements_of_source(source, limit=limit)
    described = {statement.subject for statement in statements if statement.property or statement.object}
    nodes = named(store, {end for statement in statements for end in (statement.subject, statement.object) if end})
    said = [Said(statement_text(statement, nodes, schema, language), statement.subject, statement) for statement in statements
            if statement.object or statement.property or statement.subject not in described]
    said = [one for one in said if not _mere_name(one.statement, nodes)]
    said.sort(key=lambda one: (nodes[one.subject].name_in(language) if one.subject in nodes else one.subject, one.text, one.statement.id))
    return Account(tuple(said), total - len(statements))


def named(store: Store, ids: Iterable[str]) -> dict[str, Node]:
    """What these ids mean: nodes, and under their own names those that another stands for since a person judged that they are one."""
    wanted = set(ids)
    nodes = {node.id: node for node in store.get(wanted)}
    if missing := wanted - set(nodes):
        for said in store.statements_on(missing, ()):
            if said.property == "name" and said.subject in missing:
                nodes[said.subject] = Node(said.subject, said.kind, {"name": said.value})
    return nodes


def _mere_name(statement: Statement, nodes: Mapping[str, Node]) -> bool:
    return statement.property == "name" and statement.subject in nodes and statement.value == nodes[statement.subject].name


def statement_text(statement: Statement, nodes: Mapping[str, Node], schema: Schema, language: str) -> str:
    """ "Flanders is an associate of Four Motors for Europe", "Lombardy, capital: Milan", "Lombardy (region)"; marked where a person
    does not let it stand."""
    _ = translator(language)
    text = _stated(statement, nodes, schema, language)
    return f"{text} ({_(NOT_SO[statement.verdict])})" if statement.verdict in NOT_SO else text


def _stated(statement: Statement, nodes: Mapping[str, Node], schema: Schema, language: str) -> str:
    subject = nodes.get(statement.subject, Node(statement.subject, statement.kind))
    value = f"{_label(statement.property, schema, language)}: {shown(statement.property, statement.value, schema, language)}"
    if statement.object:
        target = nodes.get(statement.object, Node(statement.object, ""))
        edge = Edge("", statement.kind, subject.id, target.id, statement.qualifiers)
        party = nodes.get(edge.text("for"))
        details = [f"{_label(name, schema, language)}: {party.name_in(language) if party and name == 'for' else shown(name, value, schema, language)}"
                   for name, value in statement.qualifiers.items() if name in DETAILS and value != ""]
        return "; ".join([edge_sentence(schema, edge, subject, target, language), *([value] if statement.property else details)])
    if not statement.property:
        return f"{subject.name_in(language)} ({kind_name(schema, statement.kind, language)})"
    if statement.property == SAME_AS:
        other = nodes.get(str(statement.value), Node(str(statement.value), ""))
        return translator(language)(JUDGED[statement.verdict], one=subject.name_in(language), other=other.name_in(language))
    return f"{subject.name_in(language)}, {value}"


def _label(name: str, schema: Schema, language: str) -> str:
    _ = translator(language)
    if name.startswith("name_"):
        return _("name in {language}", language=language_name(name.removeprefix("name_"), language))
    if name == "aliases":
        return _("also called")
    label = schema.label(name, language)
    return label[:1].lower() + label[1:] if label[1:2].islower() else label
