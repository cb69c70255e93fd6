"""Duties read out of texts: limits raw and read, links, key ones, printed counts."""

from datetime import date

import pytest

from tests.agencies.factory import agency
from tests.directives.factory import NINE, directive, obligation, provision, source
from tests.marks import covers
from thuocdo.audit.models import Entry
from thuocdo.directives import actions
from thuocdo.directives.actions import Count, Duty
from thuocdo.directives.models import Obligation, Provision, Tally
from thuocdo.lib.say import Refused

pytestmark = pytest.mark.django_db


def add(limit=None, key="12", work="Xây dựng cơ sở dữ liệu", line=None):
    line = line or provision(directive())
    return actions.add_obligation(
        provision=line, duty=Duty(key=key, work=work, limit=limit), by=None, at=NINE
    )


@covers("1.09")
@pytest.mark.parametrize(
    ("raw", "kind", "last"),
    [
        ("2025", "year", date(2025, 12, 31)),
        ("Quý II/2025", "quarter", date(2025, 6, 30)),
        ("6/2025", "month", date(2025, 6, 30)),
        ("thường xuyên", "standing", None),
        ("", "none", None),
    ],
)
def test_the_limit_is_kept_raw_beside_the_day_it_was_read_as(raw, kind, last):
    row = add(raw).obligation
    assert (row.limit_raw, row.limit_kind, row.limit_on) == (raw, kind, last)


@covers("1.09")
def test_nothing_is_guessed_silently():
    assert "31" in str(add("2025").notes[0])


def test_a_standing_duty_keeps_how_often_it_is_reported():
    assert add("hằng quý").obligation.limit_every == "quarter"


@covers("1.09")
def test_an_impossible_day_is_refused_and_nothing_is_written():
    with pytest.raises(Refused):
        add("31/02/2025")
    assert not Obligation.objects.exists()


@pytest.mark.parametrize(("key", "work", "reason"), [("", "Xây dựng", "no key"), ("1", " ", "says nothing")])
def test_a_duty_without_key_or_work_is_refused(key, work, reason):
    with pytest.raises(Refused, match=reason):
        add(key=key, work=work)


def test_a_key_stands_once_in_a_text():
    line = add().obligation.provision
    with pytest.raises(Refused, match="already has a duty with the key 12"):
        add(line=line)


def test_a_duty_is_found_without_its_accents():
    assert "xay dung co so du lieu" in add().obligation.folded


@pytest.mark.parametrize(("label", "reason"), [("Phụ lục I, số 1", "already has"), ("  ", "needs a label")])
def test_a_provision_has_a_label_of_its_own(label, reason):
    row = provision(directive()).directive
    with pytest.raises(Refused, match=reason):
        actions.add_provision(directive=row, label=label, ordinal=2, by=None, at=NINE)
    assert Provision.objects.count() == 1


@covers("1.09")
def test_the_same_duty_of_two_texts_is_linked_and_each_keeps_its_limit():
    one = obligation(due=date(2025, 6, 30))
    other = obligation(directive("03/NQ-CP"), due=date(2025, 12, 31))
    actions.link_same_duty(obligations=[one, other], by=None, at=NINE)
    one.refresh_from_db(), other.refresh_from_db()
    assert one.same_duty == other.same_duty is not None
    assert (one.limit_on, other.limit_on) == (date(2025, 6, 30), date(2025, 12, 31))


def linked(*groups):
    """Four duties, linked group by group; then the numbers of their duties."""
    rows = [obligation() for _ in range(4)]
    for group in groups:
        actions.link_same_duty(obligations=[rows[place] for place in group], by=None, at=NINE)
    return rows, [Obligation.objects.get(pk=row.pk).same_duty for row in rows]


@pytest.mark.parametrize("groups", [[(0, 1), (2, 3), (1, 2)], [(0, 1), (2, 3), (0, 3)], [(0, 1, 2, 3)]])
def test_linked_groups_become_one(groups):
    _, numbers = linked(*groups)
    assert len(set(numbers)) == 1
    assert numbers[0] is not None


def test_a_link_is_taken_back_and_the_one_left_over_is_free_too():
    (one, *_), _ = linked((0, 1))
    one.refresh_from_db()
    actions.unlink_same_duty(obligation=one, by=None, at=NINE)
    assert not Obligation.objects.exclude(same_duty=None).exists()


def test_a_link_needs_two():
    row = obligation()
    with pytest.raises(Refused, match="Two obligations at least"):
        actions.link_same_duty(obligations=[row, row], by=None, at=NINE)


@covers("1.09")
def test_a_key_duty_is_flagged_and_the_log_says_by_what_change():
    row = obligation()
    actions.mark_key(obligation=row, is_key=True, by=None, at=NINE)
    entry = Entry.objects.get(verb="obligation.marked")
    assert (entry.old, entry.new) == ({"is_key": "false"}, {"is_key": "true"})


def record(total, *parts, rule="Nhiệm vụ được giao", on=date(2025, 4, 1)):
    count = Count(agency("UBND-12"), source(), on, total, parts, rule)
    return actions.record_tally(count=count, by=None, at=NINE)


@covers("1.21")
def test_a_printed_count_that_adds_up_is_kept_with_its_parts():
    recorded = record(145, ("đã hoàn thành", 85), ("đang thực hiện", 60))
    assert recorded.problems == ()
    assert [part.count for part in recorded.tally.parts.order_by("ordinal")] == [85, 60]


@covers("1.21")
def test_one_that_does_not_add_up_is_kept_as_printed_and_flagged():
    recorded = record(9831, ("hoàn thành", 7892), ("trong hạn", 1602), ("quá hạn", 319))
    assert recorded.tally.total == 9831
    assert "add up to 9813" in str(recorded.problems[0])


@pytest.mark.parametrize(
    ("more", "reason"), [({"rule": ""}, "what the count counts"), ({"on": date(2025, 5, 1)}, "not come yet")]
)
def test_a_count_without_rule_or_of_a_day_to_come_is_refused(more, reason):
    with pytest.raises(Refused, match=reason):
        record(1, **more)
    assert not Tally.objects.exists()
