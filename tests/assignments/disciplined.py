"""More that random people do: holds are answered, agencies urged and answering, late leads promise (2.20)."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.assignments.acting import Acting
from tests.assignments.people_at_work import HOLD, OPEN
from thuocdo.assignments import actions, permissions, standing
from thuocdo.assignments.enums import DemandKind, HoldState
from thuocdo.assignments.models import Demand, Hold
from thuocdo.assignments.terms import Asking
from thuocdo.assignments.wording import wording

ANY = st.integers(0, 11)
ANSWERS = [HoldState.ACCEPTED, HoldState.DISPUTED, HoldState.REJECTED]


class Disciplined(Acting):
    """Rules that no state of a duty follows from; the arrows of holds are those of docs/states.md."""

    @rule(which=ANY, state=st.sampled_from(ANSWERS))
    def answer_hold(self, which, state):
        holds = list(Hold.objects.select_related("assignment", "agency").order_by("pk"))
        if not holds:
            return
        hold = holds[which % len(holds)]
        known = self.picture.holds.get(hold.pk, "claimed")

        def say_so():
            given = {"agency": hold.agency, "reason": "Xét", "happened_on": self.day}
            return actions.answer_hold(hold=hold, state=state, **given, by=None, at=self.moment)

        if self.compared(f"hold {state}", hold, (known, str(state)) in HOLD, say_so):
            self.picture.holds[hold.pk] = str(state)

    @rule(which=ANY, kind=st.sampled_from(DemandKind))
    def urge(self, which, kind):
        """Of one duty or, every third time, in general."""
        row = self.row(which) if which % 3 else None
        here = self.office.here
        asking = Asking(kind, here.lai_chau, here.government, "Đề nghị báo cáo", row, answer_on=self.day)
        duty = self.picture.duties[row.pk] if row else None
        foretold = duty is None or (bool(duty.lead) and duty.state in OPEN)
        self.compared(
            "demand", duty, foretold,
            lambda: actions.demand(asking=asking, happened_on=self.day, by=None, at=self.moment),
        )  # fmt: skip

    @rule(which=ANY, text=st.sampled_from(["Đã thực hiện", " "]))
    def answer(self, which, text):
        demands = list(Demand.objects.select_related("agency").order_by("pk"))
        if not demands:
            return
        one = demands[which % len(demands)]

        def send():
            given = {"agency": one.agency, "text": text, "happened_on": self.day}
            return actions.answer(demand=one, **given, by=None, at=self.moment)

        self.compared("answer", one, bool(text.strip()), send)

    @rule(which=ANY, who=ANY, days=st.integers(-1, 400))
    def promise(self, which, who, days):
        """Only who is late promises, and a day that is to come within a year."""
        row = self.row(which, "report")
        if not self.actor(permissions.may_report, row, who):
            return
        duty, limit = self.picture.duties[row.pk], wording(row).limit_on
        late = bool(duty.lead) and duty.state in OPEN and limit is not None and limit < self.day

        def send():
            until = self.day + timedelta(days=days)
            given = {"promised_on": until, "text": "Sẽ xong", "happened_on": self.day}
            return actions.promise(assignment=row, **given, **self.signed())

        self.compared("promise", duty, late and 0 <= days <= 366, send)

    def reconciled(self) -> None:
        """What became of each hold is what the picture says, besides all the rest."""
        for hold in Hold.objects.all():
            last = standing.last_hold_answer(hold)
            assert (str(last.state) if last else "claimed") == self.picture.holds.get(hold.pk, "claimed")
        super().reconciled()
