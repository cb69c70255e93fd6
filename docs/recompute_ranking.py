"""Recomputes a published ranking from its package and compares: python3 recompute_ranking.py PACKAGE.zip"""

import csv
import sys
import zipfile
from decimal import Decimal as D

PACK = zipfile.ZipFile(sys.argv[1])
ABOUT, RULES, UNITS, TOLD, RANKING = (list(csv.DictReader(PACK.read(f"{name}.csv").decode().splitlines()))
                                      for name in ("about", "rules", "units", "counts", "ranking"))
SAID = {row["name"]: row["value"] for row in ABOUT}
COUNTS = {(row["unit"], row["metric"]): (D(row["numerator"]), D(row["denominator"]))
          for row in TOLD if row["denominator"]}
CODES, Z = {rule["number"]: rule["code"] for rule in RULES}, D(SAID["z"])
MOST = sum(D(rule["maximum"]) for rule in RULES)

def ratios(above, below):  # what was counted, and what chance leaves at least and at most (Wilson)
    share, whole = min(D(1), above / below), 1 + Z * Z / below
    width = Z * (share * (1 - share) / below + Z * Z / (4 * below * below)).sqrt()
    return above / below, *((share + Z * Z / (2 * below) + end) / whole for end in (-width, width))

def points(unit, rule):  # counted, at least, at most; None: the metric is missing
    count, top, factor = COUNTS.get((unit, rule["code"])), D(rule["maximum"]), D(1)
    if not count or not count[1]:
        return {"full": (top,) * 3, "zero": (D(0),) * 3}.get(rule["if_none"]) if count else None
    if rule["times"]:
        other = COUNTS.get((unit, CODES[rule["times"]]))
        factor = other[0] / other[1] if other and other[1] else None
    if factor is None:
        return None
    made, low, high = (top * max(D(0), min(D(1), ratio * factor / D(rule["threshold"]))) for ratio in ratios(*count))
    return (made,) * 3 if rule["drawn_from"] == "catalogue" else (made, min(low, made), max(high, made))

def reach(unit):  # points, and the least and most that chance and missing parts allow; None: it is not ranked
    made, share = [points(unit["unit"], rule) for rule in RULES], D(unit["arrived"]) / D(unit["expected"])
    if None in made or unit["told_as_counts"] or share * 100 < D(SAID["coverage_floor"]):
        return None
    score = sum(one[0] for one in made)
    down, up = (sum(sum(abs(one[end] - one[0]) for one, rule in zip(made, RULES) if rule["drawn_from"] == kind) ** 2
                    for kind in ("dossiers", "petitions")).sqrt() for end in (1, 2))
    low, high = round(max(D(0), score - down), 6), round(min(MOST, score + up), 6)
    return round(score, 6), round(low * share, 6), round(min(MOST, high * share + (1 - share) * MOST), 6)

FOUND = {unit["unit"]: made for unit in UNITS if (made := reach(unit))}
OURS = {unit: (1 + sum(other[1] > mine[2] for other in FOUND.values()),
               len(FOUND) - sum(other[2] < mine[1] for other in FOUND.values()), *mine) for unit, mine in FOUND.items()}
THEIRS = {row["unit"]: tuple(D(row[name]) for name in ("rank", "worst_rank", "points", "low", "high"))
          for row in RANKING if row["rank"]}
print(f"{len(OURS)} units ranked of {len(UNITS)};", "all as published" if OURS == THEIRS else "NOT as published")
sys.exit(OURS != THEIRS)
