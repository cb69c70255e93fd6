"""Decisions on working days in the database: entered, known from when, for whom (2.01)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.agencies import factory
from tests.marks import covers
from thuocdo.agencies import actions, reference, working_days
from thuocdo.agencies.enums import DayKind, Occasion
from thuocdo.agencies.models import DayDecision, DayMark, WorkingHours
from thuocdo.agencies.reference import Reference
from thuocdo.agencies.rules.calendar import Hours, NewDecision, NewMark
from thuocdo.audit.models import Entry
from thuocdo.lib.moments import DAY_MAX, AsOf
from thuocdo.lib.say import Refused

pytestmark = pytest.mark.django_db
AT = datetime(2025, 9, 7, 9, tzinfo=UTC)
STORM = date(2025, 9, 8)
DECISION = NewDecision(
    "15/TB-UBND", "UBND tỉnh Lai Châu", "Nghỉ làm việc do bão", date(2025, 9, 7),
    (NewMark(STORM, DayKind.OFF, Occasion.STORM),),
)  # fmt: skip


def decide(new: NewDecision = DECISION, at: datetime = AT) -> DayDecision:
    return actions.decide_days(new=new, by=None, at=at)


def for_agency(agency) -> NewDecision:
    return replace(DECISION, marks=(replace(DECISION.marks[0], agency_id=agency.pk),))


def works(agency, day=STORM, as_of=AsOf(DAY_MAX)) -> bool:  # noqa: B008 - frozen
    return working_days.of_agency(agency and agency.pk, as_of).works(day)


@covers("2.01")
def test_a_decision_is_entered_with_its_days_and_logged():
    decide()
    assert not works(None)
    assert [entry.verb for entry in Entry.objects.order_by("pk")] == ["days.decided", "day.marked"]


@covers("2.01")
def test_it_is_known_from_its_signing_and_its_recording():
    decide()
    assert works(None, as_of=AsOf(date(2025, 9, 6)))
    assert not works(None, as_of=AsOf(date(2025, 9, 7)))
    assert works(None, as_of=AsOf(DAY_MAX, AT - timedelta(seconds=1)))
    assert not works(None, as_of=AsOf(DAY_MAX, AT))


@covers("2.01")
def test_a_provinces_storm_holds_for_its_communes_and_nobody_else():
    world = factory.world()
    decide(for_agency(world.lai_chau))
    assert not works(world.lai_chau)
    assert not works(world.doan_ket)
    assert works(world.hung_yen)
    assert works(None)


@covers("2.01")
def test_several_agencies_take_as_many_statements_as_one(django_assert_num_queries):
    world = factory.world()
    decide(for_agency(world.lai_chau))
    keys = [world.lai_chau.pk, world.doan_ket.pk, world.hung_yen.pk, None]
    with django_assert_num_queries(3):
        found = working_days.of_agencies(keys, AsOf(DAY_MAX))
    assert [found[key].works(STORM) for key in keys] == [False, False, True, True]


@covers("2.01")
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"signed_on": date(2025, 9, 8)}, "not before"),
        ({"marks": ()}, "at least one day"),
        ({"title": " "}, "what the text decides"),
        ({"marks": DECISION.marks * 2}, "named twice"),
        ({"marks": (NewMark(STORM, DayKind.HALF, Occasion.STORM),)}, "says its hours"),
        (
            {"marks": (NewMark(STORM, DayKind.HALF, Occasion.STORM, works=(time(12), time(8))),)},
            "before they",
        ),
    ],
)
def test_a_decision_that_cannot_be_is_refused(wrong, words):
    with pytest.raises(Refused, match=words):
        decide(replace(DECISION, **wrong))
    assert not DayDecision.objects.exists()


@covers("2.01")
def test_the_same_decision_is_not_entered_twice():
    decide()
    with pytest.raises(Refused, match="already been entered"):
        decide()
    assert DayMark.objects.count() == 1


@covers("2.01")
def test_hours_hold_from_their_day_for_an_agency_and_all_below_it():
    world = factory.world()
    summer = Hours(date(2025, 4, 16), ((time(7), time(11)), (time(14), time(17))), "20/QĐ-UBND")
    actions.set_hours(agency=world.lai_chau, hours=summer, by=None, at=AT)
    commune = working_days.of_agency(world.doan_ket.pk, AsOf(DAY_MAX))
    assert commune.shifts(date(2025, 4, 15))[0] == (time(8), time(12))
    assert commune.shifts(date(2025, 4, 16))[0] == (time(7), time(11))


@covers("2.01")
@pytest.mark.parametrize(
    ("shifts", "basis", "words"),
    [
        (((time(8), time(12)),), "x", "morning and an afternoon"),
        (((time(8), time(12)), (time(11), time(17))), "x", "morning and an afternoon"),
        (((time(8), time(12)), (time(13), time(17))), " ", "which text"),
    ],
)
def test_hours_that_cannot_be_are_refused(shifts, basis, words):
    with pytest.raises(Refused, match=words):
        actions.set_hours(agency=None, hours=Hours(STORM, shifts, basis), by=None, at=AT)


@covers("2.01")
def test_the_reference_data_bring_the_days_of_three_years_once():
    data = Reference((), (), *reference.working_days())
    assert actions.load_reference(reference=data, by=None, at=AT).decisions == 7
    assert actions.load_reference(reference=data, by=None, at=AT).decisions == 0
    assert WorkingHours.objects.count() == 1
    assert working_days.years(AsOf(DAY_MAX)) == [2024, 2025, 2026]
    calendar = working_days.of_agency(None, AsOf(DAY_MAX))
    assert calendar.works(date(2025, 4, 26))
    assert str(calendar.reason(date(2025, 5, 2))) == "swapped_off (8726/VPCP-KGVX)"


@covers("2.01")
def test_no_number_is_invented():
    """The text whose number is not held says so, and has none."""
    nameless = [new for new in reference.working_days()[0] if not new.symbol]
    assert [new.title for new in nameless if "chưa có số" in new.title] == [new.title for new in nameless]
