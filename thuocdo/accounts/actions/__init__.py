"""Every write on people: accounts, memberships, who stands in for whom, tokens, what was sent once."""

from thuocdo.accounts.actions.first import first_steward
from thuocdo.accounts.actions.identities import link_identity, unlink_identity
from thuocdo.accounts.actions.keeping import erase_person, forget_expired, note_export
from thuocdo.accounts.actions.people import (
    Person,
    Place,
    amend_user,
    answer,
    close_membership,
    create_user,
    open_membership,
    send_once,
    set_active,
)
from thuocdo.accounts.actions.signing_in import end_sessions, note_password, take_codes
from thuocdo.accounts.actions.standing_in import Pair, close_substitution, open_substitution
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
    "Pair",
    "Person",
    "Place",
    "amend_user",
    "answer",
    "answer_once",
    "close_membership",
    "close_substitution",
    "count_use",
    "create_user",
    "end_sessions",
    "erase_person",
    "first_steward",
    "forget_expired",
    "keep_answer",
    "link_identity",
    "make_token",
    "note_export",
    "note_password",
    "open_machine",
    "open_membership",
    "open_substitution",
    "revoke_token",
    "send_once",
    "set_active",
    "take_codes",
    "unlink_identity",
]
