"""Every write on recommendations."""

from thuocdo.recommendations.actions.handling import answer, forward, receive, take_effect, withdraw
from thuocdo.recommendations.actions.sending import send, wait

__all__ = ["answer", "forward", "receive", "send", "take_effect", "wait", "withdraw"]
