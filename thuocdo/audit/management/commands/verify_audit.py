"""Checks the log against its seals, an exported head, the rows of the database."""

import sys
from argparse import ArgumentParser
from itertools import chain
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from thuocdo.audit import heads, queries, verify, verify_rows


class Command(BaseCommand):
    help = "Find what was changed in the log or in the rows it tells of. Exit code 1: something was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--head", type=Path, metavar="FILE", help="a head exported earlier")

    def handle(self, *_arguments: object, head: Path | None, **_options: object) -> None:
        try:
            kept = None if head is None else heads.read(head.read_text(encoding="utf-8"))
        except (OSError, ValueError) as fault:
            raise CommandError(f"The head cannot be read: {fault}") from fault
        count = 0
        for problem in chain(verify.log(kept), verify_rows.rows()):
            count += 1
            self.stdout.write(str(problem.say))
        if count:
            self.stdout.write(f"{count} problems.")
            sys.exit(1)
        last = queries.last_batch()
        self.stdout.write(f"No problem found; the log is sealed to batch {last.number if last else 0}.")
