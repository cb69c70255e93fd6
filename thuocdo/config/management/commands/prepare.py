"""`thuocdo prepare`: makes an installation ready to serve, doing only what is not done yet."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from thuocdo.config import readiness


class Command(BaseCommand):
    help = "Brings tables, messages and static files up to date; loads the demo world into an empty database."
    requires_system_checks = []  # seconds count at every start; bin/check runs them

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--empty leaves an empty database empty."""
        parser.add_argument("--empty", action="store_true", help="load no demo world")

    def handle(self, **options: object) -> None:
        """Run the steps in order; say only what was done."""
        for folder in settings.LOCALE_PATHS:
            readiness.compile_messages(folder)
        if readiness.collect_static():  # first, so that a page can say what is going on with the tables
            self.stdout.write("The static files are collected.")
        try:
            if readiness.migrate():
                self.stdout.write("The tables are up to date.")
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {error}") from error
        if not options["empty"]:
            readiness.load_demo()
        for line in readiness.sign_ins():
            self.stdout.write(line)
