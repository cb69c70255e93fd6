"""Who acts on a page, when, and on which day the pages stand."""

from datetime import date

from django.http import Http404
from django.utils import timezone

from thuocdo.accounts.models import User
from thuocdo.faces.asof import asked
from thuocdo.faces.clock import clock_problem, now
from thuocdo.web.access import PageRequest

__all__ = ["clock_problem", "day", "now", "person", "today"]


def person(request: PageRequest) -> User:
    """Who acts; a page where one acts is open to nobody else."""
    if request.reader.user is None:
        raise Http404
    return request.reader.user


def day(request: PageRequest) -> date:
    """The day the pages stand at: what an officer enters happened then, unless they say otherwise."""
    return asked(request).as_of.day


def today() -> date:
    """Today in Vietnam: rights are those of today."""
    return timezone.localdate()
