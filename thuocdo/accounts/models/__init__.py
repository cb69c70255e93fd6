"""Tables of people and of what signs in for them."""

from thuocdo.accounts.models.people import Membership, Sending, User

__all__ = ["Membership", "Sending", "User"]
