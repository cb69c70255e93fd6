"""People, memberships and roles."""
