"""A catalogue is entered: definitions, targets, publicity; the same again changes nothing (3.01)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.indicators import declared
from thuocdo.indicators.actions.declaring import declare, publish, set_target
from thuocdo.indicators.catalogue import Mistake, Page
from thuocdo.indicators.models import Definition, Indicator, Publicity, Target
from thuocdo.lib.moments import day_of
from thuocdo.lib.say import Refused


@dataclass(slots=True)
class Entered:
    """What came of it."""

    defined: int = 0
    targets: int = 0
    mistakes: list[Mistake] = field(default_factory=list)


@transaction.atomic
def enter_catalogue(
    *,
    pages: Sequence[Page],
    is_example: bool = False,
    is_system: bool = False,
    dry_run: bool = False,
    by: User | None,
    at: datetime,
) -> Entered:
    """Enter every indicator of these checked files, all or none; with `dry_run` only look for mistakes."""
    entered = Entered()
    mark = transaction.savepoint()
    for page in pages:
        for place, row in enumerate((page.values or {}).get("indicators", ())):
            try:
                with transaction.atomic():
                    _enter(row, entered, is_example=is_example, is_system=is_system, by=by, at=at)
            except Refused as refusal:
                line = page.line(("indicators", place))
                entered.mistakes += [Mistake(page.file, line, reason) for reason in refusal.reasons]
    if entered.mistakes or dry_run:
        transaction.savepoint_rollback(mark)
    else:
        transaction.savepoint_commit(mark)
    return entered


def _enter(
    row: Mapping[str, Any],
    entered: Entered,
    *,
    is_example: bool,
    is_system: bool,
    by: User | None,
    at: datetime,
) -> None:
    before = Definition.objects.count()
    terms = declared.terms(row)
    made = declare(terms=terms, is_system=is_system, is_example=is_example, by=by, at=at)
    entered.defined += Definition.objects.count() - before
    for one in row.get("targets", ()):
        found = declared.target(one, is_example=is_example)
        standing = Target.objects.filter(
            indicator=made.indicator, agency=found.aimed.agency, due_on=found.aimed.due_on, replaced_by=None
        )
        if not standing.exists():
            set_target(indicator=made.indicator, aimed=found.aimed, happened_on=found.set_on, by=by, at=at)
            entered.targets += 1
    if row.get("is_public") and not _is_public(made.indicator):
        publish(indicator=made.indicator, public=True, decided_on=day_of(at), by=by, at=at)


def _is_public(indicator: Indicator) -> bool:
    return Publicity.objects.filter(indicator=indicator).exists()
