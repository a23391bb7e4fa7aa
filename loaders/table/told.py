"""Keep a sentence as its template and what fills it, so that each reader is told in the own language, without the schema's codes."""

from dataclasses import dataclass

from graph.schema import load_schema
from graph.words import edge_name, kind_name, translate

OR = " or "
"""What stands between several kinds in a field."""


@dataclass(frozen=True, slots=True)
class Told:
    """An English template with its fields; as text it is English. A field `kind` names kinds of nodes, `tie` a kind of edge."""

    template: str
    fields: tuple[tuple[str, str], ...] = ()

    def said(self, language: str) -> str:
        """The sentence in a language, with the remedy that it may carry."""
        return translate(self.template, language, **{name: _field(name, value, language) for name, value in self.fields})

    def __str__(self) -> str:
        return self.said("en")


def told(template: str, /, **fields: object) -> Told:
    """A sentence with its fields."""
    return Told(template, tuple((name, str(value)) for name, value in fields.items()))


def kinds_said(kinds: str, language: str) -> str:
    """Kinds of nodes, as they are called: "region or country"."""
    schema = load_schema()
    return translate(OR, language).join(kind_name(schema, kind, language) if kind in schema.nodes else kind for kind in kinds.split(OR))


def _field(name: str, value: str, language: str) -> str:
    if name == "remedy":
        return translate(value, language)
    if name == "tie":
        return f"“{edge_name(load_schema(), value, language)}”"
    return kinds_said(value, language) if name == "kind" else value
