"""Which definition of an indicator holds on a day, as known at a moment (3.01)."""

from collections.abc import Iterable

from thuocdo.indicators.models import Definition, Indicator
from thuocdo.lib.moments import AsOf


def on(indicator: Indicator, as_of: AsOf) -> Definition | None:
    """The definition that holds on the day; None before the first. One statement."""
    return indicator.definitions.standing(as_of).newest_first().first()


def all_on(as_of: AsOf, codes: Iterable[str] | None = None) -> dict[int, Definition]:
    """The definitions that hold on the day by indicator, with their indicators. One statement."""
    rows = Definition.objects.standing(as_of).select_related("indicator").newest_first()
    if codes is not None:
        rows = rows.filter(indicator__code__in=codes)
    found: dict[int, Definition] = {}
    for row in rows:
        found.setdefault(row.indicator_id, row)
    return found


def newest() -> list[Definition]:
    """The last definition of every indicator, whenever it begins to hold. One statement."""
    found: dict[int, Definition] = {}
    for row in Definition.objects.select_related("indicator").newest_first():
        found.setdefault(row.indicator_id, row)
    return list(found.values())
