"""Every operation for every role: open, asking for a token, or answering as if it were not there."""

import re

import pytest
from django.contrib.auth import SESSION_KEY

from tests.api.client import Program, program, said
from tests.marks import covers
from tests.web import access_world
from tests.web.access_world import MARK, MISSING, ROLES
from thuocdo.accounts.enums import Permission
from thuocdo.accounts.models import User
from thuocdo.api import urls  # noqa: F401 - declares the operations
from thuocdo.api.operations import TABLE as OPERATIONS

pytestmark = pytest.mark.django_db

# ok: answered (a write may be refused by the rules), in: 401, --: 404. An object is asked for inside the
# scope of the callers, outside it (-- for all but who reads everything), and where there is none: 404 too.
TABLE = """
operation                                    public  focal registrar reviewer leader inspector steward
GET /agencies                                ok      ok    ok        ok       ok     ok        ok
GET /agencies/{agency}                       ok      ok    ok        ok       ok     ok        ok
GET /assignments                             ok      ok    ok        ok       ok     ok        ok
GET /assignments/{assignment}                --      ok    ok        ok       ok     ok        ok
GET /directives                              ok      ok    ok        ok       ok     ok        ok
GET /directives/{directive}                  --      ok    ok        ok       ok     ok        ok
GET /directives/{directive}/provisions       --      ok    ok        ok       ok     ok        ok
GET /overview                                ok      ok    ok        ok       ok     ok        ok
GET /tallies                                 ok      ok    ok        ok       ok     ok        ok
GET /changes                                 ok      ok    ok        ok       ok     ok        ok
GET /me                                      ok      ok    ok        ok       ok     ok        ok
GET /work                                    in      ok    ok        ok       ok     ok        ok
GET /log/head                                --      --    --        --       --     --        --
GET /log/entries                             in      --    --        --       --     ok        ok
GET /log/entries/{entry}/proof               --      --    --        --       --     --        --
GET /indicators                              ok      ok    ok        ok       ok     ok        ok
GET /indicators/{indicator}                  --      ok    ok        ok       ok     ok        ok
GET /indicators/{indicator}/observations     --      ok    ok        ok       ok     ok        ok
GET /observations/{observation}              --      ok    ok        --       ok     ok        ok
GET /files/{file}                            --      ok    ok        ok       ok     ok        ok
POST /files                                  in      ok    --        --       --     --        --
POST /assignments/{assignment}/reports       in      ok    --        --       --     --        --
POST /assignments/{assignment}/claims        in      ok    --        --       --     --        --
POST /reports/{report}/corrections           in      ok    --        --       --     --        --
POST /assignments/{assignment}/requests      in      ok    --        --       --     --        --
POST /assignments/{assignment}/holds         in      ok    --        --       --     --        --
POST /holds/{hold}/end                       in      ok    --        --       --     --        --
POST /assignments/{assignment}/difficulties  in      ok    --        --       --     --        --
POST /difficulties/{difficulty}/end          in      ok    --        --       --     --        --
POST /assignments/{assignment}/resources     in      ok    --        --       --     --        --
POST /assignments/{assignment}/numbers       in      ok    ok        --       --     --        --
POST /indicators/{indicator}/observations    in      ok    --        --       --     --        --
POST /observations/{observation}/corrections in      ok    --        --       --     --        --
POST /observations/{observation}/verdicts    in      --    --        --       --     --        --
POST /claims/{claim}/reviews                 in      --    --        ok       --     --        --
POST /reviews/{review}/corrections           in      --    --        ok       --     --        --
POST /requests/{request}/decisions           in      --    ok        --       --     --        --
POST /holds/{asked}/answers                  in      ok    --        --       --     --        --
POST /holds/{hold}/decisions                 in      --    ok        --       --     --        --
POST /agencies/{agency}/outages              in      ok    --        --       --     --        --
POST /outages/{outage}/end                   in      ok    --        --       --     --        --
GET /agencies/{agency}/demands               in      ok    ok        ok       ok     ok        ok
GET /demands/{demand}                        in      ok    ok        --       ok     ok        ok
POST /assignments/{assignment}/demands       in      --    --        --       --     ok        --
POST /agencies/{agency}/demands              in      --    --        --       --     ok        --
POST /demands/{demand}/answers               in      ok    --        --       --     --        --
POST /demands/{demand}/withdrawal            in      --    --        --       --     ok        --
POST /assignments/{assignment}/promises      in      ok    --        --       --     --        --
POST /obligations/{obligation}/assignments   in      --    ok        --       --     --        --
POST /assignments/{draft}/draft              in      --    ok        --       --     --        --
POST /assignments/{draft}/issue              in      --    ok        --       --     --        --
POST /assignments/{many}/children            in      --    ok        --       --     --        --
POST /assignments/{assignment}/parts         in      --    ok        --       --     --        --
POST /assignments/{assignment}/interruptions in      --    ok        --       --     --        --
POST /assignments/{assignment}/hands         in      --    ok        --       --     --        --
POST /assignments/{assignment}/targets       in      --    ok        --       --     --        --
GET /notices                                 in      ok    ok        ok       ok     ok        ok
POST /notices/read                           in      ok    ok        ok       ok     ok        ok
"""
EVERYBODYS = (
    "/agencies/{agency}",
    "/agencies/{agency}/demands",
    "/log/entries/{entry}/proof",
    "/indicators/{indicator}",
    "/indicators/{indicator}/observations",
)
OF_THE_WRITER = ("/demands/{demand}/withdrawal",)  # whoever else may read everything
TEXT = {"text": "Chữ"}
SENT = {
    "/observations": {"agency": "UBND-12", "period": "2024", "value": "5"},
    "/observations/{observation}/corrections": {"value": "5", "reason": "Nhầm"},
    "/verdicts": {"accepted": True},
    "/reports": TEXT,
    "/claims": {**TEXT, "shown_on": "2025-06-17"},
    "/corrections": {"accepted": False, "reason": "Nhầm"},
    "/requests": {"kind": "not_ours", "reason": "Không thuộc chức năng"},
    "/holds": {"agency": "BKHCN", "reason": "Chờ"},
    "/difficulties": {"kind": "money", "text": "Thiếu vốn"},
    "/resources": {"kind": "people", "amount": "2", "unit": "người", "source_text": "Quyết định"},
    "/numbers": {"system": "Hệ thống 57", "number": "57-1"},
    "/reviews": {"accepted": False, "reason": "Chưa đủ"},
    "/decisions": {"granted": False, "reason": "Không"},
    "/end": {"closed_on": "2025-06-12"},
    "/answers": {"accepted": True},
    "/holds/{hold}/decisions": {"accepted": True},
    "/outages": {"reason": "Mất sóng"},
    "/demands": {**TEXT, "kind": "urge", "term_days": 5},
    "/demands/{demand}/answers": TEXT,
    "/withdrawal": {"reason": "Nhầm"},
    "/promises": {**TEXT, "promised_on": "2025-07-30"},
    "/assignments": {"work": "Việc", "lead": "UBND-12"},
    "/draft": {"product": "Kế hoạch"},
    "/issue": {"given_on": "2025-06-12"},
    "/children": {"collectives": ["localities"]},
    "/parts": {"parts": [{"lead": "UBND-12", "work": "Phần việc"}]},
    "/interruptions": {"kind": "pause", "reason": "Chờ hướng dẫn"},
    "/hands": {"head_post": "Chủ tịch", "head_name": "An", "reason": "Quyết định 5"},
    "/targets": {"points": [{"day": "2025-06-30", "share": "40"}]},
    "/read": {"upto": 0},
}
ANSWERS = {200: "ok", 201: "ok", 422: "ok", 401: "in", 404: "--"}
WORD = re.compile(r"{(\w+)}")


def lines():
    """(method, address, role, expected) of each cell."""
    for line in TABLE.strip().splitlines()[1:]:
        method, address, *cells = line.split()
        yield from ((method, address, role, cell) for role, cell in zip(ROLES, cells, strict=True))


def asked(caller: Program, method: str, address: str, ids: object):
    """What the caller gets there."""
    filled = WORD.sub(lambda word: str(ids[word[1]] if isinstance(ids, dict) else ids), address)
    if method == "GET":
        return caller.get(filled)
    if address == "/files":
        return caller.client.post("/api/v1/files")
    sent = TEXT if address.startswith("/reports/") else SENT.get(f"/{address.rpartition('/')[2]}")
    return caller.post(filled, SENT.get(address, sent))


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.fixture
def scene(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return access_world.scene()


@pytest.fixture
def callers(scene):
    """A program of each of the seven readers, with all that its account may."""

    def of(role):
        if role == "public":
            return Program()
        return program(User.objects.get(pk=scene.clients[role].session[SESSION_KEY]))

    return {role: of(role) for role in ROLES}


@covers("2.13")
def test_every_operation_stands_in_the_table():
    told = {(method, WORD.sub("{}", address)) for method, address, _, _ in lines()}
    there = {(row.method, re.sub(r"{[^}]+}", "{}", row.address)) for row in OPERATIONS}
    assert told == there


@covers("2.13")
def test_inside_the_scope_each_role_is_answered_as_the_table_says(scene, callers):
    ids = {**scene.own.ids, "entry": 1}
    wrong = []
    for method, address, role, expected in lines():
        answer = asked(callers[role], method, address, ids)
        misread = b"problem:invalid" in body(answer) and address != "/files"
        if ANSWERS.get(answer.status_code) != expected or misread:
            wrong.append((method, address, role, expected, answer.status_code))
    assert wrong == []


@covers("2.13")
def test_outside_the_scope_there_is_nothing_and_it_looks_like_what_does_not_exist(scene, callers):
    wrong = []
    for method, address, role, inside in lines():
        if not WORD.search(address) or address in EVERYBODYS:
            continue
        there = asked(callers[role], method, address, scene.foreign.ids)
        nowhere = asked(callers[role], method, address, MISSING)
        reads_all = role == "inspector" and address not in OF_THE_WRITER
        expected = inside if reads_all or inside == "in" else "--"
        same = reads_all or body(there) == body(nowhere)
        if ANSWERS.get(there.status_code) != expected or not same:
            wrong.append((method, address, role, expected, there.status_code))
    assert wrong == []


@covers("2.13")
def test_a_token_without_the_scope_finds_nothing_of_what_its_account_may(scene):
    an = program(scene.here.an, Permission.READ_PUBLIC)
    elsewhere = program(scene.here.an, agency=scene.here.hung_yen)
    wrong = []
    for method, address, role, inside in lines():
        if role != "focal" or inside != "ok" or not WORD.search(address) or address in EVERYBODYS:
            continue
        for caller in (an, elsewhere):
            status = asked(caller, method, address, scene.own.ids).status_code
            wrong += [(method, address, status)] if status != 404 else []
    assert wrong == []


@covers("2.13")
@pytest.mark.parametrize("role", [role for role in ROLES if role != "inspector"])
def test_a_planted_word_and_what_happens_outside_are_in_no_list_and_no_count(scene, callers, role):
    places = (
        "/agencies?limit=100", "/assignments?limit=100", "/directives?limit=100", "/overview",
        "/overview?agency=UBND-33", "/assignments?agency=UBND-33", "/tallies", "/me",
        "/changes?limit=500",
    )  # fmt: skip

    def told():
        answers = [said(callers[role].get(place)) for place in places]
        answers[-1] = answers[-1]["items"]  # how far the log goes is public: its heads say it
        return answers

    before = told()
    assert MARK not in str(before)
    access_world.outside(scene.here, "34/QĐ-UBND")
    assert [place for place, was, now in zip(places, before, told(), strict=True) if was != now] == []


@covers("2.13")
def test_who_reads_everything_finds_the_planted_word(scene, callers):
    assert MARK in str(said(callers["inspector"].get("/directives?limit=100")))
