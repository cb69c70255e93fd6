"""One script for each claim; each prints ratios."""
