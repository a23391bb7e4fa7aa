"""Project statements onto the properties of a node or an edge: the best value of each, and what the record says of itself."""

from collections.abc import Mapping, Sequence

from graph.model import DECIDED, SAME_AS, Source, Statement, Value, first_day, last_day
from graph.record.days import day_before
from graph.record.deciding import is_word, makes_fact
from graph.record.judging import Said, best, best_status, by_name, day_of, independent_sources, is_disputed, strongest
from graph.record.layers import layers_of
from graph.record.sameness import APART, Sameness
from graph.schema import EdgeKind, Schema

TELLING = ("founder", "lead", "initiator", "host", "member", "party")
"""Of several roles in one fact the first of these is shown: who founded is a member too."""


def node_properties(id: str, group: Sequence[Statement], sources: Mapping[str, Source], schema: Schema, same: Sameness = APART) -> dict[str, Value]:
    """The properties of a node, from all statements on it; the day of a status is that of who states it."""
    said = by_name(group)
    voices = [statement for statement in group if makes_fact(statement)]
    record = _about_the_record(group, voices, voices, said, sources, schema)
    names = {name: said.pop(name) for name in list(said) if name in ("name", "aliases") or name.startswith("name_")}
    found = {name: best(values, sources) for name, values in said.items()}
    if "status" in said:
        found["status"], speaker = best_status(said["status"], sources, schema)
        speakers = {(s.source, s.place) for value, s in said["status"] if value == found["status"]}
        days = [pair for pair in said.get("status_as_of", ()) if (pair[1].source, pair[1].place) in speakers]
        if day := strongest(days, sources)[0] if days else day_of(speaker, sources):
            found["status_as_of"] = day
    others = tuple(sorted(same.all_of(id) - {id}))
    return _shown_ids(found, schema, same) | _names(id, names, sources) | record | ({SAME_AS: others} if others else {})


def _shown_ids(found: Mapping[str, Value], schema: Schema, same: Sameness) -> dict[str, Value]:
    """The same values, with the ids among them as the nodes that stand for them."""
    return {name: same.of(value) if isinstance(value, str) and schema.holds(name) == "id" else value for name, value in found.items()}


def _names(id: str, said: Mapping[str, Sequence[Said]], sources: Mapping[str, Source]) -> dict[str, Value]:
    """`name` (English), `name_xx`, and all others that anyone uses as `aliases`."""
    found = {name: best(_own(id, values), sources) for name, values in said.items() if name != "aliases"}
    if "name_en" in found:
        found["name"] = found.pop("name_en")
    every = {str(text) for values in said.values() for value, _ in values for text in (value if isinstance(value, tuple) else (value,))}
    aliases = sorted(every - set(map(str, found.values())) - {""})
    return found | ({"aliases": tuple(aliases)} if aliases else {})


def _own(id: str, said: Sequence[Said]) -> Sequence[Said]:
    """Of the names of several that are one those of the node itself, unless a person chose among them."""
    if any(statement.verdict == DECIDED for _, statement in said):
        return said
    return [pair for pair in said if pair[1].subject == id] or said


def edge_properties(term: Sequence[Statement], spec: EdgeKind, sources: Mapping[str, Source], schema: Schema,
                    same: Sameness = APART) -> dict[str, Value]:
    """The properties of an edge, from all statements on it."""
    said = by_name(term)
    voices = [statement for statement in term if makes_fact(statement)]
    over = [statement for statement in voices if _ends_it(statement, spec)] if spec.ends else []
    holding = [statement for statement in voices if not _ends_it(statement, spec)] if over else voices
    record = _about_the_record(term, voices, holding, said, sources, schema)
    shown = {name: [pair for pair in values if not _says_nothing(name, pair[0], spec)] for name, values in said.items()}
    found = {name: best(values, sources) for name, values in shown.items() if values}
    wordings = sorted({statement.as_stated for statement in voices} - {""})
    if "as_stated" in spec.qualifiers and wordings:
        found["as_stated"] = "; ".join(wordings)
    return _shown_ids(found, schema, same) | _role(shown, spec) | _dates(found) | _end_by_word(over, holding, found, sources) | record


def _says_nothing(name: str, value: Value, spec: EdgeKind) -> bool:
    return value in (spec.ends.get(name), spec.unknown_joins.get(name))


def _role(said: Mapping[str, Sequence[Said]], spec: EdgeKind) -> dict[str, Value]:
    roles = said.get("role", ())
    roles = [pair for pair in roles if pair[1].verdict == DECIDED] or roles
    stated = {str(value) for value, statement in roles if statement.confidence == "stated"} or {str(value) for value, _ in roles}
    telling = next((role for role in TELLING if role in stated), "")
    found: dict[str, Value] = {"role": telling} if telling else {}
    if not roles and "role" in spec.unknown_joins:
        found["role"] = spec.unknown_joins["role"]
    if any(value == "founder" for value, _ in roles) or any(value is True for value, _ in said.get("founder", ())):
        found["founder"] = True
    return found


def _dates(found: Mapping[str, Value]) -> dict[str, Value]:
    """The first day and the last day that the stated dates allow, beside them as stated."""
    dates: dict[str, Value] = {}
    for name, widened in (("since", first_day), ("until", last_day)):
        if stated := str(found.get(name, "")):
            dates |= {name: widened(stated), f"{name}_stated": stated}
    return dates


def _end_by_word(over: Sequence[Statement], holding: Sequence[Statement], found: Mapping[str, Value],
                 sources: Mapping[str, Source]) -> dict[str, Value]:
    """The end of what someone calls former, unless a newer statement says that it holds: no later than the day before."""
    if not over:
        return {}
    days = [day for statement in over if (day := day_of(statement, sources))]
    newest = max(map(last_day, days), default="")
    if newest and any(first_day(day_of(statement, sources)) > newest for statement in holding):
        return {}
    ended: dict[str, Value] = {"former": True}
    if days and "until" not in found:
        ended |= {"until": day_before(min(map(first_day, days))), "until_derived": True}
    return ended


def _ends_it(statement: Statement, spec: EdgeKind) -> bool:
    return any(statement.qualifiers.get(name) == value for name, value in spec.ends.items())


def _about_the_record(group: Sequence[Statement], voices: Sequence[Statement], holding: Sequence[Statement], said: Mapping[str, Sequence[Said]],
                      sources: Mapping[str, Source], schema: Schema) -> dict[str, Value]:
    """Newest and, where it is another, first day on which it is said to hold, independent sources, layers, disputed values, values
    on which a person has had a word, whether all of it is inferred."""
    found: dict[str, Value] = {"independent": independent_sources(voices, sources), **layers_of(voices, sources)}
    if days := [day for statement in holding if (day := confirms(statement, sources))]:
        found["confirmed"] = max(days, key=lambda day: (last_day(day), len(day)))
        seen = min(days, key=lambda day: (first_day(day), -len(day)))
        if seen != found["confirmed"] and holding[0].object:
            found["seen"] = seen
    if disputed := sorted(name for name, values in said.items() if len(values) > 1 and is_disputed(name, values, schema)):
        found["disputed"] = tuple(disputed)
    if decided := sorted({statement.property for statement in group if is_word(statement)} - {""}):
        found["decided"] = tuple(decided)
    if all(statement.confidence != "stated" for statement in voices):
        found["inferred"] = True
    return found


def confirms(statement: Statement, sources: Mapping[str, Source]) -> str:
    """The day on which a statement says that its fact holds: the day that it speaks of, but no later than the end that it
    states, and none where it speaks of a beginning ahead; "" where no day is known."""
    if not makes_fact(statement):
        return ""
    day = day_of(statement, sources)
    since, until = str(statement.qualifiers.get("since", "")), str(statement.qualifiers.get("until", "")).rpartition("/")[2]
    if since and last_day(day) < first_day(since):
        return ""
    return until if until and last_day(until) < first_day(day) else day
