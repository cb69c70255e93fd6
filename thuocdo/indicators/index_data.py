"""The versions of the index of Decision 766, read from the data file of this app (3.11)."""

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from thuocdo.indicators.rules.service_index import Group, IfNone, Metric, Version

DATA = Path(__file__).resolve().parent / "data" / "index766.toml"


@cache
def versions(path: Path = DATA) -> tuple[Version, ...]:
    """Every version, oldest first. `ValueError` when the maxima of a version do not add up."""
    with path.open("rb") as handle:
        rows = tomllib.load(handle)["version"]
    return tuple(sorted((_version(row) for row in rows), key=lambda version: version.since))


def _version(row: dict[str, Any]) -> Version:
    groups = tuple(
        Group(group["number"], Decimal(group["maximum"]), tuple(sorted(group["name"].items())))
        for group in row["group"]
    )
    metrics = tuple(_metric(metric) for metric in row["metric"])
    since: date = row["since"]
    for group in groups:
        points = sum(metric.maximum for metric in metrics if metric.group == group.number)
        if points != group.maximum:
            raise ValueError(
                f"{since}: the metrics of group {group.number} make {points}, not {group.maximum}"
            )
    return Version(since, row["basis"], row["source"], groups, metrics)


def _metric(row: dict[str, Any]) -> Metric:
    return Metric(
        number=row["number"],
        code=row["code"],
        group=row["group"],
        maximum=Decimal(row["maximum"]),
        threshold=Decimal(row.get("threshold", "1")),
        if_none=IfNone(row.get("if_none", "missing")),
        times=row.get("times", ""),
        names=tuple(sorted(row["name"].items())),
        note=row.get("note", ""),
        levels=tuple(row.get("levels", ())),
    )
