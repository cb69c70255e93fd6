"""Agencies merge, split, are renamed: where their open assignments go."""

from datetime import UTC, date, datetime

import pytest

from tests.assignments.factory import (
    CLEAR,
    GIVEN_ON,
    HEAD,
    JUNE,
    PLAN,
    claimed,
    fanned_out,
    given,
    said,
    world,
)
from tests.marks import covers
from thuocdo.agencies import actions as agency_actions
from thuocdo.agencies import queries as agency_queries
from thuocdo.agencies.enums import AgencyKind, Level, RelationKind, Side, SuccessionKind
from thuocdo.agencies.models import Agency
from thuocdo.agencies.rules.opening import NewAgency
from thuocdo.agencies.rules.succession import Wish
from thuocdo.assignments import actions, handing_over, offices, spans, standing
from thuocdo.assignments.enums import DutyState
from thuocdo.assignments.models import Assignment, CapacityChange, Interruption, Span
from thuocdo.assignments.queries.counts import Counted, Scope, counts, spans_in
from thuocdo.assignments.rules.succession import Choice, Handover, Join, Move, OpenDuty, handover
from thuocdo.assignments.terms import Part, Parties, Received
from thuocdo.assignments.wording import coordinators, wording
from thuocdo.lib.moments import DAY_MAX, MOMENT_MAX, AsOf
from thuocdo.lib.say import Refused

ON = date(2025, 7, 1)
BEFORE = date(2025, 6, 30)
JULY = datetime(2025, 7, 20, 2, tzinfo=UTC)


def duty(number, lead, same="x", limit=BEFORE, *, joinable=True):
    return OpenDuty(number, lead, same, limit, joinable)


@covers("1.08")
@pytest.mark.parametrize(
    ("duties", "ends", "successors", "chosen", "wanted"),
    [
        ([], ["A"], ["N"], {}, Handover((), (), ())),
        ([duty(1, "A")], ["A"], ["N"], {}, Handover((Move(1, "A", "N"),), (), ())),
        # two merge: the same duty is joined, the earliest first limit goes on
        (
            [duty(1, "A"), duty(2, "B", limit=date(2025, 5, 31))],
            ["A", "B"], ["N"], {},
            Handover((Move(2, "B", "N"),), (Join(1, 2),), ()),
        ),
        # different duties are not joined
        (
            [duty(1, "A"), duty(2, "B", "y")],
            ["A", "B"], ["N"], {},
            Handover((Move(1, "A", "N"), Move(2, "B", "N")), (), ()),
        ),
        # one is taken over by another that goes on: at equal limits its own assignment stays
        ([duty(1, "A"), duty(2, "N")], ["A"], ["N"], {}, Handover((), (Join(1, 2),), ())),
        (
            [duty(1, "A", limit=date(2025, 5, 31)), duty(2, "N")],
            ["A"], ["N"], {},
            Handover((Move(1, "A", "N"),), (Join(2, 1),), ()),
        ),
        # a split leaves open what nobody has chosen
        (
            [duty(1, "A"), duty(2, "A", "y")],
            ["A"], ["N", "M"], {1: "M"},
            Handover((Move(1, "A", "M"),), (), (2,)),
        ),
        ([duty(1, "A")], ["A"], ["N", "M"], {1: "Z"}, Handover((), (), (1,))),
        # what was confirmed after the day is moved, not joined
        (
            [duty(1, "A"), duty(2, "B", joinable=False)],
            ["A", "B"], ["N"], {},
            Handover((Move(1, "A", "N"), Move(2, "B", "N")), (), ()),
        ),
        # no limit is later than any
        (
            [duty(1, "A", limit=None), duty(2, "B")],
            ["A", "B"], ["N"], {},
            Handover((Move(2, "B", "N"),), (Join(1, 2),), ()),
        ),
    ],
)  # fmt: skip
def test_who_takes_what(duties, ends, successors, chosen, wanted):
    assert handover(duties, ends, successors, Choice(chosen)) == wanted


def new(code: str) -> NewAgency:
    return NewAgency(
        code=code, name=code, kind=AgencyKind.PEOPLES_COMMITTEE, side=Side.STATE, level=Level.PROVINCE,
        opened_on=ON,
    )  # fmt: skip


MERGER = Wish(SuccessionKind.MERGER, ON, "202/2025/QH15", ("UBND-12", "UBND-33"), (new("UBND-99"),))
SPLIT = Wish(SuccessionKind.SPLIT, ON, "202/2025/QH15", ("UBND-12",), (new("UBND-98"), new("UBND-99")))


def carry_out(wish, **more):
    agency_actions.succeed(plan=agency_queries.plan_succession(wish), by=None, at=JULY)
    return actions.succeed_assignments(wish=wish, by=None, at=JULY, **more)


def now(row) -> Span:
    return Span.objects.get(assignment=row, valid_to=DAY_MAX, known_to=MOMENT_MAX)


def successor() -> Agency:
    return Agency.objects.get(code="UBND-99")


@pytest.mark.django_db
class TestMerger:
    @covers("1.08")
    def test_open_assignments_go_to_the_successor_and_past_days_keep_the_old_lead(self):
        here = world()
        row = given(here)
        carry_out(MERGER)
        assert wording(row, AsOf(BEFORE)).lead_id == here.lai_chau.pk
        assert wording(row, AsOf(ON)).lead_id == now(row).lead_id == successor().pk

    @covers("1.08")
    def test_children_of_one_obligation_are_joined(self):
        here = world()
        _, one, two = fanned_out(here, here.lai_chau, here.hung_yen)
        plan = carry_out(MERGER)
        assert plan.leads.joins == (Join(two.pk, one.pk),)
        assert (standing.state(two), now(two).withdrawn) == (DutyState.JOINED, True)
        assert Interruption.objects.get().joined_into == one

    @covers("1.08")
    def test_the_first_limit_stays(self):
        here = world()
        row = given(here)
        carry_out(MERGER)
        assert now(row).first_limit_on == CLEAR.limit_on

    def test_what_is_confirmed_goes_with_the_agency_and_is_not_joined(self):
        here = world()
        row = given(here)
        actions.accept(claim=claimed(here, row), happened_on=date(2025, 6, 20), by=here.binh, at=JUNE)
        leads = carry_out(MERGER).leads
        assert (leads.moves, leads.settled) == ((), (Move(row.pk, "UBND-12", "UBND-99"),))

    def test_what_was_confirmed_after_the_day_moves_but_is_not_joined(self):
        here = world()
        _, one, two = fanned_out(here, here.lai_chau, here.hung_yen)
        late = {"evidence": [PLAN], "shown_on": date(2025, 7, 2), "by": None, "at": JULY}
        claim = actions.claim(assignment=two, said=said(date(2025, 7, 2)), **late)
        actions.accept(claim=claim, happened_on=date(2025, 7, 3), by=None, at=JULY)
        assert {move.assignment_id for move in carry_out(MERGER).leads.moves} == {one.pk, two.pk}

    def test_what_was_entered_for_the_old_agency_after_the_day_moves_from_its_own_day(self):
        here = world()
        row = given(here)
        Assignment.objects.filter(pk=row.pk).update(given_on=date(2025, 7, 10))
        carry_out(MERGER)
        assert CapacityChange.objects.get().happened_on == date(2025, 7, 10)

    def test_a_draft_is_made_out_to_the_successor(self):
        here = world()
        row, *_ = actions.fan_out(
            assignment=actions.draft(
                obligation=here.obligation,
                terms=CLEAR,
                parties=Parties(here.government, None),
                by=None,
                at=JUNE,
            ),
            agencies=[here.lai_chau],
            by=None,
            at=JUNE,
        )
        carry_out(MERGER)
        row.refresh_from_db()
        assert row.lead == successor()

    def test_the_preview_is_what_is_done(self, django_assert_num_queries):
        here = world()
        fanned_out(here, here.lai_chau, here.hung_yen)
        agency_actions.succeed(plan=agency_queries.plan_succession(MERGER), by=None, at=JULY)
        with django_assert_num_queries(9):
            preview = handing_over.preview(MERGER)
        assert actions.succeed_assignments(wish=MERGER, by=None, at=JULY) == preview

    def test_nothing_is_moved_on_a_day_to_come(self):
        here = world()
        given(here)
        with pytest.raises(Refused, match="has not come yet"):
            actions.succeed_assignments(wish=MERGER, by=None, at=JUNE)
        assert not CapacityChange.objects.exists()

    @covers("1.20")
    def test_the_read_model_made_anew_is_the_same(self):
        here = world()
        fanned_out(here, here.lai_chau, here.hung_yen)
        carry_out(MERGER)
        written = spans.digest()
        spans.rebuild()
        assert spans.digest() == written

    def test_the_successor_answers_for_what_the_old_agency_gave(self):
        here = world()
        carry_out(MERGER)
        assert offices.answering(here.lai_chau, BEFORE) == here.lai_chau
        here.lai_chau.refresh_from_db()
        assert offices.answering(here.lai_chau, ON) == successor()


@pytest.mark.django_db
class TestSplit:
    @covers("1.08")
    def test_each_assignment_of_a_split_agency_is_chosen_for(self):
        here = world()
        row, other = given(here), given(here)
        carry_out(SPLIT, choice=Choice({row.pk: "UBND-98", other.pk: "UBND-99"}))
        assert wording(other).lead_id == successor().pk
        assert wording(row).lead_id == Agency.objects.get(code="UBND-98").pk

    @covers("1.08")
    def test_without_a_choice_nothing_moves(self):
        here = world()
        row, other = given(here), given(here)
        with pytest.raises(Refused, match="Choose a successor for 1"):
            carry_out(SPLIT, choice=Choice({row.pk: "UBND-98"}))
        assert wording(other).lead_id == here.lai_chau.pk
        assert not CapacityChange.objects.exists()


def both(here):
    """Two steps: the Government gives to Lai Châu, which gives a part to its department."""
    row = given(here, coordinators=(here.hung_yen,), monitoring=here.hung_yen)
    part = Part(here.department, CLEAR, HEAD)
    (child,) = actions.split(
        assignment=row, parts=[part], kind=RelationKind.ADMINISTRATIVE, given_on=GIVEN_ON, by=None, at=JUNE
    )
    return row, child


def assigned(agency, day, counted=Counted.ENTRY, known=None) -> int:
    spans_there = spans_in(Scope(agency.pk, counted=counted), AsOf(day, known))
    return counts(spans_there, day).declared.assigned


@pytest.mark.django_db
class TestOtherParts:
    @covers("1.08")
    def test_the_assigner_of_a_part_is_the_successor_from_the_day_on(self):
        here = world()
        _, child = both(here)
        carry_out(MERGER)
        assert wording(child, AsOf(BEFORE)).assigner_id == here.lai_chau.pk
        assert wording(child).assigner_id == now(child).assigner_id == successor().pk

    @covers("1.08")
    def test_who_confirms_and_monitors_passes_too(self):
        here = world()
        row, child = both(here)
        carry_out(MERGER)
        assert (now(row).monitoring_id, now(child).confirming_id) == (successor().pk, successor().pk)
        assert offices.confirming(child, AsOf(BEFORE)) == here.lai_chau

    @covers("1.08")
    def test_a_coordinator_passes_too(self):
        here = world()
        row, _ = both(here)
        carry_out(MERGER)
        assert coordinators([row.pk], AsOf(BEFORE)) == {row.pk: [here.hung_yen.pk]}
        assert coordinators([row.pk], AsOf(ON)) == {row.pk: [successor().pk]}

    @covers("1.08", "1.17")
    def test_totals_count_the_same_on_the_day_as_before_it(self):
        here = world()
        both(here)
        row = given(here)
        actions.accept(claim=claimed(here, row), happened_on=date(2025, 6, 20), by=here.binh, at=JUNE)
        carry_out(MERGER)
        before = [assigned(here.lai_chau, BEFORE, one) for one in (Counted.ENTRY, Counted.BRANCH)]
        after = [assigned(successor(), ON, one) for one in (Counted.ENTRY, Counted.BRANCH)]
        assert before == after == [2, 1]
        assert assigned(here.government, BEFORE, Counted.BRANCH) == assigned(
            here.government, ON, Counted.BRANCH
        )

    @covers("1.08", "1.19")
    def test_past_days_and_past_knowledge_keep_the_old_map(self):
        here = world()
        both(here)
        before = assigned(here.lai_chau, BEFORE)
        carry_out(MERGER)
        assert assigned(here.lai_chau, BEFORE) == assigned(here.lai_chau, ON, known=JUNE) == before == 1
        assert assigned(successor(), ON, known=JUNE) == 0

    @covers("1.20")
    def test_the_read_model_made_anew_is_the_same(self):
        here = world()
        both(here)
        carry_out(MERGER)
        written = spans.digest()
        spans.rebuild()
        assert spans.digest() == written

    def test_a_split_gives_the_other_parts_to_the_successor_chosen_for_the_assignment(self):
        here = world()
        row, child = both(here)
        carry_out(SPLIT, choice=Choice({row.pk: "UBND-98", child.pk: "UBND-99"}))
        assert now(child).assigner_id == successor().pk
        assert now(row).lead_id == Agency.objects.get(code="UBND-98").pk

    def test_a_draft_of_the_old_agency_becomes_one_of_its_successor(self):
        here = world()
        draft = actions.draft(
            obligation=here.obligation,
            terms=CLEAR,
            parties=Parties(here.lai_chau, here.department, confirming=here.lai_chau),
            by=None,
            at=JUNE,
        )
        assert carry_out(MERGER).drafts == 1
        draft.refresh_from_db()
        assert (draft.assigner, draft.confirming) == (successor(), successor())

    @covers("1.08")
    @pytest.mark.parametrize("received", [True, False])
    def test_who_joins_a_duty_for_many_afterwards_has_it_from_the_successor(self, received):
        here = world()
        parties = Parties(here.lai_chau, None)
        if received:
            text = Received(here.obligation, CLEAR, parties, GIVEN_ON, agencies=(here.doan_ket,))
            parent = Assignment.objects.get(pk=actions.receive_many(texts=[text], by=None, at=JUNE)[0])
        else:
            parent = actions.draft(obligation=here.obligation, terms=CLEAR, parties=parties, by=None, at=JUNE)
        carry_out(MERGER)
        (child,) = actions.fan_out(assignment=parent, agencies=[here.department], by=None, at=JULY)
        assert wording(child).assigner_id == successor().pk
        if received:
            assert wording(child, AsOf(BEFORE)).assigner_id == here.lai_chau.pk
            assert now(child).assigner_id == successor().pk
