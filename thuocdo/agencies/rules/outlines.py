"""Outlines of territories as an operator hands them over: GeoJSON in, paths of a drawing out (3.16).

No polygons come with the product: none that may be passed on shows the provinces since 1 July 2025 with
Hoàng Sa and Trường Sa. An operator who has the right to some imports them; both archipelagos are drawn in any
case.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from thuocdo.lib.say import Say, say

PER_DEGREE = 60  # units of every drawing: x = longitude, y = minus latitude
WEST, EAST, SOUTH, NORTH = 101, 119, 5, 24  # degrees within which Viet Nam lies, its seas included
Ring = list[list[float]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The outline of one territory as the data of an SVG path."""

    code: str
    path: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a file gave: outlines, and everything that is wrong with it."""

    outlines: tuple[Drawn, ...]
    problems: tuple[Say, ...]


def spot(latitude: float, longitude: float) -> tuple[int, int]:
    """Where a point stands in a drawing."""
    return round(longitude * PER_DEGREE), round(-latitude * PER_DEGREE)


def read(text: bytes, key: str, codes: Iterable[str]) -> Read:
    """The outlines of a FeatureCollection; `key` names the property with the code of the territory."""
    known, found, problems = set(codes), dict[str, str](), list[Say]()
    try:
        features = json.loads(text)["features"]
    except (ValueError, KeyError, TypeError):
        return Read((), (say("The file is no GeoJSON with features."),))
    for number, feature in enumerate(features, 1):
        code = str((feature.get("properties") or {}).get(key) or "")
        problem = _problem(number, code, key, known)
        if problem is None:
            path, problem = _path(code, feature.get("geometry") or {})
            found[code] = found.get(code, "") + path
        problems += [problem] if problem else []
    return Read(tuple(Drawn(code, path) for code, path in sorted(found.items()) if path), tuple(problems))


def _problem(number: int, code: str, key: str, known: set[str]) -> Say | None:
    if not code:
        return say("Feature %(number)s has no property “%(key)s”.", number=number, key=key)
    return None if code in known else say("No territory has the code %(code)s.", code=code)


def _path(code: str, geometry: Mapping[str, Any]) -> tuple[str, Say | None]:
    try:
        return "".join(map(_ring, _rings(geometry))), None
    except ValueError:
        wrong = say(
            "The outline of %(code)s does not lie in Viet Nam: longitude comes first, in degrees.", code=code
        )
        return "", wrong


def _rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    if geometry.get("type") == "Polygon":
        yield from geometry["coordinates"]
    elif geometry.get("type") == "MultiPolygon":
        for polygon in geometry["coordinates"]:
            yield from polygon


def _ring(ring: Ring) -> str:
    """A ring on the grid of the drawing; one too small to be seen is left out."""
    spots: list[tuple[int, int]] = []
    for longitude, latitude, *_ in ring:
        if not (WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH):
            raise ValueError(f"{longitude} {latitude}")
        at = spot(latitude, longitude)
        if not spots or spots[-1] != at:
            spots.append(at)
    if len(set(spots)) < 3:
        return ""
    return "M" + "L".join(f"{x} {y}" for x, y in spots) + "Z"
