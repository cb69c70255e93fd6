"""One question over texts, duties, assignments, agencies; nothing is found that may not be read (1.23)."""
