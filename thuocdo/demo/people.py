"""Sample people, plainly labelled, who may sign in only where settings.SIGN_IN_OF_EXAMPLES says so."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import Membership, User
from thuocdo.agencies.models import Agency
from thuocdo.audit import log

PASSWORD = "thuoc-do-vi-du"  # nosec B105 # of examples alone, dead on any host but loopback
SINCE = date(2025, 1, 1)
DOMAIN = "vidu.example"


@dataclass(frozen=True, slots=True)
class Person:
    """One sample person: what they are in which agency, by its code."""

    key: str
    name: str
    role: Role
    agency: str


PEOPLE = (
    Person("dangky", "Nguyễn Thị Đăng Ký (ví dụ)", Role.REGISTRAR, "UBND-12"),
    Person("daumoi", "Trần Văn Đầu Mối (ví dụ)", Role.FOCAL, "VD-SKHCN-12"),
    Person("daumoi2", "Lò Thị Đầu Mối (ví dụ)", Role.FOCAL, "VD-TTPVHCC-12"),
    Person("thamdinh", "Phạm Thị Thẩm Định (ví dụ)", Role.REVIEWER, "VD-VPUBND-12"),
    Person("lanhdao", "Lê Văn Lãnh Đạo (ví dụ)", Role.LEADER, "UBND-12"),
    Person("thanhtra", "Vũ Văn Thanh Tra (ví dụ)", Role.INSPECTOR, "UBND-12"),
    Person("quantri", "Hoàng Thị Quản Trị (ví dụ)", Role.STEWARD, "UBND-12"),
)


def load(agencies: dict[str, Agency], at: datetime) -> dict[str, User]:
    """The people by key, each a member of one agency; they share one password."""
    password = make_password(PASSWORD)
    people = {
        person.key: User.objects.create(
            email=f"{person.key}@{DOMAIN}",
            name=person.name,
            password=password,
            is_example=True,
            created_at=at,
        )
        for person in PEOPLE
    }
    members = Membership.objects.bulk_create(
        Membership(user=people[person.key], agency=agencies[person.agency], role=person.role, opened_on=SINCE)
        for person in PEOPLE
    )
    log.record_many("user.created", people.values(), by=None, at=at)
    log.record_many("membership.opened", members, by=None, at=at)
    return people


def sign_ins() -> list[str]:
    """A line for each sample person: role, address; then the password. `thuocdo prepare` prints them."""
    lines = ["Sample people, who may sign in on this host only:"]
    lines += [f"  {person.role.value:<10} {person.key}@{DOMAIN}" for person in PEOPLE]
    return [*lines, f"  password   {PASSWORD}"]
