"""What is said of demands and of notices."""

from datetime import date, datetime
from typing import Any

from pydantic import Field

from thuocdo.api.schemas.common import AgencyOut, Told, WordOut


class DemandAnswerOut(Told):
    id: int
    demand_id: int
    agency: AgencyOut | None
    text: str
    happened_on: date
    recorded_at: datetime


class DemandOut(Told):
    """An urging, an instruction, a demand for explanation, as it stands on the day."""

    id: int
    address: str
    kind: WordOut
    standing: WordOut
    agency: AgencyOut | None = Field(description="Who has to answer.")
    sender: AgencyOut | None
    assignment_id: int | None = Field(description="null: of no assignment in particular.")
    text: str
    happened_on: date
    answer_on: date = Field(description="The first limit of the answer.")
    due_on: date = Field(description="The limit now: decisions on working days may have moved it.")
    term_days: str | None
    taken_back_on: date | None
    taken_back_because: str | None
    answers: list[DemandAnswerOut]


class NoticeOut(Told):
    """What the caller was told."""

    id: int
    kind: str
    happened: str
    to_do: str
    values: dict[str, Any] = Field(description="What the two sentences are made of.")
    link: str = Field(description="The page it is about.")
    made_at: datetime
    read_at: datetime | None


class ReadOut(Told):
    """How many notices were marked as read, and how many are left."""

    read: int
    unread: int
