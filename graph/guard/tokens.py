"""Cut a Cypher text into words, signs, texts and numbers, as both servers read it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.errors import RefusedQuery
from graph.words import mark

DEEPEST = 60
TOKEN = re.compile(r"""
    (?P<space>\s+|//[^\n\r]*|/\*.*?\*/)
  | (?P<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")
  | (?P<quoted>`(?:``|[^`])*`)
  | (?P<parameter>\$(?:\w+|`(?:``|[^`])*`))
  | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)
  | (?P<word>[^\W\d]\w*)
  | (?P<sign>.)
""", re.X | re.S)
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})?", re.I)
"""Neo4j reads it before anything else, in comments too, so that a word, or the end of a comment or a text, may be spelled with it."""
SIGNS = frozenset("()[]{}<>=+-*/%^.,:;|&!?$~@#\"'`\\")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, sign, text, number, quoted name or parameter; `upper` is how a word is compared."""

    kind: str
    text: str

    @property
    def upper(self) -> str:
        """The word in capitals; other tokens as they are."""
        return self.text.upper() if self.kind == "word" else self.text


def refused(reason: str, remedy: str, word: str = "") -> RefusedQuery:
    """The refusal, its word shown with the reason."""
    return RefusedQuery(reason=reason, remedy=remedy, word=word)


def tokenize(cypher: str) -> Iterator[Token]:
    """The tokens of a text without blanks and comments.

    Raises RefusedQuery where a text or a comment is not closed, something is spelled in escapes, or a sign is none of Cypher's.
    """
    for found in TOKEN.finditer(cypher):
        kind, text = str(found.lastgroup), found[0]
        if any("\ud800" <= sign <= "\udfff" for sign in text):
            raise refused(mark("it holds a sign that a keyboard does not write"), mark("Type quotation marks, dashes and arrows anew."))
        if kind == "text" and _closed_early(text):
            raise refused(mark("a text holds an escaped quotation mark"), mark("Pass the text as a parameter."), text[:40])
        if kind != "text" and ESCAPE.search(text):
            raise refused(mark("it spells a word with a backslash"), mark("Write the word itself."), text[:40])
        if kind == "space":
            continue
        if kind == "sign":
            _check_sign(cypher, found.start())
        yield Token(kind, text)


def _check_sign(cypher: str, position: int) -> None:
    sign = cypher[position]
    if sign in "'\"`":
        raise refused(mark("a quotation mark is not closed"), mark("Close it."), sign)
    if sign == "\\":
        raise refused(mark("it spells a word with a backslash"), mark("Write the word itself."), sign)
    if cypher.startswith("/*", position):
        raise refused(mark("a comment is not closed"), mark("Close it with */."), "/*")
    if sign not in SIGNS:  # Neo4j takes eleven kinds of dashes and nine of arrowheads, so that patterns could pass unseen
        raise refused(mark("it holds a sign that a keyboard does not write"), mark("Type quotation marks, dashes and arrows anew."), sign)


def _closed_early(text: str) -> bool:
    """Whether a text would end earlier for a server that reads \\uXXXX first (\\u0027 is a quotation mark)."""
    return any(not code or chr(int(code, 16)) in "'\"\\`" for code in ESCAPE.findall(text))


def check_brackets(tokens: Sequence[Token]) -> list[int]:
    """For each token the place of the bracket around it, -1 outside all; for a closing bracket, of the one that it closes.

    Raises RefusedQuery where brackets do not match, or are nested too deeply.
    """
    pairs = {")": "(", "]": "[", "}": "{"}
    around: list[int] = []
    within = [-1]
    for index, token in enumerate(tokens):
        around.append(within[-1])
        if token.kind != "sign":
            continue
        if token.text in "([{":
            within.append(index)
        elif token.text in pairs and (within[-1] < 0 or tokens[within.pop()].text != pairs[token.text]):
            raise refused(mark("its brackets do not match"), mark("Look for the one that is missing."), token.text)
        if len(within) > DEEPEST:
            raise refused(mark("its brackets are nested too deeply"), mark("Split it with WITH."))
    if len(within) > 1:
        raise refused(mark("its brackets do not match"), mark("Look for the one that is missing."), tokens[within[-1]].text)
    return around


def closing(tokens: Sequence[Token], start: int) -> int:
    """Where the bracket that opens at `start` closes."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].text in ("(", "[", "{") and tokens[index].kind == "sign"
        depth -= tokens[index].text in (")", "]", "}") and tokens[index].kind == "sign"
        if depth == 0:
            return index
    return len(tokens)


def deeper(token: Token) -> int:
    """1 for a sign that opens a bracket, -1 for one that closes it, else 0."""
    if token.kind != "sign":
        return 0
    return (token.text in ("(", "[", "{")) - (token.text in (")", "]", "}"))
