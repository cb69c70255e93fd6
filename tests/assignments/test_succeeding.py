"""A whole succession: agencies, people's roles and assignments in one act, as it was previewed."""

from dataclasses import replace
from datetime import date

import pytest

from tests.assignments.factory import JULY, given, person, said, world
from tests.assignments.test_succession import BEFORE, MERGER, ON, SPLIT, assigned, both, new, successor
from tests.marks import covers
from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import Membership
from thuocdo.accounts.permissions import reader_of
from thuocdo.agencies import spans as agency_spans
from thuocdo.agencies.enums import SuccessionKind
from thuocdo.agencies.models import Agency, Succession
from thuocdo.agencies.rules.succession import Wish
from thuocdo.assignments import actions, permissions, spans, succeeding
from thuocdo.assignments.models import CapacityChange
from thuocdo.assignments.queries.counts import Counted
from thuocdo.assignments.rules.roles_passing import Ending, Held, Opening, Roles, passing
from thuocdo.assignments.rules.succession import Choice
from thuocdo.audit.models import Entry
from thuocdo.lib.moments import DAY_MAX
from thuocdo.lib.say import Refused

TODAY = date(2025, 7, 20)
FIRST = date(2025, 1, 1)
RENAMING = Wish(SuccessionKind.RENAMING, ON, "45/NQ-CP", ("UBND-12",), (new("UBND-99"),))


def held(number, user, agency="A", role="focal", opened_on=FIRST, closed_on=DAY_MAX):
    return Held(number, user, agency, role, "administrative", opened_on, closed_on)


def opening(user, opened_on=ON, closed_on=DAY_MAX):
    return Opening(user, "N", "focal", "administrative", opened_on, closed_on)


@covers("1.08")
@pytest.mark.parametrize(
    ("ending", "standing", "target", "wanted"),
    [
        ([], [], "N", Roles((), (), ())),
        ([held(1, 7)], [], "N", Roles((Ending(1, ON),), (opening(7),), ())),
        ([held(1, 7)], [], None, Roles((), (), (1,))),
        # the same role in two agencies that merge is one role
        ([held(1, 7), held(2, 7, "B")], [], "N", Roles((Ending(1, ON), Ending(2, ON)), (opening(7),), ())),
        # who has it there already is not given it again
        ([held(1, 7)], [held(3, 7, "N")], "N", Roles((Ending(1, ON),), (), ())),
        (
            [held(1, 7)], [held(3, 7, "N", closed_on=date(2025, 9, 1))], "N",
            Roles((Ending(1, ON),), (opening(7, date(2025, 9, 1)),), ()),
        ),
        # a role that was to begin later begins then
        (
            [held(1, 7, opened_on=date(2025, 8, 1))], [], "N",
            Roles((Ending(1, date(2025, 8, 1)),), (opening(7, date(2025, 8, 1)),), ()),
        ),
    ],
)  # fmt: skip
def test_roles_go_on_in_the_successor(ending, standing, target, wanted):
    assert passing(ending, standing, ON, lambda _: target) == wanted


def looked_at(wish, choice=None):
    return succeeding.preview(wish, choice or Choice(), today=TODAY)


def carry_out(wish, choice=None):
    return actions.succeed(preview=looked_at(wish, choice), by=None, at=JULY)


@pytest.mark.django_db
class TestWhole:
    @covers("1.08")
    def test_people_work_on_in_the_successor_the_same_day(self):
        here = world()
        row = given(here)
        carry_out(MERGER)
        reader = reader_of(here.an, TODAY)
        assert reader.agencies == {successor().pk}
        assert permissions.may_report(reader, row) is None
        actions.report(assignment=row, said=said(TODAY), by=here.an, at=JULY)

    @covers("1.08")
    def test_a_renaming_moves_all_there_is(self):
        here = world()
        row, child = both(here)
        carry_out(RENAMING)
        assert Succession.objects.get().kind == SuccessionKind.RENAMING
        assert set(CapacityChange.objects.values_list("assignment", "capacity")) >= {
            (row.pk, "lead"), (child.pk, "assigner"), (child.pk, "confirming"),
        }  # fmt: skip
        assert assigned(successor(), ON) == assigned(here.lai_chau, BEFORE) == 1

    @covers("1.08")
    def test_a_split_is_refused_until_everything_open_is_chosen_for(self):
        here = world()
        given(here)
        assert [str(one) for one in looked_at(SPLIT).problems] == [
            "Choose a successor for 1 assignment.", "Choose a successor for 1 role.",
        ]  # fmt: skip
        with pytest.raises(Refused):
            carry_out(SPLIT)
        assert not Agency.objects.filter(code="UBND-98").exists()

    @covers("1.08")
    def test_a_split_goes_by_the_choice(self):
        here = world()
        row, other = given(here), given(here)
        role = Membership.objects.get(user=here.an)
        carry_out(SPLIT, Choice({row.pk: "UBND-98"}, {role.pk: "UBND-98"}, rest="UBND-99"))
        assert Membership.objects.filter(user=here.an, closed_on=DAY_MAX).get().agency.code == "UBND-98"
        assert {assigned(one, ON) for one in Agency.objects.filter(code__in=SPLIT.successors)} == {1}
        assert other.lead == here.lai_chau

    @covers("1.08", "1.19")
    def test_past_days_show_the_same_figures(self):
        here = world()
        both(here)
        given(here, lead=here.hung_yen)
        days = [date(2025, 4, 1), date(2025, 5, 15), BEFORE]
        of = [here.government, here.lai_chau, here.hung_yen]
        seen = lambda: [assigned(one, day, counted) for one in of for day in days for counted in Counted]  # noqa: E731
        before = seen()
        carry_out(MERGER)
        assert seen() == before

    @covers("1.08", "1.20")
    def test_both_read_models_made_anew_are_the_same(self):
        here = world()
        both(here)
        carry_out(MERGER)
        written = (spans.digest(), agency_spans.digest())
        spans.rebuild()
        agency_spans.rebuild()
        assert (spans.digest(), agency_spans.digest()) == written

    @covers("1.08")
    def test_a_preview_writes_nothing(self):
        here = world()
        both(here)
        before = Entry.objects.count()
        looked_at(MERGER)
        assert Entry.objects.count() == before

    @covers("1.08")
    @pytest.mark.parametrize("meanwhile", ["role", "assignment"])
    def test_a_stale_preview_is_refused_and_nothing_has_changed(self, meanwhile):
        here = world()
        seen = looked_at(MERGER)
        if meanwhile == "role":
            person("dung", here.hung_yen, Role.FOCAL)
        else:
            given(here)
        with pytest.raises(Refused, match="preview it again"):
            actions.succeed(preview=seen, by=None, at=JULY)
        assert not Succession.objects.exists()

    def test_the_preview_takes_the_same_statements_for_any_number(self, django_assert_num_queries):
        here = world()
        for _ in range(3):
            both(here)
        with django_assert_num_queries(14):
            looked_at(MERGER)

    def test_nothing_is_done_before_its_day(self):
        world()
        late = replace(
            MERGER, on=date(2025, 8, 1), opens=(replace(MERGER.opens[0], opened_on=date(2025, 8, 1)),)
        )
        with pytest.raises(Refused, match="has not come yet"):
            carry_out(late)

    def test_the_mark_of_a_preview_tells_it_from_another(self):
        here = world()
        first = looked_at(MERGER).mark
        given(here)
        assert looked_at(MERGER).mark != first
