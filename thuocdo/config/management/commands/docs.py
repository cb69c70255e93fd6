"""`thuocdo docs`: writes the documents that are made from the code; --check only compares."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from thuocdo.config import documents


class Command(BaseCommand):
    help = "Writes docs/house.md, acceptance.md, states.md, access.md from the code of the checkout."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--check fails when a page is not current."""
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail when a page is not current"
        )

    def handle(self, **options: object) -> None:
        """Compare or write."""
        checkout = settings.ROOT.parent
        if not (checkout / "pyproject.toml").exists():
            raise CommandError("The documents are made in a checkout, beside pyproject.toml.")
        if options["check"]:
            late = documents.stale(checkout)
            if late:
                raise CommandError(f"Not current: {', '.join(late)}. Run bin/thuocdo docs.")
            return
        for name in documents.write(checkout):
            self.stdout.write(f"docs/{name} is written")
