"""Console commands that print in a reader's language."""
