"""`thuocdo rates`: publishes the rates of duties for the months that are over, once each (3.08)."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from thuocdo.agencies.queries import installation
from thuocdo.assignments import measures
from thuocdo.indicators.rules import periods
from thuocdo.lib.say import Refused


class Command(BaseCommand):
    help = "Publishes on-time, overdue, returned, confirmed rates per agency. `thuocdo work` does it itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which month."""
        parser.add_argument("--month", help="of one month, as 2025-09; default: what is missing")

    def handle(self, *_: object, month: str | None, **__: object) -> None:
        """Publish, and say how much."""
        day, at = installation().opens_on or timezone.localdate(), timezone.now()
        try:
            if month:
                done = [measures.publish(periods.read(month), day, at=at)]
            else:
                done = list(measures.publish_due(day, at=at))
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        for one in done:
            self.stdout.write(f"{one.period.key}: {one.values} values")
