"""Measure what the issues ask, as ratios in one run, against the real other thing."""
