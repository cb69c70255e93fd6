"""Seals what the log holds unsealed: once, or at a pace of its own (`thuocdo work` does it every minute)."""

import select
import sys
import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, close_old_connections
from django.utils import timezone

from thuocdo.audit import actions, keys


class Command(BaseCommand):
    help = "Seal the unsealed entries of the log into batches."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, metavar="SECONDS", help="go on, sealing at this pace")
        parser.add_argument(
            "--while-fed", action="store_true", help="end when standard input ends (bin/serve holds it open)"
        )

    def handle(
        self, *_arguments: object, every: float | None, while_fed: bool = False, **_options: object
    ) -> None:
        if every is None:
            try:
                self._seal()
            except keys.KeyProblemError as problem:
                raise CommandError(str(problem)) from problem
            return
        while True:
            try:
                self._seal()
            except OperationalError as fault:
                self.stderr.write(f"The database does not answer; sealing tries again: {fault}")
            except keys.KeyProblemError as problem:
                self.stderr.write(f"Nothing is sealed: {problem}")
            close_old_connections()
            if not while_fed:
                time.sleep(every)
            elif select.select([sys.stdin], [], [], every)[0]:
                return

    def _seal(self) -> None:
        while batch := actions.seal(at=timezone.now()):
            self.stdout.write(f"Batch {batch.number}: {batch.count} entries, root {batch.root}.")
