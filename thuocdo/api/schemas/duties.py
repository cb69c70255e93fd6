"""What is said of assignments: a row of a list, and one with all its facts."""

from datetime import date, datetime

from pydantic import Field

from thuocdo.api.schemas.common import AgencyOut, Exact, Told, WordOut
from thuocdo.api.schemas.figures import CountsOut


class DutyRow(Told):
    """One assignment on the day, as lists show it."""

    id: int
    address: str
    directive_id: int
    symbol: str = Field(description="Of the directive it comes from.")
    work: str
    product: str
    lead: AgencyOut | None = Field(description="null: who leads is not public.")
    declared: WordOut = Field(description="Its status by what agencies declare.")
    confirmed: WordOut = Field(description="Its status by what was confirmed.")
    limit_on: date | None
    first_limit_on: date | None
    days_left: int | None = Field(description="Negative: days past the limit.")
    known_until: date | None = Field(description="After this day its state is not known.")
    progress: Exact | None = Field(description="Per cent, as last declared.")
    is_key: bool
    is_example: bool
    awaits_review: bool
    waits_for: AgencyOut | None
    source: str | None
    results_are_public: bool


class EvidenceOut(Told):
    kind: WordOut
    file_id: int | None
    file_name: str | None
    directive_id: int | None
    symbol: str
    address: str = Field(description="Where it can be seen.")


class ReviewOut(Told):
    """What the confirming agency decided on a claim."""

    id: int
    claim_id: int
    accepted: bool
    shown_on: date | None
    no_later_than: date | None
    reason: str
    agency: AgencyOut | None
    happened_on: date
    recorded_at: datetime
    corrects: int | None


class ClaimOut(Told):
    """A claim of completion."""

    id: int
    shown_on: date | None
    no_later_than: date | None
    reviews: list[ReviewOut]


class ReportOut(Told):
    """A report; with `claim` when it says the work is completed."""

    id: int
    text: str
    progress: Exact | None
    agency: AgencyOut | None
    happened_on: date
    recorded_at: datetime
    corrects: int | None
    period: str = Field(description="Of a standing duty: 2025-09, 2025-Q3 …")
    evidence: list[EvidenceOut]
    claim: ClaimOut | None


class DecisionOut(Told):
    granted: bool
    limit_on: date | None
    reason: str
    happened_on: date
    recorded_at: datetime


class RequestOut(Told):
    """A request of the lead, with the decision if there is one."""

    id: int
    kind: WordOut
    text: str
    lead: AgencyOut | None
    limit_on: date | None
    reason: str
    happened_on: date
    recorded_at: datetime
    decision: DecisionOut | None


class FactOut(Told):
    """A small dated fact: a hold, difficulty, resource, number, interruption, change of hands."""

    id: int
    kind: str
    text: str
    note: str
    agency: AgencyOut | None
    on: date | None
    until: date | None


class HoldAnswerOut(Told):
    """What who is waited for, or the assigner, says of a hold."""

    id: int
    hold_id: int
    state: WordOut
    agency: AgencyOut | None
    reason: str
    happened_on: date | None


class HoldOut(FactOut):
    """Time in which the assignment waits for somebody."""

    state: WordOut
    answers: list[HoldAnswerOut]


class PromiseOut(Told):
    """A day that a late lead promised; `state`, once it stands in an assignment, is that of the day shown."""

    id: int
    agency: AgencyOut | None
    promised_on: date
    text: str
    happened_on: date | None
    state: WordOut | None


class LimitOut(Told):
    kind: WordOut | None
    on: date | None = Field(description="In force on the day.")
    first_on: date | None
    as_stated: str = Field(description="In the words of the text.")
    reporting_period: str


class AnswerableOut(Told):
    post: str
    name: str
    since: date | None


class DutyOut(Told):
    """One assignment as it stood on the day, with the facts known by the moment."""

    id: int
    address: str
    as_of: date
    directive_id: int
    symbol: str
    provision: str
    parent_id: int | None
    work: str
    product: str
    product_kind: WordOut | None
    limit: LimitOut
    lead: AgencyOut | None
    head: AnswerableOut | None
    assigner: AgencyOut | None
    confirming: AgencyOut | None
    monitoring: AgencyOut | None
    coordinators: list[AgencyOut]
    signer: str | None
    given_on: date | None
    is_key: bool
    is_example: bool
    is_fan_out: bool
    declared: WordOut | None
    confirmed: WordOut | None
    missing_clears: list[WordOut]
    withheld: list[str] = Field(description="What of it is not public: responsibility, results.")
    reports: list[ReportOut]
    requests: list[RequestOut]
    interruptions: list[FactOut]
    hands: list[FactOut]
    holds: list[HoldOut]
    demands: list[FactOut] = Field(description="`until`: the day named for the answer.")
    promises: list[PromiseOut]
    conditions: list[WordOut] = Field(description="slow, late, stalled, waiting, blocked, unreachable.")
    difficulties: list[FactOut]
    resources: list[FactOut]
    numbers: list[FactOut]
    branch: CountsOut | None = Field(description="Declared counts of what was handed on, one level down.")
