"""Writes the database and the stored files to one new file, while the server goes on."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from thuocdo.operations import backups
from thuocdo.operations.archive import ArchiveError
from thuocdo.operations.database import DatabaseError


class Command(BaseCommand):
    help = "Back up the installation to FILE. Exit code 1: no backup, or a stored file is missing or altered."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="a new file, for example on another disk")
        parser.add_argument(
            "--with-keys", action="store_true", help="also the private key of the log and the session key"
        )

    def handle(self, *_arguments: object, file: Path, with_keys: bool, **_options: object) -> None:
        try:
            made = backups.backup(file, keys=with_keys, at=timezone.now())
        except (ArchiveError, DatabaseError, OSError) as fault:
            raise CommandError(f"There is no backup. {fault}") from fault
        self.stdout.write(f"{made.path}: {made.members} parts, {made.path.stat().st_size} bytes")
        self.stdout.write(Path(f"{made.path}.sha256").read_text().strip())
        for sha256 in made.lost:
            self.stderr.write(f"Stored file {sha256} is missing or altered: the backup lacks it too.")
        if made.lost:
            raise CommandError(
                "The backup is made, yet stored files are missing. See: thuocdo doctor --files"
            )
