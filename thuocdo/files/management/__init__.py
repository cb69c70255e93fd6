"""Commands of stored files."""
