"""Reads of notices, letters and drafts, and of who holds which role."""
