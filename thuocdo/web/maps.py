"""The picture of a ranking, drawn here: tiles of the provinces, dots of the communes; no polygons (3.16).

Five shades by points, from the lowest to the highest of the ranking; who is not ranked has none.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from thuocdo.agencies import places
from thuocdo.agencies.places import Tile
from thuocdo.indicators.enums import Units
from thuocdo.indicators.models import Ranking, RankingLine

SHADES = 5
WIDE, HIGH, GAP = 66, 34, 3  # of a tile
# of the dots, an image of its own that the page's colours do not reach: readable on light and on dark
COLOURS = ("#c2703d", "#b08d57", "#7d9a84", "#3a979c", "#0a7fa6")  # from brown to blue
NONE, NAMES = "#8a949b", "#7a8790"
PER_DEGREE, EDGE = 60, 64  # units of the drawing
ISLANDS = {"20333": "Hoàng Sa", "22736": "Trường Sa"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A tile with what stands on it. `shade` 0: not ranked."""

    tile: Tile
    x: int
    y: int
    shade: int
    line: RankingLine | None


@dataclass(frozen=True, slots=True)
class Step:
    """A shade, from 1 to 5, with the points at which it begins and ends."""

    shade: int
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Picture:
    """The tiles of provinces; without any, communes as dots, an image of its own."""

    steps: Sequence[Step]
    cells: Sequence[Cell] = ()
    width: int = 0
    height: int = 0


def picture(row: Ranking, lines: Sequence[RankingLine], low: Decimal, high: Decimal) -> Picture | None:
    """Of lines with scores between these; None where they have no place on the map of the country."""
    made = steps(low, high)
    if row.units == Units.COMMUNES:
        return Picture(made) if any(code_of(one) in places.points() for one in lines) else None
    by_code = {code_of(one): one for one in lines} if row.units == Units.PROVINCES else {}
    tiles = places.tiles()
    if not any(tile.code in by_code for tile in tiles):
        return None
    cells = [_cell(tile, by_code.get(tile.code), made) for tile in tiles]
    return Picture(made, cells, max(cell.x for cell in cells) + WIDE, max(cell.y for cell in cells) + HIGH)


def _cell(tile: Tile, line: RankingLine | None, made: Sequence[Step]) -> Cell:
    x, y = tile.column * (WIDE + GAP), tile.row * (HIGH + GAP)
    return Cell(tile, x, y, shade_of(line, made) if line else 0, line)


def steps(low: Decimal, high: Decimal) -> list[Step]:
    """Five shades of equal width between the lowest and the highest points."""
    wide = (high - low) / SHADES
    return [Step(number + 1, low + wide * number, low + wide * (number + 1)) for number in range(SHADES)]


def shade_of(line: RankingLine, made: Sequence[Step]) -> int:
    """1 to 5; 0 of who is not ranked."""
    if line.rank is None or line.score is None:
        return 0
    score = line.score
    return next((step.shade for step in made if score <= step.high), SHADES)


def code_of(line: RankingLine) -> str:
    """The code of the territory of a line's agency."""
    return line.agency.territory.code if line.agency.territory is not None else ""


def dots(lines: Iterable[RankingLine]) -> str:
    """An SVG of all communes of a ranking, each a dot in its shade; one path for each shade."""
    there = [(one, places.points()[code_of(one)]) for one in lines if code_of(one) in places.points()]
    scores = [one.score for one, _ in there if one.rank is not None and one.score is not None]
    made = steps(min(scores), max(scores)) if scores else []
    placed: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    names = []
    for one, (latitude, longitude) in there:
        at = (round(longitude * PER_DEGREE), round(-latitude * PER_DEGREE))
        placed[shade_of(one, made)].append(at)
        if (name := ISLANDS.get(code_of(one))) is not None:
            names.append((name, *at))
    return _svg(placed, names)


def _svg(placed: Mapping[int, Sequence[tuple[int, int]]], names: Sequence[tuple[str, int, int]]) -> str:
    every = [point for points in placed.values() for point in points] or [(0, 0)]
    left, top = min(x for x, _ in every) - EDGE, min(y for _, y in every) - EDGE
    wide, high = max(x for x, _ in every) - left + EDGE, max(y for _, y in every) - top + EDGE
    size = max(3, min(12, round(max(wide, high) / 130)))
    paths = "".join(
        f'<path stroke="{COLOURS[shade - 1] if shade else NONE}" d="{_moves(points, left, top)}"/>'
        for shade, points in sorted(placed.items())
    )
    told = "".join(f'<text x="{x - left}" y="{y - top - 14}">{name}</text>' for name, x, y in names)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" fill="none"'
        f' stroke-linecap="round" stroke-width="{size}">{paths}<g fill="{NAMES}" text-anchor="middle"'
        f' font-family="sans-serif" font-size="20">{told}</g></svg>'
    )


def _moves(points: Sequence[tuple[int, int]], left: int, top: int) -> str:
    return "".join(f"M{x - left} {y - top}h0" for x, y in sorted(points))
