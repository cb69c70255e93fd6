"""Turns drawn histories into rows of all tables of the cascade, with ids given out in order."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from random import Random

from thuocdo.assignments import spans
from thuocdo.assignments.enums import ChangeKind, EvidenceKind, LimitClass, ProductKind
from thuocdo.assignments.models import (
    Assignment,
    ChangeDecision,
    ChangeRequest,
    Claim,
    Evidence,
    Hold,
    Interruption,
    Report,
    Review,
    Span,
)
from thuocdo.demo.synthetic_histories import Drawn, draw, facts, moment, progress
from thuocdo.demo.synthetic_rows import Sink, Table
from thuocdo.directives.models import Obligation
from thuocdo.lib.fold import fold

VARIETY = 24  # histories drawn for each duty; every lead is given one of them
NOBODY = 0  # stands for the lead in a history until one is given
SAID = ("Đang triển khai theo kế hoạch giả lập.", "Đã xong phần đầu (giả lập).", "Chờ số liệu thử (giả lập).")

(ASSIGNMENT, REPORT, CLAIM, EVIDENCE, REVIEW, HOLD, REQUEST, DECISION, INTERRUPTION, SPAN) = (
    Table(model)
    for model in (
        Assignment, Report, Claim, Evidence, Review, Hold, ChangeRequest, ChangeDecision, Interruption, Span
    )
)  # fmt: skip
LEAD, WAITS = SPAN.place("lead_id"), SPAN.place("waits_for_id")


@dataclass(frozen=True, slots=True)
class History:
    """What was drawn, with its spans as rows that lack ids and lead."""

    drawn: Drawn
    spans: list[list[object]]


class Writer:
    """Writes duty after duty; `finish` writes the rest."""

    def __init__(self, random: Random, root: int, office: int) -> None:
        self.random = random
        self.root = root
        self.office = office
        self.sink = Sink()
        self.ids: dict[Table, int] = {}

    def duty(self, obligation: Obligation, leads: Sequence[int]) -> None:
        """A fan-out of this duty with a child for each lead."""
        given_on, limit_on = obligation.directive.issued_on, obligation.limit_on
        if given_on is None or limit_on is None:
            raise ValueError(obligation.key)
        pattern = self._assignment(obligation)
        parent = self._id(ASSIGNMENT)
        self.sink.add(ASSIGNMENT, _patched(ASSIGNMENT, pattern, id=parent, is_fan_out=True))
        histories = [self._history(obligation, draw(self.random, given_on, limit_on)) for _ in range(VARIETY)]
        for ordinal, lead in enumerate(leads, 1):
            pk = self._id(ASSIGNMENT)
            self.sink.add(
                ASSIGNMENT,
                _patched(ASSIGNMENT, pattern, id=pk, parent_id=parent, ordinal=ordinal, lead_id=lead),
            )
            self._happened(self.random.choice(histories), pk, lead)
            self.sink.flush_when_many()

    def finish(self) -> int:
        """Write the rest; the number of rows."""
        self.sink.finish()
        return self.sink.count

    def _id(self, table: Table) -> int:
        self.ids[table] = self.ids.get(table, 0) + 1
        return self.ids[table]

    def _put(self, table: Table, **values: object) -> int:
        pk = self._id(table)
        self.sink.add(table, table.row(id=pk, **values))
        return pk

    def _assignment(self, obligation: Obligation) -> list[object]:
        at = moment(obligation.directive.issued_on or obligation.recorded_at.date())
        return ASSIGNMENT.row(
            obligation_id=obligation.pk, directive_id=obligation.directive_id, assigner_id=self.root,
            confirming_id=self.office, monitoring_id=self.office, work=obligation.work,
            product=obligation.product, product_kind=ProductKind.REPORT.value,
            limit_class=LimitClass.DATED.value, limit_on=obligation.limit_on, head_post="Chủ tịch (giả lập)",
            head_name="Người Mẫu", head_since=obligation.directive.issued_on, signer="Hội đồng Mẫu",
            is_key=obligation.is_key, given_on=obligation.directive.issued_on, given_recorded_at=at,
            recorded_at=at, folded=fold(f"{obligation.work}\n{obligation.product}"),
        )  # fmt: skip

    def _history(self, obligation: Obligation, drawn: Drawn) -> History:
        believed = spans.beliefs(facts(drawn, NOBODY, self.root, self.office))
        rows = [
            SPAN.row(
                directive_id=obligation.directive_id, depth=0,
                is_key=obligation.is_key, known_from=since, known_to=until,
                **dict(zip(spans.COLUMNS, astuple(stretch), strict=True)),
            )
            for stretch, since, until in believed
        ]  # fmt: skip
        return History(drawn, rows)

    def _happened(self, history: History, pk: int, lead: int) -> None:
        for row in history.spans:
            self.sink.add(SPAN, _patched(SPAN, row, id=self._id(SPAN), assignment_id=pk, lead_id=lead))
        self._reported(history.drawn, pk, lead)
        self._waited(history.drawn, pk)
        self._changed(history.drawn, pk, lead)
        for day, kind in history.drawn.interruptions:
            self._put(
                INTERRUPTION, assignment_id=pk, kind=kind.value, reason="Theo kịch bản giả lập",
                happened_on=day, recorded_at=moment(day),
            )  # fmt: skip

    def _reported(self, drawn: Drawn, pk: int, lead: int) -> None:
        for number, (day, at) in enumerate(drawn.reports, 1):
            report = self._put(
                REPORT, assignment_id=pk, agency_id=lead, text=SAID[number % 3],
                progress=progress(number), happened_on=day, recorded_at=at,
            )  # fmt: skip
        if drawn.claim is None:
            return
        day, shown_on, at = drawn.claim
        claim = self._put(CLAIM, assignment_id=pk, report_id=report, shown_on=shown_on, happened_on=day,
                          recorded_at=at)  # fmt: skip
        symbol = f"{claim}/BC-{lead}"
        self._put(
            EVIDENCE, report_id=report, kind=EvidenceKind.ISSUED_TEXT.value, symbol=symbol, recorded_at=at
        )
        if drawn.review is not None:
            on, accepted, decided_at = drawn.review
            self._put(
                REVIEW, claim_id=claim, accepted=accepted, shown_on=shown_on if accepted else None,
                reason="" if accepted else "Minh chứng giả lập chưa khớp", agency_id=self.office,
                happened_on=on, recorded_at=decided_at,
            )  # fmt: skip

    def _waited(self, drawn: Drawn, pk: int) -> None:
        if drawn.hold is not None:
            start, end, at, ended_at = drawn.hold
            self._put(HOLD, assignment_id=pk, agency_id=self.office, reason="Chờ (giả lập)",
                      opened_on=start, closed_on=end, recorded_at=at,
                      closed_recorded_at=ended_at)  # fmt: skip

    def _changed(self, drawn: Drawn, pk: int, lead: int) -> None:
        if drawn.extension is None:
            return
        asked, decided, limit_on, granted = drawn.extension
        request = self._put(
            REQUEST, assignment_id=pk, kind=ChangeKind.LIMIT.value, limit_on=limit_on, agency_id=lead,
            reason="Xin thêm thời gian (giả lập)", happened_on=asked, recorded_at=moment(asked),
        )  # fmt: skip
        self._put(
            DECISION, request_id=request, granted=granted, limit_on=limit_on if granted else None,
            reason="" if granted else "Không đủ lý do (giả lập)", agency_id=self.root, happened_on=decided,
            recorded_at=moment(decided),
        )  # fmt: skip


def _patched(table: Table, row: Sequence[object], **values: object) -> list[object]:
    """A copy of the row with these values."""
    copy = list(row)
    for name, value in values.items():
        copy[table.place(name)] = value
    return copy
