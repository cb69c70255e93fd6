"""What a reader may do with a recommendation, and which they may see. Rights are always today's (1.29)."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.models import Agency
from thuocdo.assignments import offices
from thuocdo.lib.say import Say, say
from thuocdo.recommendations.models import Recommendation, Step


def concerning(reader: Reader) -> Q:
    """A condition on recommendations: those that an agency of the reader's scope sent or ever had in hand."""
    if reader.reads_all:
        return Q(pk__isnull=False)
    own = reader.own
    if not own:
        return Q(pk__in=())
    passed = Exists(Step.objects.filter(recommendation=OuterRef("pk"), to__in=own))
    return Q(agency__in=own) | Q(addressee__in=own) | Q(passed)


def may_ask(reader: Reader, agency: Agency) -> Say | None:
    """Asking upward, and naming what waits: the focal point of the agency."""
    if reader.may_for(Permission.REPORT, agency.pk):
        return None
    return say("Only the agency itself asks upward.")


def may_handle(reader: Reader, owner_id: int, today: date) -> Say | None:
    """Receiving, forwarding, answering: who decides for the agency with which it lies, or carries it on."""
    if offices.holds(reader, Permission.DECIDE, owner_id, today):
        return None
    return say("Only the agency with which it lies does this.")


def may_tell_effect(reader: Reader, row: Recommendation, owner_id: int, today: date) -> Say | None:
    """What came of it: said by who asked, or by who answered."""
    if may_ask(reader, row.agency) is None:
        return None
    return may_handle(reader, owner_id, today)
