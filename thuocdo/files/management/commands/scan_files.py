"""Asks the virus scanner about files it has not answered for; with --all about every file kept."""

from argparse import ArgumentParser
from collections import Counter

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from thuocdo.files import actions, queries
from thuocdo.files.enums import Verdict
from thuocdo.files.models import StoredFile


class Command(BaseCommand):
    help = "Have files checked that wait for the virus scanner. Exit code 1: one is infected or still waits."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="every file, those found clean before too")

    def handle(self, *_arguments: object, **options: object) -> None:
        if not settings.CLAMD:
            raise CommandError("No scanner is set up: THUOCDO_CLAMD names none.")
        files = StoredFile.objects.order_by("pk") if options["all"] else queries.unchecked()
        told = Counter(self._scan(file) for file in files.iterator())
        for verdict in Verdict:
            self.stdout.write(f"{verdict.value}: {told[verdict]}")
        if told[Verdict.INFECTED] or told[Verdict.UNANSWERED] or told[None]:
            raise CommandError("Not every file is clean.")

    def _scan(self, file: StoredFile) -> Verdict | None:
        try:
            found = actions.scan(file=file, by=None, at=timezone.now())
        except FileNotFoundError:
            self.stderr.write(f"File {file.pk} ({file.sha256}): its bytes are gone.")
            return None
        if found is not None and found.verdict == Verdict.INFECTED:
            self.stderr.write(f"File {file.pk} ({file.sha256}): {found.threat}.")
        return None if found is None else Verdict(found.verdict)
