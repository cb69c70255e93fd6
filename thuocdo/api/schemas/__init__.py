"""What the interface says and takes, one module for each area."""
