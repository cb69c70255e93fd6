"""The package of a published ranking: plain tables in a zip, from which anybody recomputes it (3.15, 3.22).

Values in, bytes out; the same values give the same bytes. docs/recompute_ranking.py reads it.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from thuocdo.indicators.rules import ranking as rules
from thuocdo.indicators.rules.ranking import Entrant, Place
from thuocdo.indicators.rules.service_counts import CATALOGUE, PETITIONS, Gathered
from thuocdo.indicators.rules.service_index import Version

MADE_ON = (1980, 1, 1, 0, 0, 0)  # of every file in the zip, so that bytes do not tell the hour
SYNTHETIC = (
    "SYNTHETIC: every name and figure in this package is made up. / SỐ LIỆU GIẢ LẬP, không có thật.\n\n"
)
README = """\
Bảng xếp hạng chất lượng phục vụ theo Quyết định 766/QĐ-TTg: số liệu đầu vào và kết quả đã công bố.
A published ranking by the index of Decision 766/QĐ-TTg: its inputs and its results.

about.csv    kỳ, đơn vị, ngày công bố, quy tắc / period, units, day of publication, rules
rules.csv    chỉ số, điểm tối đa, ngưỡng / metrics, most points, ratio that earns them all
units.csv    đơn vị, phạm vi dữ liệu / units, what of them arrived
counts.csv   tử số, mẫu số của từng chỉ số; để trống là thiếu / counts of each metric; empty is missing
ranking.csv  thứ hạng, điểm, khoảng điểm, lý do không xếp hạng / places, points, reach, why not ranked

points = maximum x min(1, ratio / threshold); a metric with "times" is multiplied by the ratio of that metric.
A metric drawn from dossiers or petitions may lie anywhere in Wilson's interval (z in about.csv): widths of
one kind add, the two kinds add as squares. A unit of which a share c arrived lies from c x low to c x high
plus (1 - c) x all points. One unit is ahead of another where these do not meet; rank = 1 + units ahead.
"""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit with all it was ranked by. `place` None: it is not ranked, and `reason` says why."""

    code: str
    name: str
    entrant: Entrant
    gathered: Gathered
    arrived: tuple[int, int]
    is_counted: bool
    place: Place | None
    reason: str
    change: Decimal | None
    is_real: bool


@dataclass(frozen=True, slots=True)
class Head:
    """What the ranking is of."""

    units: str
    below: str
    period: int
    published_on: date
    floor: Decimal
    version: Version
    is_synthetic: bool


def pack(head: Head, units: Sequence[Unit]) -> bytes:
    """The zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _files(head, units).items():
            info = zipfile.ZipInfo(name, MADE_ON)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    return buffer.getvalue()


def _files(head: Head, units: Sequence[Unit]) -> Mapping[str, str]:
    return {
        "README.txt": (SYNTHETIC if head.is_synthetic else "") + README,
        "about.csv": _table(("name", "value"), _about(head)),
        "rules.csv": _table(
            ("number", "code", "group", "maximum", "threshold", "if_none", "times", "drawn_from"),
            (
                (one.number, one.code, one.group, one.maximum, one.threshold, one.if_none, one.times,
                 drawn_from(one.code))
                for one in head.version.metrics
            ),
        ),
        "units.csv": _table(
            ("unit", "name", "peers", "arrived", "expected", "told_as_counts", "former_rank",
             "former_points"),
            map(_unit, units),
        ),
        "counts.csv": _table(
            ("unit", "metric", "numerator", "denominator"),
            (row for one in units for row in _counts(one, head.version)),
        ),
        "ranking.csv": _table(
            ("unit", "name", "rank", "worst_rank", "points", "low", "high", "peer_gap", "moved", "change",
             "change_is_real", "reason"),
            map(_place, units),
        ),
    }  # fmt: skip


def drawn_from(code: str) -> str:
    """Where chance comes in: dossiers, petitions; a catalogue is no draw."""
    return "catalogue" if code in CATALOGUE else "petitions" if code in PETITIONS else "dossiers"


def _about(head: Head) -> Iterable[tuple[str, object]]:
    yield from (("units", head.units), ("below", head.below), ("period", head.period))
    yield from (("published_on", head.published_on), ("coverage_floor", head.floor), ("z", rules.Z))
    version = head.version
    yield from (("rules_since", version.since), ("basis", version.basis), ("source", version.source))
    yield ("synthetic", "yes" if head.is_synthetic else "no")


def _unit(one: Unit) -> tuple[object, ...]:
    seen = one.entrant
    told = " ".join(sorted(one.gathered.told))
    return (one.code, one.name, seen.peers, *one.arrived, told, seen.former_rank, seen.former_score)


def _counts(one: Unit, version: Version) -> Iterable[tuple[object, ...]]:
    for metric in version.metrics:
        count = one.gathered.counts.get(metric.code)
        yield (one.code, metric.code, *((count.numerator, count.denominator) if count else (None, None)))


def _place(one: Unit) -> tuple[object, ...]:
    place, seen = one.place, one.entrant
    if place is None:
        empty = (None,) * 4
        return (one.code, one.name, None, None, seen.score, seen.low, seen.high, *empty, one.reason)
    return (
        one.code, one.name, place.rank, place.worst, seen.score, seen.low, seen.high, place.peer_gap,
        place.moved, one.change, None if one.change is None else int(one.is_real), "",
    )  # fmt: skip


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()
