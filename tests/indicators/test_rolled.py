"""Values are rolled up over the agencies of the day, through mergers, as known at any moment."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.agencies import factory as agencies
from tests.indicators.factory import OCTOBER, ONLINE, TOLD_ON, TRAINED, count, declared, share, told, world
from tests.marks import covers
from thuocdo.agencies import actions as agency_actions
from thuocdo.agencies import queries as agency_queries
from thuocdo.agencies.enums import AgencyKind, Level, Side, SuccessionKind
from thuocdo.agencies.models import Agency
from thuocdo.agencies.rules.opening import NewAgency
from thuocdo.agencies.rules.succession import Wish
from thuocdo.indicators import actions
from thuocdo.indicators.enums import Standing
from thuocdo.indicators.queries import definitions
from thuocdo.indicators.queries.rolled import rolled
from thuocdo.indicators.rules import periods
from thuocdo.lib.moments import AsOf

pytestmark = pytest.mark.django_db
BY_COMMUNES = {"reported_by": AgencyKind.PEOPLES_COMMITTEE, "reported_at": Level.COMMUNE}
LATER = OCTOBER + timedelta(days=5)
Q2 = periods.read("2025-Q2")
NOW = AsOf(LATER.date())


@pytest.fixture
def here():
    """Two wards below Lai Châu, one below Hưng Yên, all of them report."""
    made = world()
    made.tan_phong = agencies.agency(
        "UBND-03386", "UBND phường Tân Phong", below=made.lai_chau,
        kind=AgencyKind.PEOPLES_COMMITTEE, level=Level.COMMUNE,
    )  # fmt: skip
    declared(replace(ONLINE, **BY_COMMUNES))
    declared(replace(TRAINED, **BY_COMMUNES))
    return made


def value(here, indicator, agency, as_of=NOW):
    definition = definitions.on(indicator, as_of)
    return rolled(definition, [agency.pk], as_of)[agency.pk].whole


@covers("3.07")
def test_a_sum_over_the_communes_of_the_day(here):
    told(here.trained, count(here.doan_ket, 40))
    told(here.trained, count(here.tan_phong, 2))
    told(here.trained, count(here.pho_hien, 100))
    province, country = (value(here, here.trained, one) for one in (here.lai_chau, here.government))
    assert (province.value, province.reported, province.expected) == (42, 2, 2)
    assert (country.value, country.reported, country.expected) == (142, 3, 3)


@covers("3.07", "3.03")
def test_ratios_add_their_parts_and_the_standing_is_the_weakest(here):
    first = told(here.online, share(here.doan_ket, 90, 100))
    told(here.online, share(here.tan_phong, 1, 2))
    actions.accept(observation=first, agency=here.lai_chau, happened_on=TOLD_ON, by=here.giang, at=OCTOBER)
    whole = value(here, here.online, here.lai_chau)
    assert (whole.value, whole.standing, whole.of_which) == (Decimal(91) / 102, Standing.DECLARED, 100)
    assert value(here, here.online, here.doan_ket).standing is Standing.CONFIRMED


@covers("3.03", "3.07")
def test_what_is_missing_is_counted_not_filled(here):
    told(here.trained, count(here.doan_ket, 40))
    whole = value(here, here.trained, here.lai_chau)
    assert (whole.value, whole.reported, whole.expected, whole.coverage) == (40, 1, 2, 50)
    assert value(here, here.trained, here.hung_yen).value is None


@covers("3.07")
def test_a_past_moment_does_not_know_the_correction(here):
    first = told(here.trained, count(here.doan_ket, 40))
    actions.correct(observation=first, value=count(here.doan_ket, 50), reason="Sót", by=None, at=LATER)
    assert value(here, here.trained, here.lai_chau).value == 50
    assert value(here, here.trained, here.lai_chau, AsOf(LATER.date(), OCTOBER)).value == 40
    assert value(here, here.trained, here.lai_chau, AsOf(TOLD_ON - timedelta(days=1))).value is None


@covers("3.07")
def test_a_series_does_not_begin_at_a_merger(here):
    told(here.trained, count(here.doan_ket, 40, Q2))
    told(here.trained, count(here.tan_phong, 2, Q2))
    merged = merge(here, on=date(2025, 7, 1))
    told(here.trained, count(merged, 5))
    days = (LATER.date(), date(2025, 6, 30))
    after, before = (value(here, here.trained, here.lai_chau, AsOf(day)) for day in days)
    assert (after.value, after.expected) == (47, 1)
    assert before.expected == 2


def merge(here, on):
    """The two wards become one."""
    heir = NewAgency(
        code="UBND-03390", name="UBND phường Mới", kind=AgencyKind.PEOPLES_COMMITTEE, side=Side.STATE,
        level=Level.COMMUNE, opened_on=on,
    )  # fmt: skip
    wish = Wish(
        SuccessionKind.MERGER, on, "Nghị quyết mẫu", (here.doan_ket.code, here.tan_phong.code), (heir,)
    )
    agency_actions.succeed(plan=agency_queries.plan_succession(wish), by=None, at=OCTOBER)
    return Agency.objects.get(code=heir.code)


@covers("3.21")
def test_any_number_of_agencies_takes_the_same_statements(here):
    told(here.trained, count(here.doan_ket, 40))
    definition = definitions.on(here.trained, AsOf(LATER.date()))
    asked = []
    for some in ([here.lai_chau.pk], [here.lai_chau.pk, here.hung_yen.pk, here.government.pk]):
        with CaptureQueriesContext(connection) as seen:
            rolled(definition, some, AsOf(LATER.date()))
        asked.append(len(seen))
    assert asked[0] == asked[1] <= 4
