"""Table c7: the arithmetic of duties as official reports print it, each row with who fails it."""

from collections import Counter
from decimal import Decimal

import pytest

from tests.marks import covers
from thuocdo.assignments.enums import Status
from thuocdo.assignments.rules import rates
from thuocdo.assignments.rules.status import ASSIGNED, COMPLETED, Counts

REPORT_2017 = {Status.ON_TIME: 14_068, Status.LATE: 1_983, Status.IN_TERM: 5_640, Status.OVERDUE: 223}
FIGURES_2025 = {Status.IN_TERM: 9_770, Status.OVERDUE: 61}  # 61 of 9,831; how the rest parts is not printed
LAI_CHAU = {Status.ON_TIME: 85, Status.IN_TERM: 60}
NONE_DONE = {Status.IN_TERM: 7}

C7 = [  # name, duties by status, what is computed, the figure; who fails it
    ("four states make what was assigned", REPORT_2017, "assigned", 21_914),  # OBCMS counts those split, too
    ("completed", REPORT_2017, "completed", 16_051),  # Redmine: closed is 100 %, whatever it was
    ("overdue of completed and overdue", REPORT_2017, "DUTIES.OVERDUE", "1.37"),  # the report prints 1.38
    ("on time of completed", REPORT_2017, "DUTIES.ON_TIME", "87.65"),  # OBCMS: done of all, without a day
    ("overdue of assigned", FIGURES_2025, "DUTIES.OVERDUE_OF_ASSIGNED", "0.62"),  # the other convention
    ("completed of assigned", LAI_CHAU, "completion", "58.62"),  # Imihigo: what is silent is 0 % "on track"
    ("nothing is overdue", LAI_CHAU, "DUTIES.OVERDUE", "0"),  # a true zero; Akvo keeps '' for it
    ("nothing is completed", NONE_DONE, "DUTIES.ON_TIME", None),  # nothing of nothing; okr-tracker: 0 %
]


def computed(parts, what):
    """The figure of a row by the rules that pages and publications use."""
    counts = Counts(parts, sum(number for status, number in parts.items() if status in ASSIGNED))
    assert counts.problem() is None
    if what in ("assigned", "completed"):
        return Decimal(getattr(counts, what))
    if what == "completion":
        return Decimal(100) * counts.completed / counts.assigned
    found: Counter[str] = Counter()
    for status, number in parts.items():
        found.update(rates.of_duties(status, status, number))
    return rates.shares(found)[what].rate


@covers("3.22")
@pytest.mark.parametrize(("parts", "what", "figure"), [row[1:] for row in C7], ids=[row[0] for row in C7])
def test_table_c7(parts, what, figure):
    made = computed(parts, what)
    assert (None if made is None else round(made, 2)) == (None if figure is None else Decimal(figure))


@covers("3.22")
def test_a_claim_that_nobody_confirmed_is_not_completed():
    """A claim counts as declared and stays in term or overdue as confirmed; Redmine closes it."""
    found = rates.of_duties(Status.ON_TIME, Status.OVERDUE, 1)
    shares = rates.shares(found)
    assert (shares["DUTIES.OVERDUE"].rate, shares["DUTIES.CONFIRMED"].rate) == (100, 0)


@covers("3.22")
def test_what_the_press_printed_in_2025_does_not_add_up():
    """7,892 + 1,602 + 319 make 9,813, not 9,831; no peer refuses to publish such a table."""
    printed = {Status.ON_TIME: 7_892, Status.IN_TERM: 1_602, Status.OVERDUE: 319}
    assert Counts(printed, 9_831).problem() is not None
    assert Counts(printed, 9_813).problem() is None
    assert not COMPLETED & {Status.IN_TERM, Status.OVERDUE, Status.NOT_STARTED}
