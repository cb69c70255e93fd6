"""What the assigning side sends: drafts, parts, pauses, changes of hands; what it is answered."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from thuocdo.agencies.enums import Collective, RelationKind, TermUnit
from thuocdo.agencies.rules.clock import LONGEST
from thuocdo.api.schemas.common import AgencyOut, Day, Given, Hour, Told, WordOut
from thuocdo.api.schemas.given import LONG
from thuocdo.assignments.enums import InterruptionKind, LimitClass, ProductKind, Regime
from thuocdo.assignments.rules.periods import LAST_DAY
from thuocdo.assignments.terms import Head
from thuocdo.directives.enums import ReportEvery

Code = Field(default=None, max_length=40, description="The code of an agency.")
MOST_AT_ONCE = 100


class HeadIn(Given):
    """The person who answers: post, name, since when."""

    head_post: str = Field(default="", max_length=200)
    head_name: str = Field(default="", max_length=200)
    head_since: Day | None = None

    def head(self) -> Head:
        """The person; empty where nobody is named."""
        return Head(self.head_post, self.head_name, self.head_since)


class TermsIn(HeadIn):
    """The six clears. What is left out is as it stood before: in the text, or in the draft."""

    work: str = Field(default="", max_length=LONG)
    product: str = Field(default="", max_length=LONG)
    product_kind: ProductKind | Literal[""] = ""
    limit_class: LimitClass = LimitClass.UNDATED
    limit_on: Day | None = Field(default=None, description="Of a dated duty, unless it is counted.")
    term_quantity: Decimal | None = Field(default=None, gt=0, le=LONGEST, max_digits=7, decimal_places=2)
    term_unit: TermUnit | None = Field(default=None, description="15 working days from a day: all three.")
    term_from: Day | None = None
    term_at: Hour | None = Field(default=None, description="Where the hour of receipt matters.")
    day_zero: bool = Field(default=False, description="The day of receipt counts as the first day.")
    cut_off: Hour | None = Field(default=None, description="Received from then on: as on the next day.")
    basis: str = Field(default="", max_length=300, description="The text that counts otherwise than usual.")
    reporting_period: ReportEvery | Literal[""] = Field(default="", description="Of a standing duty.")
    reporting_regime: Regime = Regime.CALENDAR
    sends: int | None = Field(default=None, ge=1, le=LAST_DAY, description="Sent by this day of the month.")
    signer: str = Field(default="", max_length=200)
    is_key: bool = False
    coordinators: list[str] = Field(default_factory=list, max_length=MOST_AT_ONCE)

    @model_validator(mode="after")
    def _counted_whole(self) -> Self:
        """A count needs all three: how many, of what, from when."""
        count = (self.term_quantity, self.term_unit, self.term_from)
        if any(one is not None for one in count) and None in count:
            raise PydanticCustomError("count", "a count needs all three")
        return self


class DraftIn(TermsIn):
    """A draft: for one agency, or without a lead one duty for many."""

    assigner: str | None = Code
    lead: str | None = Code
    monitoring: str | None = Code
    confirming: str | None = Code


class PartIn(TermsIn):
    """A part for one agency below the lead."""

    lead: str = Field(min_length=1, max_length=40, description="The code of the agency.")


class PartsIn(Given):
    """What the lead hands on. A part that is not clear in all six respects stays a draft."""

    kind: RelationKind = Field(default=RelationKind.ADMINISTRATIVE, description="In which sense below.")
    given_on: Day | None = None
    parts: list[PartIn] = Field(min_length=1, max_length=MOST_AT_ONCE)


class IssueIn(Given):
    """The day on which a draft is given."""

    given_on: Day | None = None


class FanOutIn(Given):
    """Whom one duty for many goes to, on the map of the day it is given."""

    collectives: list[Collective] = Field(default_factory=list, max_length=4)
    agencies: list[str] = Field(default_factory=list, max_length=500, description="Codes.")


class InterruptionIn(Given):
    """Pause, resume, withdraw, with the reason."""

    kind: InterruptionKind
    reason: str = Field(min_length=1, max_length=LONG)
    happened_on: Day | None = None


class HandsIn(HeadIn):
    """With `lead` a withdrawn assignment is given anew; without it another person answers."""

    lead: str | None = Code
    reason: str = Field(min_length=1, max_length=LONG, description="The basis, a decision for example.")
    happened_on: Day | None = None


class PointIn(Given):
    """How far the work has to be on a day."""

    day: Day
    share: Decimal = Field(ge=0, le=100, decimal_places=2)


class TargetsIn(Given):
    """Interim targets; they take the place of all before."""

    points: list[PointIn] = Field(min_length=1, max_length=60)
    happened_on: Day | None = None


class WrittenOut(Told):
    """An assignment as it stands after the act, in short."""

    id: int
    address: str
    parent_id: int | None
    lead: AgencyOut | None
    limit_on: date | None
    given_on: date | None = Field(description="null: a draft.")
    missing_clears: list[WordOut] = Field(description="While there are any it cannot be given.")


class WrittenPage(Told):
    """The assignments that were written, in the order sent."""

    items: list[WrittenOut]


class ReachedOut(Told):
    """The assignments that were paused, resumed or withdrawn: it, and those below that go with it."""

    kind: WordOut
    happened_on: date
    assignments: list[int]


class TargetOut(Told):
    """A target that was set."""

    id: int
    day: date
    share: str


class TargetsOut(Told):
    """The targets that hold now."""

    items: list[TargetOut]


def sent_of(given: TermsIn, names: Any) -> dict[str, Any]:  # noqa: ANN401 - names of fields
    """Those of the named fields that the caller sent."""
    return {name: getattr(given, name) for name in names if name in given.model_fields_set}
