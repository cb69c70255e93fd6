"""Reads of measuring, each in a fixed number of statements."""
