"""One assignment of Sở Khoa học và Công nghệ Lai Châu, as facts for the pure rules."""

from datetime import UTC, date, datetime

from thuocdo.assignments.enums import LimitClass
from thuocdo.assignments.rules.history import Claimed, Facts, Reported, Reviewed
from thuocdo.lib.bitemporal import Known

APRIL = date(2025, 4, 1)
LIMIT = date(2025, 6, 30)
NOON = datetime(2025, 4, 1, 5, tzinfo=UTC)
SCIENCE, HOME_AFFAIRS, OPERATOR = 1, 2, 3


def d(month, day):
    return date(2025, month, day)


def known(month=4, day=1, until=None):
    since = datetime(2025, month, day, 5, tzinfo=UTC)
    return Known(since) if until is None else Known(since, datetime(2025, *until, 5, tzinfo=UTC))


FIRST = known()


def facts(**more) -> Facts:
    stated = {
        "given_on": APRIL,
        "lead": SCIENCE,
        "assigner": OPERATOR,
        "confirming": OPERATOR,
        "monitoring": None,
        "limit_class": LimitClass.DATED,
        "limit_on": LIMIT,
        "observed_on": None,
        "known": known(),
    }
    return Facts(**{**stated, **more})


def report(on, *, observed_on=None, known=FIRST) -> Reported:
    return Reported(on, observed_on, known)


def claim(on, *, shown_on=None, no_later_than=None, outside=False, key=1, known=FIRST) -> Claimed:
    return Claimed(key, on, shown_on, no_later_than, outside, known)


def accepted(on, *, shown_on, key=1, known=FIRST) -> Reviewed:
    return Reviewed(key, on, accepted=True, shown_on=shown_on, no_later_than=None, known=known)


def returned(on, *, key=1, known=FIRST) -> Reviewed:
    return Reviewed(key, on, accepted=False, shown_on=None, no_later_than=None, known=known)
