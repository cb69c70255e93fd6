"""`thuocdo parameter`: lists the named numbers of the discipline; sets one by a decision (2.01, 2.04)."""

from argparse import ArgumentParser
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from thuocdo.assignments import actions
from thuocdo.assignments.enums import Parameter
from thuocdo.assignments.queries.parameters import in_force
from thuocdo.faces import clock
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused


class Command(BaseCommand):
    help = "Lists the named numbers of the discipline; with a name, a value, a day and a source it sets one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", choices=Parameter.values)
        parser.add_argument("value", nargs="?", type=_number)
        parser.add_argument("--from", dest="day", type=date.fromisoformat, help="the day from which it holds")
        parser.add_argument("--source", default="", help="the decision that says so")

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 - as Django hands them in
        if options["name"] is not None:
            self._set(options)
        for one in in_force(AsOf(timezone.localdate())):
            since = f", from {one.since}" if one.since else ""
            self.stdout.write(f"{one.name.value}\t{one.value:f}\t{one.source}{since}")

    def _set(self, options: dict[str, Any]) -> None:
        if options["value"] is None or options["day"] is None:
            raise CommandError("Say the value and, with --from, the day from which it holds.")
        try:
            actions.set_parameter(
                name=Parameter(options["name"]),
                value=options["value"],
                source_text=options["source"].strip(),
                happened_on=options["day"],
                by=None,
                at=clock.now(),
            )
        except Refused as no:
            raise CommandError(str(no)) from None


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
