"""Say what a text proposes as the desk shows it: sentences, marks, and the fields in which each can be corrected."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.answers.describing import shown
from graph.model import Edge, Node, Value
from graph.schema import EdgeKind, NodeKind, Schema
from graph.words import date, edge_name, edge_sentence, elided, kind_name, translate_count, translator
from loaders.desk.reviewing import ADDED, Item, Review
from loaders.press.proposals import Proposal
from screens import session
from screens.correcting.values import editable, label

GROUPS = ("Agreement", "Event", "Network", "Leader")
"""Under which of its ends a tie is shown: what a text is about first."""
SURE, LIKELY = 0.9, 0.7
UNSAID = {"PARTY_TO": "party", "MEMBER_OF": "member"}
"""Of a tie, what its sentence says already."""
DETAILS = ("kind", "status", "date", "place", "office", "role", "portfolio", "since", "until", "as_stated", "relation")


def desk_data(review: Review, nodes: Mapping[str, Node], schema: Schema, **more: Any) -> dict[str, Any]:
    """All that the component draws; `nodes` are those of the graph that the text names."""
    names = _names(review, nodes)
    items = sorted(review.items, key=lambda item: _order(item, names))
    return {"view": review.reading.digest, "text": review.reading.text,
            "marks": [[*item.proposal.span, item.key] for item in items if item.proposal.span[0] < item.proposal.span[1]],
            "items": [_card(item, review, names, schema) for item in items], "labels": _labels(items), "adding": _adding(schema), **more}


def _names(review: Review, nodes: Mapping[str, Node]) -> dict[str, Node]:
    """Everything by id: what the graph knows, and what the text proposes."""
    proposed = {p.id: Node(p.id, p.kind, {"name": p.name, **p.properties}) for p in review.reading.proposals if not p.is_edge}
    return {**proposed, **nodes}


def _order(item: Item, names: Mapping[str, Node]) -> tuple[object, ...]:
    group = group_of(item.now, names)
    kind = names[group].kind if group in names else ""
    return GROUPS.index(kind) if kind in GROUPS else len(GROUPS), group, item.proposal.is_edge, item.proposal.span, item.key


def group_of(proposal: Proposal, names: Mapping[str, Node]) -> str:
    """What a proposal is shown under."""
    if not proposal.is_edge:
        return proposal.id
    return min((proposal.source, proposal.target), key=lambda end: _rank(names.get(end)))


def _rank(node: Node | None) -> int:
    return GROUPS.index(node.kind) if node and node.kind in GROUPS else len(GROUPS)


def _card(item: Item, review: Review, names: Mapping[str, Node], schema: Schema) -> dict[str, Any]:
    language = session.language()
    _ = translator(language)
    group = group_of(item.now, names)
    signs = [_("new")] if not item.proposal.is_edge and item.proposal.id not in review.there else []
    signs += [_("inferred")] if item.proposal.inferred else []
    signs += [_("uncertain")] if item.proposal.confidence < LIKELY else []
    by = f"{_(item.verdict)} · {session.said_by(item.by)}, {date(item.when[:10], language)}" if item.verdict else ""
    title = names[group].name_in(language) if group in names else group
    return {"key": item.key, "title": item_text(item.now, names, schema, language), "detail": _detail(item.now, schema, language), "signs": signs,
            "status": item.verdict, "added": item.proposal.rule == ADDED, "by": by, "group": group, "groupTitle": title, "fields": _fields(item.now, names, schema, language)}


def item_text(proposal: Proposal, names: Mapping[str, Node], schema: Schema, language: str) -> str:
    """A proposal as a sentence, or as a name with its kind."""
    if not proposal.is_edge:
        return f"{proposal.name} · {kind_name(schema, proposal.kind, language)}"
    ends = [names.get(id, Node(id, "", {"name": id})) for id in (proposal.source, proposal.target)]
    return edge_sentence(schema, Edge("", proposal.kind, proposal.source, proposal.target, proposal.properties), ends[0], ends[1], language)


def _detail(proposal: Proposal, schema: Schema, language: str) -> str:
    found = [_dated(name, shown(name, value, schema, language), language) for name in DETAILS
             if (value := proposal.properties.get(name, "")) not in ("", UNSAID.get(proposal.kind))]
    return " · ".join(dict.fromkeys(found))


def _dated(name: str, said: str, language: str) -> str:
    """A beginning or an end is told from each other, and from a day."""
    _ = translator(language)
    return elided({"since": _("since {date}", date=said), "until": _("until {date}", date=said)}.get(name, said), language)


def _fields(proposal: Proposal, names: Mapping[str, Node], schema: Schema, language: str) -> list[dict[str, Any]]:
    """What can be corrected: for a tie its kind, its ends and what it carries; for a name what it is, its kind and its properties."""
    _ = translator(language)
    if proposal.is_edge:
        spec: NodeKind | EdgeKind = schema.edges[proposal.kind]
        kinds = [[kind, edge_name(schema, kind, language)] for kind in _kinds_between(proposal, names, schema)]
        fields = [_name_field("source", _("From"), proposal.source, names, sorted({k for kind, _n in kinds for k in schema.edges[kind].sources})),
                  {"name": "what", "label": _("Tie"), "type": "text", "value": proposal.kind, "choices": kinds},
                  _name_field("target", _("To"), proposal.target, names, sorted({k for kind, _n in kinds for k in schema.edges[kind].targets}))]
    else:
        spec = schema.nodes[proposal.kind]
        kinds = [[kind, kind_name(schema, kind, language)] for kind in schema.visible]
        fields = [{**_name_field("name", _("Name"), proposal.id, names, [proposal.kind]), "text": proposal.name},
                  {"name": "what", "label": _("Kind"), "type": "text", "value": proposal.kind, "choices": kinds}]
    own = [name for name in editable(spec) if name != "name" and not name.startswith("name_")]
    return [*fields, *(_plain_field(name, proposal.properties.get(name, ""), spec, schema, language) for name in own)]


def _adding(schema: Schema) -> dict[str, Any]:
    """What is asked of a tie that the text states and that was not proposed, by its kind."""
    language = session.language()
    _ = translator(language)
    fields = {kind: [_name_field("source", _("From"), "", {}, sorted(spec.sources)), _name_field("target", _("To"), "", {}, sorted(spec.targets)),
                     *(_plain_field(name, "", spec, schema, language) for name in editable(spec))] for kind, spec in schema.edges.items()}
    kinds = [[kind, edge_name(schema, kind, language)] for kind in schema.edges]
    return {"fields": fields, "first": [{"name": "passage", "label": _("The passage that states it"), "type": "passage", "value": "",
                                         "hint": _("Mark it in the text, or write its first words")},
                                        {"name": "what", "label": _("Tie"), "type": "text", "value": kinds[0][0], "choices": kinds}]}


def _kinds_between(proposal: Proposal, names: Mapping[str, Node], schema: Schema) -> list[str]:
    """The kinds of ties that these two can have, the proposed one among them."""
    one, other = (names[id].kind if id in names else "" for id in (proposal.source, proposal.target))
    return [kind for kind, spec in schema.edges.items() if kind == proposal.kind or (one in spec.sources and other in spec.targets)]


def _name_field(name: str, title: str, id: str, names: Mapping[str, Node], kinds: Sequence[str]) -> dict[str, Any]:
    text = names[id].name_in(session.language()) if id in names else id
    return {"name": name, "label": title, "type": "name", "value": id, "text": text, "kinds": list(kinds)}


def _plain_field(name: str, value: Value, spec: NodeKind | EdgeKind, schema: Schema, language: str) -> dict[str, Any]:
    field = {"name": name, "label": label(name, schema), "type": "text", "value": ", ".join(value) if isinstance(value, tuple) else str(value)}
    if choices := spec.choices.get(name):
        words = dict.fromkeys(("", *choices, *([str(value)] if value else [])))
        return {**field, "choices": [[word, shown(name, word, schema, language) if word else "–"] for word in words]}
    return {**field, "hint": "2026, 2026-05, 2026-05-14"} if schema.holds(name) == "date" else field


def _labels(items: Iterable[Item]) -> dict[str, Any]:
    language = session.language()
    _ = translator(language)
    found = list(items)
    keys = [("j  k", _("next, previous")), ("a", _("accept")), ("A", _("accept all of this group")), ("c", _("correct")), ("r", _("reject")),
            ("n", _("add a fact that the text states")), ("u", _("undo")), ("d", _("show what was decided")), ("p", _("open the picture")), ("?", _("these keys"))]
    return {"accept": _("Accept"), "correct": _("Correct"), "reject": _("Reject"), "back": _("Take back"), "add": _("Add a fact the text states"), "save": _("Save"), "cancel": _("Cancel"),
            "nothing": _("Nothing is left to decide."), "keys": keys,
            "decided": [translate_count("{count} decided", "{count} decided", number, language) for number in range(len(found) + 1)]}
