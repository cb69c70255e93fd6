"""What the doctor says about each value, and that it says what to do (2.18)."""

from datetime import timedelta

import pytest

from tests.marks import covers
from thuocdo.operations.rules import findings

HOUR, MINUTE, GB = timedelta(hours=1), timedelta(minutes=1), 2**30
DURABLE = {"fsync": ("on",), "synchronous_commit": ("on", "local")}
TABLE = [
    (findings.migrations(0), ""),
    (findings.migrations(2), "2 changes"),
    (findings.disk("data", 50 * GB, 100 * GB), ""),
    (findings.disk("data", 1 * GB, 10 * GB), "only 1024 MB"),
    (findings.disk("data", 40 * GB, 1000 * GB), "are free"),
    (findings.key("k", 0o100600, mine=True), ""),
    (findings.key("k", 0o100640, mine=True), "others may read it (mode 640)"),
    (findings.key("k", None, mine=True), "missing"),
    (findings.key("k", 0o100600, mine=False), "another account"),
    (findings.sealing(None), ""),
    (findings.sealing(10 * MINUTE), ""),
    (findings.sealing(11 * MINUTE), "waits for 11 minutes"),
    (findings.sealing(5 * HOUR), "waits for 5 hours"),
    (findings.clock(None, turned_back=False), ""),
    (findings.clock(MINUTE, turned_back=False), ""),
    (findings.clock(-HOUR, turned_back=True), "turned back"),
    (findings.clock(3 * HOUR, turned_back=False), "3 hours ahead"),
    (findings.backup(25 * HOUR), ""),
    (findings.backup(27 * HOUR), "27 hours old"),
    (findings.backup(None), "none was made"),
    (findings.files([], read=True), ""),
    (findings.files(["a", "b", "c", "d"], read=True), "4 are missing or altered: a, b, c …"),
    (findings.files(["a"], read=False), "of another size: a."),
    (findings.jobs(0, 0), ""),
    (findings.jobs(1, 2), "1 stand still, 2 failed"),
    (findings.static(0), ""),
    (findings.static(3), "3 are missing"),
    (findings.durable({"fsync": "on", "synchronous_commit": "local"}, DURABLE), ""),
    (findings.durable({"fsync": "off", "synchronous_commit": "on"}, DURABLE), "fsync is off"),
    (findings.durable({}, DURABLE), "fsync is None; synchronous_commit is None"),
    (findings.zone("Asia/Ho_Chi_Minh", 7 * HOUR), ""),
    (findings.zone("Europe/Paris", HOUR), "not seven hours ahead"),
    (findings.zone("Asia/Ho_Chi_Minh", None), "not seven hours ahead"),
    (findings.scanner("", 0), ""),
    (findings.scanner("timed out", 0), "does not answer: timed out"),
    (findings.scanner("", 4), "4 files wait"),
    (findings.exposed(debug=True, examples=True, secure=False, public=False), ""),
    (findings.exposed(debug=False, examples=False, secure=True, public=True), ""),
    (findings.exposed(debug=True, examples=True, secure=False, public=True), "DEBUG is 1; THUOCDO_EXAMPLES"),
]


@covers("2.18")
@pytest.mark.parametrize(("finding", "told"), TABLE, ids=[f"{one.subject}-{told}" for one, told in TABLE])
def test_each_value_is_well_or_is_told_with_its_cure(finding, told):
    assert (told in finding.problem, bool(finding.problem)) == (True, bool(told))
    assert str(finding) == f"{finding.subject}: ok" if not told else finding.cure in str(finding)
    assert finding.cure
