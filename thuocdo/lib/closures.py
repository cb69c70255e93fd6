"""Who is above whom on which days, from dated steps between neighbours.

Days are intervals [opened_on, closed_on). The rows come from walking each node's steps upwards while
intersecting the days of the steps; the graph of all days together may hold loops (A below B last year,
B below A this year) as long as no single day does.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple, TypeVar

from thuocdo.lib.say import Say, say

Days = tuple[date, date]
Point = TypeVar("Point", bound=date)  # a day or a moment


class Edge(NamedTuple):
    """`child` stands directly below `parent` on these days."""

    child: int
    parent: int
    opened_on: date
    closed_on: date


class Row(NamedTuple):
    """`descendant` stands `depth` steps below `ancestor` on these days; depth 0 is the node itself."""

    ancestor: int
    descendant: int
    depth: int
    opened_on: date
    closed_on: date


class LoopError(Exception):
    """On some day a node stands above itself: `path` goes upwards and ends where it began."""

    def __init__(self, path: tuple[int, ...]) -> None:
        self.path = path
        super().__init__(" → ".join(map(str, path)))

    def say(self, names: Mapping[int, str]) -> Say:
        """The refusal in words, with the agencies named."""
        chain = " → ".join(names.get(node, str(node)) for node in self.path)
        return say("An agency would stand above itself: %(chain)s.", chain=chain)


def rows(lives: Mapping[int, Days], edges: Iterable[Edge], only: Iterable[int] | None = None) -> set[Row]:
    """All rows of the nodes in `only` (default: of every node in `lives`) as descendants.

    `edges` must hold at least every step on the way up from those nodes. Raises `LoopError` when a way up
    meets itself on any day.
    """
    upward: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.opened_on < edge.closed_on:
            upward[edge.child].append(edge)
    found: set[Row] = set()
    for node in lives if only is None else only:
        found.update(_rows_of(node, lives[node], upward))
    return found


def _rows_of(node: int, life: Days, upward: Mapping[int, list[Edge]]) -> Iterator[Row]:
    spans: dict[tuple[int, int], list[Days]] = defaultdict(list)
    if life[0] < life[1]:
        spans[node, 0].append(life)
    ways: list[tuple[tuple[int, ...], date, date]] = [((node,), date.min, date.max)]
    while ways:
        path, first, end = ways.pop()
        for _, parent, opened_on, closed_on in upward.get(path[-1], ()):
            begins, ends = max(first, opened_on), min(end, closed_on)
            if begins >= ends:
                continue
            if parent in path:
                raise LoopError((*path[path.index(parent) :], parent))
            spans[parent, len(path)].append((begins, ends))
            ways.append(((*path, parent), begins, ends))
    for (ancestor, depth), days in spans.items():
        for opened_on, closed_on in joined(days):
            yield Row(ancestor, node, depth, opened_on, closed_on)


def joined(intervals: list[tuple[Point, Point]]) -> list[tuple[Point, Point]]:
    """The same intervals with touching or overlapping ones made one, in order."""
    if len(intervals) == 1:
        return intervals
    result: list[tuple[Point, Point]] = []
    for start, end in sorted(intervals):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result
