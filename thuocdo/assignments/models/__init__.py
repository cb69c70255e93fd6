"""Tables of the cascade: assignments, the dated facts about them, and the read model over both."""

from thuocdo.assignments.models.assignment import (
    Assignment,
    Coordinator,
    ForeignNumber,
    LeadTally,
    Span,
    Taken,
    Tally,
)
from thuocdo.assignments.models.burdens import Difficulty, Hold, Resource
from thuocdo.assignments.models.changes import CapacityChange, ChangeDecision, ChangeRequest, Interruption
from thuocdo.assignments.models.escalation import StepChoice, StepTaken, Watch
from thuocdo.assignments.models.limits import LimitMove, LimitTerm
from thuocdo.assignments.models.results import Claim, Evidence, Report, Review

__all__ = [
    "Assignment",
    "CapacityChange",
    "ChangeDecision",
    "ChangeRequest",
    "Claim",
    "Coordinator",
    "Difficulty",
    "Evidence",
    "ForeignNumber",
    "Hold",
    "Interruption",
    "LeadTally",
    "LimitMove",
    "LimitTerm",
    "Report",
    "Resource",
    "Review",
    "Span",
    "StepChoice",
    "StepTaken",
    "Taken",
    "Tally",
    "Watch",
]
