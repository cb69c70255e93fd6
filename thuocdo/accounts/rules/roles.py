"""Which role may do what: one table, printed in docs/access.md (issue line 1.29)."""

from collections.abc import Mapping

from thuocdo.accounts.enums import Permission, Role

P = Permission

PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.FOCAL: frozenset({P.READ_PUBLIC, P.READ_OWN, P.REPORT}),
    Role.REGISTRAR: frozenset({P.READ_PUBLIC, P.READ_OWN, P.REGISTER, P.ASSIGN, P.DECIDE}),
    Role.REVIEWER: frozenset({P.READ_PUBLIC, P.READ_OWN, P.REVIEW}),
    Role.LEADER: frozenset({P.READ_PUBLIC, P.READ_OWN, P.INSTRUCT, P.OVERSEE, P.PUBLISH}),
    Role.INSPECTOR: frozenset({P.READ_PUBLIC, P.READ_OWN, P.READ_ALL, P.READ_LOG, P.OVERSEE}),
    Role.STEWARD: frozenset({P.READ_PUBLIC, P.READ_OWN, P.STEWARD, P.READ_LOG}),
}

# what a role in an office may do for the body that the office serves: its texts, what it assigns (1.29)
FOR_THE_BODY: Mapping[Role, frozenset[Permission]] = {
    Role.REGISTRAR: frozenset({P.READ_OWN, P.REGISTER, P.ASSIGN, P.DECIDE}),
}

OF_ANYBODY = frozenset({P.READ_PUBLIC})
OF_WHO_SIGNED_IN = frozenset({P.KEEP_ACCOUNT})
