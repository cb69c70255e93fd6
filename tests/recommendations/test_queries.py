"""Recommendations as of a day and as known: whose they are, who sees them, what they explain (4.01)."""

from datetime import UTC, date, datetime

import pytest

from tests.assignments.factory import CLEAR, JULY, given, person, world
from tests.directives import factory as texts
from tests.marks import covers
from tests.recommendations.factory import ASKED, DUE, answered, asked, forwarded, received
from thuocdo.accounts.enums import Role
from thuocdo.accounts.permissions import PUBLIC, reader_of
from thuocdo.assignments.queries.asked import asked as asked_of
from thuocdo.assignments.queries.one import find
from thuocdo.assignments.queries.sight import EVERYTHING, sight_of
from thuocdo.assignments.terms import Origin
from thuocdo.directives import actions as directive_actions
from thuocdo.directives.rules.publicity import Shown
from thuocdo.lib.moments import AsOf
from thuocdo.recommendations import actions
from thuocdo.recommendations.enums import Group, Outcome, State
from thuocdo.recommendations.permissions import may_ask, may_handle, may_tell_effect
from thuocdo.recommendations.queries import reading
from thuocdo.recommendations.queries.beside import read, waited_for
from thuocdo.recommendations.queries.piles import labelled, piles
from thuocdo.recommendations.queries.standing import in_group, standing
from thuocdo.recommendations.rules.standing import state
from thuocdo.recommendations.terms import Reply

pytestmark = pytest.mark.django_db
BEFORE_ANSWER, AFTER = date(2025, 7, 14), date(2025, 7, 16)
GROUPS = {
    Group.UNANSWERED: {State.SENT, State.IN_HAND, State.LATE},
    Group.LATE: {State.LATE},
    Group.ANSWERED: {State.ACCEPTED, State.PARTLY, State.REFUSED, State.IN_EFFECT},
}


@pytest.fixture
def here():
    return world()


def sees(user, day=AFTER):
    return list(reading.chosen(sight_of(reader_of(user, day)), AsOf(day), None, None))


@covers("4.01")
def test_each_day_is_shown_as_it_was(here):
    row = asked(here)
    received(here, row)
    forwarded(here, row)
    answered(here, row)
    found = {
        day: (one.owner.code, one.state)
        for day in (1, 2, 5, 11, 15)
        if (one := reading.one(row.pk, EVERYTHING, AsOf(date(2025, 7, day))))
    }
    assert found == {
        1: ("CP", State.SENT), 2: ("CP", State.IN_HAND), 5: ("BKHCN", State.SENT),
        11: ("BKHCN", State.LATE), 15: ("BKHCN", State.ACCEPTED),
    }  # fmt: skip
    assert reading.one(row.pk, EVERYTHING, AsOf(date(2025, 6, 30))) is None


@covers("4.01", "1.19")
def test_what_was_known_then_is_shown_without_what_was_recorded_later(here):
    row = asked(here)
    later = datetime(2025, 8, 1, tzinfo=UTC)
    actions.answer(
        recommendation=row,
        reply=Reply(Outcome.ACCEPTED, "Đồng ý"),
        happened_on=date(2025, 7, 3),
        by=here.chi,
        at=later,
    )
    states = [reading.one(row.pk, EVERYTHING, AsOf(AFTER, known)).state for known in (JULY, None)]
    assert states == [State.SENT, State.ACCEPTED]


@covers("4.01")
def test_the_groups_of_lists_are_the_states_of_the_rule(here):
    rows = [asked(here) for _ in range(6)]
    for row in rows[1:5]:
        received(here, row)
    answered(here, rows[2])
    answered(here, rows[3], reply=Reply(Outcome.REFUSED, "Trái luật"))
    actions.take_effect(
        recommendation=rows[2], text="Xong", happened_on=date(2025, 7, 16), by=here.an, at=JULY
    )
    forwarded(here, rows[4])
    asked(here, origin=Origin(texts.source(), ASKED))
    for day in range(1, 20):
        of_day = standing(AsOf(date(2025, 7, day)))
        for group, states in GROUPS.items():
            in_sql = set(of_day.filter(in_group(group, date(2025, 7, day))).values_list("pk", flat=True))
            assert in_sql == {row.pk for row in of_day if state(row, date(2025, 7, day)) in states}


@covers("4.01")
def test_what_was_read_elsewhere_is_never_called_late(here):
    row = asked(here, origin=Origin(texts.source(), ASKED), wanted_on=DUE)
    assert [reading.one(row.pk, EVERYTHING, AsOf(day)).state for day in (ASKED, AFTER)] == [
        State.SENT,
        State.NOT_KNOWN,
    ]


@covers("4.01")
def test_an_unanswered_recommendation_shows_the_late_duties_it_explains(here):
    late, other = given(here), given(here, terms=CLEAR, lead=here.lai_chau)
    row = asked(here, late)
    one = reading.one(row.pk, EVERYTHING, AsOf(BEFORE_ANSWER))
    assert [duty.pk for duty in one.late] == [late.pk]
    assert reading.explained([row.pk], AsOf(BEFORE_ANSWER)) == {row.pk: 1}
    assert [waits_for(duty, BEFORE_ANSWER) for duty in (late, other)] == [row.pk, None]
    answered(here, row)
    assert reading.one(row.pk, EVERYTHING, AsOf(AFTER)).late == ()
    assert waits_for(late, AFTER) is None


def waits_for(duty, day):
    """The recommendation that the duty's page shows."""
    row = find(duty.pk, EVERYTHING.reader, waited_for=waited_for(EVERYTHING.reader, AsOf(day)))
    shown = read(row.waited_for)
    return shown.pk if shown else None


@covers("4.01")
def test_both_sides_and_whom_it_passed_see_it_strangers_do_not(here):
    row = asked(here)
    stranger = person("giang", here.hung_yen, Role.FOCAL)
    ministry = person("minh", here.ministry, Role.REGISTRAR)
    assert [sees(who) for who in (here.an, here.chi, stranger, ministry)] == [[row], [row], [], []]
    forwarded(here, row)
    assert sees(ministry) == [row]


@covers("4.01", "1.27")
@pytest.mark.parametrize(
    ("shown", "seen", "answer"),
    [
        (Shown(progress=False, responsibility=False, results=False), False, False),
        (Shown(progress=True, responsibility=False, results=False), False, False),
        (Shown(progress=True, responsibility=True, results=False), True, False),
        (Shown(progress=True, responsibility=True, results=True), True, True),
    ],
)
def test_what_is_public_follows_the_decision_on_its_text(here, shown, seen, answer):
    row = asked(here)
    directive_actions.publish(
        directive=row.directive, shown=shown, withheld="Còn đang xử lý", decided_on=ASKED, by=None, at=JULY
    )
    found = reading.one(row.pk, sight_of(PUBLIC), AsOf(AFTER))
    assert (found is not None, bool(found and found.results)) == (seen, answer)


@covers("4.01")
def test_who_may_ask_handle_and_say_what_came_of_it(here):
    row = asked(here)
    people = (here.an, here.chi, here.binh, person("giang", here.hung_yen, Role.FOCAL))
    readers = [reader_of(who, AFTER) for who in people]
    assert [may_ask(one, here.lai_chau) is None for one in readers] == [True, False, False, False]
    assert [may_handle(one, here.government.pk, AFTER) is None for one in readers] == [
        False,
        True,
        False,
        False,
    ]
    effect = [may_tell_effect(one, row, here.government.pk, AFTER) is None for one in readers]
    assert effect == [True, True, False, False]


@covers("4.01", "1.28")
def test_what_awaits_an_agency_stands_in_its_piles(here):
    row = asked(here, wanted_on=DUE)

    def waiting(user, day=AFTER):
        reader = reader_of(user, day)
        found = labelled(asked_of(reader, AsOf(day), piles(reader, AsOf(day))))
        return {name: [line.key for line in pile.lines] for name, pile in found.items()}

    minh = person("minh", here.ministry, Role.REGISTRAR)
    assert (waiting(here.chi), waiting(here.an), waiting(minh)) == (
        {"recommended": [row.pk]},
        {"recommendations_late": [row.pk]},
        {},
    )
    forwarded(here, row)
    assert (waiting(here.chi), waiting(minh)) == ({}, {"recommended": [row.pk]})


@covers("4.01")
def test_ageing_counts_what_lies_with_each_owner(here):
    for _ in range(2):
        asked(here, wanted_on=DUE)
    forwarded(here, asked(here))
    found = [
        (one.owner.code, one.age.count, one.age.late, one.age.oldest)
        for one in reading.aged(EVERYTHING, AsOf(AFTER))
    ]
    assert found == [("CP", 2, 2, 15), ("BKHCN", 1, 0, 11)]


@covers("4.01", "1.33")
@pytest.mark.parametrize("many", [1, 12])
def test_lists_ask_as_much_for_one_as_for_many(here, many, django_assert_max_num_queries):
    for _ in range(many):
        forwarded(here, asked(here, given(here)))
    with django_assert_max_num_queries(5):
        rows = reading.chosen(EVERYTHING, AsOf(AFTER), Group.UNANSWERED, None)
        assert len(reading.lines(rows, AsOf(AFTER))) == many
        reading.aged(EVERYTHING, AsOf(AFTER))
