"""Hold Ponte's graph: its record, its questions, its pictures; nothing here knows a browser."""

__version__ = "0.1.0"
