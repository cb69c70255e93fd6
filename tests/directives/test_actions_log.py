"""After a story of the whole register every row is as the log left it; titles as known before."""

from datetime import date, timedelta

import pytest

from tests.agencies.factory import agency
from tests.directives.factory import FIRST_OF_APRIL, NINE, directive, obligation, source
from tests.marks import covers
from thuocdo.audit import verify_rows
from thuocdo.directives import actions
from thuocdo.directives.actions import Awaited, Count, Duty, Shown, Text, registering
from thuocdo.directives.enums import DirectiveRelationKind, Language
from thuocdo.directives.models import Directive, Obligation
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused

pytestmark = pytest.mark.django_db
HOW = {"by": None, "at": NINE}


def told() -> None:
    """Every action of the register once, some on rows that were read before another action changed them."""
    row, other = directive(public=True), directive("03/NQ-CP", issued_on=date(2025, 1, 9))
    old = Directive.objects.get(pk=row.pk)
    actions.amend_title(directive=row, title="Chương trình mới", **HOW)
    actions.amend_title(directive=old, title="Chương trình mới hơn", **HOW)
    actions.translate_title(directive=row, language=Language.EN, title="Programme", **HOW)
    actions.relate(directive=row, kind=DirectiveRelationKind.AMENDS, to=other, **HOW)
    actions.publish(directive=row, shown=Shown(), withheld="Rà soát", decided_on=FIRST_OF_APRIL, **HOW)
    awaited = actions.expect(text=Awaited("Hướng dẫn", FIRST_OF_APRIL), **HOW)
    actions.receive_awaited(directive=awaited, symbol="12/HD-BNV", issued_on=FIRST_OF_APRIL, **HOW)
    one, two = obligation(), obligation()
    stale = Obligation.objects.get(pk=one.pk)
    actions.link_same_duty(obligations=[one, two], **HOW)
    actions.mark_key(obligation=stale, is_key=True, **HOW)
    actions.unlink_same_duty(obligation=two, **HOW)
    count = Count(agency("UBND-12"), source(), FIRST_OF_APRIL, 3, [("xong", 2)], "Nhiệm vụ được giao")
    actions.record_tally(count=count, **HOW)


@covers("1.22")
def test_every_row_of_the_register_is_as_the_log_left_it():
    told()
    about = [problem for problem in verify_rows.rows() if (problem.table or "").startswith("directives_")]
    assert about == []


@covers("1.19")
def test_a_title_set_right_later_is_the_former_one_for_who_knew_less():
    row, later = directive(title="Cũ"), NINE + timedelta(days=1)
    actions.amend_title(directive=row, title="Mới", by=None, at=later)
    actions.amend_title(directive=row, title="Mới nhất", by=None, at=later + timedelta(days=1))
    moments = [NINE, later, later + timedelta(days=1), None]
    worded = [Directive.objects.worded(AsOf(FIRST_OF_APRIL, known)).get().wording for known in moments]
    assert worded == ["Cũ", "Mới", "Mới nhất", "Mới nhất"]


def test_who_is_slower_by_a_moment_is_refused_in_words(monkeypatch):
    monkeypatch.setattr(registering, "_known_already", lambda identity: None)
    directive()
    with pytest.raises(Refused, match="71/NQ-CP has just been registered"):
        actions.register(text=Text("71/NQ-CP", "Chương trình", FIRST_OF_APRIL), **HOW)


@pytest.mark.parametrize("field", ["group", "key"])
def test_words_too_long_for_their_column_are_refused_in_words(field):
    duty = Duty(**{"key": "neu", "work": "Xây dựng", field: "x" * 301})
    line = obligation().provision
    with pytest.raises(Refused, match="too long"):
        actions.add_obligation(provision=line, duty=duty, **HOW)
    assert Obligation.objects.count() == 1
