"""What was ever believed about who is above whom, from dated facts that carry their moments of recording."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from thuocdo.lib.closures import Days, Edge, Row, joined, rows


class Told(NamedTuple):
    """A dated fact with the moments it was recorded and, if it ended, its end was recorded."""

    opened_on: date
    closed_on: date
    recorded_at: datetime
    closed_recorded_at: datetime | None

    def at(self, moment: datetime, open_end: date) -> Days | None:
        """Its days as known at this moment; None before it was recorded."""
        if moment < self.recorded_at:
            return None
        if self.closed_recorded_at is None or moment < self.closed_recorded_at:
            return self.opened_on, open_end
        return self.opened_on, self.closed_on


class Believed(NamedTuple):
    """A row with the interval of moments [known_from, known_to) in which it was thought true."""

    row: Row
    known_from: datetime
    known_to: datetime


Step = tuple[int, int]


def history(
    lives: Mapping[int, Told], steps: Iterable[tuple[Step, Told]], open_end: date, still: datetime
) -> Iterator[Believed]:
    """Every row that was ever believed, from the facts alone, by replaying the moments of recording.

    `steps` are ((child, parent), fact). `open_end` and `still` are the open ends of days and of knowledge. At
    each moment only the nodes below what changed are looked at anew.
    """
    facts = list(steps)
    above: dict[int, set[int]] = defaultdict(set)
    moments: dict[datetime, set[int]] = defaultdict(set)
    below: dict[int, set[int]] = defaultdict(set)
    by_child: dict[int, list[tuple[Step, Told]]] = defaultdict(list)
    for (child, parent), told in facts:
        below[parent].add(child)
        above[child].add(parent)
        by_child[child].append(((child, parent), told))
    for node, told in [*lives.items(), *((step[0], told) for step, told in facts)]:
        moments[told.recorded_at].add(node)
        if told.closed_recorded_at is not None:
            moments[told.closed_recorded_at].add(node)
    believed: dict[int, dict[Row, datetime]] = {}
    for moment, changed in sorted(moments.items()):
        known = {node: days for node in _reach(changed, below) if (days := lives[node].at(moment, open_end))}
        edges = _edges_of(_reach(known, above), by_child, moment, open_end)
        fresh = _by_descendant(rows(known, edges))
        for node in known:
            yield from _turn(believed.setdefault(node, {}), fresh.get(node, set()), moment)
    for standing in believed.values():
        yield from (Believed(row, since, still) for row, since in standing.items())


def _reach(starts: Iterable[int], following: Mapping[int, Iterable[int]]) -> set[int]:
    """The starts and all that can be reached from them."""
    seen, open_ends = set(starts), list(starts)
    while open_ends:
        for node in following.get(open_ends.pop(), ()):
            if node not in seen:
                seen.add(node)
                open_ends.append(node)
    return seen


def _edges_of(
    nodes: Iterable[int], by_child: Mapping[int, list[tuple[Step, Told]]], moment: datetime, open_end: date
) -> Iterator[Edge]:
    for node in nodes:
        for (child, parent), told in by_child.get(node, ()):
            if days := told.at(moment, open_end):
                yield Edge(child, parent, *days)


def _by_descendant(found: Iterable[Row]) -> dict[int, set[Row]]:
    groups: dict[int, set[Row]] = defaultdict(set)
    for row in found:
        groups[row.descendant].add(row)
    return groups


def _turn(standing: dict[Row, datetime], wanted: set[Row], moment: datetime) -> Iterator[Believed]:
    """Make `standing` the wanted belief at this moment; yields what is no longer believed."""
    for row in standing.keys() - wanted:
        yield Believed(row, standing.pop(row), moment)
    for row in wanted - standing.keys():
        standing[row] = moment


def canonical(beliefs: Iterable[Believed]) -> list[Believed]:
    """The same beliefs, sorted, with touching intervals of knowledge made one and empty ones left out."""
    spans: dict[Row, list[tuple[datetime, datetime]]] = defaultdict(list)
    for row, since, until in beliefs:
        if since < until:
            spans[row].append((since, until))
    return [Believed(row, *interval) for row in sorted(spans) for interval in joined(spans[row])]
