"""Judge whether a Cypher text may run: it must only read, stay in this database, and be bounded.

A small tokenizer and lists of words, before the server's own checks (a user or a session that may only read, a limit on time
and rows): no Cypher parser for Python reads all good queries, and a read may still reach files and settings of the server.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.errors import RefusedQuery
from graph.words import mark

LONGEST = 20_000
DEEPEST = 60
MOST_HOPS = 15

WRITES = frozenset({"CREATE", "MERGE", "SET", "DELETE", "DETACH", "REMOVE", "DROP", "FOREACH", "INSERT", "ALTER", "GRANT", "DENY", "REVOKE",
                    "RENAME", "TERMINATE", "ENABLE", "DEALLOCATE", "REALLOCATE", "DRYRUN"})
ELSEWHERE = frozenset({"LOAD", "USE", "SHOW", "EXPLAIN", "PROFILE", "CYPHER", "START", "STOP", "PERIODIC", "COMMIT", "FINISH"})
"""Words that begin a clause which reaches beyond reading this graph."""

CLAUSES = WRITES | ELSEWHERE
PROCEDURES = frozenset({"db.labels", "db.relationshiptypes", "db.propertykeys", "dbms.components"})
FUNCTIONS = frozenset("""
    abs acos all allshortestpaths any asin atan atan2 avg btrim cbrt ceil char_length character_length coalesce collect cos cot count cosh
    date datetime degrees duration e elementid endnode exists exp floor haversin head id isempty isnan keys labels last left length
    localdatetime localtime log log10 lower ltrim max min nodes none normalize nullif percentilecont percentiledisc pi point properties
    radians rand range reduce relationships replace reverse right round rtrim shortestpath sign sin single sinh size split sqrt startnode
    stdev stdevp substring sum tail tan tanh time timestamp toboolean tobooleanlist tobooleanornull tofloat tofloatlist tofloatornull
    tointeger tointegerlist tointegerornull tolower tostring tostringlist tostringornull toupper trim type upper valuetype
    date.truncate datetime.truncate localdatetime.truncate localtime.truncate time.truncate duration.between duration.indays
    duration.inmonths duration.inseconds point.distance point.withinbbox datetime.fromepoch datetime.fromepochmillis
    date.realtime date.statement date.transaction
""".split())
BEFORE_BRACKET = frozenset("""
    and or xor not in is as where return with unwind match optional on case when then else by call distinct contains starts ends limit skip
    union exists count collect all any none single yield asc desc ascending descending typed order null true false call
""".split())
"""Words that may stand before "(" and are no function."""

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
class Guarded:
    """A text that may run, and the names of its parameters in order."""

    text: str
    parameters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """A word, sign, text, number, quoted name or parameter; `upper` is how a word is compared."""

    kind: str
    text: str

    @property
    def upper(self) -> str:
        """The word in capitals; other tokens as they are."""
        return self.text.upper() if self.kind == "word" else self.text


def check(cypher: str, *, local: bool) -> Guarded:
    """The text without a closing semicolon, if it only reads, stays here and is bounded; `local`: for the local server.

    Raises RefusedQuery with the reason, the way round and the word that gave offence.
    """
    if len(cypher) > LONGEST:
        raise refused(mark("it is longer than 20,000 characters"), mark("Pass long lists as parameters."))
    # Neo4j reads \uXXXX anywhere, so a word may be spelled with it: outside texts it is never needed.
    tokens = tuple(_tokens(cypher))
    while tokens and tokens[-1].text == ";":
        tokens = tokens[:-1]
    if not tokens:
        raise refused(mark("it is empty"), mark("Write a query, or choose a saved question."))
    _check_brackets(tokens)
    for index, token in enumerate(tokens):
        if token.text == ";" and token.kind == "sign":
            raise refused(mark("it holds more than one statement"), mark("Run them one at a time."), ";")
        if token.kind == "word":
            _check_word(tokens, index)
        _check_call(tokens, index)
    _check_hops(tokens)
    if local:
        _check_shortest(tokens)
        _check_braces(tokens)
    parameters = dict.fromkeys(token.text[1:].strip("`").replace("``", "`") for token in tokens if token.kind == "parameter")
    return Guarded(cypher.strip().rstrip(";").rstrip(), tuple(parameters))


def columns_of(cypher: str) -> tuple[str, ...]:
    """The names of the columns that a query returns, from its text: the local server names them only where there are rows."""
    tokens = [token for token in _tokens(cypher) if token.text != ";"]
    depth, start = 0, None
    for index, token in enumerate(tokens):
        depth += _deeper(token)
        if depth == 0 and token.upper == "RETURN":
            start = index + 1
    names: list[str] = []
    item: list[Token] = []
    for token in [*tokens[start if start is not None else len(tokens):], Token("sign", ",")]:
        ends = depth == 0 and token.upper in ("ORDER", "SKIP", "LIMIT", "UNION")
        depth += _deeper(token)
        if ends or (depth == 0 and token.text == "," and token.kind == "sign"):
            names += [_column(item)] if item else []
            item = []
            if ends:
                break
        elif not (token.upper == "DISTINCT" and not item and not names):
            item.append(token)
    return () if names == ["*"] else tuple(names)


def _deeper(token: Token) -> int:
    if token.kind != "sign":
        return 0
    return (token.text in ("(", "[", "{")) - (token.text in (")", "]", "}"))


def _column(item: Sequence[Token]) -> str:
    if len(item) > 2 and item[-2].upper == "AS":
        return item[-1].text.strip("`")
    return "".join(token.text for token in item)


def refused(reason: str, remedy: str, word: str = "") -> RefusedQuery:
    """The refusal, its word shown with the reason."""
    return RefusedQuery(reason=reason, remedy=remedy, word=word)


def _tokens(cypher: str) -> Iterator[Token]:
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


def _check_brackets(tokens: Sequence[Token]) -> None:
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


def _check_word(tokens: Sequence[Token], index: int) -> None:
    """Refuse clauses; names of properties, labels, variables and map keys may be spelled alike."""
    word = tokens[index].upper
    if word not in CLAUSES and word != "TRANSACTIONS":
        return
    before = tokens[index - 1].text if index else ""
    after = tokens[index + 1].text if index + 1 < len(tokens) else ""
    if before in (".", ":", "|", "&", "!") or (after == ":" and before in ("{", ",")):
        return
    if word in WRITES:
        raise refused(mark("it would change the graph"), mark("Queries here only read; facts come in through Sources."), tokens[index].text)
    if word == "TRANSACTIONS":
        raise refused(mark("it opens transactions of its own"), mark("Leave out IN TRANSACTIONS."), tokens[index].text)
    if word == "LOAD":
        raise refused(mark("it would read files"), mark("Files come in through Sources."), tokens[index].text)
    raise refused(mark("it uses a command that is not a question to the graph"), mark("Begin with MATCH, UNWIND, WITH or RETURN."),
                  tokens[index].text)


def _check_call(tokens: Sequence[Token], index: int) -> None:
    """Refuse procedures and functions that are not on the lists."""
    token = tokens[index]
    if token.kind not in ("word", "quoted") or (index and tokens[index - 1].text == "."):
        return
    name, end = _dotted(tokens, index)
    if index and tokens[index - 1].upper == "CALL":
        if name.lower() not in PROCEDURES:
            raise refused(mark("it calls a procedure that is not allowed"),
                          mark("Allowed are db.labels, db.relationshipTypes and db.propertyKeys."), name)
        return
    if end >= len(tokens) or tokens[end].text != "(":
        return
    before = tokens[index - 1].text if index else ""
    if before in ("[", ":", "|", "&", "!") and token.kind == "word" and "." not in name and name.lower() not in FUNCTIONS:
        return
    if name.lower() in FUNCTIONS or ("." not in name and name.lower() in BEFORE_BRACKET and token.kind == "word"):
        return
    raise refused(mark("it calls a function that is not allowed"), mark("The cookbook lists those that are."), name)


def _dotted(tokens: Sequence[Token], index: int) -> tuple[str, int]:
    """A name with its dots ("db.labels") and the index behind it."""
    parts = [tokens[index].text.strip("`")]
    index += 1
    while index + 1 < len(tokens) and tokens[index].text == "." and tokens[index + 1].kind in ("word", "quoted"):
        parts.append(tokens[index + 1].text.strip("`"))
        index += 2
    return ".".join(parts), index


def _check_hops(tokens: Sequence[Token]) -> None:
    """Refuse patterns without an upper bound, which no time limit makes useful."""
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


def _check_shortest(tokens: Sequence[Token]) -> None:
    """Refuse conditions on shortest paths: the local server searches first, filters after, and says "no path" where there is one."""
    for index, token in enumerate(tokens):
        if token.kind != "word" or token.upper not in ("SHORTESTPATH", "ALLSHORTESTPATHS"):
            continue
        name = tokens[index - 2].text if index > 1 and tokens[index - 1].text == "=" else None
        end = _closing(tokens, index + 1)
        if any(other.text == "{" for other in _inside_relationship(tokens[index:end])) or _filtered(tokens, end, name):
            raise refused(mark("the local server answers a condition on a shortest path wrongly"),
                          mark("Name the kinds in the pattern instead, or use Paths, which takes dates and names to avoid."), token.text)


def _check_braces(tokens: Sequence[Token]) -> None:
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


def _closing(tokens: Sequence[Token], start: int) -> int:
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].text in ("(", "[", "{") and tokens[index].kind == "sign"
        depth -= tokens[index].text in (")", "]", "}") and tokens[index].kind == "sign"
        if depth == 0:
            return index
    return len(tokens)


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
