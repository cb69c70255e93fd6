"""Rows that hold over an interval of days and over an interval of knowledge.

A read model row says: on the days [from, to), as known during [known_from, known_to), this was so. When
facts change, the rows are computed anew by a pure rule and only the difference is written: rows no longer
believed are closed at the moment of the change, new ones opened. Nothing is ever updated in place or deleted,
so what was known at a past moment can always be asked.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from thuocdo.lib.moments import MOMENT_MAX

Row = TypeVar("Row", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Known:
    """Over which moments a fact was believed: [since, until)."""

    since: datetime
    until: datetime = MOMENT_MAX

    def at(self, moment: datetime) -> bool:
        return self.since <= moment < self.until


def difference(standing: Iterable[Row], wanted: Iterable[Row]) -> tuple[set[Row], set[Row]]:
    """(rows to close, rows to open) that turn the standing belief into the wanted one."""
    old, new = set(standing), set(wanted)
    return old - new, new - old
