"""Tables of people and of what signs in for them: accounts, roles, tokens."""

from thuocdo.accounts.models.attempts import Attempt
from thuocdo.accounts.models.erasure import Erasure
from thuocdo.accounts.models.people import PROGRAMS, Membership, Sending, User
from thuocdo.accounts.models.standing_in import Substitution
from thuocdo.accounts.models.tokens import Answer, Token, TokenUse

__all__ = [
    "PROGRAMS",
    "Answer",
    "Attempt",
    "Erasure",
    "Membership",
    "Sending",
    "Substitution",
    "Token",
    "TokenUse",
    "User",
]
