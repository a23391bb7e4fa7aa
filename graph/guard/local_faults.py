"""Refuse what the local server is known to answer wrongly, with the way round: a refusal is better than a wrong answer."""

from collections.abc import Sequence

from graph.guard.tokens import Token, closing, refused
from graph.words import mark


def check_shortest(tokens: Sequence[Token]) -> None:
    """Refuse conditions on shortest paths: the local server searches first, filters after, and says "no path" where there is one."""
    for index, token in enumerate(tokens):
        if token.kind != "word" or token.upper not in ("SHORTESTPATH", "ALLSHORTESTPATHS"):
            continue
        name = tokens[index - 2].text if index > 1 and tokens[index - 1].text == "=" else None
        end = closing(tokens, index + 1)
        if any(other.text == "{" for other in _inside_relationship(tokens[index:end])) or _filtered(tokens, end, name):
            raise refused(mark("the local server answers a condition on a shortest path wrongly"),
                          mark("Name the kinds in the pattern instead, or use Paths, which takes dates and names to avoid."), token.text)


def _inside_relationship(tokens: Sequence[Token]) -> list[Token]:
    inside, found = False, []
    for token in tokens:
        inside = (inside or token.text == "[") and token.text != "]"
        if inside:
            found.append(token)
    return found


def _filtered(tokens: Sequence[Token], start: int, name: str | None) -> bool:
    """Whether a WHERE after the pattern speaks of the path, of a part of it, or uses it unnamed."""
    derived = {name} if name else set()
    where = False
    for index in range(start, len(tokens)):
        token = tokens[index]
        if token.upper == "WHERE":
            where = True
        elif token.upper in ("MATCH", "UNION"):
            where = False
        elif token.upper in ("RETURN", "WITH", "UNWIND"):
            where = False
            derived |= _renamed(tokens, index, derived)
        if where and (token.text in derived or (not name and token.upper in ("RELATIONSHIPS", "NODES", "LENGTH"))):
            return True
    return False


def _renamed(tokens: Sequence[Token], start: int, derived: set[str]) -> set[str]:
    """Names given to what is made of the path in a WITH or UNWIND."""
    uses, found = False, set()
    for index in range(start + 1, len(tokens)):
        token = tokens[index]
        if token.upper in ("MATCH", "WHERE", "RETURN", "WITH", "UNWIND"):
            break
        uses = uses or token.text in derived
        if token.upper == "AS" and uses and index + 1 < len(tokens):
            found.add(tokens[index + 1].text)
        if token.text == ",":
            uses = False
    return found


def check_braces(tokens: Sequence[Token]) -> None:
    """Refuse a tie's property in the braces of a node: the local server then finds nothing (26.10, counted 0 instead of 13)."""
    ties = {tokens[i + 2].text for i in range(len(tokens) - 2)
            if tokens[i].text == "-" and tokens[i + 1].text == "[" and tokens[i + 2].kind in ("word", "quoted")}
    for i in range(len(tokens) - 3):
        key, colon, name, dot = tokens[i:i + 4]
        if name.text in ties and dot.text == "." and colon.text == ":" and key.kind in ("word", "quoted") and _in_node(tokens, i):
            raise refused(mark("the local server finds nothing where a pattern's braces hold a property of a tie"),
                          mark("Write it as a condition: WHERE s.about = r.id."), name.text)


def _in_node(tokens: Sequence[Token], index: int) -> bool:
    """Whether a map key stands in the braces of a node pattern, as in (n:Kind {key: …})."""
    depth = 0
    for position in range(index - 1, -1, -1):
        text = tokens[position].text if tokens[position].kind == "sign" else ""
        if text in ("}", "]", ")"):
            depth += 1
        elif text in ("{", "[", "("):
            if depth == 0:
                return text == "{" and _opens_node(tokens, position)
            depth -= 1
    return False


def _opens_node(tokens: Sequence[Token], brace: int) -> bool:
    """Whether only a name and labels stand between a round bracket and this brace."""
    position = brace - 1
    while position >= 0 and (tokens[position].kind in ("word", "quoted") or tokens[position].text in (":", "|", "&", "!")):
        position -= 1
    return position >= 0 and tokens[position].text == "("
