"""Agencies, their dated relations, and the territory they answer for."""
