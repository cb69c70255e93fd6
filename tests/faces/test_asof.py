"""The day a reader asks for."""

from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict
from django.test import Client

from tests.marks import covers
from thuocdo.faces import asof

NOW = datetime(2025, 10, 16, 18, 30, tzinfo=UTC)  # the 17th in Vietnam
TODAY = date(2025, 10, 17)


@covers("1.19")
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", None),
        ("2025-09-30", date(2025, 9, 30)),
        ("30/09/2025", date(2025, 9, 30)),
        ("30.09.2025", date(2025, 9, 30)),
        (" 2025-10-17 ", TODAY),
    ],
)
def test_a_day_is_read(text, day):
    assert asof.parse_day(text, TODAY) == day


@covers("1.19")
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025-10-18", "2025-10-18 has not come yet"),
        ("31/02/2025", "“31/02/2025” is not a day"),
        ("yesterday", "“yesterday” is not a day"),
        ("1789-07-14", "Nothing is kept for 1789-07-14"),
        ("9" * 500, "is not a day"),
    ],
)
def test_a_day_that_cannot_be_shown_is_refused_in_words(text, words):
    with pytest.raises(asof.BadDay, match=words):
        asof.parse_day(text, TODAY)


@covers("1.19")
@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("", None),
        ("2025-10-01T09:00", datetime(2025, 10, 1, 2, tzinfo=UTC)),
        ("2025-10-01T02:00:00+00:00", datetime(2025, 10, 1, 2, tzinfo=UTC)),
        ("2025-10-01T02:00:00 00:00", datetime(2025, 10, 1, 2, tzinfo=UTC)),
        ("2026-01-01T00:00", None),
        ("0342-01-01T13:56:58-22:51", asof.FIRST_MOMENT),  # an offset no database takes
        ("0001-01-01T00:00:00+23:00", asof.FIRST_MOMENT),
    ],
)
def test_a_moment_of_knowledge_is_read_in_the_time_of_vietnam(text, moment):
    found = asof.parse_moment(text, NOW)
    assert (found, found and found.tzinfo) == (moment, moment and UTC)


@pytest.mark.parametrize(
    ("opens_on", "day"),
    [(None, TODAY), (date(2025, 9, 30), date(2025, 9, 30)), (date(2999, 1, 1), TODAY)],
)
def test_without_a_day_the_opening_day_of_the_installation_stands(opens_on, day):
    assert asof.read(QueryDict(""), NOW, opens_on).as_of.day == day


@covers("1.19", "1.30")
@pytest.mark.django_db
def test_a_future_day_gets_a_page_with_the_form_to_correct_it():
    answer = Client().get("/en/?as_of=2999-01-01")
    page = answer.content.decode()
    assert (answer.status_code, "1 January 2999 has not come yet" in page, 'name="as_of"' in page) == (
        400,
        True,
        True,
    )
