"""The demo world in the database: what it counts on which day, what it flags, what it never says."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command

from tests.marks import covers
from thuocdo.accounts.models import User
from thuocdo.accounts.permissions import PUBLIC
from thuocdo.agencies import queries as agency_queries
from thuocdo.agencies.models import Agency
from thuocdo.assignments.enums import DemandState, HoldState, Series, Status
from thuocdo.assignments.models import (
    Answer,
    Assignment,
    Commitment,
    Demand,
    Difficulty,
    HoldAnswer,
    Report,
    Review,
)
from thuocdo.assignments.queries import counts, demands
from thuocdo.assignments.rules import six_clears
from thuocdo.assignments.rules.status import status
from thuocdo.assignments.terms import duty_of
from thuocdo.audit import verify_rows
from thuocdo.audit.models import Entry
from thuocdo.demo import tables
from thuocdo.directives.models import Directive, DirectiveRelation, Obligation, Provision, Tally
from thuocdo.directives.rules import tally as tally_rule
from thuocdo.indicators.enums import Origin
from thuocdo.indicators.models import Observation, Target
from thuocdo.indicators.queries import measured
from thuocdo.lib.moments import AsOf
from thuocdo.notices.models import Draft, Notice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

REPORT_DAY, OPENING, NOVEMBER, YEAR_AFTER = (
    date(2025, 5, 24), date(2025, 9, 30), date(2025, 11, 7), date(2026, 11, 7)
)  # fmt: skip


@pytest.fixture
def _django_db_helper(loaded):
    """In the place of pytest-django's transaction for each test: all stand in the one of `loaded`."""


def facts(day, series=Series.DECLARED, **scope):
    """Counts of what was read outside; the labelled examples are issued here and left aside."""
    spans = counts.spans_in(counts.Scope(**scope), AsOf(day)).filter(
        assignment__in=Assignment.objects.filter(is_example=False)
    )
    return counts.counts(spans, day).of(series)


def text(key):
    symbol, _, year = key.rpartition(" ")
    return Directive.objects.get(symbol=symbol, year=year)


@covers("1.26")
def test_the_table_of_24_may_adds_up():
    found = facts(REPORT_DAY, directive_id=text("71/NQ-CP 2025").pk)
    assert found.problem() is None
    assert (found.completed, found.of(Status.ON_TIME), found.of(Status.TIMELINESS_UNKNOWN)) == (102, 10, 92)


@pytest.mark.parametrize(
    ("day", "completed", "overdue", "not_known"),
    [(REPORT_DAY, 102, 3, 0), (OPENING, 102, 10, 9), (NOVEMBER, 102, 29, 9), (YEAR_AFTER, 102, 0, 38)],
)
@covers("1.18", "1.26")
def test_what_is_known_on_a_day(day, completed, overdue, not_known):
    found = facts(day)
    assert (found.completed, found.overdue, found.of(Status.NOT_KNOWN)) == (completed, overdue, not_known)


@pytest.mark.parametrize("day", [REPORT_DAY, OPENING, NOVEMBER, YEAR_AFTER])
@covers("1.18", "1.26")
def test_nothing_read_outside_is_ever_confirmed(day):
    assert facts(day, Series.CONFIRMED).completed == 0
    assert not Review.objects.filter(claim__report__source__isnull=False).exists()


@covers("1.12", "1.26")
def test_85_bodies_have_their_plan_as_the_source_says_of_each():
    children = Assignment.objects.filter(parent__obligation__key="PL1-2025-05/04")
    assert (children.count(), Report.objects.filter(assignment__in=children).count()) == (22 + 63, 85)


@covers("1.26")
def test_a_list_that_names_nobody_makes_nobody_late():
    iot = Assignment.objects.get(obligation__key="624-I.1/09")
    assert iot.is_fan_out
    assert not iot.children.exists()


def test_several_named_leads_give_one_assignment_each():
    leads = Assignment.objects.filter(obligation__key="624-I.2/16").values_list(
        "lead__issuer_code", flat=True
    )
    assert set(leads) == {"BTP", "BGDĐT", "BXD", "TANDTC", "BNNMT", "BYT", "BTC"}


@covers("1.06")
def test_leads_are_those_of_the_map_of_the_day():
    lead = Assignment.objects.get(obligation__key="PL1-2025-05/03").lead
    assert lead.opened_on == date(2025, 3, 1)


@covers("1.06")
def test_the_plan_of_may_is_of_the_old_lam_dong():
    assert text("1780/KH-UBND 2025").issuer.closed_on == date(2025, 7, 1)
    assert Agency.objects.filter(issuer_code="UBND", territory__code="68").count() == 2


@covers("1.09", "1.26")
def test_the_same_duty_in_two_lists_is_linked_and_keeps_both_limits():
    rows = Obligation.objects.filter(key__in=["PL1-2025-05/37", "624-I.2/42"]).order_by("limit_on")
    assert len({row.same_duty for row in rows}) == 1
    assert [row.limit_on for row in rows] == [date(2025, 5, 30), date(2025, 5, 31)]


def test_drafts_called_completed_say_so():
    told = Report.objects.get(assignment__obligation__key="PL1-2025-05/01").text
    assert "dự thảo" in told


def tally(key):
    row = next(row for row in tables.tallies() if row.key == key)
    found = Tally.objects.get(source__key=row.source, happened_on=row.happened_on, total=row.total)
    parts = [(part.label, part.count) for part in found.parts.order_by("ordinal")]
    return [count for _, count in parts], tally_rule.problems(found.total, parts)


@pytest.mark.parametrize(
    ("key", "parts"),
    [("NQ71-2405", [22, 13, 2]), ("BCDTW-2405", [23, 22]), ("LC-145", [85, 60]), ("624-0711", [9, 46, 19]),
     ("VPCP-2410", [8150, 1620, 61]), ("NQ03-PL2", [13, 29, 34, 12, 28, 15, 9])],
)  # fmt: skip
@covers("1.21", "1.26")
def test_printed_counts_that_add_up(key, parts):
    assert tally(key) == (parts, [])


@covers("1.21")
def test_the_count_of_20_october_is_18_short_and_flagged():
    parts, problems = tally("VPCP-2010")
    assert parts == [7892, 1602, 319]
    assert dict(problems[0].values) == {"sum": 9813, "total": 9831, "rest": 18}


@covers("1.26")
def test_what_a_tally_does_not_itemise_is_said():
    assert "14–21" in Tally.objects.get(total=37).not_itemised


@covers("1.26")
def test_the_targets_stand_on_the_page_of_their_resolution():
    rows = Provision.objects.filter(directive=text("03/NQ-CP 2025"), label__startswith="Phụ lục I, chỉ tiêu")
    assert rows.count() == len(tables.targets())
    assert not Obligation.objects.filter(provision__in=rows).exists()


@covers("1.09", "1.26")
def test_71_amends_and_replaces_03():
    kinds = DirectiveRelation.objects.filter(
        directive=text("71/NQ-CP 2025"), to=text("03/NQ-CP 2025")
    ).values_list("kind", flat=True)
    assert set(kinds) == {"amends", "replaces"}


def test_awaited_texts_have_no_number():
    assert set(Directive.objects.filter(state="awaited").values_list("number", flat=True)) == {None}


@covers("1.27")
def test_every_text_from_a_source_is_public():
    assert set(Directive.objects.filter(is_example=False)) == set(Directive.objects.public())


def test_difficulties_of_lai_chau_have_class_and_source():
    rows = Difficulty.objects.filter(
        agency__issuer_code="UBND", agency__territory__code="12", is_example=False
    )
    assert (rows.count(), rows.filter(source=None).count()) == (9, 0)


@covers("1.26")
def test_it_opens_at_30_september_2025():
    described = agency_queries.installation()
    assert (described.opens_on, described.is_synthetic) == (OPENING, False)


def example_status(name, series):
    span = counts.spans_in(counts.Scope(), AsOf(OPENING)).get(
        assignment__obligation__key=name, directive_id=text("9999/KH-UBND 2025").pk
    )
    return status(span, OPENING, series)


@pytest.mark.parametrize(
    ("name", "declared", "confirmed"),
    [("confirmed", Status.ON_TIME, Status.ON_TIME), ("returned", Status.OVERDUE, Status.OVERDUE),
     ("extended", Status.NOT_STARTED, Status.NOT_STARTED), ("waiting", Status.IN_TERM, Status.IN_TERM),
     ("claimed", Status.ON_TIME, Status.IN_TERM), ("split", Status.NOT_STARTED, Status.NOT_STARTED),
     ("standing", Status.STANDING, Status.STANDING)],
)  # fmt: skip
@covers("1.26")
def test_the_example_has_an_assignment_in_every_state(name, declared, confirmed):
    assert (example_status(name, Series.DECLARED), example_status(name, Series.CONFIRMED)) == (
        declared,
        confirmed,
    )


@covers("1.26")
def test_what_is_invented_is_labelled_and_not_public():
    plan = text("9999/KH-UBND 2025")
    assert plan.is_example
    assert not Directive.objects.public().filter(is_example=True).exists()
    assert set(Assignment.objects.filter(directive=plan).values_list("is_example", flat=True)) == {True}
    bodies = Agency.objects.filter(is_example=True).values_list("name", flat=True)
    names = [*User.objects.values_list("name", flat=True), *bodies]
    assert [name for name in names if "(ví dụ)" not in name] == []


def test_an_example_is_led_by_invented_bodies_alone():
    leads = Agency.objects.filter(led__is_example=True)
    assert set(leads.values_list("is_example", flat=True)) == {True}


@covers("1.10")
def test_examples_given_here_are_clear_in_all_six_respects():
    rows = Assignment.objects.filter(is_example=True, parent=None)
    assert [six_clears.missing(duty_of(row)) for row in rows] == [()] * 7


@covers("2.04", "2.05", "2.06")
def test_the_example_shows_a_dispute_demands_and_a_promise_and_nothing_fires():
    answers = HoldAnswer.objects.values_list("state", "reason")
    texts = [
        *Demand.objects.values_list("text", flat=True), *Commitment.objects.values_list("text", flat=True),
        *Answer.objects.values_list("text", flat=True), *answers.values_list("reason", flat=True),
    ]  # fmt: skip
    assert [state for state, _ in answers] == [HoldState.DISPUTED]
    assert [demands.state(one, OPENING) for one in demands.demands(AsOf(OPENING)).order_by("pk")] == [
        DemandState.ANSWERED, DemandState.LATE,
    ]  # fmt: skip
    assert len(texts) == 5
    assert [text for text in texts if not text.startswith("(Ví dụ)")] == []
    assert set(Commitment.objects.values_list("assignment__is_example", flat=True)) == {True}
    assert (Notice.objects.count(), Draft.objects.count()) == (0, 0)


@covers("1.12")
def test_the_split_example_has_three_children_below_its_lead():
    children = Assignment.objects.filter(parent__obligation__key="split")
    assert (children.count(), set(children.values_list("depth", flat=True))) == (3, {1})


@covers("1.26")
@pytest.mark.parametrize("options", [[], ["--if-empty"]])
def test_a_second_run_changes_nothing(options):
    before = Entry.objects.count()
    call_command("demo", *options)
    assert Entry.objects.count() == before


@covers("1.22", "2.18")
def test_every_row_of_the_demo_world_is_as_the_log_left_it():
    assert list(verify_rows.rows()) == []


@covers("3.10")
def test_printed_figures_stay_declared_and_lead_to_their_source():
    rows = Observation.objects.select_related("source")
    assert rows.count() == len(tables.figures())
    assert {row.origin for row in rows} == {Origin.OUTSIDE}
    assert all(row.source is not None for row in rows)


@covers("3.10", "3.07")
@pytest.mark.parametrize(
    ("code", "day", "value", "reported"),
    [
        ("VILLAGES_WITHOUT_SIGNAL", OPENING, Decimal(717), 1),
        ("FIVE_G", OPENING, Decimal("0.26"), 1),
        ("FIVE_G", date(2025, 12, 1), Decimal("0.395"), 1),
        ("PEOPLE_TRAINED", OPENING, Decimal(118_604), 1),
        ("ESSENTIAL_SERVICES", OPENING, Decimal(55) / 75, 1),
        ("DOSSIERS_ONLINE", OPENING, None, 1),  # printed without its parts: it cannot be put together
    ],
)
def test_the_country_has_the_figures_of_the_day(code, day, value, reported):
    as_of = AsOf(day)
    definition = measured.named(code, PUBLIC, as_of)
    found = measured.figures([definition], Agency.objects.get(code="CP"), PUBLIC, as_of)[0]
    assert (found.rolled.whole.value, found.rolled.whole.reported) == (value, reported)


@covers("3.10", "3.02")
def test_a_target_cites_the_provision_that_sets_it():
    target = Target.objects.get(indicator__code="DIGITAL_SIGNATURES")
    assert (target.value, target.provision.label) == (Decimal("0.7"), "Phụ lục I, chỉ tiêu 31")
    assert Target.objects.filter(source__key="QD2629", provision=None).count() == 7
