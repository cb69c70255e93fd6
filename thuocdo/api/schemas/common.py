"""Values that every area says: days, agencies, pages of a list, problems."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import TextChoices
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from thuocdo.agencies.models import Agency
from thuocdo.faces import wording
from thuocdo.lib.moments import DAY_MAX, ZONE

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
HOUR = re.compile(r"\d{2}:\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?")


def _day(value: object) -> object:
    """Only the plain form: a number is no day."""
    if isinstance(value, str) and not DAY.fullmatch(value):
        raise PydanticCustomError("day", "a day as 2025-09-30")
    if not isinstance(value, str | date | None):
        raise PydanticCustomError("day", "a day as 2025-09-30")
    return _parsed(date.fromisoformat, value, "day")


def _moment(value: object) -> object:
    """The same for moments; without a zone it is Vietnam's."""
    if not isinstance(value, str) or not MOMENT.fullmatch(value):
        raise PydanticCustomError("moment", "a moment as 2025-09-30T17:00")
    found = _parsed(datetime.fromisoformat, value, "moment")
    return found if found.tzinfo else found.replace(tzinfo=ZONE)


def _hour(value: object) -> object:
    """An hour of the day in Vietnam."""
    if not isinstance(value, str | time | None) or (isinstance(value, str) and not HOUR.fullmatch(value)):
        raise PydanticCustomError("hour", "an hour as 15:00")
    return _parsed(time.fromisoformat, value, "hour")


def _parsed(parse: Any, value: object, kind: str) -> Any:  # noqa: ANN401 - a day or a moment
    if not isinstance(value, str):
        return value
    try:
        return parse(value)
    except ValueError:
        raise PydanticCustomError(kind, "no such day") from None


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Hour = Annotated[
    time,
    BeforeValidator(_hour),
    WithJsonSchema({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}),
]
Moment = Annotated[
    datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})
]
Exact = Annotated[
    Decimal,
    PlainSerializer(lambda value: f"{value:f}", return_type=str),
    Field(description="an exact number"),
]


class Given(BaseModel):
    """The base of what is sent: a name that is not known is refused, so that nothing is lost unnoticed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Told(BaseModel):
    """The base of what is answered."""

    model_config = ConfigDict(frozen=True)


class When(BaseModel):
    """On which day, as known at which moment."""

    as_of: Day | None = Field(default=None, description="The day shown; else that pages open at.")
    known: Moment | None = Field(default=None, description="As known then; else all known now.")


class AgencyOut(Told):
    """An agency by its code."""

    code: str
    name: str = Field(description="The authoritative Vietnamese name.")
    shown: str = Field(description="The name in the caller's language, where it has one.")


class WordOut(Told):
    """A word of a closed list, with its translation."""

    code: str
    shown: str


class ProblemOut(Told):
    """What could not be done, and why (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    reasons: list[str] = Field(description="One sentence for each reason.")
    errors: list[dict[str, str]] = Field(description="What is wrong at which place of what was sent.")


Item = TypeVar("Item")


class Page(Told, Generic[Item]):
    """Some of a list; `next` asks for those that follow, null at the end."""

    items: list[Item]
    next: str | None


def named(of: Agency) -> AgencyOut:
    """The agency."""
    return AgencyOut(code=of.code, name=of.name, shown=wording.name_of(of))


def agency(of: Agency | None) -> AgencyOut | None:
    """The agency, or nobody."""
    return None if of is None else named(of)


def word(value: str | None, kinds: type[TextChoices]) -> WordOut | None:
    """The word, or none."""
    return WordOut(code=str(value), shown=str(kinds(value).label)) if value else None


def until(day: date | None) -> date | None:
    """The end of what may still be open."""
    return None if day is None or day >= DAY_MAX else day
