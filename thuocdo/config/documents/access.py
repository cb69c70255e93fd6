"""docs/access.md: what each role may do, what each page requires."""

from pathlib import Path

from thuocdo.accounts.enums import Permission, Role
from thuocdo.accounts.rules.roles import OF_ANYBODY, OF_WHO_SIGNED_IN, PERMISSIONS
from thuocdo.config.documents.markdown import table
from thuocdo.web import access


def page(checkout: Path) -> str:
    """The table of roles, then that of pages."""
    scope = "The scope (whose agency) is asked of the object besides.\n"
    return "\n".join(["# Who may do what\n", "## Roles\n", _roles(), "## Pages\n", scope, _pages()])


def _roles() -> str:
    head = ("may", "anybody", *(role.value for role in Role))
    rows = [
        (
            f"`{permission}`",
            _mark(permission in OF_ANYBODY),
            *(_mark(permission in PERMISSIONS[role] | OF_WHO_SIGNED_IN) for role in Role),
        )
        for permission in Permission
    ]
    return table(head, rows)


def _mark(holds: bool) -> str:  # noqa: FBT001 - the value is the argument
    return "yes" if holds else ""


def _pages() -> str:
    rows = access.rows()
    shown = [(f"`{row.address}`", row.name, f"`{row.permission}`" if row.permission else "") for row in rows]
    return table(("address", "name", "requires"), shown)
