"""One object of every kind inside the readers' scope, one outside it; seven readers."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from django.test import Client

from tests.agencies import factory as agencies
from tests.agencies.factory import FIRST_DAY
from tests.assignments import factory
from tests.assignments.factory import HEAD, JUNE, PLAN, World, said
from tests.directives import factory as texts
from tests.files.factory import stored
from tests.indicators import factory as indicators
from tests.indicators import served
from thuocdo.accounts import actions as account_actions
from thuocdo.accounts.actions import Grant
from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import Membership, Substitution, User
from thuocdo.agencies import actions as agency_actions
from thuocdo.agencies.enums import AgencyKind, DayKind, Occasion, TermUnit
from thuocdo.agencies.models import Agency, DayDecision
from thuocdo.agencies.rules.calendar import NewDecision, NewMark
from thuocdo.agencies.rules.clock import Term
from thuocdo.assignments import actions
from thuocdo.assignments.enums import ChangeKind, DemandKind, DifficultyClass, EvidenceKind
from thuocdo.assignments.models import Assignment, Claim
from thuocdo.assignments.rules.reckoning import Reckoned
from thuocdo.assignments.terms import Ask, Asking, Obstacle, Parties, Reach, Shown, Terms
from thuocdo.directives.models import Directive, Obligation
from thuocdo.meetings import actions as meetings
from thuocdo.meetings.models import Committee
from thuocdo.meetings.terms import Call, Concluded, Founding
from thuocdo.notices import actions as notices
from thuocdo.notices.enums import Kind
from thuocdo.notices.models import Draft
from thuocdo.notices.terms import Proposal
from thuocdo.recommendations import actions as recommendations
from thuocdo.recommendations.enums import RecommendationKind
from thuocdo.recommendations.models import Recommendation
from thuocdo.recommendations.terms import Asking as UpwardAsking

MARK = "zqxjvkwqzx"  # stands in every text of the foreign directive and nowhere else
MISSING = 987654
COUNTED = replace(
    factory.CLEAR, reckoned=Reckoned(Term(Decimal(64), TermUnit.WORKING_DAY), factory.GIVEN_ON)
)  # ends on the day of CLEAR
ROLES = ("public", "focal", "registrar", "reviewer", "leader", "inspector", "steward")


@dataclass
class Objects:
    """The ids of one side, by the word that stands in the table."""

    ids: dict[str, int | str] = field(default_factory=dict)

    def note(self, **rows: object) -> None:
        self.ids |= {name: getattr(row, "pk", row) for name, row in rows.items()}


@dataclass
class Scene:
    """What the table of access is tried on."""

    here: World
    own: Objects
    foreign: Objects
    clients: dict[str, Client]


def scene() -> Scene:
    """Lai Châu and the Government's office inside the scope; Hưng Yên's own text outside it."""
    here = factory.world()
    people = {
        "focal": here.an, "registrar": here.chi, "reviewer": here.binh,
        "leader": factory.person("giang", here.lai_chau, Role.LEADER),
        "inspector": factory.person("dung", here.government, Role.INSPECTOR),
        "steward": factory.person("em", here.lai_chau, Role.STEWARD),
    }  # fmt: skip
    own, foreign = Objects(), Objects()
    _also(here.chi, here.lai_chau, Role.REGISTRAR)
    _also(people["leader"], here.office, Role.LEADER)
    private = texts.directive("12/QĐ-TTg", title="Quyết định giao việc", issuer=here.office)
    _fill(own, here, private, here.government, here.lai_chau, "việc")
    own.note(figure="returned", parameter="silence", step="after-7")
    foreign.note(parameter="silence", step="after-7")
    own.note(person=_official(here.doan_ket, "nhan"), agency=here.lai_chau.code)
    _program(own, here.lai_chau, "việc")
    _program(foreign, here.hung_yen, MARK)
    secret = texts.directive("33/QĐ-UBND", title=f"Mật nội bộ {MARK}", issuer=here.hung_yen)
    _fill(foreign, here, secret, here.hung_yen, here.pho_hien, MARK)
    foreign.note(person=_official(here.hung_yen, f"phong-{MARK}"), agency=here.hung_yen.code)
    served.put({here.doan_ket: served.counted(), here.pho_hien: served.counted()})
    own.note(ranking=served.published(here.lai_chau), ward=here.doan_ket.code)
    foreign.note(ranking=served.published(here.hung_yen), ward=here.pho_hien.code)
    clients = {"public": Client(), **{role: _signed_in(user) for role, user in people.items()}}
    return Scene(here, own, foreign, clients)


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def outside(here: World, symbol: str) -> None:
    """More of what is outside the scope: another text of Hưng Yên with all that hangs on it."""
    secret = texts.directive(symbol, title=f"Mật nội bộ {MARK}", issuer=here.hung_yen)
    _fill(Objects(), here, secret, here.hung_yen, here.pho_hien, f"{MARK}-{symbol[:2]}")


def _also(user: User, agency: Agency, role: Role) -> None:
    Membership.objects.create(user=user, agency=agency, role=role, opened_on=FIRST_DAY)


def _program(found: Objects, agency: Agency, word: str) -> None:
    """The account of a program with a token."""
    machine = account_actions.open_machine(name=f"Phần mềm {word}", by=None, at=JUNE)
    _also(machine, agency, Role.FOCAL)
    grant = Grant(f"Thẻ {word}", ("report",), JUNE + timedelta(days=365))
    token, _secret = account_actions.make_token(user=machine, grant=grant, by=machine, at=JUNE)
    found.note(machine=machine, token=token)


def _official(agency: Agency, name: str) -> User:
    return factory.person(name, agency, Role.FOCAL)


def _fill(
    found: Objects, here: World, directive: Directive, assigner: Agency, lead: Agency, word: str
) -> None:
    """One object of every kind about a text."""
    duty = texts.obligation(directive, f"Nhiệm vụ {word}", at=JUNE)
    row = _row(duty, assigner, lead, COUNTED)
    claimed = _row(duty, assigner, lead)
    waiting, reviewed = _claim(claimed, word), _claim(_row(duty, assigner, lead), word)
    review = actions.return_claim(
        claim=reviewed, reason=f"Chưa đủ {word}", happened_on=date(2025, 6, 19), by=None, at=JUNE
    )
    hold = actions.open_hold(
        assignment=row, agency=here.ministry, reason=f"Chờ {word}", opened_on=date(2025, 6, 10), by=None,
        at=JUNE,
    )  # fmt: skip
    asked = actions.open_hold(
        assignment=claimed, agency=lead, reason=f"Chờ {word}", opened_on=date(2025, 6, 10), by=None, at=JUNE
    )
    outage = actions.open_outage(
        reach=Reach(agency=lead), reason=f"Mất sóng {word}", opened_on=date(2025, 6, 10),
        closed_on=date(2025, 6, 11), by=None, at=JUNE,
    )  # fmt: skip
    asking = Asking(DemandKind.URGE, lead, assigner, f"Đôn đốc {word}", row, date(2025, 6, 30))
    demand = actions.demand(asking=asking, happened_on=date(2025, 6, 12), by=None, at=JUNE)
    obstacle = Obstacle(lead, DifficultyClass.MONEY, f"Thiếu vốn {word}", None, row)
    difficulty = actions.open_difficulty(obstacle=obstacle, opened_on=date(2025, 6, 10), by=None, at=JUNE)
    ask = Ask(ChangeKind.CONTENT, f"Lý do {word}", text=f"Nội dung {word}")
    request = actions.ask_change(assignment=row, ask=ask, happened_on=date(2025, 6, 12), by=None, at=JUNE)
    file = stored(f"{word}.pdf")
    shown = Shown(EvidenceKind.SIGNED_FILE, file=file)
    report = actions.report(
        assignment=row, said=said(text=f"Báo cáo {word}"), evidence=[shown], by=None, at=JUNE
    )
    draft = actions.draft(
        obligation=duty, terms=factory.CLEAR, parties=Parties(assigner, lead, HEAD), by=None, at=JUNE
    )
    terms, nobody = factory.CLEAR, Parties(assigner, None)
    many = actions.draft(obligation=duty, terms=terms, parties=nobody, by=None, at=JUNE)
    awaited = texts.directive(issued_on=None, title=f"Sắp ban hành {word}", issuer=directive.issuer)
    told = (
        Role.LEADER,
        Kind.LIMIT_PASSED,
        f"after-7:{row.pk}",
        f"/assignments/{row.pk}/",
        {"work": word, "agency": word, "n": 8},
    )
    notices.propose(proposals=[Proposal(row.confirming_id, lead.pk, *told)], at=JUNE)
    found.note(
        **_measured(lead, word, duty),
        recommendation=_recommended(lead, assigner, row, word), **_met(lead, word, duty),
        message=Draft.objects.get(office=row.confirming_id, values__work=word),
        many=many, directive=directive, awaited=awaited,
        obligation=duty, assignment=row, draft=draft, claim=waiting, review=review,
        decision=_days_off(lead), hold=hold, asked=asked, outage=outage, file=file, difficulty=difficulty,
        request=request, report=report, demand=demand,
        substitution=Substitution.objects.create(
            deputy=factory.person(f"thay-{word}", lead, Role.FOCAL),
            principal=factory.person(f"vang-{word}", lead, Role.FOCAL), agency=lead, opened_on=FIRST_DAY,
        ),
        role=Membership.objects.create(
            user=factory.person(f"vai-{word}", lead, Role.FOCAL), agency=lead, role=Role.REVIEWER,
            opened_on=FIRST_DAY,
        ),
    )  # fmt: skip


def _met(lead: Agency, word: str, duty: Obligation) -> dict[str, object]:
    """A committee that the lead prepares, with a session, its pack and a conclusion."""
    committee = Committee.objects.filter(standing_body=lead).first() or _committee(lead)
    wanted = Call(JUNE, f"Phòng họp {word}", points=(lead,), agenda=(f"Nội dung {word}",))
    session = meetings.call(committee=committee, wanted=wanted, by=None, at=JUNE)
    meetings.freeze(session=session, as_of=JUNE.date(), by=None, at=JUNE)
    what = Concluded(f"Kết luận {word}")
    return {
        "committee": committee, "session": session, "point": session.points.get(),
        "conclusion": meetings.conclude(session=session, concluded=what, by=None, at=JUNE),
    }  # fmt: skip


def _committee(lead: Agency) -> Committee:
    """That agencies exist is public, a committee too: each lead has one, whatever else happens."""
    steering = agencies.agency(f"BCD-{lead.pk}", f"Ban Chỉ đạo {lead.pk}", kind=AgencyKind.COMMITTEE, at=JUNE)
    return meetings.found(founding=Founding(steering, lead, lead), by=None, at=JUNE)


def _recommended(lead: Agency, assigner: Agency, row: Assignment, word: str) -> Recommendation:
    """The lead asks the assigner for money that its duty waits for."""
    kind, text = RecommendationKind.MONEY, f"Bố trí vốn {word}"
    asking = UpwardAsking(kind, lead, assigner, text, directive=row.directive, assignments=(row,))
    return recommendations.send(asking=asking, happened_on=date(2025, 6, 12), by=None, at=JUNE)


def _measured(lead: Agency, word: str, duty: Obligation) -> dict[str, object]:
    """An indicator of its own with one value; its figures are not public."""
    trained = indicators.declared(replace(indicators.TRAINED, code=f"TRAINED.{duty.pk}"))
    value = indicators.told(trained, indicators.count(lead, 40, note=f"Ghi chú {word}"))
    return {"indicator": trained.code, "observation": value}


def _row(duty: Obligation, assigner: Agency, lead: Agency, terms: Terms = factory.CLEAR) -> Assignment:
    parties = Parties(assigner, lead, HEAD)
    row = actions.draft(obligation=duty, terms=terms, parties=parties, by=None, at=JUNE)
    return actions.issue(assignment=row, given_on=factory.GIVEN_ON, by=None, at=JUNE)


def _days_off(agency: Agency) -> DayDecision:
    """A decision of the working days of one agency; it is public."""
    marks = (NewMark(date(2025, 6, 10), DayKind.OFF, Occasion.STORM, agency_id=agency.pk),)
    title = f"Nghỉ do bão {DayDecision.objects.count()}"
    new = NewDecision("", agency.name, title, date(2025, 6, 9), marks)
    return agency_actions.decide_days(new=new, by=None, at=JUNE)


def _claim(row: Assignment, word: str) -> Claim:
    return actions.claim(
        assignment=row, said=said(text=f"Đã xong {word}"), shown_on=date(2025, 6, 17), evidence=[PLAN],
        by=None, at=JUNE,
    )  # fmt: skip
