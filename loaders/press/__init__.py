"""Read press releases in six languages: `read_text` proposes nodes and edges with their places, a person decides."""

from loaders.press.gazetteer import Gazetteer
from loaders.press.proposals import Proposal, Reading
from loaders.press.reader import read_text

__all__ = ["Gazetteer", "Proposal", "Reading", "read_text"]
