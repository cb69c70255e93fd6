"""Reads of recommendations, each in a fixed number of statements."""
