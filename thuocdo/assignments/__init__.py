"""The cascade: duties in the hands of agencies, from report to confirmed result."""
