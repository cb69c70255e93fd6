"""Seals what the log holds unsealed, now; `thuocdo work` does it every minute."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from thuocdo.audit import actions, keys


class Command(BaseCommand):
    help = "Seal the unsealed entries of the log into batches."

    def handle(self, *_arguments: object, **_options: object) -> None:
        """Say each batch."""
        try:
            while batch := actions.seal(at=timezone.now()):
                self.stdout.write(f"Batch {batch.number}: {batch.count} entries, root {batch.root}.")
        except keys.KeyProblemError as problem:
            raise CommandError(str(problem)) from problem
