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
from thuocdo.assignments.models.burdens import Difficulty, Hold, HoldAnswer, Outage, Resource
from thuocdo.assignments.models.changes import CapacityChange, ChangeDecision, ChangeRequest, Interruption
from thuocdo.assignments.models.demands import Answer, Commitment, Demand, DemandWithdrawal
from thuocdo.assignments.models.escalation import StepChoice, StepTaken, Watch
from thuocdo.assignments.models.limits import LimitMove, LimitTerm, WaitingMove
from thuocdo.assignments.models.pace import InterimTarget, ParameterValue
from thuocdo.assignments.models.results import Claim, Evidence, Report, Review

__all__ = [
    "Answer",
    "Assignment",
    "CapacityChange",
    "ChangeDecision",
    "ChangeRequest",
    "Claim",
    "Commitment",
    "Coordinator",
    "Demand",
    "DemandWithdrawal",
    "Difficulty",
    "Evidence",
    "ForeignNumber",
    "Hold",
    "HoldAnswer",
    "InterimTarget",
    "Interruption",
    "LeadTally",
    "LimitMove",
    "LimitTerm",
    "Outage",
    "ParameterValue",
    "Report",
    "Resource",
    "Review",
    "Span",
    "StepChoice",
    "StepTaken",
    "Taken",
    "Tally",
    "WaitingMove",
    "Watch",
]
