"""A small world of the cascade: Resolution 71/NQ-CP, the Government's office, two provinces, named people."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tests.agencies import factory as agencies
from tests.directives import factory as directives
from thuocdo.accounts import actions as account_actions
from thuocdo.accounts.actions import Person, Place
from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import User
from thuocdo.agencies.enums import AgencyKind, Level
from thuocdo.agencies.models import Agency
from thuocdo.assignments import actions
from thuocdo.assignments.enums import EvidenceKind, LimitClass, ProductKind
from thuocdo.assignments.models import Assignment, Claim
from thuocdo.assignments.terms import Head, Parties, Received, Said, Shown, Terms
from thuocdo.directives.models import Obligation

GIVEN_ON = date(2025, 4, 1)
DUE = date(2025, 6, 30)
JUNE = datetime(2025, 6, 20, 2, tzinfo=UTC)  # nine in the morning in Hà Nội on 20 June
JULY = datetime(2025, 7, 20, 2, tzinfo=UTC)

HEAD = Head("Chủ tịch UBND tỉnh", "Nguyễn Văn Mẫu", date(2025, 1, 1))
CLEAR = Terms(
    work="Ban hành kế hoạch chuyển đổi số của tỉnh",
    product="Kế hoạch của UBND tỉnh",
    product_kind=ProductKind.PLAN,
    limit_class=LimitClass.DATED,
    limit_on=DUE,
    signer="Chủ tịch UBND tỉnh",
)
PLAN = Shown(EvidenceKind.ISSUED_TEXT, symbol="145/KH-UBND")


@dataclass
class World(agencies.World):
    """The agencies, with the Government's office, people, and one duty."""

    office: Agency  # Văn phòng Chính phủ
    obligation: Obligation
    an: User  # focal point of Lai Châu
    binh: User  # reviewer of the Government's office
    chi: User  # registrar of the Government's office


def world() -> World:
    """Opens it all on 1 January 2025."""
    base = agencies.world()
    office = agencies.agency(
        "VPCP", "Văn phòng Chính phủ", kind=AgencyKind.OFFICE, level=Level.CENTRAL, below=base.government
    )
    return World(
        **vars(base),
        office=office,
        obligation=directives.obligation(directives.directive(issuer=base.government)),
        an=person("an", base.lai_chau, Role.FOCAL),
        binh=person("binh", office, Role.REVIEWER),
        chi=person("chi", office, Role.REGISTRAR),
    )


def person(name: str, agency: Agency, role: Role) -> User:
    """A person with a role since the first day."""
    made = Person(email=f"{name}@example.vn", name=name)
    user = account_actions.create_user(person=made, by=None, at=agencies.FIRST_MOMENT)
    place = Place(agency, role)
    account_actions.open_membership(
        user=user,
        place=place,
        opened_on=max(agency.opened_on, agencies.FIRST_DAY),
        by=None,
        at=agencies.FIRST_MOMENT,
    )
    return user


def parties(world: World, **more: Any) -> Parties:
    """The Government gives, Lai Châu leads, its chairman answers."""
    return replace(Parties(world.government, world.lai_chau, HEAD), **more)


def given(world: World, terms: Terms = CLEAR, **more: Any) -> Assignment:
    """An assignment issued here on GIVEN_ON."""
    row = actions.draft(
        obligation=world.obligation, terms=terms, parties=parties(world, **more), by=world.chi, at=JUNE
    )
    return actions.issue(assignment=row, given_on=GIVEN_ON, by=world.chi, at=JUNE)


def fanned_out(world: World, *agencies: Agency, terms: Terms = CLEAR) -> list[Assignment]:
    """A received duty for many and its children, the parent first."""
    text = Received(world.obligation, terms, Parties(world.government, None), GIVEN_ON, agencies=agencies)
    ids = actions.receive_many(texts=[text], by=None, at=JUNE)
    rows = Assignment.objects.in_bulk(ids)
    return [rows[pk] for pk in ids]


def said(day: date = date(2025, 6, 18), **more: Any) -> Said:
    """A report of half the work."""
    return replace(Said("Đã trình dự thảo", day, Decimal(50)), **more)


def claimed(world: World, assignment: Assignment, day: date = date(2025, 6, 18), **more: Any) -> Claim:
    """A claim by An, its evidence showing the day before."""
    facts = {"shown_on": date(2025, 6, 17), "evidence": [PLAN], "by": world.an, "at": JUNE, **more}
    return actions.claim(assignment=assignment, said=said(day), **facts)
