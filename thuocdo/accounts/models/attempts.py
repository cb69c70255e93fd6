"""What all workers count together: attempts to sign in, codes that were used. Not in the log."""

from django.db import models


class Attempt(models.Model):
    """A row of Django's cache in the database, with its own columns: counted attempts, for minutes (2.11)."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key
