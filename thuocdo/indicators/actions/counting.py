"""It is noted what was imported of facts; the cube takes what was counted of them (3.12, 3.17)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.audit import log
from thuocdo.indicators.models import FactImport, FactSums
from thuocdo.indicators.rules.service_counts import Counted, Periods

ROWS_PER_INSERT = 500


@dataclass(frozen=True, slots=True)
class Imported:
    """A file that was entered into the store of facts."""

    kind: str
    name: str
    sha256: str
    good: int
    entered: int
    bad: int
    months: tuple[int, ...]
    is_synthetic: bool = False


@transaction.atomic
def note_import(*, imported: Imported, by: User | None, at: datetime) -> FactImport:
    """Note a file of facts that was entered."""
    row = FactImport.objects.create(
        kind=imported.kind,
        name=imported.name,
        sha256=imported.sha256,
        good=imported.good,
        entered=imported.entered,
        bad=imported.bad,
        months=list(imported.months),
        is_synthetic=imported.is_synthetic,
        by=by,
        recorded_at=at,
    )
    log.record("facts.imported", row, by=by, at=at)
    return row


def put_counted(*, periods: Periods, at: datetime) -> int:
    """Put each period in the place of what the cube held of it, in one transaction each; the rows written.

    A read model, made from the facts at will: the import stands in the log, this does not.
    """
    return sum(_put(period, dict(units), at) for period, units in periods.items())


@transaction.atomic
def _put(period: int, units: dict[int, Counted], at: datetime) -> int:
    FactSums.objects.filter(period=period).delete()
    rows = [
        FactSums(
            agency_id=agency_id, period=period, sums=one.sums, given=one.given, official=one.official,
            counted_at=at,
        )
        for agency_id, one in units.items()
    ]  # fmt: skip
    FactSums.objects.bulk_create(rows, batch_size=ROWS_PER_INSERT)
    return len(rows)
