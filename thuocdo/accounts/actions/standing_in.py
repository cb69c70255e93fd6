"""Writes on substitutions: begun with the decision that says so, ended on a day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from thuocdo.accounts.models import Substitution, User
from thuocdo.agencies.models import Agency
from thuocdo.audit import log
from thuocdo.lib.fold import nfc
from thuocdo.lib.moments import DAY_MAX, day_of
from thuocdo.lib.say import require, say


@dataclass(frozen=True, slots=True)
class Pair:
    """Who stands in for whom, and where."""

    deputy: User
    principal: User
    agency: Agency


@transaction.atomic
def open_substitution(
    *,
    pair: Pair,
    basis: str,
    opened_on: date,
    closed_on: date = DAY_MAX,
    by: User | None,
    at: datetime,
) -> Substitution:
    """Let one stand in for another from a day on, perhaps up to a day. Who may: `may_stand_in`."""
    held = Substitution.objects.filter(
        deputy=pair.deputy, principal=pair.principal, agency=pair.agency, closed_on__gt=opened_on
    )
    require(
        None if nfc(basis) else say("Write which decision says so."),
        say("The last day comes before the first.") if closed_on <= opened_on else None,
        say("These days have passed: nobody stands in afterwards.") if closed_on <= day_of(at) else None,
        None if pair.deputy.is_active else say("The account of %(name)s is shut.", name=pair.deputy.name),
        say("%(name)s already stands in on these days.", name=pair.deputy.name)
        if held.filter(opened_on__lt=closed_on).exists()
        else None,
    )
    made = Substitution(
        deputy=pair.deputy,
        principal=pair.principal,
        agency=pair.agency,
        basis=nfc(basis),
        opened_on=opened_on,
        closed_on=closed_on,
    )
    made.save(force_insert=True)
    log.record("substitution.opened", made, by=by, at=at)
    return made


@transaction.atomic
def close_substitution(
    *, substitution: Substitution, closed_on: date, by: User | None, at: datetime
) -> Substitution:
    """End it: from this day nobody stands in any more. What was done stays as it was done."""
    row = Substitution.objects.select_for_update().get(pk=substitution.pk)
    today = day_of(at)
    require(
        say("This has already ended.") if row.closed_on <= today else None,
        say("It cannot end before it began, on %(day)s.", day=row.opened_on)
        if closed_on < row.opened_on
        else None,
        say("The days up to today have passed.") if closed_on < today else None,
    )
    before = log.snapshot(row)
    row.closed_on = closed_on
    row.save(update_fields=["closed_on"])
    log.record("substitution.closed", row, by=by, at=at, before=before)
    return row
