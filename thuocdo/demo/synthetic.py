"""Loads of any size with invented names, for measuring; in a database of their own, marked as made up (1.26).

The same seed gives the same rows. Each duty goes to all leads, as one child of a fan-out; each child has
three dated reports, most a claim, some a review, a hold, an extension, a pause. The spans are computed by
the pure rule from the histories drawn for each duty, of which every lead is given one. No entries of the
log are written for them: the mark on every page says that nothing here happened.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from django.db import transaction

from thuocdo.agencies import actions as agency_actions
from thuocdo.agencies.enums import AgencyKind, Level, RelationKind, Side, TerritoryLevel
from thuocdo.agencies.models import Agency
from thuocdo.agencies.reference import Body, Reference, Unit
from thuocdo.agencies.rules.opening import NewAgency
from thuocdo.demo.synthetic_histories import moment
from thuocdo.demo.synthetic_writer import Writer
from thuocdo.directives import actions
from thuocdo.directives.models import Directive, Obligation
from thuocdo.directives.rules.publicity import Shown
from thuocdo.lib.moments import DAY_MAX
from thuocdo.lib.say import Refused, say

SEED = 57
FIRST_DAY = date(2025, 1, 2)
LEADS, LEADS_OF_MANY, MANY = 120, 3_000, 100_000  # leads for up to MANY assignments, and for more
CHILDREN = 9  # communes below each province, so that 120 leads are 12 provinces with 9 communes each
DUTIES_OF_A_TEXT = 30
WRITTEN = re.compile(r"(\d+)[xX×](\d+)")
ROOT, OFFICE = "MAU", "VPMAU"

WORKS = ("Chuẩn hóa", "Kết nối", "Số hóa", "Rà soát", "Nâng cấp", "Tập huấn", "Công khai", "Đánh giá")
THINGS = ("dữ liệu kho mẫu", "hồ sơ thử", "quy trình giả định", "mạng mô hình", "biểu mẫu thử nghiệm")
PRODUCTS = ("Báo cáo mẫu", "Hệ thống mẫu", "Kế hoạch mẫu", "Tài liệu mẫu")


@dataclass(frozen=True, slots=True)
class Shape:
    """So many duties for so many leads; of the product only `assignments` are made."""

    duties: int
    leads: int
    assignments: int

    @classmethod
    def of(cls, assignments: int, text: str = "") -> "Shape":
        """The shape "145x120", or one that fits the number. `Refused` when it does not hold so many."""
        leads = LEADS if assignments <= MANY else LEADS_OF_MANY
        duties = -(-assignments // leads)
        if text:
            written = WRITTEN.fullmatch(text)
            duties, leads = (int(written[1]), int(written[2])) if written else (0, 0)
        if assignments < 1 or duties * leads < assignments:
            raise Refused(say("Give a shape of duties and leads that holds the number, such as 145x120."))
        return cls(duties, leads, assignments)


@transaction.atomic
def load(shape: Shape, *, seed: int = SEED) -> int:
    """Fill an empty database; the number of rows written in bulk. `Refused` where anything stands already."""
    if Agency.objects.exists() or Directive.objects.exists():
        raise Refused(say("Synthetic figures are made only in an empty database: this one holds other data."))
    random = Random(seed)
    at = moment(FIRST_DAY)
    agency_actions.describe_installation(opens_on=None, is_synthetic=True, by=None, at=at)
    agency_actions.load_reference(reference=Reference(*_map(shape.leads)), by=None, at=at)
    agencies = {agency.code: agency for agency in Agency.objects.order_by("pk")}
    leads = [agency for code, agency in agencies.items() if code not in (ROOT, OFFICE)]
    writer = Writer(random, agencies[ROOT].pk, agencies[OFFICE].pk)
    left = shape.assignments
    for obligation in _obligations(random, shape.duties, agencies[ROOT]):
        writer.duty(obligation, [lead.pk for lead in leads[:left]])
        left -= min(left, len(leads))
    return writer.finish()


def _map(leads: int) -> tuple[tuple[Unit, ...], tuple[Body, ...]]:
    """Provinces with their communes and the committees that answer for them, below one invented root."""
    root = _new(ROOT, "Hội đồng Mẫu (giả lập)", AgencyKind.LEADERSHIP, Level.CENTRAL, ROOT)
    office = _new(OFFICE, "Văn phòng Hội đồng Mẫu (giả lập)", AgencyKind.OFFICE, Level.CENTRAL, OFFICE)
    units: list[Unit] = []
    bodies = [Body(root), Body(office, parents=((RelationKind.ADMINISTRATIVE, ROOT),))]
    for number in range(leads):
        province, commune = divmod(number, CHILDREN + 1)
        unit = _province(province) if commune == 0 else _commune(province, commune)
        above = ROOT if commune == 0 else f"GL-{_province(province).code}"
        level = Level.PROVINCE if commune == 0 else Level.COMMUNE
        name = f"Ủy ban nhân dân {unit.kind} {unit.name} (giả lập)"
        new = _new(f"GL-{unit.code}", name, AgencyKind.PEOPLES_COMMITTEE, level, "UBND")
        units.append(unit)
        bodies.append(Body(new, parents=((RelationKind.ADMINISTRATIVE, above),), unit=unit.key))
    return tuple(units), tuple(bodies)


def _new(code: str, name: str, kind: AgencyKind, level: Level, issuer: str) -> NewAgency:
    return NewAgency(
        code=code, name=name, kind=kind, side=Side.STATE, level=level, opened_on=FIRST_DAY, issuer_code=issuer
    )


def _province(number: int) -> Unit:
    return Unit(TerritoryLevel.PROVINCE, f"G{number + 1:03}", "tỉnh", f"Mẫu {number + 1}", "", FIRST_DAY,
                DAY_MAX, "", "")  # fmt: skip


def _commune(province: int, number: int) -> Unit:
    above = _province(province)
    return Unit(TerritoryLevel.COMMUNE, f"{above.code}{number}", "xã", f"{above.name}.{number}", above.code,
                FIRST_DAY, DAY_MAX, "", "")  # fmt: skip


def _obligations(random: Random, duties: int, root: Agency) -> Iterator[Obligation]:
    """The duties one after the other, thirty in a text, all of it public."""
    for number in range(duties):
        text, place = divmod(number, DUTIES_OF_A_TEXT)
        if place == 0:
            directive = _directive(text, root)
        at = moment(directive.issued_on or FIRST_DAY)
        limit_on = (directive.issued_on or FIRST_DAY) + timedelta(days=random.randrange(60, 270))
        provision = actions.add_provision(
            directive=directive, label=f"Mục {place + 1}", ordinal=place + 1, by=None, at=at
        )
        duty = actions.Duty(
            key=f"{place + 1:02}", limit=limit_on, product=random.choice(PRODUCTS), is_key=place % 10 == 0,
            work=f"{random.choice(WORKS)} {random.choice(THINGS)} số {number + 1}", leads_raw="Mọi nơi",
        )  # fmt: skip
        yield actions.add_obligation(provision=provision, duty=duty, by=None, at=at).obligation


def _directive(number: int, root: Agency) -> Directive:
    day = FIRST_DAY + timedelta(days=3 + number % 90)
    at = moment(day)
    text = actions.Text(
        symbol=f"{number + 1:02}/KH-{ROOT}", title=f"Kế hoạch giả lập số {number + 1}, không có thật",
        issued_on=day, issuer=root,
    )  # fmt: skip
    directive = actions.register(text=text, by=None, at=at).directive
    shown = Shown(progress=True, responsibility=True, results=True)
    actions.publish(directive=directive, shown=shown, decided_on=day, by=None, at=at)
    return directive
