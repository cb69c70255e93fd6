"""The entries of the log."""
