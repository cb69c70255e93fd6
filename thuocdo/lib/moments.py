"""The two times of every fact: the day it happened and the moment it was recorded."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

DAY_MIN = date(1900, 1, 1)
DAY_MAX = date(9999, 1, 1)  # "until further notice": the end of an interval that is still open
MOMENT_MAX = datetime(9999, 1, 1, tzinfo=UTC)  # the same for knowledge that still stands
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class AsOf:
    """What a reader asks to see: the world on `day`, as known at `known` (None: all that is known now)."""

    day: date
    known: datetime | None = None


def day_of(moment: datetime) -> date:
    """The calendar day of a moment in Vietnam."""
    return moment.astimezone(ZONE).date()
