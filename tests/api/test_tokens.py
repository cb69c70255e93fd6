"""Tokens: never more than their account, for a while, revoked at once, counted."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.api.client import Program, program, said, token
from tests.assignments import factory
from tests.marks import covers
from thuocdo.accounts import actions, permissions
from thuocdo.accounts.actions import Grant
from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import Membership, Token
from thuocdo.audit.models import Entry
from thuocdo.lib.moments import day_of
from thuocdo.lib.say import Refused

pytestmark = pytest.mark.django_db
REPORT = {"text": "Đã trình dự thảo", "happened_on": "2025-06-18"}


@pytest.fixture
def here():
    return factory.world()


@covers("2.14")
def test_the_secret_is_nowhere_in_the_database(here):
    made, secret = token(here.an)
    kept = str(Token.objects.values().get()) + str(list(Entry.objects.values("old", "new")))
    assert (secret[:3], made.hint) == ("td_", secret[:7])
    assert secret not in kept
    assert secret[7:] not in kept


@covers("2.14")
@pytest.mark.parametrize(
    ("scope", "days"), [(("review",), 30), ((), 30), (("report",), 0), (("report",), 400)]
)
def test_a_token_is_not_made_for_more_than_the_account_nor_for_ever(here, scope, days):
    at = datetime.now(UTC)
    grant = Grant("Phần mềm", scope, at + timedelta(days=days))
    with pytest.raises(Refused):
        actions.make_token(user=here.an, grant=grant, by=here.an, at=at)
    assert not Token.objects.exists()


@covers("2.14")
def test_a_revoked_token_opens_nothing_from_that_moment(here):
    made, secret = token(here.an)
    before = Program(secret).get("/me").status_code
    actions.revoke_token(token=made, by=here.an, at=datetime.now(UTC))
    after = Program(secret).get("/me")
    assert (before, after.status_code, after["Content-Type"]) == (200, 401, "application/problem+json")
    assert list(Entry.objects.filter(table="accounts_token").values_list("verb", flat=True)) == [
        "token.made", "token.revoked",
    ]  # fmt: skip


@covers("2.14")
@pytest.mark.parametrize("what", ["unknown", "ended", "shut"])
def test_what_opens_nothing_is_never_taken_for_nobody(here, what):
    secret = token(here.an)[1]
    if what == "ended":
        Token.objects.update(
            created_at=datetime(2025, 1, 1, tzinfo=UTC), expires_at=datetime(2025, 2, 1, tzinfo=UTC)
        )
    if what == "shut":
        here.an.__class__.objects.filter(pk=here.an.pk).update(is_active=False)
    answer = Program("td_unknown" if what == "unknown" else secret).get("/agencies")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer error="invalid_token"')


@covers("2.14")
def test_a_token_may_less_once_its_account_may_less(here):
    row, an = factory.given(here), program(here.an)
    Membership.objects.filter(user=here.an).update(closed_on=day_of(datetime.now(UTC)))
    assert an.post(f"/assignments/{row.pk}/reports", REPORT).status_code == 404


@covers("2.14")
def test_a_bound_token_loses_what_no_agency_bounds(here):
    dung = factory.person("dung", here.government, Role.INSPECTOR)
    bound = permissions.reader_with(token(dung, agency=here.lai_chau)[0], day_of(datetime.now(UTC)))
    assert (bound.reads_all, here.hung_yen.pk in bound.own, here.lai_chau.pk in bound.own) == (
        False, False, True,
    )  # fmt: skip


@covers("2.14")
def test_a_program_is_given_roles_and_acts_under_its_own_name(here):
    machine = actions.open_machine(name="Phần mềm của UBND Lai Châu", by=here.chi, at=factory.JUNE)
    Membership.objects.create(
        user=machine, agency=here.lai_chau, role=Role.FOCAL, opened_on=here.lai_chau.opened_on
    )
    row = factory.given(here)
    answer = program(machine).post(f"/assignments/{row.pk}/reports", REPORT)
    told = said(program(machine).get("/me"))
    assert (answer.status_code, told["is_program"], machine.has_usable_password()) == (201, True, False)
    assert row.reports.get().by == machine


@covers("2.14")
def test_only_stewards_of_all_its_agencies_keep_the_tokens_of_a_program(here):
    machine = actions.open_machine(name="Phần mềm", by=here.chi, at=factory.JUNE)
    Membership.objects.create(
        user=machine, agency=here.lai_chau, role=Role.FOCAL, opened_on=here.lai_chau.opened_on
    )
    readers = {
        name: permissions.reader_of(factory.person(name, agency, role), day_of(datetime.now(UTC)))
        for name, agency, role in (
            ("em", here.lai_chau, Role.STEWARD), ("hai", here.hung_yen, Role.STEWARD),
            ("ba", here.lai_chau, Role.LEADER),
        )
    }  # fmt: skip
    allowed = {name: permissions.may_keep_tokens(reader, machine) is None for name, reader in readers.items()}
    assert allowed == {"em": True, "hai": False, "ba": False}
    assert permissions.may_keep_tokens(readers["em"], here.an) is not None


@covers("2.14")
def test_more_calls_than_are_answered_in_a_minute_are_told_when_to_come_again(here, settings):
    settings.API_CALLS_A_MINUTE = 3
    made, secret = token(here.an)
    at = datetime.now(UTC).replace(second=0)
    counted = [actions.count_use(token=made, at=at + timedelta(seconds=one)) for one in range(3)]
    next_minute = actions.count_use(token=made, at=at + timedelta(minutes=1))
    answers = [Program(secret).get("/me") for _ in range(8)]  # at most two minutes of three
    last = next(one for one in answers if one.status_code == 429)
    assert (counted, next_minute, said(last)["status"]) == ([1, 2, 3], 1, 429)
    assert 1 <= int(last["Retry-After"]) <= 60


@covers("2.14")
def test_a_session_writes_only_with_the_token_of_our_forms(here):
    row = factory.given(here)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(here.an)
    address = f"/api/v1/assignments/{row.pk}/reports"
    refused = browser.post(address, REPORT, content_type="application/json")
    secret = "a" * 32
    browser.cookies["csrftoken"] = secret
    sent = browser.post(address, REPORT, content_type="application/json", headers={"X-CSRFToken": secret})
    assert (browser.get("/api/v1/work").status_code, refused.status_code, sent.status_code) == (200, 403, 201)
