"""Many actions in no order, late entries among them: what is refused changes nothing, the rest adds up."""

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.assignments.factory import CLEAR, HEAD, JUNE, PLAN, claimed, given, said, world
from tests.marks import covers
from thuocdo.agencies.enums import RelationKind
from thuocdo.assignments import actions, spans, standing
from thuocdo.assignments.enums import ChangeKind
from thuocdo.assignments.models import Assignment, ChangeRequest, Claim, Hold, Review, Span
from thuocdo.assignments.rules.lifecycle import sequence_problem
from thuocdo.assignments.terms import Ask, Part
from thuocdo.audit.models import Entry
from thuocdo.lib.say import Refused

pytestmark = pytest.mark.django_db
FIRST = date(2025, 4, 1)


class Walk:
    """Somebody who does things at random, day after day."""

    def __init__(self, here, seed: int) -> None:
        self.here = here
        self.dice = random.Random(seed)
        self.at = JUNE
        self.rows = [given(here), given(here)]
        self.steps: tuple[Callable[[], object], ...] = (
            self.report, *[self.claim] * 5, *[self.accept] * 4, self.send_back, self.put_right,
            self.pause, self.resume, self.resume, self.withdraw, self.give_anew, self.give_anew,
            self.give_anew, self.ask, self.ask, self.decide, self.decide, self.hold, self.unhold,
            self.split,
        )  # fmt: skip

    @property
    def row(self) -> Assignment:
        return self.dice.choice(self.rows)

    @property
    def day(self) -> date:
        """Mostly today, at times long ago, at times to come."""
        today = self.at.date()
        return today - timedelta(days=self.dice.choice([0, 0, 0, 0, 0, 1, 40, -2]))

    @property
    def who(self) -> dict[str, object]:
        return {"by": None, "at": self.at}

    def last(self, model):
        return self.dice.choice(list(model.objects.order_by("-pk")[:3]) or [None])

    def step(self) -> bool:
        """One action, an hour later; whether it was taken."""
        self.at += timedelta(hours=self.dice.choice([0, 1, 30]))
        before = (Entry.objects.count(), spans.digest())
        try:
            done = self.dice.choice(self.steps)() is not None
        except Refused:
            done = False
        if not done:
            assert (Entry.objects.count(), spans.digest()) == before
        return done

    def report(self):
        return actions.report(assignment=self.row, said=said(self.day), **self.who)

    def claim(self):
        day = self.day
        facts = {"evidence": [PLAN], "shown_on": day - timedelta(days=self.dice.choice([0, 3, 60]))}
        return actions.claim(assignment=self.row, said=said(day), **facts, **self.who)

    def accept(self):
        claim = self.last(Claim)
        return claim and actions.accept(claim=claim, happened_on=self.day, **self.who)

    def send_back(self):
        claim = self.last(Claim)
        return claim and actions.return_claim(claim=claim, reason="?", happened_on=self.day, **self.who)

    def put_right(self):
        review = self.last(Review)
        accepted = self.dice.choice([True, False])
        return review and actions.correct_review(review=review, accepted=accepted, reason="?", **self.who)

    def pause(self):
        return actions.pause(assignment=self.row, reason="?", happened_on=self.day, **self.who)

    def resume(self):
        return actions.resume(assignment=self.row, reason="?", happened_on=self.day, **self.who)

    def withdraw(self):
        return actions.withdraw(assignment=self.row, reason="?", happened_on=self.day, **self.who)

    def give_anew(self):
        lead = self.dice.choice([self.here.lai_chau, self.here.hung_yen])
        facts = {"lead": lead, "head": HEAD, "reason": "?", "happened_on": self.day}
        return actions.give_anew(assignment=self.row, **facts, **self.who)

    def ask(self):
        kind = self.dice.choice(list(ChangeKind))
        lead = self.dice.choice([self.here.lai_chau, self.here.hung_yen])
        wanted = Ask(kind, "?", "khác", lead, self.day + timedelta(days=90))
        return actions.ask_change(assignment=self.row, ask=wanted, happened_on=self.day, **self.who)

    def decide(self):
        request = self.last(ChangeRequest)
        granted = self.dice.choice([True, True, False])
        facts = {"granted": granted, "reason": "?", "happened_on": self.day}
        return request and actions.decide_change(request=request, **facts, **self.who)

    def hold(self):
        facts = {"agency": self.here.ministry, "reason": "?", "opened_on": self.day}
        return actions.open_hold(assignment=self.row, **facts, **self.who)

    def unhold(self):
        hold = self.last(Hold)
        return hold and actions.close_hold(hold=hold, closed_on=self.day, **self.who)

    def split(self):
        parts = [Part(self.dice.choice([self.here.doan_ket, self.here.pho_hien]), CLEAR, HEAD)]
        kind = RelationKind.ADMINISTRATIVE
        made = actions.split(assignment=self.row, parts=parts, kind=kind, given_on=self.day, **self.who)
        self.rows += made[: 6 - len(self.rows)]
        return made


@covers("1.20", "1.19")
@pytest.mark.parametrize("seed", range(3))
def test_a_random_walk_keeps_the_read_model_true(seed):
    walk = Walk(world(), seed)
    taken = sum(walk.step() for _ in range(150))
    written = spans.digest()
    spans.rebuild()
    assert spans.digest() == written
    assert taken >= 25
    known = standing.moves_of(Assignment.objects.all())
    assert all(sequence_problem(moves) is None for moves in known.values())
    assert Span.objects.filter(withdrawn=True, confirmed_by__isnull=False).count() == 0


def test_a_review_holds_its_assignment_so_that_two_cannot_cross():
    here = world()
    claim = claimed(here, given(here))
    with CaptureQueriesContext(connection) as seen:
        actions.accept(claim=claim, happened_on=date(2025, 6, 20), by=here.binh, at=JUNE)
    if connection.features.has_select_for_update:
        assert any("FOR UPDATE" in query["sql"] for query in seen.captured_queries)
    else:  # SQLite lets one writer in at a time, from the first statement on
        assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
