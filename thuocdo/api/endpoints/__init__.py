"""The operations, one module for each area; each declares what it requires and what it answers."""
