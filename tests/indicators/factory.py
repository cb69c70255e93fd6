"""A small world of measuring: the share of dossiers filed online, reported by communes every quarter."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tests.assignments.factory import World as Cascade
from tests.assignments.factory import person
from tests.assignments.factory import world as cascade
from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import User
from thuocdo.indicators import actions
from thuocdo.indicators.enums import Combine, Direction, Kind, Periodicity
from thuocdo.indicators.models import Indicator, Observation
from thuocdo.indicators.rules import periods
from thuocdo.indicators.terms import Aimed, Declared, Value

OCTOBER = datetime(2025, 10, 10, 2, tzinfo=UTC)
TOLD_ON = date(2025, 10, 10)
Q3 = periods.read("2025-Q3")
ONLINE = Declared(
    code="DOSSIERS_ONLINE",
    since=date(2025, 1, 1),
    name="Tỷ lệ hồ sơ trực tuyến",
    name_en="Dossiers filed online",
    name_fr="Dossiers déposés en ligne",
    name_de="Online eingereichte Vorgänge",
    kind=Kind.RATIO,
    direction=Direction.RISE,
    every=Periodicity.QUARTER,
    periods=Combine.RATIO,
    children=Combine.RATIO,
)
TRAINED = replace(
    ONLINE,
    code="TRAINED",
    name="Số người được tập huấn",
    name_en="People trained",
    name_fr="Personnes formées",
    name_de="Geschulte Personen",
    unit="person",
    kind=Kind.NUMBER,
    periods=Combine.SUM,
    children=Combine.SUM,
)


@dataclass
class World(Cascade):
    """The cascade's world with two indicators and who reports and reviews figures."""

    online: Indicator
    trained: Indicator
    dung: User  # focal point of the ward Đoàn Kết
    giang: User  # reviewer of the province Lai Châu


def world() -> World:
    """Two indicators that hold since 1 January 2025."""
    base = cascade()
    return World(
        **vars(base),
        online=declared(ONLINE),
        trained=declared(TRAINED),
        dung=person("dung", base.doan_ket, Role.FOCAL),
        giang=person("giang", base.lai_chau, Role.REVIEWER),
    )


def declared(terms: Declared, **more: Any) -> Indicator:
    return actions.declare(terms=terms, **{"by": None, "at": OCTOBER, **more}).indicator


def share(agency, above: int, below: int, period=Q3, **more: Any) -> Value:
    """So many of so many."""
    return Value(agency, period, Decimal(above) / below, above, below, **more)


def count(agency, number: int | str, period=Q3, **more: Any) -> Value:
    return Value(agency, period, Decimal(number), **more)


def told(indicator: Indicator, value: Value, **more: Any) -> Observation:
    """A value given on 10 October 2025."""
    facts = {"happened_on": TOLD_ON, "by": None, "at": OCTOBER, **more}
    return actions.observe(indicator=indicator, value=value, **facts)


def aim(agency, value: int | str, **more: Any) -> Aimed:
    return Aimed(agency, date(2025, 12, 31), Decimal(value), **more)
