"""Refuse patterns without an upper bound for their length: no time limit makes them useful."""

import re
from collections.abc import Sequence

from graph.guard.tokens import Token, refused
from graph.words import mark

MOST_HOPS = 15


def check_hops(tokens: Sequence[Token]) -> None:
    """Refuse stars and quantifiers that are unbounded, or bounded above MOST_HOPS."""
    remedy = mark("Give an upper bound of at most 15: *1..4, or {1,4}.")
    for index, token in enumerate(tokens):
        following = [other.text for other in tokens[index + 1:index + 7]]
        if token.text == "*" and _in_relationship(tokens, index):
            if _upper(following) is None or int(_upper(following) or 0) > MOST_HOPS:
                raise refused(mark("a pattern has no upper bound for its length"), remedy, "*")
        elif token.text in ("+", "*") and index and tokens[index - 1].text in (")", ">", "-") and _after_pattern(tokens, index):
            raise refused(mark("a pattern has no upper bound for its length"), remedy, token.text)
        elif token.text == "{" and index and tokens[index - 1].text in (")", "-", ">") and (quantifier := _quantifier(following)):
            high = quantifier[1]
            if high is None or high > MOST_HOPS:
                raise refused(mark("a pattern has no upper bound for its length"), remedy, "{")


def _in_relationship(tokens: Sequence[Token], index: int) -> bool:
    """Whether a star stands between the square brackets of a relationship: -[r:KIND*1..3]-."""
    depth = 0
    for position in range(index - 1, -1, -1):
        text = tokens[position].text if tokens[position].kind == "sign" else ""
        if text in ("]", ")", "}"):
            depth += 1
        elif text in ("[", "(", "{"):
            if depth == 0:
                return text == "[" and position > 0 and tokens[position - 1].text == "-" and not _arithmetic(tokens, position + 1, index)
            depth -= 1
    return False


def _arithmetic(tokens: Sequence[Token], start: int, star: int) -> bool:
    """Whether what stands before the star is more than a variable and kinds, as in a list `-[a * b]`."""
    between = tokens[start:star]
    return any(token.kind in ("number", "parameter", "text") or token.text in ("(", ",", ".") for token in between)


def _upper(following: Sequence[str]) -> str | None:
    """The upper bound behind a star: "3" for *3, *..3 and *1..3; None for *, *1.. ."""
    text = "".join(following)
    found = re.match(r"(?:(\d+)?\.\.(\d+))|(\d+)(?!\d*\.\.)(?!\.)", text) or re.match(r"(\d+)\.()\.?(\d+)", text)
    if found is None:
        return None
    return next((group for group in reversed(found.groups()) if group), None)


def _after_pattern(tokens: Sequence[Token], index: int) -> bool:
    """Whether the bracket before closes a pattern and no sum: it holds a relationship, or is one."""
    if tokens[index - 1].text in (">", "-"):
        return index > 1 and tokens[index - 2].text in ("]", "-")
    depth, seen = 0, []
    for position in range(index - 1, -1, -1):
        text = tokens[position].text if tokens[position].kind == "sign" else ""
        depth += text in (")", "]", "}")
        depth -= text in ("(", "[", "{")
        seen.append(text)
        if depth == 0:
            break
    joined = "".join(reversed(seen))
    return "-[" in joined or "]-" in joined or "--" in joined


def _quantifier(following: Sequence[str]) -> tuple[int | None, int | None] | None:
    """(low, high) of {3}, {1,3}, {,3} or {1,}; None if the bracket is no quantifier."""
    found = re.match(r"(\d*)(,?)(\d*)\}", "".join(following))
    if not found or not (found[1] or found[2]):
        return None
    low = int(found[1]) if found[1] else None
    return (low, int(found[3]) if found[3] else None) if found[2] else (low, low)
