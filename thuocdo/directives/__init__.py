"""Texts that oblige: directives, provisions, obligations."""
