"""The term in "trong 15 ngày làm việc kể từ ngày ký", "01 tháng kể từ ngày 24/4/2025".

Every text here is folded (no case, no diacritics) with plain hyphens; see `limits.py`.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from thuocdo.directives.rules import limit_spans
from thuocdo.lib.say import Say, say

UNITS = {  # values of agencies.enums.TermUnit
    "gio lam viec": "hour", "working hours": "hour", "working hour": "hour",
    "ngay lam viec": "working_day", "working days": "working_day", "working day": "working_day",
    "ngay": "calendar_day", "calendar days": "calendar_day", "days": "calendar_day", "day": "calendar_day",
    "thang": "month", "months": "month", "month": "month",
}  # fmt: skip
ISSUED = {"ky", "ban hanh", "ky ban hanh", "ky van ban nay", "ban hanh van ban nay", "signing", "issue"}
TERM = re.compile(
    r"(?:(?:hoan thanh|xong|completed?) )?"
    r"(?:(?:cham nhat|khong qua|toi da|within|no later than)(?: la)? )?"
    r"(?:trong )?(?:(?:vong|thoi han|thoi gian) )?"
    r"(?P<n>\d{1,4})(?: ?\([^)]*\))? (?P<unit>" + "|".join(sorted(UNITS, key=len, reverse=True)) + r"),? "
    r"(?:(?:ke )?tu|from|of|after)(?: (?:khi|ngay|thoi diem|the))* (?P<start>.+)"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """So many units from a day; `start_on` None: from the day the text was issued."""

    quantity: Decimal
    unit: str
    start_on: date | None = None


def read(text: str, year: int | None) -> Counted | Say | None:
    """The term that the text names; a Say when its start is not one that can be known; None: no term."""
    parts = TERM.fullmatch(text)
    if parts is None:
        return None
    quantity, unit = Decimal(parts["n"]), UNITS[parts["unit"]]
    if parts["start"] in ISSUED:
        return Counted(quantity, unit)
    span = limit_spans.read(parts["start"], year)
    if isinstance(span, limit_spans.Span) and span.first == span.last:
        return Counted(quantity, unit, span.first)
    return say("The day from which the limit is counted is not stated; write the last day instead.")
