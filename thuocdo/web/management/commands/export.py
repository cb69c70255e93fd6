"""Writes a monthly table in the shape an office asks for: `thuocdo export --shape NAME > file` (1.15)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from thuocdo.agencies.models import Agency
from thuocdo.assignments import exports, shapes
from thuocdo.assignments.queries import counts, listing
from thuocdo.assignments.queries.counts import Counted, Scope
from thuocdo.assignments.queries.exporting import COLUMNS
from thuocdo.assignments.queries.sight import EVERYTHING
from thuocdo.assignments.shapes import Shape
from thuocdo.faces.asof import parse_day, snapshot
from thuocdo.faces.wording import tell
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused, say
from thuocdo.web.pages import exporting


class Command(BaseCommand):
    help = "Writes the table of a shape: to standard output as .csv, or with --to into a .csv or .xlsx file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--shape", required=True, help=f"{', '.join(shapes.names())} or a .toml file")
        parser.add_argument("--agency", help="code of the agency whose duties, and those below it, are meant")
        parser.add_argument("--as-of", default="", help="day of the table (default: today)")
        parser.add_argument("--to", type=Path, help="file to write; .xlsx makes a workbook")
        parser.add_argument("--language", choices=dict(settings.LANGUAGES), default=settings.LANGUAGE_CODE)

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 - as Django hands them in
        with override(options["language"]), snapshot():
            try:
                self._export(options)
            except Refused as no:
                raise CommandError("\n".join(tell(reason) for reason in no.reasons)) from None

    def _export(self, options: dict[str, Any]) -> None:
        today = timezone.localdate()
        as_of = AsOf(parse_day(options["as_of"], today) or today)
        scope = _scope(options["agency"])
        spans = listing.worst_first(counts.spans_in(scope, as_of))
        table = exporting.of_shape(spans, EVERYTHING, scope, as_of, _shape(options["shape"]))
        to: Path | None = options["to"]
        if to is None:
            for piece in exports.as_csv(table, exporting.separator()):
                self.stdout.write(piece.decode(), ending="")
        elif to.suffix == ".xlsx":
            with to.open("wb") as file:
                exports.as_xlsx(table, file)
        else:
            with to.open("wb") as file:
                file.writelines(exports.as_csv(table, exporting.separator()))


def _scope(code: str | None) -> Scope:
    if code is None:
        return Scope()
    agency = Agency.objects.filter(code=code).first()
    if agency is None:
        raise Refused(say("There is no agency with the code %(code)s.", code=code))
    return Scope(agency_id=agency.pk, counted=Counted.ENTRY)


def _shape(name: str) -> Shape:
    shape = shapes.read(name)
    strange = [column for column, _heading in shape.columns if column not in COLUMNS]
    if strange:
        raise Refused(
            say(
                "No column is called %(names)s; known are %(known)s.",
                names=tuple(strange),
                known=tuple(COLUMNS),
            )
        )
    return shape
