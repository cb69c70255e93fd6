"""When letters go out, how long a failed one waits, which telephone numbers can be written to."""

import re
from datetime import datetime, time, timedelta

from thuocdo.lib.moments import ZONE
from thuocdo.lib.say import Say, say

TRIES = 5
WAITS = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))
_SPACES = re.compile(r"[\s.\-()]+")
_NUMBER = re.compile(r"\+[1-9][0-9]{7,14}")
_BREAKS = re.compile(r"\s+")


def is_quiet(at: datetime, quiet: tuple[time, time]) -> bool:
    """Whether nothing is sent now: from the first time in the evening to the second in the morning."""
    evening, morning = quiet
    clock = at.astimezone(ZONE).time()
    if evening == morning:
        return False
    if evening < morning:
        return evening <= clock < morning
    return clock >= evening or clock < morning


def next_try(tries: int, at: datetime) -> datetime | None:
    """When a letter that failed so many times is tried again; None: no more."""
    return None if tries >= TRIES else at + WAITS[min(tries, len(WAITS)) - 1]


def one_line(text: str) -> str:
    """The text without line breaks, as headers must have it; nobody adds a header of their own."""
    return _BREAKS.sub(" ", text).strip()


def phone(text: str) -> str:
    """The number as networks take it: 0912 345 678 is +84912345678."""
    bare = _SPACES.sub("", text)
    if bare.startswith("00"):
        return "+" + bare[2:]
    return "+84" + bare[1:] if bare.startswith("0") else bare


def phone_problem(text: str) -> Say | None:
    """Why the number cannot be written to; an empty one is none."""
    if not text or _NUMBER.fullmatch(phone(text)):
        return None
    return say("This is not a telephone number. Write it like 0912 345 678 or +84 912 345 678.")
