"""Telling people, and what they have read. Technical, so not in the log: what is told of stands there."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import transaction

from thuocdo.accounts.models import PROGRAMS, User
from thuocdo.notices.models import Choice, Notice
from thuocdo.notices.rules.texts import TEXTS
from thuocdo.notices.terms import News

ROWS_PER_INSERT = 1_000
NOTHING = Choice(mail=False)  # programs read their notices by the interface


@transaction.atomic
def tell(*, news: Collection[News], at: datetime) -> int:
    """Tell each person once, by the channels they chose; how many notices were offered."""
    people = {one.user_id for one in news}
    chosen = {choice.user_id: choice for choice in Choice.objects.filter(user__in=people)}
    programs = set(User.objects.filter(PROGRAMS, pk__in=people).values_list("pk", flat=True))
    made = [
        _notice(one, NOTHING if one.user_id in programs else chosen.get(one.user_id) or Choice(), at)
        for one in news
    ]
    Notice.objects.bulk_create(made, batch_size=ROWS_PER_INSERT, ignore_conflicts=True)
    return len(made)


def _notice(one: News, choice: Choice, at: datetime) -> Notice:
    pressing = TEXTS[one.kind].pressing or one.way == "text"
    letters = one.way != "page"
    return Notice(
        user_id=one.user_id,
        kind=one.kind,
        key=one.key,
        values=dict(one.values),
        link=one.link,
        made_at=at,
        by_mail=letters and choice.mail and bool(settings.MAIL_FROM),
        by_sms=letters and choice.sms and pressing and bool(settings.SMS_ADDRESS),
    )


def read(*, user: User, upto: int, at: datetime) -> int:
    """Everything the person was told up to this notice is read; what came meanwhile is not."""
    return Notice.objects.filter(user=user, pk__lte=upto, read_at=None).update(read_at=at)
