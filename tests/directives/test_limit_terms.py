"""Limits that a text counts from a day: "trong 15 ngày làm việc kể từ ngày ký" (2.01)."""

from datetime import date
from decimal import Decimal

import pytest

from tests.directives import factory
from tests.marks import covers
from thuocdo.agencies import actions as agency_actions
from thuocdo.agencies import reference
from thuocdo.agencies.reference import Reference
from thuocdo.directives import actions
from thuocdo.directives.actions import Duty
from thuocdo.directives.rules.limits import parse_limit
from thuocdo.lib.say import Refused, Say


@covers("2.01")
@pytest.mark.parametrize(
    ("raw", "quantity", "unit", "start"),
    [
        ("trong 15 ngày làm việc kể từ ngày 24/4/2025", 15, "working_day", date(2025, 4, 24)),
        ("Trong vòng 15 ngày kể từ ngày 24/4/2025", 15, "calendar_day", date(2025, 4, 24)),
        ("trong thời hạn 10 (mười) ngày làm việc, kể từ ngày ký", 10, "working_day", None),
        ("30 ngày kể từ ngày ban hành", 30, "calendar_day", None),
        ("Chậm nhất trong 01 tháng kể từ ngày ký ban hành", 1, "month", None),
        ("trong 8 giờ làm việc từ ngày 24/4/2025", 8, "hour", date(2025, 4, 24)),
        ("within 15 working days of 24/4/2025", 15, "working_day", date(2025, 4, 24)),
    ],
)
def test_a_term_is_read(raw, quantity, unit, start):
    limit = parse_limit(raw, directive_year=2025)
    assert (limit.kind, limit.raw, limit.on) == ("term", raw, None)
    assert (limit.counted.quantity, limit.counted.unit, limit.from_on) == (Decimal(quantity), unit, start)


@covers("2.01")
@pytest.mark.parametrize("raw", ["trong 15 ngày kể từ ngày nhận được báo cáo", "10 ngày kể từ ngày đủ hồ sơ"])
def test_a_start_that_cannot_be_known_is_said(raw):
    read = parse_limit(raw, directive_year=2025)
    assert isinstance(read, Say)
    assert "not stated" in str(read)


@covers("2.01")
@pytest.mark.django_db
def test_a_duty_keeps_the_term_and_the_day_it_ends_on():
    directive = factory.directive("71/NQ-CP", issued_on=date(2025, 4, 24))
    data = Reference((), (), *reference.working_days())
    agency_actions.load_reference(reference=data, by=None, at=factory.NINE)
    provision = actions.add_provision(directive=directive, label="1", ordinal=1, by=None, at=factory.NINE)
    duty = Duty(key="1", work="Báo cáo", limit="trong 15 ngày làm việc kể từ ngày ký")
    row = actions.add_obligation(provision=provision, duty=duty, by=None, at=factory.NINE).obligation
    assert (row.limit_kind, row.limit_from, row.limit_on) == ("term", date(2025, 4, 24), date(2025, 5, 19))
    assert (row.limit_quantity, row.limit_unit) == (15, "working_day")


@covers("2.01")
@pytest.mark.django_db
def test_a_text_without_a_day_of_issue_cannot_be_counted_from():
    directive = factory.directive("71/NQ-CP")
    provision = actions.add_provision(directive=directive, label="1", ordinal=1, by=None, at=factory.NINE)
    directive.issued_on = None
    duty = Duty(key="1", work="Báo cáo", limit="trong 5 ngày kể từ ngày ký")
    with pytest.raises(Refused, match="not known yet"):
        actions.add_obligation(provision=provision, duty=duty, by=None, at=factory.NINE)
