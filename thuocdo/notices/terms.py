"""What actions on notices take."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from thuocdo.accounts.enums import Role
from thuocdo.notices.enums import Channel, Kind


@dataclass(frozen=True, slots=True)
class News:
    """One thing that one person is told, once: the same key is not told again."""

    user_id: int
    kind: Kind
    key: str
    link: str
    values: Mapping[str, object] = field(default_factory=dict)
    way: str = ""  # "page": by no letter; "text": also by text message, though it does not press


@dataclass(frozen=True, slots=True)
class Proposal:
    """A message to the people of a role, which the office decides on."""

    office_id: int
    agency_id: int
    role: Role
    kind: Kind
    key: str
    link: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """A letter in the words of its reader."""

    channel: Channel
    address: str
    subject: str
    text: str
    language: str
