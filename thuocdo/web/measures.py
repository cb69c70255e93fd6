"""How figures of indicators are shown: amounts with unit, health with glyph and word, the chart (3.06)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thuocdo.faces import wording
from thuocdo.indicators.enums import Health, Kind
from thuocdo.indicators.models import Definition
from thuocdo.indicators.queries import outlooks
from thuocdo.indicators.queries.measured import Figure
from thuocdo.indicators.rules.pace import Mark
from thuocdo.indicators.rules.quality import Quality, Share
from thuocdo.lib.moments import AsOf

# the look of a state of duties that says the same, and the glyph that stands beside the word
LOOKS: dict[Health, tuple[str, str]] = {
    Health.NOT_APPLICABLE: ("withdrawn", "✕"),
    Health.NO_VALUE: ("undated", "–"),
    Health.DONE_CONFIRMED: ("on_time", "✓"),
    Health.DONE_DECLARED: ("on_time", "✓?"),
    Health.STALE: ("not_known", "?"),
    Health.LATE: ("overdue", "▲!"),
    Health.NOT_DUE: ("not_started", "○"),
    Health.OFF_TRACK: ("overdue", "▲"),
    Health.BEHIND: ("due_soon", "◆"),
    Health.ON_TRACK: ("in_term", "●"),
}
UNITS: dict[str, Promise] = {
    "person": pgettext_lazy("unit", "people"),
    "village": pgettext_lazy("unit", "villages"),
    "station": pgettext_lazy("unit", "stations"),
    "procedure": pgettext_lazy("unit", "procedures"),
    "dossier": pgettext_lazy("unit", "dossiers"),
    "course": pgettext_lazy("unit", "courses"),
    "project": pgettext_lazy("unit", "projects"),
    "point": pgettext_lazy("unit", "points"),
    "firm": pgettext_lazy("unit", "firms"),
    "cable": pgettext_lazy("unit", "cables"),
    "organisation": pgettext_lazy("unit", "organisations"),
    "VND": _("VND"),
}
LOW, HIGH = Decimal("0.12"), Decimal("0.88")  # the band of the chart in which the values lie


def name_of(definition: Definition) -> str:
    """The name of the indicator in the reader's language."""
    language = wording.reader_language()
    return str(definition.name if language == "vi" else getattr(definition, f"name_{language}"))


def amount(value: Decimal | None, definition: Definition) -> str:
    """A value with its unit, as the reader writes it; a ratio in per cent."""
    if value is None:
        return wording.NOTHING
    if definition.kind == Kind.RATIO:
        return wording.percent(value)
    if definition.unit == "%":
        return wording.percent(value / 100, 2 if round(value) != value else 0)
    rounded = round(value, 2) if value != round(value, 2) else value
    unit = UNITS.get(definition.unit, definition.unit)
    return f"{wording.number(rounded)}\u00a0{unit}".rstrip("\u00a0")


SCORES: dict[str, Promise] = {
    "correct": pgettext_lazy("score of reporting", "right"),
    "complete": pgettext_lazy("score of reporting", "complete"),
    "clean": pgettext_lazy("score of reporting", "clean"),
    "live": pgettext_lazy("score of reporting", "alive"),
    "reporting": _("reports received"),
    "punctual": _("reports received in time"),
}


def scored(of: Quality) -> list[tuple[Promise, Share]]:
    """The scores of an agency with their words."""
    return [(word, getattr(of, name)) for name, word in SCORES.items()]


def disagreement(agency: int, as_of: AsOf) -> tuple[Promise, Share]:
    """How often people judge otherwise than the rule, with its words."""
    return _("judged otherwise than computed"), outlooks.disagreement(agency, as_of)


@dataclass(frozen=True, slots=True)
class Dot:
    """One point of the chart, in per cent of its width and height."""

    x: str
    y: str
    on: date
    value: Decimal
    standing: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """The trajectory and the values over time: two lines, their points, the day looked at."""

    values: tuple[Dot, ...]
    aims: tuple[Dot, ...]
    now: str
    first: date
    last: date

    @property
    def value_line(self) -> str:
        return _line(self.values)

    @property
    def aim_line(self) -> str:
        return _line(self.aims)


def chart(figure: Figure, day: date) -> Chart | None:
    """The picture of one figure; None where there are not two points to draw."""
    told = [
        (Mark(end, at.whole.value), str(at.whole.standing or ""))
        for end, at in figure.course
        if at.whole.value is not None
    ]
    way = figure.measured.way if figure.measured else None
    aims = list(way.trajectory) if way else []
    if way and not aims and way.aim.target is not None:
        aims = [Mark(way.due_on, way.aim.target)]
    marks = [*(mark for mark, _ in told), *aims]
    days = sorted({mark.on for mark in marks})
    if len(days) < 2:
        return None
    frame = _Frame(days[0], days[-1], min(m.value for m in marks), max(m.value for m in marks))
    return Chart(
        tuple(frame.dot(mark, standing) for mark, standing in told),
        tuple(frame.dot(mark) for mark in aims),
        f"{frame.across(min(max(day, days[0]), days[-1])) * 100:.2f}%",
        days[0],
        days[-1],
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    first: date
    last: date
    least: Decimal
    most: Decimal

    def across(self, on: date) -> Decimal:
        return Decimal((on - self.first).days) / (self.last - self.first).days

    def dot(self, mark: Mark, standing: str = "") -> Dot:
        span = self.most - self.least
        up = (mark.value - self.least) / span if span else Decimal("0.5")
        y = HIGH - up * (HIGH - LOW)
        return Dot(f"{self.across(mark.on) * 100:.2f}", f"{y * 100:.2f}", mark.on, mark.value, standing)


def _line(dots: Iterable[Dot]) -> str:
    return " ".join(f"{dot.x},{dot.y}" for dot in dots)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table beside the chart."""

    on: date
    value: Decimal | None
    aim: Decimal | None
    standing: str = ""


def lines(drawn: Chart | None) -> Sequence[Line]:
    """The numbers of the chart in time."""
    if drawn is None:
        return ()
    values = {dot.on: dot for dot in drawn.values}
    aims = {dot.on: dot.value for dot in drawn.aims}
    return [
        Line(
            on,
            values[on].value if on in values else None,
            aims.get(on),
            values[on].standing if on in values else "",
        )
        for on in sorted({*values, *aims})
    ]
