"""Tables of people and of what signs in for them."""

from thuocdo.accounts.models.attempts import Attempt
from thuocdo.accounts.models.erasure import Erasure
from thuocdo.accounts.models.people import Membership, Sending, User
from thuocdo.accounts.models.standing_in import Substitution

__all__ = ["Attempt", "Erasure", "Membership", "Sending", "Substitution", "User"]
