"""Make facts of statements: what is one fact, what is in force on a date, what contradicts what, who says it independently.

The statements are the record; nodes and edges are their projection and can be made again from them at any time.
"""

from graph.record.assembling import Gathering, assemble, check_sources
from graph.record.conflicts import Conflict, conflicts
from graph.record.days import day_before
from graph.record.deciding import held_back, is_word, makes_fact, stands
from graph.record.judging import independent_sources, values_agree
from graph.record.keys import Bearing, bearing, edge_key, same_fact
from graph.record.sameness import APART, Sameness, in_force, sameness
from graph.record.terms import split_terms
from graph.record.time import Standing, State, dated_by, exists, holds, says_is, standing

__all__ = ["APART", "Bearing", "Conflict", "Gathering", "Sameness", "Standing", "State", "assemble", "bearing", "check_sources", "conflicts",
           "dated_by", "day_before", "edge_key", "exists", "held_back", "holds", "in_force", "independent_sources", "is_word", "makes_fact",
           "same_fact", "sameness", "says_is", "split_terms", "standing", "stands", "values_agree"]
