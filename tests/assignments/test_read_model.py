"""Any series of real acts leaves the spans that a rebuild makes, and counts that a plain count confirms."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.assignments import factory
from tests.assignments.factory import CLEAR, HEAD, PLAN
from tests.conftest import SOAK
from tests.marks import covers
from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Closure
from thuocdo.assignments import actions, spans, standing
from thuocdo.assignments.enums import ChangeKind, HoldState, Parameter, Series
from thuocdo.assignments.models import Assignment, Difficulty, Hold, Outage, Review, Span
from thuocdo.assignments.queries import counts as counting
from thuocdo.assignments.queries.counts import Counted, Scope
from thuocdo.assignments.queries.status import standing as standing_spans
from thuocdo.assignments.queries.status import with_status
from thuocdo.assignments.rules.conditions import conditions_of
from thuocdo.assignments.rules.status import status
from thuocdo.assignments.terms import Ask, Obstacle, Part, Parties, Reach, Said
from thuocdo.lib.moments import MOMENT_MAX, AsOf
from thuocdo.lib.say import Refused

pytestmark = pytest.mark.django_db
START = date(2025, 4, 1)
ACTS = (
    "give", "report", "claim", "accept", "send_back", "correct_report", "correct_claim", "correct_review",
    "extend", "hand_over", "pause", "resume", "withdraw", "hold", "end_hold", "split", "accept_hold",
    "dispute", "decide_hold", "difficulty", "remove", "no_signal", "signal", "targets", "parameter",
)  # fmt: skip
OFTEN = (
    "report", "claim", "accept", "send_back", "correct_review", "hold", "end_hold", "correct_claim",
    "dispute", "no_signal", "signal", "resume", "difficulty", "remove",
)  # fmt: skip
# what is done, to which assignment, how many days after (seldom before) the act before it, recorded how many
# days later, at which hour: so facts are dated back, and recorded out of the order in which they happened
STEPS = st.tuples(
    st.sampled_from((*OFTEN, *OFTEN, *OFTEN, *ACTS)), st.integers(0, 2), st.integers(-4, 10),
    st.just(0) | st.integers(0, 60), st.integers(0, 23),
)  # fmt: skip

RARE = (
    "split", "hold", "dispute", "decide_hold", "hold", "accept_hold", "end_hold", "difficulty", "remove",
    "no_signal", "signal", "pause", "resume", "report", "correct_report",
)  # fmt: skip


class Played:
    """A world in which steps are played; what the rules refuse changes nothing and is counted."""

    def __init__(self) -> None:
        self.here = factory.world()
        self.done: Counter[str] = Counter()
        self.day = START
        for lead in (self.here.lai_chau, self.here.hung_yen):
            self._give(lead, START, datetime(2025, 4, 1, 2, tzinfo=UTC))

    def play(self, act, which, on, later, hour) -> None:
        day = self.day = max(START, self.day + timedelta(days=on))
        at = datetime.combine(day + timedelta(days=later), datetime.min.time(), UTC) + timedelta(hours=hour)
        rows = list(Assignment.objects.given().order_by("pk"))
        row = rows[which % len(rows)]
        try:
            with transaction.atomic():
                if getattr(self, f"_{act}")(row, day, at) is not None:
                    self.done[act] += 1
        except Refused:
            self.done["refused"] += 1

    def _give(self, lead, day, at):
        lead = lead if not isinstance(lead, Assignment) else self.here.department
        row = actions.draft(
            obligation=self.here.obligation,
            terms=replace(CLEAR, limit_on=day + timedelta(days=45)),
            parties=Parties(self.here.government, lead, HEAD),
            by=None,
            at=at,
        )
        return actions.issue(assignment=row, given_on=day, by=None, at=at)

    def _report(self, row, day, at):
        return actions.report(assignment=row, said=Said("Đang làm", day, Decimal(40)), by=None, at=at)

    def _claim(self, row, day, at):
        said = Said("Đã xong", day)
        shown = day - timedelta(days=day.day % 3)
        return actions.claim(assignment=row, said=said, evidence=[PLAN], shown_on=shown, by=None, at=at)

    def _accept(self, row, day, at):
        claim = standing.last_claim(row)
        return claim and actions.accept(claim=claim, happened_on=day, by=None, at=at)

    def _send_back(self, row, day, at):
        claim = standing.last_claim(row)
        return claim and actions.return_claim(claim=claim, reason="Thiếu", happened_on=day, by=None, at=at)

    def _correct_report(self, row, day, at):
        report = row.reports.filter(claim=None, corrected_by=None).order_by("pk").last()
        return report and actions.correct_report(report=report, said=Said("Sửa", day), by=None, at=at)

    def _correct_claim(self, row, day, at):
        claim = standing.last_claim(row)
        return claim and actions.correct_claim(
            claim=claim, said=Said("Sửa", day), shown_on=day, by=None, at=at
        )

    def _correct_review(self, row, day, at):
        review = Review.objects.filter(claim__assignment=row, corrected_by=None).order_by("pk").last()
        return review and actions.correct_review(
            review=review, accepted=not review.accepted, reason="Nhầm", by=None, at=at
        )

    def _asked(self, row, ask, day, at):
        request = actions.ask_change(assignment=row, ask=ask, happened_on=day, by=None, at=at)
        return actions.decide_change(request=request, granted=True, happened_on=day, by=None, at=at)

    def _extend(self, row, day, at):
        limit = day + timedelta(days=60)
        return self._asked(row, Ask(ChangeKind.LIMIT, "Chờ vốn", limit_on=limit), day, at)

    def _hand_over(self, row, day, at):
        return self._asked(row, Ask(ChangeKind.LEAD, "Đúng việc", lead=self.here.hung_yen), day, at)

    def _pause(self, row, day, at):
        return actions.pause(assignment=row, reason="Tạm", happened_on=day, by=None, at=at)

    def _resume(self, row, day, at):
        return actions.resume(assignment=row, reason="Lại", happened_on=day, by=None, at=at)

    def _withdraw(self, row, day, at):
        return actions.withdraw(assignment=row, reason="Thôi", happened_on=day, by=None, at=at)

    def _hold(self, row, day, at):
        return actions.open_hold(
            assignment=row, agency=self.here.ministry, reason="Chờ", opened_on=day, by=None, at=at
        )

    def _end_hold(self, row, day, at):
        hold = Hold.objects.filter(assignment=row, closed_recorded_at=None).first()
        return hold and actions.close_hold(hold=hold, closed_on=day, by=None, at=at)

    def _hold_answered(self, row, state, day, at):
        hold = Hold.objects.filter(assignment=row).order_by("pk").last()
        return hold and actions.answer_hold(
            hold=hold, state=state, agency=self.here.ministry, happened_on=day, reason="Vì", by=None, at=at
        )

    def _accept_hold(self, row, day, at):
        return self._hold_answered(row, HoldState.ACCEPTED, day, at)

    def _dispute(self, row, day, at):
        return self._hold_answered(row, HoldState.DISPUTED, day, at)

    def _decide_hold(self, row, day, at):
        return self._hold_answered(row, HoldState.REJECTED, day, at)

    def _difficulty(self, row, day, at):
        owner = self.here.ministry if day.day % 3 else None
        obstacle = Obstacle(self.here.lai_chau, "money", "Thiếu vốn", owner, row)
        return actions.open_difficulty(obstacle=obstacle, opened_on=day, by=None, at=at)

    def _remove(self, row, day, at):
        difficulty = Difficulty.objects.filter(assignment=row, closed_recorded_at=None).first()
        return difficulty and actions.remove_difficulty(difficulty=difficulty, closed_on=day, by=None, at=at)

    def _no_signal(self, row, day, at):
        place = self.here.lai_chau.territory if day.day % 2 else None
        reach = Reach(territory=place) if place else Reach(agency=row.lead)
        return actions.open_outage(reach=reach, reason="Mất sóng", opened_on=day, by=None, at=at)

    def _signal(self, row, day, at):
        outage = Outage.objects.filter(closed_recorded_at=None).first()
        return outage and actions.close_outage(outage=outage, closed_on=day, by=None, at=at)

    def _targets(self, row, day, at):
        points = [
            (row.given_on + timedelta(days=10), Decimal(30)),
            (row.given_on + timedelta(days=20), Decimal(90)),
        ]
        return actions.set_targets(assignment=row, points=points, happened_on=day, by=None, at=at)

    def _parameter(self, row, day, at):
        name, value = [(Parameter.PACE, "0.9"), (Parameter.SILENCE, "12"), (Parameter.HASTE, "5")][
            day.day % 3
        ]
        return actions.set_parameter(
            name=name, value=Decimal(value), source_text="Quyết định", happened_on=day, by=None, at=at
        )

    def _split(self, row, day, at):
        part = Part(self.here.doan_ket, replace(CLEAR, limit_on=day + timedelta(days=20)), HEAD)
        return actions.split(
            assignment=row, parts=[part], kind=RelationKind.ADMINISTRATIVE, given_on=day, by=None, at=at
        )


def held(as_of):
    """The spans of a moment by plain reading: every row looked at, none left to SQL."""
    moment = as_of.known
    return [
        one
        for one in Span.objects.all()
        if one.valid_from <= as_of.day < one.valid_to
        and (one.known_to == MOMENT_MAX if moment is None else one.known_from <= moment < one.known_to)
    ]


def plain(scope, as_of, series):
    """The counts of a scope, assignment by assignment."""
    found = held(as_of)
    if scope.agency_id is None:
        return Counter(status(one, as_of.day, series) for one in found if one.depth == 0)
    rows = Closure.objects.standing(as_of).filter(ancestor=scope.agency_id, kind=scope.kind)
    inside = set(rows.values_list("descendant_id", flat=True))
    wanted = scope.counted is Counted.BRANCH
    mine = [one for one in found if one.lead_id in inside and (one.assigner_id in inside) is wanted]
    return Counter(status(one, as_of.day, series) for one in mine)


def scopes(here):
    """Everything counted: the whole, and three agencies by what came from outside and by their branch."""
    agencies = (here.government, here.lai_chau, here.hung_yen)
    return [
        Scope(),
        *(Scope(one.pk, counted=how) for one in agencies for how in (Counted.ENTRY, Counted.BRANCH)),
    ]


def differences(here, as_of):
    """Where SQL and plain Python differ, for every status and every scope."""
    wrong = []
    for span in with_status(standing_spans(as_of), as_of.day):
        for series in Series:
            expected = status(span, as_of.day, series)
            wrong += [(span.pk, series)] if getattr(span, f"status_{series}") != expected else []
    plainly = Counter(
        one for span in held(as_of) if span.depth == 0 for one in conditions_of(span, as_of.day)
    )
    found = counting.counts(counting.spans_in(Scope(), as_of), as_of.day).conditions
    wrong += [found] if {one: n for one, n in found.items() if n} != plainly else []
    for scope in scopes(here):
        table = counting.counts(counting.spans_in(scope, as_of), as_of.day)
        for series in Series:
            found = {one: n for one, n in table.of(series).by_status.items() if n}
            wrong += [(scope, series, found)] if found != plain(scope, as_of, series) else []
    return wrong


@covers("1.20", "1.17", "1.19", "2.04")
def test_after_any_series_of_acts_spans_are_those_of_a_rebuild_and_counts_are_plain_counts():
    done: Counter[str] = Counter()

    @settings(
        max_examples=400 if SOAK else 20, deadline=None, database=None, derandomize=not SOAK,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @example(steps=[(act, 0, 1, 0, hour) for hour, act in enumerate(RARE)], on=60, known=None)
    @given(
        steps=st.lists(STEPS, min_size=25, max_size=60),
        on=st.integers(0, 200),
        known=st.none() | st.integers(0, 200),
    )
    def play(steps, on, known):
        mark = transaction.savepoint()
        played = Played()
        for step in steps:
            played.play(*step)
        written = spans.digest()
        moment = None if known is None else datetime(2025, 4, 1, tzinfo=UTC) + timedelta(days=known)
        assert differences(played.here, AsOf(START + timedelta(days=on), moment)) == []
        spans.rebuild()
        assert spans.digest() == written
        done.update(played.done)
        transaction.savepoint_rollback(mark)

    play()
    missing = [act for act in ACTS if not done[act]]
    assert missing == [], f"these acts were never carried out: {dict(done)}"


def test_what_is_played_is_not_all_refused():
    played = Played()
    played.play("report", 0, 3, 0, 5)
    played.play("claim", 0, 3, 0, 5)
    played.play("accept", 0, 2, 0, 5)
    assert played.done == {"report": 1, "claim": 1, "accept": 1}
