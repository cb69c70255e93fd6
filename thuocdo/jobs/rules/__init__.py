"""When a job is due, when it is tried again."""
