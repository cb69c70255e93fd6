"""A commune officer gives a value, a check warns, a reviewer returns it, the officer corrects it."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.indicators.factory import ONLINE, TRAINED, declared, world
from tests.marks import covers
from thuocdo.indicators.models import Observation, Verdict

pytestmark = pytest.mark.django_db
PERIOD = "period=2025-Q3"


@pytest.fixture
def here():
    made = world()
    made.trained = declared(replace(TRAINED, checks={"least": "0", "jump": "50"}, source="x"))
    made.online = declared(ONLINE)
    made.first = sent(made, "2025-Q2", value="40") and Observation.objects.get()
    return made


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def sent(here, period="2025-Q3", code="TRAINED", **fields):
    """The answer to a form that Dũng of the ward Đoàn Kết sends."""
    return client_of(here.dung).post(f"/en/indicators/{code}/enter/?period={period}", fields)


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@covers("3.09")
def test_what_is_known_is_shown_and_not_asked(here):
    answer = client_of(here.dung).get(f"/en/indicators/TRAINED/enter/?{PERIOD}")
    text = words(answer)
    for known in ("UBND phường Đoàn Kết", "1 July 2025–30 September 2025", "40 people"):
        assert known in text, known
    asked = set(re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', answer.content.decode()))
    assert asked - {"csrfmiddlewaretoken", "once", "sure", "q"} == {"value", "missing", "note"}


@covers("3.09", "3.03")
def test_nothing_is_not_zero_and_missing_needs_its_reason(here):
    assert "Nothing reported is not 0." in words(sent(here, value=""))
    assert sent(here, missing="not_applicable").status_code == 302
    last = Observation.objects.latest("pk")
    assert (last.value, last.missing, last.by) == (None, "not_applicable", here.dung)


@covers("3.09")
def test_a_check_warns_beside_the_field_and_a_note_keeps_the_value(here):
    warned = sent(here, value="90")
    assert "40: a change of 125 %" in words(warned)
    assert "Say why." in words(sent(here, value="90", sure="on"))
    assert sent(here, value="90", sure="on", note="Thêm hai lớp").status_code == 302
    assert Observation.objects.latest("pk").note == "Thêm hai lớp"


@covers("3.09")
def test_what_cannot_be_is_refused_whatever_is_ticked(here):
    assert "-1 is below the least possible, 0." in words(sent(here, value="-1", sure="on", note="Đúng"))
    assert "the part is larger than the whole" in words(
        sent(here, code="DOSSIERS_ONLINE", numerator="5", denominator="4", sure="on", note="Đúng")
    )
    assert Observation.objects.count() == 1


@covers("3.09", "3.03")
def test_a_ratio_is_asked_for_its_parts(here):
    assert sent(here, code="DOSSIERS_ONLINE", numerator="1", denominator="3").status_code == 302
    last = Observation.objects.latest("pk")
    assert (last.numerator, last.denominator, str(last.value)) == (1, 3, "0.333333")


@covers("3.09", "3.22")
def test_returned_corrected_confirmed_and_everybody_sees_it(here):
    giang, dung = client_of(here.giang), client_of(here.dung)
    pk, day = here.first.pk, (timezone.localdate() - timedelta(days=1)).isoformat()
    back = {"verdict": "return", "happened_on": day}
    assert "Say why." in words(giang.post(f"/en/observations/{pk}/judge/", back))
    assert giang.post(f"/en/observations/{pk}/judge/", {**back, "reason": "Thiếu một lớp"}).status_code == 302
    assert (
        dung.post(f"/en/observations/{pk}/correct/", {"value": "45", "reason": "Thêm lớp"}).status_code == 302
    )
    new = Observation.objects.latest("pk")
    assert (new.corrects_id, new.value) == (pk, 45)
    assert (
        giang.post(f"/en/observations/{new.pk}/judge/", {"verdict": "accept", "happened_on": day}).status_code
        == 302
    )
    assert list(Verdict.objects.order_by("pk").values_list("accepted", flat=True)) == [False, True]
    shown = words(dung.get(f"/en/indicators/TRAINED/?agency={here.doan_ket.code}"))
    assert "45 people" in shown
    assert "confirmed" in shown


@covers("3.09")
def test_nobody_enters_or_judges_outside_their_scope(here):
    foreign = f"/en/indicators/TRAINED/enter/?agency={here.pho_hien.code}"
    assert client_of(here.dung).get(foreign).status_code == 404
    assert client_of(here.dung).get(f"/en/observations/{here.first.pk}/judge/").status_code == 404
    assert Client().get(f"/en/observations/{here.first.pk}/correct/").status_code == 302
