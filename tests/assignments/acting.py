"""People who act at random, and what is compared after each act and at the end of a series (2.20)."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from hypothesis import note
from hypothesis.stateful import RuleBasedStateMachine, invariant

from tests.assignments import factory
from tests.assignments.people_at_work import Picture
from tests.assignments.test_read_model import differences
from thuocdo.accounts.enums import Role
from thuocdo.accounts.permissions import reader_of
from thuocdo.agencies.models import Agency
from thuocdo.assignments import permissions, spans, standing
from thuocdo.assignments.branch import branches
from thuocdo.assignments.enums import Series, Status
from thuocdo.assignments.models import Assignment, Report, Review
from thuocdo.assignments.queries import counts as counting
from thuocdo.assignments.queries.counts import Scope
from thuocdo.audit import actions as log_actions
from thuocdo.audit import verify, verify_rows
from thuocdo.audit.models import Entry
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused

START = date(2025, 4, 1)
ROWS_EVERY = 5  # series after which every row is compared with the log
OF_THE_OFFICE = ("may_review", "may_decide", "may_assign")
BELOW = {
    "UBND-12": ["UBND-03388", "SKHCN-12"], "UBND-33": ["UBND-11953"], "CP": ["UBND-12", "UBND-33", "BKHCN"],
}  # fmt: skip
ADDING_UP = (
    Status.ON_TIME, Status.LATE, Status.TIMELINESS_UNKNOWN, Status.IN_TERM, Status.NOT_STARTED,
    Status.OVERDUE,
)  # fmt: skip
done: Counter[str] = Counter()


class Office:
    """The people and agencies; made once, the series before them undone."""

    def __init__(self) -> None:
        self.here = factory.world()
        self.agencies = {one.code: one for one in Agency.objects.all()}
        roles = (Role.FOCAL, Role.REGISTRAR, Role.REVIEWER)
        places = ["UBND-12", "UBND-33", "BKHCN", "UBND-03388", "SKHCN-12", "VPCP"]
        people = [
            factory.person(f"{role}.{code}".lower(), self.agencies[code], role)
            for code in places
            for role in roles
        ]
        self.readers = [reader_of(person, date(2025, 6, 1)) for person in people]
        self.homes = {reader.user.pk: places[n // len(roles)] for n, reader in enumerate(self.readers)}


class Acting(RuleBasedStateMachine):
    """One series; its acts stand in test_people_at_work.py. What is done is compared with the picture."""

    office: Office

    def __init__(self) -> None:
        super().__init__()
        self.mark = transaction.savepoint()
        self.picture = Picture()
        self.day = START
        self.moment = datetime.combine(START, time(2), UTC)
        self.who = None
        self.changed = True

    def teardown(self) -> None:
        try:
            self.reconciled()
        finally:
            transaction.savepoint_rollback(self.mark)

    # -- what the rules below share

    def row(self, which: int, act: str = "") -> Assignment:
        """One of the duties; for an act mostly one for which it is the time, else most were refused."""
        keys = sorted(self.picture.duties)
        ripe = [pk for pk in keys if act and which % 3 and self.picture.foretold(act, pk)]
        return Assignment.objects.get(pk=(ripe or keys)[which % len(ripe or keys)])

    def signed(self) -> dict:
        return {"by": self.who, "at": self.moment}

    def dated(self) -> dict:
        return {"happened_on": self.day, **self.signed()}

    def actor(self, may, row, which) -> bool:
        """Somebody who may, looked for where they work; every fourth time anybody, who perhaps may not."""
        readers = self.office.readers
        homes = {"VPCP"} if may.__name__ in OF_THE_OFFICE else {self.picture.duties[row.pk].lead}
        near = [one for one in readers if self.office.homes[one.user.pk] in homes] or readers
        if which % 4 == 3:
            near = [readers[which * 7 % len(readers)]]
        turned = near[which % len(near) :] + near[: which % len(near)]
        found = next((reader for reader in turned if may(reader, row) is None), None)
        self.who = found.user if found else None
        return found is not None

    def tried(self, act, row, which, may, do, what=None) -> object:
        """Do it where this person may; compare with what the picture foretells; refused, nothing changed."""
        if not self.actor(may, row, which):
            done["not theirs"] += 1
            return None
        foretold = self.picture.foretold(act, row.pk, what) and not self.barred(act, row)
        return self.compared(act, self.picture.duties[row.pk], foretold, do)

    def compared(self, act, of, foretold, do) -> object:
        """Do it; what became of it is what was foretold; refused, nothing changed."""
        self.moment += timedelta(minutes=1)
        before = self.state_of_all()
        try:
            with transaction.atomic():
                made = do()
        except Refused as refusal:
            made, told = None, str(refusal)
        else:
            told = "done"
        note(f"{act} of {of}: {told}")
        assert foretold is (told == "done"), f"{act} of {of}: {told}"
        if told != "done":
            assert self.state_of_all() == before
            done["refused"] += 1
            return None
        done[act] += 1
        self.changed = True
        return made

    def barred(self, act, row) -> bool:
        """Nobody confirms what they claimed, nor what an agency of theirs did (1.11)."""
        duty = self.picture.duties[row.pk]
        home = self.office.homes[self.who.pk]
        claim = standing.last_claim(row)
        lead = claim.report.agency.code if claim else duty.lead
        branch = {lead, *BELOW.get(lead, [])}
        return act in ("accept", "send_back", "put_right") and (
            self.who.email in duty.reporters or home in branch
        )

    def state_of_all(self) -> tuple:
        return spans.digest(), Entry.objects.count(), Report.objects.count()

    def may_review(self, reader, row):
        return permissions.may_review(reader, row, self.day)

    def may_decide(self, reader, row):
        return permissions.may_decide(reader, row, self.day)

    def may_assign(self, reader, row):
        return permissions.may_assign(reader, row, self.day)

    # -- what always holds

    @invariant()
    def states_are_those_of_the_picture(self):
        if not self.changed:
            return
        self.changed = False
        rows = list(Assignment.objects.all())
        found = {pk: str(state) for pk, state in standing.states(rows).items()}
        assert found == {pk: duty.state for pk, duty in self.picture.duties.items()}

    def reconciled(self) -> None:
        """At the end of a series: totals, children and parents, rebuild, log, reviewers."""
        as_of = AsOf(self.day)
        assert differences(self.office.here, as_of) == []
        self.totals(as_of)
        self.branches(as_of)
        for review in Review.objects.select_related("claim__report"):
            reports = Report.objects.filter(assignment=review.claim.assignment_id)
            assert review.by_id not in set(reports.values_list("by_id", flat=True)) or review.by_id is None
        written = spans.digest()
        spans.rebuild()
        assert spans.digest() == written
        while log_actions.seal(at=self.moment):
            pass
        assert list(verify.log()) == []
        if done["series"] % ROWS_EVERY == 0:
            assert list(verify_rows.rows()) == []
        done["series"] += 1

    def totals(self, as_of: AsOf) -> None:
        """Assigned = on time + late + unknown + in term + not started + overdue, in both series."""
        table = counting.counts(counting.spans_in(Scope(), as_of), as_of.day)
        for series in Series:
            by = table.of(series).by_status
            assert table.of(series).assigned == sum(by.get(one, 0) for one in ADDING_UP)

    def branches(self, as_of: AsOf) -> None:
        """What a parent says of its children is what they are."""
        parents = {duty.parent for duty in self.picture.duties.values()} - {None}
        for pk, branch in branches(parents, as_of).items():
            states = [one.state for one in self.picture.children(pk)]
            counted = len(states) - states.count("withdrawn") - states.count("draft")
            assert (branch.children, branch.confirmed) == (counted, states.count("confirmed"))
