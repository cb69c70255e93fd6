"""Two clocks of a dossier: the official rule of metric 2.1, what the citizen lives through, the tricks."""

from dataclasses import replace
from datetime import date

import pytest

from tests.marks import covers
from thuocdo.indicators.rules.dossiers import (
    Dossier,
    Flag,
    Moments,
    WorkingDays,
    flags,
    lived,
    lived_days,
    official,
    official_days,
)


def may(day: int) -> date:
    return date(2026, 5, day)


def june(day: int) -> date:
    return date(2026, 6, day)


WEEKDAYS = WorkingDays.of(
    lambda day: day.weekday() < 5 and day != may(1), date(2026, 1, 1), date(2026, 12, 31)
)
# Filed on Monday 4 May 2026 with 10 working days: until Monday 18 May.
MRS_LO = Dossier(filed_on=may(4), received_on=may(4), limit_days=10)
END = may(31)  # of the period
PROMISED = replace(MRS_LO, limit_days=None, promised_on=may(18))


def promised(**more: object) -> Dossier:
    return replace(PROMISED, **more)


def lo(**more: object) -> Dossier:
    return replace(MRS_LO, **more)


OFFICIAL = [  # what, dossier, until, on time
    ("done in time", promised(done_on=may(18)), END, True),
    ("done a day late", promised(done_on=may(19)), END, False),
    ("done counts before returned", promised(done_on=may(18), returned_on=may(25)), END, True),
    ("done counts though returned before", promised(done_on=may(19), returned_on=may(15)), END, False),
    ("refused is an end", promised(refused_on=may(15)), END, True),
    ("stopped is an end", promised(stopped_on=may(19)), END, False),
    ("withdrawn is an end", promised(withdrawn_on=may(5)), END, True),
    ("the first end counts", promised(refused_on=may(15), done_on=may(29)), END, True),
    ("no promise: the legal limit", lo(done_on=may(18)), END, True),
    ("no promise, past the legal limit", lo(done_on=may(19)), END, False),
    ("the promise stands before the law", lo(promised_on=may(20), done_on=may(20)), END, True),
    ("promised on a Sunday: until Monday", promised(promised_on=may(17), done_on=may(18)), END, True),
    ("ended on a Saturday after Friday", promised(promised_on=may(15), done_on=may(16)), END, False),
    ("unfinished, time left at the end", promised(promised_on=june(2)), END, True),
    ("unfinished, none left", PROMISED, END, False),
    ("ended after the period: unfinished in it", promised(promised_on=june(2), done_on=june(9)), END,
     True),
    ("the same in the quarter", promised(promised_on=june(2), done_on=june(9)), june(30), False),
    ("waiting: ends with the request", promised(requested_on=may(12)), END, True),
    ("asked after the limit", promised(requested_on=may(19)), END, False),
    ("supplement time is deducted", promised(requested_on=may(12), supplied_on=may(19), done_on=may(25)),
     END, True),
    ("and no more than it", promised(requested_on=may(12), supplied_on=may(19), done_on=may(26)),
     END, False),
    ("a second request makes it late", promised(requested_on=may(6), supplied_on=may(7),
                                               requested_again_on=may(8), done_on=may(11)), END, False),
    ("never taken up", promised(received_on=None), END, None),
]  # fmt: skip


@covers("3.13", "3.11")
@pytest.mark.parametrize(("what", "dossier", "until", "on_time"), OFFICIAL, ids=[row[0] for row in OFFICIAL])
def test_the_official_clock(what, dossier, until, on_time):
    assert official(Moments(dossier, WEEKDAYS), until) is on_time


LIVED = [
    ("in hand in time", promised(returned_on=may(18)), END, True),
    ("done is not in hand", promised(done_on=may(15), returned_on=may(19)), END, False),
    ("fetched later than returned", promised(returned_on=may(15), collected_on=may(19)), END, False),
    ("refused: no result", promised(refused_on=may(15)), END, False),
    ("withdrawn: no result", promised(withdrawn_on=may(5)), END, False),
    ("a supplement is not deducted", promised(requested_on=may(12), supplied_on=may(19),
                                             returned_on=may(25)), END, False),
    ("the first promise counts", promised(first_promised_on=may(11), returned_on=may(18)), END, False),
    ("the law counts before a late promise", lo(promised_on=may(28), returned_on=may(28)), END,
     False),
    ("from the filing, not the taking up", lo(received_on=may(12), returned_on=may(25)), END,
     False),
    ("still in time at the end", promised(promised_on=june(2)), END, True),
]  # fmt: skip


@covers("3.13")
@pytest.mark.parametrize(("what", "dossier", "until", "in_time"), LIVED, ids=[row[0] for row in LIVED])
def test_the_lived_clock(what, dossier, until, in_time):
    assert lived(Moments(dossier, WEEKDAYS), until) is in_time


# Each trick: what happened to the citizen without it, and the same with it. The result comes no sooner.
LATE = replace(MRS_LO, done_on=may(25), returned_on=may(25))


def late(**more: object) -> Dossier:
    return replace(LATE, **more)


TRICKS = [
    ("request at the last moment", LATE, [late(requested_on=may(18), supplied_on=may(25), items_listed=2)],
     Flag.LAST_TENTH),
    ("request that lists nothing", LATE, [late(requested_on=may(6), supplied_on=may(13), items_listed=0)],
     Flag.NO_ITEM),
    ("refuse, and let it be filed anew", LATE,
     [lo(refused_on=may(15)),
      lo(filed_on=may(18), received_on=may(18), done_on=may(25), returned_on=may(25),
              first_filed_on=may(4), refused_before_on=may(15))], Flag.REFILED),
    ("say done, return later", LATE, [late(done_on=may(18))], Flag.DONE_EARLY),
    ("move the promise", late(promised_on=may(18)),
     [late(promised_on=may(25), first_promised_on=may(18))], Flag.MOVED_PROMISE),
    ("take up late", LATE, [late(received_on=may(11))], Flag.TAKEN_UP_LATE),
]  # fmt: skip


@covers("3.13")
@pytest.mark.parametrize(("what", "plain", "tricked", "flag"), TRICKS, ids=[row[0] for row in TRICKS])
def test_a_trick_raises_the_official_score_but_not_the_lived_one(what, plain, tricked, flag):
    before, after = [Moments(plain, WEEKDAYS)], [Moments(one, WEEKDAYS) for one in tricked]
    assert _rate(official, after) > _rate(official, before)
    assert _rate(lived, after) <= _rate(lived, before)
    assert lived_days(tricked[-1]) == lived_days(plain)
    assert flag in flags(after[-1], END)
    assert flag not in flags(before[0], END)


def _rate(clock, moments) -> float:
    return sum(clock(one, END) is True for one in moments) / len(moments)


CLAIMS = [  # tricks with other metrics than time: what is claimed, and the flag
    (late(electronic_result=True, result_bytes=0), Flag.EMPTY_RESULT),
    (late(digitised=True, data_parts=0), Flag.ATTACHMENT_ONLY),
    (late(rating_asked=False), Flag.UNASKED),
    (late(requested_on=may(5), requested_again_on=may(7)), Flag.ASKED_TWICE),
]
HONEST = replace(
    MRS_LO, done_on=may(15), returned_on=may(15), electronic_result=True, result_bytes=9_000, digitised=True,
    data_parts=3, rating_asked=False, requested_on=may(5), supplied_on=may(6), items_listed=1,
)  # fmt: skip


@covers("3.13")
@pytest.mark.parametrize(("dossier", "flag"), CLAIMS, ids=[flag for _, flag in CLAIMS])
def test_a_claim_without_substance_leaves_a_flag(dossier, flag):
    assert flag in flags(Moments(dossier, WEEKDAYS), END)


@covers("3.13")
def test_an_honest_dossier_has_no_flag():
    assert flags(Moments(HONEST, WEEKDAYS), END) == frozenset()


@covers("3.13")
def test_filing_anew_long_after_a_refusal_is_another_matter():
    refiled = lo(filed_on=june(15), received_on=june(15), refused_before_on=may(15))
    assert Flag.REFILED not in flags(Moments(refiled, WEEKDAYS), june(30))


@covers("3.13")
def test_days_of_both_clocks():
    one = lo(first_filed_on=date(2026, 4, 20), requested_on=may(6), supplied_on=may(13),
                  done_on=may(25), collected_on=may(27))  # fmt: skip
    assert (official_days(one), lived_days(one)) == (21 - 7, 37)
