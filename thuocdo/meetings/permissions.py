"""Who may prepare a session and who may read it. Rights are always today's (1.29)."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.models import Agency
from thuocdo.assignments import offices
from thuocdo.lib.say import Say, say
from thuocdo.meetings.models import Member


def concerning(reader: Reader, today: date) -> Q:
    """A condition on committees: those of whose agencies one is in the reader's scope."""
    if reader.reads_all:
        return Q(pk__isnull=False)
    own = reader.own
    if not own:
        return Q(pk__in=())
    seats = Member.objects.filter(committee=OuterRef("pk"), agency__in=own)
    sits = Exists(seats.filter(opened_on__lte=today, closed_on__gt=today))
    return Q(agency__in=own) | Q(standing_body__in=own) | Q(sits)


def may_prepare(reader: Reader, body: Agency, today: date) -> Say | None:
    """Calling, freezing the pack, taking minutes, closing, issuing: who assigns for the standing body."""
    if offices.holds(reader, Permission.ASSIGN, body.pk, today):
        return None
    return say("Only the standing body prepares the sessions of its committee.")
