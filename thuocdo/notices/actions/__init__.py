"""Every write on notices, by what it is about."""

from thuocdo.notices.actions.choosing import choose, open_feed, revoke_feed
from thuocdo.notices.actions.deciding import drop, propose, release
from thuocdo.notices.actions.forgetting import erase_traces, forget
from thuocdo.notices.actions.sending import keep, send_waiting
from thuocdo.notices.actions.telling import read, tell

__all__ = [
    "choose", "drop", "erase_traces", "forget", "keep", "open_feed", "propose", "read", "release",
    "revoke_feed", "send_waiting", "tell",
]  # fmt: skip
