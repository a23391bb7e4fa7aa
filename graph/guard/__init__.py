"""Judge whether a Cypher text may run: it must only read, stay in this database, and be bounded.

A small tokenizer and lists of words, before the server's own checks (a user or a session that may only read, a limit on time
and rows): no Cypher parser for Python reads all good queries, and a read may still reach files and settings of the server.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.guard.clauses import check_begin, check_call, check_word
from graph.guard.hops import check_hops
from graph.guard.local_faults import check_braces, check_shortest
from graph.guard.tokens import Token, check_brackets, deeper, refused, tokenize
from graph.words import mark

LONGEST = 20_000
GIVEN = ("layers",)
"""Parameters that the store gives: the layers that it sees."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """A text that may run, and the names of the parameters that want a value, in order."""

    text: str
    parameters: tuple[str, ...]


def check(cypher: str, *, local: bool) -> Guarded:
    """The text without a closing semicolon, if it only reads, stays here and is bounded; `local`: for the local server.

    Raises RefusedQuery with the reason, the way round and the word that gave offence.
    """
    if len(cypher) > LONGEST:
        raise refused(mark("it is longer than 20,000 characters"), mark("Pass long lists as parameters."))
    found = tuple(tokenize(cypher))
    while found and found[-1].text == ";":
        found = found[:-1]
    if not found:
        raise refused(mark("it is empty"), mark("Write a query, or choose a saved question."))
    around = check_brackets(found)
    check_begin(found)
    for index, token in enumerate(found):
        if token.text == ";" and token.kind == "sign":
            raise refused(mark("it holds more than one statement"), mark("Run them one at a time."), ";")
        if token.kind == "word":
            check_word(found, index)
        check_call(found, index)
    check_hops(found, around)
    if local:
        check_shortest(found)
        check_braces(found, around)
    parameters = dict.fromkeys(token.text[1:].strip("`").replace("``", "`") for token in found if token.kind == "parameter")
    return Guarded(cypher.strip().rstrip(";").rstrip(), tuple(name for name in parameters if name not in GIVEN))


def columns_of(cypher: str) -> tuple[str, ...]:
    """The names of the columns that a query returns, from its text: the local server names them only where there are rows."""
    found = [token for token in tokenize(cypher) if token.text != ";"]
    depth, start = 0, None
    for index, token in enumerate(found):
        depth += deeper(token)
        if depth == 0 and token.upper == "RETURN":
            start = index + 1
    names: list[str] = []
    item: list[Token] = []
    for token in [*found[start if start is not None else len(found):], Token("sign", ",")]:
        ends = depth == 0 and token.upper in ("ORDER", "SKIP", "LIMIT", "UNION")
        depth += deeper(token)
        if ends or (depth == 0 and token.text == "," and token.kind == "sign"):
            names += [_column(item)] if item else []
            item = []
            if ends:
                break
        elif not (token.upper == "DISTINCT" and not item and not names):
            item.append(token)
    return () if names == ["*"] else tuple(names)


def _column(item: Sequence[Token]) -> str:
    if len(item) > 2 and item[-2].upper == "AS":
        return item[-1].text.strip("`")
    return "".join(token.text for token in item)
