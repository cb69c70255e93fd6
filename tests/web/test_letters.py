"""Letters in the words of their reader: one digest a day, nothing in the quiet hours, links that work."""

from datetime import UTC, datetime, time, timedelta

import pytest

from tests.assignments.factory import JUNE, world
from tests.marks import covers
from thuocdo.notices import actions
from thuocdo.notices.enums import Channel, Kind
from thuocdo.notices.models import Letter
from thuocdo.notices.terms import News
from thuocdo.web import letters

pytestmark = pytest.mark.django_db
VALUES = {"work": "Ban hành kế hoạch", "agency": "UBND tỉnh Lai Châu", "n": 3, "day": "2025-06-30"}
NIGHT = datetime(2025, 6, 20, 15, tzinfo=UTC)  # ten in the evening in Hà Nội


@pytest.fixture
def here(settings):
    settings.MAIL_FROM, settings.SMS_ADDRESS = "thuocdo@example.vn", "http://127.0.0.1:9/sms"
    settings.ADDRESS, settings.QUIET_HOURS = "https://thuocdo.example", (time(20), time(7))
    return world()


def tell(user, key="a", kind=Kind.LIMIT_NEAR):
    actions.tell(news=[News(user.pk, kind, key, "/assignments/1/", VALUES)], at=JUNE)


@covers("2.07")
def test_nothing_is_written_in_the_quiet_hours_and_all_of_it_in_the_morning(here):
    tell(here.an)
    assert [letters.write(at=NIGHT), letters.write(at=NIGHT + timedelta(hours=9))] == [0, 1]


@covers("2.07", "2.08")
def test_one_digest_a_day_holds_all_that_waits(here):
    tell(here.an, "a")
    tell(here.an, "b")
    assert letters.write(at=JUNE) == 1
    tell(here.an, "c")
    assert letters.write(at=JUNE) == 0
    assert letters.write(at=JUNE + timedelta(days=1)) == 1
    assert [
        one.text.count("https://thuocdo.example/assignments/1/") for one in Letter.objects.order_by("pk")
    ] == [2, 1]


@covers("2.08")
@pytest.mark.parametrize(
    ("language", "words", "link"),
    [
        ("vi", "còn 3 ngày", "https://thuocdo.example/assignments/1/"),
        ("en", "in 3 days", "https://thuocdo.example/en/assignments/1/"),
        ("fr", "dans 3 jours", "https://thuocdo.example/fr/assignments/1/"),
        ("de", "in 3 Tagen", "https://thuocdo.example/de/assignments/1/"),
    ],
)
def test_each_reader_has_it_in_their_language(here, language, words, link):
    here.an.language = language
    here.an.save()
    tell(here.an)
    letters.write(at=JUNE)
    letter = Letter.objects.get()
    assert words in letter.subject
    assert words in letter.text
    assert link in letter.text
    assert "&" not in letter.text


@covers("2.08")
def test_a_text_message_is_short_and_says_where(here):
    actions.choose(mail=False, sms=True, phone="0912 345 678", by=here.an, at=JUNE)
    actions.tell(
        news=[
            News(here.an.pk, Kind.LIMIT_TODAY, "a", "/assignments/1/", {**VALUES, "work": "Rất dài " * 60})
        ],
        at=JUNE,
    )
    assert letters.write(at=JUNE) == 1
    letter = Letter.objects.get(channel=Channel.SMS)
    assert len(letter.text) <= 300
    assert letter.text.endswith("https://thuocdo.example/assignments/1/")
    assert letter.address == "+84912345678"


@covers("2.08")
def test_without_a_mail_server_nothing_is_written(here, settings):
    settings.MAIL_FROM = ""
    tell(here.an)
    assert letters.write(at=JUNE) == 0
