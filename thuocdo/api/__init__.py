"""The programming interface, /api/v1: what pages do with reports, claims, reviews, for other programs."""
