"""What waits to be moved, the hours, the named parameters with their sources: pages and command (2.01)."""

from datetime import date, time
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.agencies.factory import FIRST_MOMENT
from tests.assignments import factory
from tests.assignments.test_limits import LATER, decide, move, running
from tests.marks import covers
from tests.web.factory import fill, signed_in, text_of
from thuocdo.accounts.enums import Role
from thuocdo.agencies import actions as agency_actions
from thuocdo.agencies import reference, working_days
from thuocdo.agencies.enums import DayKind
from thuocdo.agencies.models import WorkingHours
from thuocdo.agencies.reference import Reference
from thuocdo.agencies.rules.clock import PARAMETERS, usual
from thuocdo.assignments import actions, limits
from thuocdo.assignments.models import LimitMove, LimitTerm, ParameterValue, WaitingMove
from thuocdo.assignments.wording import wording
from thuocdo.audit.models import Entry
from thuocdo.lib.moments import AsOf

pytestmark = pytest.mark.django_db
SILENCE = {"value": "20", "happened_on": "2025-06-24", "source_text": "Quyết định 9/QĐ-VPCP"}
HOURS = {
    "opened_on": "2025-06-24", "morning_from": "07:30", "morning_to": "11:30", "afternoon_from": "13:00",
    "afternoon_to": "17:00", "basis": "Quyết định 5/QĐ-UBND",
}  # fmt: skip


@pytest.fixture
def here(monkeypatch):
    """The world on 24 June 2025: Em is steward of Lai Châu, Tâm of the Government's office."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    data = Reference((), (), *reference.working_days())
    agency_actions.load_reference(reference=data, by=None, at=FIRST_MOMENT)
    made = factory.world()
    made.em = factory.person("em", made.lai_chau, Role.STEWARD)
    made.tam = factory.person("tam", made.office, Role.STEWARD)
    return made


def page(user, address):
    return text_of(signed_in(user).get(f"/en{address}"))


@covers("2.01")
def test_the_job_shows_what_waits_and_moves_nothing(here):
    row = running(here)
    decide(date(2025, 6, 30), agency=here.lai_chau)
    assert "No decision waits" in page(here.em, "/calendar/waiting/")
    assert actions.show_waiting(at=LATER) == 1
    assert (WaitingMove.objects.get().later, LimitMove.objects.exists()) == (1, False)
    assert wording(row).limit_on == date(2025, 7, 4)
    assert "15/TB-VPCP 24 June 2025 1 0" in page(here.em, "/calendar/waiting/")


@covers("2.01")
def test_a_decision_for_everybody_waits_for_a_steward_at_the_centre(here):
    running(here)
    decide(date(2025, 6, 30))
    actions.show_waiting(at=LATER)
    assert ["15/TB-VPCP" in page(who, "/calendar/waiting/") for who in (here.em, here.tam)] == [False, True]


@covers("2.01")
def test_what_was_moved_waits_no_more(here):
    running(here)
    decision = decide(date(2025, 6, 30))
    actions.show_waiting(at=LATER)
    move(decision)
    assert (actions.show_waiting(at=LATER), WaitingMove.objects.exists()) == (0, False)


@covers("2.01")
def test_a_promised_day_that_was_kept_on_purpose_waits_no_more(here):
    running(here)
    decision = decide(date(2025, 6, 28), kind=DayKind.WORKED)
    assert (actions.show_waiting(at=LATER), WaitingMove.objects.get().earlier) == (1, 1)
    move(decision)
    assert (actions.show_waiting(at=LATER), limits.waiting().count()) == (0, 0)
    running(here)
    assert actions.show_waiting(at=LATER) == 1, "another limit that it would move is looked at anew"


@covers("2.01")
def test_a_steward_sets_the_hours_of_an_agency_and_of_no_other(here):
    client = signed_in(here.em)
    fill(client, "/en/calendar/hours/", **HOURS, agency="UBND-12")
    refused = fill(client, "/en/calendar/hours/", **HOURS, agency="")
    row = WorkingHours.objects.get(agency=here.lai_chau)
    calendar = working_days.of_agency(here.lai_chau.pk, AsOf(date(2025, 6, 24)))
    assert (row.morning_from, calendar.ordinary(date(2025, 6, 24))[0][0]) == (time(7, 30), time(7, 30))
    assert "not yours to decide" in refused.content.decode()
    assert Entry.objects.filter(verb="working_hours.set", by_id=here.em.pk).count() == 1
    assert "07:30–11:30, 13:00–17:00 Quyết định 5/QĐ-UBND" in page(here.an, "/calendar/rules/")


@covers("2.01")
def test_every_named_parameter_stands_on_a_page_with_its_source(here):
    told = page(here.an, "/calendar/rules/")
    named = usual()
    assert len(named) == len(PARAMETERS) + 3
    assert [one for one in named if str(one.said) not in told or str(one.source) not in told] == []
    assert "no hour of the day cuts off" in told
    assert "days without a report after which a duty is stalled 30" in told


@covers("2.01", "2.04")
def test_a_steward_at_the_centre_sets_a_number_from_a_day_on(here):
    address = "/en/calendar/rules/silence/"
    assert [signed_in(who).get(address).status_code for who in (here.em, here.tam)] == [404, 200]
    assert signed_in(here.tam).get("/en/calendar/rules/noise/").status_code == 404
    wide = fill(signed_in(here.tam), address, **{**SILENCE, "value": "900"})
    assert "It lies between 1 and 366." in text_of(wide)
    fill(signed_in(here.tam), address, **SILENCE)
    assert ParameterValue.objects.get().value == 20
    assert "stalled 20 Quyết định 9/QĐ-VPCP (from 24 June 2025)" in page(here.an, "/calendar/rules/")
    assert "stalled 30" in page(here.an, "/calendar/rules/?as_of=2025-06-23")


@covers("2.01", "2.04")
def test_the_command_lists_the_numbers_and_sets_one(here):
    out = StringIO()
    call_command("parameter", "pace", "0.5", "--from", "2025-06-24", "--source", "Quyết định 9", stdout=out)
    assert "pace\t0.50\tQuyết định 9, from 2025-06-24" in out.getvalue()
    assert ParameterValue.objects.get().value == Decimal("0.50")
    with pytest.raises(CommandError, match="--from"):
        call_command("parameter", "pace", "0.5")
    with pytest.raises(CommandError, match="Name the decision"):
        call_command("parameter", "pace", "0.5", "--from", "2025-06-24")


@covers("2.01")
def test_a_count_with_a_cut_off_hour_names_its_text(here):
    client = signed_in(here.an)
    asked = {
        "quantity": "1", "unit": "working_day", "start_on": "2025-06-24", "start_at": "15:30",
        "cut_off": "15:00",
    }  # fmt: skip
    nameless = text_of(client.get("/en/calendar/count/", asked))
    named = text_of(client.get("/en/calendar/count/", {**asked, "basis": "Nghị định 63/2024"}))
    assert "names the text that sets it" in nameless
    assert "Thu 26 June 2025" in named
    assert "received from 15:00 on, it counts on the next day" in named
    assert "Nghị định 63/2024" in named


@covers("2.01")
def test_a_draft_keeps_how_its_text_counts(here):
    form = {
        "assigner": "CP", "lead": "UBND-12", "work": "Giải quyết", "limit_class": "dated", "product": "Hồ sơ",
        "term_quantity": "2", "term_unit": "working_day", "term_from": "2025-06-24", "term_at": "08:00",
        "day_zero": "on",
    }  # fmt: skip
    address = f"/en/obligations/{here.obligation.pk}/give/"
    refused = fill(signed_in(here.chi), address, **form)
    assert "names the text that sets it" in refused.content.decode()
    fill(signed_in(here.chi), address, **form, basis="Quy trình 7")
    term = LimitTerm.objects.get()
    assert (term.due_on, term.day_zero, term.start_at, term.basis) == (
        date(2025, 6, 25), True, time(8), "Quy trình 7",
    )  # fmt: skip
    again = signed_in(here.chi).get(f"/en/assignments/{term.assignment_id}/draft/").content.decode()
    assert "Quy trình 7" in again
