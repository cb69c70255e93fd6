"""Committees and their sessions: the pack, the minutes, conclusions that become directives (4.02-4.04)."""
