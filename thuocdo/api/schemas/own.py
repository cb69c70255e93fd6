"""What is said to callers about themselves, and of the files they send."""

from datetime import date, datetime

from pydantic import Field

from thuocdo.api.schemas.common import AgencyOut, Told


class TokenOut(Told):
    name: str
    scope: list[str]
    agency: AgencyOut | None
    expires_at: datetime


class MeOut(Told):
    """Who calls, and what they may."""

    name: str | None = Field(description="null: nobody in particular; only what is public is open.")
    is_program: bool
    permissions: list[str]
    agencies: list[AgencyOut]
    token: TokenOut | None
    day: date = Field(description="The day that is shown without `as_of`.")


class LineOut(Told):
    """One thing that waits. `id` is that of the duty, claim, request or difficulty."""

    id: int
    work: str
    symbol: str
    agency: str
    on: date | None
    text: str


class PileOut(Told):
    count: int
    first: list[LineOut]


class WorkOut(Told):
    """What waits for the caller."""

    due: PileOut
    returned: PileOut
    to_claim: PileOut
    to_confirm: PileOut
    to_decide: PileOut
    drafts: PileOut
    difficulties: PileOut
    demands: PileOut  # to be answered by an agency of the caller
    unanswered: PileOut  # sent by it, past their limit
    broken: PileOut  # promises of it that were not kept
    holds: PileOut  # somebody says it waits for it
    disputes: PileOut  # about waiting, for it to decide


class FileOut(Told):
    """A file that was received; its ticket stands in evidence."""

    id: int
    name: str
    kind: str
    size: int
    sha256: str
    ticket: str
