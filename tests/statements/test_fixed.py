"""Statements put together once say what the queryset says, whatever values they are asked with (1.31)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import F, Q
from django.test.utils import CaptureQueriesContext

from tests.agencies import factory
from tests.marks import covers
from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Relation
from thuocdo.statements.fixed import EMPTY, Fixed

pytestmark = pytest.mark.django_db
KIND = RelationKind.ADMINISTRATIVE.value


def below(*, day, kind, parents):
    """A queryset with what Django makes of values: a join, a negation, an annotation, a set, an order."""
    rows = Relation.objects.filter(kind=kind, opened_on__lte=day).exclude(closed_on__lte=day)
    rows = rows.filter(Q(parent__in=parents) | Q(child__code="nobody")).annotate(word=F("child__code"))
    return rows.select_related("child", "parent").order_by("child__code")


def told(rows):
    return [(row.pk, row.word, row.child.name, row.parent.code) for row in rows]


def bare(asked):
    """The statements without parentheses: Django sets a pair around a value that is an expression."""
    return [one["sql"].translate(str.maketrans("", "", "()")) for one in asked]


@pytest.fixture
def here():
    return factory.world()


@covers("1.31")
def test_the_rows_are_those_of_the_queryset_for_any_values(here):
    fixed = Fixed(below)
    for parents in ({here.government.pk}, {here.lai_chau.pk}, {here.government.pk, here.lai_chau.pk}):
        for day in (factory.FIRST_DAY, factory.FIRST_DAY - timedelta(days=1), date(2030, 1, 1)):
            asked = {"day": day, "kind": KIND, "parents": parents}
            assert told(fixed.rows(**asked)) == told(below(**asked))
    assert len(fixed.compiled) == 2, "one parent and two parents are two statements"
    assert told(fixed.rows(day=factory.FIRST_DAY, kind=KIND, parents={here.government.pk}))


@covers("1.31")
def test_the_statement_is_that_of_the_queryset_with_the_same_values(here):
    asked = {"day": factory.FIRST_DAY, "kind": KIND, "parents": {here.government.pk}}
    with CaptureQueriesContext(connection) as plain:
        list(below(**asked))
    fixed = Fixed(below)
    fixed.rows(**asked)
    with CaptureQueriesContext(connection) as once:
        fixed.rows(**asked)
    assert bare(once) == bare(plain)


@covers("1.31")
def test_of_an_empty_set_nothing_is_found_and_nothing_kept(here):
    fixed = Fixed(lambda *, parents: Relation.objects.filter(parent__in=parents))
    assert fixed.rows(parents=set()) == []
    assert fixed.sql(parents=set()) == EMPTY
    assert not fixed.compiled


@covers("1.31")
def test_the_function_is_asked_once_for_each_form(here):
    forms = []

    def build(side, *, day):
        forms.append(side)
        return Relation.objects.filter(opened_on__lte=day).values_list(side, flat=True)

    fixed = Fixed(build)
    asked = [
        fixed.rows(side, day=day)
        for day in (date(2025, 2, 1), date(2024, 1, 1))
        for side in ("parent", "child")
    ]
    assert forms == ["parent", "child"]
    assert (asked[0] != asked[1], asked[2:]) == (True, [[], []])
