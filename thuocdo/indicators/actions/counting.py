"""It is noted what was imported of facts; the cube takes what was counted of them (3.12, 3.17)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Closure
from thuocdo.audit import log
from thuocdo.indicators.models import FactImport, FactSums, FactWhole
from thuocdo.indicators.rules import service_counts
from thuocdo.indicators.rules.service_counts import Counted, Periods
from thuocdo.lib.moments import AsOf

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
    _add_up(period, units, at)
    return len(rows)


def _add_up(period: int, units: Mapping[int, Counted], at: datetime) -> None:
    """Each agency with all below it, by the map of the period's last day, so that no page has to."""
    FactWhole.objects.filter(period=period).delete()
    months = len(service_counts.months_of(period))
    standing = Closure.objects.standing(AsOf(service_counts.last_day(period)))
    above = standing.filter(kind=RelationKind.ADMINISTRATIVE)
    inside: defaultdict[int, list[int]] = defaultdict(list)
    for ancestor, descendant in above.values_list("ancestor_id", "descendant_id").order_by("descendant_id"):
        if descendant in units:
            inside[ancestor].append(descendant)
    rows = [_whole(one, period, parts, units, months, at) for one, parts in inside.items() if parts != [one]]
    FactWhole.objects.bulk_create(rows, batch_size=ROWS_PER_INSERT)


def _whole(
    agency_id: int, period: int, parts: list[int], units: Mapping[int, Counted], months: int, at: datetime
) -> FactWhole:
    made = service_counts.gather([(units[one].sums, units[one].given) for one in parts], months)
    counts = {code: [one.numerator, one.denominator] if one else None for code, one in made.counts.items()}
    return FactWhole(
        agency_id=agency_id, period=period, parts=parts, counts=counts, told=sorted(made.told),
        sums=dict(made.sums), counted_at=at,
    )  # fmt: skip
