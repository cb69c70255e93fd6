"""A small world: the Government over two provinces with a commune each, the Party committees beside them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from thuocdo.agencies import actions
from thuocdo.agencies.enums import AgencyKind, Level, RelationKind, Side
from thuocdo.agencies.models import Agency
from thuocdo.agencies.rules.opening import NewAgency

FIRST_DAY = date(2025, 1, 1)
FIRST_MOMENT = datetime(2025, 1, 1, 1, tzinfo=UTC)


def agency(
    code: str, name: str = "", *, at: datetime = FIRST_MOMENT, below: Agency | None = None, **more: Any
):
    """An agency opened on FIRST_DAY, below another in the administrative tree if one is given."""
    facts = {
        "kind": AgencyKind.OTHER, "side": Side.STATE, "level": Level.PROVINCE, "opened_on": FIRST_DAY, **more
    }  # fmt: skip
    opened = actions.open_agency(new=NewAgency(code=code, name=name or code, **facts), by=None, at=at)
    if below is not None:
        relate(opened, below, on=facts["opened_on"], at=at)
    return opened


def relate(child, parent, *, kind=RelationKind.ADMINISTRATIVE, on=FIRST_DAY, at=FIRST_MOMENT):
    return actions.relate(kind=kind, child=child, parent=parent, opened_on=on, by=None, at=at)


@dataclass
class World:
    """Names of the agencies of `world()`."""

    government: Agency  # Chính phủ
    central: Agency  # Ban Chấp hành Trung ương
    ministry: Agency  # Bộ Khoa học và Công nghệ
    lai_chau: Agency  # UBND tỉnh Lai Châu
    hung_yen: Agency  # UBND tỉnh Hưng Yên
    doan_ket: Agency  # UBND phường Đoàn Kết, below Lai Châu
    pho_hien: Agency  # UBND phường Phố Hiến, below Hưng Yên
    department: (
        Agency  # Sở Khoa học và Công nghệ tỉnh Lai Châu: below Lai Châu, vertically below the ministry
    )
    party_lai_chau: Agency  # Tỉnh ủy Lai Châu
    party_hung_yen: Agency  # Tỉnh ủy Hưng Yên
    party_of_committee: Agency  # Đảng ủy UBND tỉnh Lai Châu: below Tỉnh ủy and below the People's Committee


def world(at: datetime = FIRST_MOMENT) -> World:
    """Opens the agencies of World on FIRST_DAY, recorded at `at`."""
    committee = {"kind": AgencyKind.PEOPLES_COMMITTEE, "at": at}
    party = {"kind": AgencyKind.PARTY_COMMITTEE, "side": Side.PARTY, "at": at}
    inner = {**party, "kind": AgencyKind.PARTY_ORGANISATION}
    government = agency("CP", "Chính phủ", kind=AgencyKind.LEADERSHIP, level=Level.CENTRAL, at=at)
    central = agency(
        "TW",
        "Ban Chấp hành Trung ương",
        kind=AgencyKind.LEADERSHIP,
        side=Side.PARTY,
        level=Level.CENTRAL,
        at=at,
    )
    ministry = agency(
        "BKHCN", "Bộ Khoa học và Công nghệ", kind=AgencyKind.MINISTRY, level=Level.CENTRAL, below=government,
        at=at, aliases=("Bộ KH&CN",), issuer_code="BKHCN",
    )  # fmt: skip
    lai_chau = agency("UBND-12", "UBND tỉnh Lai Châu", below=government, **committee)
    hung_yen = agency("UBND-33", "UBND tỉnh Hưng Yên", below=government, **committee)
    doan_ket = agency("UBND-03388", "UBND phường Đoàn Kết", below=lai_chau, level=Level.COMMUNE, **committee)
    pho_hien = agency("UBND-11953", "UBND phường Phố Hiến", below=hung_yen, level=Level.COMMUNE, **committee)
    department = agency(
        "SKHCN-12",
        "Sở Khoa học và Công nghệ tỉnh Lai Châu",
        kind=AgencyKind.DEPARTMENT,
        below=lai_chau,
        at=at,
    )
    relate(department, ministry, kind=RelationKind.VERTICAL, at=at)
    party_lai_chau = agency("TU-12", "Tỉnh ủy Lai Châu", **party)
    party_hung_yen = agency("TU-33", "Tỉnh ủy Hưng Yên", **party)
    for one in (party_lai_chau, party_hung_yen):
        relate(one, central, kind=RelationKind.PARTY, at=at)
    party_of_committee = agency("DUUBND-12", "Đảng ủy UBND tỉnh Lai Châu", below=lai_chau, **inner)
    relate(party_of_committee, party_lai_chau, kind=RelationKind.PARTY, at=at)
    return World(
        government, central, ministry, lai_chau, hung_yen, doan_ket, pho_hien, department, party_lai_chau,
        party_hung_yen, party_of_committee,
    )  # fmt: skip
