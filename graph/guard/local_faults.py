"""Refuse what the local server is known to answer wrongly, with the way round: a refusal is better than a wrong answer."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from graph.guard.tokens import Token, closing, refused
from graph.words import mark

CLAUSES = ("MATCH", "UNION", "RETURN", "WITH", "UNWIND", "CALL")


def check_shortest(tokens: Sequence[Token]) -> None:
    """Refuse conditions on shortest paths: the local server searches first, filters after, and says "no path" where there is one."""
    for index, token in enumerate(tokens):
        if token.kind != "word" or token.upper not in ("SHORTESTPATH", "ALLSHORTESTPATHS"):
            continue
        end = closing(tokens, index + 1)
        ties = _inside_relationship(tokens[index:end])
        names = {_name(tokens[index - 2])} if index > 1 and tokens[index - 1].text == "=" else set()
        names |= {_name(tie) for before, tie in pairwise(ties) if before.text == "[" and tie.kind in ("word", "quoted")}
        if any(tie.text == "{" for tie in ties) or _filtered(tokens, end, names):
            raise refused(mark("the local server answers a condition on a shortest path wrongly"),
                          mark("Name the kinds in the pattern instead, or use Paths, which takes dates and names to avoid."), token.text)


def _name(token: Token) -> str:
    """A name as it is meant: `p` in backquotes is p."""
    return token.text[1:-1].replace("``", "`") if token.kind == "quoted" else token.text


def _inside_relationship(tokens: Sequence[Token]) -> list[Token]:
    inside, found = False, []
    for token in tokens:
        inside = (inside or token.text == "[") and token.text != "]"
        if inside:
            found.append(token)
    return found


def _filtered(tokens: Sequence[Token], start: int, names: Iterable[str]) -> bool:
    """Whether a WHERE after the pattern speaks of the path, of a part of it, or uses it unnamed."""
    derived = set(names)
    where = False
    for index in range(start, len(tokens)):
        token = tokens[index]
        if token.upper == "WHERE":
            where = True
        elif token.upper in CLAUSES and not _in_subquery(tokens, index):
            where = False
            if token.upper in ("RETURN", "WITH", "UNWIND"):
                derived |= _renamed(tokens, index, derived)
        if where and ((token.kind in ("word", "quoted") and _name(token) in derived)
                      or (not derived and token.upper in ("RELATIONSHIPS", "NODES", "LENGTH"))):
            return True
    return False


def _in_subquery(tokens: Sequence[Token], index: int) -> bool:
    """Whether a clause stands first in braces, as in EXISTS { MATCH … }: the condition around it goes on."""
    return index > 0 and tokens[index - 1].text == "{" and tokens[index].upper == "MATCH"


def _renamed(tokens: Sequence[Token], start: int, derived: set[str]) -> set[str]:
    """Names given to what is made of the path in a WITH or UNWIND."""
    uses, found = False, set()
    for index in range(start + 1, len(tokens)):
        token = tokens[index]
        if token.upper in ("MATCH", "WHERE", "RETURN", "WITH", "UNWIND"):
            break
        uses = uses or (token.kind in ("word", "quoted") and _name(token) in derived)
        if token.upper == "AS" and uses and index + 1 < len(tokens):
            found.add(_name(tokens[index + 1]))
        if token.text == ",":
            uses = False
    return found


def check_braces(tokens: Sequence[Token], around: Sequence[int]) -> None:
    """Refuse a tie in the braces of a pattern: the local server then finds nothing (26.10, counted 0 instead of 13)."""
    ties = {_name(tokens[i + 2]) for i in range(len(tokens) - 2)
            if tokens[i].text == "-" and tokens[i + 1].text == "[" and tokens[i + 2].kind in ("word", "quoted")}
    patterns = {i for i, token in enumerate(tokens) if token.text == "{" and token.kind == "sign" and _opens_pattern(tokens, i)}
    within: set[int] = set()
    for i, token in enumerate(tokens):
        if around[i] in patterns or around[i] in within:
            within.add(i)
            if token.kind in ("word", "quoted") and _name(token) in ties and tokens[i - 1].text != "." and tokens[i + 1].text != ":":
                raise refused(mark("the local server finds nothing where a pattern's braces hold a property of a tie"),
                              mark("Write it as a condition: WHERE s.about = r.id."), token.text)


def _opens_pattern(tokens: Sequence[Token], brace: int) -> bool:
    """Whether only a name and labels, or kinds and a length, stand between a bracket of a pattern and this brace."""
    position = brace - 1
    while position >= 0 and (tokens[position].kind in ("word", "quoted", "number") or tokens[position].text in (":", "|", "&", "!", "*", ".")):
        position -= 1
    if position < 0:
        return False
    return tokens[position].text == "(" or (tokens[position].text == "[" and position > 0 and tokens[position - 1].text == "-")
