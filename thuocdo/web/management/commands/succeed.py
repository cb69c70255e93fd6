"""Carries out a merger, split or renaming of agencies: `thuocdo succeed FILE.toml [--dry-run]` (1.08)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from thuocdo.assignments import actions, succeeding
from thuocdo.assignments.succeeding import Preview
from thuocdo.faces import clock
from thuocdo.faces.wording import number, tell
from thuocdo.lib.say import Refused, say
from thuocdo.web import orders
from thuocdo.web.succession import amounts


class Command(BaseCommand):
    help = "Carries out a merger, split or renaming of agencies, written down as TOML. Past days stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument("--language", choices=dict(settings.LANGUAGES), default=settings.LANGUAGE_CODE)

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 - as Django hands them in
        with override(options["language"]):
            try:
                order = orders.read(_content(options["file"]))
                seen = succeeding.preview(order.wish, order.choice, today=timezone.localdate())
                self._show(seen)
                if options["dry_run"] or seen.problems:
                    raise_for(seen)
                    self.stdout.write(_("Nothing was entered: this was a preview."))
                    return
                actions.succeed(preview=seen, by=None, at=clock.now())
                self.stdout.write(_("Done. Past days stay as they were."))
            except Refused as no:
                raise CommandError("\n".join(tell(reason) for reason in no.reasons)) from None

    def _show(self, seen: Preview) -> None:
        for amount in amounts(seen):
            self.stdout.write(f"{number(amount.value):>8}  {tell(amount.name)}")
        for pk in seen.hands.leads.undecided:
            self.stdout.write(f"  duties: {pk}")
        for pk in seen.roles.undecided:
            self.stdout.write(f"  people: {pk}")


def raise_for(seen: Preview) -> None:
    """`Refused` with what stands in the way, if anything does."""
    if seen.problems:
        raise Refused(*seen.problems)


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise Refused(say("The file %(path)s cannot be read.", path=str(path))) from None
