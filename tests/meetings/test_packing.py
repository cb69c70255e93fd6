"""The pack gathers the exceptions of the branch at a frozen moment, and keeps its bytes (4.03)."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.assignments.factory import CLEAR, JULY, claimed, given
from tests.marks import covers
from tests.meetings.factory import called, closed, concluded, issued, room
from tests.recommendations.factory import asked
from thuocdo.assignments import actions as assignment_actions
from thuocdo.audit.canon import dumps
from thuocdo.lib.moments import AsOf
from thuocdo.meetings import actions
from thuocdo.meetings.enums import Section
from thuocdo.meetings.models import Pack
from thuocdo.meetings.queries.packing import gathered

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 20)
OCTOBER = datetime(2025, 10, 5, tzinfo=UTC)


@pytest.fixture
def here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return room()


def frozen(here, session=None, day=DAY, at=JULY):
    return actions.freeze(session=session or here.session, as_of=day, by=here.khanh, at=at)


def section(pack, name):
    return json.loads(pack.body)["sections"][name.value]


@covers("4.03")
def test_it_gathers_what_is_late_promised_waited_for_and_unconfirmed(here):
    late = given(here)
    given(here, lead=here.hung_yen)  # late too, but of another branch
    done = given(here, replace(CLEAR, work="Việc đã báo xong"))
    claimed(here, done)
    assignment_actions.promise(
        assignment=late, promised_on=date(2025, 7, 10), text="Sẽ ký", happened_on=date(2025, 7, 2),
        by=here.an, at=JULY,
    )  # fmt: skip
    row = asked(here, late)
    pack = frozen(here)
    assert [one["duty"] for one in section(pack, Section.NEW_LATE)] == [late.pk]
    assert [one["promised_on"] for one in section(pack, Section.BROKEN)] == ["2025-07-10"]
    assert [one["duty"] for one in section(pack, Section.DISAGREEMENTS)] == [done.pk]
    found = section(pack, Section.RECOMMENDATIONS)
    assert [(one["recommendation"], one["lies_with"], one["explains"]) for one in found] == [
        (row.pk, "Chính phủ", 1)
    ]


@covers("4.03")
def test_what_was_late_in_the_last_pack_is_not_new(here):
    given(here)
    frozen(here)
    second = called(here.committee, here)
    newer = given(here, replace(CLEAR, limit_on=date(2025, 9, 1)))
    found = section(frozen(here, second, date(2025, 10, 1), OCTOBER), Section.NEW_LATE)
    assert [one["duty"] for one in found] == [newer.pk]


@covers("4.03", "4.04")
def test_the_next_session_opens_with_what_became_of_the_conclusions(here):
    concluded(here)
    closed(here)
    issue = issued(here)
    second = called(here.committee, here)
    found = section(frozen(here, second, date(2025, 10, 1), OCTOBER), Section.CONCLUSIONS)
    assert [(one["symbol"], one["declared"], one["limit_on"]) for one in found] == [
        (issue.directive.symbol, "overdue", "2025-09-30")
    ]


@covers("4.03")
def test_the_bytes_stay_and_built_again_for_the_same_moment_they_are_the_same(here):
    late = given(here)
    pack = frozen(here)
    claimed(here, late, date(2025, 7, 19), at=datetime(2025, 8, 1, tzinfo=UTC))
    kept = Pack.objects.get(pk=pack.pk)
    assert (kept.body, kept.sha256) == (pack.body, hashlib.sha256(kept.body.encode()).hexdigest())
    again = json.loads(frozen(here, at=datetime(2025, 8, 2, tzinfo=UTC)).body)
    assert again["sections"]["new_late"] == []  # what came to be known since is in the new pack only
    head = {"log_entry": pack.log_entry, "log_batch": pack.log_batch}
    assert dumps(gathered(here.session, AsOf(pack.as_of, pack.known), **head)) == kept.body
    assert json.loads(kept.body)["log"] == {"entry": pack.log_entry, "batch": pack.log_batch}
