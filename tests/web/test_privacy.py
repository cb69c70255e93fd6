"""Personal data: every column that holds some is named; exports; an erasure leaves the log valid (2.22)."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone

from tests.assignments.factory import JUNE, claimed, given, person, world
from tests.marks import covers
from tests.web.factory import fill, signed_in, text_of
from tests.web.test_account import WORD, entering, set_up, stands_in, with_password
from thuocdo.accounts import actions
from thuocdo.accounts.actions import Grant
from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import Erasure, Membership, Sending, User
from thuocdo.accounts.rules.retention import SENDINGS
from thuocdo.audit import actions as log_actions
from thuocdo.audit import verify, verify_rows
from thuocdo.audit.models import Entry
from thuocdo.lib.moments import DAY_MAX
from thuocdo.lib.say import Refused
from thuocdo.notices import actions as notice_actions
from thuocdo.notices.models import Choice, Feed, Letter, Notice
from thuocdo.web.personal import HOLDINGS, PERIODS_OF_ALL, columns_of_acts, forget_expired

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "privacy.md"
NAMED = {
    (holding.table, column)
    for holding in HOLDINGS
    for column in (*holding.owner, *holding.columns, *holding.secret)
}


def personal_columns():
    """Every column that points at an account, is masked in the log, or holds a mail or network address."""
    for model in apps.get_models():
        masked = getattr(model, "audited_personal", ())
        for field in model._meta.concrete_fields:
            kinds = isinstance(field, models.EmailField | models.GenericIPAddressField)
            if field.related_model is User or kinds or field.name in masked:
                yield model._meta.label, field.name


@covers("2.22")
def test_every_personal_column_of_the_tables_is_named():
    acts = set(columns_of_acts())
    missing = [one for one in personal_columns() if one not in NAMED and ".".join(one) not in acts]
    assert missing == []


@covers("2.22")
def test_what_is_named_stands_in_the_tables_and_is_named_once():
    assert len({holding.table for holding in HOLDINGS}) == len(HOLDINGS)
    for holding in HOLDINGS:
        model = apps.get_model(holding.table)
        for column in (*holding.owner, *holding.columns, *holding.secret):
            model._meta.get_field(column)


@covers("2.22")
def test_of_a_table_of_ones_own_every_column_is_named():
    for holding in HOLDINGS:
        if holding.owner:
            columns = {field.name for field in apps.get_model(holding.table)._meta.concrete_fields}
            assert columns - {column for table, column in NAMED if table == holding.table} <= {"id", "by"}


@covers("2.22")
def test_the_document_names_them_all_and_the_periods():
    text = DOCUMENT.read_text(encoding="utf-8")
    for table, column in NAMED:
        line = next(line for line in text.splitlines() if line.startswith(f"| `{table}`"))
        assert column in line or column in ("id", "user")
    assert all(f"`{name}`" in text for name in (*columns_of_acts(), *PERIODS_OF_ALL))
    assert f"{SENDINGS.days} days" in text


@pytest.fixture
def here(db):
    """The world, with Sen, steward of Lai Châu; An has signed in with a code, and made a claim."""
    found = world()
    found.sen = person("sen", found.lai_chau, Role.STEWARD)
    found.claim = claimed(found, given(found))
    return found


def erased(here, user=None, by=None, **more):
    user = User.objects.get(pk=(user or here.an).pk)
    if user.is_active:
        actions.set_active(user=user, active=False, by=here.sen, at=timezone.now())
    facts = {"decision": "Quyết định 9/QĐ-SNV", "by": by or here.sen, "at": timezone.now(), **more}
    return actions.erase_person(user=user, **facts)


@covers("2.22")
def test_a_person_reads_and_takes_away_what_is_held_of_them(here):
    client = entering(with_password(here.an))
    page = text_of(client.get("/en/account/mine/data/"))
    assert all(words in page for words in ("an@example.vn", "claim.sent", "127.0.0.1"))
    data = json.loads(client.get("/en/account/mine/data.json").content)
    assert data["accounts.User"][0]["email"] == "an@example.vn"
    assert data["accounts.Membership"][0]["role"] == "focal"
    assert "claim.sent" in {act["verb"] for act in data["acts"]}


@covers("2.22")
def test_no_secret_is_in_what_is_taken_away(here):
    client = entering(with_password(here.an))
    set_up(client)
    text = client.get("/en/account/mine/data.json").content.decode()
    kept = User.objects.get(pk=here.an.pk).password
    assert not any(secret in text for secret in (WORD, kept, client.session.session_key, "secret", "seed"))


@covers("2.22")
def test_a_steward_hands_it_over_and_the_log_tells(here):
    client = signed_in(here.sen)
    assert "an@example.vn" in text_of(client.get(f"/en/people/{here.an.pk}/data/"))
    assert client.get(f"/en/people/{here.an.pk}/data.json").status_code == 405
    assert b"an@example.vn" in client.post(f"/en/people/{here.an.pk}/data.json").content
    assert Entry.objects.filter(verb="user.exported", row_id=here.an.pk, by_id=here.sen.pk).exists()


@covers("2.22")
@pytest.mark.parametrize("page", ["data/", "erase/"])
def test_of_a_person_of_other_agencies_a_steward_gets_nothing(here, page):
    assert signed_in(here.sen).get(f"/en/people/{here.binh.pk}/{page}").status_code == 404


@covers("2.22")
def test_an_erasure_takes_everything_that_tells_who_it_was(here):
    client = entering(with_password(here.an))
    set_up(client)
    stands_in(here, here.an, here.sen, here.lai_chau)
    grant = Grant("máy tính của An", ("read_own",), timezone.now() + timedelta(days=9))
    token, _secret = actions.make_token(user=here.an, grant=grant, by=here.an, at=timezone.now())
    erased(here)
    token.refresh_from_db()
    assert token.revoked_at is not None
    user = User.objects.get(pk=here.an.pk)
    assert (user.name, user.email, user.has_usable_password()) == ("", f"{user.pk}@erased.invalid", False)
    assert client.get("/en/account/mine/").status_code == 302
    assert not UserSession.objects.filter(user=user).exists()
    assert not Membership.objects.filter(user=user, closed_on=DAY_MAX).exists()
    data = json.loads(signed_in(here.sen).post(f"/en/people/{user.pk}/data.json").content)
    assert "an@example" not in str(data)


@covers("2.22", "1.22")
def test_after_an_erasure_the_log_verifies_and_says_on_whose_decision(here, settings, tmp_path):
    settings.VAR = tmp_path
    log_actions.seal(at=timezone.now())
    erased(here)
    log_actions.seal(at=timezone.now())
    assert [*verify.log(), *verify_rows.rows()] == []
    entry = Entry.objects.get(verb="erasure.decided")
    assert (entry.new["decision"], entry.by_id) == ("Quyết định 9/QĐ-SNV", here.sen.pk)
    assert here.an.email not in str(list(Entry.objects.values_list("old", "new")))


@covers("2.22")
def test_the_acts_stay_as_those_of_a_person_who_left(here):
    erased(here)
    page = text_of(signed_in(here.binh).get(f"/en/claims/{here.claim.pk}/review/"))
    assert "a person who left (erased on" in page
    assert here.claim.report.by_id == here.an.pk


@covers("2.22")
def test_nobody_whose_account_is_open_is_erased(here):
    with pytest.raises(Refused, match="Shut the account first"):
        actions.erase_person(user=here.an, decision="9/QĐ", by=here.sen, at=timezone.now())


@covers("2.22")
def test_nobody_erases_themselves_nor_without_a_decision(here):
    with pytest.raises(Refused, match="Nobody erases their own"):
        erased(here, by=here.an)
    with pytest.raises(Refused, match="on whose decision"):
        erased(here, decision=" ")


@covers("2.22")
def test_a_person_is_erased_once(here):
    erased(here)
    with pytest.raises(Refused, match="already erased"):
        erased(here)


@covers("2.22")
def test_the_page_of_an_erasure_says_which_duties_name_the_person(here):
    User.objects.filter(pk=here.an.pk).update(name="Nguyễn Văn Mẫu", is_active=False)  # as the head
    address = f"/en/people/{here.an.pk}/erase/"
    assert "One duty names a head of this name" in text_of(signed_in(here.sen).get(address))
    fill(signed_in(here.sen), address, decision="Theo đề nghị của người đó")
    assert Erasure.objects.get().user == here.an
    assert given(here).head_name == "Nguyễn Văn Mẫu"


@covers("2.22")
def test_periods_that_are_over_end_the_keeping(here):
    client = entering(with_password(here.an))
    for days in (SENDINGS.days - 1, SENDINGS.days + 1):
        at = timezone.now() - timedelta(days=days)
        Sending.objects.create(user=here.an, key=f"k{days}", recorded_at=at)
    Session.objects.filter(session_key=client.session.session_key).update(expire_date=JUNE)
    ended = forget_expired(timezone.now())
    assert (ended["sessions"], ended["browsers"], ended["sendings"]) == (1, 1, 1)
    assert Sending.objects.get().key == f"k{SENDINGS.days - 1}"


@covers("2.22")
def test_what_a_person_was_told_goes_with_them(here):
    made = timezone.now() - timedelta(days=1)
    notice_actions.choose(mail=True, sms=True, phone="0912345678", by=here.an, at=made)
    notice_actions.open_feed(by=here.an, at=made)
    letter = Letter.objects.create(
        user=here.an, channel="mail", day=made.date(), address=here.an.email, text="Chào An", language="vi",
        next_at=made, made_at=made, state="sent",
    )  # fmt: skip
    Notice.objects.create(user=here.an, kind="given", key="1", link="/", made_at=made, mail=letter)
    actions.set_active(user=here.an, active=False, by=here.sen, at=made)
    fill(signed_in(here.sen), f"/en/people/{here.an.pk}/erase/", decision="9/QĐ-SNV")
    assert (Letter.objects.exists(), Notice.objects.exists()) == (False, False)
    assert (Choice.objects.get().phone, Feed.objects.filter(revoked_at=None).exists()) == ("", False)
    assert list(verify_rows.rows()) == []


@covers("2.22")
def test_letters_are_kept_as_long_as_a_notice_that_went_out_in_them(here):
    old = timezone.now() - PERIODS_OF_ALL["notices"].length - timedelta(days=1)
    facts = {"user": here.an, "channel": "sms", "address": "x", "text": "x", "language": "vi", "next_at": old}
    kept, gone = (Letter.objects.create(day=old.date(), made_at=old, state="sent", **facts) for _ in range(2))
    Notice.objects.create(user=here.an, kind="given", key="1", link="/", made_at=old, sms=kept)
    Notice.objects.create(user=here.an, kind="given", key="2", link="/", made_at=old, read_at=old, sms=gone)
    assert forget_expired(timezone.now())["notices"] == 2
    assert Letter.objects.get() == kept
