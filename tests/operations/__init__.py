"""Backups, the doctor, health and metrics."""
