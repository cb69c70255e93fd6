"""What is said of the log: heads, entries, proofs, the feed of changes."""

from datetime import datetime

from pydantic import Field

from thuocdo.api.schemas.common import Told


class HeadOut(Told):
    """The signed end of the log, for people outside to keep."""

    form: str
    batch: int
    at: str
    count: int
    settled_id: int
    root: str
    previous: str
    chain: str
    signature: str
    key: str


class EntryOut(Told):
    """Who did what to which row, when. Values and names are for who reads all that is kept here."""

    sequence: int
    at: datetime
    verb: str
    table: str
    row_id: str
    batch: int | None = Field(description="null while it is not sealed.")
    by: str | None
    fields: list[str]
    old: dict[str, str | None] | None
    new: dict[str, str | None] | None


class ProofOut(Told):
    """That an entry is in a batch: the path leads from its leaf to the root that the head signs."""

    sequence: int
    batch: int
    position: int
    count: int
    leaf: str
    path: list[str]
    root: str


class ChangeOut(Told):
    """That something happened to a duty or a text; what it is is read at its address."""

    sequence: int
    at: datetime
    verb: str
    kind: str
    id: int
    assignment_id: int | None
    directive_id: int | None


class ChangesOut(Told):
    """Changes in the order of their sequence; ask on with `after` = `next`."""

    items: list[ChangeOut]
    next: int
    more: bool = Field(description="Whether something stands behind `next` already.")
