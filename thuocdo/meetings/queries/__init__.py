"""Reads of committees and sessions, each in a fixed number of statements."""
