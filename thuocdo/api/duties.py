"""The duty that an operation is about: shown as it stands, or loaded with the right to act on it."""

from collections.abc import Callable

from django.http import Http404

from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.models import Agency
from thuocdo.api import showing
from thuocdo.api.caller import Call
from thuocdo.api.day import as_of
from thuocdo.api.gate import etag, matches
from thuocdo.api.problems import Problem
from thuocdo.api.schemas.common import When
from thuocdo.api.schemas.duties import DutyOut
from thuocdo.assignments.models import Assignment
from thuocdo.assignments.queries.one import details, find, narrowed, one, sight
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused, Say, say

May = Callable[[Reader, Assignment], Say | None]


def seen(request: Call, pk: int, day: AsOf) -> DutyOut:
    """The assignment as this caller sees it on the day, as its page shows it; 404 if they do not."""
    found = find(pk, request.reader)
    if found is None or _unknown(found, day):
        raise Http404
    shown = one(found, day)
    sees = sight(shown, request.reader)
    shown = narrowed(shown, sees)
    return showing.duty(shown, details(shown), sees, day)


def _unknown(of: Assignment, day: AsOf) -> bool:
    """Whether nobody had been given it here by the moment."""
    return day.known is not None and (of.given_recorded_at is None or of.given_recorded_at > day.known)


def duty(request: Call, pk: int, may: May) -> Assignment:
    """The assignment, if the caller may do this to it and it is as they read it; else as if not there."""
    related = ("directive", "obligation__provision", "assigner", "confirming", "lead", "parent")
    row = Assignment.objects.select_related(*related).filter(pk=pk).first()
    if row is None or may(request.reader, row) is not None:
        raise Http404
    _require_unchanged(request, row)
    return row


def _require_unchanged(request: Call, row: Assignment) -> None:
    """If-Match names the ETag of the assignment: held from now on, it must be what the caller read."""
    named = request.headers.get("If-Match")
    if named is None:
        return
    Assignment.objects.select_for_update().get(pk=row.pk)
    try:
        now = etag(seen(request, row.pk, as_of(request, When())).model_dump_json().encode())
    except Http404:
        now = ""
    if not matches(named, now):
        raise Problem("changed", say("Read the assignment again, and decide whether your act still fits."))


def agency(code: str, day: AsOf) -> Agency:
    """The agency of this code on the day; `Refused` when there is none."""
    found = Agency.objects.alive(day).filter(code=code).first()
    if found is None:
        raise Refused(say("No agency has the code “%(code)s” on this day.", code=code))
    return found
