"""Every write on people: accounts, their memberships, their tokens, what was sent once."""

from thuocdo.accounts.actions.people import (
    Person,
    Place,
    answer,
    close_membership,
    create_user,
    open_membership,
    send_once,
    set_active,
)
from thuocdo.accounts.actions.tokens import (
    Grant,
    answer_once,
    count_use,
    keep_answer,
    make_token,
    open_machine,
    revoke_token,
)

__all__ = [
    "Grant",
    "Person",
    "Place",
    "answer",
    "answer_once",
    "close_membership",
    "count_use",
    "create_user",
    "keep_answer",
    "make_token",
    "open_machine",
    "open_membership",
    "revoke_token",
    "send_once",
    "set_active",
]
