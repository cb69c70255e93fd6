"""What an attacker tries at every page, as tables: forms, foreign hosts, paths, names, tables (2.21)."""

import csv
import io
import re
import zipfile
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.mail import BadHeaderError, EmailMessage
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from tests.files.factory import PDF, stored
from tests.files.scanner import scanner
from tests.marks import covers
from tests.web import access_world
from tests.web.access_world import ROLES
from tests.web.test_access_table import lines, stands
from thuocdo.accounts.models import User
from thuocdo.assignments import exports
from thuocdo.audit.models import Entry
from thuocdo.directives import workbook_zip
from thuocdo.files import places, queries
from thuocdo.lib.say import Say
from thuocdo.web import access

pytestmark = pytest.mark.django_db
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
PASSWORD = "bốn mùa hoa ban nở"
TAGS = re.compile(r"<script(?![^>]*\bsrc=\"/static/)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


@pytest.fixture
def scene(settings, tmp_path):
    settings.SIGN_IN_OF_EXAMPLES = True
    settings.MEDIA_ROOT = tmp_path
    settings.SHOW_COMPONENTS = True
    return access_world.scene()


def someone() -> User:
    """A person who can sign in."""
    user = User(email="an@example.org", name="An", created_at=access_world.JUNE)
    user.set_password(PASSWORD)
    user.save()
    return user


def addresses(scene, role):
    """Every address of the table of access, for an object that this role may see where there is one."""
    for address, one, expected in lines():
        if one == role and stands(address):
            yield address.format(**scene.own.ids), expected


def asked(client, address):
    """An answer, read to its end, with its body."""
    answer = client.get(address)
    return answer, b"".join(answer.streaming_content) if answer.streaming else answer.content


def faults(answer, body):
    """What a page lacks, or has and should not have."""
    policy = answer.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy or "*" in policy:
        yield f"policy {policy!r}"
    yield from (name for name, value in HEADERS.items() if answer.headers.get(name) != value)
    yield from (name for name, one in answer.cookies.items() if name != "csrftoken" and not one["httponly"])
    if answer.headers["Content-Type"].startswith("text/html"):
        yield from TAGS.findall(body.decode())


@covers("2.21", "1.30")
@pytest.mark.parametrize("role", ROLES)
def test_every_page_carries_its_headers_has_no_code_in_it_and_no_cookie_that_scripts_read(scene, role):
    pages = [address for address, _expected in addresses(scene, role)]
    wrong = [(page, list(faults(*asked(scene.clients[role], page)))) for page in pages]
    assert (len(pages) > 40, [one for one in wrong if one[1]]) == (True, [])


@covers("2.21")
def test_where_the_server_is_reached_over_https_cookies_travel_over_nothing_else(settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    sent = {"login": someone().email, "password": PASSWORD}
    answer = Client().post("/en/account/login/", sent, secure=True)
    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")


@covers("2.21")
@pytest.mark.parametrize("role", [role for role in ROLES if role != "public"])
def test_no_form_is_taken_without_its_token(scene, role):
    """403 of the form, or the same 404 and redirect as for a GET; never an act."""
    user = User.objects.get(pk=scene.clients[role].session["_auth_user_id"])
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    before, wrong = Entry.objects.count(), []
    for address, _expected in addresses(scene, role):
        answer = client.post(address, {"text": "x"})
        wrong += [] if answer.status_code == 403 else [(address, answer.status_code)]
    assert (wrong, Entry.objects.count()) == ([], before)


def views(patterns):
    for one in patterns:
        yield from views(one.url_patterns) if hasattr(one, "url_patterns") else [one]


@covers("2.21")
def test_no_view_is_exempt_from_the_token():
    parts = ("thuocdo.web.urls", "thuocdo.web.account_urls")
    pages = [one for part in parts for one in views(get_resolver(part).url_patterns)]
    exempt = [str(one.pattern) for one in pages if getattr(one.callback, "csrf_exempt", False)]
    assert (len(pages) > 50, exempt) == (True, [])


ONWARD = [
    "https://example.net/", "//example.net/", "///example.net", "/\\example.net", "\\\\example.net",
    "http:example.net", "https:///example.net", "javascript:1", "data:text/html,x", "/%09/example.net",
    "\thttps://example.net", "https://127.0.0.1@example.net/", "https://example.net/my-work/",
]  # fmt: skip


@covers("2.21", "1.30")
@pytest.mark.parametrize("onward", ONWARD)
def test_no_address_leads_to_another_host_after_signing_in_or_out(onward):
    client = Client()
    sent = {"login": someone().email, "password": PASSWORD, "next": onward}
    answers = [client.post("/en/account/login/", sent), client.post("/en/account/logout/", {"next": onward})]
    for answer in answers:
        place = answer.headers.get("Location", "/")
        host = urlsplit(urljoin("http://testserver/", place)).netloc
        assert (host, re.search(r"[\\\s]|^//", place)) == ("testserver", None), place


PATHS = [
    "/static/../thuocdo/config/settings.py", "/static/%2e%2e/%2e%2e/etc/passwd", "/static//etc/passwd",
    "/static/..%2f..%2fetc/passwd", "/static/%00", "/files/../../etc/passwd", "/files/%2e%2e%2fsecret-key/",
    "/files/1%00/", "/files/..;/secret-key", "/log/../../secret-key", "/.env", "/.git/config", "/secret-key",
    "/log-key.pem",
]  # fmt: skip


@covers("2.21")
@pytest.mark.parametrize("address", PATHS)
def test_no_path_leads_out_of_what_is_served(scene, address):
    answer, body = asked(scene.clients["inspector"], address)
    assert answer.status_code in (301, 302, 400, 404)
    assert (b"root:" in body, b"SECRET" in body) == (False, False)


NAMES = [
    "../../etc/cron.d/x", "..\\..\\x", "/etc/passwd", "\x00x.pdf", "x\r\nSet-Cookie: a=b.pdf",
    'a";filename="b.exe', "a\u2028b.pdf", "%0d%0aX-Evil: 1.pdf",
]  # fmt: skip


@covers("2.21", "2.15")
@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_file_is_never_a_path_or_a_header(settings, tmp_path, name):
    settings.MEDIA_ROOT = tmp_path / "files"
    row = stored(name, PDF)
    pieces, headers = queries.open_file(row)
    answer = HttpResponse(b"".join(pieces), headers=headers)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [places.place_of(row.sha256)]
    assert set(answer.headers) == set(headers)
    assert "/" not in row.name
    assert "\\" not in row.name


DANGEROUS = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "-", "+84 912"]


@covers("2.21")
@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_an_export_is_a_formula(text):
    table = exports.Table([text], ["work"], [text], [[text]])
    text_of = b"".join(exports.as_csv(table)).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text_of, newline=""), delimiter=";") for cell in row]
    assert (len(cells), [cell for cell in cells if re.match(r"[=+\-@\t\r]", cell)]) == (3, [])
    out = io.BytesIO()
    exports.as_xlsx(table, out)
    with zipfile.ZipFile(out) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert ("<f>" in sheet, "<hyperlink" in sheet) == (False, False)


@covers("2.21", "2.08")
@pytest.mark.parametrize("text", ["x\r\nBcc: all@example.org", "x\nBcc: all@example.org", "x\rTo: y"])
def test_no_subject_or_address_of_a_letter_carries_a_header(text):
    for letter in (
        EmailMessage(text, "x", "a@example.org", ["b@example.org"]),
        EmailMessage("x", "x", "a@example.org", [text]),
    ):
        with pytest.raises((BadHeaderError, ValueError)):
            letter.message()


@covers("2.21")
@pytest.mark.parametrize("host", ["example.net", "127.0.0.1:80@example.net", "localhost\\.example.net"])
def test_a_foreign_host_in_the_request_is_not_answered(host):
    assert Client().get("/en/", HTTP_HOST=host).status_code == 400


ODD = [
    "/en/assignments/999999999999999999999/", "/en/?as_of=%00", "/en/search/?q=%00%ff", "/en/files/0/",
    "/en/assignments/?agency=%27%3B--", "/en/?as_of=2025-02-30",
]  # fmt: skip


@covers("2.21")
@pytest.mark.parametrize("address", ODD)
def test_nothing_odd_in_an_address_shows_the_inside(scene, address):
    answer = scene.clients["inspector"].get(address)
    assert answer.status_code < 500
    assert b"Traceback" not in answer.content


BOMB = {
    "laughing.ods": b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><l>&b;</l>',
    "external.ods": b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l>&a;</l>',
    "utf16.ods": '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "a">]><l>&a;</l>'.encode("utf-16"),
}


@covers("2.21", "1.24")
@pytest.mark.parametrize("name", BOMB)
def test_no_entity_of_a_table_is_ever_resolved(name):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", BOMB[name])
    assert isinstance(workbook_zip.unpack(out.getvalue()), Say)


@covers("2.21", "1.24")
@pytest.mark.parametrize("claimed", ["true", "false"])
def test_a_table_that_unpacks_without_end_is_refused(claimed):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (workbook_zip.MOST_UNPACKED + 1))
    content = bytearray(out.getvalue())
    if claimed == "false":  # the list of contents says that it is small
        at = content.rindex(b"xl/worksheets/sheet1.xml") - 46
        content[at + 24 : at + 28] = (100).to_bytes(4, "little")
    assert isinstance(workbook_zip.unpack(bytes(content)), Say)


@covers("2.21")
def test_a_page_states_what_it_requires_or_is_not_served():
    assert [row for row in access.rows() if row.permission is None] == []


# Who speaks to another machine. The address stands in the settings; nothing that is sent to us names one.
OUTWARD = {"thuocdo/files/clamd.py", "thuocdo/notices/channels.py", "thuocdo/web/identity_pages.py"}
NETWORK = re.compile(
    r"^\s*(?:import|from) (?:requests|httpx|socket|urllib\.request|http\.client|smtplib)\b", re.M
)


@covers("2.21")
def test_only_named_adapters_speak_to_other_machines():
    """No address in a form, a file or an API call is ever fetched: who imports the network stands above."""
    root = Path(access.__file__).parents[2]
    found = {
        str(path.relative_to(root))
        for path in (root / "thuocdo").rglob("*.py")
        if NETWORK.search(path.read_text(encoding="utf-8"))
    }
    assert found - OUTWARD == set()


@covers("2.21", "2.15")
def test_the_scanner_is_the_one_of_the_configuration_whatever_a_file_says(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with scanner() as server, scanner() as other:
        settings.CLAMD = server.address
        stored(f"{other.address}.pdf", PDF + f" /URI ({other.address})".encode())
    assert (len(server.heard), other.asked) == (1, [])
