"""When each periodic job was last queued and last ended well. The queue itself is django-tasks-db's table."""

from django.db import models


class Run(models.Model):
    """One row for each line of the table of periodic jobs, so that a restart neither repeats nor forgets."""

    path = models.CharField(max_length=200, unique=True)
    queued_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.path
