"""The rules of sending, and that every kind has its words."""

from datetime import UTC, datetime, time, timedelta

import pytest

from tests.marks import covers
from thuocdo.lib.say import Say
from thuocdo.notices.enums import Kind
from thuocdo.notices.rules import sending, texts

NIGHT = (time(20), time(7))


def at(hour, minute=0):
    """A moment by the clock of Hà Nội."""
    return datetime(2025, 6, 20, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@covers("2.07")
@pytest.mark.parametrize(
    ("moment", "quiet", "expected"),
    [
        (at(6, 59), NIGHT, True),
        (at(7), NIGHT, False),
        (at(19, 59), NIGHT, False),
        (at(20), NIGHT, True),
        (at(0), NIGHT, True),
        (at(13), (time(12), time(14)), True),
        (at(3), (time(0), time(0)), False),
    ],
)
def test_quiet_hours(moment, quiet, expected):
    assert sending.is_quiet(moment, quiet) is expected


@covers("2.08")
@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0912 345 678", "+84912345678"),
        ("+84 912-345-678", "+84912345678"),
        ("0033 6 12 34 56 78", "+33612345678"),
    ],
)
def test_a_number_as_networks_take_it(typed, number):
    assert (sending.phone(typed), sending.phone_problem(typed)) == (number, None)


@covers("2.08")
@pytest.mark.parametrize("typed", ["123", "0912 34", "+84912345678901234", "zero", "+84912345678\r\nX: y"])
def test_what_is_no_number(typed):
    assert isinstance(sending.phone_problem(typed), Say)


@covers("2.08")
def test_a_letter_that_fails_waits_longer_each_time_and_then_no_more():
    now = at(9)
    moments = [sending.next_try(tries, now) for tries in range(1, 6)]
    assert moments[:4] == sorted(moments[:4])
    assert moments[4] is None


@covers("2.07")
@pytest.mark.parametrize("kind", Kind)
def test_every_kind_says_what_happened_and_what_to_do(kind):
    names = {"agency": "Lai Châu", "holder": "Bộ Xây dựng", "asked": "Lào Cai"}
    values = {"work": "lập kế hoạch", "n": 1, "reason": "thiếu văn bản", **names}
    happened, to_do = texts.told(kind, values)
    assert "%(" not in str(happened)
    assert str(to_do).endswith(".")
    assert set(texts.TEXTS) == {*Kind}
