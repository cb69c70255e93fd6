"""Letters: kept before they are sent, sent with the same key at each try, so that nothing goes twice."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from thuocdo.accounts.models import User
from thuocdo.notices import channels
from thuocdo.notices.enums import Channel, LetterState
from thuocdo.notices.models import Letter, Notice
from thuocdo.notices.rules import sending
from thuocdo.notices.terms import Written

AT_ONCE = 200  # letters of one run


def keep(
    *, user: User, written: Written, notices: Sequence[Notice], day: date, at: datetime
) -> Letter | None:
    """Keep a letter with the notices it tells; None when somebody else has just written today's digest."""
    column = "mail" if written.channel == Channel.MAIL else "sms"
    try:
        with transaction.atomic():
            letter = Letter.objects.create(
                user=user, channel=written.channel, day=day, address=written.address,
                subject=sending.one_line(written.subject)[:300], text=written.text,
                language=written.language, next_at=at, made_at=at,
            )  # fmt: skip
            pks = [notice.pk for notice in notices]
            Notice.objects.filter(pk__in=pks).update(**{column: letter})
            return letter
    except IntegrityError:
        return None


def send_waiting(*, at: datetime) -> int:
    """Send what waits; how many went out. A letter that is refused is tried again later, by itself."""
    waiting = Letter.objects.filter(state=LetterState.WAITING, next_at__lte=at).order_by("next_at", "pk")
    letters = list(waiting[:AT_ONCE])
    with channels.opened({Channel(letter.channel) for letter in letters}) as ways:
        return sum(_sent(letter, channels.send(letter, ways), at) for letter in letters)


def _sent(letter: Letter, problem: str, at: datetime) -> int:
    letter.tries += 1
    letter.problem = problem[:300]
    if not problem:
        letter.state, letter.sent_at = LetterState.SENT, at
    elif (again := sending.next_try(letter.tries, at)) is None:
        letter.state = LetterState.FAILED
    else:
        letter.next_at = again
    letter.save(update_fields=["tries", "problem", "state", "sent_at", "next_at"])
    return int(not problem)
