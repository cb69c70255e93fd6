"""Every write of the cascade; callers import this package: `from thuocdo.assignments import actions`."""

from thuocdo.assignments.actions.branching import fan_out, split
from thuocdo.assignments.actions.burdens import (
    add_resource,
    close_hold,
    enter_foreign_number,
    open_difficulty,
    open_hold,
    remove_difficulty,
)
from thuocdo.assignments.actions.changing import ask_change, decide_change
from thuocdo.assignments.actions.demanding import answer, demand, promise, take_back
from thuocdo.assignments.actions.escalating import choose_step, escalate
from thuocdo.assignments.actions.giving import amend_draft, draft, issue
from thuocdo.assignments.actions.importing import Outcome, run_import
from thuocdo.assignments.actions.interrupting import change_head, give_anew, pause, resume, withdraw
from thuocdo.assignments.actions.limiting import move_limits, show_waiting
from thuocdo.assignments.actions.news import tell_news
from thuocdo.assignments.actions.pacing import set_parameter, set_targets
from thuocdo.assignments.actions.passing import tell_passed
from thuocdo.assignments.actions.receiving import receive, receive_many
from thuocdo.assignments.actions.reporting import claim, correct_claim, correct_report, report
from thuocdo.assignments.actions.reviewing import accept, correct_review, return_claim
from thuocdo.assignments.actions.succession import succeed, succeed_assignments
from thuocdo.assignments.actions.waiting import answer_hold, close_outage, open_outage

__all__ = [
    "Outcome",
    "accept",
    "add_resource",
    "amend_draft",
    "answer",
    "answer_hold",
    "ask_change",
    "change_head",
    "choose_step",
    "claim",
    "close_hold",
    "close_outage",
    "correct_claim",
    "correct_report",
    "correct_review",
    "decide_change",
    "demand",
    "draft",
    "enter_foreign_number",
    "escalate",
    "fan_out",
    "give_anew",
    "issue",
    "move_limits",
    "open_difficulty",
    "open_hold",
    "open_outage",
    "pause",
    "promise",
    "receive",
    "receive_many",
    "remove_difficulty",
    "report",
    "resume",
    "return_claim",
    "run_import",
    "set_parameter",
    "set_targets",
    "show_waiting",
    "split",
    "succeed",
    "succeed_assignments",
    "take_back",
    "tell_news",
    "tell_passed",
    "withdraw",
]
