"""Every write on people: accounts, their memberships, who stands in for whom, forms that were sent."""

from thuocdo.accounts.actions.identities import link_identity, unlink_identity
from thuocdo.accounts.actions.keeping import erase_person, forget_expired, note_export
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
from thuocdo.accounts.actions.signing_in import end_sessions, note_password, take_codes
from thuocdo.accounts.actions.standing_in import Pair, close_substitution, open_substitution

__all__ = [
    "Pair",
    "Person",
    "Place",
    "answer",
    "close_membership",
    "close_substitution",
    "create_user",
    "end_sessions",
    "erase_person",
    "forget_expired",
    "link_identity",
    "note_export",
    "note_password",
    "open_membership",
    "open_substitution",
    "send_once",
    "set_active",
    "take_codes",
    "unlink_identity",
]
