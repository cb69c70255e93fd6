"""Console commands of measuring."""
