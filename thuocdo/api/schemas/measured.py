"""Indicators and values, as they are answered and as they are sent."""

from datetime import date, datetime
from decimal import Decimal

from pydantic import Field

from thuocdo.api.schemas.common import AgencyOut, Day, Exact, Given, Told, WordOut
from thuocdo.indicators.enums import Missing

LONG = 20_000


class IndicatorRow(Told):
    """An indicator as it is declared on the day."""

    code: str
    name: str = Field(description="The authoritative Vietnamese name.")
    shown: str = Field(description="The name in the caller's language.")
    unit: str
    kind: WordOut
    direction: WordOut
    every: WordOut
    since: date = Field(description="This definition holds since.")
    public: bool


class TargetOut(Told):
    """Where the indicator has to be."""

    value: Exact | None
    low: Exact | None
    high: Exact | None
    baseline: Exact | None
    due_on: date
    set_on: date
    lowered: bool = Field(description="It asks for less than the version before.")


class FigureOut(Told):
    """The value of an indicator for an agency, rolled up as it declares; null where there is none."""

    value: Exact | None
    numerator: Exact | None
    denominator: Exact | None
    standing: WordOut | None
    reported: int
    expected: int
    missing: WordOut | None
    latest: date | None = Field(description="The end of the last period that went in.")
    rate: Exact | None = Field(description="Progress to the target in per cent.")
    status: WordOut | None
    target: TargetOut | None


class IndicatorOut(IndicatorRow):
    """An indicator for one agency. `figure` null: the caller may not see it."""

    agency: AgencyOut
    figure: FigureOut | None


class ObservationOut(Told):
    """One value. `corrects`: the one whose place it took."""

    id: int
    address: str
    indicator: str
    agency: AgencyOut
    period: str | None = Field(description="2025, 2025-H1, 2025-Q3, 2025-09; null for other spans of days.")
    first: date
    last: date
    part: str
    value: Exact | None
    numerator: int | None
    denominator: int | None
    missing: WordOut | None
    standing: WordOut
    returned: bool
    note: str
    reason: str
    corrects: int | None
    happened_on: date
    recorded_at: datetime


class ValueIn(Given):
    """What one value is. A ratio is given by its two parts."""

    value: Decimal | None = Field(default=None, max_digits=18, decimal_places=6)
    numerator: int | None = Field(default=None, ge=-(2**53), le=2**53)
    denominator: int | None = Field(default=None, ge=-(2**53), le=2**53)
    missing: Missing | None = Field(default=None, description="Why there is no value.")
    note: str = Field(default="", max_length=LONG, description="Keeps a value that a check warns of.")
    file: str | None = Field(default=None, max_length=300, description="The `ticket` of a file sent before.")


class ObservationIn(ValueIn):
    """A first value of an agency and a period."""

    agency: str = Field(max_length=40, description="Its code.")
    period: str = Field(max_length=10, description="2025, 2025-H1, 2025-Q3 or 2025-09.")
    part: str = Field(default="", max_length=60, description="sex=female; empty: the whole.")


class ValueCorrectionIn(ValueIn):
    """What should have been given, and why."""

    reason: str = Field(min_length=1, max_length=LONG)


class VerdictIn(Given):
    """A value is confirmed, or returned with the reason."""

    accepted: bool
    reason: str = Field(default="", max_length=LONG, description="Needed when the value is returned.")
    happened_on: Day | None = None
