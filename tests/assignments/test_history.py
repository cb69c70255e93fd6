"""Stretches of constant facts, and what was believed of them when."""

from dataclasses import replace
from datetime import UTC, datetime

from tests.assignments.histories import HOME_AFFAIRS, SCIENCE, accepted, claim, d, facts, known, report
from tests.marks import covers
from thuocdo.assignments.rules.history import Extended, HandedTo, believed, moments, stretches
from thuocdo.lib.moments import DAY_MAX


def test_a_duty_without_events_is_one_stretch():
    (one,) = stretches(facts())
    assert (one.valid_from, one.valid_to, one.lead_id) == (d(4, 1), DAY_MAX, SCIENCE)


def test_stretches_follow_each_other_without_gaps():
    found = stretches(facts(reports=(report(d(5, 1)),), handed=(HandedTo(d(7, 1), HOME_AFFAIRS, known()),)))
    assert [one.valid_from for one in found] == [d(4, 1), d(5, 1), d(7, 1)]
    assert [one.valid_to for one in found] == [d(5, 1), d(7, 1), DAY_MAX]


def test_a_second_report_moves_only_the_day_of_too_long_a_silence():
    _, second, third = stretches(facts(reports=(report(d(5, 1)), report(d(6, 1)))))
    assert (second.stalled_from, third.stalled_from) == (d(6, 1), d(7, 2))
    assert replace(third, stalled_from=second.stalled_from, valid_from=d(5, 1), valid_to=d(6, 1)) == second


@covers("1.08")
def test_past_days_keep_the_old_lead():
    found = stretches(facts(handed=(HandedTo(d(7, 1), HOME_AFFAIRS, known(8, 1)),)))
    assert [one.lead_id for one in found] == [SCIENCE, HOME_AFFAIRS]


@covers("1.13")
def test_the_first_limit_stays_visible():
    found = stretches(facts(limits=(Extended(d(6, 1), d(9, 30), known()),)))
    assert [(one.limit_on, one.first_limit_on) for one in found] == [
        (d(6, 30), d(6, 30)),
        (d(9, 30), d(6, 30)),
    ]


@covers("1.19")
def test_a_correction_ends_the_belief_in_what_it_corrects():
    wrong = claim(d(6, 20), shown_on=d(6, 18), known=known(6, 20, until=(7, 10)))
    right = claim(d(6, 20), shown_on=d(6, 20), key=2, known=known(7, 10))
    history = facts(claims=(wrong, right))
    before = believed(history, datetime(2025, 7, 1, tzinfo=UTC))
    after = believed(history, datetime(2025, 7, 11, tzinfo=UTC))
    assert stretches(before)[-1].declared_by == d(6, 18)
    assert stretches(after)[-1].declared_by == d(6, 20)


@covers("1.19")
def test_a_back_dated_fact_is_known_only_from_its_recording_on():
    history = facts(claims=(claim(d(5, 5), shown_on=d(5, 5), known=known(8, 1)),))
    assert stretches(believed(history, datetime(2025, 7, 1, tzinfo=UTC)))[-1].declared_by is None
    assert stretches(believed(history, datetime(2025, 8, 2, tzinfo=UTC)))[-1].declared_by == d(5, 5)


def test_before_it_was_recorded_nothing_is_believed():
    assert believed(facts(known=known(4, 10)), datetime(2025, 4, 9, tzinfo=UTC)) is None


def test_moments_are_those_at_which_belief_changed():
    history = facts(reviews=(accepted(d(7, 4), shown_on=d(6, 18), known=known(7, 4, until=(7, 9))),))
    assert [moment.day for moment in moments(history)] == [1, 4, 9]
