"""A world known on 1 July 2025, and one function for each kind of fact that comes to be known later."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

from tests.assignments import factory
from tests.assignments.factory import CLEAR, DUE, HEAD, JUNE, World, claimed, given, said
from tests.directives import factory as texts
from thuocdo.agencies import actions as agency_actions
from thuocdo.agencies import queries as agency_queries
from thuocdo.agencies.enums import AgencyKind, Level, RelationKind, Side, SuccessionKind
from thuocdo.agencies.models import Relation
from thuocdo.agencies.rules.opening import NewAgency
from thuocdo.agencies.rules.succession import Wish
from thuocdo.assignments import actions
from thuocdo.assignments.enums import ChangeKind, DifficultyClass, ResourceKind
from thuocdo.assignments.models import Assignment, ChangeRequest, Claim, Difficulty, Hold, Review
from thuocdo.assignments.terms import Amount, Ask, Head, Obstacle, Part
from thuocdo.directives import actions as directive_actions
from thuocdo.directives.actions import Count
from thuocdo.directives.enums import DirectiveRelationKind, Language
from thuocdo.directives.models import Directive, Obligation

DAY = date(2025, 6, 25)  # the day the pages are asked for
KNOWN = datetime(2025, 7, 1, tzinfo=UTC)
LATE = datetime(2025, 8, 10, 2, tzinfo=UTC)  # when the later facts are recorded
THEN = date(2025, 6, 23)  # the day they happened on: before DAY
SAID = "Lời báo cáo ghi lùi ngày"


@dataclass
class Known:
    """What was known on 1 July 2025."""

    here: World
    open: Assignment  # Lai Châu: half done, waits, in difficulty
    sent: Assignment  # Hưng Yên: declared completed
    done: Assignment  # Lai Châu: confirmed
    claim: Claim
    review: Review
    hold: Hold
    difficulty: Difficulty
    above: Directive  # 57-NQ/TW
    awaited: Directive
    same: tuple[Obligation, Obligation]  # one duty in two texts


def known() -> Known:
    """Everything recorded on 20 June 2025."""
    here = factory.world()
    directive = here.obligation.directive
    above = texts.directive("57-NQ/TW", issued_on=date(2024, 12, 22), title="Về đột phá", issuer=here.central)
    awaited = texts.directive(issued_on=None, title="Kế hoạch còn chờ", issuer=here.government)
    for one in (directive, above, awaited):
        directive_actions.publish(directive=one, shown=texts.ALL, decided_on=THEN, by=None, at=LATE_ENOUGH)
    directive_actions.relate(
        directive=directive, kind=DirectiveRelationKind.IMPLEMENTS, to=above, by=None, at=JUNE
    )
    directive_actions.translate_title(
        directive=above, language=Language.EN, title="On breakthroughs", by=None, at=JUNE
    )
    same = (texts.obligation(above, at=JUNE), here.obligation)
    directive_actions.link_same_duty(obligations=same, by=None, at=JUNE)
    rows = [given(here), given(here, lead=here.hung_yen), given(here)]
    claim = claimed(here, rows[1], by=None)
    review = actions.accept(
        claim=claimed(here, rows[2]), happened_on=date(2025, 6, 20), by=here.binh, at=JUNE
    )
    made = Known(
        here, *rows, claim, review, _hold(here, rows[0]), _difficulty(here, rows[0]), above, awaited, same
    )
    actions.report(assignment=rows[0], said=said(), by=here.an, at=JUNE)
    actions.enter_foreign_number(
        assignment=rows[0], system="71", number="A-1", entered_on=date(2025, 6, 11), by=here.an, at=JUNE
    )
    _tally(made, JUNE, total=10, key="before")
    return made


LATE_ENOUGH = datetime(2025, 6, 24, 2, tzinfo=UTC)


def _hold(here: World, row: Assignment) -> Hold:
    return actions.open_hold(
        assignment=row, agency=here.ministry, reason="Chờ hướng dẫn", opened_on=date(2025, 6, 10), by=here.an,
        at=JUNE,
    )  # fmt: skip


def _difficulty(here: World, row: Assignment) -> Difficulty:
    obstacle = Obstacle(here.lai_chau, DifficultyClass.MONEY, "Chưa bố trí vốn", here.ministry, row)
    return actions.open_difficulty(obstacle=obstacle, opened_on=date(2025, 6, 10), by=here.an, at=JUNE)


def _tally(w: Known, at: datetime, *, total: int, key: str) -> None:
    source = texts.source(key, at=at)
    count = Count(w.here.lai_chau, source, date(2025, 6, 19), total, [("đã xong", total)], "Đếm theo báo cáo")
    directive_actions.record_tally(count=count, by=None, at=at)


def reported(w: Known) -> None:
    actions.report(assignment=w.sent, said=said(THEN, text=SAID, progress=Decimal(70)), by=None, at=LATE)


def claimed_late(w: Known) -> None:
    claimed(w.here, w.open, THEN, shown_on=THEN, at=LATE)


def report_corrected(w: Known) -> None:
    report = w.open.reports.get()
    actions.correct_report(
        report=report, said=said(report.happened_on, text=SAID, progress=Decimal(10)), by=w.here.an, at=LATE
    )


def claim_corrected(w: Known) -> None:
    actions.correct_claim(
        claim=w.claim, said=said(date(2025, 6, 18), text=SAID), shown_on=date(2025, 6, 1), by=None, at=LATE
    )


def claim_accepted(w: Known) -> None:
    actions.accept(claim=w.claim, happened_on=THEN, by=w.here.binh, at=LATE)


def review_corrected(w: Known) -> None:
    actions.correct_review(review=w.review, accepted=False, reason="Nhầm văn bản", by=w.here.binh, at=LATE)


def retitled(w: Known) -> None:
    directive_actions.amend_title(directive=w.above, title="Về đột phá khoa học", by=None, at=LATE)


def translated_anew(w: Known) -> None:
    directive_actions.translate_title(
        directive=w.above, language=Language.EN, title="On the great breakthrough", by=None, at=LATE
    )


def translated_first(w: Known) -> None:
    directive_actions.translate_title(
        directive=w.above, language=Language.DE, title="Über den Durchbruch", by=None, at=LATE
    )


def related(w: Known) -> None:
    directive_actions.relate(
        directive=w.above, kind=DirectiveRelationKind.REQUESTED_BY, to=w.awaited, by=None, at=LATE
    )


def registered(w: Known) -> None:
    texts.directive(
        "118/2025/NĐ-CP", issued_on=date(2025, 6, 9), issuer=w.here.government, public=True, at=LATE
    )


def issued(w: Known) -> None:
    directive_actions.receive_awaited(
        directive=w.awaited, symbol="99/KH-CP", issued_on=date(2025, 6, 20), by=None, at=LATE
    )


def read_out(w: Known) -> None:
    duty = texts.obligation(w.here.obligation.directive, "Một nhiệm vụ đọc ra sau", at=LATE)
    row = actions.draft(obligation=duty, terms=CLEAR, parties=factory.parties(w.here), by=w.here.chi, at=LATE)
    actions.issue(assignment=row, given_on=date(2025, 6, 2), by=w.here.chi, at=LATE)


def read_again(w: Known) -> None:
    line = w.here.obligation.provision
    duty = directive_actions.Duty(key="again", work="Đọc thêm từ cùng một khoản", limit=DUE)
    directive_actions.add_obligation(provision=line, duty=duty, by=None, at=LATE)


def marked_key(w: Known) -> None:
    directive_actions.mark_key(obligation=w.here.obligation, is_key=True, by=None, at=LATE)


def unlinked(w: Known) -> None:
    directive_actions.unlink_same_duty(obligation=Obligation.objects.get(pk=w.same[0].pk), by=None, at=LATE)


def _asked(w: Known, ask: Ask) -> ChangeRequest:
    request = actions.ask_change(assignment=w.open, ask=ask, happened_on=THEN, by=w.here.an, at=LATE)
    actions.decide_change(request=request, granted=True, happened_on=THEN, by=w.here.binh, at=LATE)
    return request


def extended(w: Known) -> None:
    _asked(w, Ask(ChangeKind.LIMIT, "Chờ vốn", limit_on=date(2025, 9, 30)))


def reworded(w: Known) -> None:
    _asked(w, Ask(ChangeKind.CONTENT, "Cho rõ", text="Ban hành kế hoạch và bố trí vốn"))


def handed_over(w: Known) -> None:
    _asked(w, Ask(ChangeKind.LEAD, "Đúng chức năng", lead=w.here.hung_yen))


def hold_closed(w: Known) -> None:
    actions.close_hold(hold=w.hold, closed_on=THEN, by=w.here.an, at=LATE)


def difficulty_removed(w: Known) -> None:
    actions.remove_difficulty(difficulty=w.difficulty, closed_on=THEN, by=w.here.an, at=LATE)


def burdened(w: Known) -> None:
    _tally(w, LATE, total=11, key="after")
    amount = Amount(Decimal(500), "triệu đồng", "Tờ trình")
    actions.add_resource(
        assignment=w.open, kind=ResourceKind.ASKED, amount=amount, happened_on=THEN, by=w.here.an, at=LATE
    )
    obstacle = Obstacle(w.here.lai_chau, DifficultyClass.PEOPLE, "Thiếu người", None, w.open)
    actions.open_difficulty(obstacle=obstacle, opened_on=THEN, by=w.here.an, at=LATE)
    actions.open_hold(
        assignment=w.sent, agency=w.here.ministry, reason="Chờ", opened_on=THEN, by=None, at=LATE
    )


def number_entered_again(w: Known) -> None:
    actions.enter_foreign_number(
        assignment=w.open, system="71", number="B-2", entered_on=THEN, by=w.here.an, at=LATE
    )


def paused(w: Known) -> None:
    actions.pause(assignment=w.open, reason="Tạm dừng", happened_on=THEN, by=w.here.binh, at=LATE)


def withdrawn(w: Known) -> None:
    actions.withdraw(assignment=w.sent, reason="Không còn cần", happened_on=THEN, by=w.here.binh, at=LATE)


def head_changed(w: Known) -> None:
    head = Head("Phó Chủ tịch UBND tỉnh", "Lò Thị Mẫu", THEN)
    actions.change_head(
        assignment=w.open, head=head, basis="Phân công lại", happened_on=THEN, by=w.here.binh, at=LATE
    )


def split(w: Known) -> None:
    part = Part(w.here.doan_ket, replace(CLEAR, work="Phần của phường"), HEAD)
    actions.split(
        assignment=w.open,
        parts=[part],
        kind=RelationKind.ADMINISTRATIVE,
        given_on=THEN,
        by=w.here.an,
        at=LATE,
    )


def _new(code: str, name: str, on: date) -> NewAgency:
    return NewAgency(code, name, AgencyKind.PEOPLES_COMMITTEE, Side.STATE, Level.PROVINCE, on)


def _succeed(wish: Wish) -> None:
    agency_actions.succeed(plan=agency_queries.plan_succession(wish), by=None, at=LATE)
    actions.succeed_assignments(wish=wish, by=None, at=LATE)


def renamed(w: Known) -> None:
    new = _new("UBND-LC", "UBND tỉnh Lai Châu mới", THEN)
    _succeed(Wish(SuccessionKind.RENAMING, THEN, "Đổi tên", ("UBND-12",), (new,)))


def merged(w: Known) -> None:
    new = _new("UBND-LCHY", "UBND tỉnh Lai Châu - Hưng Yên", THEN)
    _succeed(Wish(SuccessionKind.MERGER, THEN, "202/2025/QH15", ("UBND-12", "UBND-33"), (new,)))


def moved(w: Known) -> None:
    agency_actions.move(
        kind=RelationKind.ADMINISTRATIVE, child=w.here.doan_ket, parent=w.here.hung_yen, on=THEN, by=None,
        at=LATE,
    )  # fmt: skip
    assert Relation.objects.filter(child=w.here.doan_ket).count() == 2


# every kind of fact that can come to be known later; each stands alone on `known()`
FACTS: dict[str, Callable[[Known], None]] = {
    one.__name__: one
    for one in (
        reported, claimed_late, report_corrected, claim_corrected, claim_accepted, review_corrected, retitled,
        translated_anew, translated_first, related, registered, issued, read_out, read_again, marked_key,
        unlinked, extended, reworded, handed_over, hold_closed, difficulty_removed, burdened,
        number_entered_again, paused, withdrawn, head_changed, split, renamed, merged, moved,
    )
}  # fmt: skip


def addresses(w: Known) -> list[str]:
    """The pages that are asked before and after."""
    rows = [f"/assignments/{one.pk}/" for one in (w.open, w.sent, w.done)]
    directives = [f"/directives/{one.pk}/" for one in (w.here.obligation.directive, w.above, w.awaited)]
    agencies = ["/agencies/UBND-12/", "/agencies/UBND-33/", "/agencies/CP/", "/agencies/UBND-LC/"]
    lists = [
        "/", "/assignments/", "/assignments/?agency=UBND-12", "/assignments/?agency=UBND-LCHY",
        "/assignments/?status=completed&series=confirmed", "/directives/",
    ]  # fmt: skip
    return [*lists, *agencies, *rows, *directives]
