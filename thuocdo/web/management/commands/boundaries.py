"""`thuocdo boundaries FILE`: outlines of provinces from a GeoJSON that the operator may use (3.16)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from thuocdo.agencies import actions
from thuocdo.agencies.enums import TerritoryLevel
from thuocdo.agencies.models import Territory
from thuocdo.agencies.rules import outlines
from thuocdo.faces.wording import tell
from thuocdo.lib.say import Refused, require, say, say_n


class Command(BaseCommand):
    help = "Enters outlines of provinces from a GeoJSON file; rankings are then drawn on them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="whose outlines they are, and by which right")
        parser.add_argument("--key", default="code", help="property with the code of the province")
        parser.add_argument("--language", choices=dict(settings.LANGUAGES), default=settings.LANGUAGE_CODE)

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 - as Django hands them in
        with override(options["language"]):
            try:
                number = _enter(options["file"], options["key"], options["source"])
            except Refused as no:
                raise CommandError("\n".join(tell(reason) for reason in no.reasons)) from None
            self.stdout.write(tell(say_n("%(n)s outline entered.", "%(n)s outlines entered.", number)))


def _enter(file: Path, key: str, source: str) -> int:
    """All of the file, or nothing."""
    now, level = timezone.now(), TerritoryLevel.PROVINCE
    require(None if file.is_file() else say("There is no file %(file)s.", file=str(file)))
    valid = Territory.objects.valid(timezone.localdate(now)).filter(level=level)
    found = outlines.read(file.read_bytes(), key, valid.values_list("code", flat=True))
    require(*found.problems)
    return actions.enter_outlines(level=level, outlines=found.outlines, source=source, by=None, at=now)
