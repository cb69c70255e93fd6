"""A file of facts through the whole house: calendar, map, log, cube, index; pages never load the engine."""

import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.indicators.factory import world
from tests.marks import covers
from thuocdo.agencies import actions as agency_actions
from thuocdo.agencies.enums import DayKind, Occasion
from thuocdo.agencies.rules.calendar import NewDecision, NewMark
from thuocdo.audit.models import Entry
from thuocdo.indicators import intake
from thuocdo.indicators.facts.columns import Kind
from thuocdo.indicators.jobs import count_facts
from thuocdo.indicators.models import FactImport, FactSums, FactWhole
from thuocdo.indicators.queries import service
from thuocdo.indicators.rules.service_index import Count
from thuocdo.jobs import queries as job_queries
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused

AT = datetime(2025, 10, 10, 2, tzinfo=UTC)
DAY = AsOf(date(2025, 10, 10))
HEAD = "code,version,unit,procedure,filed_on,received_on,promised_on,done_on,returned_on"


@pytest.fixture
def var(tmp_path, settings) -> Path:
    settings.VAR = tmp_path
    return tmp_path


def taken(var: Path, kind: Kind, *lines: str, **more: bool) -> intake.Taken:
    file = var / "rows.csv"
    file.write_text("\n".join(lines) + "\n")
    return intake.take(file=file, kind=kind, by=None, at=AT, **more)


@covers("3.12", "3.13")
@pytest.mark.django_db
def test_dossiers_of_a_ward_are_in_the_index_of_its_province(var):
    base = world()
    taken(var, Kind.DOSSIERS, HEAD,
          f"D1,1,{base.doan_ket.code},P1,2025-09-01,2025-09-01,2025-09-08,2025-09-08,2025-09-12",
          f"D2,1,{base.lai_chau.code},P1,2025-09-03,2025-09-03,2025-09-08,2025-09-09,2025-09-09")  # fmt: skip
    ward = service.of_agency(base.doan_ket, 202509, DAY)
    province = service.of_agency(base.lai_chau, 202509, DAY)
    assert (ward.agencies, ward.clocks.official, ward.clocks.lived) == (1, Count(1, 1), Count(0, 1))
    assert (province.agencies, province.clocks.official, province.clocks.lived) == (
        2,
        Count(1, 2),
        Count(0, 2),
    )
    assert province.clocks.gap == Decimal("0.5")
    assert province.index.total is None  # parts are missing: a range, never a score
    assert (province.index.low, province.index.high) == (10, 90)
    assert service.periods(base.lai_chau.pk, DAY) == [202509, 20253]


@covers("3.12")
@pytest.mark.django_db
def test_a_day_off_of_one_agency_counts_in_its_dossiers_alone(var):
    base = world()
    flood = NewMark(date(2025, 9, 3), DayKind.OFF, Occasion.STORM, "lũ", base.doan_ket.pk)
    new = NewDecision("12/QĐ-UBND", "UBND", "Nghỉ do mưa lũ", date(2025, 9, 2), (flood,))
    agency_actions.decide_days(new=new, by=None, at=AT)
    one_day = "P1,2025-09-02,2025-09-02,1,2025-09-04,2025-09-04"
    taken(var, Kind.DOSSIERS, HEAD.replace("promised_on", "limit_days"),
          f"D1,1,{base.doan_ket.code},{one_day}", f"D2,1,{base.lai_chau.code},{one_day}")  # fmt: skip
    on_time = {row.agency_id: row.sums["on_time"] for row in FactSums.objects.filter(period=202509)}
    assert on_time == {base.doan_ket.pk: 1, base.lai_chau.pk: 0}


@covers("3.12")
@pytest.mark.django_db
def test_an_import_stands_in_the_log_and_a_second_changes_nothing(var):
    base = world()
    line = f"D1,1,{base.doan_ket.code},P1,2025-09-01,2025-09-01,2025-09-08,2025-09-08,2025-09-08"
    taken(var, Kind.DOSSIERS, HEAD, line)
    before = list(FactSums.objects.order_by("pk").values_list("period", "sums"))
    again = taken(var, Kind.DOSSIERS, HEAD, line)
    assert (again.good, again.entered, again.months) == (1, 0, ())
    assert list(FactSums.objects.order_by("pk").values_list("period", "sums")) == before
    assert Entry.objects.filter(verb="facts.imported").count() == 2


@covers("3.12")
@pytest.mark.django_db
def test_what_a_lost_process_left_uncounted_is_counted_by_the_next(var):
    base = world()
    line = f"D1,1,{base.doan_ket.code},P1,2025-09-01,2025-09-01,2025-09-08,2025-09-08,2025-09-08"
    taken(var, Kind.DOSSIERS, HEAD, line)
    FactSums.objects.all().delete()
    intake.store().note_uncounted({202509})
    taken(var, Kind.DOSSIERS, HEAD, line)
    assert FactSums.objects.get(period=202509).sums["on_time"] == 1
    assert intake.store().uncounted == set()


@covers("3.12")
@pytest.mark.django_db
def test_the_worker_counts_what_is_left_without_another_import(var):
    base = world()
    line = f"D1,1,{base.doan_ket.code},P1,2025-09-01,2025-09-01,2025-09-08,2025-09-08,2025-09-08"
    taken(var, Kind.DOSSIERS, HEAD, line)
    FactSums.objects.all().delete()
    intake.store().note_uncounted({202509})
    count_facts.func()
    assert FactSums.objects.get(period=202509).sums["on_time"] == 1
    assert intake.count_left(at=AT) == 0  # nothing is left
    assert "thuocdo.indicators.jobs.count_facts" in [line.path for line in job_queries.table()]


@covers("3.12")
@pytest.mark.django_db
def test_a_whole_is_added_up_once_and_anew_on_another_map(var):
    base = world()
    day = "P1,2025-09-01,2025-09-01,2025-09-08,2025-09-08,2025-09-08"
    taken(var, Kind.DOSSIERS, HEAD, f"D1,1,{base.doan_ket.code},{day}", f"D2,1,{base.lai_chau.code},{day}")
    FactSums.objects.update(sums={})  # who reads the sums of the parts sees nothing of them
    assert service.of_agency(base.lai_chau, 202509, DAY).clocks.official == Count(2, 2)
    FactWhole.objects.update(parts=[base.lai_chau.pk])  # as if the ward had joined since
    assert service.of_agency(base.lai_chau, 202509, DAY).clocks is None


@covers("3.12")
@pytest.mark.django_db
def test_strict_enters_nothing_and_a_strange_column_is_refused(var):
    base = world()
    good = f"D1,1,{base.doan_ket.code},P1,2025-09-01,2025-09-01,2025-09-08,,"
    assert taken(var, Kind.DOSSIERS, HEAD, good, good, strict=True).entered == 0
    assert not FactImport.objects.exists()
    with pytest.raises(Refused, match="not known: name_of_citizen"):
        taken(var, Kind.DOSSIERS, HEAD + ",name_of_citizen", good + ",x")
    with pytest.raises(Refused, match="not there: unit, procedure"):
        taken(var, Kind.DOSSIERS, "code,version,filed_on", "D1,1,2025-09-01")


@covers("3.12")
@pytest.mark.django_db
def test_an_official_figure_is_kept_beside_with_the_difference(var):
    base = world()
    code = base.doan_ket.code
    taken(var, Kind.DOSSIERS, HEAD, f"D1,1,{code},P1,2025-09-01,2025-09-01,2025-09-08,2025-09-08,2025-09-08")
    rows = (f"1,{code},2025-09,HANDLED_ON_TIME,19.5,portal", f"1,{code},2025-09,INDEX,90.09,portal")
    taken(var, Kind.COUNTS, "version,unit,period,metric,points,source", *rows)
    whole, handled = sorted(service.of_agency(base.doan_ket, 202509, DAY).beside, key=lambda one: one.code,
                            reverse=True)  # fmt: skip
    assert (whole.official, whole.own, whole.difference) == (Decimal("90.09"), None, None)
    assert (handled.official, handled.own, handled.difference) == (Decimal("19.5"), 20, Decimal("0.5"))


@covers("3.12")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("vi", "dòng 2, filed_on: không phải ngày dạng"),
        ("fr", "ligne 2, filed_on\u00a0: pas une date comme"),
        ("de", "Zeile 2, filed_on: kein Datum wie"),
    ],
)
def test_the_command_speaks_the_language_of_the_operator(var, capsys, language, told):
    base = world()
    file = var / "d.csv"
    file.write_text(f"{HEAD}\nD1,1,{base.doan_ket.code},P1,2025-13-01,,2025-09-08,,\n")
    call_command("facts", "--language", language, "import", str(file), "--kind", "dossiers")
    assert told in capsys.readouterr().out


@covers("3.12")
@pytest.mark.django_db
def test_the_command_names_bad_rows_and_writes_them_all_to_a_file(var, capsys):
    base = world()
    file, errors = var / "d.csv", var / "bad.csv"
    row = f"D1,1,{base.doan_ket.code},P1,2025-13-01,,2025-09-08,,"
    file.write_text(f"{HEAD}\n{row}\n")
    call_command(
        "facts", "--language", "en", "import", str(file), "--kind", "dossiers", "--errors", str(errors)
    )
    assert "row 2, filed_on: no day as 2026-09-30 or 30/09/2026  2025-13-01" in capsys.readouterr().out
    assert errors.read_text().splitlines()[1] == "2,filed_on,no day as 2026-09-30 or 30/09/2026,2025-13-01"
    with pytest.raises(CommandError, match=r"There is no file|Không có tệp"):
        call_command("facts", "import", str(var / "none.csv"), "--kind", "dossiers")


@covers("3.19")
@pytest.mark.django_db
def test_invented_facts_only_where_all_is_invented_and_never_mixed(var):
    base = world()
    ask = {"rows": 3_000, "since": date(2025, 7, 1), "months": 3, "seed": 766, "by": None, "at": AT}
    with pytest.raises(Refused, match="invented agencies"):
        intake.generate(**ask)
    agency_actions.describe_installation(opens_on=None, is_synthetic=True, by=None, at=AT)
    intake.generate(**ask)
    filed = [row.sums["filed"] for row in FactSums.objects.filter(period=20253) if "filed" in row.sums]
    assert sum(filed) == 3_000
    assert max(filed) > 3 * sorted(filed)[len(filed) // 2]  # few have most
    again = FactSums.objects.get(period=202507, agency=base.lai_chau).sums
    intake.generate(**ask)  # the same seed, the same rows
    assert FactSums.objects.get(period=202507, agency=base.lai_chau).sums == again
    with pytest.raises(Refused, match="real ones are not mixed in"):
        taken(var, Kind.DOSSIERS, HEAD, "D1,1,H,P1,2025-09-01,,2025-09-08,,")


@covers("3.19")
@pytest.mark.django_db
def test_invented_facts_are_refused_beside_real_ones(var):
    base = world()
    taken(var, Kind.DOSSIERS, HEAD, f"D1,1,{base.doan_ket.code},P1,2025-09-01,,2025-09-08,,")
    agency_actions.describe_installation(opens_on=None, is_synthetic=True, by=None, at=AT)
    with pytest.raises(Refused, match="holds real facts"):
        intake.generate(rows=10, since=date(2025, 7, 1), months=1, seed=1, by=None, at=AT)


@covers("3.17")
def test_the_pages_never_load_the_engine():
    script = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'thuocdo.config.settings_test';"
        "django.setup(); import thuocdo.config.urls, thuocdo.config.wsgi;"
        "sys.exit('duckdb' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=Path(__file__).parents[2]).returncode == 0
