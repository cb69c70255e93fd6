"""What is counted of facts: one plain ANSI SQL text for each kind, the same for every engine (3.17).

Only COUNT, SUM, MAX and MIN of integers, CASE, and GROUP BY; `{period}` is the column month or quarter,
`{table}` whatever the engine calls the facts. Ratios and points are computed from these integers in Python.
A yes-or-no column that is empty somewhere is not known: COUNT of it is then smaller than COUNT(*).
"""

from thuocdo.indicators.facts.columns import Kind
from thuocdo.indicators.facts.deriving import FLAGS

KNOWN = (
    "synced", "digitised", "reused", "citizen_data", "has_fee", "complained", "online", "result_due",
    "result_electronic", "fee_paid", "stored_digitised",
)  # fmt: skip
SUMMED = ("taken_up", "ended", "official_days", "in_hand", "lived_days", "without_result")
DOSSIERS = f"""
SELECT unit, {{period}} AS period, COUNT(*) AS filed,
  SUM(on_time_{{period}}) AS on_time, SUM(lived_{{period}}) AS lived_on_time,
  {", ".join(f"SUM({name}) AS {name}" for name in SUMMED)},
  {", ".join(f"SUM({name}) AS {name}, COUNT({name}) AS {name}_known" for name in KNOWN)},
  {", ".join(f"SUM(flag_{name}) AS flag_{name}" for name in FLAGS)}
FROM {{table}} GROUP BY unit, {{period}}
"""  # nosec B608 # our own words, no input
# A procedure counts once in a period: late if it was late once; what it is, is what it was in its last month.
PROCEDURES = """
SELECT unit, period, COUNT(*) AS procedures,
  SUM(announced) AS announced, SUM(announced * announced_on_time) AS announced_on_time,
  SUM(announced * public_on_time) AS public_on_time,
  SUM(public) AS public, SUM(full_content) AS full_content,
  SUM(CASE WHEN online > 0 THEN 1 ELSE 0 END) AS offered, COUNT(online) AS offered_known,
  SUM(CASE WHEN online > 0 THEN had_online_dossiers ELSE 0 END) AS used_online,
  COUNT(had_online_dossiers) AS used_online_known,
  SUM(has_fee) AS fee, COUNT(has_fee) AS fee_known,
  SUM(fee_offered) AS fee_offered, COUNT(fee_offered) AS fee_offered_known,
  SUM(fee_paid_online) AS fee_paid_online, COUNT(fee_paid_online) AS fee_paid_online_known,
  SUM(for_citizens) AS for_citizens, COUNT(for_citizens) AS for_citizens_known,
  SUM(citizen_data) AS connected, COUNT(citizen_data) AS connected_known
FROM (
  SELECT unit, {period} AS period, procedure, MAX(announced) AS announced,
    MIN(announced_on_time) AS announced_on_time, MIN(public_on_time) AS public_on_time,
    MAX(month * 10 + public) - MAX(month) * 10 AS public,
    MAX(month * 10 + full_content) - MAX(month) * 10 AS full_content,
    MAX(month * 10 + online) - MAX(month) * 10 AS online,
    MAX(had_online_dossiers) AS had_online_dossiers,
    MAX(month * 10 + has_fee) - MAX(month) * 10 AS has_fee,
    MAX(month * 10 + fee_offered) - MAX(month) * 10 AS fee_offered,
    MAX(fee_paid_online) AS fee_paid_online,
    MAX(month * 10 + for_citizens) - MAX(month) * 10 AS for_citizens,
    MAX(month * 10 + citizen_data) - MAX(month) * 10 AS citizen_data
  FROM {table} GROUP BY unit, {period}, procedure
) once GROUP BY unit, period
"""
PETITIONS = """
SELECT unit, {period} AS period, COUNT(*) AS petitions,
  SUM(on_time_{period}) AS petitions_on_time, COUNT(*) - SUM(unhappy_{period}) AS petitions_happy
FROM {table} GROUP BY unit, {period}
"""
TEXTS = {Kind.DOSSIERS: DOSSIERS, Kind.PROCEDURES: PROCEDURES, Kind.PETITIONS: PETITIONS}
REFERENCE = "SELECT unit, metric, numerator, denominator, points FROM {table} ORDER BY unit, metric"


def text(kind: Kind, table: str, *, quarterly: bool = False) -> str:
    """The text of a kind over a table, by month or by quarter."""
    return TEXTS[kind].format(table=table, period="quarter" if quarterly else "month")
