"""What people are told, by which channel, and what an office decides before a leader is told (2.07, 2.08)."""
