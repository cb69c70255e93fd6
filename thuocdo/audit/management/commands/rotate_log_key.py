"""Lets a new key sign the log from now on; the old one vouches for it, then it is destroyed."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from thuocdo.audit import keys, rotation
from thuocdo.lib.say import Refused


class Command(BaseCommand):
    help = "Make a new key for the log. Heads and proofs from before stay valid; publish the new head."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--lost", action="store_true", help="the old key is gone: nobody vouches for the new one"
        )

    def handle(self, *_arguments: object, lost: bool, **_options: object) -> None:
        try:
            change = rotation.rotate(lost=lost, by=None, at=timezone.now())
        except (Refused, keys.KeyProblemError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"From batch {change.from_batch} on the key is {change.key}.")
        if lost:
            self.stdout.write("Nobody vouches for it: tell those who keep heads of this log, by another way.")
        self.stdout.write("Publish the head anew: thuocdo export-head")
