"""`thuocdo demo`: loads the demo world into an empty database; with --scale, invented figures of any size."""

from argparse import ArgumentParser
from time import perf_counter

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from thuocdo.demo import synthetic, world
from thuocdo.lib.say import Refused


class Command(BaseCommand):
    help = "Loads the demo world into an empty database; a second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to load."""
        parser.add_argument("--if-empty", action="store_true", help="do nothing where anything is entered")
        parser.add_argument("--scale", type=int, metavar="N", help="instead, N invented assignments")
        parser.add_argument(
            "--shape", default="", metavar="DxL", help="of N: D duties for L leads, as 145x120"
        )
        parser.add_argument("--seed", type=int, default=synthetic.SEED, help="same seed, same rows")

    def handle(self, *_: object, **options: object) -> None:
        """Load what is asked for."""
        if options["scale"] is not None:
            self._scale(int(str(options["scale"])), str(options["shape"]), int(str(options["seed"])))
        elif world.is_loaded():
            self._greet()
        elif options["if_empty"] and not world.is_empty():
            return
        elif world.is_in_use():
            raise CommandError("This database is in use: it has texts or accounts. The demo is not mixed in.")
        else:
            world.load(at=timezone.now())
            self._greet()

    def _greet(self) -> None:
        """The people are named by `thuocdo prepare`, which every start runs."""
        self.stdout.write(f"The demo world is loaded; it opens at {world.OPENS_ON}.")

    def _scale(self, assignments: int, shape: str, seed: int) -> None:
        begun = perf_counter()
        try:
            made = synthetic.load(synthetic.Shape.of(assignments, shape), seed=seed)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{assignments} invented assignments, {made} rows, {perf_counter() - begun:.0f} s")
