"""Looks at the installation and says in plain words what is wrong and what to do."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from thuocdo.operations import doctor


class Command(BaseCommand):
    help = "Say what is wrong with this installation, and what to do. Exit code 1: something is."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--files", action="store_true", help="read every stored file to its end")

    def handle(self, *_arguments: object, files: bool, **_options: object) -> None:
        wrong = 0
        for finding in doctor.look(timezone.now(), read_files=files):
            self.stdout.write(str(finding))
            wrong += bool(finding.problem)
        if wrong:
            raise CommandError(f"{wrong} things need somebody.")
        self.stdout.write("All is well.")
