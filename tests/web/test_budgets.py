"""What every page may weigh and ask of the database: bytes, requests, statements (1.33)."""

import gzip
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.agencies.factory import agency
from tests.assignments.factory import CLEAR, JUNE, claimed, given, person, said, world
from tests.directives import factory as directives
from tests.marks import covers
from tests.meetings.factory import DUTY
from tests.recommendations.factory import asked, forwarded
from tests.web import asof_world
from tests.web.asof_world import FACTS
from thuocdo.accounts.enums import Role
from thuocdo.agencies.enums import AgencyKind
from thuocdo.assignments import actions
from thuocdo.directives import actions as directive_actions
from thuocdo.directives.rules.publicity import Shown
from thuocdo.meetings import actions as meetings
from thuocdo.meetings.terms import Call, Founding
from thuocdo.web import access

pytestmark = pytest.mark.django_db
HTML, FIRST_VISIT, REQUESTS, STATEMENTS = 14_000, 50_000, 6, 12  # bytes as sent; line 1.33
OVER = {
    "/account/mine/data/": 24,  # all that is held of a person: one statement for each table
    "/people/<int:pk>/data/": 24,
}
STATIC = Path(__file__).resolve().parents[2] / "thuocdo" / "web" / "static"
NOT_PAGES = {
    "data.json",
    "export",
    "components",
    "head.json",
    "original",
    ".csv",
    ".ics",
    ".json",
    ".xlsx",
    ".zip",
    ".svg",
}  # downloads; shown in development
LONG = "Hoàn thành việc rà soát, chuẩn hóa, kết nối và chia sẻ cơ sở dữ liệu dùng chung của tỉnh, số "
PAGES = [
    row.address
    for row in access.rows()
    if row.permission is not None and not any(part in row.address for part in NOT_PAGES)
]


@pytest.fixture(params=[1, 40], ids=["1 row", "40 rows"])
def here(request):
    """A world with so many duties, each of its own text, reported on, some claimed; all of it public."""
    made = world()
    made.reader = person("em", made.government, Role.INSPECTOR)
    shown = Shown(progress=True, responsibility=True, results=True)
    for number in range(request.param):
        made.obligation = directives.obligation(
            directives.directive(f"{number + 100}/NQ-CP", issuer=made.government)
        )
        directive_actions.publish(
            directive=made.obligation.directive, shown=shown, decided_on=JUNE.date(), by=None, at=JUNE
        )
        made.assignment = given(
            made, replace(CLEAR, work=f"{LONG}{number}"), lead=(made.lai_chau, made.hung_yen)[number % 2]
        )
        actions.report(assignment=made.assignment, said=said(), by=None, at=JUNE)
        if number % 3 == 0:
            claimed(made, made.assignment)
        made.recommendation = recommended(made)
    made.session = met(made, request.param)
    return made


def met(made, many):
    """The second session of a committee that follows the Government's branch, with much of everything."""
    steering = agency("BCD", "Ban Chỉ đạo của Chính phủ", kind=AgencyKind.COMMITTEE)
    committee = meetings.found(founding=Founding(steering, made.office, made.government), by=None, at=JUNE)
    wanted = Call(JUNE, "Hà Nội", points=(made.lai_chau, made.hung_yen), agenda=("Báo cáo",) * min(many, 5))
    first = meetings.call(committee=committee, wanted=wanted, by=None, at=JUNE)
    meetings.freeze(session=first, as_of=JUNE.date(), by=None, at=JUNE)
    for _ in range(many):
        meetings.conclude(session=first, concluded=DUTY, by=made.chi, at=JUNE)
        meetings.note(session=first, text=LONG, item=first.items.first(), by=made.chi, at=JUNE)
    return first


def recommended(made):
    """Lai Châu asks the Government, which passes it on; what it leads waits for the answer."""
    waits = (made.assignment,) if made.assignment.lead == made.lai_chau else ()
    row = asked(made, *waits, on=JUNE.date(), directive=made.obligation.directive)
    forwarded(made, row, on=JUNE.date())
    return row


def filled(address, here):
    """The address with something that stands in the world."""
    pk = here.obligation.directive_id if "directives" in address else here.assignment.pk
    pk = here.recommendation.pk if "recommendations" in address else pk
    pk = here.session.pk if "sessions" in address else pk
    pk = here.session.committee_id if "committees" in address else pk
    return (
        address.replace("<str:code>", here.government.code)
        .replace("<int:pk>", str(pk))
        .replace("<str:figure>", "returned")
        + "?as_of=2025-07-20&q=co"
    )


def opened(address, here, signed_in):
    """(the answer, the statements it took), after a first visit that fills what a process keeps."""
    client = Client(headers={"accept-encoding": "gzip"})
    if signed_in:
        client.force_login(here.reader)
    client.get(filled(address, here))
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(filled(address, here))
    return answer, [one["sql"] for one in asked if not re.match(r"SAVEPOINT|RELEASE|BEGIN|SET", one["sql"])]


@covers("1.33")
@pytest.mark.parametrize("signed_in", [False, True], ids=["public", "signed in"])
def test_a_page_is_light_and_asks_little(here, signed_in, subtests):
    seen = []
    for address in PAGES:
        answer, asked = opened(address, here, signed_in)
        if answer.status_code == 200:
            seen.append(address)
            with subtests.test(address):
                most = OVER.get(address, STATEMENTS)
                fits = (len(answer.content) <= HTML, len(asked) <= most)
                assert fits == (True, True), "\n".join(asked)
    assert len(seen) >= (8 if signed_in else 6)


TOGETHER = (
    "reported", "report_corrected", "related", "translated_anew", "extended", "reworded", "head_changed",
    "split",
    "number_entered_again", "burdened", "claimed_late", "claim_accepted", "review_corrected", "marked_key",
)  # fmt: skip


@pytest.fixture
def full():
    """A world whose duties have something of everything."""
    w = asof_world.known()
    for name in TOGETHER:
        FACTS[name](w)
    return w


READERS = {
    "public": None,
    "lead": lambda w: w.here.an,
    "assigner": lambda w: w.here.binh,
    "other": lambda w: person("thao", w.here.hung_yen, Role.FOCAL),
    "inspector": lambda w: person("em", w.here.government, Role.INSPECTOR),
}


@covers("1.33")
@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_what_has_something_of_everything_asks_little(full, reader, subtests):
    client = Client()
    if reader is not None:
        client.force_login(reader(full))
    for address in asof_world.addresses(full):
        client.get(address)
        with CaptureQueriesContext(connection) as asked, subtests.test(address):
            client.get(address)
            stated = [one["sql"] for one in asked if not re.match(r"SAVEPOINT|RELEASE|BEGIN|SET", one["sql"])]
            assert len(stated) <= STATEMENTS, "\n".join(stated)


@covers("1.33")
def test_a_first_visit_is_light(here):
    answer, _ = opened("/", here, signed_in=False)
    html = gzip.decompress(answer.content).decode()
    files = set(re.findall(r'(?:<link[^>]* href|<script[^>]* src|<img[^>]* src)="/static/([^"]+)"', html))
    sent = [len(gzip.compress((STATIC / name).read_bytes())) for name in files]
    assert (len(answer.content) + sum(sent) <= FIRST_VISIT, 1 + len(files) <= REQUESTS) == (True, True)
    assert "css/app.css" in files
