"""Time limits as texts and tables write them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.marks import covers
from thuocdo.directives.rules.limits import Kind, Limit, Period, parse_limit
from thuocdo.lib.say import Say


def read(raw, year=2025) -> Limit:
    limit = parse_limit(raw, directive_year=year)
    assert isinstance(limit, Limit), str(limit)
    return limit


@covers("1.09")
@pytest.mark.parametrize(
    ("raw", "kind", "on"),
    [
        ("15/5/2025", Kind.DATE, date(2025, 5, 15)),
        ("30/06/2025.", Kind.DATE, date(2025, 6, 30)),
        ("15-5-2025", Kind.DATE, date(2025, 5, 15)),
        ("2025-05-15", Kind.DATE, date(2025, 5, 15)),
        ("ngày 15 tháng 5 năm 2025", Kind.DATE, date(2025, 5, 15)),
        ("15 June 2025", Kind.DATE, date(2025, 6, 15)),
        ("29/2/2028", Kind.DATE, date(2028, 2, 29)),
        ("chậm nhất 30/6/2025", Kind.DATE, date(2025, 6, 30)),
        ("Chậm nhất là ngày 30 tháng 6 năm 2025", Kind.DATE, date(2025, 6, 30)),
        ("6/2025", Kind.MONTH, date(2025, 6, 30)),
        ("06/2025", Kind.MONTH, date(2025, 6, 30)),
        ("Tháng 10/2025", Kind.MONTH, date(2025, 10, 31)),
        ("THÁNG 10 NĂM 2025", Kind.MONTH, date(2025, 10, 31)),
        ("trong tháng 2/2028", Kind.MONTH, date(2028, 2, 29)),
        ("June 2025", Kind.MONTH, date(2025, 6, 30)),
        ("Quý II/2025", Kind.QUARTER, date(2025, 6, 30)),
        ("Quý III/2025", Kind.QUARTER, date(2025, 9, 30)),
        ("hết quý 4 năm 2025", Kind.QUARTER, date(2025, 12, 31)),
        ("Q3 2025", Kind.QUARTER, date(2025, 9, 30)),
        ("6 tháng đầu năm 2025", Kind.HALF, date(2025, 6, 30)),
        ("6 tháng cuối năm 2025", Kind.HALF, date(2025, 12, 31)),
        ("2025", Kind.YEAR, date(2025, 12, 31)),
        ("Năm 2025", Kind.YEAR, date(2025, 12, 31)),
        ("hoàn thành trong năm 2026", Kind.YEAR, date(2026, 12, 31)),
        ("cuối năm 2025", Kind.YEAR, date(2025, 12, 31)),
        (2025, Kind.YEAR, date(2025, 12, 31)),
        (2025.0, Kind.YEAR, date(2025, 12, 31)),
        (date(2025, 5, 15), Kind.DATE, date(2025, 5, 15)),
        (datetime(2025, 5, 15), Kind.DATE, date(2025, 5, 15)),  # noqa: DTZ001 - as a spreadsheet gives it
    ],
)
def test_a_limit_with_a_last_day(raw, kind, on):
    limit = read(raw)
    assert (limit.kind, limit.on) == (kind, on)


@covers("1.09")
@pytest.mark.parametrize(
    ("raw", "from_on", "on"),
    [
        ("2025-2026", date(2025, 1, 1), date(2026, 12, 31)),
        ("2025 – 2026", date(2025, 1, 1), date(2026, 12, 31)),
        ("Giai đoạn 2025-2030", date(2025, 1, 1), date(2030, 12, 31)),
        ("từ năm 2025 đến năm 2030", date(2025, 1, 1), date(2030, 12, 31)),
        ("tháng 6-12/2025", date(2025, 6, 1), date(2025, 12, 31)),
        ("Quý I-II/2025", date(2025, 1, 1), date(2025, 6, 30)),
        ("từ quý II/2025 đến hết quý IV/2025", date(2025, 4, 1), date(2025, 12, 31)),
        ("1/6/2025 - 15/7/2025", date(2025, 6, 1), date(2025, 7, 15)),
        ("thường xuyên 2025-2026", date(2025, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_range_has_both_days(raw, from_on, on):
    limit = read(raw)
    assert (limit.kind, limit.from_on, limit.on) == (Kind.RANGE, from_on, on)


@covers("1.09")
@pytest.mark.parametrize(
    ("raw", "kind", "every", "from_on"),
    [
        ("Thường xuyên", Kind.STANDING, None, None),
        ("Nhiệm vụ thường xuyên", Kind.STANDING, None, None),
        ("thuong xuyen", Kind.STANDING, None, None),
        ("Hằng năm", Kind.ANNUAL, Period.YEAR, None),
        ("hàng năm", Kind.ANNUAL, Period.YEAR, None),
        ("Thường xuyên, hằng năm", Kind.ANNUAL, Period.YEAR, None),
        ("hằng quý", Kind.STANDING, Period.QUARTER, None),
        ("hằng tháng", Kind.STANDING, Period.MONTH, None),
        ("2025 và những năm tiếp theo", Kind.STANDING, None, date(2025, 1, 1)),
        ("Từ năm 2026", Kind.STANDING, None, date(2026, 1, 1)),
        ("từ 1/7/2025 trở đi", Kind.STANDING, None, date(2025, 7, 1)),
    ],
)
def test_a_standing_duty_has_no_last_day(raw, kind, every, from_on):
    limit = read(raw)
    assert (limit.kind, limit.every, limit.from_on, limit.on) == (kind, every, from_on, None)


@pytest.mark.parametrize("raw", ["", "  ", None, "-", "không quy định"])
def test_no_limit_is_no_limit(raw):
    limit = read(raw)
    assert (limit.kind, limit.on) == (Kind.NONE, None)


@covers("1.24")
@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("31/4/2025", "There is no 31/4/2025: that month has 30 days."),
        ("29/2/2025", "There is no 29/2/2025: that month has 28 days."),
        ("13/2025", "There is no month 13."),
        ("0/2025", "There is no month 0."),
        ("Quý V/2025", None),
        ("Quý 5/2025", "There is no quarter 5."),
        ("15/5/25", "“15/5/25” has a year of two digits: write four."),
        ("2026-2025", "“2026-2025” ends before it begins."),
        ("trước 31/4/2025", "There is no 31/4/2025: that month has 30 days."),
        ("1/1/0001", "The year 1 is out of reach."),
        ("đầu năm 2025", None),
        ("30 ngày kể từ ngày nhận văn bản", None),
        ("Quý II, III/2025", None),
        ("2025-30", None),
        (45838, None),
        ("x" * 1000, None),
    ],
)
def test_what_cannot_be_is_refused_in_words(raw, reason):
    answer = parse_limit(raw, directive_year=2025)
    assert isinstance(answer, Say)
    assert reason in (None, str(answer))


@pytest.mark.parametrize(
    ("raw", "note"),
    [
        ("2025", "A bare year means 31 December."),
        ("6/2025", "A month means its last day, 2025-06-30."),
        ("Quý II/2025", "A quarter means its last day, 2025-06-30."),
        ("trước 15/5/2025", "“Before” leaves that time out: the last day is 2025-05-14."),
        ("trước tháng 6/2025", "“Before” leaves that time out: the last day is 2025-05-31."),
        ("Tháng 6", "No year is written; that of the directive, 2025, was taken."),
        ("trước 15/5", "No year is written; that of the directive, 2025, was taken."),
        ("tháng 6-12", "No year is written; that of the directive, 2025, was taken."),
        ("2025 và những năm tiếp theo", "Read as a standing duty from 2025-01-01 on."),
        ("2024", "The limit lies before the year of the directive, 2025."),
        (
            date(2025, 6, 1),
            "The cell holds the date 2025-06-01; if a month was typed, its last day is meant.",
        ),
    ],
)
def test_every_reading_is_said(raw, note):
    assert note in map(str, read(raw).notes)


@pytest.mark.parametrize("raw", ["Tháng 6", "Quý III", "6 tháng đầu năm", "15/5", "trước 15/5"])
def test_without_any_year_nothing_is_guessed(raw):
    assert isinstance(parse_limit(raw, directive_year=None), Say)


@pytest.mark.parametrize("raw", [" 6/2025 ", "Nhiệm vụ  thường xuyên", "2025 - 2026"])
def test_the_words_of_the_text_are_kept(raw):
    assert read(raw).raw == raw


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)), st.sampled_from("/-."))
def test_any_day_is_read_back(day, mark):
    assert read(day.strftime(f"%d{mark}%m{mark}%Y")).on == day


@given(st.integers(1, 12), st.integers(1950, 2100))
def test_a_month_ends_on_the_day_before_the_next(month, year):
    on = read(f"{month}/{year}").on
    assert on is not None
    assert (on.month, on.year, date.fromordinal(on.toordinal() + 1).day) == (month, year, 1)


WORDS = st.sampled_from(
    [
        "tháng",
        "quý",
        "năm",
        "trước",
        "từ",
        "đến",
        "và những năm tiếp theo",
        "II",
        "13",
        "31/4",
        "2025",
        "/",
        "-",
        " ",
    ]
)


@given(st.lists(WORDS, max_size=8).map(" ".join) | st.text(max_size=40), st.none() | st.integers(2020, 2030))
def test_any_cell_is_read_or_refused(raw, year):
    limit = parse_limit(raw, directive_year=year)
    assert isinstance(limit, Say) or limit.raw == raw


@given(st.lists(WORDS, max_size=8).map(" ".join))
def test_a_range_never_ends_before_it_begins(raw):
    limit = parse_limit(raw, directive_year=2025)
    assert isinstance(limit, Say) or None in (limit.from_on, limit.on) or limit.from_on <= limit.on
