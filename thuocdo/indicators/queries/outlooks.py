"""The judgements of people as they stood on a day, and how many of them differ from the rule (3.06)."""

from django.db.models import QuerySet

from thuocdo.indicators.enums import Health, Outlook
from thuocdo.indicators.models import Judgement
from thuocdo.indicators.rules import outlooks
from thuocdo.indicators.rules.quality import Share
from thuocdo.lib.moments import AsOf


def last(indicator: int, agency: int, as_of: AsOf) -> Judgement | None:
    """The judgement that stands. One statement."""
    rows = _known(as_of).filter(indicator=indicator, agency=agency).select_related("by__erasure")
    return rows.order_by("-recorded_at", "-pk").first()


def disagreement(agency: int, as_of: AsOf) -> Share:
    """How many of the agency's indicators are judged otherwise than computed. One statement."""
    standing: dict[int, Judgement] = {}
    for row in _known(as_of).filter(agency=agency).order_by("recorded_at", "pk"):
        standing[row.indicator_id] = row
    return outlooks.disagreement(sum(map(differs, standing.values())), len(standing))


def differs(row: Judgement) -> bool:
    """Whether it differs from what was computed when it was given."""
    return outlooks.differs(Outlook(row.outlook), Health(row.computed) if row.computed else None)


def _known(as_of: AsOf) -> QuerySet[Judgement]:
    rows = Judgement.objects.filter(happened_on__lte=as_of.day)
    return rows if as_of.known is None else rows.filter(recorded_at__lte=as_of.known)
