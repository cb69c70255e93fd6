"""The lead reports and claims: once, with what was typed and the files sent kept through errors."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.assignments.factory import CLEAR, given, person, world
from tests.files.scanner import scanner
from tests.marks import covers
from tests.web.factory import fill, key_of, signed_in, text_of
from thuocdo.accounts.enums import Role
from thuocdo.assignments.enums import LimitClass
from thuocdo.assignments.models import Claim, Difficulty, Evidence, ForeignNumber, Hold, Report, Resource
from thuocdo.files.models import StoredFile

pytestmark = pytest.mark.django_db
SAID = {"text": "Đã trình dự thảo", "progress": "50", "happened_on": "2025-06-18"}
CLAIM = {
    **SAID, "completes": "on", "shown_on": "2025-06-17", "e1-kind": "issued_text", "e1-symbol": "145/KH-UBND"
}  # fmt: skip


@pytest.fixture
def here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    found = world()
    found.row = given(found)
    found.address = f"/en/assignments/{found.row.pk}/report/"
    found.giang = person("giang", found.hung_yen, Role.FOCAL)
    return found


def pdf(name="quyet-dinh.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.4 an example")


@covers("1.14")
def test_a_report_is_sent(here):
    answer = fill(signed_in(here.an), here.address, **SAID)
    assert answer.url == f"/en/assignments/{here.row.pk}/"
    assert Report.objects.get().by == here.an


@covers("1.14")
def test_a_claim_carries_its_evidence_and_the_day_shown(here):
    fill(signed_in(here.an), here.address, **CLAIM)
    assert Claim.objects.get().shown_on == date(2025, 6, 17)
    assert Evidence.objects.get().symbol == "145/KH-UBND"


@covers("1.29")
@pytest.mark.parametrize("who", ["giang", "binh", "chi"])
def test_nobody_else_reports(here, who):
    client = signed_in(getattr(here, who))
    assert [client.get(here.address).status_code, client.post(here.address, SAID).status_code] == [404, 404]


@covers("2.03")
def test_a_missed_report_is_sent_for_its_period(here):
    terms = replace(CLEAR, limit_class=LimitClass.STANDING, limit_on=None, reporting_period="month")
    row = given(here, terms)
    address = f"/en/assignments/{row.pk}/report/"
    page = text_of(signed_in(here.an).get(f"{address}?as_of=2025-06-18"))
    assert "2025-04: from 1 April 2025 to 30 April 2025, sent by" in page
    assert "About which period" not in text_of(signed_in(here.an).get(here.address))
    fill(signed_in(here.an), address, **SAID, period="2025-04")
    fill(signed_in(here.an), address, **SAID)
    assert list(Report.objects.order_by("pk").values_list("period", flat=True)) == ["2025-04", "2025-05"]


def test_what_is_known_already_is_shown_and_not_asked(here):
    page = text_of(signed_in(here.an).get(here.address))
    assert "Already known, not asked again" in page
    assert CLEAR.product in page


@covers("1.14")
def test_a_claim_without_evidence_is_refused_in_words_and_keeps_the_text(here):
    answer = fill(signed_in(here.an), here.address, **{**SAID, "completes": "on", "shown_on": "2025-06-17"})
    assert "A claim of completion needs evidence." in text_of(answer)
    assert "Đã trình dự thảo" in answer.content.decode()
    assert not Report.objects.exists()


def test_the_error_stands_beside_its_field(here):
    answer = fill(signed_in(here.an), here.address, **{**CLAIM, "shown_on": "2025-06-19"})
    assert 'id="id_shown_on-error"' in answer.content.decode()


def test_a_file_that_was_sent_survives_another_error(here):
    client = signed_in(here.an)
    sent = {**CLAIM, "text": "", "e1-kind": "signed_file", "e1-symbol": "", "e1-file": pdf()}
    page = fill(client, here.address, **sent)
    kept = page.content.decode().split('name="e1-kept" value="')[1].split('"')[0]
    again = {**sent, "text": "Đã ban hành", "e1-kept": kept, "once": key_of(page)}
    del again["e1-file"]
    client.post(here.address, again)
    assert Evidence.objects.get().file == StoredFile.objects.get()


def test_a_kept_file_of_somebody_else_is_not_taken(here):
    other = person("hoa", here.lai_chau, Role.FOCAL)
    sent = {**CLAIM, "text": "", "e1-kind": "signed_file", "e1-symbol": "", "e1-file": pdf()}
    page = fill(signed_in(other), here.address, **sent)
    kept = page.content.decode().split('name="e1-kept" value="')[1].split('"')[0]
    again = {**CLAIM, "e1-kind": "signed_file", "e1-symbol": "", "e1-kept": kept}
    assert "has to name" in text_of(fill(signed_in(here.an), here.address, **again))


def test_a_file_of_a_kind_that_is_not_taken_is_refused_beside_it(here):
    bad = SimpleUploadedFile("x.html", b"<script>1</script>")
    page = fill(signed_in(here.an), here.address, **{**SAID, "e1-kind": "photo", "e1-file": bad})
    assert 'id="id_e1-file-error"' in page.content.decode()
    assert not StoredFile.objects.exists()


@covers("1.14")
def test_the_same_form_sent_twice_is_one_report(here):
    client = signed_in(here.an)
    sent = {**SAID, "once": key_of(client.get(here.address))}
    answers = [client.post(here.address, sent).url for _ in range(2)]
    assert answers[0] == answers[1]
    assert Report.objects.count() == 1


def test_a_form_that_was_refused_can_be_sent_again(here):
    client = signed_in(here.an)
    key = key_of(client.get(here.address))
    client.post(here.address, {**SAID, "happened_on": "2031-01-01", "once": key})
    client.post(here.address, {**SAID, "once": key})
    assert Report.objects.count() == 1


def test_a_claim_is_corrected_and_its_evidence_stays(here):
    client = signed_in(here.an)
    fill(client, here.address, **CLAIM)
    first = Report.objects.get()
    fill(client, f"/reports/{first.pk}/correct/", **{**SAID, "shown_on": "2025-06-16"})
    assert Claim.objects.get(corrects=first.claim).shown_on == date(2025, 6, 16)
    assert Evidence.objects.filter(report__corrects=first).count() == 1


@covers("1.29")
def test_another_agency_corrects_nothing(here):
    fill(signed_in(here.an), here.address, **SAID)
    assert signed_in(here.giang).get(f"/reports/{Report.objects.get().pk}/correct/").status_code == 404


SINCE = {"opened_on": "2025-06-01"}
HOLD = {"agency": "BKHCN", "reason": "Chờ hướng dẫn", **SINCE}
MET = {"kind": "money", "text": "Chưa bố trí vốn", "owner": "bộ kh&cn", **SINCE}
MONEY = {"kind": "asked", "amount": "1200000000", "unit": "VND", "source_text": "Tờ trình 12"}
SMALL = [
    ("waits/", Hold, HOLD),
    ("difficulty/", Difficulty, MET),
    ("resources/", Resource, {**MONEY, "happened_on": "2025-06-01"}),
    ("number/", ForeignNumber, {"system": "System 57", "number": "57-118", "entered_on": "2025-06-02"}),
]


@covers("1.14", "1.15")
@pytest.mark.parametrize(("path", "table", "fields"), SMALL)
def test_small_facts_are_recorded(here, path, table, fields):
    fill(signed_in(here.an), f"/en/assignments/{here.row.pk}/{path}", **fields)
    assert table.objects.get().assignment == here.row


@covers("1.29")
@pytest.mark.parametrize(("path", "table", "fields"), SMALL)
def test_small_facts_of_other_agencies_are_not_recorded(here, path, table, fields):
    address = f"/en/assignments/{here.row.pk}/{path}"
    assert signed_in(here.giang).post(address, fields).status_code == 404
    assert not table.objects.exists()


def test_what_was_waited_for_has_come(here):
    client = signed_in(here.an)
    fill(client, f"/assignments/{here.row.pk}/waits/", **HOLD)
    fill(client, f"/holds/{Hold.objects.get().pk}/close/", closed_on="2025-06-10")
    assert Hold.objects.get().closed_on == date(2025, 6, 10)


def test_who_owns_a_difficulty_says_that_it_is_removed(here):
    fill(signed_in(here.an), f"/assignments/{here.row.pk}/difficulty/", **MET)
    found = Difficulty.objects.get()
    owner = person("khanh", here.ministry, Role.FOCAL)
    assert signed_in(here.giang).get(f"/difficulties/{found.pk}/remove/").status_code == 404
    fill(signed_in(owner), f"/difficulties/{found.pk}/remove/", closed_on="2025-06-20")
    assert Difficulty.objects.get().closed_on == date(2025, 6, 20)


@covers("2.15")
def test_while_the_scanner_is_silent_the_sender_is_told_and_nothing_is_lost(here, settings):
    settings.CLAMD = "tcp://127.0.0.1:9"
    client = signed_in(here.an)
    sent = {**CLAIM, "e1-kind": "signed_file", "e1-symbol": "", "e1-file": pdf()}
    page = text_of(client.get(fill(client, here.address, **sent).url))
    assert "The file “quyet-dinh.pdf” is kept." in page
    answer = client.get(f"/en/files/{Evidence.objects.get().file_id}/")
    assert (answer.status_code, "has not answered yet" in text_of(answer)) == (409, True)


@covers("2.15")
def test_the_reviewer_sees_which_file_waits_for_the_scanner(here, settings):
    settings.CLAMD = "tcp://127.0.0.1:9"
    fill(
        signed_in(here.an),
        here.address,
        **{**CLAIM, "e1-kind": "signed_file", "e1-symbol": "", "e1-file": pdf()},
    )
    page = text_of(signed_in(here.binh).get(f"/en/claims/{Claim.objects.get().pk}/review/"))
    assert "quyet-dinh.pdf (waits for the virus scanner)" in page


@covers("2.15")
def test_an_infected_file_is_said_beside_it_and_the_words_stay(here, settings):
    bad = SimpleUploadedFile("x.pdf", b"%PDF-1.4 EICAR")
    with scanner() as server:
        settings.CLAMD = server.address
        page = fill(signed_in(here.an), here.address, **{**SAID, "e1-kind": "photo", "e1-file": bad})
    assert "found Eicar-Test-Signature in the file" in text_of(page)
    assert SAID["text"] in page.content.decode()


@covers("2.15")
@pytest.mark.parametrize("who", ["an", None])
def test_what_is_larger_than_any_form_is_answered_before_it_is_read(here, settings, who):
    settings.LARGEST_REQUEST = 1000
    client = signed_in(here.an) if who else Client()
    answer = client.post(here.address, {"text": "x" * 2000})
    assert (answer.status_code, "Nothing was taken in." in text_of(answer)) == (413, True)
