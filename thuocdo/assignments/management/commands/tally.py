"""`thuocdo tally`: counts the duties of today and the days to come, so that no overview has to (1.32)."""

from argparse import ArgumentParser
from datetime import date, timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from thuocdo.agencies.queries import installation
from thuocdo.assignments import spans


class Command(BaseCommand):
    help = "Takes the tallies of the day the pages open at and the days after it. Run it every night."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which days."""
        parser.add_argument("--days", type=int, default=3, help="how many, default: %(default)s")
        parser.add_argument("--from", dest="first", type=date.fromisoformat, help="default: today")

    def handle(self, *_: object, days: int, first: date | None, **__: object) -> None:
        """Take them; forget those of earlier days."""
        first = first or installation().opens_on or timezone.localdate()
        spans.drop_tallies(before=first)
        for number in range(days):
            day = first + timedelta(days=number)
            self.stdout.write(f"{day}: {spans.take_tallies(day, at=timezone.now())} rows")
