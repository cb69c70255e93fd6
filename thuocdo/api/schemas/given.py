"""What is sent: reports, claims, reviews, requests, decisions, what weighs on a duty."""

from decimal import Decimal

from pydantic import Field, field_validator

from thuocdo.api.schemas.common import Day, Given
from thuocdo.assignments.enums import (
    ChangeKind,
    DemandKind,
    DifficultyClass,
    EvidenceKind,
    ResourceKind,
)
from thuocdo.assignments.rules.discipline import MOST_DAYS

LONG = 20_000


class EvidenceIn(Given):
    """One piece of evidence: exactly one of file, number of a text, address."""

    kind: EvidenceKind
    file: str | None = Field(default=None, max_length=300, description="The `ticket` of a file sent before.")
    symbol: str = Field(default="", max_length=80, description="The number of a text: 145/KH-UBND.")
    address: str = Field(default="", max_length=400)


class SaidIn(Given):
    """What was done, with its evidence."""

    text: str = Field(min_length=1, max_length=LONG)
    progress: Decimal | None = Field(default=None, ge=0, le=100, description="Per cent, as you declare it.")
    happened_on: Day | None = Field(default=None, description="The day of the report; without it: today.")
    evidence: list[EvidenceIn] = Field(default_factory=list, max_length=20)

    @field_validator("progress")
    @classmethod
    def _places(cls, value: Decimal | None) -> Decimal | None:
        """What the column keeps."""
        return None if value is None else round(value, 2)


class ReportIn(SaidIn):
    """What was done; of a standing duty, in which period."""

    period: str = Field(
        default="", max_length=8, description="2025-09, 2025-Q3 …; without it: the one asked for."
    )


class ClaimIn(ReportIn):
    """The work is completed, on the day the evidence shows."""

    shown_on: Day


class CorrectionIn(SaidIn):
    """What should have been said. Without evidence that of before stays."""

    shown_on: Day | None = Field(default=None, description="Of a claim only.")


class ReviewIn(Given):
    """The decision on a claim. Accepted without a day of its own: the day that was claimed."""

    accepted: bool
    shown_on: Day | None = None
    no_later_than: Day | None = None
    reason: str = Field(default="", max_length=LONG, description="Needed when the claim is returned.")
    happened_on: Day | None = None


class ReviewCorrectionIn(Given):
    """What should have been decided; it keeps the day of the review."""

    accepted: bool
    shown_on: Day | None = None
    no_later_than: Day | None = None
    reason: str = Field(min_length=1, max_length=LONG)


class RequestIn(Given):
    """What the lead asks of the assigner; what belongs to another kind is left out."""

    kind: ChangeKind
    reason: str = Field(min_length=1, max_length=LONG)
    text: str = Field(default="", max_length=LONG, description="The wording asked for.")
    lead: str | None = Field(default=None, max_length=40, description="Code of the agency that should lead.")
    limit_on: Day | None = None
    happened_on: Day | None = None


class DecisionIn(Given):
    """Granted or refused. `limit_on`: if another limit is granted than was asked for."""

    granted: bool
    reason: str = Field(default="", max_length=LONG)
    limit_on: Day | None = None
    head_post: str = Field(default="", max_length=200)
    head_name: str = Field(default="", max_length=200)
    head_since: Day | None = None
    happened_on: Day | None = None


class HoldIn(Given):
    """The lead waits for an agency."""

    agency: str = Field(min_length=1, max_length=40, description="Its code.")
    reason: str = Field(min_length=1, max_length=LONG)
    opened_on: Day | None = None


class HoldAnswerIn(Given):
    """Whether it waits for us, with the reason when it is disputed."""

    accepted: bool
    reason: str = Field(default="", max_length=LONG)
    happened_on: Day | None = None


class DemandIn(Given):
    """What is asked of an agency: urging, instruction or explanation, to be answered by a day."""

    kind: DemandKind
    sender: str | None = Field(
        default=None, max_length=40, description="Code: for which agency you write, if there are several."
    )
    text: str = Field(min_length=1, max_length=LONG)
    answer_on: Day | None = Field(default=None, description="Either this day or `term_days`.")
    term_days: int | None = Field(
        default=None, ge=1, le=MOST_DAYS, description="Working days of the agency that is asked."
    )
    happened_on: Day | None = None


class AnswerIn(Given):
    """The answer to a demand."""

    text: str = Field(min_length=1, max_length=LONG)
    happened_on: Day | None = None


class TakeBackIn(Given):
    """Why a demand is taken back."""

    reason: str = Field(min_length=1, max_length=LONG)
    happened_on: Day | None = None


class PromiseIn(Given):
    """A late lead promises a day; the limit does not move."""

    promised_on: Day
    text: str = Field(min_length=1, max_length=LONG, description="What you will do until then.")
    happened_on: Day | None = None


class OutageIn(Given):
    """There is no signal; `territory`: nor for anybody else in the agency's territory."""

    reason: str = Field(min_length=1, max_length=LONG)
    territory: bool = False
    opened_on: Day | None = None
    closed_on: Day | None = None


class ReadIn(Given):
    """Up to which notice everything is read."""

    upto: int = Field(ge=0, lt=2**63, description="The id of a notice.")


class EndIn(Given):
    """Something ends on a day."""

    closed_on: Day | None = None


class DifficultyIn(Given):
    """What holds the work back, and who has to remove it."""

    kind: DifficultyClass
    text: str = Field(min_length=1, max_length=LONG)
    owner: str | None = Field(default=None, max_length=40, description="Code of the agency that removes it.")
    opened_on: Day | None = None


class ResourceIn(Given):
    """Money, people or equipment on a day, with its source."""

    kind: ResourceKind
    amount: Decimal = Field(ge=0, max_digits=20, decimal_places=2)
    unit: str = Field(min_length=1, max_length=40)
    source_text: str = Field(min_length=1, max_length=300)
    happened_on: Day | None = None


class NumberIn(Given):
    """The number of the assignment in another system."""

    system: str = Field(min_length=1, max_length=60)
    number: str = Field(min_length=1, max_length=80)
    entered_on: Day | None = None
