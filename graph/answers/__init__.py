"""Answer the questions that a user asks: names in; sentences, numbered sources and a subgraph out.

The screens and the command line both call these functions, so that both say the same.
"""

from graph.answers.citing import Citation, Evidence, sources_behind
from graph.answers.connecting import Connection, ToldPath, connect, find_paths
from graph.answers.deciding import Word, words_on
from graph.answers.describing import Description, Disagreement, Group, Line, describe
from graph.answers.layers import named_like_nothing, resolve, switch_on
from graph.answers.resembling import Candidate, Resemblances, resembling
from graph.answers.sourcing import Account, Said, account_of
from graph.answers.telling import Sentence
from graph.answers.viewing import View, agreement_view, around, first_view
from graph.answers.withholding import PublicStore, Withheld, withheld

__all__ = ["Account", "Candidate", "Citation", "Connection", "Description", "Disagreement", "Evidence", "Group", "Line", "PublicStore",
           "Resemblances", "Said", "Sentence", "ToldPath", "View", "Withheld", "Word", "account_of", "agreement_view", "around", "connect",
           "describe", "find_paths", "first_view", "named_like_nothing", "resembling", "resolve", "sources_behind", "switch_on", "withheld",
           "words_on"]
