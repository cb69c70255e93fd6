"""The confirming agency accepts claims or returns them, and puts its decisions right (1.11, 1.14)."""

from django.shortcuts import get_object_or_404

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.api import showing
from thuocdo.api.caller import Call, person
from thuocdo.api.day import happened, today
from thuocdo.api.duties import May, duty
from thuocdo.api.operations import writes
from thuocdo.api.schemas.duties import ReviewOut
from thuocdo.api.schemas.given import ReviewCorrectionIn, ReviewIn
from thuocdo.assignments import actions
from thuocdo.assignments.models import Assignment, Claim, Review
from thuocdo.assignments.permissions import may_review
from thuocdo.lib.say import Say


def _may(request: Call) -> May:
    def may(reader: Reader, row: Assignment) -> Say | None:
        return may_review(reader, row, today(request))

    return may


@writes("/claims/{int:pk}/reviews", Permission.REVIEW, ReviewOut)
def review(request: Call, pk: int, given: ReviewIn) -> ReviewOut:
    """Accept a claim, perhaps with another day, or return it with the reason. Nobody reviews their own."""
    claim = get_object_or_404(Claim.objects.select_related("report"), pk=pk)
    duty(request, claim.assignment_id, _may(request))
    day = happened(request, given.happened_on)
    if given.accepted:
        made = actions.accept(
            claim=claim, happened_on=day, shown_on=given.shown_on, no_later_than=given.no_later_than,
            reason=given.reason, by=person(request), at=request.at,
        )  # fmt: skip
    else:
        made = actions.return_claim(
            claim=claim, reason=given.reason, happened_on=day, by=person(request), at=request.at
        )
    return showing.review(made)


@writes("/reviews/{int:pk}/corrections", Permission.REVIEW, ReviewOut)
def correct_review(request: Call, pk: int, given: ReviewCorrectionIn) -> ReviewOut:
    """Put a recorded review right; it keeps its day, and the former one stays readable."""
    former = get_object_or_404(Review.objects.select_related("claim__report", "agency"), pk=pk)
    duty(request, former.claim.assignment_id, _may(request))
    made = actions.correct_review(
        review=former, accepted=given.accepted, shown_on=given.shown_on, no_later_than=given.no_later_than,
        reason=given.reason, by=person(request), at=request.at,
    )  # fmt: skip
    return showing.review(made)
