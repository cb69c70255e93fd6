"""Facts by the million: read, checked, kept as Parquet, counted by DuckDB; never in a page (3.17)."""
