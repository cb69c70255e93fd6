"""`thuocdo facts import|count|generate`: facts of one-stop systems, by the million (3.12, 3.17, 3.19)."""

import csv
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from thuocdo.faces.wording import tell
from thuocdo.indicators import intake
from thuocdo.indicators.facts.columns import Kind
from thuocdo.indicators.facts.reading import Bad
from thuocdo.indicators.intake import Taken
from thuocdo.lib.say import Refused, say, say_n

SHOWN = 50


class Command(BaseCommand):
    help = "Takes in facts (dossiers, procedures, petitions, counts) as CSV or Parquet, and counts them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--language", choices=dict(settings.LANGUAGES), default=settings.LANGUAGE_CODE)
        what = parser.add_subparsers(dest="what", required=True)
        taking = what.add_parser("import", help="enter a file; running it again changes nothing")
        taking.add_argument("file", type=Path)
        taking.add_argument("--kind", required=True, choices=[str(kind) for kind in Kind])
        taking.add_argument(
            "--strict", action="store_true", help="all or nothing: enter nothing on a problem"
        )
        taking.add_argument("--dry-run", action="store_true", help="say what is wrong, and enter nothing")
        taking.add_argument("--errors", type=Path, metavar="CSV", help="write every bad row to this file")
        what.add_parser("count", help="count all facts anew")
        making = what.add_parser("generate", help="invented facts, in an installation without real ones")
        making.add_argument("--rows", type=int, required=True, metavar="N")
        making.add_argument("--since", type=date.fromisoformat, default=date(2025, 7, 1), metavar="DAY")
        making.add_argument("--months", type=int, default=12)
        making.add_argument("--seed", type=int, default=intake.SEED)

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 - as Django hands them in
        begun = perf_counter()
        with override(options["language"]):
            try:
                {"import": self._import, "count": self._count, "generate": self._generate}[options["what"]](
                    options
                )
            except Refused as no:
                raise CommandError("\n".join(tell(reason) for reason in no.reasons)) from None
        self.stdout.write(f"{perf_counter() - begun:.1f} s")

    def _import(self, options: dict[str, Any]) -> None:
        taken = intake.take(
            file=options["file"],
            kind=Kind(options["kind"]),
            strict=options["strict"],
            dry_run=options["dry_run"],
            by=None,
            at=timezone.now(),
        )
        self._name(taken.bad, options["errors"])
        self._tell(taken)
        if options["strict"] and taken.bad:
            raise CommandError(tell(say("Nothing was entered, because of these rows.")))

    def _name(self, bad: tuple[Bad, ...], file: Path | None) -> None:
        for one in bad[:SHOWN]:
            told = say("row %(row)s, %(column)s:", row=str(one.row), column=one.column)
            self.stdout.write(f"{tell(told)} {tell(one.reason)}  {one.value}".rstrip())
        if len(bad) > SHOWN:
            self.stdout.write(
                tell(say("… and %(n)s more; --errors FILE writes them all", n=len(bad) - SHOWN))
            )
        if file is not None:
            with file.open("w", newline="") as handle:
                writer = csv.writer(handle)
                writer.writerow(("row", "column", "reason", "value"))
                writer.writerows((one.row, one.column, tell(one.reason), one.value) for one in bad)

    def _tell(self, taken: Taken) -> None:
        wrong = len({one.row for one in taken.bad})
        told = say(
            "%(good)s good rows, %(entered)s entered, %(bad)s bad.",
            good=taken.good,
            entered=taken.entered,
            bad=wrong,
        )
        months = tuple(str(month) for month in taken.months)
        changed = (
            say("Periods changed: %(periods)s.", periods=months) if months else say("No period changed.")
        )
        self.stdout.write(f"{tell(told)} {tell(changed)}")

    def _count(self, options: dict[str, Any]) -> None:
        self.stdout.write(
            tell(say_n("%(n)s row counted.", "%(n)s rows counted.", intake.count(None, at=timezone.now())))
        )

    def _generate(self, options: dict[str, Any]) -> None:
        taken = intake.generate(
            rows=options["rows"],
            since=options["since"],
            months=options["months"],
            seed=options["seed"],
            by=None,
            at=timezone.now(),
        )
        self._tell(taken)
