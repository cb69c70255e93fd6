"""A ranking is published, frozen with its inputs, recomputed outside, withdrawn, never deleted (3.15)."""

import csv
import hashlib
import io
import subprocess
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.indicators.factory import world
from tests.indicators.served import AUGUST, PUBLISHED_AT, PUBLISHED_ON, SEPTEMBER, counted, published, put
from tests.marks import covers
from thuocdo.agencies import actions as agency_actions
from thuocdo.audit.models import Entry
from thuocdo.indicators import actions
from thuocdo.indicators.enums import Units
from thuocdo.indicators.models import Ranking, RankingLine
from thuocdo.indicators.queries import rankings
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused

pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "recompute_ranking.py"
DAY = AsOf(date(2025, 10, 10))


@pytest.fixture
def here():
    """Lai Châu with its ward surely ahead of Hưng Yên with its own."""
    made = world()
    both(made, counted(9_000, 10_000), counted(6_000, 10_000))
    return made


def both(here, lai_chau, hung_yen, **more):
    """The figures of the two provinces, each with its ward alike."""
    put({here.lai_chau: lai_chau, here.doan_ket: lai_chau, here.hung_yen: hung_yen,
         here.pho_hien: hung_yen}, **more)  # fmt: skip


def provinces(here, **more):
    return published(here.government, Units.PROVINCES, **more)


def lines(row):
    return {one.agency.code: one for one in RankingLine.objects.filter(ranking=row).select_related("agency")}


def files(row):
    with zipfile.ZipFile(io.BytesIO(bytes(row.package.content))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def recomputed(content: bytes, folder: Path):
    """What the script for people outside says, run without a single module of ours."""
    package = folder / "package.zip"
    package.write_bytes(content)
    return subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(package)], capture_output=True, text=True, cwd=folder
    )


@covers("3.15")
def test_who_is_surely_ahead_is_ranked_ahead(here):
    row = provinces(here)
    first, second = (lines(row)[one.code] for one in (here.lai_chau, here.hung_yen))
    assert ((first.rank, first.worst), (second.rank, second.worst)) == ((1, 1), (2, 2))
    assert (row.ranked, row.unranked, row.rules_since) == (2, 0, date(2025, 7, 1))
    assert first.counts["HANDLED_ON_TIME"] == [18_000, 20_000]  # the ward is in it
    assert Entry.objects.filter(verb="ranking.published").count() == 1


@covers("3.15")
def test_what_is_published_stays_when_the_facts_change(here):
    row = provinces(here)
    before = list(RankingLine.objects.order_by("pk").values())
    both(here, counted(10, 10_000), counted(9_999, 10_000))
    assert list(RankingLine.objects.order_by("pk").values()) == before
    assert rankings.former(row)[here.lai_chau.pk].rank == 1


@covers("3.15", "3.22")
def test_an_outside_reader_recomputes_it_with_fifty_lines(here, tmp_path):
    assert len(SCRIPT.read_text().splitlines()) <= 50
    assert "thuocdo" not in SCRIPT.read_text()
    row = provinces(here)
    told = recomputed(bytes(row.package.content), tmp_path)
    assert (told.returncode, told.stdout) == (0, "2 units ranked of 2; all as published\n")


@covers("3.15", "3.22")
def test_the_outside_reader_notices_a_changed_result_and_a_changed_input(here, tmp_path):
    row = provinces(here)
    for name, old, new in (("ranking.csv", ",1,1,", ",2,2,"), ("counts.csv", "12000,20000", "19999,20000")):
        changed = io.BytesIO()
        with zipfile.ZipFile(changed, "w") as archive:
            for file, text in files(row).items():
                assert file != name or old in text
                archive.writestr(file, text.replace(old, new) if file == name else text)
        told = recomputed(changed.getvalue(), tmp_path)
        assert (told.returncode, "NOT as published" in told.stdout) == (1, True)


@covers("3.15", "3.22")
def test_small_numbers_gaps_and_missing_parts_are_recomputed_too(here, tmp_path):
    both(here, counted(27, 30, given={"DOSSIERS_REPORTED": (35, 35)}), counted(28, 30))
    row = provinces(here)
    one, other = (lines(row)[each.code] for each in (here.lai_chau, here.hung_yen))
    assert [(one.rank, one.worst), (other.rank, other.worst)] == [(1, 2), (1, 2)]  # no real difference
    assert (round(one.coverage), one.high - one.low > 20) == (86, True)
    assert recomputed(bytes(row.package.content), tmp_path).returncode == 0


@covers("3.15")
def test_the_package_has_the_same_bytes_a_year_later(here):
    row = provinces(here)
    both(here, counted(1, 2), counted(2, 2))
    kept = bytes(Ranking.objects.get(pk=row.pk).package.content)
    assert hashlib.sha256(kept).hexdigest() == row.package_sha256
    assert "UBND tỉnh Lai Châu" in files(row)["ranking.csv"]


@covers("3.15")
def test_the_same_facts_give_the_same_bytes(here):
    first = provinces(here)
    actions.withdraw_ranking(
        ranking=first, reason="Đếm lại", happened_on=PUBLISHED_ON, by=None, at=PUBLISHED_AT
    )
    assert provinces(here, at=PUBLISHED_AT + timedelta(hours=5)).package_sha256 == first.package_sha256


@covers("3.15")
def test_change_is_told_against_oneself_and_against_the_last_published_ranking(here):
    both(here, counted(5_000, 10_000), counted(6_000, 10_000), period=AUGUST)
    provinces(here, period=AUGUST)
    line = lines(provinces(here))[here.lai_chau.code]
    assert (line.former_rank, line.rank) == (2, 1)
    assert line.change > 20
    assert line.is_real
    assert not lines(Ranking.objects.get(period=SEPTEMBER))[here.hung_yen.code].is_real


@covers("3.15")
def test_who_is_not_ranked_stands_in_it_with_the_reason(here, tmp_path):
    both(here, counted(90, 100), counted(90, 100, reused_known=3))
    row = provinces(here)
    line = lines(row)[here.hung_yen.code]
    assert (line.rank, str(rankings.reason(line))) == (None, "Metrics are missing: 4.3.")
    told = {one["unit"]: one for one in csv.DictReader(io.StringIO(files(row)["ranking.csv"]))}
    assert told[here.hung_yen.code]["reason"] == "Metrics are missing: 4.3."
    assert recomputed(bytes(row.package.content), tmp_path).stdout.startswith("1 units ranked of 2; all")


@covers("3.15")
@pytest.mark.parametrize(
    ("more", "why"),
    [
        (
            {"published_on": date(2025, 9, 30)},
            "The period is over on 2025-09-30; until then nothing is ranked.",
        ),
        ({"published_on": date(2025, 12, 1)}, "2025-12-01 has not come yet."),
        ({"period": 202505}, "No rules of the index held in this period."),
        ({"period": 202507}, "Nobody can be ranked: every unit lacks something."),
    ],
)
def test_what_cannot_be_published_is_refused_and_leaves_nothing(here, more, why):
    with pytest.raises(Refused) as refused:
        provinces(here, **more)
    assert [str(one) for one in refused.value.reasons] == [why]
    assert (Ranking.objects.exists(), RankingLine.objects.exists()) == (False, False)


@covers("3.15")
def test_a_second_one_of_the_same_period_only_after_the_first_is_withdrawn(here):
    first = provinces(here)
    with pytest.raises(Refused, match="ranked for this period already"):
        provinces(here)
    withdraw = {"ranking": first, "happened_on": PUBLISHED_ON + timedelta(days=1), "by": None}
    later = PUBLISHED_AT + timedelta(days=2)
    with pytest.raises(Refused, match="Say why it is withdrawn"):
        actions.withdraw_ranking(**withdraw, reason=" ", at=later)
    actions.withdraw_ranking(**withdraw, reason="Thiếu số liệu của một xã", at=later)
    with pytest.raises(Refused, match="withdrawn already"):
        actions.withdraw_ranking(**withdraw, reason="Lần nữa", at=later)
    second = provinces(here, at=later)
    assert [row.pk for row in rankings.listed(DAY)] == [second.pk]
    assert rankings.one(first.pk, DAY) == first  # withdrawn, not deleted
    before = AsOf(PUBLISHED_ON, known=PUBLISHED_AT + timedelta(hours=1))
    assert [row.pk for row in rankings.listed(before)] == [first.pk]


@covers("3.15")
def test_of_an_invented_world_the_package_says_so(here):
    agency_actions.describe_installation(opens_on=None, is_synthetic=True, by=None, at=PUBLISHED_AT)
    row = provinces(here)
    assert row.is_synthetic
    assert files(row)["README.txt"].startswith("SYNTHETIC: every name and figure")
    assert "synthetic,yes" in files(row)["about.csv"]
