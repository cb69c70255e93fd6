"""The ways out: a mail server, and a gateway for text messages that the operator names.

The gateway's contract: `POST` to SMS_ADDRESS with `Authorization: Bearer SMS_TOKEN` and a JSON object of `id`
(the same at each try: the gateway sends it once), `to` (+84…) and `text`. It answers 200, 201 or 202; any
other answer, a redirect too, is a refusal, whose beginning is kept.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import formataddr
from smtplib import SMTPException, SMTPServerDisconnected

import requests
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from thuocdo.notices.enums import Channel
from thuocdo.notices.models import Letter

PATIENCE = (5, 15)  # seconds to connect, to answer
TAKEN = frozenset({200, 201, 202})


@dataclass(frozen=True, slots=True)
class Ways:
    """What is open for one run."""

    mail: BaseEmailBackend | None
    sms: requests.Session | None


@contextmanager
def opened(wanted: Collection[Channel]) -> Iterator[Ways]:
    """Open what is wanted. A mail server that does not answer is a fault of the job, which tries again."""
    mail = get_connection() if Channel.MAIL in wanted else None
    sms = requests.Session() if Channel.SMS in wanted else None
    if sms is not None:
        sms.trust_env = False  # no proxy and no .netrc of the account that runs us
    try:
        if mail is not None:
            mail.open()
        yield Ways(mail, sms)
    finally:
        if mail is not None:
            mail.close()
        if sms is not None:
            sms.close()


def send(letter: Letter, ways: Ways) -> str:
    """Send it; what went wrong, empty when nothing did."""
    if letter.channel == Channel.MAIL:
        return _mail(letter, ways.mail)
    return _text(letter, ways.sms)


def _mail(letter: Letter, way: BaseEmailBackend | None) -> str:
    host = settings.MAIL_FROM.rpartition("@")[2]
    message = EmailMessage(
        subject=letter.subject,
        body=letter.text,
        from_email=formataddr(("Thước Đo", settings.MAIL_FROM)),
        to=[letter.address],
        headers={
            "Message-ID": f"<{letter.key}@{host}>",
            "Content-Language": letter.language,
            "Auto-Submitted": "auto-generated",
        },
        connection=way,
    )
    try:
        message.send()
    except SMTPServerDisconnected:
        raise
    except SMTPException as fault:
        return f"{type(fault).__name__}: {fault}"
    return ""


def _text(letter: Letter, way: requests.Session | None) -> str:
    if way is None:
        return ""
    body = {"id": str(letter.key), "to": letter.address, "text": letter.text}
    headers = {"Authorization": f"Bearer {settings.SMS_TOKEN}"}
    try:
        answer = way.post(
            settings.SMS_ADDRESS, json=body, headers=headers, timeout=PATIENCE, allow_redirects=False
        )
    except requests.RequestException as fault:
        return type(fault).__name__
    return "" if answer.status_code in TAKEN else f"{answer.status_code} {answer.text.strip()[:200]}"
