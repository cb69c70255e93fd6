"""It is said what this installation is."""

from datetime import date, datetime

from django.db import transaction

from thuocdo.agencies.models import Installation
from thuocdo.audit import log


@transaction.atomic
def describe_installation(
    *, opens_on: date | None, is_synthetic: bool, by: log.Actor | None, at: datetime
) -> Installation:
    """Say at which day the pages open (None: today) and whether the figures are made up."""
    row = Installation.objects.first()
    before = log.snapshot(row) if row else None
    row = row or Installation()
    row.opens_on, row.is_synthetic, row.recorded_at = opens_on, is_synthetic, at
    row.save()
    log.record("installation.described", row, by=by, at=at, before=before)
    return row
