"""What is told to people is not kept for ever, and goes with them when their data are erased (2.22)."""

from datetime import datetime, timedelta

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.audit import log
from thuocdo.notices.actions.choosing import revoke
from thuocdo.notices.enums import LetterState
from thuocdo.notices.models import Choice, Letter, Notice

KEPT = timedelta(days=400)  # after it was read; a letter as long as a notice that went out in it


@transaction.atomic
def forget(*, at: datetime) -> int:
    """Remove what was read more than a year ago, then the letters that nothing points at any more."""
    notices, _details = Notice.objects.filter(read_at__lt=at - KEPT).delete()
    ended = Letter.objects.filter(made_at__lt=at - KEPT).exclude(state=LetterState.WAITING)
    letters, _details = ended.filter(mailed=None, texted=None).delete()
    return notices + letters


@transaction.atomic
def erase_traces(*, user: User, by: User | None, at: datetime) -> None:
    """Delete what a person was told and by what letters, their number, and the address of their calendar."""
    Notice.objects.filter(user=user).delete()
    Letter.objects.filter(user=user).delete()
    revoke(user=user, by=by, at=at)
    for row in Choice.objects.select_for_update().filter(user=user):
        before = log.snapshot(row)
        row.phone, row.sms, row.mail = "", False, False
        row.save()
        log.record("channels.erased", row, by=by, at=at, before=before)
