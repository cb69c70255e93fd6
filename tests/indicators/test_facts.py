"""Facts are checked, entered once, counted by one text; what nobody handed over is missing."""

import sqlite3
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from tests.marks import covers
from thuocdo.indicators.facts import counting, deriving, engine, reading, texts
from thuocdo.indicators.facts.columns import COLUMNS, Kind
from thuocdo.indicators.facts.store import Store
from thuocdo.indicators.rules import dossiers
from thuocdo.indicators.rules.dossiers import Dossier, Flag, Moments, WorkingDays
from thuocdo.indicators.rules.service_counts import clocks, counts, months_of, quarter_of
from thuocdo.indicators.rules.service_index import Count

DAYS = WorkingDays.of(lambda day: day.weekday() < 5, date(2020, 1, 1), date(2030, 12, 31))
UNITS = [
    reading.Unit("H34", 1, date(1900, 1, 1), date(9999, 1, 1)),
    reading.Unit("H35", 2, date(2020, 1, 1), date(2026, 5, 15)),
]
HEAD = "code,version,unit,procedure,filed_on,received_on,promised_on,done_on,returned_on"
LO = "D1,1,H34,P1,2026-05-04,2026-05-04,2026-05-18,2026-05-15,2026-05-15"
GIANG = "D2,1,H34,P1,04/05/2026,04/05/2026,18/05/2026,,"


def enter(folder: Path, kind: Kind, *lines: str) -> tuple[list[reading.Bad], int, list[int]]:
    """Take in a file as the import does, without the database."""
    file = folder / "rows.csv"
    file.write_text("\n".join(lines) + "\n")
    store = Store(folder / "facts")
    with store.writing(), engine.connected() as db:
        bad = reading.stage(db, file, kind, UNITS, DAYS)
        there = list(store.files(kind).values())
        deriving.derive(db, kind, [DAYS], engine.parquet(there) if there else "")
        return bad, *store.enter(db, kind)


def counted(folder: Path, period: int, unit: int = 1) -> dict[str, int]:
    return counting.count(Store(folder / "facts"), set(months_of(period)))[period][unit].sums


BAD = [  # the row as written, and the column and reason it is named with
    ("D3,1,H34,P1,31/02/2026,,2026-05-18,,", "filed_on", "no day as 2026-09-30 or 30/09/2026"),
    ("D3,1,H34,P1,,,2026-05-18,,", "filed_on", "missing"),
    ("D3,1,H34,P1,1926-05-04,,2026-05-18,,", "filed_on", "too far away"),
    ("D3,eins,H34,P1,2026-05-04,,2026-05-18,,", "version", "no whole number"),
    ("D3,0,H34,P1,2026-05-04,,2026-05-18,,", "version", "not from 1 to 2000000000"),
    ("D3,1,H99,P1,2026-05-04,,2026-05-18,,", "unit", "no agency has this code"),
    ("D3,1,H35,P1,2026-05-20,,2026-05-28,,", "unit", "the agency does not exist on that day"),
    ("D3,1,H34,P1,2026-05-04,2026-05-01,2026-05-18,,", "received_on", "earlier than filed_on"),
    ("D3,1,H34,P1,2026-05-04,2026-05-04,,,", "limit_days",
     "neither promised_on nor limit_days is given: lateness cannot be told"),
    ("D1,1,H34,P1,2026-05-04,2026-05-04,2026-05-18,,", "version", "code and version stand in an earlier row"),
]  # fmt: skip


@covers("3.12")
@pytest.mark.parametrize(("line", "column", "reason"), BAD, ids=[row[2] for row in BAD])
def test_a_bad_row_is_named_and_the_others_are_entered(tmp_path, line, column, reason):
    bad, entered, _ = enter(tmp_path, Kind.DOSSIERS, HEAD, LO, line, GIANG)
    assert [(one.row, one.column, str(one.reason)) for one in bad] == [(3, column, reason)]
    assert entered == 2


@covers("3.12")
def test_a_file_counts_once_and_a_higher_version_takes_the_place_of_the_former(tmp_path):
    enter(tmp_path, Kind.DOSSIERS, HEAD, LO, GIANG)
    assert enter(tmp_path, Kind.DOSSIERS, HEAD, LO, GIANG)[1:] == (0, [])
    assert (counted(tmp_path, 202605)["filed"], counted(tmp_path, 202605)["on_time"]) == (2, 1)
    later = GIANG.replace("D2,1", "D2,2").replace(",,", ",15/05/2026,")
    assert enter(tmp_path, Kind.DOSSIERS, HEAD, later)[1:] == (1, [202605])
    assert enter(tmp_path, Kind.DOSSIERS, HEAD, GIANG)[1:] == (0, [])  # an older version changes nothing
    assert (counted(tmp_path, 202605)["filed"], counted(tmp_path, 202605)["on_time"]) == (2, 2)


@covers("3.12")
def test_a_dossier_whose_month_is_put_right_leaves_the_former_month(tmp_path):
    enter(tmp_path, Kind.DOSSIERS, HEAD, LO, GIANG)
    moved = LO.replace("D1,1", "D1,2").replace("2026-05-04", "2026-04-29")
    assert enter(tmp_path, Kind.DOSSIERS, HEAD, moved)[1:] == (1, [202604, 202605])
    assert (counted(tmp_path, 202604)["filed"], counted(tmp_path, 202605)["filed"]) == (1, 1)
    assert counted(tmp_path, 20262)["filed"] == 2


@covers("3.12")
def test_a_write_that_fails_leaves_the_month_as_it_was(tmp_path, monkeypatch):
    enter(tmp_path, Kind.DOSSIERS, HEAD, LO)

    def full(made: Path, target: Path) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="no space"):
        enter(tmp_path, Kind.DOSSIERS, HEAD, GIANG)
    monkeypatch.undo()
    assert counted(tmp_path, 202605)["filed"] == 1
    assert [path.name for path in (tmp_path / "facts" / "dossiers").iterdir()] == ["202605.parquet"]


@covers("3.12")
def test_what_was_entered_and_not_counted_stays_noted(tmp_path):
    enter(tmp_path, Kind.DOSSIERS, HEAD, LO)
    assert Store(tmp_path / "facts").uncounted == {202605}


@covers("3.13")
def test_a_matter_filed_anew_counts_from_its_first_filing_over_any_number_of_refusals(tmp_path):
    head = HEAD + ",refused_on,refiles"
    enter(tmp_path, Kind.DOSSIERS, head, "A,1,H34,P1,2026-05-04,2026-05-04,2026-05-18,,,2026-05-15,")
    enter(tmp_path, Kind.DOSSIERS, head, "B,1,H34,P1,2026-05-18,2026-05-18,2026-05-29,,,2026-05-20,A",
          "C,1,H34,P1,2026-05-21,2026-05-21,2026-05-29,2026-05-28,2026-05-28,,B")  # fmt: skip
    sums = counted(tmp_path, 202605)
    assert (sums["on_time"], sums["lived_on_time"], sums["in_hand"], sums["lived_days"]) == (3, 0, 1, 24)
    assert dict(clocks(sums).flags) == {Flag.REFILED: 2}


def history(random: Random) -> Dossier:
    """Any dossier that the import lets in; most have some of everything."""

    def day(first: date) -> date:
        return first + timedelta(days=random.randrange(40))

    def maybe(value: object) -> Any:
        return value if random.random() < 0.5 else None

    filed = day(date(2026, 4, 20))
    asked = maybe(day(filed))
    names = ("done_on", "returned_on", "refused_on", "stopped_on", "withdrawn_on", "collected_on")
    return Dossier(
        filed_on=filed,
        first_filed_on=filed,
        received_on=maybe(day(filed)),
        promised_on=maybe(day(filed)),
        first_promised_on=maybe(day(filed)),
        limit_days=random.randrange(1, 20),
        requested_on=asked,
        supplied_on=maybe(day(asked)) if asked else None,
        requested_again_on=maybe(maybe(day(asked))) if asked else None,
        **{name: maybe(maybe(day(filed))) for name in names},
        **{name: maybe(random.randrange(2)) for name in ("items_listed", "result_bytes", "data_parts")},
        **{name: maybe(random.random() < 0.5) for name in ("electronic_result", "digitised", "rating_asked")},
    )


@covers("3.13", "3.17")
def test_the_import_says_of_any_dossier_what_the_rule_says():
    random = Random(766)
    ones = [history(random) for _ in range(3_000)]
    with engine.connected() as db:
        _staged(db, ones)
        deriving.derive(db, Kind.DOSSIERS, [DAYS])
        flags = ", ".join(f"flag_{flag}" for flag in Flag)
        rows = db.execute(f"""
            SELECT on_time_month, on_time_quarter, lived_month, lived_quarter, in_hand, lived_days, ended,
                official_days, {flags} FROM facts ORDER BY CAST(code AS INTEGER)
        """).fetchall()
    wrong = [(one, row) for one, row in zip(ones, rows, strict=True) if row != _as_the_rule_says(one)]
    assert wrong == []
    assert all(sum(column) > 20 for column in list(zip(*rows, strict=True))[:4])  # each outcome is there
    assert all(
        sum(row[8 + place] for row in rows) > 0 for place, flag in enumerate(Flag) if flag != Flag.REFILED
    )


def _as_the_rule_says(one: Dossier) -> tuple[int, ...]:
    moments, day = Moments(one, DAYS), one.received_on or one.filed_on
    month_end = (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    last = months_of(quarter_of(day.year * 100 + day.month))[-1] % 100
    quarter_end = date(day.year, last, 30 if last in (6, 9) else 31)
    handled, hand = dossiers.official_days(one), dossiers.lived_days(one)
    raised = dossiers.flags(moments, month_end)
    return (
        dossiers.official(moments, month_end) is True, dossiers.official(moments, quarter_end) is True,
        dossiers.lived(moments, month_end), dossiers.lived(moments, quarter_end),
        hand is not None, hand or 0, handled is not None, handled or 0, *(flag in raised for flag in Flag),
    )  # fmt: skip


def _staged(db: duckdb.DuckDBPyConnection, ones: list[Dossier]) -> None:
    """The dossiers as the table that the reading of a file makes."""
    of_rule = {field.name for field in fields(Dossier)}
    named = [one for one in COLUMNS[Kind.DOSSIERS] if one.name in of_rule]
    lists = [[getattr(one, column.name) for one in ones] for column in named]
    types = {column.name: "DATE" if column.name.endswith("_on") else "BIGINT" for column in named}
    parts = [f"unnest(CAST(? AS {types[column.name]}[])) AS {column.name}" for column in named]
    others = [f"NULL::TINYINT AS {column.name}" for column in COLUMNS[Kind.DOSSIERS]
              if column.name not in {*of_rule, "code", "version", "unit", "procedure"}]  # fmt: skip
    db.execute(f"CREATE TEMP TABLE drawn AS SELECT {', '.join(parts)}", lists)
    db.execute(f"""
        CREATE TEMP TABLE staged AS SELECT *, {", ".join(others)}, 'P' AS procedure, 1 AS version,
        CAST(row_number() OVER () AS VARCHAR) AS code, 1 AS pk, 0 AS calendar,
        coalesce(received_on, filed_on) AS day FROM drawn
    """)


@covers("3.12", "3.11")
def test_what_nobody_handed_over_is_missing_and_a_blank_makes_its_metric_missing(tmp_path):
    head = HEAD + ",channel,paper_result,digitised,synced"
    enter(tmp_path, Kind.DOSSIERS, head, LO + ",2,0,1,1", GIANG + ",1,,,1")
    found = counts([(counted(tmp_path, 202605), {})], 1)
    assert found["HANDLED_ON_TIME"] == Count(1, 2)
    assert found["FILED_ONLINE"] == Count(1, 2)
    assert found["SO_HOA_GIAY_TO_GIAI_QUYET"] is None  # one is blank
    assert found["REUSED_DIGITIZED_DATA"] is None  # the column is not there
    assert found["PETITION_PROCESSING_ON_TIME"] is None  # no petitions were handed over
    assert found["DOSSIER_SYNC"] is None
    reported = counts([(counted(tmp_path, 202605), {"DOSSIERS_REPORTED": (4, 4)})], 1)
    assert reported["DOSSIER_SYNC"] == Count(2, 4)


@covers("3.12", "3.11")
def test_a_total_knows_a_metric_only_when_each_part_knows_it():
    whole = {"filed": 2, "taken_up": 2, "on_time": 1, "digitised": 1, "digitised_known": 2}
    blank = {**whole, "digitised_known": 1}
    assert counts([(whole, {}), (whole, {})], 1)["SO_HOA_GIAY_TO_GIAI_QUYET"] == Count(2, 4)
    assert counts([(whole, {}), (blank, {})], 1)["SO_HOA_GIAY_TO_GIAI_QUYET"] is None
    said = {"SO_HOA_GIAY_TO_GIAI_QUYET": (2, 2)}
    assert counts([(whole, {}), (blank, said)], 1)["SO_HOA_GIAY_TO_GIAI_QUYET"] == Count(3, 4)
    none = {"PETITION_PROCESSING_ON_TIME": (0, 0)}
    assert counts([(whole, none)], 1)["PETITION_PROCESSING_ON_TIME"] == Count(0, 0)


@covers("3.12")
def test_a_procedure_announced_twice_counts_once_and_late_once_is_late(tmp_path):
    head = "code,version,unit,procedure,month,announced_on,basis_effective_on,public_on,full_content,online"
    enter(tmp_path, Kind.PROCEDURES, head,
          "T1,1,H34,P1,2026-05,2026-05-04,2026-05-25,2026-05-06,1,2",
          "T2,1,H34,P1,2026-05,2026-05-20,2026-05-21,2026-05-20,1,2",
          "T3,1,H34,P2,2026-05,2026-05-04,2026-05-11,2026-05-11,0,0",
          "T4,1,H34,P2,2026-06,,,,1,1")  # fmt: skip
    may = counts([(counted(tmp_path, 202605), {})], 1)
    assert (may["PUBLISH_ON_TIME"], may["PUBLIC_UPDATE_ON_TIME"]) == (Count(1, 2), Count(2, 2))
    assert (may["PUBLIC_CONTENT_FULL"], may["OFFERED_ONLINE"]) == (Count(1, 2), Count(1, 2))
    quarter = counts([(counted(tmp_path, 20262), {})], 3)  # what a procedure is, it is in its last month
    assert (quarter["PUBLIC_CONTENT_FULL"], quarter["OFFERED_ONLINE"]) == (Count(2, 2), Count(2, 2))
    assert quarter["ONLINE_WITH_DOSSIERS"] is None


PETITIONS = [  # row, on time, happy
    ("2026-05-04,2026-05-06,,,,0,0,0", 1, 1),  # refused within 2 working days
    ("2026-05-04,2026-05-07,,,,0,0,0", 0, 0),
    ("2026-05-04,,2026-05-11,,,0,0,0", 1, 1),  # supplement asked for within 5
    ("2026-05-04,,2026-05-12,,,0,0,0", 0, 0),
    ("2026-05-04,,,2026-05-25,2026-05-27,0,0,0", 1, 1),  # handled within 15, public within 2
    ("2026-05-04,,,2026-05-26,2026-05-26,0,0,0", 0, 0),
    ("2026-05-04,,,2026-05-20,2026-05-25,0,0,0", 0, 0),
    ("2026-05-04,,,2026-05-20,2026-05-20,1,2,0", 1, 0),  # more dislikes than likes
    ("2026-05-04,,,2026-05-20,2026-05-20,2,2,1", 1, 0),  # repeated
    ("2026-05-15,,,,,0,0,0", 1, 1),  # still in time at the end of the month
]


@covers("3.12")
@pytest.mark.parametrize(("line", "on_time", "happy"), PETITIONS)
def test_petitions_are_judged_by_their_working_days(tmp_path, line, on_time, happy):
    head = "code,version,unit,received_on,refused_on,requested_on,handled_on,published_on"
    enter(tmp_path, Kind.PETITIONS, head + ",likes,dislikes,repeated", "K1,1,H34," + line)
    sums = counted(tmp_path, 202605)
    assert (sums["petitions_on_time"], sums["petitions_happy"]) == (on_time, happy)


@covers("3.12")
def test_counts_of_a_quarter_are_those_given_or_the_sum_of_its_months(tmp_path):
    head = "version,unit,period,metric,numerator,denominator,points,source"
    rows = [f"1,H34,2026-0{month},CERTIFIED,{month},10,,report" for month in (4, 5, 6)]
    enter(
        tmp_path,
        Kind.COUNTS,
        head,
        *rows,
        "1,H34,2026-04,ASKED,1,2,,report",
        "1,H34,2026-Q2,INDEX,,,90.09,portal",
    )
    made = counting.count(Store(tmp_path / "facts"), {202604, 202605, 202606})
    assert made[20262][1].given == {"CERTIFIED": (15, 30)}
    assert made[202604][1].given == {"CERTIFIED": (4, 10), "ASKED": (1, 2)}
    assert made[20262][1].official == {"INDEX": "90.0900"}


@covers("3.17")
def test_the_texts_are_plain_integer_additions_that_sqlite_counts_alike(tmp_path):
    enter(tmp_path, Kind.DOSSIERS, HEAD, LO, GIANG)
    enter(tmp_path, Kind.PETITIONS, "code,version,unit,received_on", "K1,1,H34,2026-05-04")
    enter(tmp_path, Kind.PROCEDURES, "code,version,unit,procedure,month,online", "T1,1,H34,P1,2026-05,2")
    store, other = Store(tmp_path / "facts"), sqlite3.connect(":memory:")
    with engine.connected() as db:
        for kind in texts.TEXTS:
            table = engine.parquet(list(store.files(kind).values()))
            cursor = db.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in cursor.description]
            other.execute(f"CREATE TABLE {kind} ({', '.join(names)})")
            places = ", ".join("?" * len(names))
            other.executemany(f"INSERT INTO {kind} VALUES ({places})", cursor.fetchall())
            for quarterly in (False, True):
                here = db.execute(texts.text(kind, table, quarterly=quarterly)).fetchall()
                assert here == other.execute(texts.text(kind, kind, quarterly=quarterly)).fetchall()
    other.close()


@covers("3.12")
def test_every_column_is_documented():
    text = (Path(__file__).parents[2] / "docs" / "facts.md").read_text()
    rows = [f"| `{one.name}` | {one.form} | {'yes' if one.required else ''} | {one.means} |"
            for columns in COLUMNS.values() for one in columns]  # fmt: skip
    assert [row for row in rows if row not in text] == []
