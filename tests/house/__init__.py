"""The limits of the house, as tests."""
