"""Every address for every role: what is open, what asks to sign in, what answers as if it were not there."""

import io
import re
import zipfile

import pytest

from tests.marks import covers
from tests.web import access_world
from tests.web.access_world import MARK, MISSING, ROLES
from thuocdo.web import access

pytestmark = pytest.mark.django_db

# ok: 200, in: asked to sign in, --: 404. An address with {assignment} is asked for an object inside the scope
# of the readers (the answers that stand here), for one outside it (-- for all but who reads everything; who
# has not signed in is asked to, where they would be), and for one that does not exist (the same page of 404).
TABLE = """
address                              public    focal     registrar reviewer  leader    inspector steward
/                                    ok        ok        ok        ok        ok        ok        ok
/agencies/                           ok        ok        ok        ok        ok        ok        ok
/agencies/{agency}/                  ok        ok        ok        ok        ok        ok        ok
/agencies/open/                      in        --        --        --        --        --        ok
/agencies/succession/                in        --        --        --        --        --        ok
/agencies/{agency}/reports/          in        ok        ok        --        ok        ok        ok
/agencies/{agency}/names/            in        --        --        --        --        --        ok
/agencies/{agency}/place/            in        --        --        --        --        --        ok
/calendar/                           ok        ok        ok        ok        ok        ok        ok
/calendar/count/                     ok        ok        ok        ok        ok        ok        ok
/calendar/rules/                     ok        ok        ok        ok        ok        ok        ok
/calendar/rules/{parameter}/         in        --        --        --        --        --        --
/calendar/hours/                     in        --        --        --        --        --        ok
/calendar/waiting/                   in        --        --        --        --        --        ok
/calendar/decide/                    in        --        --        --        --        --        ok
/calendar/decisions/{decision}/      ok        ok        ok        ok        ok        ok        ok
/calendar/decisions/{decision}/limits/ in      --        --        --        --        --        ok
/assignments/{assignment}/limit/     --        ok        ok        ok        ok        ok        ok
/assignments/                        ok        ok        ok        ok        ok        ok        ok
/assignments/{assignment}/           --        ok        ok        ok        ok        ok        ok
/indicators/                         ok        ok        ok        ok        ok        ok        ok
/indicators/{indicator}/             --        ok        ok        ok        ok        ok        ok
/indicators/scores/                  in        ok        ok        ok        ok        ok        ok
/directives/{directive}/targets/     --        ok        ok        ok        ok        ok        ok
/indicators/declare/                 in        --        --        --        --        --        ok
/indicators/{indicator}/declare/     in        --        --        --        --        --        ok
/indicators/{indicator}/outlook/     in        --        --        ok        --        --        --
/indicators/table/                   in        ok        --        --        --        --        --
/indicators/table.xlsx               in        ok        --        --        --        --        --
/indicators/table.csv                in        ok        --        --        --        --        --
/indicators/{indicator}/enter/       in        ok        --        --        --        --        --
/observations/{observation}/correct/ in        ok        --        --        --        --        --
/observations/{observation}/judge/   in        --        --        --        --        --        --
/observations/{observation}/         --        ok        ok        --        ok        ok        ok
/index766/                           ok        ok        ok        ok        ok        ok        ok
/index766/{agency}/                  in        ok        ok        --        ok        ok        ok
/rankings/publish/                   in        --        --        --        ok        --        --
/rankings/{ranking}/                 ok        ok        ok        ok        ok        ok        ok
/rankings/{ranking}/{ward}/          ok        ok        ok        ok        ok        ok        ok
/rankings/{ranking}/map.svg         ok        ok        ok        ok        ok        ok        ok
/rankings/{ranking}/package.zip      ok        ok        ok        ok        ok        ok        ok
/rankings/{ranking}/withdraw/        in        --        --        --        ok        --        --
/search/                             ok        ok        ok        ok        ok        ok        ok
/assignments/export.csv              ok        ok        ok        ok        ok        ok        ok
/assignments/export.xlsx             ok        ok        ok        ok        ok        ok        ok
/directives/                         ok        ok        ok        ok        ok        ok        ok
/directives/{directive}/             --        ok        ok        ok        ok        ok        ok
/log/                                ok        ok        ok        ok        ok        ok        ok
/log/head.json                       --        --        --        --        --        --        --
/components/                         ok        ok        ok        ok        ok        ok        ok
/my-work/                            in        ok        ok        ok        ok        ok        ok
/my-work/values/                     in        ok        ok        ok        ok        ok        ok
/inspect/                            in        --        --        --        ok        ok        --
/inspect/{figure}/                   in        --        --        --        ok        ok        --
/recommendations/                    ok        ok        ok        ok        ok        ok        ok
/recommendations/{recommendation}/   --        ok        ok        --        ok        ok        ok
/agencies/{agency}/recommend/        in        ok        --        --        --        --        --
/assignments/{assignment}/recommend/ in        ok        --        --        --        --        --
/recommendations/{recommendation}/receive/ in  --        ok        --        --        --        --
/recommendations/{recommendation}/forward/ in  --        ok        --        --        --        --
/recommendations/{recommendation}/answer/ in   --        ok        --        --        --        --
/recommendations/{recommendation}/effect/ in   ok        ok        --        --        --        --
/recommendations/{recommendation}/withdraw/ in ok        --        --        --        --        --
/recommendations/{recommendation}/waits/ in    ok        --        --        --        --        --
/assignments/{assignment}/report/    in        ok        --        --        --        --        --
/reports/{report}/correct/           in        ok        --        --        --        --        --
/assignments/{assignment}/ask/       in        ok        --        --        --        --        --
/assignments/{assignment}/waits/     in        ok        --        --        --        --        --
/holds/{hold}/close/                 in        ok        --        --        --        --        --
/assignments/{assignment}/demand/    in        --        --        --        --        ok        --
/agencies/{agency}/demand/           in        --        --        --        --        ok        --
/agencies/{agency}/demands/          in        ok        ok        ok        ok        ok        ok
/demands/{demand}/                   in        ok        ok        --        ok        ok        ok
/demands/{demand}/answer/            in        ok        --        --        --        --        --
/demands/{demand}/take-back/          in        --        --        --        --        ok        --
/assignments/{assignment}/promise/   in        ok        --        --        --        --        --
/holds/{asked}/answer/               in        ok        --        --        --        --        --
/holds/{hold}/decide/                in        --        ok        --        --        --        --
/assignments/{assignment}/targets/   in        --        ok        --        --        --        --
/agencies/{agency}/signal/           in        ok        --        --        --        --        --
/outages/{outage}/end/               in        ok        --        --        --        --        --
/assignments/{assignment}/difficulty/ in        ok        --        --        --        --        --
/difficulties/{difficulty}/remove/   in        ok        --        --        --        --        --
/assignments/{assignment}/resources/ in        ok        --        --        --        --        --
/assignments/{assignment}/number/    in        ok        ok        --        --        --        --
/claims/{claim}/review/              in        --        --        ok        --        --        --
/committees/                         in        ok        ok        ok        ok        ok        ok
/committees/found/                   in        --        ok        --        --        --        --
/committees/{committee}/             in        ok        ok        --        ok        ok        ok
/committees/{committee}/members/     in        --        ok        --        --        --        --
/committees/{committee}/call/        in        --        ok        --        --        --        --
/sessions/{session}/                 in        ok        ok        --        ok        ok        ok
/sessions/{session}/invitation.ics   in        ok        ok        --        ok        ok        ok
/sessions/{session}/pack.json        in        ok        ok        --        ok        ok        ok
/sessions/{session}/pack/            in        --        ok        --        --        --        --
/points/{point}/attendance/          in        --        ok        --        --        --        --
/sessions/{session}/minutes/         in        --        ok        --        --        --        --
/sessions/{session}/conclude/        in        --        ok        --        --        --        --
/conclusions/{conclusion}/reword/    in        --        ok        --        --        --        --
/sessions/{session}/close/           in        --        ok        --        --        --        --
/sessions/{session}/issue/           in        --        ok        --        --        --        --
/reviews/{review}/correct/           in        --        --        ok        --        --        --
/files/{file}/                       --        ok        ok        ok        ok        ok        ok
/requests/{request}/                 in        --        ok        --        --        --        --
/assignments/{assignment}/pause/     in        --        ok        --        --        --        --
/assignments/{assignment}/resume/    in        --        ok        --        --        --        --
/assignments/{assignment}/withdraw/  in        --        ok        --        --        --        --
/assignments/{assignment}/anew/      in        --        ok        --        --        --        --
/assignments/{assignment}/head/      in        --        ok        --        --        --        --
/obligations/{obligation}/give/      in        --        ok        --        --        --        --
/assignments/{draft}/draft/          in        --        ok        --        --        --        --
/assignments/{draft}/issue/          in        --        ok        --        --        --        --
/assignments/{assignment}/split/     in        --        ok        --        --        --        --
/assignments/{many}/agencies/        in        --        ok        --        --        --        --
/directives/register/                in        --        ok        --        --        --        --
/directives/expect/                  in        --        ok        --        --        --        --
/directives/{awaited}/issued/        in        --        ok        --        --        --        --
/directives/{directive}/duty/        in        --        ok        --        --        --        --
/directives/{directive}/import/      in        --        ok        --        --        --        --
/directives/{directive}/relate/      in        --        ok        --        --        --        --
/directives/{directive}/title/       in        --        ok        --        --        --        --
/directives/{directive}/public/      in        --        --        --        ok        --        --
/people/                             in        --        --        --        --        --        ok
/people/new/                         in        --        --        --        --        --        ok
/people/{person}/                    in        --        --        --        --        --        ok
/people/{person}/amend/              in        --        --        --        --        --        ok
/people/{person}/account/            in        --        --        --        --        --        ok
/people/machine/                     in        --        --        --        --        --        ok
/people/{machine}/tokens/            in        --        --        --        --        --        ok
/me/tokens/                          in        ok        ok        ok        ok        ok        ok
/tokens/{token}/revoke/              in        --        --        --        --        --        ok
/people/{person}/stands-in/          in        --        --        --        --        --        ok
/people/{person}/codes/              in        --        --        --        --        --        ok
/stands-in/{substitution}/end/       in        --        --        --        --        --        ok
/people/{person}/data/               in        --        --        --        --        --        ok
/people/{person}/erase/              in        --        --        --        --        --        ok
/account/mine/data/                  in        ok        ok        ok        ok        ok        ok
/account/mine/                       in        ok        ok        ok        ok        ok        ok
/roles/{role}/end/                   in        --        --        --        --        --        ok
/notices/                            in        ok        ok        ok        ok        ok        ok
/me/notices/                         in        ok        ok        ok        ok        ok        ok
/messages/                           in        --        --        ok        --        --        --
/messages/{message}/drop/            in        --        --        ok        --        --        --
/agencies/{agency}/reminders/        in        --        --        --        --        --        ok
/agencies/{agency}/reminders/{step}/ in        --        --        --        --        --        ok
/jobs/                               in        --        --        --        --        ok        ok
"""
# opened by all who may open any, whatever they show to whom
EVERYBODYS = (
    "/agencies/{agency}/",
    "/agencies/{agency}/demands/",
    "/calendar/decisions/{decision}/",
    "/indicators/{indicator}/",
    "/indicators/{indicator}/enter/",
    "/indicators/{indicator}/outlook/",
    "/indicators/{indicator}/declare/",
    "/inspect/{figure}/",
    "/rankings/{ranking}/",
    "/rankings/{ranking}/{ward}/",
    "/rankings/{ranking}/map.svg",
    "/rankings/{ranking}/package.zip",
)
OF_THE_WRITER = ("/demands/{demand}/take-back/",)  # whoever else may read everything
POSTED = (  # have no page of their own
    "/people/{person}/link/",
    "/people/{person}/data.json",
    "/account/mine/data.json",
    "/account/mine/browsers/",
    "/account/mine/acts-for/{substitution}/",
    "/account/mine/acts-for/nobody/",
    "/jobs/{job}/again/",
    "/notices/read/",
    "/me/notices/calendar/",
    "/me/notices/calendar/revoke/",
    "/messages/{message}/release/",
    "/calendar/{secret}.ics",
)
ANSWERS = {200: "ok", 302: "in", 404: "--"}
PRESENT = {re.sub(r"<[^>]+>", "{}", row.address): row for row in access.rows()}
WORD = re.compile(r"{(\w+)}")


def lines():
    """(address, role, expected) of each cell."""
    for line in TABLE.strip().splitlines()[1:]:
        address, *cells = line.split()
        yield from ((address, role, cell) for role, cell in zip(ROLES, cells, strict=True))


def stands(address):
    return WORD.sub("{}", address) in PRESENT


@pytest.fixture
def scene(settings, tmp_path):
    """Two sides and seven readers."""
    settings.SIGN_IN_OF_EXAMPLES = True
    settings.MEDIA_ROOT = tmp_path
    settings.SHOW_COMPONENTS = True
    return access_world.scene()


def asked(client, address, method="get"):
    """Status, kind and bytes of an answer, read to its end."""
    answer = getattr(client, method)(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, answer.headers["Content-Type"], body


def answers(client, address):
    """What GET answers and what POST answers."""
    found = [asked(client, address, method)[0] for method in ("get", "post")]
    return [ANSWERS.get(one, str(one)) for one in found]


@covers("1.29")
def test_every_address_stands_in_the_table():
    told = {WORD.sub("{}", address) for address, _, _ in lines()} | {WORD.sub("{}", one) for one in POSTED}
    assert set(PRESENT) - told == set()


@covers("1.29")
def test_inside_the_scope_each_role_opens_what_the_table_says(scene):
    wrong = [
        (address, role, expected, found)
        for address, role, expected in lines()
        if stands(address)
        and (found := answers(scene.clients[role], address.format(**scene.own.ids))) != [expected] * 2
    ]
    assert wrong == []


@covers("1.29")
def test_outside_the_scope_there_is_nothing(scene):
    wrong = []
    for address, role, inside in lines():
        if not WORD.search(address) or address in EVERYBODYS or not stands(address):
            continue
        reads_all = role == "inspector" and address not in OF_THE_WRITER
        expected = inside if reads_all or inside == "in" else "--"
        found = answers(scene.clients[role], address.format(**scene.foreign.ids))
        wrong += [(address, role, expected, found)] if found != [expected] * 2 else []
    assert wrong == []


def bare(client, address, method):
    """The answer without what names the address that was asked, or changes with every answer."""
    status, _, body = asked(client, address, method)
    text = body.decode().replace(address, "")
    return status, re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)


@covers("1.29")
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_outside_the_scope_answers_like_what_does_not_exist(scene, method):
    wrong = []
    for address, role, _inside in lines():
        word = WORD.search(address)
        if not word or role in ("public", "inspector") or address in EVERYBODYS or not stands(address):
            continue
        there, nowhere = (WORD.sub(str(one), address) for one in (scene.foreign.ids[word[1]], MISSING))
        client = scene.clients[role]
        wrong += [there] if bare(client, there, method) != bare(client, nowhere, method) else []
    assert wrong == []


def reachable(client):
    """Every page that links lead to from the overview, the agencies and a search for the planted word."""
    waiting = [
        "/", "/directives/", "/log/", "/agencies/UBND-33/", "/agencies/UBND-11953/",
        "/assignments/?agency=UBND-33", "/assignments/?agency=UBND-33&counted=branch",
        "/assignments/export.csv", "/assignments/export.xlsx", "/assignments/export.csv?agency=UBND-33",
    ]  # fmt: skip
    seen = set(waiting)
    while waiting and len(seen) < 400:
        address = waiting.pop()
        _, kind, body = asked(client, address)
        yield address, body
        if kind.startswith("text/html"):
            found = {link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]*)', body.decode())}
            found = {link for link in found if not link.startswith(("/en/", "/fr/", "/de/", "/static/"))}
            waiting += [link for link in found - seen if "logout" not in link]
            seen |= found


def text_of(body):
    """The text of an answer, of a workbook too."""
    if body[:2] != b"PK":
        return body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


@covers("1.29", "1.23")
@pytest.mark.parametrize("role", [role for role in ROLES if role != "inspector"])
def test_a_planted_word_is_nowhere_outside_its_scope(scene, role):
    found = [address for address, body in reachable(scene.clients[role]) if MARK in text_of(body)]
    assert found == []


@covers("1.29", "1.23")
@pytest.mark.parametrize("role", [role for role in ROLES if role != "inspector"])
def test_a_search_for_it_is_as_empty_as_for_a_word_that_is_nowhere(scene, role):
    pages = [asked(scene.clients[role], f"/search/?q={word}")[2].decode() for word in (MARK, "vkx")]
    assert pages[0].replace(MARK, "") == pages[1].replace("vkx", "")


@covers("1.29")
def test_the_planted_word_is_found_by_who_reads_everything(scene):
    found = [address for address, body in reachable(scene.clients["inspector"]) if MARK in text_of(body)]
    assert len(found) > 5


@covers("1.29", "1.17")
@pytest.mark.parametrize("role", [role for role in ROLES if role != "inspector"])
def test_what_happens_outside_a_scope_changes_no_page_and_no_count_in_it(scene, role):
    pages = [
        "/", "/agencies/UBND-12/", "/agencies/UBND-33/", "/agencies/CP/", "/assignments/", "/directives/",
        "/assignments/?agency=UBND-33", f"/search/?q={MARK}", "/search/?q=nhiệm vụ",
        "/assignments/export.csv",
    ]  # fmt: skip

    def shown():
        return [asked(scene.clients[role], page)[2] for page in pages]

    before = shown()
    access_world.outside(scene.here, "34/QĐ-UBND")
    assert [page for page, was, now in zip(pages, before, shown(), strict=True) if was != now] == []
