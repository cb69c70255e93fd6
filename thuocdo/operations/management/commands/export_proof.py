"""Writes a proof for people outside: entries of the log, their way to a signed head, the script."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from thuocdo.audit import proofs
from thuocdo.lib.say import Refused
from thuocdo.operations import proving


class Command(BaseCommand):
    help = "Write FILE.zip, which verifies with `python3 verify.py` and nothing else."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument(
            "--entry", type=int, action="append", metavar="NUMBER", help="an entry; once or more"
        )
        what.add_argument("--assignment", type=int, metavar="NUMBER", help="all that happened to it")
        parser.add_argument("--nearest", action="store_true", help="end at the head of the last entry")
        parser.add_argument("file", type=Path, metavar="FILE.zip", help="a new file")

    def handle(self, *_arguments: object, file: Path, nearest: bool, **options: object) -> None:
        named = options["entry"]
        try:
            ids = named if isinstance(named, list) else proving.entries_of(int(str(options["assignment"])))
            bundle = proofs.bundle(proofs.prove(ids, nearest=nearest))
            with file.open("xb") as handle:
                handle.write(bundle)
        except (Refused, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{file}: {len(ids)} entries. Unpack it anywhere, then: python3 verify.py")
