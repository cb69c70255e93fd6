"""Template tags of the calendar: the kind of a day in words and as a sign, the address of another year."""

from django import template
from django.http import HttpRequest

from thuocdo.agencies.enums import DayKind
from thuocdo.web import addresses, month

register = template.Library()


@register.simple_tag
def day_kind(kind: str) -> str:
    """The kind of a day in the reader's language; of an ordinary one nothing."""
    return str(DayKind(kind).label) if kind in DayKind.values else ""


@register.simple_tag
def day_sign(kind: str) -> str:
    """The sign that stands beside such a day."""
    return month.SIGNS.get(kind, "")


@register.simple_tag
def kinds() -> list[str]:
    """The kinds of days that a decision makes."""
    return [str(kind) for kind in DayKind]


@register.filter
def of_year(year: int, request: HttpRequest) -> str:
    """The same page for another year."""
    return addresses.changed(request, "year", year)
