"""Invented facts shaped like life: few agencies have most of them, seasons, late tails, tricks (3.19).

The same seed and the same number give the same rows. Nothing in them is of anybody: codes are numbers.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import duckdb

from thuocdo.indicators.facts import deriving, reading
from thuocdo.indicators.facts.columns import Kind
from thuocdo.indicators.facts.reading import Unit
from thuocdo.indicators.facts.store import Store
from thuocdo.indicators.rules.dossiers import WorkingDays

SEASON = (8, 5, 11, 9, 8, 8, 9, 10, 10, 9, 8, 5)  # of twelve months: the weeks of Tết are quiet, March is not
PROCEDURES, PER_UNIT = 2_000, 20  # known in the country; reported each month by an agency
LIMITS = "[1, 3, 5, 7, 10, 15, 20, 30]"
PETITIONS_PER_MILLE = 6


def _u(number: int) -> str:
    """A number from 0 up to 1, always the same for a row, a seed and a place."""
    return f"(hash(i, seed, {number}) % 1000003 / 1000003.0)"


DOSSIERS = f"""
    WITH drawn AS (
        SELECT range AS i, CAST($seed AS BIGINT) AS seed, CAST($first AS DATE) AS first,
        CAST($days AS INTEGER) AS days FROM range(CAST($rows AS BIGINT))
    ), placed AS (
        SELECT *, CAST(floor(exp({_u(1)} * ln($units + 1))) AS INTEGER) AS rank,
            CAST(floor(exp({_u(2)} * ln({PROCEDURES} + 1))) AS INTEGER) AS number,
            first + CAST(floor({_u(3)} * days) AS INTEGER) AS any_day, {_u(4)} AS fate, {_u(5)} AS speed,
            {_u(6)} AS tail, {_u(7)} AS trick, {_u(8)} AS online_luck, {_u(9)} AS data_luck, {_u(10)} AS pay
        FROM drawn
    ), timed AS (
        SELECT *, {LIMITS}[number % 8 + 1] AS limit_days, hash(pk, seed) % 1000 / 1000.0 AS ease,
            CASE WHEN dayofweek(any_day) IN (0, 6) AND tail > 0.05 THEN least(any_day + 2, first + days - 1)
            ELSE any_day END AS filed_on
        FROM placed JOIN ranked USING (rank)
    ), handled AS (
        SELECT *, least(400, CAST(ceil(CASE WHEN speed > 0.03 + 0.15 * (1 - ease)
            THEN limit_days * (0.2 + 0.8 * tail) ELSE limit_days * (0.9 + power(1 - tail, -0.7) * 0.5) END
            * 1.35) AS INTEGER)) AS took, fate < 0.04 AS asked, fate BETWEEN 0.04 AND 0.05 AS refused,
            fate BETWEEN 0.05 AND 0.055 AS withdrawn, tail > 0.9 AND trick < 0.3 * (1 - ease) AS tricky,
            filed_on + CAST(trick < 0.05 AND filed_on < first + days - 1 AS INTEGER) AS received_on
        FROM timed
    )
    SELECT i + 2 AS "row", 'G' || year(first) * 100 + month(first) || '-' || i AS code, 1 AS version,
        'P' || lpad(CAST(number AS VARCHAR), 4, '0') AS procedure, filed_on, received_on,
        received_on + CAST(ceil(limit_days * 1.4) AS INTEGER) AS promised_on,
        CASE WHEN tricky THEN received_on + CAST(limit_days AS INTEGER) END AS first_promised_on,
        CAST(limit_days AS BIGINT) AS limit_days,
        CAST(CASE WHEN online_luck < 0.35 + 0.4 * ease THEN 2 WHEN online_luck > 0.98 THEN 3 ELSE 1 END
            AS BIGINT) AS channel,
        CASE WHEN NOT refused AND NOT withdrawn THEN received_on + took END AS done_on,
        CASE WHEN NOT refused AND NOT withdrawn THEN received_on + took + CAST(tricky AS INTEGER) * 12
            END AS returned_on,
        CASE WHEN refused THEN received_on + CAST(limit_days AS INTEGER) END AS refused_on,
        CAST(NULL AS DATE) AS stopped_on, CASE WHEN withdrawn THEN received_on + 1 END AS withdrawn_on,
        CAST(NULL AS DATE) AS collected_on,
        CASE WHEN asked THEN received_on + took // 2 END AS requested_on,
        CASE WHEN asked THEN received_on + took // 2 + 3 END AS supplied_on,
        CASE WHEN asked AND trick < 0.05 THEN received_on + took END AS requested_again_on,
        CASE WHEN asked THEN CAST(trick > 0.1 AS BIGINT) END AS items_listed,
        CAST(NULL AS VARCHAR) AS refiles,
        CAST(1 AS TINYINT) AS paper_result, CAST(data_luck < 0.6 + 0.35 * ease AS TINYINT)
            AS electronic_result, CAST(CASE WHEN tricky THEN 0 ELSE 48000 END AS BIGINT) AS result_bytes,
        CAST(data_luck < 0.5 + 0.4 * ease AS TINYINT) AS digitised,
        CAST(NOT tricky AS BIGINT) AS data_parts, CAST(data_luck < 0.3 + 0.5 * ease AS TINYINT) AS reused,
        CAST(data_luck < 0.1 * ease AS TINYINT) AS stored,
        CAST(data_luck < 0.4 + 0.5 * ease AS TINYINT) AS citizen_data,
        CAST(pay < 0.98 AS TINYINT) AS synced, CAST(number % 3 = 0 AS TINYINT) AS has_fee,
        CAST(number % 3 = 0 AND pay < 0.3 + 0.6 * ease AS TINYINT) AS paid_online,
        CAST(pay > 0.996 AS TINYINT) AS complained, CAST(took <= limit_days OR pay > 0.5 AS TINYINT)
            AS rating_asked, received_on AS day, pk, calendar, central
    FROM handled
"""  # nosec B608 # our own words, no input
PETITIONS = f"""
    WITH drawn AS (
        SELECT range AS i, CAST($seed AS BIGINT) AS seed, CAST($first AS DATE) AS first,
        CAST($days AS INTEGER) AS days FROM range(CAST($rows AS BIGINT))
    ), placed AS (
        SELECT *, CAST(floor(exp({_u(1)} * ln($units + 1))) AS INTEGER) AS rank,
            first + CAST(floor({_u(3)} * days) AS INTEGER) AS received_on, {_u(4)} AS fate, {_u(5)} AS speed
        FROM drawn
    )
    SELECT i + 2 AS "row", 'K' || year(first) * 100 + month(first) || '-' || i AS code, 1 AS version,
        received_on, CASE WHEN fate < 0.1 THEN received_on + 1 END AS refused_on,
        CAST(NULL AS DATE) AS requested_on,
        CASE WHEN fate >= 0.1 THEN received_on + CAST(4 + 22 * speed AS INTEGER) END AS handled_on,
        CASE WHEN fate >= 0.1 THEN received_on + CAST(5 + 22 * speed AS INTEGER) END AS published_on,
        CAST(fate * 10 AS BIGINT) AS likes, CAST(speed * 6 AS BIGINT) AS dislikes,
        CAST(fate > 0.97 AS TINYINT) AS repeated, received_on AS day, pk, calendar, central
    FROM placed JOIN ranked USING (rank)
"""  # nosec B608 # our own words, no input
PROCEDURE_ROWS = f"""
    WITH drawn AS (
        SELECT pk * {PER_UNIT} + range AS i, range AS place, CAST($seed AS BIGINT) AS seed,
            CAST($first AS DATE) AS first, pk, calendar, central FROM ranked, range({PER_UNIT})
    ), placed AS (
        SELECT *, hash(pk, seed) % 1000 / 1000.0 AS ease, {_u(4)} AS fate, {_u(5)} AS speed FROM drawn
    )
    SELECT i AS "row", 'T' || year(first) * 100 + month(first) || '-' || i AS code, 1 AS version,
        'P' || lpad(CAST(place + 1 AS VARCHAR), 4, '0') AS procedure,
        year(first) * 100 + month(first) AS month,
        CASE WHEN fate < 0.1 THEN first + 9 END AS announced_on,
        CASE WHEN fate < 0.1 THEN first + CAST(40 * speed AS INTEGER) END AS basis_effective_on,
        CASE WHEN fate < 0.1 THEN first + 10 + CAST(9 * speed AS INTEGER) END AS public_on,
        CAST(speed < 0.97 AS TINYINT) AS full_content,
        CAST(CASE WHEN speed < 0.2 + 0.5 * ease THEN 2 WHEN speed < 0.9 THEN 1 ELSE 0 END AS BIGINT)
            AS online,
        CAST(fate < 0.5 + 0.4 * ease AS TINYINT) AS had_online_dossiers,
        CAST(place % 3 = 0 AS TINYINT) AS has_fee, CAST(place % 3 = 0 AS TINYINT) AS fee_offered,
        CAST(place % 3 = 0 AND speed < 0.4 + 0.4 * ease AS TINYINT) AS fee_paid_online,
        CAST(1 AS TINYINT) AS for_citizens, CAST(speed < 0.5 + 0.4 * ease AS TINYINT) AS citizen_data,
        first AS day, pk, calendar, central
    FROM placed
"""  # nosec B608 # our own words, no input
COUNTS = """
    SELECT 1 AS "row", pk || '/' || year(CAST($first AS DATE)) * 100 + month(CAST($first AS DATE)) || metric
        AS code, 1 AS version, year(CAST($first AS DATE)) * 100 + month(CAST($first AS DATE)) AS period,
        metric, CAST(part AS BIGINT) AS numerator, CAST(whole AS BIGINT) AS denominator,
        CAST(NULL AS DECIMAL(9, 4)) AS points, 'invented' AS source, CAST($first AS DATE) AS day,
        pk, calendar, central
    FROM ranked, (VALUES ('ELECTRONIC_CERTIFIED_COPY', 70, 100), ('DOSSIER_SYNC', 97, 100)) AS one(metric,
        part, whole)
    WHERE hash(pk, $seed) >= 0
"""


TEXTS = {
    Kind.DOSSIERS: DOSSIERS,
    Kind.PETITIONS: PETITIONS,
    Kind.PROCEDURES: PROCEDURE_ROWS,
    Kind.COUNTS: COUNTS,
}


def months(since: date, number: int) -> list[date]:
    """The first days of so many months."""
    firsts = [since.replace(day=1)]
    while len(firsts) < number:
        firsts.append((firsts[-1] + timedelta(days=32)).replace(day=1))
    return firsts


def shares(rows: int, firsts: Sequence[date]) -> list[int]:
    """How many of the rows fall into each month, by its season."""
    weights = [SEASON[first.month - 1] for first in firsts]
    parts = [rows * weight // sum(weights) for weight in weights]
    parts[0] += rows - sum(parts)
    return parts


def enter_month(
    db: duckdb.DuckDBPyConnection,
    store: Store,
    first: date,
    rows: int,
    units: Sequence[Unit],
    calendars: list[WorkingDays],
    seed: int,
) -> tuple[int, set[int]]:
    """Invent a month of facts of all kinds and enter them: how many, and the months that changed."""
    entered, changed = 0, set[int]()
    for kind in TEXTS:
        stage_month(db, kind, first, rows, units, seed)
        deriving.derive(db, kind, calendars)
        new, months = store.enter(db, kind)
        entered, changed = entered + new, changed | set(months)
    return entered, changed


def stage_month(
    db: duckdb.DuckDBPyConnection, kind: Kind, first: date, rows: int, units: Sequence[Unit], seed: int
) -> None:
    """Make the table `staged` of a month of a kind, as the reading of a file makes it."""
    _clear(db)
    reading.put_units(db, units)
    _rank(db, seed)
    days = ((first + timedelta(days=32)).replace(day=1) - first).days
    number = rows * PETITIONS_PER_MILLE // 1000 + 1 if kind is Kind.PETITIONS else rows
    given = {"seed": seed, "first": first, "days": days, "rows": number, "units": len(units)}
    used = {name: value for name, value in given.items() if f"${name}" in TEXTS[kind]}
    db.execute(f"CREATE TEMP TABLE staged AS {TEXTS[kind]}", used)


def _rank(db: duckdb.DuckDBPyConnection, seed: int) -> None:
    """Who has most: the order of the agencies, drawn once."""
    order = f"row_number() OVER (ORDER BY hash(pk, {int(seed)}), pk) AS rank"
    db.execute(f"CREATE TEMP TABLE ranked AS SELECT {order}, pk, calendar, central FROM units")  # nosec B608


def _clear(db: duckdb.DuckDBPyConnection) -> None:
    for name in ("units", "ranked", "staged", "facts", "held", "fresh"):
        db.execute(f"DROP TABLE IF EXISTS {name}")
    db.execute("DROP MACRO IF EXISTS o")
