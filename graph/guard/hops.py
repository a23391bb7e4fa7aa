"""Refuse patterns without an upper bound for their length: no time limit makes them useful."""

import re
from collections.abc import Sequence

from graph.guard.tokens import Token, refused
from graph.words import mark

MOST_HOPS = 15
LENGTH = re.compile(r"(?P<exact>\d+)|\d*\.\.(?P<high>\d+)")
QUANTIFIER = re.compile(r"(?P<exact>\d+)|\d*,(?P<high>\d+)")


def check_hops(tokens: Sequence[Token], around: Sequence[int]) -> None:
    """Refuse stars and quantifiers that are unbounded, or bounded above MOST_HOPS; `around` as check_brackets gives it."""
    conditioned: set[int] = set()
    patterns: set[int] = set()
    for index, token in enumerate(tokens):
        if token.upper == "WHERE":
            conditioned.add(around[index])
        if _is_tie(tokens, index):
            patterns.add(around[index])
        following = tokens[index + 1:index + 6]
        if token.text == "*" and _is_tie(tokens, around[index]) and around[index] not in conditioned:
            _check_bound(LENGTH, _until(following, "]{"), token)
        elif token.text in ("+", "*") and index and _ends_pattern(tokens, around, index - 1, patterns):
            raise _unbounded(token)
        elif token.text == "{" and index and tokens[index - 1].text in (")", "-", ">") and following and _is_quantifier(following[0]):
            _check_bound(QUANTIFIER, _until(following, "}"), token)


def _is_tie(tokens: Sequence[Token], index: int) -> bool:
    """Whether the line of a tie begins its brackets here, or its second dash: -[…]-, --, -->, <--."""
    if index < 1 or tokens[index - 1].text != "-":
        return False
    return tokens[index].text == "[" or (tokens[index].text == "-" and index > 1 and tokens[index - 2].text in (")", "<"))


def _until(following: Sequence[Token], stops: str) -> str:
    """What stands before one of these signs, a parameter or a condition, as one text."""
    text = ""
    for token in following:
        if token.kind == "parameter" or token.upper == "WHERE" or (token.kind == "sign" and token.text in stops):
            break
        text += token.text
    return text


def _check_bound(form: re.Pattern[str], text: str, token: Token) -> None:
    found = form.fullmatch(text)
    if found is None or int(found["exact"] or found["high"]) > MOST_HOPS:
        raise _unbounded(token)


def _unbounded(token: Token) -> Exception:
    return refused(mark("a pattern has no upper bound for its length"), mark("Give an upper bound of at most 15: *1..4, or {1,4}."), token.text)


def _is_quantifier(first: Token) -> bool:
    return first.kind == "number" or first.text == ","


def _ends_pattern(tokens: Sequence[Token], around: Sequence[int], index: int, patterns: set[int]) -> bool:
    """Whether a bracket that holds ties, or a tie, ends here, so that a + or * behind it is a quantifier and no sum."""
    token = tokens[index]
    if token.text == ")" and token.kind == "sign":
        return around[index] in patterns
    if token.text == ">":
        index -= 1
    if index < 1 or tokens[index].text != "-":
        return False
    return _is_tie(tokens, index) or (tokens[index - 1].text == "]" and _is_tie(tokens, around[index - 1]))
