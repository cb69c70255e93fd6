"""Titles, relations and publicity of texts that stand in the register."""

from datetime import date

import pytest

from tests.audit.factory import lan
from tests.directives.factory import ALL, NINE, directive
from tests.marks import covers
from thuocdo.audit.models import Entry
from thuocdo.directives import actions
from thuocdo.directives.actions import Shown
from thuocdo.directives.enums import DirectiveRelationKind as Kind
from thuocdo.directives.enums import Language
from thuocdo.directives.models import DirectiveRelation, Publication
from thuocdo.lib.say import Refused

pytestmark = pytest.mark.django_db
DAY = date(2025, 4, 2)


def translate(row, title="Programme d'action", language=Language.FR):
    return actions.translate_title(directive=row, language=language, title=title, by=None, at=NINE)


def relate(row, kind, to):
    return actions.relate(directive=row, kind=kind, to=to, by=None, at=NINE)


def publish(row, shown=ALL, withheld="", by=None, at=NINE, decided_on=DAY):
    return actions.publish(directive=row, shown=shown, withheld=withheld, decided_on=decided_on, by=by, at=at)


def test_a_title_set_right_is_found_and_logged_with_the_former_one():
    row = directive(title="Chuong trinh cu")
    actions.amend_title(directive=row, title="Chương trình mới", by=None, at=NINE)
    assert "chuong trinh moi" in row.folded
    entry = Entry.objects.get(verb="directive.retitled")
    assert (entry.old["title"], entry.new["title"]) == ("Chuong trinh cu", "Chương trình mới")


@pytest.mark.parametrize(
    ("title", "reason"), [("", "no title"), ("Kế hoạch (Mật)", "secrecy"), ("Cũ", "already")]
)
def test_a_title_that_is_refused(title, reason):
    row = directive(title="Cũ")
    with pytest.raises(Refused, match=reason):
        actions.amend_title(directive=row, title=title, by=None, at=NINE)


@covers("1.09")
def test_a_translation_is_stale_once_the_title_has_changed():
    row = directive()
    translation = translate(row)
    assert not translation.is_stale
    actions.amend_title(directive=row, title="Chương trình mới", by=None, at=NINE)
    assert row.translations.get().is_stale


def test_a_text_is_found_by_its_translated_title_too():
    row = directive()
    translate(row)
    assert "programme d'action" in row.folded


def test_a_second_translation_stands_after_the_first():
    row = directive()
    translate(row), translate(row, "Plan d'action")
    assert row.translations.order_by("pk").last().title == "Plan d'action"


def test_the_authoritative_language_is_not_translated_into():
    with pytest.raises(Refused, match="authoritative in this language"):
        translate(directive(), "Chương trình", Language.VI)


@covers("1.09")
@pytest.mark.parametrize("kind", Kind)
def test_texts_are_related_in_each_kind(kind):
    relate(directive("71/NQ-CP"), kind, directive("03/NQ-CP", issued_on=date(2025, 1, 9)))
    assert DirectiveRelation.objects.get().kind == kind


@pytest.mark.parametrize("kind", [Kind.IMPLEMENTS, Kind.AMENDS])
def test_a_relation_is_kept_once_and_one_way(kind):
    one, other = directive("71/NQ-CP"), directive("03/NQ-CP")
    relate(one, kind, other)
    with pytest.raises(Refused, match="already kept"):
        relate(one, kind, other)
    with pytest.raises(Refused, match="cannot go both ways"):
        relate(other, kind, one)


def test_no_text_is_related_to_itself():
    row = directive()
    with pytest.raises(Refused, match="to itself"):
        relate(row, Kind.IMPLEMENTS, row)


@covers("1.27")
def test_a_decision_on_publicity_says_since_when_by_whom_what_and_why():
    person, row = lan(), directive()
    publish(row, Shown(progress=True), "Kết quả: đang thẩm định", by=person)
    decision = Publication.objects.get()
    assert (decision.decided_on, decision.decided_by_id) == (DAY, person.pk)
    assert (decision.progress, decision.results, decision.withheld) == (
        True,
        False,
        "Kết quả: đang thẩm định",
    )
    assert Entry.objects.filter(verb="directive.published", by_id=person.pk).exists()


@covers("1.27")
def test_closing_what_was_public_needs_a_reason():
    row = directive(public=True)
    with pytest.raises(Refused, match="what is withheld, and why"):
        publish(row, Shown())
    assert Publication.objects.count() == 1


def test_a_decision_of_tomorrow_is_refused():
    with pytest.raises(Refused, match="has not come yet"):
        publish(directive(), decided_on=date(2025, 4, 3))
