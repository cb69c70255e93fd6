"""Recommendations: what an agency asks of a higher one, with a clock; what waits for the answer (4.01)."""
