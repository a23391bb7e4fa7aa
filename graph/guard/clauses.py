"""Refuse words that do more than read this graph: clauses that write or reach elsewhere, procedures and functions not on a list."""

from collections.abc import Sequence

from graph.guard.tokens import Token, refused
from graph.words import mark

BEGINS = frozenset({"MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "CALL"})
"""How a question may begin. Commands (SHOW, DROP, ALTER, EXPLAIN …) stand at the beginning alone, so elsewhere their words are free as names."""
WRITES = frozenset({"CREATE", "MERGE", "SET", "DELETE", "DETACH", "REMOVE", "DROP", "FOREACH", "INSERT"})
ELSEWHERE = frozenset({"LOAD", "USE", "TRANSACTIONS"})
"""Words of clauses that may stand inside a query and reach beyond reading this graph."""

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
    union exists count collect all any none single yield asc desc ascending descending typed order null true false offset from
    shortest path paths group groups
""".split())
"""Words that may stand before "(" and are no function."""


def check_begin(tokens: Sequence[Token]) -> None:
    """Refuse what is no question: administration, plans, options."""
    if tokens[0].upper not in BEGINS | WRITES | ELSEWHERE:
        raise refused(mark("it uses a command that is not a question to the graph"), mark("Begin with MATCH, UNWIND, WITH or RETURN."),
                      tokens[0].text)


def check_word(tokens: Sequence[Token], index: int) -> None:
    """Refuse clauses; names of properties, labels and map keys may be spelled alike."""
    word = tokens[index].upper
    if word not in WRITES and word not in ELSEWHERE:
        return
    before = tokens[index - 1].text if index else ""
    after = tokens[index + 1].text if index + 1 < len(tokens) else ""
    if _is_property(tokens, index) or before in (":", "|", "&", "!") or (after == ":" and before in ("{", ",")):
        return
    if word in WRITES:
        raise refused(mark("it would change the graph"), mark("Queries here only read; facts come in through Sources."), tokens[index].text)
    if word == "TRANSACTIONS":
        raise refused(mark("it opens transactions of its own"), mark("Leave out IN TRANSACTIONS."), tokens[index].text)
    if word == "LOAD":
        raise refused(mark("it would read files"), mark("Files come in through Sources."), tokens[index].text)
    raise refused(mark("it would leave this graph for another"), mark("Leave out USE."), tokens[index].text)


def _is_property(tokens: Sequence[Token], index: int) -> bool:
    """Whether a dot stands before a word: one, for two make a range."""
    return index > 0 and tokens[index - 1].text == "." and not (index > 1 and tokens[index - 2].text == ".")


def check_call(tokens: Sequence[Token], index: int) -> None:
    """Refuse procedures and functions that are not on the lists."""
    token = tokens[index]
    if token.kind not in ("word", "quoted") or _is_property(tokens, index):
        return
    name, end = _dotted(tokens, index)
    if index and tokens[index - 1].upper == "CALL":
        if name.lower() not in PROCEDURES:
            raise refused(mark("it calls a procedure that is not allowed"),
                          mark("Allowed are db.labels, db.relationshipTypes and db.propertyKeys."), name)
        return
    if end >= len(tokens) or tokens[end].text != "(":
        return
    if _is_hint(tokens, index):
        return
    if name.lower() in FUNCTIONS or ("." not in name and name.lower() in BEFORE_BRACKET and token.kind == "word"):
        return
    raise refused(mark("it calls a function that is not allowed"), mark("The cookbook lists those that are."), name)


def _is_hint(tokens: Sequence[Token], index: int) -> bool:
    """Whether a label stands before its property in USING INDEX n:Label(property)."""
    start = index - 3 - (index > 3 and tokens[index - 3].upper == "SEEK")
    return start >= 0 and tokens[index - 1].text == ":" and tokens[start].upper in ("INDEX", "SEEK")


def _dotted(tokens: Sequence[Token], index: int) -> tuple[str, int]:
    """A name with its dots ("db.labels") and the index behind it."""
    parts = [tokens[index].text.strip("`")]
    index += 1
    while index + 1 < len(tokens) and tokens[index].text == "." and tokens[index + 1].kind in ("word", "quoted"):
        parts.append(tokens[index + 1].text.strip("`"))
        index += 2
    return ".".join(parts), index
