"""Refuse words that do more than read this graph: clauses that write or reach elsewhere, procedures and functions not on a list."""

from collections.abc import Sequence

from graph.guard.tokens import Token, refused
from graph.words import mark

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


def check_word(tokens: Sequence[Token], index: int) -> None:
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


def check_call(tokens: Sequence[Token], index: int) -> None:
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
