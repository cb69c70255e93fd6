"""`thuocdo demo`: loads the demo world of published facts and labelled examples into an empty database."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from thuocdo.demo import world


class Command(BaseCommand):
    help = "Loads the demo world into an empty database; a second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to load."""
        parser.add_argument("--if-empty", action="store_true", help="do nothing where texts are registered")

    def handle(self, *_: object, **options: bool) -> None:
        """Load what is not there."""
        if world.is_loaded():
            self.stdout.write("The demo world is loaded.")
        elif world.holds_facts():
            if not options["if_empty"]:
                raise CommandError("This database holds texts of its own; the demo world is not mixed in.")
        else:
            world.load(at=timezone.now())
            self.stdout.write("The demo world is loaded.")
