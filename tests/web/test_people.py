"""People and roles: stewards open accounts and give roles inside their own agencies, nobody gives more."""

from datetime import date

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from tests.assignments.factory import person, world
from tests.marks import covers
from tests.web.factory import fill, signed_in, text_of
from thuocdo.accounts import actions
from thuocdo.accounts.actions import Person
from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import Membership, User
from thuocdo.audit import verify_rows
from thuocdo.audit.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.urls("thuocdo.config.urls")]
DAY = date(2025, 7, 1)


@pytest.fixture
def here():
    """The world, with Sen, steward of Lai Châu and what is below it."""
    found = world()
    found.sen = person("sen", found.lai_chau, Role.STEWARD)
    return found


def role(agency, **more):
    return {
        "agency": agency.code, "role": Role.FOCAL, "kind": "administrative", "opened_on": "2025-07-01", **more
    }  # fmt: skip


def give(here, user, agency, **more):
    return fill(signed_in(here.sen), f"/en/people/{user.pk}/", **{**role(agency), **more})


@covers("1.29")
def test_only_stewards_open_the_list(here):
    assert [signed_in(who).get("/people/").status_code for who in (here.sen, here.an)] == [200, 404]


def test_a_stranger_is_asked_to_sign_in(here):
    assert Client().get("/people/").status_code == 302


@covers("1.29")
def test_people_of_other_agencies_do_not_exist_for_a_steward(here):
    page = text_of(signed_in(here.sen).get("/en/people/"))
    assert ("an@example.vn" in page, "binh@example.vn" in page) == (True, False)
    assert signed_in(here.sen).get(f"/people/{here.binh.pk}/").status_code == 404


def test_an_account_is_opened_and_logged(here):
    answer = fill(
        signed_in(here.sen), "/en/people/new/", name="Lò Thị Mai", email="Mai@Example.vn", language="vi"
    )
    mai = User.objects.get(email="mai@example.vn")
    assert answer.url == f"/en/people/{mai.pk}/"
    assert "Mai" not in str(Entry.objects.get(verb="user.created", row_id=mai.pk).new)


def test_a_second_account_with_the_address_is_refused_and_what_was_typed_stays(here):
    answer = fill(
        signed_in(here.sen), "/en/people/new/", name="Lò Văn Hai", email="AN@example.vn", language="vi"
    )
    assert "There already is an account" in text_of(answer)
    assert "Lò Văn Hai" in answer.content.decode()


@covers("1.29")
def test_a_role_is_given_inside_the_stewards_agencies(here):
    give(here, here.an, here.doan_ket)
    assert Membership.objects.get(user=here.an, agency=here.doan_ket).opened_on == DAY


@covers("1.29")
@pytest.mark.parametrize("agency", ["hung_yen", "government"])
def test_no_role_is_given_outside_them(here, agency):
    answer = give(here, here.an, getattr(here, agency))
    assert "outside your own agencies" in text_of(answer)
    assert Membership.objects.filter(user=here.an).count() == 1


@covers("1.29")
def test_nobody_gives_a_role_over_a_tree_they_do_not_hold(here):
    answer = give(here, here.an, here.party_of_committee, kind="party")
    assert answer.status_code == 302
    answer = give(here, here.an, here.party_lai_chau, kind="party")
    assert "outside your own agencies" in text_of(answer)


@covers("1.29")
def test_who_does_not_read_all_gives_no_inspector(here):
    assert "Only somebody who reads all" in text_of(give(here, here.an, here.lai_chau, role=Role.INSPECTOR))


@covers("1.29")
def test_nobody_gives_themselves_a_role(here):
    assert "Nobody changes their own roles" in text_of(give(here, here.sen, here.lai_chau))


def test_an_agency_that_several_names_fit_is_asked_for(here):
    page = text_of(
        fill(
            signed_in(here.sen), f"/en/people/{here.an.pk}/", **{**role(here.lai_chau), "agency": "Lai Châu"}
        )
    )
    assert "UBND tỉnh Lai Châu (UBND-12)" in page
    assert "Write the code" in page


def test_the_same_form_sent_twice_gives_one_role(here):
    client = signed_in(here.sen)
    address = f"/people/{here.an.pk}/"
    sent = {"once": "k" * 43, **role(here.doan_ket)}
    answers = [client.post(address, sent).url for _ in range(2)]
    assert answers == [address, address]
    assert Membership.objects.filter(agency=here.doan_ket).count() == 1


def test_a_role_is_ended(here):
    row = Membership.objects.get(user=here.an)
    fill(signed_in(here.sen), f"/roles/{row.pk}/end/", closed_on="2025-07-01")
    row.refresh_from_db()
    assert row.closed_on == DAY


@covers("1.29")
def test_a_role_in_another_agency_cannot_be_ended(here):
    row = Membership.objects.get(user=here.binh)
    assert signed_in(here.sen).post(f"/roles/{row.pk}/end/", {"closed_on": "2025-07-01"}).status_code == 404


def test_a_shut_account_does_not_sign_in(here):
    fill(signed_in(here.sen), f"/people/{here.an.pk}/account/")
    here.an.refresh_from_db()
    assert here.an.is_active is False


def test_the_sign_in_link_lets_a_new_person_set_a_password(here):
    fill(signed_in(here.sen), "/en/people/new/", name="Mai", email="mai@example.vn", language="vi")
    mai = User.objects.get(email="mai@example.vn")
    page = signed_in(here.sen).post(f"/en/people/{mai.pk}/link/")
    address = text_of(page).split("http://testserver")[1].split()[0]
    new = Client()
    form = new.get(address, follow=True)
    word = "mot-cau-du-dai-2025"
    new.post(form.request["PATH_INFO"], {"password1": word, "password2": word})
    mai.refresh_from_db()
    assert mai.check_password(word)


def test_no_sign_in_link_to_an_account_with_a_password(here):
    here.an.set_password("mot-cau-du-dai-2025")
    here.an.save()
    assert signed_in(here.sen).post(f"/people/{here.an.pk}/link/").status_code == 404


@covers("1.33")
@pytest.mark.parametrize("more", [0, 20])
def test_the_list_takes_the_same_statements_for_any_number(here, more, django_assert_max_num_queries):
    for number in range(more):
        person(f"p{number}", here.doan_ket, Role.FOCAL)
    client = signed_in(here.sen)
    with django_assert_max_num_queries(8):
        client.get("/people/")


def test_roles_that_hold_today_stand_in_the_list(here):
    Membership.objects.filter(user=here.an).update(closed_on=timezone.localdate())
    page = text_of(signed_in(here.sen).get("/en/people/"))
    assert "focal point" not in page


@covers("2.11", "1.22")
def test_a_steward_corrects_name_and_address_and_the_log_keeps_digests_alone(here):
    nga = person("nga", here.doan_ket, Role.FOCAL)
    client = signed_in(nga)
    assert client.get("/en/my-work/").status_code == 200
    sent = {"name": "Nguyễn Thị Nga", "email": "Nga.Moi@example.vn", "language": "vi"}
    fill(signed_in(here.sen), f"/en/people/{nga.pk}/amend/", **sent)
    nga.refresh_from_db()
    assert (nga.name, nga.email) == ("Nguyễn Thị Nga", "nga.moi@example.vn")
    entry = Entry.objects.get(verb="user.amended")
    assert (entry.by_id, set(entry.new)) == (here.sen.pk, {"name", "email"})
    assert "Nga" not in str((entry.old, entry.new))
    assert "example.vn" not in str((entry.old, entry.new))
    assert not list(verify_rows.rows())


@covers("2.11")
def test_an_address_that_is_taken_or_a_name_that_is_empty_is_refused_in_words(here):
    nga = person("nga", here.doan_ket, Role.FOCAL)
    address = f"/en/people/{nga.pk}/amend/"
    sent = {"name": "Nga", "email": here.an.email, "language": "vi"}
    assert "There already is an account" in text_of(fill(signed_in(here.sen), address, **sent))
    fill(signed_in(here.sen), address, **{**sent, "email": "nga@example.vn", "name": " "})
    nga.refresh_from_db()
    assert (nga.name, nga.email) == ("nga", "nga@example.vn")


@covers("2.11", "1.29")
def test_nobody_takes_over_an_account_by_its_address(here):
    """Sen may give no role of an inspector, and none of another province: their addresses are not Sen's."""
    inspector = person("dung", here.lai_chau, Role.INSPECTOR)
    others = [inspector, person("ha", here.hung_yen, Role.FOCAL), here.sen]
    client = signed_in(here.sen)
    assert [client.get(f"/en/people/{one.pk}/amend/").status_code for one in others] == [404] * 3


@covers("2.11")
def test_another_address_signs_the_person_out_everywhere():
    here = world()
    browser = Client()
    browser.force_login(here.an)
    key = browser.session.session_key
    UserSession.objects.create(user=here.an, session_key=key, ip="127.0.0.1", user_agent="Firefox")
    moved = Person(email="khac@example.vn", name="An")
    actions.amend_user(user=here.an, person=moved, by=None, at=timezone.now())
    assert browser.get("/en/my-work/").status_code == 302
