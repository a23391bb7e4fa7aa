"""Bring facts in: one folder a source, each yielding statements; the runner writes them."""
