"""`thuocdo forget`: deletes what was kept of people for technical reasons, once its period is over (2.22)."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from thuocdo.web import personal


class Command(BaseCommand):
    help = "Deletes what was kept of people for technical reasons, once its period is over (docs/privacy.md)."

    def handle(self, **_options: object) -> None:
        """Delete, and say how much of what."""
        for kind, count in personal.forget_expired(timezone.now()).items():
            self.stdout.write(f"{kind}: {count}")
