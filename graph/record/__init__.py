"""Make facts of statements: what is one fact, what is in force on a date, what contradicts what, who says it independently.

The statements are the record; nodes and edges are their projection and can be made again from them at any time.
"""

from graph.record.assembling import assemble
from graph.record.conflicts import Conflict, conflicts
from graph.record.judging import independent_sources, values_agree
from graph.record.keys import Bearing, bearing, edge_key, same_fact
from graph.record.terms import split_terms
from graph.record.time import Standing, State, holds, says_is, standing

__all__ = ["Bearing", "Conflict", "Standing", "State", "assemble", "bearing", "conflicts", "edge_key", "holds", "independent_sources",
           "same_fact", "says_is", "split_terms", "standing", "values_agree"]
