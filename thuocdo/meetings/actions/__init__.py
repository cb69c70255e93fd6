"""Every write on committees and their sessions."""

from thuocdo.meetings.actions.concluding import close, conclude, issue
from thuocdo.meetings.actions.founding import found, leave, seat
from thuocdo.meetings.actions.holding import attend, call, note
from thuocdo.meetings.actions.packing import freeze

__all__ = ["attend", "call", "close", "conclude", "found", "freeze", "issue", "leave", "note", "seat"]
