"""The ways out, against a real mail server and a double of the gateway for text messages, on loopback."""

import email
import json
import socket
from email.header import decode_header, make_header
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as django_settings

from tests.assignments.factory import JUNE, world
from tests.marks import covers
from thuocdo.notices import actions
from thuocdo.notices.enums import Channel, LetterState
from thuocdo.notices.models import Letter
from thuocdo.notices.terms import Written

pytestmark = pytest.mark.django_db


class Box:
    """What the mail server received; an address that begins with `no` is refused."""

    def __init__(self):
        self.letters = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - its own name
        if address.startswith("no"):
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.letters.append(email.message_from_bytes(envelope.content, policy=default))
        return "250 OK"


@pytest.fixture
def box(settings):
    """A mail server on loopback."""
    box = Box()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.MAIL_FROM = "thuocdo@example.vn"
    yield box
    server.stop()


def letter(here, **changes):
    """A letter to An that waits."""
    told = {
        "channel": Channel.MAIL, "address": "an@example.vn", "subject": "Thước Đo: 2 việc",
        "text": "Thời hạn còn 7 ngày.", "language": "vi",
    }  # fmt: skip
    return actions.keep(
        user=here.an, written=Written(**{**told, **changes}), notices=[], day=JUNE.date(), at=JUNE
    )


@covers("2.08")
def test_a_letter_arrives_as_it_was_written(box):
    made = letter(world())
    assert actions.send_waiting(at=JUNE) == 1
    (mail,) = box.letters
    assert str(make_header(decode_header(mail["Subject"]))) == "Thước Đo: 2 việc"
    assert mail.get_content().strip() == "Thời hạn còn 7 ngày."
    assert (mail["To"], mail["Message-ID"]) == ("an@example.vn", f"<{made.key}@example.vn>")
    made.refresh_from_db()
    assert made.state == LetterState.SENT
    assert actions.send_waiting(at=JUNE) == 0


@covers("2.08")
def test_a_subject_adds_no_header(box):
    letter(world(), subject="Việc\r\nBcc: everybody@example.vn")
    actions.send_waiting(at=JUNE)
    (mail,) = box.letters
    assert mail["Bcc"] is None
    assert str(make_header(decode_header(mail["Subject"]))) == "Việc Bcc: everybody@example.vn"


@covers("2.08")
def test_a_refused_address_is_tried_again_later_and_holds_up_nobody(box):
    here = world()
    refused = letter(here, address="nobody@example.vn")
    refused.refresh_from_db()
    actions.send_waiting(at=JUNE)
    refused.refresh_from_db()
    assert (refused.state, refused.tries, refused.next_at > JUNE) == (LetterState.WAITING, 1, True)
    assert "550" in refused.problem
    Letter.objects.update(tries=4, next_at=JUNE)
    actions.send_waiting(at=JUNE)
    refused.refresh_from_db()
    assert refused.state == LetterState.FAILED


@covers("2.08", "2.09")
def test_a_mail_server_that_is_away_is_a_fault_of_the_job(box, settings):
    made = letter(world())
    settings.EMAIL_PORT = 9
    with pytest.raises(ConnectionRefusedError):
        actions.send_waiting(at=JUNE)
    made.refresh_from_db()
    assert (made.state, made.tries) == (LetterState.WAITING, 0)


class Gateway(BaseHTTPRequestHandler):
    """A double of the gateway: keeps what was posted, answers as it was told."""

    got: list = []
    answer = (202, {})

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((self.path, self.headers["Authorization"], json.loads(body)))
        status, headers = self.answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(b"said no\n" if status >= 300 else b"{}")

    do_GET = do_POST  # noqa: N815

    def log_message(self, *_):
        """Quiet."""


@pytest.fixture
def gateway(settings):
    """A gateway on loopback."""
    Gateway.got, Gateway.answer = [], (202, {})
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_ADDRESS = f"http://127.0.0.1:{server.server_port}/send"
    settings.SMS_TOKEN = "quiet"
    yield Gateway
    server.shutdown()
    server.server_close()


def text(here):
    return letter(here, channel=Channel.SMS, address="+84912345678", subject="", text="Thời hạn hôm nay.")


@covers("2.08")
def test_a_text_message_goes_out_as_the_contract_says(gateway):
    made = text(world())
    assert actions.send_waiting(at=JUNE) == 1
    body = {"id": str(made.key), "to": "+84912345678", "text": "Thời hạn hôm nay."}
    assert gateway.got == [("/send", "Bearer quiet", body)]


@covers("2.08")
@pytest.mark.parametrize(
    "answer", [(302, {"Location": "http://127.0.0.1:9/elsewhere"}), (500, {}), (400, {})]
)
def test_a_gateway_that_refuses_or_points_elsewhere_is_asked_again_later(gateway, answer):
    gateway.answer = answer
    made = text(world())
    assert actions.send_waiting(at=JUNE) == 0
    made.refresh_from_db()
    assert (made.state, len(gateway.got)) == (LetterState.WAITING, 1)
    assert made.problem.startswith(str(answer[0]))


@covers("2.08")
def test_each_try_carries_the_same_id(gateway):
    gateway.answer = (500, {})
    text(world())
    actions.send_waiting(at=JUNE)
    gateway.answer = (202, {})
    Letter.objects.update(next_at=JUNE)
    actions.send_waiting(at=JUNE)
    assert len({body["id"] for _, _, body in gateway.got}) == 1
    assert django_settings.SMS_TOKEN not in str(list(Letter.objects.values()))
