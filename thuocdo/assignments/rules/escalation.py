"""The table of steps: when who is told that a time limit is near or has passed, level by level (2.07).

A step is reached on a day: so many days before or after the limit, or when a share of the time is used. Only
the last step reached counts: who was away for a week is told once, not three times. A step whose day was
before people began to be told, or before the duty was recorded here, has passed and is not told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from thuocdo.lib.say import Say, say


class Side(StrEnum):
    """Whose people are told."""

    LEAD = "lead"
    ABOVE = "above"  # the agency right above the lead
    FURTHER = "further"  # the one above that
    OFFICE = "office"  # that monitors, or else confirms
    ASSIGNER = "assigner"


class Mode(StrEnum):
    """What happens when a step is reached."""

    OFF = "off"
    DRAFT = "draft"  # the office decides whether it is told
    AUTOMATIC = "automatic"


class Way(StrEnum):
    """By which channels, beside what each person chose for themselves."""

    USUAL = "usual"  # as each chose: e-mail, and text messages for what presses
    PAGE = "page"  # in the page alone
    TEXT = "text"  # also by text message, to those who take them, though it does not press


Told = tuple[tuple[Side, str], ...]  # (whose people, of which role)


@dataclass(frozen=True, slots=True)
class Step:
    """One line: `days` after the limit (before it: negative) or `share` per cent of the time; for whom."""

    key: str
    told: Told
    days: int = 0
    share: int = 0
    mode: Mode = Mode.AUTOMATIC
    way: Way = Way.USUAL


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an office chose for a step; what is None is as the table says."""

    mode: Mode | None = None
    days: int | None = None
    told: Told | None = None
    way: Way | None = None


LEAD, LEAD_TOO = (Side.LEAD, "focal"), (Side.LEAD, "leader")
STEPS: tuple[Step, ...] = (
    Step("before-7", (LEAD,), -7),
    Step("before-3", (LEAD,), -3),
    Step("before-1", (LEAD, LEAD_TOO), -1),
    Step("on-the-day", (LEAD, LEAD_TOO), 0),
    Step("after-1", (LEAD, LEAD_TOO, (Side.OFFICE, "reviewer")), 1),
    Step("after-7", ((Side.ABOVE, "leader"),), 7, mode=Mode.DRAFT),
    Step("after-15", ((Side.FURTHER, "leader"),), 15, mode=Mode.DRAFT),
    Step("after-30", ((Side.ASSIGNER, "leader"),), 30, mode=Mode.DRAFT),
)


@dataclass(frozen=True, slots=True)
class Window:
    """The limits for which a step is the last one reached on a day: after `above`, up to `upto`."""

    step: Step
    above: date
    upto: date


def windows(steps: Sequence[Step], day: date, began: date) -> list[Window]:
    """The window of each dated step on the day; none for a step that can only have passed.

    So whatever was long past when people began to be told is not even read.
    """
    dated = sorted((step for step in steps if not step.share), key=lambda step: step.days)
    found = []
    for step, after in zip(dated, [*dated[1:], None], strict=True):
        reached = day - timedelta(days=step.days)
        replaced = date.min if after is None else day - timedelta(days=after.days)
        above = max(replaced, began - timedelta(days=step.days))
        if above < reached:
            found.append(Window(step, above, reached))
    return found


def shares(steps: Sequence[Step]) -> list[Step]:
    """The steps by share of the time, the greatest share first."""
    return sorted((step for step in steps if step.share), key=lambda step: -step.share)


def share_day(step: Step, given_on: date, limit_on: date) -> date:
    """The day on which this share of the time is used; a part of a day counts as a day."""
    return given_on + timedelta(days=-(-(limit_on - given_on).days * step.share // 100))


def reached(steps: Sequence[Step], given_on: date, limit_on: date, day: date) -> Step | None:
    """The last step by share that is reached on the day."""
    found = (step for step in shares(steps) if share_day(step, given_on, limit_on) <= day)
    return next(found, None)


def step_day(step: Step, given_on: date, limit_on: date) -> date:
    """The day of the step for one duty."""
    return share_day(step, given_on, limit_on) if step.share else limit_on + timedelta(days=step.days)


def has_passed(step: Step, on: date, began: date, recorded_on: date) -> bool:
    """Whether the day of the step lies before anybody could be told: it is noted, not told."""
    return on <= began or on < recorded_on


def adapted(step: Step, chosen: Chosen | None) -> Step:
    """The step as an office wants it for the duties in its care."""
    if chosen is None:
        return step
    wanted = {name: value for name in WANTED if (value := getattr(chosen, name)) is not None}
    return replace(step, **wanted)


def table_of(steps: Sequence[Step], chosen: Mapping[str, Chosen]) -> tuple[Step, ...]:
    """The whole table as an office wants it."""
    return tuple(adapted(step, chosen.get(step.key)) for step in steps)


def choice_problem(steps: Sequence[Step], chosen: Mapping[str, Chosen]) -> Say | None:
    """Why an office cannot have its table like this."""
    table = table_of(steps, chosen)
    days = [step.days for step in table if not step.share]
    if any(abs(one) > FARTHEST for one in days):
        return say("At most %(most)s days before or after the limit.", most=FARTHEST)
    if len(set(days)) < len(days):
        return say("Two steps would be reached on the same day.")
    if any(not step.told for step in table):
        return say("Name at least one role that is told.")
    shared = {step.key for step in steps if step.share}
    if any(chosen[key].days is not None for key in shared & set(chosen)):
        return say("A step by share of the time has no days.")
    return None


def told_of(text: str) -> Told:
    """Sides and roles as they are kept: “lead focal, above leader”; `ValueError` for another text."""
    return tuple(_told("", one.strip()) for one in text.split(",") if one.strip())


def told_text(told: Told) -> str:
    """The same as a text to keep."""
    return ", ".join(f"{side.value} {role}" for side, role in told)


def to_leaders(step: Step) -> bool:
    """Whether it tells somebody above the lead, so that an office may want to decide."""
    return any(side in (Side.ABOVE, Side.FURTHER, Side.ASSIGNER) for side, _ in step.told)


def read(rows: object) -> tuple[Step, ...]:
    """The table as an operator wrote it down (`[[step]]` of a TOML file); `ValueError` says what is wrong."""
    if not isinstance(rows, list) or not rows:
        raise ValueError("The file has no [[step]].")
    steps = tuple(_step(row) for row in rows)
    if len({step.key for step in steps}) < len(steps):
        raise ValueError("Two steps have the same key.")
    if len({step.days for step in steps if not step.share}) < len([s for s in steps if not s.share]):
        raise ValueError("Two steps are reached on the same day.")
    return steps


def _step(row: Mapping[str, object]) -> Step:
    key, days, share = row.get("key"), row.get("days", 0), row.get("share", 0)
    told = row.get("told")
    if not isinstance(key, str) or not key or len(key) > 20:
        raise ValueError("Each step has a key of at most 20 letters.")
    if not isinstance(days, int) or not isinstance(share, int) or not 0 <= share < 100:
        raise ValueError(f"{key}: days and share are whole numbers, the share below 100.")
    if not isinstance(told, list) or not told:
        raise ValueError(f'{key}: told is a list like ["lead focal", "above leader"].')
    way = row.get("way", Way.USUAL.value)
    if way not in {*Way}:
        raise ValueError(f"{key}: the way is usual, page or text.")
    people = tuple(_told(key, str(one)) for one in told)
    return Step(key, people, days, share, _mode(key, row), Way(str(way)))


def _told(key: str, text: str) -> tuple[Side, str]:
    side, _, role = text.partition(" ")
    if side not in {*Side} or role not in ROLES:
        raise ValueError(f"{key}: “{text}” is not a side and a role, like “lead focal”.")
    return Side(side), role


def _mode(key: str, row: Mapping[str, object]) -> Mode:
    mode = row.get("mode", "automatic")
    if mode not in {*Mode}:
        raise ValueError(f"{key}: the mode is off, draft or automatic.")
    return Mode(str(mode))


WANTED = ("mode", "days", "told", "way")  # what an office may have otherwise
FARTHEST = 365
ROLES = frozenset({"focal", "registrar", "reviewer", "leader", "inspector"})
WORDS: Mapping[str, Say] = {
    Mode.OFF: say("not told"),
    Mode.DRAFT: say("the monitoring office decides"),
    Mode.AUTOMATIC: say("told at once"),
    Way.USUAL: say("as each person chose"),
    Way.PAGE: say("in the page alone"),
    Way.TEXT: say("also by text message, to those who take them"),
}
