"""Reads a file of facts (CSV or Parquet) into a typed table, names what is wrong by row and column (3.12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from thuocdo.indicators.facts.columns import CHECKS, COLUMNS, DAY_OF, KEY_OF, SQL_TYPES, Column, Form, Kind
from thuocdo.indicators.facts.engine import literal
from thuocdo.indicators.rules.dossiers import WorkingDays
from thuocdo.lib.say import Refused, Say, require, say

READ = {
    Form.TEXT: "{0}",
    Form.DAY: "coalesce(try_cast({0} AS DATE), CAST(try_strptime({0}, '%d/%m/%Y') AS DATE))",
    Form.NUMBER: "try_cast({0} AS BIGINT)",
    Form.POINTS: "try_cast({0} AS DECIMAL(9, 4))",
    Form.YES_NO: "try_cast({0} AS TINYINT)",
    Form.MONTH: "CASE WHEN regexp_full_match({0}, '20\\d\\d-(0[1-9]|1[0-2])')"
                " THEN CAST(replace({0}, '-', '') AS INTEGER) END",
    Form.PERIOD: "CASE WHEN regexp_full_match({0}, '20\\d\\d-(0[1-9]|1[0-2]|Q[1-4])')"
                 " THEN CAST(replace(replace({0}, '-', ''), 'Q', '') AS INTEGER) END",
}  # fmt: skip
WRITTEN = {
    Form.DAY: say("no day as 2026-09-30 or 30/09/2026"),
    Form.NUMBER: say("no whole number"),
    Form.POINTS: say("no number of points"),
    Form.YES_NO: say("neither 1 nor 0"),
    Form.MONTH: say("no month as 2026-09"),
    Form.PERIOD: say("no month as 2026-09 or quarter as 2026-Q3"),
}
MISSING, FAR = say("missing"), say("too far away")
UNKNOWN = say("no agency has this code")
OUTSIDE = say("the agency does not exist on that day")
TWICE = say("code and version stand in an earlier row")


@dataclass(frozen=True, slots=True)
class Unit:
    """An agency that facts may name, and which of the calendars it works by."""

    agency: str  # its code
    pk: int
    opened_on: date
    closed_on: date
    calendar: int = 0
    central: bool = False


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that is not entered: where, and why. The header is row 1."""

    row: int
    column: str
    reason: Say
    value: str


def stage(
    db: duckdb.DuckDBPyConnection, file: Path, kind: Kind, units: Sequence[Unit], days: WorkingDays
) -> list[Bad]:
    """Make the table `staged` of the good rows, the last version of each; the bad rows in order."""
    put_units(db, units)
    source = _source(db, file, kind)
    span = f"DATE '{days.first}' AND DATE '{days.last}'"
    try:
        db.execute(f"CREATE TEMP TABLE staged AS {_select(kind, source, span)}")
    except duckdb.Error as error:
        raise Refused(say("%(file)s cannot be read: %(why)s", file=file.name, why=str(error))) from None
    _mark_twice(db)
    rows = db.execute('SELECT "row", problems FROM staged WHERE problems <> \'\' ORDER BY "row"').fetchall()
    db.execute("DELETE FROM staged WHERE problems <> ''")
    _keep_last_versions(db)
    said = {str(one): one for one in _reasons(kind)}
    lines = [(row, *line.split("\t", 2)) for row, text in rows for line in text.splitlines()]
    return [Bad(row, column, said[reason], value) for row, column, reason, value in lines]


def _reasons(kind: Kind) -> list[Say]:
    """Everything that may be said of a row."""
    ranges = [_outside(one) for one in COLUMNS[kind]]
    return [
        *WRITTEN.values(), *ranges, *(one.reason for one in CHECKS[kind]),
        MISSING, FAR, UNKNOWN, OUTSIDE, TWICE,
    ]  # fmt: skip


def _outside(one: Column) -> Say:
    return say("not from %(least)s to %(most)s", least=one.least, most=one.most)


def put_units(db: duckdb.DuckDBPyConnection, units: Sequence[Unit]) -> None:
    """Make the table of agencies."""
    names = ("agency", "pk", "opened_on", "closed_on", "calendar", "central")
    lists = [[getattr(unit, name) for unit in units] for name in names]
    types = ("VARCHAR", "INTEGER", "DATE", "DATE", "INTEGER", "BOOLEAN")
    parts = ", ".join(
        f"unnest(CAST(? AS {kind}[])) AS {name}" for name, kind in zip(names, types, strict=True)
    )
    db.execute(f"CREATE TEMP TABLE units AS SELECT {parts}", lists)


def _source(db: duckdb.DuckDBPyConnection, file: Path, kind: Kind) -> str:
    """The file as a table of texts with all columns of the kind; `Refused` where the header does not fit."""
    if not file.is_file():
        raise Refused(say("There is no file %(file)s.", file=str(file)))
    if file.suffix.lower() == ".parquet":
        reader = f"read_parquet({literal(file)})"
    else:
        reader = f"read_csv({literal(file)}, all_varchar = true, header = true, null_padding = true)"
    try:
        there = [row[0] for row in db.execute(f"DESCRIBE SELECT * FROM {reader}").fetchall()]  # nosec B608
    except duckdb.Error as error:
        raise Refused(say("%(file)s cannot be read: %(why)s", file=file.name, why=str(error))) from None
    columns = COLUMNS[kind]
    missing = tuple(one.name for one in columns if one.required and one.name not in there)
    unknown = tuple(name for name in there if name not in {one.name for one in columns})
    require(
        say("These columns are needed and not there: %(columns)s.", columns=missing) if missing else None,
        say("These columns are not known: %(columns)s. docs/facts.md lists those that are.", columns=unknown)
        if unknown
        else None,
    )
    cells = ", ".join(
        f"nullif(trim(CAST({one.name} AS VARCHAR)), '') AS {one.name}"
        if one.name in there
        else f"CAST(NULL AS VARCHAR) AS {one.name}"
        for one in columns
    )
    return f'SELECT row_number() OVER () + 1 AS "row", {cells} FROM {reader}'  # nosec B608 # our words


def _select(kind: Kind, source: str, span: str) -> str:
    """One pass: cells typed, every problem of the row written down as lines of column, reason, value."""
    columns = COLUMNS[kind]
    typed = ", ".join(
        f"CAST({READ[one.form].format('raw.' + one.name)} AS {SQL_TYPES[one.form]}) AS {one.name}"
        for one in columns
    )
    given = ", ".join(f"raw.{one.name} AS given_{one.name}" for one in columns)
    named = KEY_OF.get(kind)
    key = f", {named} AS code" if named else ""
    kept = ", ".join(one.name for one in columns)
    problems = ", ".join([*(_cell(one, span) for one in columns), *_together(kind)])
    return f"""
        WITH raw AS ({source}), cells AS (SELECT "row", {typed}, {given} FROM raw)
        SELECT "row", {kept}{key}, {DAY_OF[kind]} AS day, pk, calendar, central,
               concat_ws(chr(10), {problems}) AS problems
        FROM cells LEFT JOIN units ON agency = unit
    """  # nosec B608 # our own words, no input


def _cell(one: Column, span: str) -> str:
    given, cell = f"given_{one.name}", one.name
    cases = []
    if one.required:
        cases.append(f"WHEN {given} IS NULL THEN {_line(one.name, MISSING, chr(39) * 2)}")
    if one.form in WRITTEN:
        cases.append(f"WHEN {given} IS NOT NULL AND {cell} IS NULL THEN"
                     f" {_line(one.name, WRITTEN[one.form], given)}")  # fmt: skip
    if one.form is Form.DAY:
        cases.append(f"WHEN {cell} NOT BETWEEN {span} THEN {_line(one.name, FAR, given)}")
    if one.form in (Form.NUMBER, Form.YES_NO, Form.POINTS):
        said = _line(one.name, _outside(one), given)
        cases.append(f"WHEN {cell} NOT BETWEEN {one.least} AND {one.most} THEN {said}")
    return f"CASE {' '.join(cases)} END" if cases else "NULL"


def _together(kind: Kind) -> list[str]:
    checks = [
        f"CASE WHEN {one.wrong} THEN {_line(one.column, one.reason, f'given_{one.column}')} END"
        for one in CHECKS[kind]
    ]
    unknown = _line("unit", UNKNOWN, "given_unit")
    outside = _line("unit", OUTSIDE, "given_unit")
    return [
        *checks,
        f"CASE WHEN given_unit IS NOT NULL AND pk IS NULL THEN {unknown} END",
        f"CASE WHEN NOT ({DAY_OF[kind]} >= opened_on AND {DAY_OF[kind]} < closed_on) THEN {outside} END",
    ]


def _line(column: str, reason: Say, value: str) -> str:
    """A problem as one line of text in SQL; line breaks and tabs of the value become spaces."""
    cut = f"left(regexp_replace(coalesce({value}, ''), '[\\t\\n\\r]', ' ', 'g'), 60)"
    return f"{literal(column)} || chr(9) || {literal(str(reason))} || chr(9) || {cut}"


def _mark_twice(db: duckdb.DuckDBPyConnection) -> None:
    """The same code and version a second time in the file says nothing new, or contradicts the first."""
    db.execute("""
        CREATE TEMP TABLE twice AS SELECT code, version, min("row") AS first FROM staged
        WHERE problems = '' GROUP BY code, version HAVING count(*) > 1
    """)
    db.execute(f"""
        UPDATE staged SET problems = {_line("version", TWICE, "''")}
        FROM twice WHERE staged.code = twice.code AND staged.version = twice.version
        AND staged."row" > twice.first AND problems = ''
    """)  # nosec B608 # our own words, no input


def _keep_last_versions(db: duckdb.DuckDBPyConnection) -> None:
    db.execute("""
        DELETE FROM staged USING (SELECT code, max(version) AS last FROM staged GROUP BY code
        HAVING count(*) > 1) AS newest WHERE staged.code = newest.code AND staged.version < newest.last
    """)
