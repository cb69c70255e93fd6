"""What an operator does: backup and restore, doctor, health, metrics, proofs for people outside."""
