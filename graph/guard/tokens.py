"""Cut a Cypher text into words, signs, texts and numbers, as both servers read it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.errors import RefusedQuery
from graph.words import mark

DEEPEST = 60
TOKEN = re.compile(r"""
    (?P<space>\s+|//[^\n]*|/\*.*?\*/)
  | (?P<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")
  | (?P<quoted>`(?:``|[^`])*`)
  | (?P<parameter>\$(?:\w+|`(?:``|[^`])*`))
  | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)
  | (?P<word>[^\W\d]\w*)
  | (?P<sign>.)
""", re.X | re.S)
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


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

    Raises RefusedQuery where a text or a comment is not closed, or a word is spelled in escapes.
    """
    for found in TOKEN.finditer(cypher):
        kind = str(found.lastgroup)
        if kind == "space":
            continue
        if kind == "sign" and found[0] in "'\"`":
            raise refused(mark("a quotation mark is not closed"), mark("Close it."), found[0])
        if kind == "sign" and found[0] == "\\":
            raise refused(mark("it spells a word with a backslash"), mark("Write the word itself."), "\\")
        if kind == "sign" and cypher.startswith("/*", found.start()):
            raise refused(mark("a comment is not closed"), mark("Close it with */."), "/*")
        if kind != "text" and ESCAPE.search(found[0]):
            raise refused(mark("it spells a word with a backslash"), mark("Write the word itself."), found[0])
        if kind == "text" and _closed_early(found[0]):
            raise refused(mark("a text holds an escaped quotation mark"), mark("Pass the text as a parameter."), found[0][:40])
        yield Token(kind, found[0])


def _closed_early(text: str) -> bool:
    """Whether a text would end earlier for a server that reads \\uXXXX first (\\u0027 is a quotation mark)."""
    return any(chr(int(code, 16)) in "'\"\\`" for code in ESCAPE.findall(text))


def check_brackets(tokens: Sequence[Token]) -> None:
    """Refuse brackets that do not match, or are nested too deeply."""
    pairs = {")": "(", "]": "[", "}": "{"}
    open_brackets: list[str] = []
    for token in tokens:
        if token.kind != "sign":
            continue
        if token.text in "([{":
            open_brackets.append(token.text)
        elif token.text in pairs and (not open_brackets or open_brackets.pop() != pairs[token.text]):
            raise refused(mark("its brackets do not match"), mark("Look for the one that is missing."), token.text)
        if len(open_brackets) > DEEPEST:
            raise refused(mark("its brackets are nested too deeply"), mark("Split it with WITH."))
    if open_brackets:
        raise refused(mark("its brackets do not match"), mark("Look for the one that is missing."), open_brackets[-1])


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
