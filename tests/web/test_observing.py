"""A commune officer gives a value, a check warns, a reviewer returns it, the officer corrects it."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.indicators.factory import ONLINE, TRAINED, count, declared, told, world
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
    hidden = {"csrfmiddlewaretoken", "once", "sure", "kept", "q"}
    assert asked - hidden == {"value", "missing", "note", "file"}


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


@covers("3.09", "3.01")
def test_parts_are_checked_against_the_total_and_a_total_against_its_parts(here):
    declared(replace(TRAINED, disaggregations=[["sex", ["female", "male"]]], source="y"))
    assert sent(here, "2025-Q3&part=sex%3Dfemale", value="30").status_code == 302
    assert "The parts make 30, the total is 20." in words(sent(here, value="20", sure="on", note="Đúng"))
    assert sent(here, value="50").status_code == 302
    male = "2025-Q3&part=sex%3Dmale"
    assert "The parts make 55, the total is 50." in words(sent(here, male, value="25"))
    assert "The parts make 49, the total is 50." in words(sent(here, male, value="19"))
    assert sent(here, male, value="20").status_code == 302
    assert client_of(here.dung).get("/en/indicators/TRAINED/enter/?part=age%3Dold").status_code == 404


@covers("3.09")
def test_a_value_above_another_indicator_warns(here):
    invited = declared(replace(TRAINED, code="INVITED", name="Số người được mời"))
    told(invited, count(here.doan_ket, 44))
    declared(replace(TRAINED, checks={"not_above": "INVITED"}, source="y"))
    assert "It is above “Số người được mời”, which is 44." in words(sent(here, value="45"))
    assert sent(here, value="45", sure="on", note="Có người đến không mời").status_code == 302


@covers("3.09", "3.03")
def test_a_file_shows_the_value_and_is_kept_whatever_else_is_wrong(here, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    answer = sent(here, value="", file=SimpleUploadedFile("danh sách.pdf", b"%PDF-1.7 danh sach"))
    kept = re.search(r'name="kept" value="([^"]+)"', answer.content.decode())[1]
    assert sent(here, value="41", kept=kept).status_code == 302
    row = Observation.objects.latest("pk")
    assert row.file.name == "danh sách.pdf"
    assert (
        f'href="/en/files/{row.file_id}/"'
        in client_of(here.dung).get(f"/en/observations/{row.pk}/").content.decode()
    )
    for reader, status in ((here.dung, 200), (here.giang, 200), (here.an, 200), (here.binh, 404)):
        assert client_of(reader).get(f"/en/files/{row.file_id}/").status_code == status, reader


@covers("3.09")
def test_my_work_says_which_values_are_to_give_returned_and_to_confirm(here):
    by = {"reported_by": here.doan_ket.kind, "reported_at": here.doan_ket.level}
    declared(replace(ONLINE, code="OWED", **by))
    mine = words(client_of(here.dung).get("/en/my-work/values/"))
    assert "Values to give 1" in mine
    assert "Dossiers filed online UBND phường Đoàn Kết" in mine
    assert "Values to confirm 1 Value Agency Given on TRAINED" in words(
        client_of(here.giang).get("/en/my-work/")
    )
    day = timezone.localdate().isoformat()
    back = {"verdict": "return", "happened_on": day, "reason": "Thiếu một lớp"}
    client_of(here.giang).post(f"/en/observations/{here.first.pk}/judge/", back)
    assert "Values returned to us 1" in words(client_of(here.dung).get("/en/my-work/"))
    assert "Thiếu một lớp" in words(client_of(here.dung).get("/en/my-work/"))
    assert "Values to confirm" not in words(client_of(here.giang).get("/en/my-work/"))
