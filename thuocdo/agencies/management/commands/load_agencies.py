"""Enters the map with the agencies that answer for it; running it again adds nothing."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from thuocdo.agencies import actions, reference


class Command(BaseCommand):
    help = "Enters provinces, communes and the agencies that answer for them. Can be run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--no-communes", action="store_true", help="leave out the People's Committees of the communes"
        )

    def handle(self, *_: object, **options: bool) -> None:
        data = reference.read(communes=not options["no_communes"])
        loaded = actions.load_reference(reference=data, by=None, at=timezone.now())
        self.stdout.write(
            f"{loaded.units} units of the map, {loaded.agencies} agencies, "
            f"{loaded.decisions} decisions on working days entered"
        )
