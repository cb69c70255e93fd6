"""Makes a new session key; sessions and links under the old one stay good until it is forgotten."""

import os
import secrets
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from thuocdo.operations import archive


class Command(BaseCommand):
    help = "Make a new session key. Restart the server after it; run it with --forget-old a fortnight later."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--forget-old",
            action="store_true",
            help="end what still stands on the old key",
        )

    def handle(self, *_arguments: object, forget_old: bool, **_options: object) -> None:
        if os.environ.get("THUOCDO_SECRET_KEY"):
            raise CommandError(
                "The key stands in THUOCDO_SECRET_KEY: change it there, the old to THUOCDO_SECRET_KEY_OLD."
            )
        key, old = Path(settings.VAR) / "secret-key", Path(settings.VAR) / "secret-key.old"
        if forget_old:
            old.unlink(missing_ok=True)
            self.stdout.write("The old key is forgotten. Restart the server.")
            return
        draft = key.with_name("secret-key.part")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w") as handle:
            handle.write(secrets.token_urlsafe(50))
            handle.flush()
            os.fsync(handle.fileno())
        old.unlink(missing_ok=True)
        os.link(key, old)
        draft.replace(key)
        archive.sync(key.parent)
        self.stdout.write("There is a new key; the one before still opens what it made. Restart the server.")
