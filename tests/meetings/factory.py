"""The steering committee of Lai Châu, prepared by its science department, with one session on 15 July."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from tests.agencies import factory as agencies
from tests.assignments import factory
from tests.assignments.factory import HEAD, JULY, World, person
from tests.files.factory import stored
from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import User
from thuocdo.agencies.enums import AgencyKind, Side
from thuocdo.agencies.models import Agency
from thuocdo.lib.moments import ZONE
from thuocdo.meetings import actions
from thuocdo.meetings.models import Closing, Committee, Conclusion, Issue, Session
from thuocdo.meetings.terms import Call, Concluded, Founding, Signed

HELD_ON = date(2025, 7, 15)
STARTS = datetime(2025, 7, 15, 8, tzinfo=ZONE)
DUTY = Concluded(
    work="Hoàn thành kết nối cơ sở dữ liệu dùng chung", product="Biên bản nghiệm thu", product_kind="system",
    head=HEAD, limit_on=date(2025, 9, 30), signer="Chủ tịch UBND tỉnh",
)  # fmt: skip


@dataclass
class Room(World):
    """The world with the committee, its standing body's registrar, and its first session."""

    steering: Agency
    committee: Committee
    khanh: User  # registrar of the standing body
    session: Session


def room() -> Room:
    """Everything up to the call of the first session."""
    base = factory.world()
    steering = agencies.agency(
        "BCD-12", "Ban Chỉ đạo tỉnh Lai Châu", kind=AgencyKind.COMMITTEE, side=Side.PARTY,
        issuer_code="BCĐ",
    )  # fmt: skip
    founding = Founding(steering, base.department, base.lai_chau, "12-QĐ/TU")
    committee = actions.found(founding=founding, by=None, at=JULY)
    khanh = person("khanh", base.department, Role.REGISTRAR)
    return Room(
        **vars(base), steering=steering, committee=committee, khanh=khanh, session=called(committee, base)
    )


def called(committee: Committee, here: World, **more: Any) -> Session:
    """A session with two connection points and two items."""
    wanted = Call(
        STARTS, "Trung tâm Hội nghị tỉnh", points=(here.lai_chau, here.doan_ket),
        agenda=("Kết quả quý II", "Điểm nghẽn"),
    )  # fmt: skip
    return actions.call(committee=committee, wanted=replace(wanted, **more), by=None, at=JULY)


def concluded(here: Room, session: Session | None = None, **more: Any) -> Conclusion:
    """A conclusion clear in all six respects, led by Lai Châu."""
    what = replace(DUTY, **{"lead": here.lai_chau, **more})
    return actions.conclude(session=session or here.session, concluded=what, by=here.khanh, at=JULY)


def closed(here: Room, session: Session | None = None, on: date = HELD_ON) -> Closing:
    """The session is over."""
    return actions.close(session=session or here.session, happened_on=on, by=here.khanh, at=JULY)


def issued(here: Room, session: Session | None = None, symbol: str = "05-TB/BCĐ", **more: Any) -> Issue:
    """Signed and numbered two days later."""
    signed = Signed(symbol, date(2025, 7, 17), "Nguyễn Văn Mẫu", stored("thong-bao.pdf"))
    return actions.issue(
        session=session or here.session, signed=replace(signed, **more), by=here.khanh, at=JULY
    )
