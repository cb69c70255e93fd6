"""The pages of working days: a year, a count, decisions of stewards, the limits these move (2.01)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from tests.agencies.factory import FIRST_MOMENT
from tests.assignments import factory
from tests.assignments.test_limits import DUE, TEN_DAYS, running
from tests.marks import covers
from thuocdo.accounts.enums import Role
from thuocdo.agencies import actions as agency_actions
from thuocdo.agencies import reference
from thuocdo.agencies.models import DayDecision
from thuocdo.agencies.reference import Reference
from thuocdo.assignments.models import Assignment, LimitMove, LimitTerm
from thuocdo.assignments.wording import wording

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 6, 24, 3, tzinfo=UTC)
STORM = {
    "symbol": "15/TB-UBND", "issuer": "UBND tỉnh Lai Châu", "title": "Nghỉ làm việc do bão",
    "occasion": "storm", "signed_on": "2025-06-24", "off": "30/06/2025", "agency": "UBND-12",
}  # fmt: skip


@pytest.fixture
def here(monkeypatch):
    """The world on 24 June 2025, with Em, steward of Lai Châu, and the days of three years."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    data = Reference((), (), *reference.working_days())
    agency_actions.load_reference(reference=data, by=None, at=FIRST_MOMENT)
    made = factory.world()
    made.em = factory.person("em", made.lai_chau, Role.STEWARD)
    return made


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def seen(address, client=None, language="en", **more) -> str:
    return (client or Client()).get(f"/{language}{address}", more).content.decode()


@covers("2.01")
def test_a_year_shows_each_special_day_with_its_text(here):
    page = seen("/calendar/", as_of="2025-06-24", year="2025")
    assert "Fri 2 May 2025" in page
    assert "day off swapped for a worked one (8726/VPCP-KGVX)" in page
    assert page.count('<table class="cal">') == 12
    assert "Sat 26 April 2025" in page


@covers("2.01")
def test_a_year_without_decisions_says_so(here):
    assert "only weekends are sure" in seen("/calendar/", as_of="2025-06-24", year="2027")
    assert "only weekends are sure" not in seen("/calendar/", as_of="2025-06-24", year="2025")


@covers("2.01")
def test_a_year_that_is_none_is_not_there(here):
    assert Client().get("/en/calendar/?year=99999").status_code == 404


@covers("2.01")
def test_anybody_counts_a_limit_and_sees_why(here):
    page = seen(
        "/calendar/count/", quantity="15", unit="working_day", start_on="2025-04-24", start_at="16:30"
    )
    assert "Mon 19 May 2025" in page
    assert "Victory Day (45/2019/QH14)" in page
    assert "Civil Code 2015 (91/2015/QH13), article 147" in page


@covers("2.01")
def test_a_count_is_shown_in_every_language(here):
    for language in ("fr", "de"):
        assert "8726/VPCP-KGVX" in seen(
            "/calendar/count/", language=language, quantity="15", unit="working_day", start_on="2025-04-24"
        )


@covers("2.01")
@pytest.mark.parametrize(("quantity", "unit"), [("0", "month"), ("1.5", "working_day"), ("x", "hour")])
def test_a_count_that_cannot_be_is_said(here, quantity, unit):
    page = seen("/calendar/count/", quantity=quantity, unit=unit, start_on="2025-04-24")
    assert 'class="field wrong"' in page


@covers("2.01")
def test_a_steward_enters_a_decision_sees_what_moves_and_moves_it(here):
    row, client = running(here), signed_in(here.em)
    answer = client.post("/en/calendar/decide/", STORM, follow=True)
    page = answer.content.decode()
    assert "4 July 2025" in page
    assert "7 July 2025" in page
    assert wording(row).limit_on == DUE
    mark = answer.context["form"]["seen"].value()
    client.post(answer.redirect_chain[-1][0], {"seen": mark})
    assert wording(row).limit_on == date(2025, 7, 7)
    assert LimitMove.objects.get().by == here.em


@covers("2.01")
def test_the_page_of_a_duty_leads_to_the_reason_of_its_limit(here):
    row, client = running(here), signed_in(here.an)
    assert f"/en/assignments/{row.pk}/limit/" in seen(f"/assignments/{row.pk}/", client)
    page = seen(f"/assignments/{row.pk}/limit/", client)
    assert "trong 10 ngày làm việc" in page
    assert "Fri 4 July 2025" in page


@covers("2.01")
def test_a_moved_limit_says_so_and_keeps_the_first(here):
    row, client = running(here), signed_in(here.em)
    answer = client.post("/en/calendar/decide/", STORM, follow=True)
    client.post(answer.redirect_chain[-1][0], {"seen": answer.context["form"]["seen"].value()})
    page = seen(f"/assignments/{row.pk}/limit/", client)
    assert "4 July 2025 → 7 July 2025" in page
    before = seen(f"/assignments/{row.pk}/limit/", client, known="2025-06-23T08:00")
    assert "4 July 2025 → 7 July 2025" not in before
    assert "Fri 4 July 2025" in before
    assert "limit moved to 7 July 2025" in seen(f"/assignments/{row.pk}/", client)
    assert "first limit 4 July 2025" in seen(f"/assignments/{row.pk}/", client)


@covers("2.01")
@pytest.mark.parametrize("agency", ["", "UBND-33"])
def test_days_of_others_are_not_a_stewards_to_decide(here, agency):
    page = signed_in(here.em).post("/en/calendar/decide/", {**STORM, "agency": agency}).content.decode()
    assert "not yours to decide" in page
    assert not DayDecision.objects.filter(symbol="15/TB-UBND").exists()


@covers("2.01")
def test_a_steward_at_the_centre_decides_for_everybody(here):
    client = signed_in(factory.person("tam", here.office, Role.STEWARD))
    client.post("/en/calendar/decide/", {**STORM, "agency": "", "half": "01/07/2025 08:00-12:00"})
    assert DayDecision.objects.get(symbol="15/TB-UBND").marks.count() == 2


@covers("2.01")
@pytest.mark.parametrize("wrong", [{"off": "30 June"}, {"half": "01/07/2025 8"}, {"off": ""}])
def test_days_that_are_not_understood_lose_nothing(here, wrong):
    page = signed_in(here.em).post("/en/calendar/decide/", {**STORM, **wrong}).content.decode()
    assert "Nghỉ làm việc do bão" in page
    assert not DayDecision.objects.filter(symbol="15/TB-UBND").exists()


@covers("2.01")
def test_what_changed_since_it_was_shown_is_shown_again(here):
    running(here)
    client = signed_in(here.em)
    answer = client.post("/en/calendar/decide/", STORM, follow=True)
    mark = answer.context["form"]["seen"].value()
    running(here)
    page = client.post(answer.redirect_chain[-1][0], {"seen": mark}).content.decode()
    assert "changed since it was shown" in page
    assert not LimitMove.objects.exists()


@covers("2.01")
def test_a_draft_is_given_a_counted_limit(here):
    terms = replace(factory.CLEAR, reckoned=TEN_DAYS)
    client = signed_in(here.chi)
    form = {
        "assigner": "CP", "lead": "UBND-12", "work": terms.work, "limit_class": "dated",
        "product": "Kế hoạch",
        "term_quantity": "10", "term_unit": "working_day", "term_from": "2025-06-20",
    }  # fmt: skip
    client.post(f"/en/obligations/{here.obligation.pk}/give/", form)
    row = Assignment.objects.get()
    assert (row.limit_on, LimitTerm.objects.get().assignment_id) == (DUE, row.pk)
    page = client.get(f"/en/assignments/{row.pk}/draft/").content.decode()
    assert 'name="term_quantity" value="10' in page
    form = {**form, "term_unit": ""}
    page = client.post(f"/en/assignments/{row.pk}/draft/", form).content.decode()
    assert "A count needs all three" in page
