"""What a caller hands in: small values, so that actions keep few arguments."""

from dataclasses import dataclass
from datetime import date, datetime

from thuocdo.agencies.models import Agency
from thuocdo.assignments.rules.six_clears import Duty
from thuocdo.assignments.terms import NOBODY, Head
from thuocdo.files.models import StoredFile
from thuocdo.meetings.enums import MemberRole
from thuocdo.meetings.models import Committee, Conclusion


@dataclass(frozen=True, slots=True)
class Seat:
    """A member: an agency, or a person with a post."""

    role: MemberRole
    agency: Agency | None = None
    name: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class Founding:
    """A committee that holds sessions; a working group names the committee it belongs to."""

    agency: Agency
    standing_body: Agency
    covers: Agency
    basis: str = ""
    parent: Committee | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """When and where the session is, who is connected, what it is about."""

    starts_at: datetime
    place: str
    minutes: int = 120
    points: tuple[Agency, ...] = ()
    agenda: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Concluded:
    """One conclusion as a duty; what is not said yet is empty."""

    work: str
    product: str = ""
    product_kind: str = ""
    lead: Agency | None = None
    head: Head = NOBODY
    limit_on: date | None = None
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """What the document system gave: number, day, signer, the signed file."""

    symbol: str
    issued_on: date
    signer: str
    file: StoredFile


def duty_of(row: Conclusion) -> Duty:
    """The conclusion as the rule of the six clears looks at it."""
    return Duty(
        row.work, row.product, row.limit_class, row.limit_on, "", row.lead_id is not None, row.head_post,
        row.head_name, row.head_since, row.signer,
    )  # fmt: skip
