"""Reads of the cascade; callers import the module they need."""
