"""Limits counted from terms, and decisions on working days that move the running ones (2.01)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from tests.agencies.factory import FIRST_MOMENT
from tests.assignments import factory
from tests.assignments.factory import CLEAR, JUNE, claimed, given, parties
from tests.marks import covers
from thuocdo.agencies import actions as agency_actions
from thuocdo.agencies import reference
from thuocdo.agencies.enums import DayKind, Occasion, RelationKind, TermUnit
from thuocdo.agencies.reference import Reference
from thuocdo.agencies.rules.calendar import NewDecision, NewMark
from thuocdo.agencies.rules.clock import Counting, Term
from thuocdo.assignments import actions, limits, spans
from thuocdo.assignments.enums import ChangeKind
from thuocdo.assignments.models import LimitMove, LimitTerm, Span
from thuocdo.assignments.rules.reckoning import Reckoned
from thuocdo.assignments.terms import Ask, Part, Parties, Received, reckoned_of, terms_of
from thuocdo.assignments.wording import wording
from thuocdo.audit.models import Entry
from thuocdo.lib.moments import DAY_MAX, MOMENT_MAX, AsOf
from thuocdo.lib.say import Refused

pytestmark = pytest.mark.django_db
TEN_DAYS = Reckoned(Term(Decimal(10), TermUnit.WORKING_DAY), date(2025, 6, 20), text="trong 10 ngày làm việc")
DUE = date(2025, 7, 4)  # ten working days after Friday 20 June
SIGNED = date(2025, 6, 24)
LATER = datetime(2025, 6, 24, 3, tzinfo=UTC)


@pytest.fixture
def here():
    data = Reference((), (), *reference.working_days())
    agency_actions.load_reference(reference=data, by=None, at=FIRST_MOMENT)
    return factory.world()


def running(here, reckoned=TEN_DAYS, **more):
    return given(here, replace(CLEAR, limit_on=None, reckoned=reckoned), **more)


def decide(*days, kind=DayKind.OFF, agency=None, at=LATER):
    marks = tuple(NewMark(day, kind, Occasion.STORM, agency_id=agency and agency.pk) for day in days)
    new = NewDecision("15/TB-VPCP", "Văn phòng Chính phủ", "Nghỉ do bão", SIGNED, marks)
    return agency_actions.decide_days(new=new, by=None, at=at)


def move(decision, *, earlier=False, at=LATER):
    mark = limits.preview(decision, at=at).mark
    return actions.move_limits(decision=decision, seen=mark, earlier=earlier, by=None, at=at)


@covers("2.01")
def test_the_limit_follows_from_the_term(here):
    row = running(here)
    assert row.limit_on == DUE
    assert row.limit_term.due_at == datetime(2025, 7, 4, 17, tzinfo=UTC)
    assert "limit.counted" in Entry.objects.values_list("verb", flat=True)


@covers("2.01")
def test_the_reason_of_the_day_opens(here):
    due = limits.why(running(here).limit_term)
    assert (due.on, [str(step.said) for step in due.trace]) == (DUE, ["received", "weekend", "weekend"])


@covers("2.01")
def test_a_draft_is_counted_anew_when_it_is_given(here):
    """Between draft and giving a day off was decided: the promised limit knows of it."""
    terms = replace(CLEAR, limit_on=None, reckoned=TEN_DAYS)
    row = actions.draft(obligation=here.obligation, terms=terms, parties=parties(here), by=None, at=JUNE)
    decide(date(2025, 6, 30))
    row = actions.issue(assignment=row, given_on=SIGNED, by=None, at=LATER)
    assert wording(row).limit_on == date(2025, 7, 7)
    assert LimitTerm.objects.get(assignment=row).due_on == date(2025, 7, 7)


@covers("2.01")
def test_a_draft_written_anew_without_a_term_has_none(here):
    terms = replace(CLEAR, limit_on=None, reckoned=TEN_DAYS)
    row = actions.draft(obligation=here.obligation, terms=terms, parties=parties(here), by=None, at=JUNE)
    actions.amend_draft(assignment=row, terms=CLEAR, parties=parties(here), by=None, at=JUNE)
    assert not LimitTerm.objects.exists()


@covers("2.01")
def test_a_decision_moves_nothing_by_itself(here):
    row = running(here)
    decide(date(2025, 6, 30))
    assert wording(row).limit_on == DUE


@covers("2.01")
def test_it_is_shown_what_moves_and_where(here):
    row = running(here)
    seen = limits.preview(decide(date(2025, 6, 30)), at=LATER)
    assert [(one.shift.from_on, one.shift.to_on, one.shift.days) for one in seen.rows] == [
        (DUE, date(2025, 7, 7), 3)
    ]
    assert (seen.later, seen.earlier, seen.rows[0].owned.assignment_id) == (1, 0, row.pk)


@covers("2.01")
def test_confirmed_it_moves_and_the_first_limit_stays(here):
    row = running(here)
    decision = decide(date(2025, 6, 30))
    assert len(move(decision)) == 1
    span = Span.objects.get(assignment=row, known_to=MOMENT_MAX, valid_to=DAY_MAX)
    assert (span.limit_on, span.judged_by, span.first_limit_on) == (date(2025, 7, 7), date(2025, 7, 7), DUE)
    assert wording(row).limit_on == date(2025, 7, 7)
    assert Entry.objects.filter(verb="limit.moved").count() == 1
    assert limits.preview(decision, at=LATER).rows == ()
    assert limits.why(row.limit_term).on == date(2025, 7, 7)


@covers("2.01")
def test_before_the_confirmation_the_old_limit_was_known(here):
    row = running(here)
    move(decide(date(2025, 6, 30)))
    assert wording(row, AsOf(date(2025, 6, 30), JUNE)).limit_on == DUE
    assert wording(row, AsOf(date(2025, 6, 30), LATER)).limit_on == date(2025, 7, 7)


@covers("2.01", "1.20")
def test_the_read_model_made_anew_says_the_same(here):
    running(here)
    move(decide(date(2025, 6, 30)))
    before = spans.digest()
    spans.rebuild()
    assert spans.digest() == before


@covers("2.01")
def test_an_earlier_day_moves_only_when_it_is_said(here):
    """Saturday 28 June is worked: the limit would come one day earlier, but the day was promised."""
    row = running(here)
    decision = decide(date(2025, 6, 28), kind=DayKind.WORKED)
    assert limits.preview(decision, at=LATER).earlier == 1
    assert move(decision) == []
    assert wording(row).limit_on == DUE
    move(decision, earlier=True)
    assert wording(row).limit_on == date(2025, 7, 3)


@covers("2.01")
def test_only_what_was_shown_is_moved(here):
    running(here)
    decision = decide(date(2025, 6, 30))
    mark = limits.preview(decision, at=LATER).mark
    running(here)
    with pytest.raises(Refused, match="changed since it was shown"):
        actions.move_limits(decision=decision, seen=mark, by=None, at=LATER)
    assert not LimitMove.objects.exists()


@covers("2.01")
def test_a_province_closed_for_a_storm_moves_its_own_limits_only(here):
    own, other = running(here), running(here, lead=here.hung_yen)
    move(decide(date(2025, 6, 30), agency=here.lai_chau))
    assert (wording(own).limit_on, wording(other).limit_on) == (date(2025, 7, 7), DUE)


@covers("2.01")
def test_what_is_done_or_extended_by_hand_does_not_move(here):
    done, extended = running(here), running(here)
    claimed(here, done)
    ask = Ask(ChangeKind.LIMIT, "Chờ vốn", limit_on=date(2025, 8, 1))
    request = actions.ask_change(assignment=extended, ask=ask, happened_on=JUNE.date(), by=None, at=JUNE)
    actions.decide_change(request=request, granted=True, happened_on=JUNE.date(), by=None, at=JUNE)
    assert limits.preview(decide(date(2025, 6, 30)), at=LATER).rows == ()


@covers("2.01")
def test_days_outside_a_term_touch_nothing(here):
    running(here)
    assert limits.preview(decide(date(2025, 7, 8)), at=LATER).rows == ()


@covers("2.01")
def test_one_duty_for_many_is_counted_by_the_days_of_each(here):
    decide(date(2025, 6, 30), agency=here.lai_chau, at=LATER)
    terms = replace(CLEAR, limit_on=None, reckoned=TEN_DAYS)
    text = Received(
        here.obligation, terms, Parties(here.government, None), JUNE.date(),
        agencies=(here.lai_chau, here.hung_yen),
    )  # fmt: skip
    actions.receive_many(texts=[text], by=None, at=LATER)
    found = LimitTerm.objects.filter(agency__isnull=False).order_by("pk").values_list("due_on", flat=True)
    assert list(found) == [date(2025, 7, 7), DUE]


@covers("2.01")
def test_a_part_handed_on_has_a_term_of_its_own(here):
    row = running(here)
    terms = replace(
        CLEAR, limit_on=None, reckoned=replace(TEN_DAYS, term=replace(TEN_DAYS.term, quantity=Decimal(5)))
    )
    part = Part(here.doan_ket, terms, factory.HEAD)
    facts = {"kind": RelationKind.ADMINISTRATIVE, "given_on": JUNE.date(), "by": None, "at": JUNE}
    (child,) = actions.split(assignment=row, parts=[part], **facts)
    assert (child.limit_on, child.limit_term.quantity) == (date(2025, 6, 27), 5)


@covers("2.01")
def test_a_term_of_hours_keeps_its_moment(here):
    hours = Reckoned(Term(Decimal(8), TermUnit.HOUR), date(2025, 6, 20), time(15, 30))
    assert running(here, hours).limit_term.due_at == datetime(2025, 6, 23, 8, 30, tzinfo=UTC)


@covers("2.01")
def test_a_term_that_cannot_be_counted_is_refused(here):
    odd = replace(TEN_DAYS, term=Term(Decimal(3), TermUnit.WORKING_DAY, Counting(day_zero=True)))
    with pytest.raises(Refused, match="names the text"):
        running(here, odd)


@covers("2.01")
def test_the_term_of_a_text_goes_into_the_draft(here):
    here.obligation.limit_kind, here.obligation.limit_from = "term", date(2025, 6, 20)
    here.obligation.limit_quantity, here.obligation.limit_unit = Decimal(10), "working_day"
    here.obligation.limit_raw = TEN_DAYS.text
    assert reckoned_of(here.obligation) == TEN_DAYS
    assert terms_of(here.obligation).reckoned == TEN_DAYS
