"""Bytes with a hash: stored files."""
