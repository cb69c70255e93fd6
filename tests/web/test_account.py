"""One's own account: who stands in for whom and acts so, codes, browsers, what a new password ends."""

import time
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.assignments.factory import claimed, given, person, world
from tests.marks import covers
from tests.web.factory import fill, key_of, signed_in, text_of
from thuocdo.accounts import actions
from thuocdo.accounts.actions import Pair
from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import Substitution
from thuocdo.assignments.models import Report
from thuocdo.audit.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.urls("thuocdo.config.urls")]
WORD = "mot-cau-du-dai-2025"


@pytest.fixture
def here():
    """The world, with Sen, steward of Lai Châu, and Hoa of the ward below it."""
    cache.clear()
    found = world()
    found.sen = person("sen", found.lai_chau, Role.STEWARD)
    found.hoa = person("hoa", found.doan_ket, Role.LEADER)
    return found


def stands_in(here, deputy, principal, agency, **days):
    days = {"opened_on": timezone.localdate() - timedelta(days=1), **days}
    pair = Pair(deputy, principal, agency)
    return actions.open_substitution(pair=pair, basis="12/QĐ-UBND", by=None, at=timezone.now(), **days)


def acting(user, row):
    """A browser in which the person acts for the other."""
    client = signed_in(user)
    assert client.post(f"/en/account/mine/acts-for/{row.pk}/").url == "/en/my-work/"
    return client


def entering(user, word=WORD):
    """A browser in which the person has signed in through the form."""
    client = Client()
    client.post("/en/account/login/", {"login": user.email, "password": word})
    return client


def with_password(user):
    user.set_password(WORD)
    user.save()
    return user


def code_of(user):
    """The six figures that the person's app shows now; the one shown before counts as not used."""
    cache.clear()
    secret = totp.decrypt(Authenticator.objects.get(user=user, type="totp").data["secret"])
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def set_up(client):
    """Turn the code on, as the page says; the answer."""
    page = client.get("/en/account/codes/set-up/")
    secret = client.session[totp.SECRET_SESSION_KEY]
    assert secret in page.content.decode()
    code = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))
    return client.post("/en/account/codes/set-up/", {"code": code})


@covers("2.11")
def test_a_steward_lets_one_stand_in_for_another_and_it_is_logged(here):
    fill(
        signed_in(here.sen), f"/en/people/{here.an.pk}/stands-in/", deputy="hoa@example.vn",
        agency=here.lai_chau.pk, opened_on=str(timezone.localdate()), basis="12/QĐ-UBND",
    )  # fmt: skip
    row = Substitution.objects.get()
    assert (row.deputy, row.principal, row.agency) == (here.hoa, here.an, here.lai_chau)
    assert Entry.objects.get(verb="substitution.opened").by_id == here.sen.pk


@covers("2.11")
@pytest.mark.parametrize(
    ("deputy", "away", "words"),
    [("sen", "an", "Nobody changes their own roles"), ("binh", "an", "Nobody of your agencies is known")],
)
def test_a_steward_gives_it_neither_to_themselves_nor_to_strangers(here, deputy, away, words):
    answer = fill(
        signed_in(here.sen), f"/en/people/{getattr(here, away).pk}/stands-in/", deputy=f"{deputy}@example.vn",
        agency=here.lai_chau.pk, opened_on=str(timezone.localdate()), basis="12/QĐ-UBND",
    )  # fmt: skip
    assert (words in text_of(answer), Substitution.objects.exists()) == (True, False)


@covers("2.11")
def test_who_acts_for_another_has_their_rights_there_and_both_names_are_recorded(here):
    row = given(here)
    address = f"/en/assignments/{row.pk}/report/"
    assert signed_in(here.hoa).get(address).status_code == 404
    client = acting(here.hoa, stands_in(here, here.hoa, here.an, here.lai_chau))
    assert "You act for an in UBND tỉnh Lai Châu" in text_of(client.get(address))
    fill(client, address, text="Đã trình", progress="50", happened_on="2025-06-18")
    made = Report.objects.get()
    entry = Entry.objects.get(table="assignments_report", row_id=made.pk)
    assert (made.by, entry.by_id, entry.for_id) == (here.hoa, here.hoa.pk, here.an.pk)


@covers("2.11")
def test_acting_for_another_one_has_nothing_of_ones_own(here):
    client = acting(here.sen, stands_in(here, here.sen, here.an, here.lai_chau))
    assert client.get("/people/").status_code == 404
    client.post("/account/mine/acts-for/nobody/")
    assert client.get("/people/").status_code == 200


@covers("2.11")
def test_when_the_days_are_over_the_rights_are_too(here):
    row = stands_in(here, here.hoa, here.an, here.lai_chau)
    client = acting(here.hoa, row)
    actions.close_substitution(substitution=row, closed_on=timezone.localdate(), by=None, at=timezone.now())
    assert client.get(f"/assignments/{given(here).pk}/report/").status_code == 404
    assert "You act for" not in text_of(client.get("/en/"))


@covers("2.11")
def test_only_who_stands_in_acts_for_another(here):
    row = stands_in(here, here.hoa, here.an, here.lai_chau)
    assert signed_in(here.sen).post(f"/account/mine/acts-for/{row.pk}/").status_code == 404


@covers("2.11")
def test_a_steward_who_stands_in_for_a_steward_changes_neithers_roles(here):
    here.tam = person("tam", here.lai_chau, Role.STEWARD)
    client = acting(here.tam, stands_in(here, here.tam, here.sen, here.lai_chau))
    form = {"agency": "UBND-12", "role": Role.FOCAL, "kind": "administrative", "opened_on": "2025-07-01"}
    for user in (here.tam, here.sen):
        answer = fill(client, f"/en/people/{user.pk}/", **form)
        assert "Nobody changes their own roles" in text_of(answer)


@covers("2.11", "1.11")
def test_the_reviewer_sees_for_whom_a_claim_was_made(here):
    here.hoa.for_id = here.an.pk
    claim = claimed(here, given(here), by=here.hoa)
    assert "hoa for an" in text_of(signed_in(here.binh).get(f"/en/claims/{claim.pk}/review/"))


@covers("2.11")
def test_an_inspector_reads_in_the_log_who_acted_for_whom(here):
    here.hoa.for_id = here.an.pk
    claimed(here, given(here), by=here.hoa)
    dung = person("dung", here.government, Role.INSPECTOR)
    assert "hoa for an" in text_of(signed_in(dung).get("/en/log/?table=assignments_claim"))


@covers("2.11")
def test_the_code_is_set_up_with_a_picture_from_its_own_address(here):
    client = entering(with_password(here.an))
    page = client.get("/en/account/codes/set-up/").content.decode()
    drawn = client.get("/en/account/codes/set-up/picture.svg")
    assert ("/en/account/codes/set-up/picture.svg" in page, "data:" in page) == (True, False)
    assert (drawn.headers["Content-Type"], b"<svg" in drawn.content) == ("image/svg+xml", True)
    assert "no-store" in drawn.headers["Cache-Control"]


@covers("2.11")
def test_with_the_code_the_password_alone_opens_nothing(here):
    answer = set_up(entering(with_password(here.an)))
    assert answer.url == "/en/account/codes/spare/"
    client = entering(here.an)
    assert "My account" not in text_of(client.get("/en/"))
    client.post("/en/account/codes/enter/", {"code": code_of(here.an)})
    assert "My account" in text_of(client.get("/en/"))


@covers("2.11")
def test_a_code_counts_once_and_a_wrong_one_not_at_all(here):
    set_up(entering(with_password(here.an)))
    code = code_of(here.an)
    for sent, enters in ((code, True), (code, False), ("000000", False)):
        client = entering(here.an)
        client.post("/en/account/codes/enter/", {"code": sent})
        assert ("My account" in text_of(client.get("/en/"))) is enters, sent


@covers("2.11")
def test_a_spare_code_signs_in_once(here):
    client = entering(with_password(here.an))
    set_up(client)
    spare = client.get("/en/account/codes/spare/file/").content.decode().split()
    assert len(spare) == 10
    for enters in (True, False):
        again = entering(here.an)
        again.post("/en/account/codes/enter/", {"code": spare[0]})
        assert ("My account" in text_of(again.get("/en/"))) is enters


@covers("2.11")
def test_the_secret_of_the_code_is_not_in_the_database_as_it_is(here):
    set_up(entering(with_password(here.an)))
    kept = Authenticator.objects.get(user=here.an, type="totp").data["secret"]
    assert (len(totp.decrypt(kept)), totp.decrypt(kept) in kept) == (32, False)


@covers("2.11")
@pytest.mark.parametrize("page", ["/en/", "/en/my-work/", "/en/people/", "/en/account/mine/"])
def test_whose_role_demands_the_code_sets_it_up_before_anything_else(here, settings, page):
    settings.CODES_FOR = frozenset({"steward"})
    client = entering(with_password(here.sen))
    assert client.get(page).url == "/en/account/codes/first/"
    assert "First set up the code" in text_of(client.get("/en/account/codes/first/"))
    set_up(client)
    assert client.get(page).status_code == 200


@covers("2.11")
def test_a_demanded_code_cannot_be_given_up(here, settings):
    client = entering(with_password(here.sen))
    set_up(client)
    settings.CODES_FOR = frozenset({"steward"})
    client.post("/en/account/codes/give-up/")
    assert Authenticator.objects.filter(user=here.sen, type="totp").exists()


@covers("2.11")
def test_standing_in_for_somebody_whose_role_demands_the_code_demands_it_too(here, settings):
    settings.CODES_FOR = frozenset({"focal"})
    client = acting(here.hoa, stands_in(here, here.hoa, here.an, here.lai_chau))
    assert client.get("/en/my-work/").url == "/en/account/codes/first/"


@covers("2.11")
def test_who_lost_the_phone_is_helped_by_the_steward(here):
    client = entering(with_password(here.an))
    set_up(client)
    fill(signed_in(here.sen), f"/en/people/{here.an.pk}/codes/")
    assert "My account" in text_of(entering(here.an).get("/en/"))
    assert client.get("/en/account/mine/").status_code == 302
    assert Entry.objects.filter(verb="user.codes_taken", row_id=here.an.pk, by_id=here.sen.pk).exists()


@covers("2.11")
def test_browsers_are_listed_and_one_is_signed_out(here):
    phone, office = entering(with_password(here.an)), entering(here.an)
    page = office.get("/en/account/mine/")
    assert ("this browser" in text_of(page), phone.session.session_key in page.content.decode()) == (
        True,
        False,
    )
    office.post("/en/account/mine/browsers/", {"browser": page.context["visits"][1].pk})
    assert [one.get("/en/account/mine/").status_code for one in (phone, office)] == [302, 200]


@covers("2.11")
def test_nobody_signs_another_out(here):
    an, sen = entering(with_password(here.an)), entering(with_password(here.sen))
    visit = an.get("/en/account/mine/").context["visits"][0]
    assert sen.post("/en/account/mine/browsers/", {"browser": visit.pk}).status_code == 404
    assert an.get("/en/account/mine/").status_code == 200


@covers("2.11")
def test_a_new_password_signs_every_other_browser_out(here):
    phone, office = entering(with_password(here.an)), entering(here.an)
    new = "mua-xuan-nho-nho-2026"
    office.post("/en/account/password/change/", {"oldpassword": WORD, "password1": new, "password2": new})
    assert [one.get("/en/account/mine/").status_code for one in (phone, office)] == [302, 200]
    assert len(office.get("/en/account/mine/").context["visits"]) == 1
    assert Entry.objects.filter(verb="user.password_changed", by_id=here.an.pk).exists()


@covers("2.11")
def test_a_shut_account_is_signed_out_and_keeps_its_history(here):
    claim = claimed(here, given(here))
    client = entering(with_password(here.an))
    fill(signed_in(here.sen), f"/people/{here.an.pk}/account/")
    assert client.get("/en/account/mine/").status_code == 302
    assert "My account" not in text_of(entering(here.an).get("/en/"))
    assert "· an" in text_of(signed_in(here.binh).get(f"/en/claims/{claim.pk}/review/"))


@covers("2.11")
@pytest.mark.parametrize("days", [(date(2025, 1, 1), date(2025, 2, 1)), (date(2099, 1, 1), date(2100, 1, 1))])
def test_a_steward_of_other_days_is_none_today(here, days):
    here.sen.memberships.update(opened_on=days[0], closed_on=days[1])
    assert signed_in(here.sen).get("/people/").status_code == 404


@covers("2.11")
def test_a_form_of_standing_in_has_a_key(here):
    assert key_of(signed_in(here.sen).get(f"/en/people/{here.an.pk}/stands-in/"))
