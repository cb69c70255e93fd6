"""A labelled example: an invented plan with assignments in every state, so that every page shows something.

Its bodies, people, numbers and reports are invented and say so; it is not public, so no figure that
anybody may see counts it. The sample people see it when they sign in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from thuocdo.accounts.models import User
from thuocdo.agencies import actions as agency_actions
from thuocdo.agencies.enums import AgencyKind, Level, RelationKind, Side
from thuocdo.agencies.models import Agency
from thuocdo.agencies.rules.opening import NewAgency
from thuocdo.assignments import actions
from thuocdo.assignments.enums import (
    ChangeKind,
    DemandKind,
    DifficultyClass,
    EvidenceKind,
    HoldState,
    LimitClass,
    ProductKind,
    ResourceKind,
)
from thuocdo.assignments.models import Assignment
from thuocdo.assignments.terms import (
    Amount,
    Ask,
    Asking,
    Head,
    Obstacle,
    Origin,
    Part,
    Parties,
    Said,
    Shown,
    Terms,
    reckoned_of,
)
from thuocdo.demo import people as sample_people
from thuocdo.directives import actions as directive_actions
from thuocdo.directives.models import Directive, Source
from thuocdo.files import actions as file_actions

GIVEN_ON = date(2025, 7, 15)
SYMBOL = "9999/KH-UBND"
PROVINCE = "UBND-12"  # the People's Committee of Lai Châu, below which the invented bodies stand
OFFICE, SCIENCE, FINANCE, CENTRE = "VD-VPUBND-12", "VD-SKHCN-12", "VD-STC-12", "VD-TTPVHCC-12"
HALLS = ("VD-XA-1", "VD-XA-2", "VD-XA-3")
BODIES = {
    OFFICE: ("Văn phòng UBND tỉnh (ví dụ)", AgencyKind.OFFICE, Level.PROVINCE, PROVINCE),
    SCIENCE: ("Sở Khoa học và Công nghệ (ví dụ)", AgencyKind.DEPARTMENT, Level.PROVINCE, PROVINCE),
    FINANCE: ("Sở Tài chính (ví dụ)", AgencyKind.DEPARTMENT, Level.PROVINCE, PROVINCE),
    CENTRE: (
        "Trung tâm Phục vụ hành chính công (ví dụ)", AgencyKind.SERVICE_CENTRE, Level.PROVINCE, PROVINCE,
    ),
    **{
        code: (
            f"Phòng Văn hóa - Xã hội xã Mẫu {number} (ví dụ)", AgencyKind.DEPARTMENT, Level.COMMUNE, SCIENCE,
        )
        for number, code in enumerate(HALLS, 1)
    },
}  # fmt: skip
EXAMPLE = Origin(is_example=True)


@dataclass(frozen=True, slots=True)
class Example:
    """One duty of the invented plan."""

    work: str
    product: str
    kind: ProductKind
    lead: str
    limit_on: date | None
    counted: str = ""  # the words of the plan, where it counts the limit from the day it was signed


DUTIES = {
    "confirmed": Example(
        "Ban hành kế hoạch tập huấn kỹ năng số", "Kế hoạch", ProductKind.PLAN, SCIENCE,
        date(2025, 8, 31),
    ),
    "returned": Example(
        "Trang bị thiết bị tiếp nhận hồ sơ", "Biên bản nghiệm thu", ProductKind.WORKS, CENTRE,
        date(2025, 9, 15),
    ),
    "extended": Example(
        "Bố trí kinh phí cho nền tảng dùng chung", "Quyết định phân bổ", ProductKind.DECISION, FINANCE,
        date(2025, 9, 30),
    ),
    "waiting": Example(
        "Kết nối kho dữ liệu của tỉnh", "Hệ thống được kết nối", ProductKind.SYSTEM, SCIENCE,
        date(2025, 10, 31), "trong 76 ngày làm việc kể từ ngày ký",
    ),
    "claimed": Example(
        "Rà soát quy trình nội bộ", "Báo cáo rà soát", ProductKind.REPORT, CENTRE,
        date(2025, 10, 15),
    ),
    "split": Example(
        "Hướng dẫn kỹ năng số ở cơ sở", "Báo cáo tổng hợp", ProductKind.REPORT, SCIENCE,
        date(2025, 11, 30),
    ),
    "standing": Example(
        "Báo cáo tình hình mạng hằng tháng", "Báo cáo", ProductKind.REPORT, SCIENCE,
        None,
    ),
}  # fmt: skip


class Stage:
    """What the scenes need: agencies by code, people by key, assignments by name, the moment of loading."""

    def __init__(self, agencies: Mapping[str, Agency], people: Mapping[str, User], at: datetime) -> None:
        self.agencies = agencies
        self.people = people
        self.at = at
        self.given: dict[str, Assignment] = {}


def load(source: Source, at: datetime) -> None:
    """Open the invented bodies, give the invented duties, play what happened to each."""
    agencies = _bodies(at)
    stage = Stage(agencies, sample_people.load(agencies, at), at)
    _give(stage, _plan(stage, source))
    for play in (_confirmed, _returned, _extended, _waiting, _claimed, _split, _standing, _asked):
        play(stage)


def _bodies(at: datetime) -> dict[str, Agency]:
    agencies = {PROVINCE: Agency.objects.get(code=PROVINCE)}
    for code, (name, kind, level, above) in BODIES.items():
        new = NewAgency(
            code=code, name=name, kind=kind, side=Side.STATE, level=level, opened_on=date(2025, 7, 1),
            is_example=True,
        )  # fmt: skip
        agencies[code] = agency_actions.open_agency(new=new, by=None, at=at)
        agency_actions.relate(
            kind=RelationKind.ADMINISTRATIVE, child=agencies[code], parent=agencies[above],
            opened_on=date(2025, 7, 1), by=None, at=at,
        )  # fmt: skip
    return agencies


def _plan(stage: Stage, source: Source) -> Directive:
    text = directive_actions.Text(
        symbol=SYMBOL, title="(Ví dụ) Kế hoạch chuyển đổi số của tỉnh, không có thật", issued_on=GIVEN_ON,
        issuer=stage.agencies[PROVINCE], source=source, is_example=True,
    )  # fmt: skip
    by = stage.people["dangky"]
    return directive_actions.register(text=text, by=by, at=stage.at).directive


def _give(stage: Stage, directive: Directive) -> None:
    by, at = stage.people["dangky"], stage.at
    for ordinal, (name, example) in enumerate(DUTIES.items(), 1):
        provision = directive_actions.add_provision(
            directive=directive, label=f"Mục {ordinal} (ví dụ)", ordinal=ordinal, by=by, at=at
        )
        duty = directive_actions.Duty(
            key=name, work=example.work, product=example.product,
            limit=example.counted or example.limit_on or "Thường xuyên",
            leads_raw=stage.agencies[example.lead].name, is_key=name == "split",
        )  # fmt: skip
        obligation = directive_actions.add_obligation(provision=provision, duty=duty, by=by, at=at).obligation
        parties = Parties(
            assigner=stage.agencies[PROVINCE], lead=stage.agencies[example.lead],
            head=Head("Giám đốc (ví dụ)", f"Người Mẫu {ordinal} (ví dụ)", date(2025, 7, 1)),
            monitoring=stage.agencies[OFFICE], confirming=stage.agencies[OFFICE],
        )  # fmt: skip
        terms = replace(_terms(name, example), reckoned=reckoned_of(obligation))
        row = actions.draft(obligation=obligation, terms=terms, parties=parties, by=by, at=at)
        _label(row)
        stage.given[name] = actions.issue(assignment=row, given_on=GIVEN_ON, by=by, at=at)


def _terms(name: str, example: Example) -> Terms:
    dated = example.limit_on is not None
    return Terms(
        work=example.work, product=example.product, product_kind=example.kind,
        limit_class=LimitClass.DATED if dated else LimitClass.STANDING, limit_on=example.limit_on,
        reporting_period="" if dated else "month", signer="Chủ tịch UBND tỉnh (ví dụ)",
        is_key=name == "split",
    )  # fmt: skip


def _label(row: Assignment) -> None:
    """A draft is made without the mark of an example; the demo sets it, before anything is given."""
    row.is_example = True
    row.save(update_fields=["is_example"])


def _said(text: str, on: date, progress: int | None = None) -> Said:
    return Said(
        text=f"(Ví dụ) {text}", happened_on=on, origin=EXAMPLE,
        progress=None if progress is None else Decimal(progress),
    )  # fmt: skip


def _file(stage: Stage, name: str, by: User) -> Shown:
    words = f"Tệp ví dụ của bản trình diễn, không có thật: {name}\n"
    stored = file_actions.store(name=name, content=words.encode(), by=by, at=stage.at)
    return Shown(EvidenceKind.SIGNED_FILE, file=stored)


def _confirmed(stage: Stage) -> None:
    row, by, at = stage.given["confirmed"], stage.people["daumoi"], stage.at
    actions.report(assignment=row, said=_said("Đã có dự thảo.", date(2025, 8, 5), 50), by=by, at=at)
    claim = actions.claim(
        assignment=row, said=_said("Kế hoạch đã ký.", date(2025, 8, 26), 100),
        evidence=(_file(stage, "ke-hoach-vi-du.txt", by),), shown_on=date(2025, 8, 25), by=by, at=at,
    )  # fmt: skip
    actions.accept(claim=claim, happened_on=date(2025, 8, 28), by=stage.people["thamdinh"], at=at)


def _returned(stage: Stage) -> None:
    row, by, at = stage.given["returned"], stage.people["daumoi2"], stage.at
    evidence = (Shown(EvidenceKind.ACCEPTANCE, symbol="01/BB-VIDU"),)
    claim = actions.claim(
        assignment=row, said=_said("Thiết bị đã về.", date(2025, 9, 10), 100), evidence=evidence,
        shown_on=date(2025, 9, 9), by=by, at=at,
    )  # fmt: skip
    actions.return_claim(
        claim=claim, reason="(Ví dụ) Biên bản chưa có chữ ký của bên giao.", happened_on=date(2025, 9, 12),
        by=stage.people["thamdinh"], at=at,
    )  # fmt: skip
    money = Amount(Decimal(350_000_000), "VND", "(ví dụ)")
    actions.add_resource(
        assignment=row, kind=ResourceKind.ASKED, amount=money, happened_on=date(2025, 7, 25), by=by, at=at
    )


def _extended(stage: Stage) -> None:
    row, at = stage.given["extended"], stage.at
    ask = Ask(ChangeKind.LIMIT, "(Ví dụ) Chờ dự toán bổ sung.", limit_on=date(2025, 10, 31))
    request = actions.ask_change(assignment=row, ask=ask, happened_on=date(2025, 9, 15), by=None, at=at)
    actions.decide_change(
        request=request, granted=True, happened_on=date(2025, 9, 20), by=stage.people["dangky"], at=at
    )


def _waiting(stage: Stage) -> None:
    row, by, at = stage.given["waiting"], stage.people["daumoi"], stage.at
    actions.report(assignment=row, said=_said("Đã nối hai hệ thống thử.", date(2025, 9, 2), 40), by=by, at=at)
    hold = actions.open_hold(
        assignment=row, agency=stage.agencies[FINANCE], reason="(Ví dụ) Chờ bố trí kinh phí.",
        opened_on=date(2025, 9, 5), by=by, at=at,
    )  # fmt: skip
    actions.answer_hold(
        hold=hold, state=HoldState.DISPUTED, agency=stage.agencies[FINANCE], happened_on=date(2025, 9, 9),
        reason="(Ví dụ) Dự toán gửi ngày 04/9 chưa có phụ lục thiết bị.", by=None, at=at,
    )  # fmt: skip
    obstacle = Obstacle(
        agency=stage.agencies[SCIENCE], kind=DifficultyClass.MONEY, assignment=row, origin=EXAMPLE,
        text="(Ví dụ) Chưa có kinh phí thuê đường truyền.", owner=stage.agencies[FINANCE],
    )  # fmt: skip
    actions.open_difficulty(obstacle=obstacle, opened_on=date(2025, 9, 5), by=by, at=at)


def _claimed(stage: Stage) -> None:
    row, by = stage.given["claimed"], stage.people["daumoi2"]
    actions.claim(
        assignment=row, said=_said("Báo cáo đã gửi.", date(2025, 9, 26), 100),
        evidence=(_file(stage, "bao-cao-vi-du.txt", by),), shown_on=date(2025, 9, 25), by=by, at=stage.at,
    )  # fmt: skip


def _split(stage: Stage) -> None:
    row, by, at = stage.given["split"], stage.people["daumoi"], stage.at
    parts = [
        Part(
            lead=stage.agencies[code],
            terms=Terms(
                work="Hướng dẫn kỹ năng số tại xã Mẫu", product="Báo cáo", product_kind=ProductKind.REPORT,
                limit_class=LimitClass.DATED, limit_on=date(2025, 10, 31), signer="Trưởng phòng (ví dụ)",
            ),
            head=Head("Trưởng phòng (ví dụ)", "Người Mẫu ở xã (ví dụ)", date(2025, 7, 1)),
        )
        for code in HALLS
    ]  # fmt: skip
    children = actions.split(
        assignment=row, parts=parts, kind=RelationKind.ADMINISTRATIVE, given_on=date(2025, 8, 1), by=by, at=at
    )
    said = _said("Đã mở hai buổi hướng dẫn.", date(2025, 9, 18), 60)
    actions.report(assignment=children[0], said=said, by=by, at=at)


def _standing(stage: Stage) -> None:
    row, by = stage.given["standing"], stage.people["daumoi"]
    actions.report(assignment=row, said=_said("Báo cáo tháng 8.", date(2025, 8, 31)), by=by, at=stage.at)


def _asked(stage: Stage) -> None:
    """The returned duty is late: its lead is urged and answers, promises a day, and owes an explanation."""
    row, by, at = stage.given["returned"], stage.people["daumoi2"], stage.at
    leader, lead = stage.people["lanhdao"], stage.agencies[CENTRE]
    urged = Asking(
        DemandKind.URGE, lead, stage.agencies[PROVINCE], "(Ví dụ) Đề nghị hoàn thiện biên bản nghiệm thu.",
        row, answer_on=date(2025, 9, 22),
    )  # fmt: skip
    demand = actions.demand(asking=urged, happened_on=date(2025, 9, 17), by=leader, at=at)
    actions.answer(
        demand=demand, agency=lead, text="(Ví dụ) Bên giao hẹn ký lại trong tháng 10.",
        happened_on=date(2025, 9, 19), by=by, at=at,
    )  # fmt: skip
    actions.promise(
        assignment=row, promised_on=date(2025, 10, 10), text="(Ví dụ) Nộp biên bản đủ chữ ký.",
        happened_on=date(2025, 9, 19), by=by, at=at,
    )  # fmt: skip
    explained = Asking(
        DemandKind.EXPLAIN, lead, stage.agencies[PROVINCE], "(Ví dụ) Giải trình lý do quá hạn.", row,
        answer_on=date(2025, 9, 26),
    )  # fmt: skip
    actions.demand(asking=explained, happened_on=date(2025, 9, 22), by=leader, at=at)
