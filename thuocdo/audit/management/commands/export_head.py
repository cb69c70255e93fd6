"""Prints the signed head of the log, for people outside to keep."""

from django.core.management.base import BaseCommand, CommandError

from thuocdo.audit import queries


class Command(BaseCommand):
    help = "Print the signed head of the log as JSON."

    def handle(self, *_arguments: object, **_options: object) -> None:
        head = queries.export_head()
        if head is None:
            raise CommandError("Nothing is sealed yet: run `thuocdo seal` first.")
        self.stdout.write(head)
