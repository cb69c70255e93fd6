"""A day as known now; two days compared; rights are always today's; figures open their lists."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.assignments import factory
from tests.directives import factory as texts
from tests.marks import covers
from tests.web import asof_world
from tests.web.asof_world import DAY, LATE
from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import Membership
from thuocdo.accounts.permissions import PUBLIC
from thuocdo.assignments import actions
from thuocdo.assignments.enums import ChangeKind
from thuocdo.assignments.queries import counts as counting
from thuocdo.assignments.queries.compare import compare
from thuocdo.assignments.queries.counts import Scope
from thuocdo.assignments.queries.sight import sight_of
from thuocdo.assignments.terms import Ask
from thuocdo.directives import actions as directive_actions
from thuocdo.directives.rules.publicity import Shown
from thuocdo.lib.moments import AsOf

pytestmark = pytest.mark.django_db
FIGURE = re.compile(r'<b>([\d.,]+)</b>\s*<a href="([^"]+)"')


@pytest.fixture
def w(settings):
    """What was known on 1 July 2025."""
    settings.SIGN_IN_OF_EXAMPLES = True
    return asof_world.known()


def table(day=DAY):
    """(assigned, completed, confirmed completed, in term, overdue, came later) for the public."""
    found = counting.counts(counting.counted(Scope(), sight_of(PUBLIC), AsOf(day)), day)
    one = found.declared
    return one.assigned, one.completed, found.confirmed.completed, one.in_term, one.overdue, found.came_later


@covers("1.19")
@pytest.mark.parametrize(
    ("fact", "change"),
    [
        ("reported", (0, 0, 0, 0, 0, 1)),  # had already reported: only its silence counts from another day
        ("claimed_late", (0, 1, 0, -1, 0, 1)),
        ("claim_accepted", (0, 0, 1, 0, 0, 1)),
        ("review_corrected", (0, -1, -1, 1, 0, 1)),
        ("paused", (-1, 0, 0, -1, 0, 1)),
        ("withdrawn", (-1, -1, 0, 0, 0, 1)),
        ("read_out", (1, 0, 0, 1, 0, 1)),
        ("extended", (0, 0, 0, 0, 0, 1)),
        ("retitled", (0, 0, 0, 0, 0, 0)),
    ],
)
def test_a_day_known_now_differs_by_exactly_what_was_dated_back(w, fact, change):
    before = table()
    asof_world.FACTS[fact](w)
    found = tuple(new - old for new, old in zip(table(), before, strict=True))
    assert (found[:-1], found[-1] > 0) == (change[:-1], change[-1] > 0)


@covers("1.19")
def test_a_page_says_how_many_facts_came_later(w):
    asof_world.FACTS["claimed_late"](w)
    shown = Client().get(f"/en/?as_of={DAY}").content.decode()
    assert re.search(r"\d+ facts? about this day w(as|ere) recorded after it", shown)


@covers("1.19", "1.29")
def test_a_membership_that_ended_hides_what_it_showed_on_a_past_day(w):
    text = texts.directive("12/QĐ-TTg", issuer=w.here.office)
    duty = texts.obligation(text, at=LATE)
    row = actions.draft(
        obligation=duty, terms=factory.CLEAR, parties=factory.parties(w.here), by=None, at=LATE
    )
    actions.issue(assignment=row, given_on=DAY, by=None, at=LATE)
    client = Client()
    client.force_login(w.here.an)
    address = f"/assignments/{row.pk}/?as_of={DAY}"
    open_before = client.get(address).status_code
    Membership.objects.filter(user=w.here.an).update(closed_on=timezone.localdate())
    assert (open_before, client.get(address).status_code) == (200, 404)


@covers("1.19", "1.27")
def test_what_is_public_no_more_is_not_shown_for_days_when_it_was(w):
    address = f"/directives/{w.above.pk}/?as_of={DAY}"
    open_before = Client().get(address).status_code
    directive_actions.publish(
        directive=w.above, shown=Shown(), withheld="Rút lại", decided_on=DAY, by=None, at=LATE
    )
    assert (open_before, Client().get(address).status_code) == (200, 404)


@covers("1.19")
def test_two_days_compared_name_what_became_late_done_and_returned(w):
    actions.return_claim(claim=w.claim, reason="Thiếu", happened_on=date(2025, 7, 2), by=None, at=LATE)
    found = compare(Scope(), sight_of(PUBLIC), AsOf(date(2025, 7, 5)), date(2025, 6, 17))
    ids = [[row.pk for row in change.rows] for change in (found.late, found.done, found.returned)]
    assert ids == [[w.open.pk, w.sent.pk], [w.done.pk], [w.sent.pk]]


@covers("1.19")
def test_the_two_days_are_put_in_order_and_a_day_with_itself_shows_nothing(w):
    one = compare(Scope(), sight_of(PUBLIC), AsOf(date(2025, 7, 5)), date(2025, 6, 17))
    other = compare(Scope(), sight_of(PUBLIC), AsOf(date(2025, 6, 17)), date(2025, 7, 5))
    same = compare(Scope(), sight_of(PUBLIC), AsOf(DAY), DAY)
    assert (one, same.late.count, same.done.count) == (other, 0, 0)


@covers("1.19")
@pytest.mark.parametrize("address", ["/en/", "/en/agencies/UBND-12/"])
def test_the_page_says_what_it_found_in_six_statements_more(w, address):
    pages = []
    for asked in ("as_of=2025-07-05", "as_of=2025-07-05&compare=2025-06-17"):
        with CaptureQueriesContext(connection) as found:
            page = Client().get(f"{address}?{asked}").content.decode()
        pages.append(("After 17 June 2025, up to 5 July 2025" in page, len(found)))
    (without, few), (compared, more) = pages
    assert (without, compared, more - few <= 6) == (False, True, True)


def opened(client, address):
    """How many rows the list that a figure opens has."""
    page = client.get(address.replace("&amp;", "&")).content.decode()
    total = re.search(r"of ([\d,]+)\s*</span>", page)
    return int(total[1].replace(",", "")) if total else 0


@covers("1.17")
@pytest.mark.parametrize("day", [DAY, date(2025, 7, 5), DAY + timedelta(days=60)])
@pytest.mark.parametrize("page", ["/en/", "/en/agencies/UBND-12/", "/en/agencies/CP/"])
@pytest.mark.parametrize("role", [None, Role.LEADER])
def test_every_figure_is_the_number_of_rows_in_the_list_it_opens(w, page, day, role):
    for fact in ("claimed_late", "split", "extended", "read_out"):
        asof_world.FACTS[fact](w)
    client = Client()
    if role:
        client.force_login(factory.person("giang", w.here.lai_chau, role))
    shown = client.get(f"{page}?as_of={day}").content.decode()
    figures = [(int(number.replace(",", "")), link) for number, link in FIGURE.findall(shown)]
    wrong = [(number, link) for number, link in figures if opened(client, link) != number]
    assert (wrong, len(figures) > 0) == ([], "CP" not in page)


@covers("1.19")
def test_a_decision_is_not_shown_before_its_day():
    w = asof_world.known()
    ask = Ask(ChangeKind.LIMIT, "Chờ vốn", limit_on=date(2025, 9, 30))
    request = actions.ask_change(assignment=w.open, ask=ask, happened_on=DAY, by=w.here.an, at=LATE)
    later = DAY + timedelta(days=2)
    actions.decide_change(request=request, granted=True, happened_on=later, by=w.here.binh, at=LATE)
    said = [
        "granted: new limit" in Client().get(f"/en/assignments/{w.open.pk}/?as_of={day}").content.decode()
        for day in (DAY, later)
    ]
    assert said == [False, True]
