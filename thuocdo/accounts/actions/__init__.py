"""Every write on people: accounts, their memberships, forms that were sent."""

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

__all__ = [
    "Person",
    "Place",
    "answer",
    "close_membership",
    "create_user",
    "open_membership",
    "send_once",
    "set_active",
]
