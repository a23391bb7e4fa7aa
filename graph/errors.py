"""Name every way in which Ponte can say no.

    PonteError
    ├── InputError            what a person typed or gave cannot be used (exit status 1)
    │   ├── UnknownName       no such region, network, leader …; carries what was perhaps meant
    │   ├── AmbiguousName     several have that name; carries them
    │   ├── UnknownLayer      nothing is loaded in a layer of that name; carries what is
    │   ├── NameInLayer       a name that only a layer knows which is switched off
    │   ├── RefusedQuery      the guard, or the server, refuses the Cypher; carries the reason and the way round
    │   ├── BadParameter      a query parameter is missing or has no such type
    │   ├── BadFile           a row or a text cannot be read; carries file, line and column
    │   └── BadValue          any other value that cannot be used (a date, a number, an address)
    ├── SettingsError         an environment variable has a value that cannot be used
    ├── SchemaError           a statement, or the schema itself, contradicts graph/schema.yml
    ├── ExpectationFailed     a source yields less or more than its source.yml expects
    ├── StoreError            the graph cannot be read or written
    │   ├── StoreUnavailable  nothing answers at the address
    │   ├── WrongCredentials  user or password are refused
    │   ├── UnsupportedServer the server is too old, or no Neo4j
    │   ├── LocalServerFailed the local server did not start or died; carries its log
    │   ├── DiskFull          no room is left where the data lie
    │   ├── RecordBusy        others keep on writing, so a decision was not saved
    │   ├── QueryTimeout      the time limit ended a query
    │   ├── QueryTooLarge     its answer, or what it needs on the way, does not fit the memory
    │   ├── QueryCancelled    a person ended it
    │   └── QueryFailed       the server rejects the Cypher; carries its message
    └── RenderError           a picture or a file cannot be made

Every message says what happened, the value, and the remedy. The text is a template of the class, so that
`graph.words.error_text` can say it in the reader's language; the context is kept as attributes.
"""

import copyreg
from typing import Any, ClassVar


class PonteError(Exception):
    """The root: `template` is an English sentence with `{fields}`, given by keyword when raised."""

    template: ClassVar[str] = "{what}"

    def __init__(self, **context: object) -> None:
        self.context = context
        super().__init__(self.template.format_map(context))

    def __getattr__(self, name: str) -> object:
        try:
            return self.__dict__["context"][name]
        except KeyError:
            raise AttributeError(name) from None

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle without calling the constructors, whose arguments are by keyword."""
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]


class InputError(PonteError):
    """What a person typed or gave cannot be used."""


class UnknownName(InputError):
    """No name like this is in the graph. Context: name, suggestions (names, best first)."""

    template = "“{name}” is not in the graph. Check the spelling, or search for a part of it."
    template_with_suggestions: ClassVar[str] = "“{name}” is not in the graph. Did you mean {choices}?"

    def __init__(self, *, name: str, suggestions: tuple[str, ...] = ()) -> None:
        if suggestions:
            self.template = self.template_with_suggestions  # type: ignore[misc]  # the sentence of this one error
        super().__init__(name=name, suggestions=suggestions, choices=", ".join(suggestions))


class AmbiguousName(InputError):
    """Several have this name. Context: name, candidates (names with ids)."""

    template = "“{name}” may mean {choices}. Write one of these, or its id."

    def __init__(self, *, name: str, candidates: tuple[str, ...]) -> None:
        super().__init__(name=name, candidates=candidates, choices=", ".join(candidates))


class UnknownLayer(InputError):
    """Nothing is loaded in a layer of this name. Context: name, layers (those that are loaded, or what was perhaps meant)."""

    template = "Nothing is loaded in a layer “{name}”. Loaded are: {choices}."
    template_with_guess: ClassVar[str] = "Nothing is loaded in a layer “{name}”. Did you mean {choices}?"

    def __init__(self, *, name: str, layers: tuple[str, ...], guessed: bool = False) -> None:
        if guessed:
            self.template = self.template_with_guess  # type: ignore[misc]  # the sentence of this one error
        super().__init__(name=name, layers=layers, choices=", ".join(layers))


class NameInLayer(InputError):
    """A name that only a layer knows which is switched off. Context: name, layer (what it is called)."""

    template = "“{name}” lies in a layer that is switched off: {layer}. Switch it on to find it."


class RefusedQuery(InputError):
    """The guard or the server refuses the Cypher. Context: reason, remedy, word (what gave offence)."""

    template = "The query was not run: {reason}. {remedy}"
    template_with_word: ClassVar[str] = "The query was not run: {reason} ({word}). {remedy}"

    def __init__(self, *, reason: str, remedy: str, word: str = "") -> None:
        if word:
            self.template = self.template_with_word  # type: ignore[misc]  # the sentence of this one error
        super().__init__(reason=reason, remedy=remedy, word=word)


class BadParameter(InputError):
    """A parameter of a query is missing or has the wrong type. Context: name, problem."""

    template = "The parameter ${name} cannot be used: {problem}."


class BadFile(InputError):
    """A file cannot be read. Context: file, line (0 where none), column, problem, remedy."""

    template = "{where}: {problem}. {remedy}"

    def __init__(self, *, file: str, problem: str, remedy: str, line: int = 0, column: str = "") -> None:
        where = file + (f", line {line}" if line else "") + (f", column {column}" if column else "")
        super().__init__(file=file, line=line, column=column, problem=problem, remedy=remedy, where=where)


class BadValue(InputError):
    """A value cannot be used. Context: name, value, remedy."""

    template = "{name} “{value}” cannot be used. {remedy}"


class SettingsError(PonteError):
    """An environment variable has a value that cannot be used. Context: name, value, remedy."""

    template = "The setting {name} is “{value}”. {remedy}"


class SchemaError(PonteError):
    """A statement or the schema contradicts graph/schema.yml. Context: what, remedy."""

    template = "{what}. {remedy}"


class ExpectationFailed(PonteError):
    """A source yields less or more than expected, so nothing of it was written. Context: source, problem."""

    template = "{source}: {problem}. Nothing of it was written; check the file, or change what source.yml expects."


class StoreError(PonteError):
    """The graph cannot be read or written."""


class StoreUnavailable(StoreError):
    """Nothing answers at the address. Context: uri, reason."""

    template = "The graph at {uri} cannot be reached ({reason}). Check that it runs and that NEO4J_URI is right."


class WrongCredentials(StoreError):
    """User or password are refused. Context: uri, user."""

    template = "The server at {uri} refuses the user “{user}”. Check NEO4J_USERNAME and NEO4J_PASSWORD."


class UnsupportedServer(StoreError):
    """The server is too old or no Neo4j. Context: uri, version."""

    template = "The server at {uri} is {version}. Ponte needs Neo4j 5.26 or later."


class LocalServerFailed(StoreError):
    """The local server did not start, or died. Context: reason, log (path of its log)."""

    template = "The local graph server failed: {reason}. Its log is {log}; starting Ponte again starts it anew."


class DiskFull(StoreError):
    """No room is left. Context: folder."""

    template = "No room is left in {folder}. Nothing was lost; free some space and try again."


class RecordBusy(StoreError):
    """Others wrote to the graph at each attempt."""

    template = "Others are writing to the graph just now, so this was not saved. Nothing was lost; try again."


class QueryTimeout(StoreError):
    """The time limit ended a query. Context: seconds."""

    template = "The query was ended after {seconds:g} s. Ask for less: a smaller pattern, a LIMIT, or fewer steps."


class QueryTooLarge(StoreError):
    """An answer, or what a query needs on the way, does not fit the memory. Context: reason."""

    template = "The query was ended: {reason}. Ask for less: fewer columns, a LIMIT, or a smaller pattern."


class QueryCancelled(StoreError):
    """A person ended the query."""

    template = "The query was cancelled. Nothing was changed."


class QueryFailed(StoreError):
    """The server rejects the Cypher. Context: reason (the server's own message)."""

    template = "The query cannot be run: {reason}"


class RenderError(PonteError):
    """A picture or a file cannot be made. Context: what, remedy."""

    template = "{what}. {remedy}"
