"""What is said of agencies, directives and the duties that stand in them."""

from datetime import date

from pydantic import Field

from thuocdo.api.schemas.common import AgencyOut, Told, WordOut
from thuocdo.api.schemas.figures import CountsOut


class AgencyRow(Told):
    """An agency of the day."""

    code: str
    address: str
    name: str
    shown: str
    kind: WordOut
    side: WordOut
    level: WordOut
    issuer_code: str
    opened_on: date
    closed_on: date | None


class DirectiveRow(Told):
    """A text of the register."""

    id: int
    address: str
    symbol: str
    title: str
    issuer: AgencyOut | None
    issued_on: date | None
    is_example: bool
    provisions: int
    given: int = Field(description="Provisions whose duty somebody was given.")
    nobodys: int = Field(description="Provisions with a duty that nobody has been given.")


class DirectiveOut(DirectiveRow):
    """One text with its counts."""

    public: list[str] = Field(description="What of it is public: progress, responsibility, results.")
    declared: CountsOut
    confirmed: CountsOut


class GivenOut(Told):
    """To whom the duty was given."""

    id: int
    address: str
    lead: AgencyOut | None


class ObligationOut(Told):
    """A duty as the text states it."""

    id: int
    work: str
    product: str
    leads_as_stated: str
    limit_as_stated: str
    limit_on: date | None
    is_key: bool
    given: list[GivenOut]


class ProvisionOut(Told):
    """A line of the text with the duties read out of it."""

    id: int
    label: str
    obligations: list[ObligationOut]
