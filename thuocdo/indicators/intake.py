"""Takes in a file of facts: read, checked, entered, counted (3.12). For commands and workers; pages never."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import file_digest
from pathlib import Path

from thuocdo.accounts.models import User
from thuocdo.agencies import working_days
from thuocdo.agencies.enums import Level
from thuocdo.agencies.models import Agency
from thuocdo.agencies.queries import installation
from thuocdo.indicators import actions
from thuocdo.indicators.facts import counting, deriving, engine, place, reading, synthetic
from thuocdo.indicators.facts.columns import Kind
from thuocdo.indicators.facts.reading import Bad, Unit
from thuocdo.indicators.facts.store import Store
from thuocdo.indicators.models import FactImport
from thuocdo.indicators.rules.dossiers import WorkingDays
from thuocdo.indicators.rules.service_counts import months_of
from thuocdo.lib.moments import AsOf, day_of
from thuocdo.lib.say import require, say

SEED, MOST_MONTHS = 766, 60
FIRST, YEARS_ON = date(2010, 1, 1), 6  # the days that a file may name: from the first to the end of a year


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file."""

    bad: tuple[Bad, ...]
    good: int
    entered: int
    months: tuple[int, ...]


def store() -> Store:
    """The facts of this installation."""
    return Store(place.folder())


def take(
    *,
    file: Path,
    kind: Kind,
    strict: bool = False,
    dry_run: bool = False,
    is_synthetic: bool = False,
    by: User | None,
    at: datetime,
) -> Taken:
    """Enter a file, count what changed. Bad rows are left out; `strict`: then nothing is entered."""
    _unmixed(is_synthetic=is_synthetic)
    held, (units, calendars) = store(), units_and_calendars(at)
    with held.writing(), engine.connected() as db:
        bad = reading.stage(db, file, kind, units, calendars[0])
        good = int(db.execute("SELECT count(*) FROM staged").fetchall()[0][0])
        if dry_run or (strict and bad):
            return Taken(tuple(bad), good, 0, ())
        there = list(held.files(kind).values())
        deriving.derive(db, kind, calendars, engine.parquet(there) if there else "")
        entered, months = held.enter(db, kind)
        wrong = len({one.row for one in bad})
        with file.open("rb") as handle:
            digest = file_digest(handle, "sha256").hexdigest()
        imported = actions.Imported(
            kind, file.name, digest, good, entered, wrong, tuple(months), is_synthetic
        )  # fmt: skip
        actions.note_import(imported=imported, by=by, at=at)
        count(held.uncounted, at=at)
    return Taken(tuple(bad), good, entered, tuple(months))


def generate(*, rows: int, since: date, months: int, seed: int, by: User | None, at: datetime) -> Taken:
    """Invent so many dossiers over so many months, with what belongs to them. Only where all is made up."""
    require(
        None
        if installation().is_synthetic
        else say("Invented facts need an installation of invented agencies: thuocdo demo --scale makes one."),
        None if rows > 0 and 0 < months <= MOST_MONTHS else say("Ask for at least one row and one month."),
    )
    _unmixed(is_synthetic=True)
    held, (units, calendars) = store(), units_and_calendars(at)
    units = [unit for unit in units if unit.opened_on <= since < unit.closed_on]
    firsts = synthetic.months(since, months)
    entered, changed = 0, set[int]()
    with held.writing(), engine.connected() as db:
        for first, share in zip(firsts, synthetic.shares(rows, firsts), strict=True):
            new, periods = synthetic.enter_month(db, held, first, share, units, calendars, seed)
            entered, changed = entered + new, changed | periods
        name = f"generate --rows {rows} --seed {seed}"
        imported = actions.Imported(
            "all", name, "", entered, entered, 0, tuple(sorted(changed)), is_synthetic=True
        )
        actions.note_import(imported=imported, by=by, at=at)
        count(held.uncounted, at=at)
    return Taken((), entered, entered, tuple(sorted(changed)))


def count(periods: set[int] | None, *, at: datetime) -> int:
    """Count these periods (None: all there are) and the quarters they touch; the rows written."""
    held = store()
    months = held.months() if periods is None else {month for one in periods for month in months_of(one)}
    written = actions.put_counted(periods=counting.count(held, months), at=at)
    held.note_uncounted(set())
    return written


def count_left(*, at: datetime) -> int:
    """Count what a process that ended in between has left uncounted; the rows written."""
    held = store()
    if not held.uncounted:
        return 0
    with held.writing():
        return count(held.uncounted, at=at) if held.uncounted else 0


def units_and_calendars(at: datetime) -> tuple[list[Unit], list[WorkingDays]]:
    """Every agency with the calendar it works by; calendars that are the same are one."""
    as_of = AsOf(day_of(at))
    last = date(as_of.day.year + YEARS_ON, 12, 31)
    shared = WorkingDays.of(working_days.of_agency(None, as_of).works, FIRST, last)
    places, calendars = {shared.days: 0}, [shared]
    own: dict[int, int] = {}
    for pk, calendar in working_days.of_agencies_with_own(as_of).items():
        made = WorkingDays.of(calendar.works, FIRST, last)
        if places.setdefault(made.days, len(calendars)) == len(calendars):
            calendars.append(made)
        own[pk] = places[made.days]
    units = [
        Unit(one.code, one.pk, one.opened_on, one.closed_on, own.get(one.pk, 0), one.level == Level.CENTRAL)
        for one in Agency.objects.order_by("pk")
    ]
    return units, calendars


def _unmixed(*, is_synthetic: bool) -> None:
    """Invented facts and real ones never stand in one installation."""
    others = FactImport.objects.exclude(is_synthetic=is_synthetic).exists()
    require(
        say("This installation holds real facts: invented ones are not mixed in.")
        if others and is_synthetic
        else None,
        say("This installation holds invented facts: real ones are not mixed in.")
        if others and not is_synthetic
        else None,
    )
