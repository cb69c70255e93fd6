"""`thuocdo tally`: counts the duties of coming days and of past months, so that no overview has to (1.32)."""

from argparse import ArgumentParser
from datetime import date

from django.core.management.base import BaseCommand
from django.utils import timezone

from thuocdo.agencies.queries import installation
from thuocdo.assignments import tallying


class Command(BaseCommand):
    help = "Takes the tallies of today, of the days after, of past months. Run it every night."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which days."""
        parser.add_argument("--days", type=int, default=tallying.AHEAD, help="how many, default: %(default)s")
        parser.add_argument("--from", dest="first", type=date.fromisoformat, help="default: today")

    def handle(self, *_: object, days: int, first: date | None, **__: object) -> None:
        """Take what is due, day after day."""
        first = first or installation().opens_on or timezone.localdate()
        for day, rows in tallying.take_due(first, at=timezone.now(), ahead=days):
            self.stdout.write(f"{day}: {rows} rows")
