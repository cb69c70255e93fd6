"""Imports a table of duties into a registered text: `thuocdo import FILE --directive SYMBOL` (1.24)."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from thuocdo.agencies.models import Agency
from thuocdo.assignments import actions
from thuocdo.assignments.queries import importing
from thuocdo.assignments.queries.importing import Place, Plan
from thuocdo.directives import queries as directive_queries
from thuocdo.directives.models import Directive
from thuocdo.directives.rules.sheet import Problem
from thuocdo.faces import clock
from thuocdo.faces.wording import number, tell
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused, Say, say


class Command(BaseCommand):
    help = "Imports a table of duties (.xlsx, .ods, .csv) into a registered text. Can be run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--directive", required=True, help="symbol of the registered text: 71/NQ-CP")
        parser.add_argument("--year", type=int, help="of time limits that write none (default: the text's)")
        parser.add_argument("--on", type=date.fromisoformat, help="map of this day (default: day of issue)")
        parser.add_argument("--confirming", help="code of the focal office, if the issuer works elsewhere")
        parser.add_argument("--answers", type=Path, help="CSV with columns sheet, row, agencies (codes)")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument("--strict", action="store_true", help="all or nothing: exit code 1 on a problem")
        parser.add_argument("--language", choices=dict(settings.LANGUAGES), default=settings.LANGUAGE_CODE)

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 - as Django hands them in
        with override(options["language"]):
            try:
                self._import(options)
            except Refused as no:
                raise CommandError("\n".join(tell(reason) for reason in no.reasons)) from None

    def _import(self, options: dict[str, Any]) -> None:
        directive = _directive(options["directive"])
        plan = importing.plan(
            content=_content(options["file"]),
            name=options["file"].name,
            directive=directive,
            as_of=AsOf(options["on"] or directive.issued_on or timezone.localdate()),
            answers=_answers(options["answers"]),
            confirming=_agency(options["confirming"]),
            year=options["year"],
        )
        self._report(plan)
        stuck = options["strict"] and bool(plan.problems or plan.asks)
        if options["dry_run"] and not stuck:
            self.stdout.write(_("Nothing was entered: this was a preview."))
            return
        outcome = actions.run_import(plan=plan, strict=options["strict"], by=None, at=clock.now())
        done = say(
            "Entered: %(obligations)s duties, %(assignments)s assignments; %(there)s were there already.",
            obligations=outcome.obligations,
            assignments=outcome.assignments,
            there=outcome.there,
        )
        self.stdout.write(tell(done))

    def _report(self, plan: Plan) -> None:
        """What the preview says, place by place."""
        self._places(_("To know"), (*plan.notes, *plan.announced))
        self._places(_("To answer"), plan.asks)
        self._places(_("Problems"), plan.problems)
        amounts = plan.amounts
        rows: Sequence[tuple[str, int]] = (
            (_("rows read"), amounts.rows),
            (_("new duties"), amounts.obligations),
            (_("assignments with one lead"), amounts.assignments),
            (_("duties for many"), amounts.fan_outs),
            (_("agencies they go to"), amounts.children),
            (_("new duties that nobody leads yet"), amounts.unassigned),
            (_("duties that are there already"), amounts.there),
        )
        for word, count in rows:
            self.stdout.write(f"{number(count):>8}  {word}")

    def _places(self, title: str, problems: Iterable[Problem]) -> None:
        lines = [f"  {_place(problem)}{tell(problem.say)}" for problem in problems]
        if lines:
            self.stdout.write("\n".join([f"{title}: {number(len(lines))}", *lines]))


def _place(problem: Problem) -> str:
    """Sheet, row and column as the officer sees them, as far as the problem has them."""
    named = [problem.sheet] if problem.sheet else []
    if problem.row is not None:
        named.append(tell(say("row %(row)s", row=str(problem.row))))
    if problem.column is not None:
        named.append(tell(say("column %(column)s", column=problem.column)))
    return f"{', '.join(named)}: " if named else ""


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise Refused(say("The file %(path)s cannot be read.", path=str(path))) from None


def _directive(symbol: str) -> Directive:
    found = directive_queries.find_by_symbol(symbol)
    if len(found) == 1:
        return found[0]
    about: Say = say("%(symbol)s is not registered: register it first.", symbol=symbol)
    if found:
        about = say("%(symbol)s may be %(count)s texts of the register.", symbol=symbol, count=len(found))
    raise Refused(about)


def _agency(code: str | None) -> Agency | None:
    if code is None:
        return None
    agency = Agency.objects.filter(code=code).first()
    if agency is None:
        raise Refused(say("There is no agency with the code %(code)s.", code=code))
    return agency


def _answers(path: Path | None) -> dict[Place, list[str]]:
    """The answers of a CSV file: sheet (empty for a CSV table), row, codes with spaces between."""
    if path is None:
        return {}
    rows = csv.DictReader(_content(path).decode("utf-8-sig").splitlines())
    try:
        return {(row.get("sheet") or "", int(row["row"])): row["agencies"].split() for row in rows}
    except (KeyError, ValueError, AttributeError):
        raise Refused(say("The file of answers needs the columns sheet, row, agencies.")) from None
