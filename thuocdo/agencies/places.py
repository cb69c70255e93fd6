"""Where units stand on a drawn map: tiles of provinces, points of communes, imported outlines (3.16)."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from thuocdo.agencies.enums import TerritoryLevel
from thuocdo.agencies.models import Outline

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True, slots=True)
class Tile:
    """A province, or an archipelago of it, on the grid."""

    code: str
    column: int
    row: int
    name: str


@cache
def tiles() -> tuple[Tile, ...]:
    """The tiles of the 34 provinces, with Hoàng Sa (Đà Nẵng) and Trường Sa (Khánh Hòa)."""
    return tuple(
        Tile(row["code"], int(row["column"]), int(row["row"]), row["name"]) for row in _rows("tiles.csv")
    )


@cache
def points() -> dict[str, tuple[float, float]]:
    """Latitude and longitude of each commune by its code."""
    return {row["code"]: (float(row["latitude"]), float(row["longitude"])) for row in _rows("points.csv")}


def outlines(level: TerritoryLevel) -> dict[str, str]:
    """The paths that an operator imported, by code; none by default."""
    rows = Outline.objects.filter(level=level).order_by("pk")
    return dict(rows.values_list("code", "path"))


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
