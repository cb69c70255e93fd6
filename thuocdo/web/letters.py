"""Letters in the words of their reader: one digest a day by e-mail, a text message for what presses."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.utils import translation

from thuocdo.accounts.models import User
from thuocdo.faces import wording
from thuocdo.lib.moments import day_of
from thuocdo.lib.say import Say, say, say_n
from thuocdo.notices import actions
from thuocdo.notices.enums import Channel
from thuocdo.notices.models import Choice, Draft, Letter, Notice
from thuocdo.notices.queries import reading
from thuocdo.notices.rules import sending, texts
from thuocdo.notices.terms import Written
from thuocdo.web import addresses

AT_ONCE = 500  # people of one run
IN_FULL = 40  # notices that a digest spells out; of the others it gives the number
MESSAGE = 300  # letters of a text message


def write(*, at: datetime) -> int:
    """Write what is to be sent now; how many letters. In the quiet hours none: it waits for the morning."""
    if sending.is_quiet(at, settings.QUIET_HOURS):
        return 0
    return _digests(at) + _messages(at)


def _digests(at: datetime) -> int:
    today = Letter.objects.filter(user=OuterRef("pk"), channel=Channel.MAIL, day=day_of(at))
    made = 0
    for user in reading.to_mail().exclude(Exists(today))[:AT_ONCE]:
        notices = list(reading.of(user).filter(by_mail=True, mail=None).order_by("made_at", "pk"))
        made += _keep(user, digest(user, notices), notices, at)
    return made


def _messages(at: datetime) -> int:
    waiting = Notice.objects.filter(by_sms=True, sms=None, user__is_active=True).select_related("user")
    notices = list(waiting.order_by("made_at", "pk")[:AT_ONCE])
    numbers = dict(
        Choice.objects.filter(user__in={one.user_id for one in notices}, sms=True).values_list(
            "user", "phone"
        )
    )
    wanted = [one for one in notices if one.user_id in numbers]
    return sum(_keep(one.user, message(one, numbers[one.user_id]), [one], at) for one in wanted)


def _keep(user: User, written: Written, notices: Sequence[Notice], at: datetime) -> int:
    letter = actions.keep(user=user, written=written, notices=notices, day=day_of(at), at=at)
    return int(letter is not None)


def digest(user: User, notices: Sequence[Notice]) -> Written:
    """All that waits for one person, in their language, as plain text."""
    with translation.override(user.language):
        lines = [(*told(one), due(one), link(one.link)) for one in notices[:IN_FULL]]
        context = {
            "name": user.name,
            "lines": lines,
            "more": len(notices) - len(lines),
            "list": link("/notices/"),
            "choices": link("/me/notices/"),
        }
        subject = f"Thước Đo: {wording.tell(_subject(notices))}"
        text = render_to_string("web/notices/digest.txt", context)
        return Written(Channel.MAIL, user.email, subject, text, user.language)


def message(notice: Notice, phone: str) -> Written:
    """One notice as a text message."""
    with translation.override(notice.user.language):
        at = link(notice.link)
        room = MESSAGE - len(at) - len("Thước Đo:  ")
        happened = sending.one_line(told(notice)[0])
        short = happened if len(happened) <= room else happened[: room - 1] + "…"
        return Written(Channel.SMS, phone, "", f"Thước Đo: {short} {at}", notice.user.language)


def told(notice: Notice | Draft) -> tuple[str, str]:
    """(what happened, what to do) in the language that is on."""
    happened, to_do = texts.told(notice.kind, notice.values)
    return wording.tell(happened), wording.tell(to_do)


def due(notice: Notice | Draft) -> str:
    """By when, in words; empty where the notice has no day."""
    day = texts.due_on(notice.values)
    return wording.tell(say("Time limit: %(day)s.", day=day)) if day else ""


def link(path: str) -> str:
    """The address of a page, in the language that is on, for who is not on our pages."""
    return settings.ADDRESS.rstrip("/") + addresses.in_language(path, wording.reader_language())


def _subject(notices: Sequence[Notice]) -> Say:
    if len(notices) == 1:
        return texts.told(notices[0].kind, notices[0].values)[0]
    return say_n("%(n)s thing for you", "%(n)s things for you", len(notices))
