"""Synthetic loads: as many as asked for, the same by seed, never among real facts, marked on every page."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from tests.agencies.factory import agency
from tests.marks import covers
from thuocdo.agencies import queries as agency_queries
from thuocdo.agencies.models import Agency
from thuocdo.assignments.enums import InterruptionKind
from thuocdo.assignments.models import (
    Assignment,
    ChangeDecision,
    Claim,
    Hold,
    Interruption,
    Report,
    Review,
    Span,
)
from thuocdo.demo import synthetic
from thuocdo.demo.synthetic import Shape
from thuocdo.directives.models import Directive
from thuocdo.lib.say import Refused

SMALL = Shape.of(470, "40x12")


@pytest.mark.parametrize(
    ("assignments", "text", "shape"),
    [(17_400, "145x120", Shape(145, 120, 17_400)), (17_400, "", Shape(145, 120, 17_400)),
     (1_000_000, "", Shape(334, 3_000, 1_000_000)), (5, "2X3", Shape(2, 3, 5))],
)  # fmt: skip
def test_shapes(assignments, text, shape):
    assert Shape.of(assignments, text) == shape


@pytest.mark.parametrize(("assignments", "text"), [(7, "2x3"), (1, "x"), (1, "3"), (0, "2x3"), (-1, "")])
def test_shapes_that_cannot_be(assignments, text):
    with pytest.raises(Refused):
        Shape.of(assignments, text)


@covers("1.26", "1.31")
@pytest.mark.django_db
def test_a_load_has_the_assignments_asked_for_with_three_dated_reports_each():
    synthetic.load(SMALL)
    led = Assignment.objects.filter(is_fan_out=False).count()
    assert (led, Report.objects.count(), Assignment.objects.filter(is_fan_out=True).count()) == (
        470,
        1410,
        40,
    )


@covers("1.31")
@pytest.mark.django_db
@pytest.mark.parametrize("model", [Claim, Review, Hold, ChangeDecision, Interruption])
def test_holds_extensions_claims_and_reviews_are_among_them(model):
    synthetic.load(SMALL)
    assert model.objects.count() > 0


@covers("1.20", "1.31")
@pytest.mark.django_db
def test_its_spans_are_those_the_facts_give():
    synthetic.load(SMALL)
    call_command("rebuild")  # fails when the digest changes
    assert Span.objects.filter(withdrawn=True).exists() == (
        Interruption.objects.filter(kind=InterruptionKind.WITHDRAW).exists()
    )


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_rows():
    def drawn(seed):
        with transaction.atomic():
            synthetic.load(SMALL, seed=seed)
            rows = list(Report.objects.order_by("pk").values_list("happened_on", "recorded_at"))
            transaction.set_rollback(True)
        return rows

    once = drawn(1)
    assert drawn(1) == once
    assert drawn(2) != once


@covers("1.26")
@pytest.mark.django_db
def test_it_is_refused_where_anything_real_stands():
    agency("BKHCN", "Bộ Khoa học và Công nghệ")
    with pytest.raises(CommandError, match="empty database"):
        call_command("demo", "--scale", "10")
    assert not Assignment.objects.exists()


@pytest.mark.django_db
def test_a_second_load_into_the_same_database_is_refused():
    synthetic.load(Shape.of(5, "1x5"))
    with pytest.raises(Refused):
        synthetic.load(Shape.of(5, "1x5"))


@covers("1.26")
@pytest.mark.django_db
def test_every_name_says_that_it_is_made_up():
    synthetic.load(Shape.of(24, "2x12"))
    names = [
        *Agency.objects.values_list("name", flat=True),
        *Directive.objects.values_list("title", flat=True),
    ]
    assert [name for name in names if "giả lập" not in name] == []


@covers("1.26")
@pytest.mark.django_db
@pytest.mark.parametrize("made_up", [True, False])
def test_pages_of_a_synthetic_load_are_marked(made_up):
    if made_up:
        synthetic.load(Shape.of(24, "2x12"))
    page = Client().get("/en/").content.decode()
    assert (agency_queries.installation().is_synthetic, "Synthetic figures" in page) == (made_up, made_up)
