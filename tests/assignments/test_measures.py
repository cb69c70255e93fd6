"""Rates of duties are published once a month is over; counted live by the same rule they agree (3.08)."""

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from tests.assignments.factory import JULY, claimed, given, world
from tests.assignments.test_walk import Walk
from tests.marks import covers
from thuocdo.agencies.models import Agency
from thuocdo.assignments import actions, jobs, measures
from thuocdo.assignments.enums import Status
from thuocdo.assignments.rules import rates
from thuocdo.indicators.enums import Missing, Origin
from thuocdo.indicators.models import Observation
from thuocdo.indicators.rules import periods
from thuocdo.lib.moments import AsOf, day_of
from thuocdo.lib.say import Refused

JUNE_2025, MAY = periods.read("2025-06"), periods.read("2025-05")
FIRST_OF_JULY = date(2025, 7, 1)


@pytest.fixture
def here(db):
    return world()


def numbers(rows):
    """What was published, by agency and rate: the two numbers."""
    return {(row.agency_id, row.indicator.code): (row.numerator, row.denominator) for row in rows}


@covers("3.08", "3.22")
def test_the_rates_of_a_report_that_was_printed():
    """Report 1270 (2017): 14,068 on time, 1,983 late, 5,640 in term, 223 overdue (formulas, c7)."""
    printed = {Status.ON_TIME: 14_068, Status.LATE: 1_983, Status.IN_TERM: 5_640, Status.OVERDUE: 223}
    found: Counter[str] = Counter()
    for status, number in printed.items():
        found.update(rates.of_duties(status, status, number))
    shares = {code: share.rate for code, share in rates.shares(found).items()}
    assert round(shares["DUTIES.ON_TIME"], 1) == Decimal("87.6")
    assert round(shares["DUTIES.OVERDUE"], 2) == Decimal("1.37")
    assert round(shares["DUTIES.OVERDUE_OF_ASSIGNED"], 2) == Decimal("1.02")
    assert shares["DUTIES.RETURNED"] is None


@covers("3.08")
@pytest.mark.parametrize("seed", range(6))
def test_published_and_live_agree_whatever_happened(here, seed):
    walk = Walk(here, seed)
    for _ in range(40):
        walk.step()
    period = periods.last_closed(day_of(walk.at), measures.EVERY)
    measures.publish(period, day_of(walk.at), at=walk.at)
    published = numbers(Observation.objects.select_related("indicator"))
    live = {
        (agency.pk, code): (share.numerator, share.denominator)
        for agency in Agency.objects.all()
        for code, share in measures.live(agency.pk, AsOf(period.last, walk.at)).items()
    }
    with_duties = {agency for agency, _ in published}
    assert published == {key: value for key, value in live.items() if key[0] in with_duties}
    assert {value for key, value in live.items() if key[0] not in with_duties} <= {(0, 0)}
    assert here.lai_chau.pk in with_duties


@covers("3.08")
def test_the_month_of_lai_chau(here):
    done, _open = given(here), given(here)
    claim = claimed(here, done)
    actions.accept(claim=claim, happened_on=date(2025, 6, 25), by=here.binh, at=JULY)
    list(measures.publish_due(FIRST_OF_JULY, at=JULY))
    of_lai_chau = Observation.objects.filter(agency=here.lai_chau).select_related("indicator")
    assert numbers(of_lai_chau) == {
        (here.lai_chau.pk, "DUTIES.ON_TIME"): (1, 1),
        (here.lai_chau.pk, "DUTIES.OVERDUE"): (0, 1),
        (here.lai_chau.pk, "DUTIES.OVERDUE_OF_ASSIGNED"): (0, 2),
        (here.lai_chau.pk, "DUTIES.RETURNED"): (0, 1),
        (here.lai_chau.pk, "DUTIES.CONFIRMED"): (1, 1),
    }
    assert {(row.origin, row.period_to, row.happened_on) for row in of_lai_chau} == {
        (Origin.RECORDS, JUNE_2025.last, JUNE_2025.last)
    }
    assert not Observation.objects.filter(agency=here.government).exists()  # it gave them itself


@covers("3.08", "3.03")
def test_nothing_decided_is_no_rate_and_no_zero(here):
    given(here)
    measures.publish(JUNE_2025, FIRST_OF_JULY, at=JULY)
    returned = Observation.objects.get(indicator__code="DUTIES.RETURNED", agency=here.lai_chau)
    assert (returned.value, returned.missing) == (None, Missing.ZERO_DENOMINATOR)


@covers("3.08")
def test_an_unconfirmed_claim_is_published_as_done_by_no_rate(here):
    claimed(here, given(here))
    measures.publish(JUNE_2025, FIRST_OF_JULY, at=JULY)
    published = numbers(Observation.objects.filter(agency=here.lai_chau).select_related("indicator"))
    assert published[here.lai_chau.pk, "DUTIES.ON_TIME"] == (0, 0)
    assert published[here.lai_chau.pk, "DUTIES.CONFIRMED"] == (0, 1)


@covers("3.08")
def test_what_comes_to_be_known_later_changes_the_live_rate_and_not_the_published_one(here):
    duty = given(here)
    list(measures.publish_due(FIRST_OF_JULY, at=JULY))
    later = datetime(2025, 7, 21, tzinfo=UTC)
    claimed(here, duty, by=here.an, at=later)
    row = Observation.objects.get(indicator__code="DUTIES.CONFIRMED", agency=here.lai_chau)
    live = measures.live(here.lai_chau.pk, AsOf(JUNE_2025.last))["DUTIES.CONFIRMED"]
    then = measures.live(here.lai_chau.pk, AsOf(JUNE_2025.last, row.recorded_at))["DUTIES.CONFIRMED"]
    assert (row.denominator, then.denominator, live.denominator) == (0, 0, 1)


@covers("3.08")
def test_a_closing_that_was_missed_is_made_up_for_and_none_is_made_twice(here):
    given(here)
    assert [one.period.key for one in measures.publish_due(date(2025, 6, 1), at=JULY)] == ["2025-05"]
    august, now = date(2025, 8, 2), datetime(2025, 8, 2, tzinfo=UTC)
    assert [one.period.key for one in measures.publish_due(august, at=now)] == ["2025-06", "2025-07"]
    before = Observation.objects.count()
    assert list(measures.publish_due(august, at=now)) == []
    assert measures.publish(MAY, august, at=now).values == 0
    assert Observation.objects.count() == before


@covers("3.08")
def test_a_month_that_runs_is_not_published(here):
    with pytest.raises(Refused, match="2025-06 is no month that is over"):
        measures.publish(JUNE_2025, JUNE_2025.last, at=JULY)


@covers("3.08")
def test_the_worker_and_the_command_publish(here, capsys):
    given(here)
    jobs.publish_rates.call()
    assert Observation.objects.filter(indicator__is_system=True).count() == 5
    call_command("rates", month="2025-06")
    assert "2025-06: 5 values" in capsys.readouterr().out
    with pytest.raises(CommandError, match="is no month that is over"):
        call_command("rates", month="2025-Q2")
