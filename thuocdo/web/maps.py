"""The picture of a ranking: tiles of provinces or their imported outlines, dots of communes (3.16).

Five shades by points, from the lowest to the highest of the ranking; who is not ranked has none.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from thuocdo.agencies import places
from thuocdo.agencies.enums import TerritoryLevel
from thuocdo.agencies.models import Outline
from thuocdo.agencies.places import Tile
from thuocdo.agencies.rules.outlines import spot
from thuocdo.indicators.enums import Units
from thuocdo.indicators.models import Ranking, RankingLine

SHADES = 5
WIDE, HIGH, GAP = 66, 34, 3  # of a tile
# of the dots, an image of its own that the page's colours do not reach: readable on light and on dark
COLOURS = ("#c2703d", "#b08d57", "#7d9a84", "#3a979c", "#0a7fa6")  # from brown to blue
NONE, NAMES = "#8a949b", "#7a8790"
EDGES, EDGE, SMALL = "#ffffff", 64, 9  # between outlines; around a drawing; a dot beside outlines
ISLANDS = {"20333": ("Hoàng Sa", "48"), "22736": ("Trường Sa", "56")}  # of Đà Nẵng, of Khánh Hòa
SPOT = re.compile(r"(-?\d+) (-?\d+)")


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
    """The tiles of provinces; without any, an image of its own: dots, or outlines that were imported."""

    steps: Sequence[Step]
    cells: Sequence[Cell] = ()
    width: int = 0
    height: int = 0


def picture(row: Ranking, lines: Sequence[RankingLine], low: Decimal, high: Decimal) -> Picture | None:
    """Of lines with scores between these; None where they have no place on the map of the country."""
    made = steps(low, high)
    codes = {code_of(one): one for one in lines if code_of(one)}
    if row.units == Units.COMMUNES:
        return Picture(made) if any(code in places.points() for code in codes) else None
    if row.units != Units.PROVINCES or not any(tile.code in codes for tile in places.tiles()):
        return None
    if Outline.objects.filter(level=TerritoryLevel.PROVINCE).exists():
        return Picture(made)
    cells = [_cell(tile, codes.get(tile.code), made) for tile in places.tiles()]
    return Picture(made, cells, max(cell.x for cell in cells) + WIDE, max(cell.y for cell in cells) + HIGH)


def _cell(tile: Tile, line: RankingLine | None, made: Sequence[Step]) -> Cell:
    x, y = tile.column * (WIDE + GAP), tile.row * (HIGH + GAP)
    return Cell(tile, x, y, shade_of(line.score if line and line.rank else None, made), line)


def steps(low: Decimal, high: Decimal) -> list[Step]:
    """Five shades of equal width between the lowest and the highest points."""
    wide = (high - low) / SHADES
    return [Step(number + 1, low + wide * number, low + wide * (number + 1)) for number in range(SHADES)]


def shade_of(score: Decimal | None, made: Sequence[Step]) -> int:
    """1 to 5; 0 of who is not ranked."""
    return 0 if score is None else next((step.shade for step in made if score <= step.high), SHADES)


def code_of(line: RankingLine) -> str:
    """The code of the territory of a line's agency."""
    return line.agency.territory.code if line.agency.territory is not None else ""


def drawing(row: Ranking, scores: Mapping[str, Decimal | None]) -> str:
    """An SVG of a ranking: communes as dots, provinces in their outlines; one path for each shade.

    `scores` by the code of the territory; None: not ranked.
    """
    ranked = [score for score in scores.values() if score is not None]
    made = steps(min(ranked), max(ranked)) if ranked else []
    shades = {code: shade_of(score, made) for code, score in scores.items()}
    outlines = places.outlines(TerritoryLevel.PROVINCE)
    if row.units == Units.PROVINCES:
        islands = {code: shades.get(of, 0) for code, (_, of) in ISLANDS.items()}
        return _svg(_filled(outlines, shades) + _dotted(islands, SMALL), _frame(outlines, islands))
    drawn = {code: shade for code, shade in shades.items() if code in places.points()}
    frame = _frame({}, drawn)
    size = max(3, min(12, round(max(frame[2:]) / 130)))
    under = "".join(f'<path stroke="{NONE}" d="{path}"/>' for path in outlines.values())
    return _svg(under + _dotted(drawn, size), frame)


def _filled(outlines: Mapping[str, str], shades: Mapping[str, int]) -> str:
    return "".join(
        f'<path fill="{colour(shades.get(code, 0))}" fill-rule="evenodd" stroke="{EDGES}" d="{path}"/>'
        for code, path in outlines.items()
    )


def _dotted(shades: Mapping[str, int], size: int) -> str:
    """One path for each shade, and the names of the archipelagos."""
    placed: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for code, shade in shades.items():
        placed[shade].append(spot(*places.points()[code]))
    paths = "".join(
        f'<path stroke="{colour(shade)}" stroke-width="{size}" stroke-linecap="round"'
        f' d="{"".join(f"M{x} {y}h0" for x, y in sorted(spots))}"/>'
        for shade, spots in sorted(placed.items())
    )
    at = {name: spot(*places.points()[code]) for code, (name, _) in ISLANDS.items() if code in shades}
    names = "".join(f'<text x="{x}" y="{y - 14}">{name}</text>' for name, (x, y) in at.items())
    return (
        f'{paths}<g fill="{NAMES}" text-anchor="middle" font-family="sans-serif" font-size="20">{names}</g>'
    )


def _frame(outlines: Mapping[str, str], shades: Mapping[str, int]) -> tuple[int, int, int, int]:
    """Left, top, width, height around everything that is drawn."""
    every = [spot(*places.points()[code]) for code in shades]
    every += [(int(x), int(y)) for path in outlines.values() for x, y in SPOT.findall(path)]
    across, down = [x for x, _ in every] or [0], [y for _, y in every] or [0]
    left, top = min(across) - EDGE, min(down) - EDGE
    return left, top, max(across) - left + EDGE, max(down) - top + EDGE


def _svg(inside: str, frame: tuple[int, int, int, int]) -> str:
    box = " ".join(map(str, frame))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" fill="none">{inside}</svg>'


def colour(shade: int) -> str:
    """Of an image of its own."""
    return COLOURS[shade - 1] if shade else NONE
