"""One declaration serves every duty that asks for the same thing (2.03)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from tests.assignments import factory
from tests.assignments.factory import CLEAR, PLAN, given, said
from tests.directives import factory as texts
from tests.marks import covers
from thuocdo.accounts.enums import Role
from thuocdo.assignments import actions, declarations, spans
from thuocdo.assignments.enums import LimitClass, Regime, Sent
from thuocdo.assignments.models import Report, Span
from thuocdo.audit.models import Entry
from thuocdo.directives import actions as directive_actions
from thuocdo.lib.moments import MOMENT_MAX, AsOf
from thuocdo.lib.say import Refused

pytestmark = pytest.mark.django_db
AT = datetime(2025, 6, 20, 2, tzinfo=UTC)
JUNE = date(2025, 6, 20)
STANDING = replace(CLEAR, limit_class=LimitClass.STANDING, limit_on=None, reporting_period="month")


@pytest.fixture
def here():
    """Lai Châu has the same monthly duty by 71/NQ-CP and by 57-NQ/TW."""
    made = factory.world()
    made.again = texts.obligation(texts.directive("57-NQ/TW", issuer=made.central), "Báo cáo chuyển đổi số")
    directive_actions.link_same_duty(obligations=[made.obligation, made.again], by=None, at=AT)
    for row in (made.obligation, made.again):
        row.refresh_from_db()
    made.one = given(made, STANDING)
    made.other = second(made)
    return made


def second(here, terms=STANDING, **more):
    first, here.obligation = here.obligation, here.again
    try:
        return given(here, terms, **more)
    finally:
        here.obligation = first


def report(here, row, text="Đã kết nối 3 hệ thống", **more):
    return actions.report(assignment=row, said=said(JUNE, text=text), by=here.an, at=AT, **more)


@covers("2.03")
def test_a_report_answers_both_duties(here):
    made = report(here, here.one, evidence=[PLAN])
    copy = Report.objects.get(assignment=here.other)
    assert (copy.original, copy.text, copy.period) == (made, made.text, "2025-05")
    assert made.period == "2025-05"
    assert "report.served" in Entry.objects.values_list("verb", flat=True)


@covers("2.03")
def test_both_have_begun_and_the_read_model_agrees(here):
    report(here, here.one)
    before = spans.digest()
    begun = Span.objects.filter(known_to=MOMENT_MAX, started=True).values_list("assignment", flat=True)
    assert set(begun) == {here.one.pk, here.other.pk}
    spans.rebuild()
    assert spans.digest() == before


@covers("2.03")
def test_a_correction_puts_the_copy_right_too(here):
    made = report(here, here.one)
    actions.correct_report(report=made, said=said(JUNE, text="Đã kết nối 2 hệ thống"), by=here.an, at=AT)
    standing = Report.objects.filter(assignment=here.other, corrected_by=None).get()
    assert (standing.text, standing.period) == ("Đã kết nối 2 hệ thống", "2025-05")


@covers("2.03")
@pytest.mark.parametrize("change", ["another lead", "another rhythm", "not linked", "withdrawn"])
def test_what_asks_for_something_else_is_not_answered(here, change):
    Report.objects.all().delete()
    if change == "another lead":
        apart = second(here, lead=here.hung_yen)
    elif change == "another rhythm":
        apart = second(here, replace(STANDING, reporting_period="quarter"))
    elif change == "withdrawn":
        apart = second(here)
        actions.withdraw(assignment=apart, reason="Trùng", happened_on=JUNE, by=None, at=AT)
    else:
        apart = here.other
        directive_actions.unlink_same_duty(obligation=here.again, by=None, at=AT)
        here.one.obligation.refresh_from_db()
    report(here, here.one)
    assert not Report.objects.filter(assignment=apart).exists()


@covers("2.03")
def test_each_duty_keeps_its_own_periods(here):
    """The same monthly report is that of May by the calendar and that of June by Decree 09."""
    decree = second(here, replace(STANDING, reporting_regime=Regime.DECREE_09))
    report(here, here.one)
    assert Report.objects.get(assignment=decree).period == "2025-06"


@covers("2.03")
def test_sent_is_seen_and_who_was_asked_twice_is_counted(here):
    before, *_ = declarations.standings(here.other, here.lai_chau.pk, AsOf(JUNE))
    assert before.sent == Sent.MISSING
    report(here, here.one)
    after = declarations.standings(here.other, here.lai_chau.pk, AsOf(JUNE))
    assert (after[0].period.key, after[0].sent) == ("2025-05", Sent.LATE)
    counted = declarations.reuse(here.lai_chau, AsOf(JUNE))
    assert (counted.demands, counted.answered, counted.written) == (2, 1, 1)


@covers("2.03")
def test_a_dated_duty_is_answered_too(here):
    one, other = given(here), second(here, CLEAR)
    report(here, one)
    assert Report.objects.get(assignment=other).original.assignment_id == one.pk


@covers("2.03")
def test_a_rhythm_that_cannot_be_is_not_given(here):
    with pytest.raises(Refused, match="System 57"):
        second(here, replace(STANDING, reporting_period="quarter", reporting_regime=Regime.SYSTEM_57))


def opened(user, address):
    client = Client()
    client.force_login(user)
    return client.get(f"/en{address}").content.decode()


@covers("2.03")
def test_the_form_says_what_is_known_instead_of_asking(here):
    report(here, here.one)
    page = opened(here.an, f"/assignments/{here.other.pk}/report/")
    assert "Already known, given on 20 June 2025" in page
    assert "71/NQ-CP" in page
    assert "Đã kết nối 3 hệ thống" in page
    assert 'name="text"' not in page
    assert 'name="text"' in opened(here.an, f"/assignments/{here.other.pk}/report/?anew=1")
    assert 'name="text"' in opened(here.an, f"/assignments/{here.one.pk}/report/")


@covers("2.03")
def test_the_page_of_a_duty_shows_its_periods_and_where_it_was_said(here):
    report(here, here.one)
    page = opened(here.an, f"/assignments/{here.other.pk}/?as_of=2025-06-20")
    assert "report, given once for 71/NQ-CP" in page
    assert "2025-05" in page
    assert "sent late (20 June 2025)" in page
    assert "not sent, overdue" in page


@covers("2.03")
def test_the_page_of_an_agency_lists_what_is_due_and_counts(here):
    report(here, here.one)
    page = opened(here.an, "/agencies/UBND-12/reports/?as_of=2025-06-20")
    assert page.count("2025-04") == 2
    assert "answered with what was already known" in page


@covers("2.03")
def test_the_reports_of_others_are_not_there(here):
    client = Client()
    client.force_login(factory.person("hoa", here.hung_yen, Role.FOCAL))
    assert client.get("/en/agencies/UBND-12/reports/").status_code == 404
