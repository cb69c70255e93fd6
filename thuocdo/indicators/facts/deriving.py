"""From staged rows to facts of integers: the rules of `rules/dossiers.py` as SQL over whole files (3.12).

`o(day)` is `WorkingDays.before`: the number of working days before a day in the calendar of the agency. Only
the import runs this; what is counted later are the integers it leaves.
"""

import duckdb

from thuocdo.indicators.facts.columns import Kind
from thuocdo.indicators.rules.dossiers import LATE_SHARE, NEVER, REFILED_WITHIN, TAKEN_UP_WITHIN, WorkingDays

PART, WHOLE = LATE_SHARE
MONTH = "year(day) * 100 + month(day)"
QUARTER = "year(day) * 10 + quarter(day)"
MONTH_END = "CAST(last_day(day) AS DATE)"
QUARTER_END = "CAST(date_trunc('quarter', day) + INTERVAL 3 MONTH - INTERVAL 1 DAY AS DATE)"

DOSSIER_MOMENTS = f"""
    SELECT *, o(filed_on) AS m_filed, o(received_on) AS m_received, o(requested_on) AS m_requested,
        o(supplied_on) AS m_supplied, o(requested_again_on) AS m_again,
        least(o(refused_on), o(stopped_on), o(withdrawn_on)) AS m_without,
        o(coalesce(done_on, returned_on)) AS m_handled, o(done_on) AS m_done,
        o(coalesce(collected_on, returned_on)) AS m_hand,
        CASE WHEN promised_on IS NULL THEN o(received_on) + limit_days ELSE o(promised_on) END AS m_limit,
        least(o(matter_promised_on), o(first_promised_on), o(promised_on),
            CASE WHEN limit_days IS NULL THEN {NEVER}
            ELSE o(first_filed_on) + limit_days END) AS m_lived,
        CASE WHEN supplied_on IS NULL THEN 0 ELSE greatest(0, o(supplied_on) - o(requested_on)) END AS waited,
        o({MONTH_END}) AS month_end, o({QUARTER_END}) AS quarter_end
    FROM staged
"""  # nosec B608 # our own words, no input
ON_TIME = """CASE WHEN received_on IS NULL OR m_again <= {0} THEN 0
    WHEN least(m_without, m_handled) <= {0} THEN least(m_without, m_handled) <= m_limit + waited
    WHEN m_requested <= {0} AND {0} < m_supplied THEN m_requested <= m_limit
    ELSE {0} <= m_limit + waited END"""
LIVED = "m_hand <= m_lived OR ({0} <= m_lived AND m_without > {0})"
ENDED_ON = "least(refused_on, stopped_on, withdrawn_on, coalesce(done_on, returned_on))"
HAND_ON = "coalesce(collected_on, returned_on)"
MATTER_PROMISED = "least(matter_promised_on, first_promised_on, promised_on) AS matter_promised_on"
FLAGS = {
    "last_tenth": f"requested_on IS NOT NULL AND received_on IS NOT NULL AND m_requested <= m_limit"
                  f" AND (m_requested - m_received) * {WHOLE} >= (m_limit - m_received) * {PART}",
    "no_item": "requested_on IS NOT NULL AND items_listed = 0",
    "asked_twice": "requested_again_on IS NOT NULL",
    "refiled": f"filed_on - refused_before_on BETWEEN 0 AND {REFILED_WITHIN}",
    "empty_result": "electronic_result = 1 AND result_bytes = 0",
    "attachment_only": "digitised = 1 AND data_parts = 0",
    "moved_promise": "promised_on IS NOT NULL AND o(first_promised_on) < o(promised_on)",
    "done_early": f"m_done <= m_limit + waited AND m_limit + waited < m_hand AND m_hand < {NEVER}",
    "taken_up_late": f"received_on IS NOT NULL AND m_received > m_filed + {TAKEN_UP_WITHIN}",
    "unasked": f"rating_asked = 0 AND least(m_without, m_handled) < {NEVER} AND received_on IS NOT NULL"
               f" AND NOT on_time_month",
}  # fmt: skip
PLAIN = ("synced", "digitised", "reused", "citizen_data", "has_fee", "complained")  # 0 while not taken up
ONLINE = """CASE WHEN channel IS NULL THEN NULL WHEN channel <> 2 OR paper_result = 0 THEN channel = 2
    ELSE electronic_result END"""
MADE = {  # further columns that are 0 or 1, empty where it is not known
    "online": ONLINE,
    "result_due": "paper_result",
    "result_electronic": "CASE WHEN paper_result = 0 THEN 0 ELSE paper_result * electronic_result END",
    "fee_paid": "CASE WHEN has_fee = 0 THEN 0 ELSE has_fee * paid_online END",
    "stored_digitised": "CASE WHEN digitised = 0 THEN 0 ELSE digitised * stored END",
}


def _one(name: str, expression: str) -> str:
    return f"CAST(coalesce({expression}, false) AS TINYINT) AS {name}"


def _taken(name: str, expression: str) -> str:
    return f"CAST(CASE WHEN received_on IS NULL THEN 0 ELSE ({expression}) END AS TINYINT) AS {name}"


DOSSIERS = f"""
    WITH moments AS ({DOSSIER_MOMENTS}), judged AS (SELECT *, CAST({ON_TIME.format("month_end")} AS BOOLEAN)
        AS on_time_month, CAST({ON_TIME.format("quarter_end")} AS BOOLEAN) AS on_time_quarter FROM moments)
    SELECT code, CAST(version AS INTEGER) AS version, pk AS unit, procedure, {MONTH} AS month,
        {QUARTER} AS quarter, filed_on, first_filed_on, refused_on,
        {MATTER_PROMISED},
        CAST(received_on IS NOT NULL AS TINYINT) AS taken_up,
        {_one("on_time_month", "on_time_month")}, {_one("on_time_quarter", "on_time_quarter")},
        {_one("lived_month", LIVED.format("month_end"))},
        {_one("lived_quarter", LIVED.format("quarter_end"))},
        CAST(received_on IS NOT NULL AND {ENDED_ON} IS NOT NULL AS TINYINT) AS ended,
        CAST(CASE WHEN received_on IS NULL THEN 0 ELSE coalesce(greatest(0, {ENDED_ON} - received_on
            - greatest(0, coalesce(supplied_on - requested_on, 0))), 0) END AS INTEGER) AS official_days,
        CAST({HAND_ON} IS NOT NULL AS TINYINT) AS in_hand,
        CAST(coalesce({HAND_ON} - first_filed_on, 0) AS INTEGER) AS lived_days,
        CAST(m_without < {NEVER} AS TINYINT) AS without_result,
        {", ".join(_taken(name, name) for name in PLAIN)},
        {", ".join(_taken(name, expression) for name, expression in MADE.items())},
        {", ".join(_one(f"flag_{name}", expression) for name, expression in FLAGS.items())}
    FROM judged
"""  # nosec B608 # our own words, no input
PROCEDURES = f"""
    SELECT code, CAST(version AS INTEGER) AS version, pk AS unit, procedure, month, {QUARTER} AS quarter,
        CAST(announced_on IS NOT NULL AS TINYINT) AS announced,
        CAST(announced_on IS NULL OR o(announced_on) <= o(basis_effective_on)
            - CASE WHEN central THEN 20 ELSE 5 END AS TINYINT) AS announced_on_time,
        CAST(announced_on IS NULL OR o(public_on) <= o(announced_on)
            + CASE WHEN central THEN 10 ELSE 5 END AS TINYINT) AS public_on_time,
        CAST(full_content IS NOT NULL AS TINYINT) AS public, CAST(coalesce(full_content, 0) AS TINYINT) AS
        full_content, CAST(online AS TINYINT) AS online, had_online_dossiers, has_fee,
        CASE WHEN has_fee = 0 THEN 0 ELSE fee_offered END AS fee_offered,
        CASE WHEN has_fee = 0 THEN 0 ELSE fee_paid_online END AS fee_paid_online,
        for_citizens, CASE WHEN for_citizens = 0 THEN 0 ELSE citizen_data END AS citizen_data
    FROM staged
"""  # nosec B608 # our own words, no input
HANDLED = """o(refused_on) <= m_received + 2 OR o(handled_on) <= m_received + 15
    AND (o(published_on) <= o(handled_on) + 2 OR {0} <= o(handled_on) + 2)
    OR refused_on IS NULL AND o(requested_on) <= m_received + 5 AND handled_on IS NULL
    OR refused_on IS NULL AND handled_on IS NULL AND requested_on IS NULL AND {0} <= m_received + 15"""
UNHAPPY = "dislikes > likes OR repeated = 1 OR NOT "
PETITIONS = f"""
    WITH moments AS (SELECT *, o(received_on) AS m_received, o({MONTH_END}) AS month_end,
        o({QUARTER_END}) AS quarter_end FROM staged),
    judged AS (SELECT *, {HANDLED.format("month_end")} AS month_ok, {HANDLED.format("quarter_end")}
        AS quarter_ok FROM moments)
    SELECT code, CAST(version AS INTEGER) AS version, pk AS unit, {MONTH} AS month, {QUARTER} AS quarter,
        {_one("on_time_month", "month_ok")}, {_one("on_time_quarter", "quarter_ok")},
        {_one("unhappy_month", UNHAPPY + "month_ok")}, {_one("unhappy_quarter", UNHAPPY + "quarter_ok")}
    FROM judged
"""  # nosec B608 # our own words, no input
COUNTS = """
    SELECT code, CAST(version AS INTEGER) AS version, pk AS unit, period AS month, metric, numerator,
        denominator, points, source
    FROM staged
"""
TEXTS = {
    Kind.DOSSIERS: DOSSIERS,
    Kind.PROCEDURES: PROCEDURES,
    Kind.PETITIONS: PETITIONS,
    Kind.COUNTS: COUNTS,
}


def derive(db: duckdb.DuckDBPyConnection, kind: Kind, calendars: list[WorkingDays], held: str = "") -> None:
    """Make the table `facts` from `staged`; `held`: the dossiers entered before, if any."""
    _ordinals(db, calendars)
    if kind is Kind.DOSSIERS:
        _matters(db, held)
    db.execute(f"CREATE TEMP TABLE facts AS {TEXTS[kind]}")


def _ordinals(db: duckdb.DuckDBPyConnection, calendars: list[WorkingDays]) -> None:
    """The function `o`: one list of ordinals, the calendars one after the other."""
    first, length = calendars[0].first, (calendars[0].last - calendars[0].first).days + 1
    counts: list[int] = []
    for calendar in calendars:
        worked = {(day - first).days for day in calendar.days}
        seen = 0
        for place in range(length):
            counts.append(seen)
            seen += place in worked
    db.execute("SET VARIABLE ordinals = CAST(? AS INTEGER[])", [counts])
    db.execute(f"""
        CREATE TEMP MACRO o(asked) AS coalesce(list_extract(getvariable('ordinals'),
        calendar * {length} + CAST(asked - DATE '{first}' AS INTEGER) + 1), {NEVER})
    """)


def _matters(db: duckdb.DuckDBPyConnection, held: str) -> None:
    """The first filing and the refusal of the matter, where a dossier refiles a refused one."""
    for name in ("first_filed_on", "matter_promised_on", "refused_before_on"):
        db.execute(f"ALTER TABLE staged ADD COLUMN {name} DATE")
    db.execute("UPDATE staged SET first_filed_on = filed_on")
    if not db.execute("SELECT 1 FROM staged WHERE refiles IS NOT NULL LIMIT 1").fetchone():
        return
    of_matter = "SELECT code, first_filed_on, refused_on, matter_promised_on FROM"
    sources = [f"{of_matter.replace('matter_promised_on', MATTER_PROMISED)} staged"]
    if held:
        told = f"{of_matter} {held} WHERE code IN (SELECT refiles FROM staged)"  # nosec B608 # our own words
        sources.append(f"{told} AND code NOT IN (SELECT code FROM staged)")  # nosec B608 # our words
    changed = 1
    while changed:
        row = db.execute(f"""
            UPDATE staged SET first_filed_on = least(staged.first_filed_on, earlier.first_filed_on),
                refused_before_on = earlier.refused_on,
                matter_promised_on = least(staged.matter_promised_on, earlier.matter_promised_on)
            FROM ({" UNION ALL ".join(sources)}) AS earlier
            WHERE staged.refiles = earlier.code AND earlier.refused_on <= staged.filed_on
            AND (earlier.first_filed_on < staged.first_filed_on OR staged.refused_before_on IS NULL
                OR earlier.matter_promised_on < staged.matter_promised_on)
        """).fetchone()  # nosec B608 # our own words, no input
        changed = int(row[0]) if row else 0
