"""Say things in the reader's language: gettext catalogues for the interface, Babel for dates, numbers and lists.

Every function takes the language; nothing here keeps a current one, so two readers of one server never mix.
The catalogues lie in graph/locale as `.po` text and are read as they are: nothing needs to be compiled or installed.
"""

import datetime
import io
import re
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import babel
import babel.dates
import babel.lists
import babel.messages.pofile
import babel.numbers

from graph.errors import PonteError
from graph.model import Edge, Node
from graph.schema import EdgeKind, Schema

LOCALE = Path(__file__).with_name("locale")
LANGUAGES = {"en": "English", "it": "Italiano"}
"""Interface languages, each under its own name."""


ELISIONS = {"il": "l'", "al": "all'", "dal": "dall'", "del": "dell'"}
ELIDED = re.compile(r"\b(il|al|dal|del) ((?:8|11) )")


def mark(text: str) -> str:
    """Mark a text for translation where it is defined; `translate` says it where it is shown."""
    return text


@cache
def catalogue(language: str) -> dict[tuple[str, ...] | str, str | tuple[str, ...]]:
    """The translations of a language by English text; empty for English."""
    path = LOCALE / f"{language}.po"
    if language == "en" or not path.exists():
        return {}
    with path.open("rb") as file:
        entries = babel.messages.pofile.read_po(file, locale=language)
    return {(tuple(m.id) if isinstance(m.id, list | tuple) else m.id): (tuple(m.string) if isinstance(m.string, list | tuple) else m.string)
            for m in entries if m.id and m.string and not m.fuzzy}


def translate(text: str, language: str, /, **fields: object) -> str:
    """A text of the interface in a language, its `{fields}` filled in."""
    found = catalogue(language).get(text)
    chosen = found if isinstance(found, str) else text
    return chosen.format_map(fields) if fields else chosen


def translate_count(one: str, many: str, count: int, language: str, /, **fields: object) -> str:
    """The right plural of a text, `{count}` filled in with separators."""
    found = catalogue(language).get((one, many))
    single, several = found[:2] if isinstance(found, tuple) and all(found[:2]) else (one, many)
    return (single if count == 1 else several).format_map({"count": number(count, language), **fields})


def translator(language: str) -> Callable[..., str]:
    """`translate` for one language: `_ = translator("it")`."""
    def say(text: str, /, **fields: object) -> str:
        return translate(text, language, **fields)
    return say


def error_text(error: PonteError, language: str) -> str:
    """An error's sentence in a language; reasons and remedies in it are translated too where the catalogue has them."""
    known = catalogue(language)
    context = {name: known.get(value, value) if isinstance(value, str) else value for name, value in error.context.items()}
    return translate(error.template, language).format_map(context)


def number(value: float, language: str) -> str:
    """A number with the language's separators."""
    return str(babel.numbers.format_decimal(value, locale=language))


def date(value: str, language: str) -> str:
    """A date as stated, written out: "2026-03-03" -> "3 March 2026"; "2019-04" -> "April 2019"; "2019" stays."""
    if len(value) < 7:
        return value
    try:
        day = datetime.date.fromisoformat(value[:10] if len(value) >= 10 else f"{value}-01")
    except ValueError:
        return value
    locale = babel.Locale("en", "GB") if language == "en" else babel.Locale(language)
    said = str(babel.dates.format_date(day, "d MMMM y" if len(value) >= 10 else "MMMM y", locale=locale))
    return f"1º{said[1:]}" if language == "it" and said.startswith("1 ") else said


def elided(text: str, language: str) -> str:
    """A phrase around a date as it is said: Italian «dal 8 marzo» is «dall'8 marzo». For fixed phrases, never for a text with names in it."""
    return ELIDED.sub(lambda found: ELISIONS[found[1]] + found[2], text) if language == "it" else text


def language_name(code: str, language: str) -> str:
    """What a language is called in a language: ("nl", "it") -> "olandese"; the code where it is unknown."""
    return str(babel.Locale(language).languages.get(code, code))


def when(value: str, language: str) -> str:
    """A date with its preposition: "on 3 March 2026", "in March 2026", "nel 2026"."""
    said = date(value.split("/")[0], language)
    if language == "it":
        return elided(f"il {said}", language) if len(value) >= 10 else f"nel {said}" if len(value) == 4 else f"nel mese di {said}"
    return f"on {said}" if len(value) >= 10 else f"in {said}"


def listing(items: Iterable[str], language: str) -> str:
    """Items as a sentence lists them: "a, b and c"."""
    locale = babel.Locale("en", "GB") if language == "en" else babel.Locale(language)
    return str(babel.lists.format_list(list(items), locale=locale))


def kind_name(schema: Schema, kind: str, language: str, count: int = 1) -> str:
    """What a kind of node is called, in singular or plural."""
    spec = schema.nodes[kind]
    names = spec.one if count == 1 else spec.many
    return names.get(language) or names["en"]


def layer_names(schema: Schema, layers: Iterable[str], language: str) -> str:
    """What layers are called, as a sentence lists them; "" for none."""
    names = [schema.layer_name(layer, language) for layer in layers]
    return listing(names, language) if names else ""


def edge_name(schema: Schema, kind: str, language: str, *, reverse: bool = False) -> str:
    """What a kind of edge is called, read from its start or, reversed, from its end."""
    names = schema.edges[kind].in_name if reverse else schema.edges[kind].out_name
    return names.get(language) or names["en"]


def edge_sentence(schema: Schema, edge: Edge, source: Node, target: Node, language: str, *, past: bool = False) -> str:
    """One edge as a sentence without its full stop: "Flanders is an associate of Four Motors for Europe"."""
    text = _phrase(schema.edges[edge.kind], edge, language, "past" if past else "now")
    words = {"from": source.name_in(language), "to": target.name_in(language),
             "office": edge.text("office"), "topic": edge.text("topic")}
    return text.format_map(words).replace(" ()", "").replace("  ", " ").strip()


def _phrase(spec: EdgeKind, edge: Edge, language: str, tense: str) -> str:
    role = edge.text("role") or edge.text("relation")
    for key in ((role, language, tense), ("", language, tense), (role, "en", tense), ("", "en", tense)):
        if key in spec.phrases:
            return spec.phrases[key]
    raise KeyError((spec.kind, language, tense))


def write_utf8() -> None:
    """Let this process write UTF-8, whatever a pipe on this machine is set to: names are in every script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
